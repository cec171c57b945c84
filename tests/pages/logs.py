"""Small logs that the page tests and the browser tests look at."""

HOSTILE_LABEL = "<b>x</b> **y** $z$ :red[a]"
_HEADER = "kind,event_time,message_id,recipient,delivery_id,delivery_label,reason,bounce_type\n"


def _event(kind: str, clock: str, number: int, reason: str = "", bounce_type: str = "") -> str:
    return f"{kind},2026-03-02T{clock}Z,m{number},u{number}@example.com,DM1,Spring sale,{reason},{bounce_type}\n"


SETTLING_LOG = (
    _HEADER
    + "".join(_event("relayed", f"08:0{number}:00", number) for number in range(10))
    + "".join(_event("delivered", f"08:1{number}:00", number) for number in range(6))
    + _event("deferred", "08:20:00", 6, "Mailbox full")
    + _event("bounced", "08:25:00", 7, "User unknown", "hard")
    + _event("opened", "08:40:00", 1)
    + _event("delivered", "09:30:00", 6)
    + _event("clicked", "10:30:00", 1)
    + _event("opened", "11:00:00", 2)
)
"""Ten messages relayed from 8:00 to 8:09; at 8:20, six are accepted and one is retried, which is accepted at 9:30; one
bounces at 8:25; two never get any feedback. Two are opened, one clicked. The log ends at 11:00, 180 minutes in."""

SILENT_LOG = (
    (
        _HEADER
        + "".join(_event("relayed", "08:00:00", number) for number in range(10))
        + _event("bounced", "09:30:00", 3, "User unknown", "hard")
    )
    .replace("DM1,Spring sale", f"DM2,{HOSTILE_LABEL}")
    .replace("2026-03-02", "2026-03-03")
)
"""Ten messages relayed at once, one bounced 90 minutes later: a log without feedback, and with a nasty label."""
