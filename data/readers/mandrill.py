"""Mandrill's webhooks (Mailchimp Transactional): the posted batches, or the events of many, one a line."""

from data.readers.direct import JsonReader
from data.readers.reader import Limits

_MESSAGE = ("_id", "ts", "email", "tags", "subaccount", "bounce_description", "bgtools_code", "diag", "smtp_events")

MANDRILL = JsonReader(
    name="mandrill",
    label="Mandrill webhooks",
    validity_hours=72.0,
    tells_engagement=True,
    limits=Limits(tells_late_bounces=False),
    joins=True,
    recognises=lambda told: "event" in told and "msg" in told and "_id" in told,
    shape={
        **dict.fromkeys(("event", "type", "ts", "_id", "url"), "VARCHAR"),
        "msg": dict.fromkeys(_MESSAGE, "VARCHAR"),
    },
)
