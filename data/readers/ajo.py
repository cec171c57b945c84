"""Adobe Journey Optimizer's datasets of message feedback and e-mail tracking: as they are, or flattened."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from data.held import held_table, hold_table
from data.intake import LogFile
from data.log_head import Head
from data.readers.direct import JsonReader, TableReader
from data.readers.reader import Options, Reading
from data.records import stage_objects
from data.statements import Cursor

_JOURNEY = "_experience.customerJourneyManagement."
# Field -> where it stands.
_PATHS = {
    "event_id": "_id",
    "event_type": "eventType",
    "timestamp": "timestamp",
    "feedback_status": f"{_JOURNEY}messageDeliveryfeedback.feedbackStatus",
    "failure_type": f"{_JOURNEY}messageDeliveryfeedback.messageFailure.type",
    "failure_category": f"{_JOURNEY}messageDeliveryfeedback.messageFailure.category",
    "failure_code": f"{_JOURNEY}messageDeliveryfeedback.messageFailure.code",
    "failure_reason": f"{_JOURNEY}messageDeliveryfeedback.messageFailure.reason",
    "exclusion_code": f"{_JOURNEY}messageDeliveryfeedback.messageExclusion.code",
    "exclusion_reason": f"{_JOURNEY}messageDeliveryfeedback.messageExclusion.reason",
    "retry_count": f"{_JOURNEY}messageDeliveryfeedback.retryCount",
    "requested_at": f"{_JOURNEY}messageDeliveryfeedback.requestTimestamp",
    "interaction_type": f"{_JOURNEY}messageInteraction.interactionType",
    "url_id": f"{_JOURNEY}messageInteraction.urlID",
    "address": f"{_JOURNEY}emailChannelContext.address",
    "execution_id": f"{_JOURNEY}messageExecution.messageExecutionID",
    "message_id": f"{_JOURNEY}messageExecution.messageID",
    "action_id": f"{_JOURNEY}messageExecution.journeyActionID",
    "campaign_id": f"{_JOURNEY}messageExecution.campaignID",
    "batch_id": f"{_JOURNEY}messageExecution.batchInstanceID",
    "channel": f"{_JOURNEY}messageProfile.channel._id",
    "is_test": f"{_JOURNEY}messageProfile.isTestExecution",
}
_TELLING = {"feedback_status", "interaction_type"}


def _plain(heading: str) -> str:
    """A heading as it is compared: letters and digits only, from below the name of the product on."""
    return re.sub(r"[^a-z0-9]", "", heading.lower()).rpartition("customerjourneymanagement")[2]


_FIELD_OF = {_plain(path): field for field, path in _PATHS.items()}


def _field_of(heading: str) -> str:
    return _FIELD_OF.get(_plain(heading), heading.lower())


def _is_event(told: Mapping[str, Any]) -> bool:
    experience = told.get("_experience")
    return isinstance(experience, dict) and isinstance(experience.get("customerJourneyManagement"), dict)


def _is_table(fields: Collection[str]) -> bool:
    return not _TELLING.isdisjoint(fields)


def _nested() -> dict[str, Any]:
    """The fields as from_json takes them, nested as the objects are."""
    shape: dict[str, Any] = {}
    for path in _PATHS.values():
        *parents, name = path.split(".")
        reduce(lambda inner, key: inner.setdefault(key, {}), parents, shape)[name] = "VARCHAR"
    return shape


def _keys(objects: Collection[Mapping[str, Any]]) -> list[str]:
    """The keys of flattened objects: those of the first ones; for the others, dots or underscores, in their case."""
    seen = {key for told in objects for key in told if _field_of(key) in _PATHS}
    in_case = str.lower if all(key == key.lower() for key in seen) else str
    others = {in_case(key) for path in _PATHS.values() for key in (path, path.replace(".", "_"))}
    # DuckDB tells the names in a struct apart by more than their case.
    return sorted({key.lower(): key for key in (*sorted(others), *sorted(seen))}.values())


class _AjoJson(JsonReader):
    """Objects, nested as the datasets are."""


@dataclass(frozen=True, kw_only=True)
class _AjoTable(TableReader):
    """Rows of flattened columns, under a header or, in a Parquet file, as flat objects."""

    def detects(self, head: Head) -> bool:
        """True where the columns, or the keys of one of the first objects, tell what became of a message."""
        return super().detects(head) or any(_is_table({_field_of(key) for key in told}) for told in head.objects)

    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Stage the event of every row."""
        if not log.head.objects:
            return super().stage(cursor, log, source_id, options)
        keys = _keys(log.head.objects)
        records = stage_objects(cursor, log, dict.fromkeys(keys, "VARCHAR"))
        hold_table(cursor, "record", _columns(held_table(cursor, "record"), keys))
        self._told(cursor, source_id, options, log.lines_before)
        return self._reading(cursor, options, records, log.lines_before)


def _columns(record: pa.Table, keys: list[str]) -> pa.Table:
    """Objects as rows with a column per field, each from whichever of its keys is there."""
    told = record.filter(pc.is_valid(record["told"]))
    columns = {"record_line": told["line"]}
    for field in _PATHS:
        values = [pc.struct_field(told["told"], key) for key in keys if _field_of(key) == field]
        columns[field] = pc.coalesce(*values)
    return pa.table(columns)


AJO = _AjoJson(
    name="ajo",
    label="Journey Optimizer feedback",
    macros="ajo_macros",
    validity_hours=84.0,
    ceiling_hours=84.0,
    tells_engagement=True,
    joins=True,
    recognises=_is_event,
    shape=_nested(),
)
AJO_CSV = _AjoTable(
    name="ajo-csv",
    label="Journey Optimizer feedback, flattened",
    macros="ajo_macros",
    validity_hours=84.0,
    ceiling_hours=84.0,
    tells_engagement=True,
    joins=True,
    shared_family="ajo",
    columns=tuple(_PATHS),
    recognises=_is_table,
    column_of=_field_of,
)
