"""The change ledger in few entries: by transition, recipient domain or reason, each of which is exactly its rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from analytics.selection import NONE_TOLD, Change, Selection, Step
from data.events import Kind
from data.states import State

MOST_ENTRIES = 12
_SETTLED = (State.DELIVERED, State.INFERRED_EXPIRY)


class By(StrEnum):
    """What the ledger is read by. The values stand in the URL."""

    TRANSITION = "transition"
    DOMAIN = "domain"
    REASON = "reason"


_GROUPS = {
    By.TRANSITION: ["from_state", "to_state", "kind"],
    By.DOMAIN: ["recipient_domain"],
    By.REASON: ["reason"],
}


@dataclass(frozen=True)
class Entry:
    """Messages that moved a count in the same direction. None of them moved it so twice.

    names: of a transition the state before, the state after and the event; else the domains or reasons (NONE_TOLD for
    none). change: by so many messages the count rose or fell. is_correction: whether what had been settled was settled
    otherwise, by a late bounce or an acceptance after the expiry.
    """

    names: tuple[str, ...]
    change: int
    is_correction: bool
    selection: Selection

    @property
    def messages(self) -> int:
        """How many messages it is."""
        return abs(self.change)


def entries(changes: pd.DataFrame, by: By, since: datetime, until: datetime, most: int = MOST_ENTRIES) -> list[Entry]:
    """The entries of a ledger, which add up to its change.

    changes: as ledger() answers for these moments. Those of transitions stand in the order of states; of domains and
    reasons the largest are listed, and the others taken together, by direction: gains first, then losses.

    A message may move a count up, down and up again: retried, accepted, bounced late. So gains and losses are apart,
    and corrections of what was settled apart from both; then no message is in an entry twice.
    """
    if changes.empty:
        return []
    before = changes["from_state"].fillna(State.TARGETED.value)
    told = changes.assign(
        from_state=before,
        reason=changes["reason"].fillna(NONE_TOLD),
        sign=np.sign(changes["change"]),
        is_correction=before.isin(_SETTLED),
    )
    by_name = told.groupby([*_GROUPS[by], "sign", "is_correction"], sort=False)["change"]
    grouped = by_name.sum().reset_index()
    if by is By.TRANSITION:
        return [_of_transition(row, since, until) for row in grouped.to_dict("records")]
    largest = grouped.sort_values("change", key=lambda change: -change.abs(), kind="stable", ignore_index=True)
    found = _of_names(told, largest, by, Step(since=since, until=until), most)
    # Gains first, so that no count between is below both ends.
    return sorted(found, key=lambda entry: entry.change < 0)


def _of_transition(row: dict[Any, Any], since: datetime, until: datetime) -> Entry:
    changes = _changes(State(row["from_state"]), State(row["to_state"]))
    step = Step(changes=changes, kinds=(Kind(row["kind"]),), since=since, until=until)
    names = tuple(row[name] for name in _GROUPS[By.TRANSITION])
    return Entry(names, int(row["change"]), bool(row["is_correction"]), Selection(step=step))


def _of_names(told: pd.DataFrame, largest: pd.DataFrame, by: By, within: Step, most: int) -> Iterator[Entry]:
    """The largest one by one, then the rest of each direction."""
    column = _GROUPS[by][0]
    alone = np.arange(len(largest)) < most
    rest = np.where(alone, np.arange(len(largest)), most)
    for (_, sign, is_correction), group in largest.groupby([rest, "sign", "is_correction"], sort=False):
        names = tuple(group[column])
        made = told[(told["sign"] == sign) & (told["is_correction"] == is_correction)]
        if alone[group.index[0]]:
            step = replace(within, changes=_all_changes(made[made[column].isin(names)]))
            selection = _named(step, by, names)
        else:
            step = replace(within, changes=_all_changes(made))
            alike = largest[alone & (largest["sign"] == sign) & (largest["is_correction"] == is_correction)]
            selection = _all_but(step, by, tuple(alike[column]))
        yield Entry(names, int(group["change"].sum()), bool(is_correction), selection)


def _named(step: Step, by: By, names: tuple[str, ...]) -> Selection:
    return Selection(domains=names, step=step) if by is By.DOMAIN else Selection(step=replace(step, reasons=names))


def _all_but(step: Step, by: By, names: tuple[str, ...]) -> Selection:
    """The rest is told by whoever is not in it: it may be thousands of names, too many for a URL."""
    if by is By.DOMAIN:
        return Selection(but_domains=names, step=step)
    return Selection(step=replace(step, but_reasons=names))


def _all_changes(told: pd.DataFrame) -> tuple[Change, ...]:
    pairs = told[["from_state", "to_state"]].drop_duplicates().itertuples(index=False)
    return tuple(change for before, after in pairs for change in _changes(State(before), State(after)))


def _changes(before: State, after: State) -> tuple[Change, ...]:
    """A message that was not known before counted as targeted."""
    return ((None, after), (before, after)) if before is State.TARGETED else ((before, after),)
