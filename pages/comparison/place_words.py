"""Where a delivery stands among the chosen ones, and where it may end, in words."""

from analytics.projection import Projection
from analytics.reference_band import Placement
from pages.comparison.chosen import MEASURES
from pages.comparison.place import Place
from pages.i18n.formats import share_text
from pages.i18n.words import plural, words


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
