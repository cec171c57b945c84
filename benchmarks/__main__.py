"""`python -m benchmarks [200k|1m|10m|100m]` prints one table, `python -m benchmarks profile [SIZE]` where time goes."""

import os
import platform
import sys
from importlib.metadata import version

from benchmarks.logs import FOLDER, SIZES, log_of, sizes_up_to
from benchmarks.sections import (
    addition_rows,
    answer_rows,
    import_rows,
    measured_imports,
    peer_rows,
    reader_rows,
    screen_rows,
)
from benchmarks.table import table
from benchmarks.worker import cost_of
from data.settings import memory_limit

_DEFAULT = "1m"


def main(size: str) -> None:
    """Measure everything up to a size and print one table."""
    sizes = sizes_up_to(size)
    loads, imports = measured_imports(sizes)
    rows = [
        *import_rows(loads, imports),
        *answer_rows(sizes),
        *screen_rows(sizes),
        *peer_rows(imports),
        *addition_rows(sizes),
        *answer_rows(sizes, " after the additions"),
        *reader_rows(sizes),
    ]
    print(f"{_machine()}\n\n{table(sizes, rows)}")


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    versions = ", ".join(f"{name} {version(name.lower())}" for name in ("DuckDB", "pandas", "Polars", "PyArrow"))
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB; {platform.system()}, "
        f"Python {platform.python_version()}, {versions}; DuckDB's memory limit {memory_limit()}."
    )


if __name__ == "__main__":
    asked = sys.argv[1:]
    chosen = asked[-1] if asked and asked[-1] != "profile" else _DEFAULT
    if chosen not in SIZES:
        raise SystemExit(f"There is no size {chosen}; choose one of {', '.join(SIZES)}.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    if asked[:1] == ["profile"]:
        cost_of("profile.print_profiles", log_of(chosen), FOLDER / "profile.duckdb", FOLDER / "profile-additions")
    else:
        main(chosen)
