"""Adobe Campaign's delivery and tracking logs as XDM experience events, with full or with short names."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from data.intake import LogFile
from data.readers.direct import JsonReader
from data.readers.reader import Limits, Options, Reading
from data.sentences import Sentence
from data.statements import Cursor

_NAMESPACE = "https://ns.adobe.com/experience/campaign/"
_FIELDS = (
    "broadlogID", "trackinglogID", "deliveryID", "deliveryLabel", "deliveryName", "recipientID", "externalID", "status",
    "reason", "reasonMessage", "controlGroupMember", "seedMember", "proofMember", "url",
)  # fmt: skip
_TOP = ("_id", "@id", "timestamp", "xdm:timestamp", "eventType", "xdm:eventType")
_LOG_IDS = ("broadlogID", "trackinglogID")
_ASSUMED = Sentence(
    "Its status Sent was read as handed over to the mail server, as measured without the Email Feedback Service; if "
    "the instance measures with it, remove the source and import it with --efs yes."
)


def _is_log(told: Mapping[str, Any]) -> bool:
    experience = told.get("_experience")
    short = experience.get("campaign") if isinstance(experience, dict) else None
    return any(f"{_NAMESPACE}{name}" in told or (isinstance(short, dict) and name in short) for name in _LOG_IDS)


class _XdmCampaign(JsonReader):
    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Stage the event of every object."""
        cursor.execute("SET VARIABLE efs = $1", [options.efs or False])
        reading = super().stage(cursor, log, source_id, options)
        return reading if options.efs is not None else replace(reading, notes=(*reading.notes, _ASSUMED))


XDM_CAMPAIGN = _XdmCampaign(
    name="xdm-campaign",
    label="XDM Campaign logs",
    validity_hours=84.0,
    ceiling_hours=84.0,
    tells_engagement=True,
    joins=True,
    limits=Limits(leaves_efs_open=True),
    recognises=_is_log,
    shape={
        **dict.fromkeys(_TOP, "VARCHAR"),
        **{f"{_NAMESPACE}{name}": "VARCHAR" for name in _FIELDS},
        "_experience": {"campaign": dict.fromkeys(_FIELDS, "VARCHAR")},
    },
)
