"""What the page has to show, asked of a copy of the store that nobody else has open."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from analytics.modes import Mode
from analytics.tile import tile
from data.answers import delivery_facts
from data.deliveries import Delivery, deliveries
from data.store import Store
from pages.deliveries.tile_row import tile_metrics
from pages.i18n.formats import moment_text
from pages.session.scrubber import last_minute


@dataclass(frozen=True)
class Numbers:
    """The tile as it is shown."""

    values: tuple[str, ...]
    """The six large numbers."""
    made_of: tuple[str, ...]
    """What stands below them: counts and their bases."""
    as_of: str
    """The moment, in words."""
    delivered: int
    """Messages that count as Delivered."""


class Truth:
    """The numbers of one state of the store."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path)
        self._deliveries = {each.delivery_id: each for each in deliveries(self._store)}
        self.numbers = cache(self._numbers)
        """The numbers of a delivery in a mode, a whole minute after its start; None where it does not exist."""

    @property
    def delivery_ids(self) -> list[str]:
        """The deliveries."""
        return list(self._deliveries)

    def close(self) -> None:
        """Close the copy."""
        self._store.close()

    def _numbers(self, delivery_id: str, mode: Mode, minute: int) -> Numbers | None:
        about = self._deliveries.get(delivery_id)
        if about is None or minute > last_minute(about):
            return None
        shown = tile(self._store, about, mode, _moment(about, minute))
        told = tile_metrics(shown, delivery_facts(self._store, about))
        return Numbers(
            tuple(metric.value for metric in told),
            tuple(metric.made_of for metric in told),
            moment_text(shown.at),
            shown.delivered,
        )


def _moment(about: Delivery, minute: int) -> datetime:
    return about.observed_until if minute == last_minute(about) else about.started_at + timedelta(minutes=minute)
