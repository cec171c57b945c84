"""The SQL fold against the plain one."""

from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from data.deliveries import deliveries
from data.ingest import import_log
from data.readers.reader import Options
from data.recomputation import recompute
from data.sources import remove_source
from data.states import State
from data.store import Store
from tests.data.random_logs import CLOSING, LOGS, VALIDITY, as_csv
from tests.data.reference_fold import Event, Move, stories

HOURS = VALIDITY / timedelta(hours=1)


BATCHES = st.integers(1, 8)


def _imported(
    store: Store, folder: Path, name: str, events: list[Event], hours: float | None = HOURS, *, closing: bool = True
) -> None:
    path = folder / name
    path.write_text(as_csv([*events, *(CLOSING if closing else [])]))
    import_log(store, path, Options(validity_hours=hours))


def _moves(store: Store) -> dict[tuple[str, str, str], list[Move]]:
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT delivery_id, message_id, recipient, moved_at, from_state, to_state FROM transition"
            " JOIN (SELECT DISTINCT delivery_key, message_key, message_id, recipient FROM event)"
            " USING (delivery_key, message_key) JOIN delivery USING (delivery_key) ORDER BY 1, 2, 3, moved_at, to_state"
        ).fetchall()
    moves = defaultdict(list)
    for *message, moved_at, from_state, to_state in rows:
        moves[tuple(message)].append(Move(moved_at, State(from_state) if from_state else None, State(to_state)))
    return moves


_FACTS = ("transition", "contradiction", "engagement", "lapse")
_COUNTS = {
    "transition_count": ["n"],
    "transition_minute_count": ["n"],
    "transition_age_count": ["n"],
    "engagement_count": ["opened", "clicked"],
}


def _derived(store: Store) -> list[list[tuple[object, ...]]]:
    """All that is derived, counts as sums, without the numbers that depend on the order of imports."""
    questions = [f"SELECT * EXCLUDE (delivery_key) FROM {table}" for table in _FACTS]  # noqa: S608 - our own names
    for table, figures in _COUNTS.items():
        sums = ", ".join(f"sum({figure}) AS {figure}" for figure in figures)
        told = " OR ".join(f"sum({figure}) <> 0" for figure in figures)
        questions.append(
            f"SELECT delivery_id, {table}.* EXCLUDE (delivery_key, {', '.join(figures)}), {sums}"  # noqa: S608
            f" FROM {table} JOIN delivery USING (delivery_key) GROUP BY ALL HAVING {told}"
        )
    questions.append("SELECT * EXCLUDE (delivery_key) FROM delivery")
    with store.cursor() as cursor:
        return [sorted(cursor.execute(question).fetchall(), key=str) for question in questions]


@settings(max_examples=25, deadline=None)
@given(LOGS)
def test_the_sql_fold_tells_the_same_stories_as_the_plain_one(events: list[Event]) -> None:
    """For any log, every message has the same transitions, and as many events contradict what is known."""
    with TemporaryDirectory() as folder, Store(Path(folder) / "store.duckdb") as store:
        _imported(store, Path(folder), "log.csv", events)
        told = stories([*events, *CLOSING], VALIDITY, CLOSING[0].event_time)
        assert _moves(store) == {message: story.moves for message, story in told.items()}
        with store.cursor() as cursor:
            contradictions = cursor.execute("SELECT count(*) FROM contradiction").fetchall()[0][0]
        assert contradictions == sum(story.contradictions for story in told.values())


@settings(max_examples=12, deadline=None)
@given(LOGS, st.data())
def test_the_way_a_log_arrives_changes_nothing(events: list[Event], data: st.DataObject) -> None:
    """Split, shuffled, doubled, folded in many batches, with further files imported and removed again: all the same."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(events)), max_size=3)))
    shuffled = data.draw(st.permutations(events))
    parts = [shuffled[start:end] for start, end in zip([0, *cuts], [*cuts, len(events)], strict=True)]
    overlap = data.draw(st.lists(st.sampled_from(events), max_size=5))
    passing = data.draw(st.sampled_from(events))._replace(message_id="of no other file")
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        with Store(Path(one) / "store.duckdb") as store:
            _imported(store, Path(one), "whole.csv", events)
            whole = _derived(store)
        with Store(Path(other) / "store.duckdb") as store, patch("data.fold.BATCH_MESSAGES", data.draw(BATCHES)):
            _imported(store, Path(other), "overlap.csv", [*overlap, passing])
            for number, part in enumerate(filter(None, parts)):
                _imported(store, Path(other), f"part{number}.csv", part)
            remove_source(store, "overlap.csv")
            assert _derived(store) == whole


@settings(max_examples=10, deadline=None)
@given(st.lists(LOGS, min_size=1, max_size=4), st.data())
def test_after_any_imports_and_removals_a_fold_from_scratch_finds_nothing(
    logs: list[list[Event]], data: st.DataObject
) -> None:
    """Whatever came, late or early or under another validity, and whatever left: the store says what its events do."""
    with TemporaryDirectory() as folder, Store(Path(folder) / "store.duckdb") as store:
        for number, events in enumerate(logs):
            hours = data.draw(st.sampled_from([None, 0.5, HOURS, 30.0]))
            _imported(store, Path(folder), f"{number}.csv", events, hours, closing=data.draw(st.booleans()))
        for name in data.draw(st.lists(st.sampled_from(range(len(logs))), unique=True, max_size=2)):
            remove_source(store, f"{name}.csv")
        held = _derived(store)
        assert sum(recompute(store, each.delivery_id).differences for each in deliveries(store)) == 0
        assert _derived(store)[:-1] == held[:-1]
