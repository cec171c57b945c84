"""Journey Optimizer: what its case files cannot say."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.ingest import import_log
from data.readers.ajo import AJO_CSV
from data.report import ImportReport
from data.sources import remove_source
from data.store import Store
from tests.data.readers.cases import case_files

Imported = Callable[..., ImportReport]
JSON_CASES = next(cases for cases in case_files() if cases.format == "ajo")
CSV_CASES = next(cases for cases in case_files() if cases.format == "ajo-csv")
TOLD = (
    "SELECT DISTINCT kind, event_time, event_id, message_id, recipient, delivery_id, attempt, phase, reason, "
    "diagnostic, url, queued_at, test_profile FROM event JOIN delivery USING (delivery_key) ORDER BY ALL"
)


def told(store: Store) -> list[tuple[Any, ...]]:
    """The different events of the store, without where they come from."""
    with store.cursor() as cursor:
        return cursor.execute(TOLD).fetchall()


def event(**told: Any) -> str:  # noqa: ANN401 - a part of a record
    """A record of one message, as a line."""
    parts = {"emailChannelContext": {"address": "ada@one.example"}, "messageExecution": {"messageID": "m"}}
    journey = {**parts, **told.pop("journey", {})}
    return json.dumps({"_experience": {"customerJourneyManagement": journey}, **told}) + "\n"


@pytest.mark.parametrize("spelt", ["_", "lower", "upper", "short"])
def test_columns_may_be_flattened_in_any_way(spelt: str, store: Store, import_text: Imported, tmp_path: Path) -> None:
    """Dots or underscores, any case, with the name of the product before them or without."""
    with Store(tmp_path / "other.duckdb") as other:
        (tmp_path / "dots.csv").write_text(CSV_CASES.text())
        import_log(other, tmp_path / "dots.csv")
        expected = told(other)
    assert CSV_CASES.header is not None
    header = {
        "_": CSV_CASES.header.replace(".", "_"),
        "lower": CSV_CASES.header.lower(),
        "upper": CSV_CASES.header.upper().replace(".", "_"),
        "short": CSV_CASES.header.replace("_experience.customerJourneyManagement.", ""),
    }[spelt]
    report = import_text(CSV_CASES.text().replace(CSV_CASES.header, header))
    assert report.format == "ajo-csv"
    assert told(store) == expected


@pytest.mark.parametrize("separator", [".", "_"])
@pytest.mark.parametrize("case", [str, str.lower])
@pytest.mark.parametrize("kind", ["parquet", "lines"])
def test_flat_objects_read_like_their_table(
    separator: str, case: Callable[[str], str], kind: str, store: Store, tmp_path: Path
) -> None:
    """A Parquet file of flattened columns, and flat JSON that leaves out what is empty, tell what the CSV tells."""
    rows = list(csv.DictReader(CSV_CASES.text().splitlines()))
    flat = [{case(key.replace(".", separator)): value for key, value in row.items() if value} for row in rows]
    path = tmp_path / "flat.ndjson"
    path.write_text("".join(json.dumps(row) + "\n" for row in flat))
    if kind == "parquet":
        with duckdb.connect() as connection:
            connection.read_json(str(path), format="newline_delimited").write_parquet(str(tmp_path / "flat.parquet"))
        path = tmp_path / "flat.parquet"
    report = import_log(store, path)
    assert (report.format, report.rejected) == ("ajo-csv", 3)
    with Store(tmp_path / "other.duckdb") as other:
        (tmp_path / "table.csv").write_text(CSV_CASES.text())
        import_log(other, tmp_path / "table.csv")
        assert told(store) == told(other)
        assert report.records == report.used + report.duplicates + report.rejected + report.ignored


def test_a_key_that_comes_late_in_a_flat_file_is_read(store: Store, import_text: Imported) -> None:
    """The first objects do not say all keys: a failure that first occurs in the hundredth is a hard bounce."""
    first = {
        "_experience.customerJourneyManagement.messageDeliveryfeedback.feedbackStatus": "sent",
        "_experience.customerJourneyManagement.emailChannelContext.address": "ada@one.example",
        "_experience.customerJourneyManagement.messageExecution.messageID": "m",
        "_experience.customerJourneyManagement.messageExecution.campaignID": "c",
        "timestamp": "2026-03-02T08:00:00Z",
    }
    failure = "_experience.customerJourneyManagement.messageDeliveryfeedback.messageFailure.type"
    last = {**first, failure: "Hard", next(iter(first)): "bounce", "timestamp": "2026-03-02T08:00:01Z"}
    import_text("".join(json.dumps(each) + "\n" for each in [*[first] * 99, last]), name="flat.json")
    with store.cursor() as cursor:
        assert cursor.execute("SELECT bounce_type FROM event WHERE kind = 'bounced'").fetchall() == [("hard",)]


def test_nested_parquet_reads_like_json(store: Store, import_text: Imported, tmp_path: Path) -> None:
    """A Parquet file with the dataset's nested columns tells what its JSON lines tell."""
    import_text(JSON_CASES.text(), name="log.json")
    source = tmp_path / "log.json"
    with duckdb.connect() as connection:
        records = connection.read_json(str(source), format="newline_delimited", map_inference_threshold=-1)
        records.write_parquet(str(tmp_path / "log.parquet"))
    with Store(tmp_path / "other.duckdb") as other:
        assert import_log(other, tmp_path / "log.parquet").format == "ajo"
        assert len(told(other)) == len(told(store))
        assert {row[:1] + row[3:6] for row in told(other)} == {row[:1] + row[3:6] for row in told(store)}


