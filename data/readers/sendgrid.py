"""SendGrid's event webhook: the posted batches, or the events of many, one a line."""

from data.readers.direct import JsonReader

_KEYS = (
    "email", "timestamp", "event", "sg_event_id", "sg_message_id", "category", "marketing_campaign_id",
    "marketing_campaign_name", "singlesend_id", "singlesend_name", "reason", "status", "response", "attempt", "type",
    "bounce_classification", "url",
)  # fmt: skip

SENDGRID = JsonReader(
    name="sendgrid",
    label="SendGrid event webhook",
    validity_hours=72.0,
    tells_engagement=True,
    joins=True,
    recognises=lambda told: "sg_event_id" in told and "event" in told,
    shape=dict.fromkeys(_KEYS, "VARCHAR"),
)
