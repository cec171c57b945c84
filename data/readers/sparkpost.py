"""SparkPost's events: webhook batches, pages of the Events API, Momentum's NDJSON, and the same events as CSV."""

from collections.abc import Collection, Mapping
from typing import Any

from data.readers.direct import JsonReader, TableReader

_KEYS = (
    "type", "timestamp", "event_id", "message_id", "rcpt_to", "raw_rcpt_to", "rcpt_hash", "campaign_id",
    "transmission_id", "injection_time", "queue_time", "num_retries", "bounce_class", "error_code", "raw_reason",
    "reason", "fbtype", "target_link_url",
)  # fmt: skip
_TELLING = frozenset(("rcpt_to", "raw_rcpt_to", "rcpt_hash", "bounce_class", "transmission_id"))
"""Keys beside `type` that no other format has."""


def _is_event(told: Mapping[str, Any]) -> bool:
    return isinstance(told.get("msys"), dict) or ("event" not in told and _is_flat(told))


def _is_flat(keys: Collection[str]) -> bool:
    return "type" in keys and not _TELLING.isdisjoint(keys)


SPARKPOST = JsonReader(
    name="sparkpost",
    label="SparkPost events",
    macros="sparkpost_macros",
    validity_hours=72.0,
    tells_engagement=True,
    joins=True,
    recognises=_is_event,
    # What msys holds is named by the kind of event: message_event, track_event, ...
    shape=dict.fromkeys(_KEYS, "VARCHAR") | {"msys": f"MAP(VARCHAR, STRUCT({' VARCHAR, '.join(_KEYS)} VARCHAR))"},
)
SPARKPOST_CSV = TableReader(
    name="sparkpost-csv",
    label="SparkPost event CSV",
    macros="sparkpost_macros",
    shared_family=SPARKPOST.family,
    validity_hours=SPARKPOST.validity_hours,
    tells_engagement=True,
    joins=True,
    columns=_KEYS,
    recognises=_is_flat,
)
