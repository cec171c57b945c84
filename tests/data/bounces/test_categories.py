"""What every category of every system says of the address."""

import pytest

from data.store import Store
from tests.data.bounces.judging import Reply, Verdict, verdict, verdicts

MOMENTUM = {
    "hard": ["10", "30", "90"],
    "soft": ["20", "21", "22", "23", "24", "40", "60", "70", "100"],
    "block": ["50", "51", "52", "53", "54"],
    "admin": ["25", "80"],
    "undetermined": ["1"],
}
TABLE = {
    "sparkpost": MOMENTUM,
    "momentum": MOMENTUM,
    "ajo": {
        "hard": ["10", "15"],
        "soft": ["20", "21", "22", "23", "24", "40", "54", "60", "70", "100"],
        "block": ["50", "51", "52", "53"],
        "admin": ["25", "80"],
        "undetermined": ["1", "30"],
    },
    "powermta": {
        "hard": ["bad-mailbox", "bad-domain", "inactive-mailbox"],
        "soft": [
            "quota-issues", "no-answer-from-host", "bad-connection", "routing-errors", "bad-configuration",
            "protocol-errors", "message-expired", "other",
        ],
        "block": [
            "spam-related", "policy-related", "content-related", "virus-related", "relaying-issues", "invalid-sender",
        ],
    },
    "kumomta": {
        "hard": ["InvalidRecipient", "BadDomain", "InactiveMailbox", "Unsubscribe"],
        "soft": [
            "QuotaIssues", "DNSFailure", "NoAnswerFromHost", "BadConnection", "RoutingErrors", "TransientFailure",
            "ProtocolErrors", "TooManyRecipients", "BadConfiguration", "MessageExpired", "AutoReply",
            "ChallengeResponse",
        ],
        "block": [
            "SpamBlock", "SpamContent", "SpamRelated", "PolicyRelated", "ContentRelated", "VirusRelated",
            "ProhibitedAttachment", "RelayDenied", "RelayingIssues", "AuthenticationFailed", "InvalidSender",
        ],
        "admin": ["Subscribe"],
        "undetermined": ["Uncategorized"],
    },
    "sendgrid": {
        "hard": ["Invalid Address"],
        "soft": ["Frequency or Volume Too High", "Mailbox Unavailable", "Technical Failure"],
        "block": ["Content", "Reputation"],
        "undetermined": ["Unclassified"],
    },
    "ses": {
        "hard": ["NoEmail"],
        "soft": ["MailboxFull", "MessageTooLarge", "CustomTimeoutExceeded"],
        "block": ["ContentRejected", "AttachmentRejected"],
        "admin": ["Suppressed", "OnAccountSuppressionList", "UnsubscribedRecipient"],
        "undetermined": ["General", "Undetermined"],
    },
    "mailgun": {
        "soft": ["old"],
        "block": ["espblock"],
        "admin": ["suppress-bounce", "suppress-complaint", "suppress-unsubscribe"],
        "undetermined": ["bounce", "hardfail", "generic"],
    },
    "postmark": {
        "hard": ["HardBounce", "BadEmailAddress"],
        "soft": ["SoftBounce", "Transient", "DnsError", "AutoResponder", "ChallengeVerification"],
        "block": ["SpamNotification", "VirusNotification", "Blocked", "DMARCPolicy"],
        "admin": ["ManuallyDeactivated", "Unconfirmed"],
        "undetermined": ["Unknown"],
    },
    "brevo": {"hard": ["invalid_email"]},
    "campaign": {
        "hard": ["User unknown", "Address not specified", "Address on denylist", "Quarantined address"],
        "soft": ["Invalid domain", "Mailbox full"],
        "undetermined": ["Not defined", "Unreachable", "Account disabled", "Not connected", "Refused", "Error ignored"],
    },
}  # fmt: skip
CASES = [(name, kind, category) for name, types in TABLE.items() for kind, told in types.items() for category in told]


@pytest.mark.parametrize(("format_name", "bounce_type"), sorted({(name, kind) for name, kind, _ in CASES}))
def test_a_category_tells_the_type(store: Store, format_name: str, bounce_type: str) -> None:
    """Every category of the format's own vocabulary, with nothing else known, in any case of letters."""
    categories = TABLE[format_name][bounce_type]
    told = [Reply(reason=spelling) for category in categories for spelling in (category, category.upper())]
    assert {kind for kind, _ in verdicts(store, told, format_name)} == {bounce_type}


@pytest.mark.parametrize(
    ("format_name", "told", "kept"),
    [
        ("sparkpost", "10", "10 Invalid recipient"),
        ("momentum", "52", "52 Spam content"),
        ("ajo", "15", "15 Recipient refused"),
        ("sparkpost", "99", "99"),
        ("powermta", "bad-mailbox", "bad-mailbox"),
        ("kumomta", "InvalidRecipient", "InvalidRecipient"),
        ("sendgrid", "Invalid Address", "Invalid Address"),
        ("kumomta", "our own label", "our own label"),
        ("powermta", "10", "10"),
    ],
)
@pytest.mark.parametrize("kind", ["bounced", "deferred", "expired", "rejected", "failed"])
def test_the_word_of_the_source_is_kept(store: Store, format_name: str, told: str, kept: str, kind: str) -> None:
    """A number is kept with its name beside it, a word as it is; the text does not replace it."""
    reply = Reply("550 5.1.1 User unknown", reason=told, kind=kind)
    assert verdict(store, reply, format_name)[1] == kept


@pytest.mark.parametrize(
    ("format_name", "reply", "expected"),
    [
        ("powermta", Reply("550 5.1.1 User unknown", reason="other"), ("hard", "other")),
        ("powermta", Reply("550 5.0.0 Sorry", smtp_code=550, reason="other"), ("soft", "other")),
        ("sparkpost", Reply("552 5.2.2 Mailbox full", reason="1"), ("soft", "1 Undetermined")),
        ("sparkpost", Reply("550 Sorry", smtp_code=550, reason="1"), ("undetermined", "1 Undetermined")),
        ("kumomta", Reply("550 Sorry", smtp_code=550, reason="Uncategorized"), ("hard", "Uncategorized")),
        ("campaign", Reply("550 5.7.1 Spam detected", reason="Refused"), ("block", "Refused")),
    ],
)
def test_a_category_that_says_little_leaves_the_word_to_the_text(
    store: Store, format_name: str, reply: Reply, expected: Verdict
) -> None:
    """Where the text says nothing either, what the source could not tell is not told by a digit."""
    assert verdict(store, reply, format_name) == expected


def test_categories_are_those_of_their_format(store: Store) -> None:
    """A number that means something in one vocabulary means nothing in another."""
    assert verdict(store, Reply(reason="10"), "sparkpost")[0] == "hard"
    assert verdict(store, Reply(reason="10"), "powermta")[0] == "undetermined"
