"""The vocabulary: the canonical events and what each may say: docs/event-log.md."""

from enum import StrEnum


class Kind(StrEnum):
    """What a log can say about a message. The values are the stored strings."""

    TARGETED = "targeted"
    REJECTED = "rejected"
    RELAYED = "relayed"
    DEFERRED = "deferred"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    EXPIRED = "expired"
    FAILED = "failed"
    CANCELLED = "cancelled"
    OPENED = "opened"
    CLICKED = "clicked"
    UNSUBSCRIBED = "unsubscribed"
    SUBSCRIBED = "subscribed"
    COMPLAINED = "complained"
    AUTORESPONDED = "autoresponded"
    UNKNOWN = "unknown"


# Equal moments are ordered by this rank; the order is that of the members above, which is also the ENUM's in the store.
RANK = {kind: rank for rank, kind in enumerate(Kind)}

ENGAGEMENT = frozenset(
    {Kind.OPENED, Kind.CLICKED, Kind.UNSUBSCRIBED, Kind.SUBSCRIBED, Kind.COMPLAINED, Kind.AUTORESPONDED}
)
