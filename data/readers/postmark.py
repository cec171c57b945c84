"""Postmark's webhooks, collected: deliveries, bounces, complaints, opens, clicks and changes of subscriptions."""

from data.readers.direct import JsonReader
from data.readers.reader import Limits

_KEYS = (
    "RecordType", "MessageID", "MessageStream", "Recipient", "Email", "Tag", "DeliveredAt", "BouncedAt", "ReceivedAt",
    "ChangedAt", "ID", "Type", "Description", "Details", "OriginalLink", "SuppressSending", "SuppressionReason",
)  # fmt: skip

POSTMARK = JsonReader(
    name="postmark",
    label="Postmark webhooks",
    validity_hours=72.0,
    tells_engagement=True,
    limits=Limits(tells_late_bounces=False),
    joins=True,
    recognises=lambda told: "RecordType" in told,
    shape=dict.fromkeys(_KEYS, "VARCHAR"),
)
