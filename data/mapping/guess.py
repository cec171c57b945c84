"""What columns and values may mean, from their names and from what stands in them: a proposal to look at."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from data.mapping.mapping import FIELDS, NEEDED, STATUS_FIELDS, LogMapping
from data.mapping.sample import Column, Sample
from data.mapping.words import HEADINGS, KIND_OF
from data.mapping.written_times import formats_of

MOST_VALUES = 50
"""A column with more values than these is no status."""
_TIME_SUFFIX = re.compile(r" (at|on|time|date|timestamp|datetime)$")
_TIME_PREFIX = re.compile(r"^(time|date|timestamp) (of )?")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_MOSTLY = 0.8
_TIMED_KINDS_OF_A_MESSAGE = 2


def guessed_mapping(sample: Sample, file_name: str) -> LogMapping:
    """A proposal; what is not guessed is left out, so that it may lack what a mapping needs."""
    times = _guessed_times(sample)
    columns = {} if len(times) >= _TIMED_KINDS_OF_A_MESSAGE else _status_columns(sample)
    times = {} if columns else times
    columns |= _other_columns(sample, taken={*columns.values(), *times})
    status = sample.column(columns.get("kind"))
    timed = sample.column(columns.get("event_time") or next(iter(times), None))
    return LogMapping(
        PurePath(file_name).stem[:80] or "Mapping",
        {name: columns[name] for name in FIELDS if name in columns},
        guessed_values(status.counts) if status else {},
        times,
        next(iter(formats_of(timed.counts)), None) if timed else None,
    )


def guessed_values(words: Iterable[str]) -> dict[str, str]:
    """What the words that are known mean."""
    meant = {word: KIND_OF.get(_plain(word)) for word in words}
    return {word: kind for word, kind in meant.items() if kind}


def guessed_kind_of_time(column: str) -> str | None:
    """The kind of event whose time a column holds by its name, such as delivered_at."""
    plain = _plain(column)
    bare = _TIME_PREFIX.sub("", _TIME_SUFFIX.sub("", plain))
    return KIND_OF.get(bare) if bare != plain else None


def can_be_status(column: Column) -> bool:
    """Whether a column has so few values that each can be given a meaning, and no addresses among them."""
    return 0 < column.distinct <= MOST_VALUES and not any("@" in word for word in column.counts)


def _guessed_times(sample: Sample) -> dict[str, str]:
    kinds = {column.name: guessed_kind_of_time(column.name) for column in sample.columns if _may_hold_times(column)}
    return {name: kind for name, kind in kinds.items() if kind}


def _status_columns(sample: Sample) -> dict[str, str]:
    timed = [column.name for column in sample.columns if _holds_times(column)]
    statuses = [column.name for column in sample.columns if can_be_status(column) and column.name not in timed]
    meant = sorted(statuses, key=lambda name: -len(guessed_values(_counts(sample, name))))
    telling = [name for name in meant if guessed_values(_counts(sample, name))]
    time = _named("event_time", timed) or (timed[0] if len(timed) == 1 else None)
    kind = _named("kind", telling) or (telling[0] if telling else None)
    return {"event_time": time, "kind": kind} if time and kind else {}


def _other_columns(sample: Sample, taken: set[str]) -> dict[str, str]:
    free = [column.name for column in sample.columns if column.name not in taken]
    addresses = [column.name for column in sample.columns if column.name in free and _holds_addresses(column)]
    recipient = _named("recipient", addresses) or next(iter(addresses), None) or _named("recipient", free)
    found = {"recipient": recipient} if recipient else {}
    for name in FIELDS:
        column = _named(name, [each for each in free if each not in found.values()])
        if column and name not in {*NEEDED, *STATUS_FIELDS}:
            found[name] = column
    return found


def _counts(sample: Sample, name: str) -> Mapping[str, int]:
    column = sample.column(name)
    return column.counts if column else {}


def _named(name: str, columns: list[str]) -> str | None:
    """The column whose heading means a field most plainly."""
    headings = HEADINGS[name]
    known = [column for column in columns if _heading(column) in headings]
    return min(known, key=lambda column: headings.index(_heading(column)), default=None)


def _heading(column: str) -> str:
    return _plain(column.rsplit(".", 1)[-1])


def _plain(text: str) -> str:
    return " ".join(re.split(r"[\W_]+", _CAMEL.sub(" ", text).strip().lower())).strip()


def _holds_addresses(column: Column) -> bool:
    rows = {word: n for word, n in column.counts.items() if word}
    addresses = sum(n for word, n in rows.items() if _ADDRESS.search(word))
    return addresses > 0 and addresses >= _MOSTLY * sum(rows.values())


def _may_hold_times(column: Column) -> bool:
    return not column.filled or _holds_times(column)


def _holds_times(column: Column) -> bool:
    return bool(formats_of(column.counts))
