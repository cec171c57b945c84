"""A random log with everything that figures are made of: domains, reasons, codes, attempts, links, exclusions."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from data.events import Kind

START = datetime(2026, 3, 2, 8)
VALIDITY_HOURS = 3.0
_HEADER = "kind,event_time,message_id,recipient,delivery_id,smtp_code,bounce_type,reason,url"
_FAILURES = [
    ("550", "hard", "User unknown"),
    ("552", "soft", "Mailbox full"),
    ("554", "block", "Refused"),
    ("", "", ""),
]
_LINKS = ["https://a.example/", "https://b.example/sale?x=1&y=2", ""]
_ENGAGEMENT = (Kind.OPENED, Kind.CLICKED, Kind.UNSUBSCRIBED, Kind.COMPLAINED)


def random_log(seed: int, messages: int = 150) -> str:
    """An event CSV of the deliveries d1 and d2."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    lines = [line for number in range(messages) for line in _lines(dice, number)]
    return "\n".join([_HEADER, *lines]) + "\n"


def _lines(dice: random.Random, number: int) -> Iterator[str]:
    domain = dice.choice(["mail.example", "Post.example", "web.example"])
    message = f"m{number},u{number}@{domain},d{1 + number % 3 // 2}"
    at = START + timedelta(seconds=dice.randint(0, 1200))
    if number % 17 == 0:
        yield f"rejected,{at.isoformat()}Z,{message},,,{dice.choice(['Control group', 'Duplicate'])},"
        return
    yield f"relayed,{at.isoformat()}Z,{message},,,,"
    kinds = dice.choices([Kind.DEFERRED, Kind.DELIVERED, Kind.BOUNCED, Kind.CANCELLED], [4, 6, 2, 0.3], k=4)
    for kind in [*kinds[: dice.randint(0, 4)], *dice.sample(_ENGAGEMENT, dice.randint(0, 3))]:
        at += timedelta(seconds=dice.choice([2, 5, 40, 300, 1900]))
        code, bounce_type, reason = dice.choice(_FAILURES) if kind in (Kind.DEFERRED, Kind.BOUNCED) else ("", "", "")
        link = dice.choice(_LINKS) if kind is Kind.CLICKED else ""
        yield f"{kind},{at.isoformat()}Z,{message},{code},{bounce_type},{reason},{link}"
