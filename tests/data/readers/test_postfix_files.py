"""How a Postfix log is cut into files, and in which order they come, does not matter."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from data.ingest import import_log
from data.report import Status
from data.sources import remove_source
from data.store import Store
from tests.data.readers.postfix_host import RandomHost

CHANCES = st.randoms(use_true_random=False)
MESSAGES = st.integers(10, 30)


@contextmanager
def loaded(files: list[list[str]]) -> Iterator[Store]:
    """A store into which these files were loaded, in this order; each under the name of its place."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.duckdb")
        for number, lines in enumerate(files):
            load(store, Path(folder) / f"{number}.log", lines)
        try:
            yield store
        finally:
            store.close()


def load(store: Store, path: Path, lines: list[str]) -> None:
    """Load one file of these lines."""
    path.write_text("".join(f"{line}\n" for line in lines))
    report = import_log(store, path)
    assert report.status is Status.IMPORTED
    assert report.records == len(lines)
    assert report.records == report.used + report.duplicates + report.rejected + report.ignored


def story(store: Store) -> tuple[list[Any], list[Any]]:
    """All events but for where they were read, and all deliveries."""
    with store.cursor() as cursor:
        events = cursor.execute(
            "SELECT DISTINCT"
            " delivery_id, COLUMNS(event.* EXCLUDE (delivery_key, message_key, event_key, source_id, line))"
            " FROM event JOIN delivery USING (delivery_key) ORDER BY ALL"
        ).fetchall()
        deliveries = cursor.execute(
            "SELECT delivery_id, label, started_at, last_relayed_at, messages FROM delivery ORDER BY ALL"
        ).fetchall()
    return events, deliveries


def parts(chance: random.Random, lines: list[str]) -> list[list[str]]:
    """The lines cut into files at random places, some reaching a little into the next, in random order."""
    cuts = sorted({0, len(lines), *(chance.randrange(len(lines)) for _ in range(chance.randint(1, 4)))})
    files = [lines[start : end + chance.choice([0, 0, 9])] for start, end in pairwise(cuts)]
    chance.shuffle(files)
    return files


@settings(max_examples=5, deadline=None)
@given(CHANCES, MESSAGES)
def test_files_may_be_cut_anywhere_and_loaded_in_any_order(chance: random.Random, messages: int) -> None:
    """Any cut of a log into files, loaded in any order, tells the same events and deliveries as the log itself."""
    lines = RandomHost(chance).log(messages)
    with loaded([lines]) as whole, loaded(parts(chance, lines)) as pieces:
        assert story(pieces) == story(whole)


@settings(max_examples=3, deadline=None)
@given(CHANCES, MESSAGES)
def test_a_removed_file_leaves_no_trace(chance: random.Random, messages: int) -> None:
    """After a file is removed the store tells what it would tell without it."""
    files = parts(chance, RandomHost(chance).log(messages))
    left_out = chance.randrange(len(files))
    with loaded(files) as store, loaded([lines for place, lines in enumerate(files) if place != left_out]) as without:
        remove_source(store, f"{left_out}.log")
        assert story(store) == story(without)
