"""How far a delivery is at a moment, in words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pandas as pd

from data.answers import Facts
from data.deliveries import LATE_BOUNCES, Delivery
from data.states import State
from pages.i18n.formats import count_text, hours_left_text, moment_text, share_text
from pages.i18n.words import plural, words


class Stage(StrEnum):
    """The stages of a delivery; the value is the icon of its badge."""

    RELAYING = "outbox"
    SETTLING = "hourglass_top"
    AWAITING_FAILURES = "hourglass_bottom"
    INCOMPLETE = "hide_source"
    FINAL_BUT_FOR_LATE_BOUNCES = "task_alt"
    FINAL = "check_circle"


@dataclass(frozen=True)
class Standing:
    """Where a delivery stands at a moment. Counts of messages."""

    at: datetime
    to_deliver: int
    waiting: int
    """Not relayed yet."""
    in_flight: int
    retrying: int
    delivered: int
    ended_at: datetime
    late_bounces_until: datetime
    has_feedback: bool = True
    """Whether acceptances and retries are told, so that a message can settle before the period ends."""
    log_begins: datetime | None = None
    """Where the log begins only after the start of the delivery."""

    @property
    def gap(self) -> int:
        """By so many messages the two ways of measuring differ in Delivered."""
        return self.in_flight + self.retrying

    @property
    def stage(self) -> Stage:
        """How far it is. What is still open when the validity period ends is not going to be told."""
        if self.at < self.ended_at and self.waiting:
            return Stage.RELAYING
        if self.at < self.ended_at and self.gap:
            return Stage.SETTLING if self.has_feedback else Stage.AWAITING_FAILURES
        if self.log_begins:
            return Stage.INCOMPLETE
        return Stage.FINAL_BUT_FOR_LATE_BOUNCES if self.at < self.late_bounces_until else Stage.FINAL

    @property
    def is_final(self) -> bool:
        """Whether the validity period holds no more surprises."""
        return self.stage in (Stage.FINAL, Stage.FINAL_BUT_FOR_LATE_BOUNCES, Stage.INCOMPLETE)

    @property
    def words(self) -> str:
        """The badge's words."""
        left = hours_left_text(self.ended_at - self.at)
        if self.stage is Stage.SETTLING:
            open_share = self.gap / self.to_deliver
            return words("settling: {share} open, {left} left", share=share_text(open_share), left=left)
        if self.stage is Stage.AWAITING_FAILURES:
            return words("not final: failures may be reported for another {left}", left=left)
        if self.stage is Stage.FINAL_BUT_FOR_LATE_BOUNCES:
            until = moment_text(self.late_bounces_until)
            return words("final, late bounces possible until {until}", until=until)
        if self.stage is Stage.RELAYING:
            return words("relaying")
        return words("incomplete log") if self.stage is Stage.INCOMPLETE else words("final")

    @property
    def gap_words(self) -> str:
        """Why the two ways of measuring differ now, or that they agree."""
        if not self.gap:
            return words("With and without EFS agree: no message is in flight or retrying.")
        return plural(
            "Without EFS counts {count} more message as Delivered than with EFS: {in_flight} in flight, "
            "{retrying} retrying.",
            "Without EFS counts {count} more messages as Delivered than with EFS: {in_flight} in flight, "
            "{retrying} retrying.",
            self.gap,
            in_flight=self.in_flight,
            retrying=self.retrying,
        )

    @property
    def beginning_words(self) -> str | None:
        """What is missing where the log begins after the start of the delivery."""
        if self.log_begins is None:
            return None
        return words(
            "The log begins {moment}, after this delivery started: what was settled before is missing, so the counts "
            "are those still in the queue.",
            moment=moment_text(self.log_begins),
        )

    @property
    def silence_words(self) -> str | None:
        """What the messages without any feedback leave open after the end of the validity period."""
        if self.at < self.ended_at or not self.in_flight:
            return None
        least, most = self.delivered, self.delivered + self.in_flight
        return words(
            "No feedback: {count}. Delivered lies between {least} and {most} of those to deliver.",
            count=self.in_flight,
            least=self._of_all(least),
            most=self._of_all(most),
        )

    def _of_all(self, count: int) -> str:
        return f"{count_text(count)} ({share_text(count / self.to_deliver)})"


def standing(delivery: Delivery, facts: Facts, state_counts: pd.DataFrame, at: datetime) -> Standing:
    """Where a delivery stands. facts: of its logs; state_counts: one row, of analytics.tile.state_counts."""
    counts = state_counts.iloc[0]
    return Standing(
        at=at,
        to_deliver=int(counts["to_deliver"]),
        waiting=int(counts[State.TARGETED]),
        in_flight=int(counts[State.IN_FLIGHT]),
        retrying=int(counts[State.RETRYING]),
        delivered=int(counts[State.DELIVERED]),
        ended_at=delivery.ended_at,
        late_bounces_until=delivery.started_at + LATE_BOUNCES,
        has_feedback=delivery.has_delivery_feedback,
        log_begins=delivery.observed_from if facts.begins_late else None,
    )
