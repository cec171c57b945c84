"""The Failures page says what the log tells and no more."""

import pytest

from analytics.modes import Mode
from analytics.rows import row_count
from data.deliveries import delivery as delivery_of
from pages.session.selection_query import selection_from
from pages.session.store import opened_store
from tests.pages.conftest import opened_page
from tests.pages.logs import SETTLING_LOG, SILENT_LOG
from tests.pages.test_failures import HEADER, Opened, outage_log, table, words_of
from tests.pages.test_modes import Linked


def withdrawn_log() -> str:
    """A message that is deferred and then withdrawn."""
    events = (("relayed", "00"), ("deferred", "10"), ("cancelled", "20"))
    return HEADER + "".join(f"{kind},2026-03-02T08:{at}:00Z,m1,u1@one.example,DM5,,,421\n" for kind, at in events)


@pytest.mark.parametrize("section", ["retries", "acceptance"])
def test_without_feedback_neither_retries_nor_acceptances_are_counted(page: Opened, section: str) -> None:
    """The log cannot tell them, so there is a sentence and no number."""
    at = page(SILENT_LOG, page="failures", section=section)
    assert "The log has no delivery feedback: it tells neither of acceptances nor of retries." in words_of(at)
    assert not [*at.metric, *at.dataframe, *at.get("plotly_chart")]


def test_without_feedback_whoever_did_not_fail_is_in_flight(page: Opened) -> None:
    """Which is said beside their number; how many were tried in an hour is not known either."""
    at = page(SILENT_LOG, page="failures", section="open")
    assert "9 in flight and 0 retrying" in words_of(at)
    assert "in flight are all messages that it does not tell as failed or withdrawn" in words_of(at)
    hours = opened_page("failures", section="hours", **{"failures-hours-table": "true", "of": "tried"})
    assert table(hours)[["failing", "sent", "rate"]].to_records(index=False).tolist() == [(1, 10, 10)]
    assert "tried" not in table(hours)


def test_an_expiry_is_never_one_bounced_for_good(page: Opened) -> None:
    """Whether or not the log calls it soft, and each type opens its own rows."""
    told = [("expired", "soft"), ("expired", ""), ("bounced", "soft"), ("expired", "hard")]
    relays = [f"relayed,2026-03-02T08:00:00Z,m{number},u{number}@one.example,DM6,,,\n" for number in range(4)]
    ends = [
        f"{kind},2026-03-02T09:00:00Z,m{number},u{number}@one.example,DM6,,{type_told},\n"
        for number, (kind, type_told) in enumerate(told)
    ]
    shown = table(page(HEADER + "".join([*relays, *ends]), page="failures", by="type"))
    assert dict(zip(shown["value"], shown["failed"], strict=True)) == {
        "Soft, retries ran out": 2,
        "Soft, bounced for good": 1,
        "Hard": 1,
    }
    for url, count in zip(shown["failed_rows"], shown["failed"], strict=True):
        selection = selection_from(Linked(url))
        assert row_count(opened_store(), delivery_of(opened_store(), "DM6"), selection, Mode.WITHOUT_EFS) == count


def test_who_was_withdrawn_is_not_told_never_to_have_failed(page: Opened) -> None:
    """It did, but it is neither failed nor retried nor recovered."""
    at = page(withdrawn_log(), page="failures")
    assert "No message counts as Bounces + errors at the chosen moment." in words_of(at)
    assert "No message is failed, being retried or recovered at the chosen moment." in words_of(at)


def test_codes_add_up_to_more_only_where_they_do(page: Opened) -> None:
    """Here each message has one."""
    assert "so the codes can add up to more than the messages" in words_of(
        page(outage_log(), page="failures", by="code")
    )


def test_one_attempt_of_one_message_is_told_in_the_singular(page: Opened) -> None:
    """And so is what a share is of."""
    at = page(withdrawn_log(), page="failures", section="retries")
    assert "1 attempt ÷ 1 message " in f"{words_of(at)} "


def test_what_bounced_after_its_acceptance_has_not_recovered(page: Opened) -> None:
    """One was retried, accepted and bounced late: the figure does not count it, and says so."""
    late = "bounced,2026-03-02T10:00:00Z,m6,u6@example.com,DM1,Spring sale,User unknown,hard\n"
    at = page(SETTLING_LOG + late, page="failures", section="retries")
    assert at.metric[2].value == "0"
    assert "accepted after a failure, not bounced since" in words_of(at)


def test_a_period_that_is_over_has_ended(page: Opened) -> None:
    """The log goes on for a week after the last of the periods."""
    later = SETTLING_LOG.replace("02T11:00:00Z,m2", "12T11:00:00Z,m2")
    assert "the last of their validity periods ended " in words_of(page(later, page="failures", section="open"))


def test_the_darkest_square_is_told_by_the_hour_of_the_axis(page: Opened) -> None:
    """The first hour is 0 since the send, and 8 o'clock."""
    at = page(outage_log(), page="failures", section="hours")
    assert "at slow.example, hour 0." in str(at.get("plotly_chart")[0].proto)
    clock = opened_page("failures", delivery="DM3", section="hours", hours="clock")
    assert "at slow.example, 2 Mar 2026 08:00 UTC." in str(clock.get("plotly_chart")[0].proto)


def test_the_wait_that_is_told_need_not_be_that_of_most(page: Opened) -> None:
    """Two of five waited the same, the others each another time."""
    waits = (10, 10, 3, 20, 90)
    lines = [
        f"{kind},2026-03-02T{8 + minutes // 60:02}:{minutes % 60:02}:00Z,m{number},u{number}@one.example,DM7,,,\n"
        for number, wait in enumerate(waits)
        for kind, minutes in (("relayed", 0), ("deferred", 1), ("delivered", 1 + wait))
    ]
    told = words_of(page(HEADER + "".join(lines), page="failures", section="retries"))
    assert "The most common wait: 5–15 min." in told  # noqa: RUF001 - the sign meant


@pytest.mark.parametrize("section", ["retries", "acceptance"])
def test_spans_say_which_end_counts(page: Opened, section: str) -> None:
    """Both of waiting times and of times to acceptance."""
    at = page(SETTLING_LOG, page="failures", delivery="DM1", section=section)
    assert "A time exactly at a bound counts in the span that ends there." in words_of(at)
