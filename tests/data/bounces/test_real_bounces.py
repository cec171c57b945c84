"""The bounces of a real morning, where its log is at hand.

That they are right was seen by eye, wording by wording; the figures hold the classifier to it.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

from data.ingest import import_log
from data.store import Store
from tests.data.bounces.judging import Reply, verdicts

_FOLDER = os.environ.get("SENDLOG_REAL_LOGS")
pytestmark = pytest.mark.skipif(_FOLDER is None, reason="SENDLOG_REAL_LOGS names no folder with real logs")


@pytest.fixture
def bounces(store: Store) -> list[Reply]:
    """Its bounces as the reader tells them."""
    import_log(store, Path(str(_FOLDER)) / "postfix" / "bulk-2013-06-10-morning.log.gz")
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT diagnostic, enhanced_status, smtp_code FROM event WHERE kind = 'bounced'")
        return [Reply(*row) for row in rows.fetchall()]


def test_nearly_every_real_bounce_gets_a_type(store: Store, bounces: list[Reply]) -> None:
    """At least nine in ten are told; a full mailbox is soft whatever its dsn says."""
    told = Counter(bounce_type for bounce_type, _ in verdicts(store, bounces, "postfix"))
    assert len(bounces) == 491
    assert told["undetermined"] <= len(bounces) / 10


def test_the_real_bounces_are_told_as_they_read(store: Store, bounces: list[Reply]) -> None:
    """How many of each, as counted in the log by their wordings."""
    assert Counter(verdicts(store, bounces, "postfix")) == {
        ("hard", "User unknown"): 447,
        ("hard", "Invalid domain"): 23,
        ("hard", "Account disabled"): 3,
        ("block", "Relaying denied"): 7,
        ("block", "Policy"): 3,
        ("block", "Refused"): 3,
        ("soft", "Mailbox full"): 3,
        ("soft", "Protocol error"): 1,
        ("soft", "Unreachable"): 1,
    }
