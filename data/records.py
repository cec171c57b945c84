"""Records of text logs on their way into DuckDB: straight from the file where it is sound, mended where it is not.

The fast way lets DuckDB read the file. It is trusted only if it raises nothing and yields one record per line.
Otherwise the file is read again record by record in Python (the loop's reason: damage is found line by line), the
sound records go into a spool with their line numbers, and the others are rejected with number, text and reason.
"""

import csv
import json
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from data.errors import LogRefusedError
from data.held import hold, hold_table, number_lines
from data.intake import LogFile
from data.store import Cursor, kept_order, run, scalar

MAX_LINE_BYTES = 1 << 20
KEPT_TEXT = 10_000
_MAX_LINES_PER_RECORD = 200
_NEVER_IN_TEXT = "\x01"
_VARIABLES = {
    "path": "SET VARIABLE path = $1",
    "delimiter": "SET VARIABLE delimiter = $1",
    "quote": "SET VARIABLE quote = $1",
    "columns": "SET VARIABLE columns = $1",
    "header_lines": "SET VARIABLE header_lines = $1",
    "lines_before": "SET VARIABLE lines_before = $1",
    "max_line_bytes": "SET VARIABLE max_line_bytes = $1",
}
"""What a view over the records asks for; a view takes no parameters."""
csv.field_size_limit(MAX_LINE_BYTES)  # Python's own limit is lower than ours.

# Runs the reader's statement on a source of records, and returns how many it saw.
Stage = Callable[["RecordSource"], int]


class LogDamagedError(Exception):
    """DuckDB cannot read the file as it is. The error ended its transaction: the import begins again, mending."""


class JsonDamagedError(LogDamagedError):
    """Some lines of a JSON log hold something else than one object each."""


@dataclass(frozen=True)
class RecordSource:
    """The parameters of read_csv for one file. `columns` are text; record_line is there only for a mended file."""

    path: str
    delimiter: str
    quote: str
    columns: dict[str, str]
    header_lines: int
    lines_before: int
    """Lines of the log before the first record."""

    def parameters(self) -> dict[str, object]:
        """The named parameters that every statement over read_csv takes."""
        return {
            "path": self.path,
            "delimiter": self.delimiter,
            "quote": self.quote,
            "columns": self.columns,
            "header_lines": self.header_lines,
            "lines_before": self.lines_before,
            "max_line_bytes": MAX_LINE_BYTES,
        }


@dataclass(frozen=True)
class Rejection:
    """A record that could not be used."""

    line: int
    text: str
    reason: str


def stage_rows(
    cursor: Cursor, log: LogFile, delimiter: str, names: list[str], stage: Stage, *, quote: str = '"'
) -> int:
    """Stage the rows of a delimited file with one header line; returns the number of records.

    stage may be called a second time, so it must begin afresh.
    names: the header's columns, unique, as the statement is to know them.
    quote: empty where a quote is a plain character. Raises LogRefusedError where there is no header line.
    """
    if not names:
        raise LogRefusedError(f"{log.name} has no line with the names of columns; export it with its header.")
    header_lines = 0 if log.lines_before else 1
    columns = dict.fromkeys(names, "VARCHAR")
    source = RecordSource(str(log.path), delimiter, quote, columns, header_lines, log.lines_before + header_lines)
    records = _rows(log.path, delimiter, quote, len(names))
    return _stage(cursor, log, source, stage, records, names)


def stage_table(
    cursor: Cursor,
    log: LogFile,
    delimiter: str,
    names: list[str],
    wanted: Collection[str],
    tell: Callable[[], int],
    *,
    quote: str = '"',
) -> int:
    """Stage the rows of a delimited file through the view `record`; returns the number of records.

    names, quote: as for stage_rows. wanted: the columns of `record` beside record_line; NULL where the file lacks them.
    tell: stages what the view tells, and returns how many rows that were.
    """
    columns = pa.schema([(name, pa.string()) for name in ("record_line", *wanted)])
    hold_table(cursor, "known_column", columns.empty_table())

    def stage(source: RecordSource) -> int:
        for name, value in source.parameters().items():
            cursor.execute(_VARIABLES[name], [value])
        run(cursor, "table_record")
        return tell()

    return stage_rows(cursor, log, delimiter, names, stage, quote=quote)


def stage_lines(cursor: Cursor, log: LogFile, stage: Stage, *, errors: str = "strict") -> int:
    """Stage a file line by line as the column `text`; returns the number of records. errors: as for bytes.decode."""
    source = RecordSource(str(log.path), _NEVER_IN_TEXT, "", {"text": "VARCHAR"}, 0, log.lines_before)
    return _stage(cursor, log, source, stage, _lines(log.path, errors), ["text"])


def stage_objects(cursor: Cursor, log: LogFile, shape: Mapping[str, object] | str) -> int:
    """Hold the lines of a JSON log as the relation `record`; returns the number of lines that are not blank.

    shape: the keys that are wanted, as DuckDB's from_json takes them, or "JSON" for all of them. record: line; told, of
    that shape, NULL where there is none; problem, why not. Raises JsonDamagedError where a line holds something else
    than one object, so that the file is to be taken apart by data.json_lines.scanned first.
    """

    def stage(source: RecordSource) -> int:
        lines = hold(cursor, "record", shape=json.dumps(shape), **source.parameters())
        if "record_line" not in source.columns:
            number_lines(cursor, "record", source.lines_before)
        return lines

    rejected = stage_lines(cursor, log, stage) - scalar(cursor, "SELECT count(*) FROM record")
    written, broken = cursor.execute("SELECT count(*), count(problem) FROM record WHERE NOT is_blank").fetchall()[0]
    if broken:
        _reject_broken(cursor, log)
    return int(rejected + written)


