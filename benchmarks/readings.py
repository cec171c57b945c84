"""The work of reading a log: a reader of Sendlog's, and DuckDB's bare read of the file; both leave Arrow tables."""

import csv
from enum import Enum
from pathlib import Path

import duckdb

from benchmarks.imports import fresh
from benchmarks.worker import Cost, measured
from data.intake import LogFile, opened_log, parts
from data.json_lines import in_lines
from data.preparation import prepare, prepare_staging
from data.readers.reader import Options, Reader
from data.readers.registry import reader_named
from data.settings import memory_limit, temporary_directory
from data.statements import Cursor
from data.store import Store

_LEAST_DELIMITERS = 4
"""More than prose has."""


class Shape(Enum):
    """What a file is to DuckDB, with the most that a reader may cost beside its bare read."""

    TABLE = 1.5
    JSON = 3
    LINES = 4


def shape_of(path: Path) -> Shape:
    """The shape of a file by its first line."""
    line = _first_line(path)
    if line.startswith(("{", "[")):
        return Shape.JSON
    return Shape.TABLE if line.count(_delimiter(line)) >= _LEAST_DELIMITERS else Shape.LINES


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.readline().strip()


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def scan(path: str) -> Cost:
    """Bare DuckDB: all columns of a table as texts, the columns that it infers of JSON, or the lines."""
    with duckdb.connect(config={"memory_limit": memory_limit(), "produce_arrow_string_view": True}) as connection:
        cost, rows = measured(lambda: _bare(connection, Path(path)).to_arrow_table())
    return cost | {"records": rows.num_rows}


def _bare(connection: duckdb.DuckDBPyConnection, path: Path) -> duckdb.DuckDBPyRelation:
    shape = shape_of(path)
    if shape is Shape.JSON:
        return connection.sql("FROM read_json($path)", params={"path": str(path)})
    header = _first_line(path)
    delimiter = _delimiter(header) if shape is Shape.TABLE else "\x01"
    names = next(csv.reader([header], delimiter=delimiter)) if shape is Shape.TABLE else ["text"]
    parameters = {
        "path": str(path),
        "skip": int(shape is Shape.TABLE),
        "delimiter": delimiter,
        "quote": '"' if shape is Shape.TABLE else "",
        "columns": dict.fromkeys(names, "VARCHAR"),
    }
    statement = (
        "FROM read_csv($path, auto_detect = false, header = false, skip = $skip, delim = $delimiter, quote = $quote, "
        "escape = $quote, columns = $columns)"
    )
    return connection.sql(statement, params=parameters)


def stage(name: str, path: str, target: str) -> Cost:
    """Sendlog: all that a reader does, part by part as in an import."""
    temporary = temporary_directory(Path(target))
    with (
        Store(Path(fresh(target))) as store,
        opened_log(Path(path), None, temporary) as log,
        store.transaction() as cursor,
    ):
        prepare(cursor)
        reader = reader_named(name)
        prepare_staging(cursor, reader)
        cost, records = measured(lambda: _staged(cursor, reader, log))
    return cost | {"records": records}


def _staged(cursor: Cursor, reader: Reader, plain: LogFile) -> int:
    options, log = Options(year=2026, efs=True), in_lines(cursor, plain)
    whole = [log] if reader.schema or not log.is_sound else parts(log)
    return sum(reader.stage(cursor, part, 1, options).records for part in whole)
