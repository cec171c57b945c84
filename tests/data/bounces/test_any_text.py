"""Whatever stands in a log, every bounce gets one of the five types."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.store import Store
from tests.data.bounces.judging import Reply, verdicts

TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
WORDS = st.lists(
    st.sampled_from(
        ["550", "421", "-", "5.1.1", "4.2.2", "#5.7.1", "<", ">", "@", "[192.0.2.4]", "user unknown", "spam", "\n", "ß"]
    ),
    max_size=8,
).map(" ".join)
REPLIES = st.builds(
    Reply,
    diagnostic=TEXTS | WORDS,
    enhanced_status=TEXTS | WORDS,
    smtp_code=st.none() | st.integers(-(2**31), 2**31 - 1),
    reason=TEXTS | WORDS,
    bounce_type=TEXTS,
)
TYPES = {"hard", "soft", "block", "admin", "undetermined"}


@pytest.fixture(scope="module")
def any_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store for all examples."""
    opened = Store(tmp_path_factory.mktemp("any") / "store.duckdb")
    yield opened
    opened.close()


@given(replies=st.lists(REPLIES, min_size=1, max_size=30), format_name=st.sampled_from(["sparkpost", "postfix", "?"]))
@settings(max_examples=30, deadline=None)
def test_every_bounce_gets_a_type(any_store: Store, replies: list[Reply], format_name: str) -> None:
    """No text raises, and a reason that the source gives is never lost."""
    for reply, (bounce_type, reason) in zip(replies, verdicts(any_store, replies, format_name), strict=True):
        assert bounce_type in TYPES
        if reply.reason and reply.reason.strip():
            assert reason is not None
            assert reason.startswith(reply.reason)


def test_a_reply_of_a_megabyte_is_read(any_store: Store) -> None:
    """The phrase at its end counts like any other."""
    assert verdicts(any_store, [Reply("550 " + "a" * 1_000_000 + " user unknown")]) == [("hard", "User unknown")]
