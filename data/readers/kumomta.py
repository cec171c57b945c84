"""KumoMTA's log: one JSON record a line, in segments that are zstd without an extension."""

from data.readers.direct import JsonReader

_KEYS = (
    "type", "id", "sender", "recipient", "queue", "event_time", "timestamp", "created_time", "created", "num_attempts",
    "bounce_classification", "delivery_protocol", "reception_protocol",
)  # fmt: skip

KUMOMTA = JsonReader(
    name="kumomta",
    label="KumoMTA log",
    validity_hours=168.0,
    tells_engagement=False,
    joins=True,
    tells_once=False,
    recognises=lambda told: "type" in told and "queue" in told and ("peer_address" in told or "nodeid" in told),
    shape={
        **dict.fromkeys(_KEYS, "VARCHAR"),
        "meta": {"campaign": "VARCHAR"},
        "headers": "MAP(VARCHAR, VARCHAR)",
        "response": {
            "code": "VARCHAR",
            "enhanced_code": {"class": "VARCHAR", "subject": "VARCHAR", "detail": "VARCHAR"},
            "content": "VARCHAR",
        },
        "feedback_report": {
            "feedback_type": "VARCHAR",
            "original_rcpto_to": "VARCHAR",
            "original_rcpt_to": "VARCHAR",
            "supplemental_trace": {"recipient": "VARCHAR"},
        },
    },
)
