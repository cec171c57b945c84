"""The sections of the table: each measures one thing at every size, and gives its rows."""

from pathlib import Path
from statistics import median

from benchmarks.additions import FILES
from benchmarks.answers import QUESTIONS
from benchmarks.comparison import PEERS, SENDLOG
from benchmarks.formats import formats, log_of_format
from benchmarks.logs import FOLDER, SIZES, log_of, store_of
from benchmarks.pages import SCREENS
from benchmarks.readings import shape_of
from benchmarks.table import Row
from benchmarks.worker import Cost, cost_of
from data.readers.registry import READERS

_REPEATED_UP_TO = SIZES["10m"]
_PEERS_UP_TO = SIZES["10m"]
_READERS_UP_TO = SIZES["1m"]
_STORE = "Sendlog's store"
_ASKED = {**{f"{name} over the file": module for name, module in PEERS.items()}, _STORE: SENDLOG}
_TARGET_SCREEN = "<= 300 ms"
_TARGET_MILLISECONDS = {"tile": "<= 30 ms, ratio <= 1.5", "series": "<= 30 ms, ratio <= 1.5"}


def measured_imports(sizes: list[str]) -> tuple[dict[str, Cost], dict[str, Cost]]:
    """What a bare load and what an import of the event CSV costs at each size; leaves the stores for the sections."""
    costs = {size: _load_and_import(size) for size in sizes}
    return {size: load for size, (load, _) in costs.items()}, {size: whole for size, (_, whole) in costs.items()}


def import_rows(loads: dict[str, Cost], imports: dict[str, Cost]) -> list[Row]:
    """The import of the event CSV against a bare load of it."""
    ratio, cpu_ratio = (
        [imports[size][name] / loads[size][name] for size in imports] for name in ("seconds", "cpu_seconds")
    )
    return [
        Row("events", _figures(imports, "events"), digits=0),
        Row("size of the file", [log_of(size).stat().st_size / 1e6 for size in imports], " MB", digits=0),
        Row("size of the store", [store_of(size).stat().st_size / 1e6 for size in imports], " MB", digits=0),
        Row("bare load", _figures(loads, "seconds"), " s"),
        Row("  peak memory", _figures(loads, "peak_gigabytes"), " GB"),
        Row("import, everything derived", _figures(imports, "seconds"), " s"),
        Row("  peak memory", _figures(imports, "peak_gigabytes"), " GB", "<= 4 GB"),
        Row("import / bare load", [*ratio], "", "<= 1.5", digits=2),
        Row("  in CPU seconds", [*cpu_ratio], digits=2),
    ]


def _load_and_import(size: str) -> tuple[Cost, Cost]:
    """The medians of alternating runs; one run each where that takes long."""
    log, bare = log_of(size), FOLDER / "bare.duckdb"
    loads, imports = [], []
    for _ in range(3 if SIZES[size] <= _REPEATED_UP_TO else 1):
        loads.append(cost_of("imports.load", log, bare))
        bare.unlink()
        imports.append(cost_of("imports.import_file", log, store_of(size)))
    return _median(loads), _median(imports)


def answer_rows(sizes: list[str], when: str = "") -> list[Row]:
    """The 95th percentile of every question. when: what the measure says beside the question's name."""
    costs = {size: cost_of("answers.ask_all", store_of(size)) for size in sizes}
    return [
        Row(f"{name}{when}, 95th percentile", _figures(costs, name), " ms", _TARGET_MILLISECONDS.get(name, ""), True)
        for name in QUESTIONS
    ]


def screen_rows(sizes: list[str]) -> list[Row]:
    """What the server needs for every page after a change of a control."""
    costs = {size: cost_of("screens.draw_all", store_of(size)) for size in sizes}
    return [
        Row(f"page {screen.name}, 95th percentile", _figures(costs, screen.name), " ms", _TARGET_SCREEN, digits=0)
        for screen in SCREENS
    ]


