"""The figures of a delivery among others."""

from analytics.projection import Projection
from analytics.selection import Selection
from pages.comparison.chosen import MEASURES
from pages.comparison.place import Place
from pages.comparison.place_words import spread_words
from pages.i18n.formats import NOTHING, share_text
from pages.i18n.terms import base_text
from pages.i18n.words import plural, words
from pages.parts.metrics import Metric, draw_metrics
from pages.session.asked import Filters


def draw_figures(asked: Filters, place: Place) -> None:
    """Draw the figures: its own, that of the others, and the estimate."""
    draw_metrics(asked, figures(place))


def figures(place: Place) -> list[Metric]:
    """What is drawn."""
    return [_own(place), _others(place), *([] if place.is_final else [_estimate(place)])]


def _own(place: Place) -> Metric:
    measure, tile = words(MEASURES[place.kpi]), place.tile
    count: int = getattr(tile, place.kpi)
    base = base_text(tile.base)
    return Metric(
        "own",
        words("{measure} at {age}", measure=measure, age=place.age),
        share_text(place.share),
        words("{count} of {base_count} {base}", count=count, base_count=tile.base_count, base=base),
        words("The delivery's own share of messages at the chosen moment, as on its tile. Base: {base}.", base=base),
        count=count,
        selection=Selection(kpi=place.kpi),
    )


def _others(place: Place) -> Metric:
    told = place.placed
    return Metric(
        "others",
        words("Chosen ones at {age}", age=place.age),
        share_text(told.median) if told else NOTHING,
        _observed_words(place),
        words(
            "The median of the chosen deliveries the same time after their own sends, their lowest and their highest. "
            "Only those observed that long count; each share is of the delivery's own base."
        ),
    )


def _estimate(place: Place) -> Metric:
    told = place.projected
    return Metric(
        "estimate",
        words("Final, estimated"),
        share_text(told.median) if told else NOTHING,
        _made_of_words(told) if told else _no_estimate_words(place),
        words(
            "What is settled stays. Of the messages that are still open, the part is taken to be delivered, and to "
            "fail, that it was in the end of those that a chosen delivery had open this long after its send: the "
            "median, the least and the most. An estimate, no count."
        ),
    )


def _observed_words(place: Place) -> str:
    """What the figure of the others is made of."""
    told = place.placed
    if told is None:
        return words("none observed that long") if place.chosen else words("none chosen")
    observed = plural("{count} delivery", "{count} deliveries", told.deliveries)
    if told.deliveries < place.chosen:
        observed = words("{count} of {chosen} deliveries", count=told.deliveries, chosen=place.chosen)
    return " · ".join(filter(None, [words("median"), spread_words(told), observed]))


def _made_of_words(told: Projection) -> str:
    final = plural("from {count} final delivery", "from {count} final deliveries", told.deliveries)
    return " · ".join(filter(None, [spread_words(told), final]))


def _no_estimate_words(place: Place) -> str:
    if not place.chosen:
        return words("none chosen")
    if place.is_too_early:
        return words("too early")
    return words("the chosen ones had hardly any open") if place.finals else words("none of the chosen ones is final")