def test_feedback_and_tracking_join_in_any_order(store: Store, import_text: Imported) -> None:
    """Tracking that names no campaign and no address counts once the feedback is there, and not after it is gone."""
    time = "2026-03-02T09:00:00Z"
    tracking = {"emailChannelContext": {}, "messageInteraction": {"interactionType": "open"}}
    opened = event(timestamp=time, journey=tracking)
    feedback = {"messageDeliveryfeedback": {"feedbackStatus": "sent"}}
    campaign = {"messageExecution": {"messageID": "m", "campaignID": "c"}}
    sent = event(timestamp=time, journey={**feedback, **campaign})
    import_text(opened, name="opened.json")
    assert told(store) == []
    source_id = import_text(sent, name="sent.json").source_id
    joined = told(store)
    assert [row[0] for row in joined] == ["delivered", "opened"]
    assert joined[0][3:6] == joined[1][3:6] == ("m", "ada@one.example", "c")
    assert source_id is not None
    remove_source(store, str(source_id))
    assert told(store) == []
    import_text(sent, name="sent.json")
    assert told(store) == joined


def test_to_deliver_counts_each_message_once(store: Store, import_text: Imported) -> None:
    """However many events a message has, and the same content to two addresses is two messages."""
    lines = [
        event(
            timestamp=f"2026-03-02T08:00:0{second}Z",
            journey={
                "messageDeliveryfeedback": {"feedbackStatus": status},
                "messageExecution": {"messageID": "m", "campaignID": "c", "batchInstanceID": "b"},
                "emailChannelContext": {"address": address},
            },
        )
        for second, status in enumerate(["delay", "delay", "sent"])
        for address in ("ada@one.example", "Ada@one.example")
    ]
    import_text("".join(lines), name="log.json")
    with store.cursor() as cursor:
        assert cursor.execute("SELECT count(DISTINCT message_key), count(*) FROM event").fetchall() == [(2, 6)]


@pytest.mark.parametrize(
    "odd",
    [
        {"_experience": {"customerJourneyManagement": "text"}},
        {"_experience": [1, 2]},
        {"timestamp": {"a": 1}, "_id": [1]},
        {"timestamp": -1, "eventType": 7},
        {"timestamp": 10**40},
        {"timestamp": "x" * 10_000},
        {"_experience": {"customerJourneyManagement": {"messageDeliveryfeedback": [], "messageExecution": 3}}},
        {"_experience": {"customerJourneyManagement": {"messageDeliveryfeedback": {"retryCount": 10**30}}}},
        {"_experience": {"customerJourneyManagement": {"emailChannelContext": {"address": {"deep": [[[[]]]]}}}}},
        {"_experience": {"customerJourneyManagement": {"emailChannelContext": {"address": "\0"}}}},
    ],
)
def test_no_value_is_too_odd(odd: dict[str, Any], import_text: Imported) -> None:
    """Values of another type than they should be cost at most their own record."""
    sound = {
        "messageDeliveryfeedback": {"feedbackStatus": "sent"},
        "messageExecution": {"messageID": "m", "campaignID": "c"},
    }
    text = event(timestamp="2026-03-02T08:00:00Z", journey=sound)
    report = import_text(text + json.dumps({**json.loads(text), **odd}) + "\n", name="odd.json")
    assert (report.format, report.records) == ("ajo", 2)
    assert report.records == report.used + report.duplicates + report.rejected + report.ignored


def test_a_table_without_feedback_is_not_its_own() -> None:
    """Columns of other systems, or of the profile alone, are left to others."""
    assert not AJO_CSV.recognises(["timestamp", "status", "address"])
    assert not AJO_CSV.recognises(["_id", "timestamp", "event_type", "campaign_id"])
