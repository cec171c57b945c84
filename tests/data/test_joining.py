"""Events that do not name their message wholly: which they belong to is the same in whatever order the files come."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from data.ingest import import_log
from data.sources import remove_source
from data.store import Store

START = 1_788_249_600  # 1 September 2026, 08:00 UTC
Record = dict[str, object]

# Brevo leaves the tag out of some events, SendGrid the message id out of a late bounce.
_BREVO = st.fixed_dictionaries(
    {
        "event": st.sampled_from(["request", "deferred", "delivered", "soft_bounce", "opened"]),
        "email": st.sampled_from(["ada@one.example", "bob@two.example"]),
        "message-id": st.sampled_from(["<m1@x.example>", "<m2@x.example>", "<m3@x.example>"]),
        "ts_epoch": st.integers(0, 20).map(lambda step: (START + step * 600) * 1000),
    },
    optional={"tag": st.sampled_from(["spring", "autumn"])},
)
_SENDGRID = st.fixed_dictionaries(
    {
        "event": st.sampled_from(["processed", "delivered", "bounce"]),
        "email": st.sampled_from(["ada@one.example", "bob@two.example"]),
        "timestamp": st.integers(0, 20).map(lambda step: START + step * 600),
        "sg_event_id": st.integers(1, 10**6).map(str),
    },
    optional={
        "sg_message_id": st.sampled_from(["m1.filter1", "m2.filter1"]),
        "category": st.sampled_from(["spring", "autumn"]),
    },
)


def _write(path: Path, records: Iterable[Record]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def _told(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """What the store holds, without what only numbers its files and lines."""
    with store.cursor() as cursor:
        return {
            name: cursor.execute(query).fetchall()
            for name, query in {
                "event": "SELECT DISTINCT delivery_id, message_id, lower(recipient), kind, event_time, event_key "
                "FROM event JOIN delivery USING (delivery_key) ORDER BY ALL",
                "state": "SELECT delivery_id, message_key, moved_at, from_state, to_state "
                "FROM transition JOIN delivery USING (delivery_key) ORDER BY ALL",
                "count": "SELECT delivery_id, elapsed_minutes, from_state, to_state, sum(n) AS n FROM "
                "transition_minute_count JOIN delivery USING (delivery_key) GROUP BY ALL HAVING n <> 0 ORDER BY ALL",
                "delivery": "SELECT delivery_id, messages, started_at, observed_until FROM delivery ORDER BY ALL",
            }.items()
        }


def _imported(store: Store, paths: Iterable[Path]) -> None:
    for path in paths:
        import_log(store, path)


@pytest.mark.parametrize("events", [_BREVO, _SENDGRID], ids=["brevo", "sendgrid"])
def test_the_order_of_files_is_immaterial(
    events: st.SearchStrategy[Record], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Three files in two orders, and with one of them removed and imported again, tell the same."""

    @settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    @given(
        files=st.lists(st.lists(events, min_size=1, max_size=12), min_size=3, max_size=3, unique_by=str),
        order=st.permutations(range(3)),
    )
    def holds(files: Sequence[list[Record]], order: list[int]) -> None:
        folder = tmp_path_factory.mktemp("logs")
        paths = [_write(folder / f"{number}.json", records) for number, records in enumerate(files)]
        with Store(folder / "a.duckdb") as straight, Store(folder / "b.duckdb") as mixed:
            _imported(straight, paths)
            _imported(mixed, [paths[number] for number in order])
            remove_source(mixed, "2")
            _imported(mixed, paths)
            assert _told(mixed) == _told(straight)

    holds()


def test_an_event_waits_for_the_log_that_names_its_message(store: Store, tmp_path: Path) -> None:
    """A late bounce that names an address alone counts as ignored until the message is known, then as its failure."""
    late = {"event": "bounce", "email": "ada@one.example", "timestamp": START + 600, "sg_event_id": "2"}
    sent = {
        "event": "processed", "email": "ada@one.example", "timestamp": START, "sg_event_id": "1",
        "sg_message_id": "m1.filter1", "category": "spring",
    }  # fmt: skip
    report = import_log(store, _write(tmp_path / "late.json", [late]))
    assert (report.records, report.used, report.ignored) == (1, 0, 1)
    assert "once the log that tells it is imported" in report.message
    import_log(store, _write(tmp_path / "sent.json", [sent]))
    with store.cursor() as cursor:
        states = cursor.execute("SELECT to_state FROM transition ORDER BY moved_at").fetchall()
    assert states == [("in_flight",), ("failed",)]
    assert _counts(store) == {"late.json": (1, 1, 0), "sent.json": (1, 1, 0)}
    remove_source(store, "sent.json")
    assert _told(store)["event"] == []
    assert _counts(store) == {"late.json": (1, 0, 1)}


def _counts(store: Store) -> dict[str, tuple[int, int, int]]:
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT name, records, used, ignored FROM source").fetchall()
    return {name: (records, used, ignored) for name, records, used, ignored in rows}


def test_of_messages_that_began_at_one_moment_the_same_one_is_joined(tmp_path: Path) -> None:
    """A late bounce of an address to which two messages went at once goes to one of them, in any order of files."""
    first = {
        "event": "processed",
        "timestamp": START,
        "sg_event_id": "1",
        "sg_message_id": "m1.filter1",
        "category": "a",
    }
    second = first | {"sg_event_id": "2", "sg_message_id": "m2.filter1", "category": "b"}
    logs = [first, second, {"event": "bounce", "timestamp": START + 900, "sg_event_id": "3"}]
    paths = [_write(tmp_path / f"{n}.json", [log | {"email": "ada@one.example"}]) for n, log in enumerate(logs)]
    told = []
    for order in ((0, 1, 2), (1, 0, 2), (2, 1, 0)):
        with Store(tmp_path / f"{order}.duckdb") as store:
            _imported(store, [paths[number] for number in order])
            told.append(_told(store)["state"])
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize(
    "records",
    [
        [
            {
                "event": "request",
                "email": "ada@one.example",
                "message-id": "<m1>",
                "ts_epoch": START * 1000,
                "tag": "a",
            },
            {"event": "blocked", "email": "ada@one.example", "message-id": "<m1>", "ts_epoch": (START + 5) * 1000},
        ],
        [
            {
                "event": "processed",
                "email": "a@one.example",
                "timestamp": START,
                "sg_event_id": "1",
                "sg_message_id": "m",
            },
            {
                "event": "dropped",
                "email": "a@one.example",
                "timestamp": START,
                "sg_event_id": "2",
                "sg_message_id": "m",
            },
        ],
    ],
    ids=["brevo", "sendgrid at one moment"],
)
def test_who_is_refused_is_not_under_way(records: list[Record], store: Store, tmp_path: Path) -> None:
    """A refusal after the relay fails the message; one at the same moment excludes it. Nobody stays Pending."""
    import_log(store, _write(tmp_path / "log.json", records))
    with store.cursor() as cursor:
        last = cursor.execute("SELECT arg_max(to_state, moved_at) FROM transition").fetchall()
    assert last in ([("failed",)], [("excluded",)])
