"""What the wordings of well-known receiving servers mean."""

import pytest

from data.store import Store
from tests.data.bounces.judging import Reply, Verdict, verdict

WORDINGS = {
    "Gmail, unknown, on several lines": (
        "550-5.1.1 The email account that you tried to reach does not exist. Please try\n550-5.1.1 double-checking",
        ("hard", "User unknown"),
    ),
    "Gmail, over quota": (
        "552-5.2.2 The email account that you tried to reach is over quota.",
        ("soft", "Mailbox full"),
    ),
    "a phrase over two lines, under another code": (
        "550-5.7.1 The recipient's inbox is out of\r\n550-5.7.1 storage space.",
        ("soft", "Mailbox full"),
    ),
    "a phrase over two lines without an enhanced code": ("550-The mailbox is\r\n550-full", ("soft", "Mailbox full")),
    "a phrase with several addresses in it": (
        "550 User <ann@example.com> <bob@example.com> (cy@example.com) unknown",
        ("hard", "User unknown"),
    ),
    "Gmail, too fast, under the code of a disabled mailbox": (
        "550-5.2.1 The user you are trying to contact is receiving mail at a rate that",
        ("soft", "Rate limited"),
    ),
    "Gmail, unauthenticated": (
        "550-5.7.26 This mail has been blocked because the sender is unauthenticated.",
        ("block", "Authentication"),
    ),
    "Gmail, spam": (
        "550-5.7.1 [192.0.2.9 12] Our system has detected that this message is likely unsolicited mail.",
        ("block", "Spam content"),
    ),
    "Exchange Online, unknown at the edge": (
        "550 5.4.1 Recipient address rejected: Access denied.",
        ("hard", "User unknown"),
    ),
    "Exchange Online, unknown, under the code of a domain without mail": (
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ann@example.com not found by SMTP address lookup",
        ("hard", "User unknown"),
    ),
    "Outlook.com, unknown": ("550 5.5.0 Requested action not taken: mailbox unavailable.", ("hard", "User unknown")),
    "Outlook.com, on the block list": (
        "550 5.7.1 Unfortunately, messages from [192.0.2.9] weren't sent. Part of their network is on our block list.",
        ("block", "Blocklisted"),
    ),
    "busy for now, in the words of RFC 5321": (
        "450 Requested mail action not taken: mailbox unavailable",
        ("soft", "Refused"),
    ),
    "Yahoo, unknown": (
        "554 delivery error: dd This user doesn't have a yahoo.com account (ann@example.com) [0]",
        ("hard", "User unknown"),
    ),
    "Yahoo, complaints": (
        "421 4.7.0 [TSS04] Messages from 192.0.2.9 temporarily deferred due to unexpected volume or user complaints",
        ("soft", "Rate limited"),
    ),
    "Yahoo, listed": ("553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.9", ("block", "Blocklisted")),
    "Orange, unknown": (
        "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416",
        ("hard", "User unknown"),
    ),
    "Orange, too many connections": ("421 ME Trop de connexions, Too many connections", ("soft", "Rate limited")),
    "GMX, no reverse name": ("554 No SMTP service 554 Bad DNS PTR resource record.", ("block", "Authentication")),
    "Mail.ru, spam": ("550 spam message rejected. Please visit https://help.example", ("block", "Spam content")),
    "iCloud, inactive": ("550 5.1.1 <ann@example.com>: inactive email address", ("hard", "Account disabled")),
    "iCloud, policy": ("550 5.7.1 [CS01] Message rejected due to local policy.", ("block", "Policy")),
    "Postfix, unknown": (
        "550 5.1.1 <ann@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
        ("hard", "User unknown"),
    ),
    "Postfix, a full mailbox as policy": (
        "450 4.7.1 <ann@example.com>: Recipient address rejected: User mailbox over quota, try later",
        ("soft", "Mailbox full"),
    ),
    "Postfix, a blocklist": (
        "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org",
        ("block", "Blocklisted"),
    ),
    "Postfix, relaying": ("554 5.7.1 <ann@example.com>: Relay access denied", ("block", "Relaying denied")),
    "Postfix, sender": (
        "550 5.1.8 <news@example.net>: Sender address rejected: Domain not found",
        ("block", "Invalid sender"),
    ),
    "Postfix, the recipient's domain": (
        "550 5.1.2 <ann@exmple.com>: Recipient address rejected: Domain not found",
        ("hard", "Invalid domain"),
    ),
    "Postfix, no such name": (
        "Host or domain name not found. Name service error for name=exmple.com type=A: Host not found",
        ("hard", "Invalid domain"),
    ),
    "Postfix, no answer from the name service": (
        "Host or domain name not found. Name service error for name=example.com type=MX: Host not found, try again",
        ("soft", "Unreachable"),
    ),
    "Postfix, no connection": ("connect to mx.example.com[192.0.2.4]:25: Connection refused", ("soft", "Unreachable")),
    "Postfix, an address in the middle": ("550 User <ann@example.com> unknown", ("hard", "User unknown")),
    "Sendmail": ("550 5.1.1 <ann@example.com>... User unknown", ("hard", "User unknown")),
    "qmail": ("550 sorry, no mailbox here by that name (#5.1.1)", ("hard", "User unknown")),
    "Exim": ("550 Unrouteable address", ("hard", "User unknown")),
    "Cisco": ("550 #5.1.0 Address rejected.", ("hard", "User unknown")),
    "Domino": ("550 ann@example.com... User not listed in Domino Directory", ("hard", "User unknown")),
    "greylisting": ("451 4.7.1 Greylisting in action, please come back later", ("soft", "Greylisted")),
    "too big": ("552 5.3.4 Message size exceeds fixed limit", ("soft", "Message too big")),
    "a virus": ("554 5.7.1 Virus found in message", ("block", "Content refused")),
    "a harvest of addresses is not about this one": ("550 5.7.1 Too many unknown users", ("block", "Policy")),
    "SparkPost, time out": ("554 5.4.7 [internal] exceeded max time without delivery", ("soft", "Expired")),
    "SparkPost, suppressed": (
        "554 5.7.1 recipient address suppressed due to customer policy",
        ("admin", "Suppressed"),
    ),
    "no words that are known": ("550 5.0.0 Nope", ("hard", None)),
}


@pytest.mark.parametrize(("text", "expected"), WORDINGS.values(), ids=WORDINGS)
def test_a_wording_is_understood(store: Store, text: str, expected: Verdict) -> None:
    """The type and the reason, from the text alone."""
    assert verdict(store, Reply(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "550 <mailbox.full@example.com>: nope",
        "550 over-quota@example.com nope",
        "host spam-virus.example.com[192.0.2.4] said: 550 nope",
        "550 Nope for (greylist@blacklist.example)",
        "550 The day absorbs it",
    ],
)
def test_names_and_parts_of_words_are_no_wording(store: Store, text: str) -> None:
    """What a recipient or a host is called says nothing, and a phrase begins where a word does."""
    assert verdict(store, Reply(text)) == ("hard", None)
