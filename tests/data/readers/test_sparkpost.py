"""SparkPost's events beyond single records: shapes, files that complete each other, and text that is none of them."""

import csv
import io
import json
import random
from collections.abc import Callable, Iterable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.modes import Mode
from analytics.tile import tile
from data.deliveries import delivery
from data.ingest import import_log
from data.log_head import Head
from data.readers.sparkpost import SPARKPOST, SPARKPOST_CSV
from data.report import ImportReport, Status
from data.sources import remove_source
from data.store import Store
from tests.data.readers.webhooks import states

Import = Callable[..., ImportReport]
START = 1788249600  # 2026-09-01 08:00:00 UTC
PEOPLE = ("ada", "ben", "cyd", "dee")


def event(kind: str, who: str, seconds: int, **more: object) -> dict[str, Any]:
    """One event of a campaign, as a webhook tells it."""
    return {
        "type": kind,
        "timestamp": str(START + seconds),
        "event_id": f"{kind}-{who}-{seconds}",
        "message_id": f"0004{who}",
        "rcpt_to": f"{who}@one.example",
        "raw_rcpt_to": f"{who.title()}@one.example",
        "campaign_id": "spring",
        "transmission_id": "7001",
        **more,
    }


def campaign() -> list[dict[str, Any]]:
    """Four messages: one delivered and opened, one in retry, one bounced, one under way."""
    return [
        *(event("injection", who, 0) for who in PEOPLE),
        event("delivery", "ada", 2, queue_time="2000"),
        event("delay", "ben", 3, raw_reason="451 4.7.1 later", bounce_class="20"),
        event("bounce", "cyd", 4, raw_reason="550 5.1.1 unknown", bounce_class="10"),
        event("initial_open", "ada", 600),
        event("open", "ada", 601),
    ]


STATES = {"delivered": 1, "retrying": 1, "failed": 1, "in_flight": 1}


def webhook(events: Iterable[dict[str, Any]]) -> str:
    """The events as posted, one batch."""
    return json.dumps([{"msys": {"message_event": each}} for each in events])


def page(events: Iterable[dict[str, Any]]) -> str:
    """The events as a page of the Events API."""
    return json.dumps({"results": list(events), "total_count": 9, "links": {"next": "/api/v1/events"}})


def table(events: Iterable[dict[str, Any]], columns: list[str]) -> str:
    """The events as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(events)
    return text.getvalue()


@pytest.mark.parametrize(
    "shape", [webhook, page, lambda events: table(events, list(event("delay", "x", 0, bounce_class="")))]
)
def test_all_shapes_tell_the_same(
    shape: Callable[[list[dict[str, Any]]], str], store: Store, import_text: Import
) -> None:
    """A batch, a page and a table of the same events give the same states."""
    report = import_text(shape(campaign()))
    assert (report.status, report.used, report.rejected) == (Status.IMPORTED, len(campaign()), 0)
    assert states(store) == STATES


def test_what_comes_in_several_shapes_counts_once(store: Store, import_text: Import) -> None:
    """N is the number of recipients, whichever of the same events come again by another way."""
    events = campaign()
    import_text(webhook(events), "posted.json")
    import_text(page(events), "page.json")
    columns = ["type", "raw_rcpt_to", "message_id", "event_id", "campaign_id", "timestamp"]
    again = import_text(table(events, columns), "table.csv")
    assert (again.format, again.events, again.duplicates) == ("sparkpost-csv", 0, len(events))
    assert states(store) == STATES


def test_columns_come_in_any_order(store: Store, import_text: Import) -> None:
    """A table is read by its header, whatever else is in it."""
    columns = [*event("delay", "x", 0, raw_reason="", bounce_class=""), "subject", "rcpt_meta"]
    random.Random(5).shuffle(columns)  # noqa: S311 - no secret
    import_text(table(campaign(), columns))
    assert states(store) == STATES


def test_a_reply_of_several_lines_is_one_field(store: Store, import_text: Import) -> None:
    """A table may hold a reply as the host gave it."""
    told = event("bounce", "cyd", 4, raw_reason="550-5.1.1 There is\n550 nobody")
    assert import_text(table([told], list(told))).used == 1
    with store.cursor() as cursor:
        assert cursor.execute("SELECT diagnostic FROM event").fetchall() == [("550-5.1.1 There is\n550 nobody",)]


def test_openings_are_counted_by_message(store: Store, import_text: Import) -> None:
    """The pixel at the top and the one at the bottom are one opened message."""
    import_text(webhook([*campaign(), event("delivery", "dee", 7200)]))
    assert tile(store, delivery(store, "spring"), Mode.WITH_EFS).opened == 1


LATE = {"type": "out_of_band", "timestamp": str(START + 9000), "event_id": "late", "bounce_class": "10"}
HALVES = {
    "without a recipient": {"message_id": "0004ada"},
    "without a message": {"rcpt_to": "ADA@one.example"},
    "without a campaign": {"message_id": "0004ada", "rcpt_to": "ada@one.example"},
}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("order", list(permutations(("posted", "late"))))
def test_a_late_bounce_finds_its_message(half: str, order: tuple[str, str], store: Store, import_text: Import) -> None:
    """Whatever it leaves out, and whichever file comes first; without the other file it is nobody's again."""
    texts = {"posted": webhook(campaign()), "late": json.dumps({"msys": {"message_event": {**LATE, **HALVES[half]}}})}
    for name in order:
        import_text(texts[name], name)
    assert states(store) == {"failed": 2, "retrying": 1, "in_flight": 1}
    remove_source(store, "late")
    assert states(store) == STATES