def addition_rows(sizes: list[str]) -> list[Row]:
    """Files of 10,000 events added to each store, which keeps them."""
    rows = []
    for size in sizes:
        cost_of("additions.write", log_of(size), store_of(size), _additions(size))
    for kind, told in (("one", "that continue one delivery"), ("spread", "that are spread over all")):
        costs = {
            size: cost_of(
                "additions.add", store_of(size), *(_additions(size) / f"{kind}-{n + 1}.csv" for n in range(FILES))
            )
            for size in sizes
        }
        rows += [
            Row(f"adding 10,000 events {told}", _figures(costs, "seconds"), " s", "ratio <= 2", True, 2),
            Row("  with opening and closing the store", _figures(costs, "whole_seconds"), " s", "", True, 2),
            Row("  peak memory", _figures(costs, "peak_gigabytes"), " GB", "<= 4 GB"),
        ]
    return rows


def _additions(size: str) -> Path:
    return FOLDER / f"additions-{size}"


def peer_rows(imports: dict[str, Cost]) -> list[Row]:
    """The same question asked of the file through its peers, and of Sendlog's store. Stops where answers differ."""
    costs = {size: _compared(size) if SIZES[size] <= _PEERS_UP_TO else {} for size in imports}
    rows = []
    for name in _ASKED:
        answers = {size: costs[size].get(name, {}) for size in imports}
        rows += [
            Row(f"all deliveries by minute, {name}", _figures(answers, "seconds"), " s", digits=2),
            Row("  peak memory", _figures(answers, "peak_gigabytes"), " GB"),
        ]
    wholes = [imports[size]["seconds"] + costs[size][_STORE]["seconds"] if costs[size] else None for size in imports]
    return [*rows, Row("  with the import", wholes, " s")]


def _compared(size: str) -> dict[str, Cost]:
    answers = {name: FOLDER / f"answer-{module}.csv" for name, module in _ASKED.items()}
    runs: dict[str, list[Cost]] = {name: [] for name in _ASKED}
    for _ in range(3):
        for name, module in _ASKED.items():
            asked = store_of(size) if module == SENDLOG else log_of(size)
            runs[name].append(cost_of("comparison.ask", module, asked, answers[name]))
    cost_of("comparison.compare", *answers.values())
    return {name: _median(costs) for name, costs in runs.items()}


def reader_rows(sizes: list[str]) -> list[Row]:
    """Each reader against a bare read of the same file, at one size."""
    size = next(size for size in reversed(sizes) if SIZES[size] <= _READERS_UP_TO)
    return [row for reader in READERS for row in _rows_of_reader(reader.name, size, sizes)]


def _rows_of_reader(name: str, size: str, sizes: list[str]) -> list[Row]:
    measure = f"reader {name} / bare read"
    if name not in formats():
        return [Row(measure, [None for _ in sizes], target=f"not measured: no benchmarks/logs/{name}.sql")]
    path = log_of_format(size, name)
    scans, stages = [], []
    for _ in range(3):
        scans.append(cost_of("readings.scan", path))
        stages.append(cost_of("readings.stage", name, path, FOLDER / "stage.duckdb"))
    (FOLDER / "stage.duckdb").unlink()
    bare, read = _median(scans), _median(stages)
    figures = {
        measure: read["seconds"] / bare["seconds"],
        "  in CPU seconds": read["cpu_seconds"] / bare["cpu_seconds"],
        "  records per second": read["records"] / read["seconds"],
    }
    target = {measure: f"<= {shape_of(path).value:g}"}
    return [
        Row(
            told,
            [figure if each == size else None for each in sizes],
            target=target.get(told, ""),
            digits=0 if told.endswith("per second") else 1,
        )
        for told, figure in figures.items()
    ]


def _figures(costs: dict[str, Cost], name: str) -> list[float | None]:
    return [cost.get(name) for cost in costs.values()]


def _median(costs: list[Cost]) -> Cost:
    return {name: median(cost[name] for cost in costs) for name in costs[0]}
