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
        return f"{words('No delivery is chosen to compare with.')} {_offered_words(place)}"
    if place.placed is None:
        return words("None of the chosen deliveries is observed for {age}.", age=place.age)
    told = place.placed
    start = words(
        "At {age} {measure} is {share}",
        age=place.age,
        measure=words(MEASURES[place.kpi]),
        share=share_text(place.share),
    )
    return f"{start}, {_among(told)}{_observed_words(place, told)}"


def _offered_words(place: Place) -> str:
    """Which others could be compared with, for by default only the earlier ones are."""
    if not place.offered:
        return words("No other one is observed for {age}.", age=place.age)
    return plural(
        "By default the earlier ones like it are; {count} other one is observed for {age} and can be chosen.",
        "By default the earlier ones like it are; {count} other ones are observed for {age} and can be chosen.",
        place.offered,
        age=place.age,
    )


def _observed_words(place: Place, told: Placement) -> str:
    """How many of those chosen are compared, where some are not."""
    if told.deliveries == place.chosen:
        return ""
    text = plural(
        "{count} of the {chosen} chosen is observed that long.",
        "{count} of the {chosen} chosen are observed that long.",
        told.deliveries,
        chosen=place.chosen,
    )
    return f" {text}"


def projection_words(place: Place) -> str:
    """What the estimate rests on, or why there is none."""
    if place.is_final:
        return words("It is final.")
    if place.projected is None:
        return _no_estimate_words(place) if place.chosen else ""
    told = place.projected
    spread = spread_words(told)
    start = plural(
        "Estimate, if it goes on like the one that is final: {measure} ends at {share}",
        "Estimate, if it goes on like the {count} that are final: {measure} ends at {share}",
        told.deliveries,
        measure=words(MEASURES[place.kpi]),
        share=share_text(told.median),
    )
    return f"{start} ({spread})." if spread else f"{start}."


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


def _range_words(told: Placement | Projection) -> str:
    """From the lowest share to the highest, or the one where both read the same."""
    low, high = share_text(told.low), share_text(told.high)
    return low if low == high else words("{low} to {high}", low=low, high=high)


def spread_words(told: Placement | Projection) -> str:
    """From the lowest share to the highest; nothing where both read the same, as the median then does."""
    return "" if share_text(told.low) == share_text(told.high) else _range_words(told)


def _among(told: Placement) -> str:
    numbers = {"range": _range_words(told), "median": share_text(told.median)}
    if told.is_below_all:
        return plural(
            "below the one compared with ({range}).",
            "below all {count} compared with ({range}).",
            told.deliveries,
            **numbers,
        )
    if told.is_above_all:
        return plural(
            "above the one compared with ({range}).",
            "above all {count} compared with ({range}).",
            told.deliveries,
            **numbers,
        )
    if not told.lower + told.higher:
        return plural("as the one compared with.", "as all {count} compared with.", told.deliveries)
    return words(
        "among the {count} compared with ({range}, median {median}): {lower} lower, {alike} alike, {higher} higher.",
        count=told.deliveries,
        alike=told.deliveries - told.lower - told.higher,
        lower=told.lower,
        higher=told.higher,
        **numbers,
    )
