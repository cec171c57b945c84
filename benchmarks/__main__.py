"""`python -m benchmarks [200k|1m|10m|100m]`: measures Sendlog against bare DuckDB and prints the ratios."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from statistics import median

import duckdb
import pandas as pd

from data.settings import memory_limit
from data.simulator import SimulatedLog

_SIZES = {"200k": 200_000, "1m": 1_000_000, "10m": 10_000_000, "100m": 100_000_000}
_DELIVERIES = 40
_EVENTS_PER_MESSAGE = 3.36
_READER_EVENTS = 1_000_000
_REPEATED_UP_TO = 10_000_000
_FOLDER = Path("build/bench")
Cost = dict[str, float]
Row = tuple[str, str, str]


def main(size: str) -> None:
    """Measure everything at one size and print one table."""
    events = _SIZES[size]
    _FOLDER.mkdir(parents=True, exist_ok=True)
    runs = 3 if events <= _REPEATED_UP_TO else 1
    rows = [*import_rows(events, runs), *answer_rows(), *reader_rows(min(events, _READER_EVENTS))]
    print(_machine())
    print(f"{size} events, {_DELIVERIES} deliveries; median of {runs} alternating runs\n")
    print(_table([("measure", "found", "target"), *rows]))


def import_rows(events: int, runs: int) -> list[Row]:
    """Target 1 and 4: the import against a bare load of the same file, at full size and for the tenth of it."""
    log = _log(SimulatedLog.EVENTS_CSV, events, _DELIVERIES)
    loads, imports = [], []
    for _ in range(runs):
        loads.append(_work("load", log, _FOLDER / "bare.duckdb"))
        imports.append(_work("import_file", log, _FOLDER / "full.duckdb"))
    _work("import_file", _log(SimulatedLog.EVENTS_CSV, events // 10, _DELIVERIES), _FOLDER / "tenth.duckdb")
    bare, whole = _median(loads, "seconds"), _median(imports, "seconds")
    size = f"{imports[0]['events']:,.0f} events, {log.stat().st_size / 1e6:,.0f} MB"
    return [
        (f"bare load ({size})", f"{bare:.1f} s, {_median(loads, 'peak_gigabytes'):.1f} GB", ""),
        ("import, everything derived", f"{whole:.1f} s", ""),
        ("import / bare load", f"{whole / bare:.2f}", "<= 1.5"),
        ("  the same in CPU seconds", f"{_median(imports, 'cpu_seconds') / _median(loads, 'cpu_seconds'):.2f}", ""),
        ("peak memory of the import", f"{_median(imports, 'peak_gigabytes'):.1f} GB", "<= 4 GB"),
    ]


def answer_rows() -> list[Row]:
    """Target 2: tile and series at full size and at a tenth of it."""
    full, tenth = (_work("answer", _FOLDER / f"{name}.duckdb") for name in ("full", "tenth"))
    rows = []
    for name in ("tile", "series"):
        rows.append((f"{name}, 95th percentile", f"{full[name]:.1f} ms", "<= 30 ms"))
        rows.append((f"{name}, full size / a tenth of it", f"{full[name] / tenth[name]:.2f}", "<= 1.5"))
    return rows


def reader_rows(events: int) -> list[Row]:
    """Target 5: each reader against a bare read of the same file."""
    rows = []
    for log in (
        SimulatedLog.EVENTS_CSV, SimulatedLog.EVENTS_NDJSON, SimulatedLog.CAMPAIGN_EFS, SimulatedLog.POSTFIX,
    ):  # fmt: skip
        path = _log(log, events, 1 if log is SimulatedLog.CAMPAIGN_EFS else _DELIVERIES)
        scans, stages = [], []
        for _ in range(3):
            scans.append(_work("scan", path, *_shape(path), _FOLDER / "scan.duckdb"))
            stages.append(_work("stage", path, _FOLDER / "stage.duckdb"))
        bare, read = _median(scans, "seconds"), _median(stages, "seconds")
        rows.append((f"reader {log} / bare read", f"{read / bare:.1f}", ""))
        rows.append(("  records per second", f"{stages[0]['records'] / read:,.0f}", ""))
    return rows


def _shape(path: Path) -> tuple[str, str]:
    """Columns and delimiter of a file as JSON: one column of text where it is no table."""
    with path.open(encoding="utf-8") as file:
        header = file.readline().strip()
    for delimiter in ";,":
        if header[0] != "{" and header.count(delimiter) > 5:  # noqa: PLR2004 - more than prose has
            return json.dumps(header.split(delimiter)), json.dumps(delimiter)
    return json.dumps(["text"]), json.dumps("\x01")


def _log(log: SimulatedLog, events: int, deliveries: int) -> Path:
    """A simulated log of about that many events, made once."""
    path = _FOLDER / f"{log}-{events}-{deliveries}.log"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        _work("write_log", unfinished, round(events / _EVENTS_PER_MESSAGE), log, deliveries)
        unfinished.rename(path)
    return path


def _work(task: str, *arguments: object) -> Cost:
    command = [sys.executable, "-m", "benchmarks.worker", task, *(str(argument) for argument in arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own worker
    cost: Cost = json.loads(done.stdout.splitlines()[-1])
    return cost


def _median(costs: list[Cost], name: str) -> float:
    return median(cost[name] for cost in costs)


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB; Python {platform.python_version()}, "
        f"DuckDB {duckdb.__version__} (memory limit {memory_limit()}), pandas {pd.__version__}"
    )


def _table(rows: list[Row]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join((name.ljust(widths[0]), found.rjust(widths[1]), target.rjust(widths[2])))
        for name, found, target in rows
    )


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "10m"
    if chosen not in _SIZES:
        raise SystemExit(f"There is no size {chosen}; choose one of {', '.join(_SIZES)}.")
    main(chosen)
