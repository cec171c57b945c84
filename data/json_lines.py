"""JSON logs and Parquet files as one record a line, whichever way they are written.

Arrays, envelopes that hold a list of records, objects one behind the other and pretty printing become lines in a file
of the spool, at DuckDB's speed; what DuckDB cannot read, a scanner in Python takes apart, so that a damaged place costs
its own record alone.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import duckdb

from data.errors import LogRefusedError, LogUnreadableError
from data.intake import LogFile
from data.log_head import Head
from data.sentences import Sentence
from data.statements import Cursor, kept_order, run

ENVELOPES = ("results", "items", "events", "mandrill_events")
"""Keys under which services hand out a list of records."""
_FORM_POST = re.compile(r"\w+=(%5B|%7B|\[|\{)", re.IGNORECASE)
_LONGEST_VALUE_BYTES = 64 << 20
_FIRST = 1 << 18
_ENDS_OF_LINES = re.compile(r"[\r\n]+")
_BETWEEN = re.compile(r"[\s,\[\]\ufeff\x1e]*")
_NEXT_OBJECT = re.compile(r"\n[\s,\[\]]*(?=\{)")
_OPENED_ENVELOPE = re.compile(rf'\{{\s*"(?:{"|".join(ENVELOPES)})"\s*:\s*\[')
_decoder = json.JSONDecoder()


def in_lines(cursor: Cursor, log: LogFile) -> LogFile:
    """The log with one JSON object a line; the log itself where it is that already, or is no JSON at all.

    Raises LogUnreadableError for a damaged Parquet file, and LogRefusedError for an empty list.
    """
    if log.head.is_parquet:
        return _rows_of_parquet(cursor, log)
    if _FORM_POST.match(log.head.text):
        return in_lines(cursor, log.rewritten(_unquoted(log)))
    if _is_empty(log.head.text):
        raise LogRefusedError(
            Sentence(
                "{name} holds an empty list of records, as a test post or a last page; leave it out.", name=log.name
            )
        )
    if _is_lines(log.head) or not _holds_objects(log.head.text):
        return log
    try:
        return _rewritten(cursor, log, "json_lines")
    except duckdb.Error:
        return scanned(log)


def scanned(log: LogFile) -> LogFile:
    """The log with one record a line, sound or not. A record keeps the number of its line where that is free."""
    target = log.spool / "scanned.ndjson"
    written = 0
    with target.open("w", encoding="utf-8") as file:
        for line, record in _records_by_line(log) if log.head.objects else _records(_text(log)):
            number = max(line, written + 1)
            file.write("\n" * (number - written - 1) + _ENDS_OF_LINES.sub(" ", record) + "\n")
            written = number
    return replace(log.rewritten(target), is_scanned=True)


def _text(log: LogFile) -> str:
    return log.path.read_text("utf-8", errors="replace")


def _records_by_line(log: LogFile) -> Iterator[tuple[int, str]]:
    """The records of a file whose first lines are records: no line reaches into the next, one may hold several."""
    with log.path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            found = list(_records(line)) if line.strip() else []
            yield from ((number, record) for _, record in found)
            if line.strip() and not found:
                yield number, line.rstrip("\r\n")


def _rows_of_parquet(cursor: Cursor, log: LogFile) -> LogFile:
    try:
        return _rewritten(cursor, log, "parquet_lines")
    except duckdb.InvalidInputException as error:
        raise LogUnreadableError(
            Sentence("{name} is a damaged Parquet file; export it again.", name=log.name)
        ) from error


def _rewritten(cursor: Cursor, log: LogFile, name: str) -> LogFile:
    target = log.spool / "records.ndjson"
    longest = {"longest_bytes": _LONGEST_VALUE_BYTES}
    with kept_order(cursor):
        run(cursor, name, path=str(log.path), target=str(target), **longest)
    return log.rewritten(target)


def _unquoted(log: LogFile) -> Path:
    """The values of form posts, one a line."""
    target = log.spool / "posted.ndjson"
    with log.path.open(encoding="utf-8", errors="replace") as posts, target.open("w", encoding="utf-8") as values:
        for post in posts:
            values.write(unquote_plus(post.split("=", 1)[-1].split("&", 1)[0].strip()) + "\n")
    return target


def _is_lines(head: Head) -> bool:
    """Whether every record is a line of its own already."""
    objects = head.objects
    return bool(objects) and not any(isinstance(told.get(key), list) for told in objects for key in ENVELOPES)


def _is_empty(text: str) -> bool:
    """Whether a text is an empty list, or an envelope of one and nothing else."""
    told, end = _decoded(text, 0)
    listed = (
        told if isinstance(told, list) else [told.get(key) for key in ENVELOPES] if isinstance(told, dict) else None
    )
    return not text[end:].strip() and (listed == [] or (isinstance(told, dict) and [] in (listed or ())))


def _holds_objects(text: str) -> bool:
    """Whether a text is JSON that begins with an object, or with an array or an envelope of them."""
    if text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return False
    first = next((record for _, record in _records(text[:_FIRST])), "")
    return isinstance(_decoded(first, 0)[0], dict)


def _records(text: str) -> Iterator[tuple[int, str]]:
    """Line and text of every record, those of arrays and envelopes one by one; a broken one up to the next object."""
    position = counted = 0
    line = 1
    while (position := _between(text, position)) < len(text):
        line, counted = line + text.count("\n", counted, position), position
        told, end = _decoded(text, position)
        opened = _OPENED_ENVELOPE.match(text, position) if told is None else None
        if opened:
            position = opened.end()
            continue
        listed = (
            next((told[key] for key in ENVELOPES if isinstance(told.get(key), list)), None)
            if isinstance(told, dict)
            else None
        )
        if listed is None:
            yield line, text[position:end]
        else:
            yield from ((line, json.dumps(each)) for each in listed)
        position = end


def _between(text: str, position: int) -> int:
    between = _BETWEEN.match(text, position)
    return between.end() if between else position


def _decoded(text: str, position: int) -> tuple[Any, int]:
    """The JSON value at a position and where it ends; for a broken one None, and where the next may begin."""
    try:
        return _decoder.raw_decode(text, position)
    except (ValueError, RecursionError):
        following = _NEXT_OBJECT.search(text, position) if text.startswith("{", position) else None
        if following:
            return None, following.end()
        end_of_line = text.find("\n", position)
        return None, len(text) if end_of_line < 0 or text.startswith("{", position) else end_of_line