def _reject_broken(cursor: Cursor, log: LogFile) -> None:
    if not log.is_scanned and scalar(cursor, "SELECT 1 FROM record WHERE is_broken LIMIT 1"):
        raise JsonDamagedError(log.name)
    cursor.execute("INSERT INTO staged_rejection SELECT line, NULL, problem FROM record WHERE problem IS NOT NULL")


Records = Iterator[tuple[int, list[str]] | Rejection]


def _stage(cursor: Cursor, log: LogFile, source: RecordSource, stage: Stage, records: Records, names: list[str]) -> int:
    if log.is_sound:
        try:
            with kept_order(cursor):
                seen = stage(source)
        except duckdb.InvalidInputException as error:
            raise LogDamagedError(log.name) from error
        if seen != log.lines - source.header_lines:
            raise LogDamagedError(log.name)
        return seen
    mended, rejections = log.spool / "mended.csv", log.spool / "rejections.csv"
    rejected = _mend(records, mended, rejections)
    if rejected:
        run(cursor, "staged_rejection", path=str(rejections), max_line_bytes=8 * MAX_LINE_BYTES)
    columns = dict.fromkeys(["record_line", *names], "VARCHAR")
    return rejected + stage(RecordSource(str(mended), ",", '"', columns, 0, 0))


def _mend(records: Records, mended: Path, rejections: Path) -> int:
    rejected = 0
    with (
        mended.open("w", encoding="utf-8", newline="") as sound,
        rejections.open("w", encoding="utf-8", newline="") as bad,
    ):
        write_sound, write_bad = (csv.writer(file, lineterminator="\n").writerow for file in (sound, bad))
        for record in records:
            if isinstance(record, Rejection):
                write_bad([record.line, _one_kind_of_end(record.text), record.reason])
                rejected += 1
            else:
                write_sound([record[0], *map(_one_kind_of_end, record[1])])
    return rejected


def _one_kind_of_end(text: str) -> str:
    # DuckDB takes a lone carriage return for the end of all lines, even between quotes.
    return text.replace("\r", "\n")


def kept_text(text: str) -> str:
    """The text of a rejected record as it is kept: its first characters, and how many there were."""
    return text if len(text) <= KEPT_TEXT else f"{text[:KEPT_TEXT]}… ({len(text):,} characters)"


def texts_of_lines(path: Path, numbers: list[int]) -> Iterator[tuple[int, str]]:
    """The texts of some lines of a file, by ascending number."""
    with path.open("rb") as file:
        passed = 0
        for number in numbers:
            raw = next(islice(file, number - passed - 1, None), b"")
            passed = number
            yield number, kept_text(_readable(raw))


def _readable(raw: bytes) -> str:
    return raw.rstrip(b"\r\n").decode("utf-8", errors="replace").replace("\0", "\u2400")


def _sound_lines(path: Path, errors: str) -> Iterator[tuple[int, str] | Rejection]:
    """Every line that is not blank, decoded; a rejection where it is too long, holds NUL bytes or is no UTF-8."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            line = raw.rstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf" if number == 1 else b"")
            reason = _damage(line, errors)
            if reason:
                yield Rejection(number, kept_text(_readable(line)), reason)
            elif line.strip():
                yield number, line.decode("utf-8", errors=errors)


def _damage(line: bytes, errors: str) -> str | None:
    if len(line) > MAX_LINE_BYTES:
        return f"the line is {len(line):,} bytes long; lines up to {MAX_LINE_BYTES:,} bytes are read"
    if b"\0" in line:
        return "the line holds NUL bytes, as after a crash or in a file that is not text"
    try:
        line.decode("utf-8", errors=errors)
    except UnicodeDecodeError:
        return "the line is not UTF-8; export the file again as UTF-8"
    return None


def _lines(path: Path, errors: str) -> Records:
    for line in _sound_lines(path, errors):
        yield line if isinstance(line, Rejection) else (line[0], [line[1]])


def _rows(path: Path, delimiter: str, quote: str, width: int) -> Records:
    """The rows of a delimited file. A quote that opens and is not closed within reach costs its own line only."""
    lines = _sound_lines(path, "strict")
    next(lines, None)
    waiting: deque[tuple[int, str] | Rejection] = deque()
    while (first := waiting.popleft() if waiting else next(lines, None)) is not None:
        if isinstance(first, Rejection):
            yield first
            continue
        fields = _row(first[1], delimiter) if quote else first[1].split(delimiter)
        if fields is None:
            waiting.extend(islice(lines, max(0, _MAX_LINES_PER_RECORD - len(waiting))))
            fields, used = _joined_row(first, waiting, delimiter, width)
            for _ in range(used):
                waiting.popleft()
        yield _judged(first, fields, width)


def _judged(first: tuple[int, str], fields: list[str] | None, width: int) -> tuple[int, list[str]] | Rejection:
    number, text = first
    if fields is None:
        damage = "a quote is opened and never closed" if '"' in text else "the line holds a carriage return"
        return Rejection(number, kept_text(text), damage)
    if len(fields) != width:
        return Rejection(number, kept_text(text), f"{len(fields)} fields where the header has {width}")
    return number, fields


def _joined_row(
    first: tuple[int, str], following: Iterable[tuple[int, str] | Rejection], delimiter: str, width: int
) -> tuple[list[str] | None, int]:
    text = first[1]
    for used, line in enumerate(following, 1):
        if isinstance(line, Rejection):
            break
        text = f"{text}\n{line[1]}"
        fields = _row(text, delimiter) if '"' in line[1] else None
        if fields is not None:
            return (fields, used) if len(fields) == width else (None, 0)
    return None, 0


def _row(text: str, delimiter: str) -> list[str] | None:
    """The fields of one row, or None where a quote is still open."""
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
