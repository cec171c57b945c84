"""What the logs of a delivery, or one file, can answer: the facts. In words: data/answer_words.py."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from data.deliveries import Delivery
from data.readers.registry import reader_named
from data.statements import Cursor, run
from data.store import Store
from data.told_facts import MessageFacts, SourceFacts

_MOST = 2**31 - 1
_LISTS = ("delivery_ids", "unlabelled_ids")


@dataclass(frozen=True)
class Facts:
    """What the logs of a delivery, or one file, can answer."""

    sources: tuple[SourceFacts, ...]
    messages: MessageFacts

    @property
    def has_delivery_feedback(self) -> bool:
        """Whether acceptances or retries are told."""
        return any(source.has_delivery_feedback for source in self.sources)

    @property
    def tells_failures_alone(self) -> bool:
        """Whether nothing is told of a message but that it failed: no relay and no acceptance."""
        relayed = self.messages.relayed
        return bool(relayed) and not self.has_delivery_feedback and self.messages.inferred_relays == relayed

    @property
    def may_be_with_efs(self) -> bool:
        """Whether some file can be read with the Email Feedback Service as well as without."""
        return any(source.limits.leaves_efs_open for source in self.sources)

    @property
    def has_late_bounces(self) -> bool:
        """Whether failures are told that came after the acceptance."""
        return bool(self.messages.late_corrections) or any(source.has_late_bounces for source in self.sources)

    @property
    def has_engagement(self) -> bool:
        """Whether opens or clicks are told."""
        return any(source.has_engagement for source in self.sources)

    @property
    def tells_engagement(self) -> bool:
        """Whether logs of these formats can tell of opens and clicks at all."""
        return any(reader_named(source.format).tells_engagement for source in self.sources)

    @property
    def engagement_logs(self) -> list[str]:
        """The logs in which opens and clicks stand, where they are not in these."""
        return sorted({source.limits.engagement_log for source in self.sources if source.limits.engagement_log})

    @property
    def exports(self) -> list[datetime]:
        """The moments of the snapshots among the files, ascending."""
        moments = {source.observed_until for source in self.sources if not source.limits.tells_course}
        return sorted(moment for moment in moments if moment)

    @property
    def longest_interval(self) -> timedelta:
        """The longest time between two snapshots; none where there are not two."""
        return max((after - before for before, after in pairwise(self.exports)), default=timedelta())

    @property
    def begins_late(self) -> bool:
        """Whether the logs begin in the middle of the send, so that what was settled before is missing.

        Only logs that tell the relay as it happens can show that.
        """
        tells_relay = self.messages.inferred_relays < self.messages.relayed
        return self.messages.begins_late and tells_relay and not self.exports

    @property
    def is_everyone_named(self) -> bool:
        """Whether every message is named when it is relayed, so that To deliver needs no further word."""
        return not self.messages.inferred_relays and not self.begins_late

    @property
    def is_unnamed(self) -> bool:
        """Whether messages of which no delivery is named stand together as one."""
        return any(source.unnamed_id in source.delivery_ids for source in self.sources)

    @property
    def is_named(self) -> bool:
        """Whether messages are of another delivery than that."""
        return any({*source.delivery_ids} - {source.unnamed_id} for source in self.sources)

    @property
    def is_declared(self) -> bool:
        """Whether the analyst named the delivery."""
        return any(source.declared_label in source.delivery_ids for source in self.sources)

    @property
    def is_named_by_file(self) -> bool:
        """Whether the delivery was called after its file."""
        return any(source.is_name_of_delivery for source in self.sources)

    @property
    def is_grouped(self) -> bool:
        """Whether Sendlog made deliveries of the messages."""
        return not all(source.limits.names_deliveries for source in self.sources)


def delivery_facts(store: Store, delivery: Delivery) -> Facts:
    """What the logs of a delivery can answer."""
    with store.cursor() as cursor:
        return _facts(cursor, (delivery.delivery_key, delivery.delivery_key), (0, _MOST))


def source_facts(cursor: Cursor, source_id: int) -> Facts:
    """What a file can answer of the messages that it speaks of."""
    return _facts(cursor, (0, _MOST), (source_id, source_id))


def _facts(cursor: Cursor, deliveries: tuple[int, int], sources: tuple[int, int]) -> Facts:
    names = ("first_delivery", "last_delivery", "first_source", "last_source")
    asked = dict(zip(names, deliveries + sources, strict=True))
    told = [row | {name: tuple(row[name]) for name in _LISTS} for row in _rows(cursor, "answers_source", asked)]
    messages = [MessageFacts(**row) for row in _rows(cursor, "answers_message", asked)]
    return Facts(tuple(SourceFacts(**row) for row in told), *messages)


def _rows(cursor: Cursor, question: str, asked: dict[str, int]) -> list[dict[str, Any]]:
    run(cursor, question, **asked)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
