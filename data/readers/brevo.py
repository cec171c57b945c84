"""Brevo's webhooks, of single messages and of campaigns, and the event report of its API."""

from collections.abc import Mapping
from typing import Any

from data.readers.direct import JsonReader
from data.readers.reader import Limits

_KEYS = (
    "event", "email", "message-id", "messageId", "ts_epoch", "ts_event", "ts", "date", "ts_sent", "camp_id",
    "campaign name", "tags", "tag", "reason", "link",
)  # fmt: skip
_IDENTITIES = ("message-id", "messageId", "camp_id")


def _is_event(told: Mapping[str, Any]) -> bool:
    return "event" in told and "email" in told and any(name in told for name in _IDENTITIES)


BREVO = JsonReader(
    name="brevo",
    label="Brevo webhooks",
    validity_hours=36.0,
    tells_engagement=True,
    limits=Limits(tells_late_bounces=False),
    joins=True,
    recognises=_is_event,
    shape=dict.fromkeys(_KEYS, "VARCHAR"),
)
