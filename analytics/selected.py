"""The messages of a selection, page by page: which question is asked of the store, and with what."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from analytics.engagement import MACHINE_WITHIN
from analytics.modes import READINGS, Kpi, Mode, Status, states_counting_as
from analytics.questions import Columns, Questions
from analytics.selection import Selection, Step, Told
from analytics.tile import engagement_shown_until
from data.deliveries import Delivery
from data.events import Kind
from data.states import State

_STATES, _KINDS, _STATUSES = list(State), list(Kind), list(Status)
_MICROSECOND = timedelta(microseconds=1)
ENGAGEMENT_KPIS = (Kpi.OPENED, Kpi.CLICKED)


class Sort(StrEnum):
    """What rows can be sorted by; the values are the columns."""

    DATE = "date"
    STATUS = "status"
    ADDRESS = "address"
    DOMAIN = "recipient_domain"
    NATURE_OF_FAILURE = "nature_of_failure"
    FAILURE_TYPE = "failure_type"


@dataclass(frozen=True)
class Cut:
    """Which part of the messages selected is asked for, and in which order."""

    limit: int
    offset: int = 0
    sort: Sort = Sort.DATE
    descending: bool = True

    @property
    def is_latest_first(self) -> bool:
        """Whether the order is the one in which the store looks back from the moment."""
        return self.sort is Sort.DATE and self.descending


def selected_page(
    ask: Questions,
    delivery: Delivery,
    selection: Selection,
    mode: Mode,
    at: datetime,
    cut: Cut,
    *,
    with_test_profiles: bool,
    after: datetime | None = None,
) -> Columns:
    """A page of the messages selected, with the columns message_key, date and test_profile; total: one element.

    after: a moment since which all messages of the page changed last, if one is known; total counts those since then.
    """
    states = states_asked(selection, mode)
    answer = ask.columns(
        "selected_message",
        delivery_key=delivery.delivery_key,
        with_test_profiles=with_test_profiles,
        at=at,
        after=after or datetime.min,
        states=[_STATES.index(state) for state in states],
        is_targeted_asked=State.TARGETED in states or State.EXCLUDED in states,
        is_excluded_asked=State.EXCLUDED in states,
        is_narrowed=_is_narrowed(selection, states),
        is_unmoved_asked=after is None and (State.TARGETED in states or State.EXCLUDED in states),
        is_sent=selection.kpi is Kpi.SENT,
        kpi=selection.kpi or "",
        is_engagement_asked=selection.kpi in ENGAGEMENT_KPIS,
        engaged_until=engagement_shown_until(delivery, at),
        domains=list(selection.domains),
        but_domains=list(selection.but_domains),
        reasons=list(selection.reasons),
        failure_types=list(selection.failure_types),
        is_nature_asked=bool(selection.reasons or selection.failure_types)
        or cut.sort in (Sort.NATURE_OF_FAILURE, Sort.FAILURE_TYPE),
        address=selection.address,
        status_ranks=[str(_STATUSES.index(READINGS[mode][state].status)) for state in State],
        sort=cut.sort.value,
        descending=cut.descending,
        limit=cut.limit,
        offset=cut.offset,
        **_step(selection.step),
        **_told(selection.told),
    )
    total = answer.pop("total")[:1]
    is_empty = not len(answer["message_key"]) or _is_missing(answer["message_key"])
    return {name: column[:0] if is_empty else column for name, column in answer.items()} | {"total": total}


def states_asked(selection: Selection, mode: Mode) -> list[State]:
    """The states in which a message may be; Sent asks for the relay besides, Opened and Clicked for that."""
    if selection.kpi is None:
        return list(selection.states) or _counted(Kpi.TO_DELIVER, mode)
    counted = _counted(selection.kpi, mode)
    return [state for state in counted if not selection.states or state in selection.states]


def _counted(kpi: Kpi, mode: Mode) -> list[State]:
    if kpi in ENGAGEMENT_KPIS:
        return _STATES
    if kpi is Kpi.SENT:
        return [state for state in State if state not in (State.TARGETED, State.EXCLUDED)]
    if kpi is Kpi.TO_DELIVER:
        return [state for state in State if state is not State.EXCLUDED]
    return states_counting_as(kpi, mode)


def _is_narrowed(selection: Selection, states: list[State]) -> bool:
    """Whether few messages can be selected, as far as can be told without asking."""
    is_filtered = selection != Selection(kpi=selection.kpi, states=selection.states)
    return is_filtered or not {State.DELIVERED, State.EXCLUDED} & set(states)


def _is_missing(keys: Any) -> bool:  # noqa: ANN401 - numpy's masked array where something is NULL
    return bool(getattr(keys, "mask", False) is not False and keys.mask.all())


def _step(step: Step | None) -> dict[str, object]:
    asked = step or Step()
    return {
        "is_step_asked": step is not None,
        "step_changes": [
            (-1 if before is None else _STATES.index(before)) * 8 + 8 + _STATES.index(after)
            for before, after in asked.changes
        ],
        "step_kinds": [_KINDS.index(kind) for kind in asked.kinds],
        "step_reasons": list(asked.reasons),
        "step_but_reasons": list(asked.but_reasons),
        "step_types": list(asked.failure_types),
        "step_since": asked.since or datetime.min,
        "step_until": asked.until or datetime.max,
        "step_longer_than": _microseconds(asked.longer_than),
        "step_within": _microseconds(asked.within),
    }


def _told(told: Told | None) -> dict[str, object]:
    asked = told or Told()
    return {
        "is_event_asked": told is not None,
        "event_kinds": [_KINDS.index(kind) for kind in asked.kinds],
        "event_reasons": list(asked.reasons),
        "event_types": list(asked.failure_types),
        "event_codes": list(asked.codes),
        "event_links": list(asked.links),
        "is_attempt_asked": bool(asked.attempts),
        "event_attempts": list(asked.attempts),
        "is_machine_asked": asked.is_machine is not None,
        "is_machine": bool(asked.is_machine),
        "machine_within": MACHINE_WITHIN // _MICROSECOND,
        "event_since": asked.since or datetime.min,
        "event_until": asked.until or datetime.max,
    }


def _microseconds(span: timedelta | None) -> int | None:
    return None if span is None else span // _MICROSECOND
