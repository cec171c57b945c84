"""Mailgun's events: what its webhooks post, and what its Events API lists."""

from collections.abc import Mapping
from typing import Any

from data.readers.direct import JsonReader

_EVENT = {
    **dict.fromkeys(("event", "timestamp", "id", "recipient", "severity", "reason", "url", "tags"), "VARCHAR"),
    "message": {"headers": {"message-id": "VARCHAR", "to": "VARCHAR"}},
    "delivery-status": dict.fromkeys(
        ("code", "message", "description", "attempt-no", "enhanced-code", "bounce-type"), "VARCHAR"
    ),
    "reject": {"reason": "VARCHAR", "description": "VARCHAR"},
    "flags": {"is-test-mode": "VARCHAR", "is-delayed-bounce": "VARCHAR"},
}


def _is_event(told: Mapping[str, Any]) -> bool:
    return "event-data" in told or ("log-level" in told and "event" in told)


MAILGUN = JsonReader(
    name="mailgun",
    label="Mailgun events",
    validity_hours=8.0,
    tells_engagement=True,
    joins=True,
    recognises=_is_event,
    shape={"event-data": _EVENT, **_EVENT},
)
