"""What the entries of the ledger are called, and what they say together."""

import pandas as pd

from analytics.ledger_entries import By, Entry
from analytics.selection import NONE_TOLD
from data.states import State
from pages.i18n.signed import signed_count_text
from pages.i18n.terms import kind_text, kpi_text, reason_text, state_text
from pages.i18n.words import plural, words
from pages.ledger.answers import Span
from pages.ledger.controls import span_words


def entry_text(entry: Entry, by: By) -> str:
    """What an entry is called. It may hold a log's text, so it is no markup."""
    name = _name(entry, by)
    return words("{entry} (late correction)", entry=name) if entry.is_correction and by is not By.TRANSITION else name


def moved_text(span: Span, before: int, after: int) -> str:
    """By how many messages the count moved, in a sentence."""
    named = {"kpi": kpi_text(span.kpi), "before": before, "after": after, **span_words(span)}
    if before == after:
        return plural(
            "{kpi} is {count} message at {until}, as many as at {since}.",
            "{kpi} is {count} messages at {until}, as many as at {since}.",
            after,
            **named,
        )
    if after > before:
        return plural(
            "{kpi} rose by {count} message, from {before} to {after}, between {since} and {until}.",
            "{kpi} rose by {count} messages, from {before} to {after}, between {since} and {until}.",
            after - before,
            **named,
        )
    return plural(
        "{kpi} fell by {count} message, from {before} to {after}, between {since} and {until}.",
        "{kpi} fell by {count} messages, from {before} to {after}, between {since} and {until}.",
        before - after,
        **named,
    )


def largest_text(by_all: dict[By, list[Entry]], moved: int) -> str:
    """The largest entries in the direction of the move, by whatever they are read; nothing where there is none."""
    largest = [_largest(entries, moved) for entries in by_all.values()]
    told = [
        f"{entry_text(entry, by)} {signed_count_text(entry.change)}"
        for by, entry in zip(by_all, largest, strict=True)
        if entry is not None and entry.names != (NONE_TOLD,)
    ]
    return words("Largest changes: {entries}.", entries=" · ".join(told)) if told else ""


def entry_rows(entries: list[Entry], by: By) -> pd.DataFrame:
    """The entries as the figure and the table have them: label, change, messages."""
    told = [(entry_text(entry, by), entry.change, entry.messages) for entry in entries]
    return pd.DataFrame(told, columns=["label", "change", "messages"])


def _largest(entries: list[Entry], moved: int) -> Entry | None:
    alone = [
        entry for entry in entries if entry.change * moved > 0 and (len(entry.names) == 1 or _is_transition(entry))
    ]
    return max(alone, key=lambda entry: entry.messages, default=None)


def _is_transition(entry: Entry) -> bool:
    return bool(entry.selection.step and entry.selection.step.kinds)


def _no_reason_text(entry: Entry) -> str:
    """No reason told; where acceptances are among them, that it is theirs to have none."""
    changes = entry.selection.step.changes if entry.selection.step else ()
    if any(after is State.DELIVERED for _, after in changes):
        return words("No reason told, as of acceptances")
    return words("No reason told")


def _name(entry: Entry, by: By) -> str:
    if by is By.TRANSITION:
        before, after, kind = entry.names
        return f"{state_text(before)} → {state_text(after)} ({kind_text(kind)})"
    if len(entry.names) == 1:
        (name,) = entry.names
        if by is By.REASON:
            return reason_text(name) or _no_reason_text(entry)
        return name or words("None told")
    if by is By.DOMAIN:
        return words("{count} other domains", count=len(entry.names))
    return words("{count} other reasons", count=len(entry.names))
