"""No text of a foreign table ever raises out of the reader, the look into it, or the guess."""

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.ingest import import_log
from data.mapping.files import mapping_text
from data.mapping.guess import guessed_mapping
from data.mapping.mapping import LogMapping
from data.mapping.sample import sample_of
from data.readers.reader import Options
from data.report import Status
from data.store import Store

MAPPING = LogMapping("T", {"recipient": "a", "event_time": "t", "kind": "~/"}, {"": "opened"}, {"b": "clicked"})
_cells = st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=4), max_size=6)
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
_records = st.lists(
    st.dictionaries(st.sampled_from(["a", "b", "t", "\ud800", "\0", "", "~/"]), _values), min_size=1, max_size=5
)
_few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _check(store: Store, path: Path) -> None:
    sample = sample_of(store, path, "log")
    assert sample is None or mapping_text(guessed_mapping(sample, "log"))
    assert import_log(store, path, dry_run=True).message.endswith(".")
    report = import_log(store, path, Options(mapping=MAPPING), dry_run=True)
    assert report.status is Status.IMPORTED or report.message.endswith(".")
    assert report.records == report.used + report.duplicates + report.rejected + report.ignored


@_few
@given(rows=_cells, delimiter=st.sampled_from([",", ";", "\t"]))
def test_whatever_stands_in_the_cells(rows: list[list[str]], delimiter: str, store: Store, tmp_path: Path) -> None:
    """The records add up, or the file is refused in a sentence."""
    path = tmp_path / "log"
    lines = [["a", "t", "~/", "b"], *rows]
    path.write_bytes("\n".join(delimiter.join(row) for row in lines).encode("utf-8", "replace"))
    _check(store, path)


@_few
@given(records=_records)
def test_whatever_the_keys_hold(records: list[dict[str, object]], store: Store, tmp_path: Path) -> None:
    """Odd keys, halves of characters, objects where texts are expected."""
    path = tmp_path / "log"
    path.write_text("\n".join(map(json.dumps, records)))
    _check(store, path)
