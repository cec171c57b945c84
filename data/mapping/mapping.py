"""What the columns and values of a foreign table mean: docs/mapping.md."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from data.errors import LogRefusedError
from data.events import Kind

IGNORED = "ignored"
"""The meaning of a value that is no part of a send."""
MEANINGS = (*(kind.value for kind in Kind), IGNORED)
NEEDED = ("recipient",)
STATUS_FIELDS = ("event_time", "kind")
OPTIONAL = (
    "message_id", "delivery_id", "delivery_label", "event_id", "reason", "diagnostic", "smtp_code", "enhanced_status",
    "bounce_type", "url", "queued_at", "expires_at", "test_profile",
)  # fmt: skip
FIELDS = (*NEEDED, *STATUS_FIELDS, *OPTIONAL)
"""What a column can hold, by the names of docs/event-log.md."""
_TABLES = ("columns", "values", "times")
_KEYS = ("name", "time_format", *_TABLES)
_TIME_FORMAT = re.compile(r"(?:[^%]|%-?[YymdBbAaHIMSpfj]|%%)+")


@dataclass(frozen=True)
class LogMapping:
    """How to read a table. It tells of each row one event by its status, or one by each of several times, or both."""

    name: str
    columns: Mapping[str, str] = field(hash=False)
    """The column that holds a field. Without message_id, the recipient names the message within its delivery."""
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What a value of the status column means: one of MEANINGS. A value that is not here is unknown."""
    times: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Columns whose time, where there is one, tells an event of a kind."""
    time_format: str | None = None
    """How times are written, as strptime takes it; None for ISO 8601 and Unix time."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The columns that it asks for, each once."""
        return tuple(dict.fromkeys([*self.columns.values(), *self.times]))

    def as_dict(self) -> dict[str, object]:
        """The mapping as it is written in a file, without what is empty."""
        told = {
            "name": self.name,
            "time_format": self.time_format,
            "columns": {name: self.columns[name] for name in FIELDS if name in self.columns},
            "values": dict(self.values),
            "times": dict(self.times),
        }
        return {key: value for key, value in told.items() if value}


def mapping_from(told: Mapping[str, object], source: str) -> LogMapping:
    """The mapping that a file or the store tells. Raises LogRefusedError with the source and the key that is wrong."""
    for key in told:
        if key not in _KEYS:
            raise _refused(source, f"there is no key {key}", f"the keys are {_listed(_KEYS)}")
    columns, values, times = (_texts(told, key, source) for key in _TABLES)
    name = _text(told, "name", source) or source
    mapping = LogMapping(name, columns, values, times, _text(told, "time_format", source))
    _check(mapping, source)
    return mapping


def _check(mapping: LogMapping, source: str) -> None:
    for name in mapping.columns:
        if name not in FIELDS:
            raise _refused(source, f"columns.{name} is no field of an event", f"use {_listed(FIELDS)}")
    for table in ("values", "times"):
        for word, meaning in getattr(mapping, table).items():
            if meaning not in MEANINGS:
                raise _refused(source, f'{table} gives "{word}" the meaning "{meaning}"', f"use {_listed(MEANINGS)}")
    if mapping.time_format is not None and not _TIME_FORMAT.fullmatch(mapping.time_format):
        told = "write it as strptime does, such as %d/%m/%Y %H:%M:%S, or leave it out for ISO 8601 and Unix time"
        raise _refused(source, f'time_format "{mapping.time_format}" is not understood', told)
    if problem := problem_of(mapping):
        raise _refused(source, *problem)


def problem_of(mapping: LogMapping) -> tuple[str, str] | None:
    """What a mapping lacks to tell an event, and what to write; None where it lacks nothing."""
    if "recipient" not in mapping.columns:
        return "columns.recipient is missing", "name the column that holds the address"
    for name, other in (("event_time", "kind"), ("kind", "event_time")):
        if name in mapping.columns and other not in mapping.columns:
            return f"columns.{other} is missing", f"{name} needs it; else give the times under [times]"
    if "kind" not in mapping.columns and not mapping.times:
        return "columns.event_time and columns.kind are missing", "name both, or give columns with times under [times]"
    return None


def _texts(told: Mapping[str, object], key: str, source: str) -> dict[str, str]:
    table = told.get(key, {})
    if not isinstance(table, Mapping):
        raise _refused(source, f"{key} is no table", f'write [{key}] and below it lines such as name = "value"')
    for name, value in table.items():
        if not isinstance(value, str):
            raise _refused(source, f"{key}.{name} is no text", "put it between quotes")
    return {str(name): value for name, value in table.items()}


def _text(told: Mapping[str, object], key: str, source: str) -> str | None:
    value = told.get(key)
    if value is not None and not isinstance(value, str):
        raise _refused(source, f"{key} is no text", "put it between quotes")
    return value


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _refused(source: str, problem: str, advice: str) -> LogRefusedError:
    return LogRefusedError(f"{source}: {problem}; {advice}.")
