"""What one file tells of the deliveries asked for, and what the fold was told of their messages and inferred."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.joining import unnamed_delivery
from data.readers.reader import Limits
from data.readers.registry import reader_named


@dataclass(frozen=True)
class SourceFacts:
    """What a file tells of the deliveries asked for, and what was declared of it. Times are UTC."""

    name: str
    format: str
    timezone: str | None
    year: int | None
    declared_label: str | None
    observed_until: datetime | None
    delivery_ids: tuple[str, ...]
    unlabelled_ids: tuple[str, ...]
    """Those of the deliveries to which the file gives no label."""
    has_delivery_feedback: bool
    has_engagement: bool
    has_late_bounces: bool
    is_time_assumed: bool

    @property
    def limits(self) -> Limits:
        """What no log of its format can tell."""
        return reader_named(self.format).limits

    @property
    def unnamed_id(self) -> str:
        """The delivery of the messages of its format of which none is named."""
        return unnamed_delivery(reader_named(self.format).family)

    @property
    def is_name_of_delivery(self) -> bool:
        """Whether a delivery was called after the file."""
        return self.limits.is_called_after_file and Path(self.name.removesuffix(".gz")).stem in self.unlabelled_ids

    @property
    def is_zone_assumed(self) -> bool:
        """Whether times name no zone, and nobody declared one."""
        return self.is_time_assumed and self.timezone is None

    @property
    def is_year_assumed(self) -> bool:
        """Whether times may name no year, and nobody declared it."""
        return self.is_time_assumed and self.year is None and not self.limits.tells_years


@dataclass(frozen=True)
class MessageFacts:
    """What the fold was told and what it inferred. Counts of messages, test profiles included."""

    named: int
    relayed: int
    inferred_relays: int
    """Of those relayed, the ones without a relay event."""
    told_expiries: int
    inferred_expiries: int
    """Failed, as matters stand, because the validity period ended while they were retried."""
    late_corrections: int
    """Failed after they had been accepted."""
    begins_late: bool
    """Whether the logs speak from a moment on that lies after the start of a delivery."""
