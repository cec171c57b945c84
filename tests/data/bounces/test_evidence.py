"""The order of evidence, and what is taken for evidence at all."""

import pytest

from data.bounces.classifier import classify
from data.held import hold_rows
from data.store import Store
from tests.data.bounces.judging import Reply, Verdict, verdict, verdicts

UNKNOWN = "550 5.1.1 User unknown"


@pytest.mark.parametrize(
    ("reply", "bounce_type"),
    [
        (Reply(UNKNOWN, "5.1.1", 550, "spam-related", "soft"), "soft"),
        (Reply(UNKNOWN, "5.1.1", 550, "spam-related", "undetermined"), "block"),
        (Reply("552 5.2.2 Mailbox full", "5.1.1", 550), "soft"),
        (Reply("550 Sorry", "5.7.1", 550), "block"),
        (Reply("450 Sorry", "5.0.0", 550), "hard"),
        (Reply("Sorry", None, 450), "soft"),
        (Reply("Sorry"), "undetermined"),
        (Reply(), "undetermined"),
    ],
)
def test_each_step_is_asked_only_where_those_before_it_say_nothing(
    store: Store, reply: Reply, bounce_type: str
) -> None:
    """The source's type, its category, the text, the enhanced status, the first digits; else it is undetermined."""
    assert verdict(store, reply, "powermta")[0] == bounce_type


@pytest.mark.parametrize("told", ["hard", "soft", "block", "admin", " Hard ", "SOFT"])
def test_the_type_of_the_source_stands(store: Store, told: str) -> None:
    """Whatever the text says."""
    for text in (UNKNOWN, "552 5.2.2 Mailbox full", "550 5.7.1 Spam detected"):
        assert verdict(store, Reply(text, bounce_type=told))[0] == told.strip().lower()


@pytest.mark.parametrize("told", [None, "", "undetermined", "ignored", "Permanent", "x"])
def test_a_type_that_is_none_leaves_the_word_to_the_text(store: Store, told: str | None) -> None:
    """Words that name none of the four types are no evidence."""
    assert verdict(store, Reply(UNKNOWN, bounce_type=told)) == ("hard", "User unknown")


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply("host a.example[192.0.2.1] said: 552 4.2.2 full mailbox", "5.0.0", 552), ("soft", "Mailbox full")),
        (Reply("host a.example[192.0.2.1] said: 552 4.2.2 Sorry", "5.0.0", 552), ("soft", "Mailbox full")),
        (Reply("smtp; 550 5.1.1 Sorry", "5.0.0"), ("hard", "User unknown")),
        (Reply("smtp;550-5.7.1 Sorry", "5.0.0"), ("block", "Refused")),
        (Reply("550 #5.1.1 Sorry", "5.0.0"), ("hard", "User unknown")),
        (Reply("550 Sorry (#5.1.1)", "5.0.0"), ("hard", "User unknown")),
        (Reply("5.2.2 Sorry", "5.0.0", 550), ("soft", "Mailbox full")),
        (Reply("smtp; 5.2.2 Sorry", "5.0.0", 550), ("soft", "Mailbox full")),
        (Reply("550 5.2.2. Sorry", "5.0.0", 550), ("soft", "Mailbox full")),
        (Reply("550 5.2.2", "5.0.0", 550), ("soft", "Mailbox full")),
        (Reply("Sorry", "5.2.2 (mailbox full)", 550), ("soft", "Mailbox full")),
    ],
)  # fmt: skip
def test_the_code_in_the_text_goes_before_the_column(store: Store, reply: Reply, expected: Verdict) -> None:
    """Behind the SMTP code, behind a "#", or at the beginning; the column counts where the text has none."""
    assert verdict(store, reply) == expected


