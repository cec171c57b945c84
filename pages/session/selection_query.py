"""Which messages are meant, as it stands in the URL of the Sending logs page."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from analytics.modes import Kpi
from analytics.selection import NONE_TOLD, Change, Selection, Step, Told
from data.events import Kind
from data.states import State

Query = dict[str, list[str]]
_NONE = "(none)"
_ARROW = ">"
T = TypeVar("T")


class Parameters(Protocol):
    """Parameters of a URL, each with any number of values."""

    def get_all(self, key: str) -> list[str]:
        """All values of a parameter."""


class _Way:
    """How the values of one field are written and read."""

    def __init__(self, written: Callable[[Any], str], read: Callable[[str], Any], *, is_many: bool = True) -> None:
        self.written, self.read, self.is_many = written, read, is_many


def _text(value: str) -> str:
    return value or _NONE


def _read_text(text: str) -> str:
    return NONE_TOLD if text == _NONE else text


def _change(change: Change) -> str:
    return f"{change[0] or ''}{_ARROW}{change[1]}"


def _read_change(text: str) -> Change:
    before, _, after = text.partition(_ARROW)
    return State(before) if before else None, State(after)


_TEXTS = _Way(_text, _read_text)
_MOMENT = _Way(datetime.isoformat, lambda text: datetime.fromisoformat(text).replace(tzinfo=None), is_many=False)
_SPAN = _Way(
    lambda span: f"{span.total_seconds():.6f}".rstrip("0").rstrip("."),
    lambda text: timedelta(seconds=float(text)),
    is_many=False,
)
_SELECTION = {
    "kpi": ("kpi", _Way(str, Kpi, is_many=False)),
    "states": ("state", _Way(str, State)),
    "domains": ("domain", _TEXTS),
    "but_domains": ("but_domain", _TEXTS),
    "reasons": ("reason", _TEXTS),
    "failure_types": ("type", _TEXTS),
    "address": ("address", _Way(str, str, is_many=False)),
}
_STEP = {
    "changes": ("change", _Way(_change, _read_change)),
    "kinds": ("change_kind", _Way(str, Kind)),
    "reasons": ("change_reason", _TEXTS),
    "but_reasons": ("change_but_reason", _TEXTS),
    "failure_types": ("change_type", _TEXTS),
    "since": ("change_since", _MOMENT),
    "until": ("change_until", _MOMENT),
    "longer_than": ("change_longer", _SPAN),
    "within": ("change_within", _SPAN),
}
_TOLD = {
    "kinds": ("event", _Way(str, Kind)),
    "reasons": ("event_reason", _TEXTS),
    "failure_types": ("event_type", _TEXTS),
    "codes": ("event_code", _TEXTS),
    "links": ("event_link", _TEXTS),
    "attempts": ("event_attempt", _Way(str, int)),
    "is_machine": ("event_machine", _Way(lambda is_so: str(is_so).lower(), {"true": True, "false": False}.__getitem__)),
    "since": ("event_since", _MOMENT),
    "until": ("event_until", _MOMENT),
}
_TOLD["is_machine"][1].is_many = False
NAMES = [name for ways in (_SELECTION, _STEP, _TOLD) for name, _ in ways.values()]
"""The parameters of the URL that say which messages are meant."""


def query_of(selection: Selection) -> Query:
    """The parameters that say it; what is not asked for is left out."""
    told = _written(selection, _SELECTION)
    for part, ways in ((selection.step, _STEP), (selection.told, _TOLD)):
        told |= {} if part is None else _written(part, ways)
    return told


def selection_from(parameters: Parameters) -> Selection:
    """What the parameters say; words that mean nothing are left out."""
    step, told = _read(parameters, _STEP), _read(parameters, _TOLD)
    return Selection(
        **_read(parameters, _SELECTION), step=Step(**step) if step else None, told=Told(**told) if told else None
    )


def _written(part: Selection | Step | Told, ways: dict[str, tuple[str, _Way]]) -> Query:
    values = ((field.name, getattr(part, field.name)) for field in fields(part) if field.name in ways)
    return {
        ways[name][0]: [ways[name][1].written(value) for value in (values if ways[name][1].is_many else [values])]
        for name, values in values
        if values not in (None, (), "")
    }


def _read(parameters: Parameters, ways: dict[str, tuple[str, _Way]]) -> dict[str, Any]:
    read = {field: list(_understood(parameters.get_all(name), way.read)) for field, (name, way) in ways.items()}
    return {field: tuple(values) if ways[field][1].is_many else values[-1] for field, values in read.items() if values}


def _understood(texts: Iterable[str], read: Callable[[str], T]) -> Iterable[T]:
    for text in texts:
        try:
            yield read(text)
        except (ValueError, KeyError, OverflowError):
            continue
