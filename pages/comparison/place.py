"""Where a delivery stands among the chosen ones at the same time since the send, and where it may end."""

from dataclasses import dataclass

import pandas as pd

from analytics.modes import Kpi
from analytics.projection import Now, Projection, projection
from analytics.reference_band import Placement, placement
from analytics.tile import Tile
from data.deliveries import Delivery
from data.snapshot import Snapshot
from data.states import State
from pages.comparison.answers import last_tiles_of, tiles_after_of
from pages.deliveries.standing import standing
from pages.i18n.formats import span_text
from pages.session.answers import facts_of, state_counts_of, tile_of
from pages.session.asked import Filters

_MINUTE = pd.Timedelta(minutes=1)


@dataclass(frozen=True)
class Place:
    """What is known of a delivery among others at the chosen moment."""

    kpi: Kpi
    tile: Tile
    minutes: int
    """Whole minutes since the send, at which the others are looked at."""
    chosen: int
    """How many deliveries were chosen, observed that long or not."""
    offered: int
    """How many deliveries that were not chosen are observed that long."""
    placed: Placement | None
    projected: Projection | None
    """None where it is final already, where it is too early, or where the chosen ones tell nothing."""
    finals: int
    """How many of the chosen ones are final."""
    is_final: bool

    @property
    def share(self) -> float | None:
        """Its own share."""
        share: float | None = getattr(self.tile, f"{self.kpi}_rate")
        return share

    @property
    def is_too_early(self) -> bool:
        """Whether nothing has happened yet that an estimate could start from."""
        return not self.minutes or not self.tile.sent

    @property
    def age(self) -> str:
        """The time since the send, in words."""
        return span_text(self.minutes * _MINUTE)


def place_of(store: Snapshot, asked: Filters, others: list[Delivery], kpi: Kpi) -> Place:
    """Where the delivery stands at the chosen moment."""
    shown, rate = tile_of(store, asked), f"{kpi}_rate"
    minutes = max(0, (asked.at - asked.delivery.started_at) // _MINUTE)
    keys = [other.delivery_key for other in others]
    every = tiles_after_of(store, asked, minutes).set_index("delivery_key")
    then = every[every.index.isin(keys)]
    offered = int((~every.index.isin([*keys, asked.delivery.delivery_key])).sum())
    counts = state_counts_of(store, asked.delivery, asked.at, with_test_profiles=asked.with_test_profiles)
    is_final = standing(asked.delivery, facts_of(store, asked.delivery), counts, asked.at).is_final
    finals = _finals(store, asked, others)
    has_estimate = minutes > 0 and not is_final
    projected = projection(_now(counts), then, finals, kpi, shown.base) if has_estimate else None
    placed = placement(getattr(shown, rate), then[rate])
    return Place(kpi, shown, minutes, len(others), offered, placed, projected, len(finals), is_final)


def _now(state_counts: pd.DataFrame) -> Now:
    counts = state_counts.iloc[0]
    return Now(
        to_deliver=int(counts["to_deliver"]),
        sent=int(counts["sent"]),
        waiting=int(counts[State.TARGETED]),
        in_flight=int(counts[State.IN_FLIGHT]),
        retrying=int(counts[State.RETRYING]),
        accepted=int(counts[State.DELIVERED]),
        failed=int(counts[State.FAILED] + counts[State.INFERRED_EXPIRY]),
    )


def _finals(store: Snapshot, asked: Filters, others: list[Delivery]) -> pd.DataFrame:
    """The last tiles of those of the others that are final and can answer in the mode.

    Final: nothing is open, or their validity period is over.
    """
    ended = {one.delivery_key for one in others if one.observed_until >= one.ended_at}
    last = last_tiles_of(store, asked).dropna(subset=Kpi.DELIVERED.value).set_index("delivery_key")
    last = last[last.index.isin([one.delivery_key for one in others])]
    is_open = last[["waiting", "in_flight", "retrying"]].sum(axis=1) > 0
    return last[~is_open | last.index.isin(list(ended))]
