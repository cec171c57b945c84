"""A real morning of a bulk-mailing host, where its log is at hand: the two mailings in it, to the message.

The figures do not come from this program. They were counted in the raw log with awk, in four steps:

1. A message begins at a "(queue active)" line whose queue id was not active before, or not since its "removed"; its
   first status line must not say (time minus delay) that it had arrived more than a minute earlier.
2. A mailing is what begins for one sender with pauses of less than 900 seconds: 191 messages from 07:59:35, 2,227 from
   09:28:19. All name one recipient, and every one of them appears in a status line.
3. At start + m minutes each message that had begun counts by its last status= line until then (file order): sent,
   deferred, bounced or expired, or none.
4. With feedback: Delivered = sent, Bounces + errors = deferred + bounced + expired, pending = none.
   Without: Delivered = sent + deferred + none, Bounces + errors = bounced + expired.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.ingest import import_log
from data.report import ImportReport
from data.store import Store

_FOLDER = os.environ.get("SENDLOG_REAL_LOGS")
pytestmark = pytest.mark.skipif(_FOLDER is None, reason="SENDLOG_REAL_LOGS names no folder with real logs")

# messages of the mailing, minutes -> sent; Delivered, Bounces + errors, pending with EFS; Delivered, B + E without.
TILES = [
    (191, 1, (191, 184, 7, 0, 186, 5)),
    (191, 10, (191, 184, 7, 0, 186, 5)),
    (191, 60, (191, 184, 7, 0, 186, 5)),
    (2227, 1, (386, 356, 20, 10, 371, 15)),
    (2227, 10, (2227, 1707, 520, 0, 1753, 474)),
    (2227, 60, (2227, 1720, 507, 0, 1742, 485)),
]
_TILE = """
    WITH last_state AS (
        SELECT arg_max(to_state, (moved_at, from_state IS NOT NULL)) AS state
        FROM transition JOIN delivery USING (delivery_key)
        WHERE delivery.messages = $messages AND moved_at <= started_at + to_minutes($minutes)
        GROUP BY message_key
    )
    SELECT
        count(*) FILTER (state <> 'targeted'),
        count(*) FILTER (state = 'delivered'),
        count(*) FILTER (state IN ('retrying', 'failed', 'inferred_expiry')),
        count(*) FILTER (state IN ('in_flight', 'targeted')),
        count(*) FILTER (state IN ('in_flight', 'retrying', 'delivered')),
        count(*) FILTER (state IN ('failed', 'inferred_expiry'))
    FROM last_state"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, ImportReport]]:
    """The real log in a store."""
    store = Store(tmp_path_factory.mktemp("real") / "store.duckdb")
    yield store, import_log(store, Path(str(_FOLDER)) / "postfix" / "bulk-2013-06-10-morning.log.gz")
    store.close()


@pytest.mark.parametrize(("messages", "minutes", "tile"), TILES)
def test_the_tile_of_a_real_mailing(
    imported: tuple[Store, ImportReport], messages: int, minutes: int, tile: tuple[int, ...]
) -> None:
    """Both modes show what counting by hand gives, at three moments of each mailing."""
    with imported[0].cursor() as cursor:
        assert cursor.execute(_TILE, {"messages": messages, "minutes": minutes}).fetchall() == [tile]


def test_the_mailings_begin_when_their_first_message_does(imported: tuple[Store, ImportReport]) -> None:
    """The two mailings start at their first "(queue active)"."""
    with imported[0].cursor() as cursor:
        starts = cursor.execute(
            "SELECT messages, strftime(started_at, '%H:%M:%S') FROM delivery WHERE messages > 150 ORDER BY messages"
        ).fetchall()
    assert starts == [(191, "07:59:35"), (2227, "09:28:19")]


def test_every_line_is_accounted_for(imported: tuple[Store, ImportReport]) -> None:
    """All 28,073 lines are used or ignored; none is rejected and none says what another says."""
    report = imported[1]
    assert (report.records, report.rejected, report.duplicates) == (28_073, 0, 0)
    assert report.used + report.ignored == report.records
