"""The vocabulary: the canonical events and what each may say (DOMAIN section 2)."""

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
# A click implies an open, and so does leaving the list: both need the message on screen.
IMPLIES_OPEN = frozenset({Kind.OPENED, Kind.CLICKED, Kind.UNSUBSCRIBED})
# Any of these shows that the mail server had feedback from the receiving side.
DELIVERY_FEEDBACK = frozenset({Kind.DELIVERED, Kind.DEFERRED})


class BounceType(StrEnum):
    """Why a message failed for good, in the field's five words."""

    HARD = "hard"
    SOFT = "soft"
    BLOCK = "block"
    ADMIN = "admin"
    UNDETERMINED = "undetermined"


class Phase(StrEnum):
    """When a bounce was reported: in the SMTP dialogue, or by a later message."""

    IN_BAND = "in_band"
    OUT_OF_BAND = "out_of_band"