def test_the_queue_time_tells_the_relay_of_a_file_without_injections(store: Store, import_text: Import) -> None:
    """A webhook that posts outcomes only still knows when the first message left."""
    import_text(webhook([event("delivery", "ada", 90, queue_time="90000"), event("delivery", "ben", 120)]))
    started = delivery(store, "spring").started_at
    assert started is not None
    assert started.isoformat() == "2026-09-01T08:00:00"


@pytest.mark.parametrize(
    ("line", "is_events"),
    [
        ({"msys": {}}, True),
        ({"msys": {"message_event": {}}}, True),
        ({"type": "delivery", "rcpt_to": "ada@one.example"}, True),
        ({"type": "click", "transmission_id": "7001"}, True),
        ({"msys": None}, False),
        ({"type": "delivery", "recipient": "ada@one.example"}, False),
        ({"event": "bounce", "type": "blocked", "transmission_id": "an argument of the sender's"}, False),
        ({"rcpt_to": "ada@one.example"}, False),
    ],
)
def test_detection(line: dict[str, Any], *, is_events: bool) -> None:
    """An envelope, or a type beside a key that is SparkPost's own."""
    assert SPARKPOST.detects(Head(json.dumps(line) + "\n", is_binary=False)) is is_events


@pytest.mark.parametrize(
    ("header", "is_events"),
    [
        ("timestamp,type,event_id,raw_rcpt_to,message_id", True),
        ("Type;RCPT_TO", True),
        ("type,timeLogged,rcpt,dsnAction,bounceCat", False),
        ("type,timestamp,email", False),
        ("rcpt_to,bounce_class", False),
    ],
)
def test_detection_of_tables(header: str, *, is_events: bool) -> None:
    """The same for the columns of a table."""
    assert SPARKPOST_CSV.detects(Head(f"{header}\n", is_binary=False)) is is_events


ODD = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.just("9" * 10_000)
    | st.just("\0")
)
ODDER = st.recursive(
    ODD, lambda each: st.lists(each, max_size=2) | st.dictionaries(st.text(max_size=3), each, max_size=2)
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.dictionaries(st.sampled_from([*event("delay", "x", 0), "queue_time", "num_retries"]), ODDER), max_size=4
    )
)
def test_no_value_ever_raises(tmp_path: Path, odd: list[dict[str, object]]) -> None:
    """Numbers, lists and objects in any place end as events or as rejections."""
    good = {"msys": {"message_event": event("injection", "ada", 0)}}
    lines = [good, *({"msys": {"message_event": {**event("delay", "ben", 1), **each}}} for each in odd), *odd]
    path = tmp_path / "log"
    path.write_text("\n".join(map(json.dumps, lines)))
    with Store(tmp_path / "odd.duckdb") as store:
        report = import_log(store, path)
    (tmp_path / "odd.duckdb").unlink()
    assert report.status is Status.IMPORTED
    assert report.records == report.used + report.duplicates + report.rejected + report.ignored == len(lines)
