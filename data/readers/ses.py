"""Amazon SES: events published by a configuration set, and notifications of an identity, in SNS envelopes or bare."""

from collections.abc import Mapping
from typing import Any

from data.readers.direct import JsonReader

_STAMP = {"timestamp": "VARCHAR"}
_BOUNCED = {"emailAddress": "VARCHAR", "status": "VARCHAR", "diagnosticCode": "VARCHAR"}
_PREFERENCES = {
    "unsubscribeAll": "VARCHAR",
    "topicSubscriptionStatus": [{"topicName": "VARCHAR", "subscriptionStatus": "VARCHAR"}],
}
_EVENT = {
    "eventType": "VARCHAR",
    "notificationType": "VARCHAR",
    "mail": {
        **_STAMP,
        "messageId": "VARCHAR",
        "destination": ["VARCHAR"],
        "tags": "MAP(VARCHAR, VARCHAR[])",
    },
    "bounce": {
        **_STAMP,
        "feedbackId": "VARCHAR",
        "bounceType": "VARCHAR",
        "bounceSubType": "VARCHAR",
        "bouncedRecipients": [_BOUNCED],
    },
    "complaint": {
        **_STAMP,
        "feedbackId": "VARCHAR",
        "complaintFeedbackType": "VARCHAR",
        "complaintSubType": "VARCHAR",
        "complainedRecipients": [{"emailAddress": "VARCHAR"}],
    },
    "delivery": {**_STAMP, "recipients": ["VARCHAR"], "smtpResponse": "VARCHAR"},
    "deliveryDelay": {
        **_STAMP,
        "delayType": "VARCHAR",
        "expirationTime": "VARCHAR",
        "delayedRecipients": [_BOUNCED],
    },
    "reject": {"reason": "VARCHAR"},
    "failure": {"errorMessage": "VARCHAR"},
    "open": _STAMP,
    "click": {**_STAMP, "link": "VARCHAR"},
    "subscription": {**_STAMP, "newTopicPreferences": _PREFERENCES, "oldTopicPreferences": _PREFERENCES},
}
"""ses.sql names the same keys for what an SNS envelope holds as text."""


def _recognises(told: Mapping[str, Any]) -> bool:
    is_event = ("eventType" in told or "notificationType" in told) and "mail" in told
    return is_event or ("Type" in told and "TopicArn" in told and "Message" in told)


SES = JsonReader(
    name="ses",
    label="Amazon SES events",
    validity_hours=14.0,
    tells_engagement=True,
    joins=True,
    tells_once=False,
    recognises=_recognises,
    shape={"Message": "VARCHAR", **_EVENT},
)
