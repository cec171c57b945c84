"""Records of text logs on their way into DuckDB: straight from the file where it is sound, mended where it is not.

The fast way lets DuckDB read the file. It is trusted only if it raises nothing and yields one record per line.
Otherwise the file is read again record by record in Python (the loop's reason: damage is found line by line), the
sound records go into a spool with their line numbers, and the others are rejected with number, text and reason.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from data.errors import LogRefusedError
from data.held import hold, hold_table, number_lines
from data.intake import LogFile
from data.mending import MAX_LINE_BYTES, Records, mend, sound_lines, sound_rows
from data.sentences import Sentence
from data.statements import Cursor, kept_order, run, scalar

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


def stage_rows(
    cursor: Cursor, log: LogFile, delimiter: str, names: list[str], stage: Stage, *, quote: str = '"'
) -> int:
    """Stage the rows of a delimited file with one header line; returns the number of records.

    stage may be called a second time, so it must begin afresh.
    names: the header's columns, unique, as the statement is to know them.
    quote: empty where a quote is a plain character. Raises LogRefusedError where there is no header line.
    """
    if not names:
        raise LogRefusedError(
            Sentence("{name} has no line with the names of columns; export it with its header.", name=log.name)
        )
    header_lines = 0 if log.lines_before else 1
    columns = dict.fromkeys(names, "VARCHAR")
    source = RecordSource(str(log.path), delimiter, quote, columns, header_lines, log.lines_before + header_lines)
    records = sound_rows(log.path, delimiter, quote, len(names))
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
    return _stage(cursor, log, source, stage, sound_lines(log.path, errors), ["text"])


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
    rejected = mend(records, mended, rejections)
    if rejected:
        run(cursor, "staged_rejection", path=str(rejections), max_line_bytes=8 * MAX_LINE_BYTES)
    columns = dict.fromkeys(["record_line", *names], "VARCHAR")
    return rejected + stage(RecordSource(str(mended), ",", '"', columns, 0, 0))
