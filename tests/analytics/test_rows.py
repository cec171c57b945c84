"""The rows behind a number: which they are, in which order, and what they say of the event behind them."""

from collections.abc import Callable
from datetime import datetime
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest

from analytics.modes import Kpi, Mode
from analytics.rows import row_count, rows
from analytics.selection import Selection
from data.deliveries import delivery
from data.report import ImportReport
from data.store import Store
from tests.analytics.test_identities import cases, imported, random_log

HEADER = "kind,event_time,message_id,recipient,delivery_id,test_profile,diagnostic\n"
LOG = (
    HEADER
    + """\
targeted,2026-03-01T09:00:00Z,m4,d@one.example,d1,,
relayed,2026-03-01T10:00:00Z,m1,a@one.example,d1,,
relayed,2026-03-01T10:00:00Z,m2,b@one.example,d1,,
delivered,2026-03-01T10:10:00Z,m1,a@one.example,d1,,250 taken
opened,2026-03-01T10:30:00Z,m1,a@one.example,d1,,
clicked,2026-03-01T10:40:00Z,m1,a@one.example,d1,,
deferred,2026-03-01T10:05:00Z,m2,b@one.example,d1,,450 later
delivered,2026-03-01T13:00:00Z,m3,c@one.example,d1,,250 taken
"""
)
# Opened in three different hours; the last that happens is a cancellation before any relay, and an exclusion.
OPENED = (
    HEADER
    + "".join(f"relayed,2026-03-01T10:00:00Z,m{n},r{n}@one.example,d1,,\n" for n in range(1, 5))
    + """\
targeted,2026-03-01T10:00:00Z,m6,r6@one.example,d1,,
opened,2026-03-01T10:30:00Z,m1,r1@one.example,d1,,
opened,2026-03-01T11:30:00Z,m2,r2@one.example,d1,,
opened,2026-03-01T12:30:00Z,m3,r3@one.example,d1,,
opened,2026-03-01T12:40:00Z,m4,r4@one.example,d1,,
delivered,2026-03-01T12:45:00Z,m4,r4@one.example,d1,,
cancelled,2026-03-01T12:50:00Z,m5,r5@one.example,d1,,
rejected,2026-03-01T13:00:00Z,m6,r6@one.example,d1,,
"""
)


@pytest.fixture
def held(store: Store, import_text: Callable[..., object]) -> Store:
    """A store with a log: accepted and opened; expired while retrying; accepted at last; never relayed."""
    import_text(LOG, "sent.csv", validity_hours=2.0)
    return store


def row_of(store: Store, kpi: Kpi, address: str, at: datetime | None = None) -> pd.Series:
    """The row of one recipient."""
    listed = rows(store, delivery(store, "d1"), kpi, Mode.WITH_EFS, at, masked=False)
    return listed[listed["address"] == address].iloc[0]


@pytest.mark.parametrize(
    ("kpi", "address", "at", "date", "reason", "line"),
    [
        (Kpi.DELIVERED, "a@one.example", None, datetime(2026, 3, 1, 10, 10), "250 taken", 5),
        (Kpi.BOUNCES_ERRORS, "b@one.example", datetime(2026, 3, 1, 11), datetime(2026, 3, 1, 10, 5), "450 later", 8),
        (Kpi.OPENED, "a@one.example", None, datetime(2026, 3, 1, 10, 30), None, 6),
        (Kpi.CLICKED, "a@one.example", None, datetime(2026, 3, 1, 10, 40), None, 7),
    ],
)
def test_a_row_names_the_event_that_decided(
    held: Store, kpi: Kpi, address: str, at: datetime | None, date: datetime, reason: str | None, line: int
) -> None:
    """The date, the reply, the file and the line are those of the event behind the KPI, a change or an opening."""
    row = row_of(held, kpi, address, at)
    assert (row["date"], row["source"], row["line"]) == (date, "sent.csv", line)
    assert row["reason"] == reason or (reason is None and pd.isna(row["reason"]))


def test_a_row_names_the_file_that_told_it_first(held: Store, import_text: Callable[..., object]) -> None:
    """What another file tells again is still one row, of the first file."""
    import_text(LOG.replace(HEADER, HEADER + "relayed,2026-03-01T09:59:00Z,m9,z@one.example,d1,,\n"), "again.csv")
    listed = rows(held, delivery(held, "d1"), Kpi.DELIVERED, Mode.WITH_EFS, masked=False)
    assert listed[["address", "source", "line"]].to_numpy().tolist() == [
        ["c@one.example", "sent.csv", 9],
        ["a@one.example", "sent.csv", 5],
    ]