@pytest.mark.parametrize(
    "text",
    [
        "550 5.2.2.7 is where you come from",
        "550 Sorry, 5.2.2.7",
        "host 5.2.2.7 said no",
        "5.2.2.7 said no",
        "192.0.2.250 5.2.2 ways",
        "1550 5.2.2 ways",
        "550 on 5.2.2024",
        "5.2.2024 was a Monday",
        "version 5.2.2 of the filter",
        "550 5.9.2 is no subject",
        "550 6.2.2 is no class",
        "see #5.2.2.7",
    ],
)
def test_addresses_of_hosts_dates_and_versions_are_no_codes(store: Store, text: str) -> None:
    """Then the column decides."""
    assert verdict(store, Reply(text, "5.1.1", 550)) == ("hard", "User unknown")


@pytest.mark.parametrize(
    ("status", "smtp_code", "bounce_type"),
    [
        ("5.0.0", None, "hard"),
        ("4.0.0", None, "soft"),
        (None, 550, "hard"),
        (None, 450, "soft"),
        ("4.0.0", 550, "soft"),
        ("5.0.0", 450, "soft"),
        (None, 250, "undetermined"),
        ("2.0.0", None, "undetermined"),
        (None, 99, "undetermined"),
    ],
)
def test_the_first_digits_come_last(store: Store, status: str | None, smtp_code: int | None, bounce_type: str) -> None:
    """Where nothing else is known, and without a reason: a digit names none."""
    assert verdict(store, Reply(None, status, smtp_code)) == (bounce_type, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("450 4.1.1 User unknown", ("soft", "User unknown")),
        ("450 5.1.1 Mailbox disabled", ("soft", "Account disabled")),
        ("550 4.1.1 Sorry", ("soft", "User unknown")),
        ("421 4.7.0 Blocked using dnsbl.example", ("block", "Blocklisted")),
    ],
)
def test_a_refusal_for_now_makes_no_bounce_hard(store: Store, text: str, expected: Verdict) -> None:
    """Also where it was the last word; a block stays a block."""
    assert verdict(store, Reply(text)) == expected


@pytest.mark.parametrize("kind", ["deferred", "expired", "rejected", "failed"])
def test_failures_that_are_no_bounces_get_a_reason_and_no_type(store: Store, kind: str) -> None:
    """The type is a bounce's."""
    assert verdict(store, Reply("452 4.2.2 Over quota", kind=kind)) == (None, "Mailbox full")


@pytest.mark.parametrize("kind", ["relayed", "delivered", "opened", "complained", "unknown"])
def test_what_is_no_failure_has_no_verdict(store: Store, kind: str) -> None:
    """And no key to join one by."""
    assert verdict(store, Reply("550 5.1.1 User unknown", kind=kind)) == (None, None)


def test_a_reason_in_words_is_read_where_there_is_no_reply(store: Store) -> None:
    """Many logs have one column for both."""
    assert verdict(store, Reply(reason="550 5.1.1 user unknown")) == ("hard", "550 5.1.1 user unknown")


def test_there_is_one_verdict_per_different_reply(store: Store) -> None:
    """Also where the rows are held: their kinds are texts and empty columns untyped. Rejected records have none."""
    rows = """
        SELECT
            1 AS source_id, kind,
            NULL AS bounce_type, NULL AS reason, 550::BIGINT AS smtp_code, '5.1.1' AS enhanced_status,
            NULL AS diagnostic, reject_reason
        FROM (VALUES ('bounced', NULL), ('bounced', NULL), ('deferred', NULL), ('expired', 'no time'))
            AS told (kind, reject_reason)
    """
    with store.transaction() as cursor:
        hold_rows(cursor, "staged_event", rows, {})
        classify(cursor, "postfix")
        told = cursor.execute("SELECT bounce_type, reason FROM verdict ORDER BY ALL").fetchall()
    assert told == [("hard", "User unknown"), (None, "User unknown")]


def test_verdicts_are_those_of_the_rows_at_hand(store: Store) -> None:
    """The rows of the part before leave nothing behind."""
    assert verdicts(store, [Reply("550 5.1.1 a"), Reply("550 5.2.2 b")]) == [
        ("hard", "User unknown"),
        ("soft", "Mailbox full"),
    ]
    assert verdict(store, Reply("550 5.7.1 c")) == ("block", "Refused")
