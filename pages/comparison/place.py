"""Where a delivery stands among the chosen ones at the same time since the send, and where it may end."""

from dataclasses import dataclass

import pandas as pd

from analytics.modes import Kpi
from analytics.reference_band import Now, Placement, Projection, placement, projection
from analytics.tile import Tile
from data.deliveries import Delivery
from data.snapshot import Snapshot
from data.states import State
from pages.comparison.answers import last_tiles_of, tiles_after_of
from pages.comparison.chosen import MEASURES
from pages.deliveries.standing import standing
from pages.i18n.formats import share_text, span_text
from pages.i18n.words import plural, words
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
    then = tiles_after_of(store, asked, minutes).set_index("delivery_key")
    then = then[then.index.isin(keys)]
    counts = state_counts_of(store, asked.delivery, asked.at, with_test_profiles=asked.with_test_profiles)
    is_final = standing(asked.delivery, facts_of(store, asked.delivery), counts, asked.at).is_final
    finals = _finals(store, asked, others)
    has_estimate = minutes > 0 and not is_final
    projected = projection(_now(counts), then, finals, kpi, shown.base) if has_estimate else None
    placed = placement(getattr(shown, rate), then[rate])
    return Place(kpi, shown, minutes, len(others), placed, projected, len(finals), is_final)


def place_words(place: Place) -> str:
    """A sentence with the numbers."""
    if place.share is None:
        return words("There is no share yet to compare.")
    if not place.chosen:
        return words("No delivery is chosen to compare with.")
    if place.placed is None:
        return words("None of the chosen deliveries is observed for {age}.", age=place.age)
    told = place.placed
    start = words(
        "At {age} {measure} is {share}",
        age=place.age,
        measure=words(MEASURES[place.kpi]),
        share=share_text(place.share),
    )
    return f"{start}, {_among(told)}"


def projection_words(place: Place) -> str:
    """What the estimate rests on, or why there is none."""
    if place.is_final:
        return words("It is final.")
    if place.projected is None:
        return _no_estimate_words(place) if place.chosen else ""
    told = place.projected
    return plural(
        "Estimate, if it goes on like the one that is final: {measure} ends at {share}.",
        "Estimate, if it goes on like the {count} that are final: {measure} ends at {share} ({range}).",
        told.deliveries,
        measure=words(MEASURES[place.kpi]),
        share=share_text(told.median),
        range=range_words(told),
    )


def _no_estimate_words(place: Place) -> str:
    if place.is_too_early:
        return words("It is too early for an estimate of the final value.")
    if not place.finals:
        return words("No estimate of the final value: none of the chosen deliveries is final.")
    return words(
        "No estimate of the final value: at {age} those of the chosen deliveries that are final had hardly a message "
        "open, or had not begun.",
        age=place.age,
    )


def range_words(told: Placement | Projection) -> str:
    """From the lowest share to the highest, or the one where both read the same."""
    low, high = share_text(told.low), share_text(told.high)
    return low if low == high else words("{low} to {high}", low=low, high=high)


def _among(told: Placement) -> str:
    numbers = {"range": range_words(told), "median": share_text(told.median)}
    if told.is_below_all:
        return plural(
            "below the one chosen delivery ({range}).",
            "below all {count} chosen deliveries ({range}).",
            told.deliveries,
            **numbers,
        )
    if told.is_above_all:
        return plural(
            "above the one chosen delivery ({range}).",
            "above all {count} chosen deliveries ({range}).",
            told.deliveries,
            **numbers,
        )
    return plural(
        "as the one chosen delivery ({range}).",
        "within the {count} chosen deliveries ({range}, median {median}): {lower} lower, {alike} alike, {higher} "
        "higher.",
        told.deliveries,
        alike=told.deliveries - told.lower - told.higher,
        lower=told.lower,
        higher=told.higher,
        **numbers,
    )


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
