"""Which messages of a delivery are meant: what every figure counts, and what its rows are asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from analytics.modes import Kpi
from data.events import Kind
from data.states import TRANSITIONS, State

NONE_TOLD = ""
"""Stands among reasons, failure types, reply codes, links and domains for messages of which none was told."""

EVERY_STATE: tuple[State, ...] = tuple(State)
"""The states of a selection that leaves nobody out: excluded messages are meant as well."""

Change = tuple[State | None, State]
"""A change of state: before (none where the message was not known before) and after."""


@dataclass(frozen=True)
class Step:
    """Messages that made a change of state within a time. What is left empty asks for nothing.

    since, until: moments (UTC), the first excluded, the second included; the chosen moment ends it at the latest.
    longer_than, within: how long after its relay the message made the change, the first excluded, the second included.
    reasons, failure_types: those of the change, NONE_TOLD for none; but_reasons: those left out, where all others are
    meant.
    """

    changes: tuple[Change, ...] = ()
    kinds: tuple[Kind, ...] = ()
    reasons: tuple[str, ...] = ()
    but_reasons: tuple[str, ...] = ()
    failure_types: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    longer_than: timedelta | None = None
    within: timedelta | None = None


@dataclass(frozen=True)
class Told:
    """Messages of which an event of some kind is told within a time. What is left empty asks for nothing.

    since, until: as for Step. reasons, failure_types, codes (SMTP reply codes), links (addresses clicked): those of the
    event, NONE_TOLD for none. attempts: the number of the attempt that the event ended, from 1: one more than the
    failures and acceptances that the message had before; an out-of-band bounce ends none. is_machine: whether the
    event, an opening or click, came within seconds after the acceptance, so is likely a machine's
    (analytics.engagement.MACHINE_WITHIN).
    """

    kinds: tuple[Kind, ...] = ()
    reasons: tuple[str, ...] = ()
    failure_types: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    attempts: tuple[int, ...] = ()
    is_machine: bool | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Selection:
    """Messages of a delivery as they stand at a moment, in a mode; whatever is given must hold.

    kpi: what counts them; states: one of those at the moment; where neither is given, all messages to deliver.
    domains: of the recipient, in lower case; but_domains: those left out, as where all others are meant; reasons (the
    nature of failure) and failure_types: those of the last change; NONE_TOLD for none. A message that is put off, or
    whose time ran out without a type of its own, is soft.
    address: a part of the address, in any case. step, told: see there.
    """

    kpi: Kpi | None = None
    states: tuple[State, ...] = ()
    domains: tuple[str, ...] = ()
    but_domains: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    failure_types: tuple[str, ...] = ()
    address: str = ""
    step: Step | None = None
    told: Told | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing is asked for but a KPI or all messages to deliver, whose count the tile knows."""
        return self == Selection(kpi=self.kpi)


def changes_to(*states: State) -> tuple[Change, ...]:
    """The changes of state that lead to one of some states by an event; an inferred expiry has none."""
    known = {(before, after) for (before, _), after in TRANSITIONS.items() if after in states and before is not after}
    return tuple(sorted(known))
