"""A selection of messages in words, part by part, each of which can be left out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from analytics.selection import EVERY_STATE, Change, Selection, Step, Told
from data.states import State
from pages.i18n.formats import count_text, exact_span_text, moment_text
from pages.i18n.terms import failure_type_text, kind_text, kpi_text, reason_text, state_text
from pages.i18n.words import phrase, words

_Words = tuple[str, Callable[[Any], str]]


def nature_text(reason: str) -> str:
    """The nature of a failure, or that none is told."""
    return reason_text(reason) if reason else words("none")


def type_text(failure_type: str) -> str:
    """A failure type, or that none is told."""
    return failure_type_text(failure_type) if failure_type else words("none")


def plain_text(text: str) -> str:
    """A log's own word, or that none is told."""
    return text or words("none")


def parts(selection: Selection) -> dict[str, str]:
    """What a selection asks for, in words, by the names of its parts. A log's own words are among them."""
    return {
        name: words(text, value=told(_value(selection, name)))
        for name, (text, told) in _WORDS.items()
        if _value(selection, name) != _value(_ALL, name)
    }


def without(selection: Selection, name: str) -> Selection:
    """The selection but for one of its parts."""
    group, _, field = name.rpartition(".")
    if not group:
        return replace(selection, **{field: getattr(_ALL, field)})
    part, nothing = getattr(selection, group), getattr(_ALL, group)
    left = replace(part, **{field: getattr(nothing, field)})
    changed: dict[str, Any] = {group: None if left == nothing else left}
    return replace(selection, **changed)


_ALL = Selection(step=Step(), told=Told())
"""A selection that asks for nothing, with all of its parts."""


def _value(selection: Selection, name: str) -> Any:  # noqa: ANN401 - as the field is
    group, _, field = name.rpartition(".")
    part = getattr(selection, group) if group else selection
    return getattr(getattr(_ALL, group) if part is None else part, field)


def _any_of(told: Callable[[Any], str]) -> Callable[[tuple[Any, ...]], str]:
    return lambda values: ", ".join(map(told, values))


def _change_text(change: Change) -> str:
    before, after = change
    return f"{state_text(before) if before else words('new')} → {state_text(after)}"


def _states_text(states: tuple[State, ...]) -> str:
    return (
        words("any, excluded messages as well")
        if set(states) == set(EVERY_STATE)
        else ", ".join(map(state_text, states))
    )


def _machine_text(is_machine: bool) -> str:
    return words("likely a machine") if is_machine else words("likely a person")


_WORDS: dict[str, _Words] = {
    "kpi": (phrase("Counted as: {value}"), kpi_text),
    "states": (phrase("State: {value}"), _states_text),
    "domains": (phrase("Recipient domain: {value}"), _any_of(plain_text)),
    "but_domains": (phrase("All recipient domains but: {value}"), _any_of(plain_text)),
    "reasons": (phrase("Nature of failure: {value}"), _any_of(nature_text)),
    "failure_types": (phrase("Failure type: {value}"), _any_of(type_text)),
    "address": (phrase("Address contains: {value}"), str),
    "step.changes": (phrase("Change: {value}"), _any_of(_change_text)),
    "step.kinds": (phrase("Changed by: {value}"), _any_of(kind_text)),
    "step.reasons": (phrase("Nature of failure of the change: {value}"), _any_of(nature_text)),
    "step.but_reasons": (phrase("Any nature of failure of the change but: {value}"), _any_of(nature_text)),
    "step.failure_types": (phrase("Failure type of the change: {value}"), _any_of(type_text)),
    "step.since": (phrase("Changed after {value}"), moment_text),
    "step.until": (phrase("Changed by {value} at the latest"), moment_text),
    "step.longer_than": (phrase("Changed more than {value} after the relay"), exact_span_text),
    "step.within": (phrase("Changed within {value} of the relay"), exact_span_text),
    "told.kinds": (phrase("Event: {value}"), _any_of(kind_text)),
    "told.reasons": (phrase("Nature of failure of the event: {value}"), _any_of(nature_text)),
    "told.failure_types": (phrase("Failure type of the event: {value}"), _any_of(type_text)),
    "told.codes": (phrase("Reply code: {value}"), _any_of(plain_text)),
    "told.links": (phrase("Link: {value}"), _any_of(plain_text)),
    "told.attempts": (phrase("Attempt: {value}"), _any_of(count_text)),
    "told.is_machine": (phrase("Opened or clicked by: {value}"), _machine_text),
    "told.since": (phrase("Event after {value}"), moment_text),
    "told.until": (phrase("Event by {value} at the latest"), moment_text),
}