def test_what_no_record_tells_has_no_line(held: Store) -> None:
    """An inferred expiry is dated at its end and names the message, but no event."""
    row = row_of(held, Kpi.BOUNCES_ERRORS, "b@one.example")
    assert (row["date"], row["message_id"], row["status"]) == (datetime(2026, 3, 1, 12), "m2", "Failed")
    assert pd.isna(row["line"])
    assert pd.isna(row["source"])


def test_who_has_not_moved_yet_stands_last(held: Store) -> None:
    """Before its first record a message is to deliver all the same: pending, named, without a date."""
    listed = rows(held, delivery(held, "d1"), Kpi.TO_DELIVER, Mode.WITH_EFS, datetime(2026, 3, 1, 10), masked=False)
    assert listed["message_id"].to_list() == ["m1", "m2", "m4", "m3"] or listed["message_id"].to_list() == [
        "m2", "m1", "m4", "m3",
    ]  # fmt: skip
    assert pd.isna(listed["date"].iloc[-1])
    assert set(listed["status"]) == {"Pending"}


def test_a_page_is_filled_whatever_happened_last(store: Store, import_text: Callable[..., object]) -> None:
    """A page holds as many as asked for, from as far back as it takes, and nobody whom the KPI does not count."""
    import_text(OPENED)
    about = delivery(store, "d1")
    opened = rows(store, about, Kpi.OPENED, Mode.WITH_EFS, limit=3)
    assert opened["message_id"].to_list() == ["m4", "m3", "m2"]
    sent = rows(store, about, Kpi.SENT, Mode.WITH_EFS, limit=2)
    assert (sent["message_id"].iloc[0], len(sent)) == ("m4", 2)
    to_deliver = rows(store, about, Kpi.TO_DELIVER, Mode.WITH_EFS, datetime(2026, 3, 1, 12))
    assert set(to_deliver["message_id"]) == {"m1", "m2", "m3", "m4", "m5"}


@pytest.mark.parametrize("seed", [4, 5])
def test_pages_are_the_list_cut_into_pieces(tmp_path: Path, seed: int) -> None:
    """However small the pages, one after the other they list each message once, the latest date first."""
    with imported(tmp_path, "pages", random_log(seed)) as store:
        for about, at, _, _ in islice(cases(store), 0, None, 5):
            for kpi in Kpi:
                whole = rows(store, about, kpi, Mode.WITH_EFS, at, limit=1000)
                starts = range(0, len(whole), 7)
                pages = [rows(store, about, kpi, Mode.WITH_EFS, at, limit=7, offset=start) for start in starts]
                assert [page["message_id"].to_list() for page in pages] == [
                    whole["message_id"].to_list()[start : start + 7] for start in starts
                ]
                assert whole["date"].sort_values(ascending=False, na_position="last").equals(whole["date"])
                assert not whole["message_id"].duplicated().any()
                assert whole["address"].notna().all()


def test_who_is_put_off_or_runs_out_of_time_is_soft(import_text: Callable[..., ImportReport], store: Store) -> None:
    """Though no record calls a deferral or an expiry soft: in the rows, and in what they are filtered by."""
    log = (
        "kind,event_time,message_id,recipient,delivery_id,bounce_type\n"
        + "".join(f"relayed,2026-03-01T10:00:00Z,m{n},u{n}@one.example,d1,\n" for n in range(5))
        + "deferred,2026-03-01T10:01:00Z,m0,u0@one.example,d1,\n"
        "expired,2026-03-01T10:02:00Z,m1,u1@one.example,d1,\n"
        "bounced,2026-03-01T10:02:00Z,m2,u2@one.example,d1,hard\n"
        "deferred,2026-03-01T10:01:00Z,m3,u3@one.example,d1,\n"
        "delivered,2026-03-01T10:02:00Z,m3,u3@one.example,d1,\n"
    )
    import_text(log)
    about = delivery(store, "d1")
    listed = rows(store, about, Kpi.TO_DELIVER, Mode.WITH_EFS).set_index("message_id")["failure_type"]
    assert listed.dropna().to_dict() == {"m0": "soft", "m1": "soft", "m2": "hard"}
    assert row_count(store, about, Selection(failure_types=("soft",)), Mode.WITH_EFS) == 2
