"""The curves over the hours since the send: the chosen deliveries as a band, and the delivery within it."""

import pandas as pd
import streamlit as st

from analytics.modes import Kpi
from analytics.reference_band import MANY, band
from data.deliveries import Delivery
from data.snapshot import Snapshot
from pages.comparison.answers import points_of
from pages.comparison.chosen import MEASURES, chosen_zoom, delivery_text
from pages.comparison.place import Place
from pages.comparison.place_words import place_words, projection_words
from pages.figures.colours import colours_of
from pages.figures.comparison import comparison_figure
from pages.figures.comparison_seen import Seen
from pages.figures.time_axis import Note
from pages.i18n.words import plural, words
from pages.parts.chart import draw_chart
from pages.parts.columns import Columns, share_column
from pages.session.annotations import notes_of
from pages.session.asked import Filters

_HOUR = pd.Timedelta(hours=1)


def draw_curves(store: Snapshot, asked: Filters, others: list[Delivery], place: Place) -> None:
    """Draw the chart."""
    bar = st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center")
    with bar:
        zoomed = chosen_zoom()
    colours = colours_of(st.context.theme.type)
    colour = colours.delivered if place.kpi is Kpi.DELIVERED else colours.failed
    notes = notes_of(store, asked.delivery)
    seen = seen_of(points_of(store, asked), asked, others, place, colour, notes)
    figure = comparison_figure(seen, colours, zoomed=zoomed)
    told = f"{place_words(place)} {projection_words(place)}"
    draw_chart("comparison", figure, chart_table(seen), told, asked=asked, columns=_columns(seen.name), bar=bar)
    st.caption(_explained(len(others), is_noted=bool(notes)))


def seen_of(
    points: pd.DataFrame,
    asked: Filters,
    others: list[Delivery],
    place: Place,
    colour: str,
    notes: tuple[Note, ...] = (),
) -> Seen:
    """What the chart shows. points: the courses of all deliveries; notes: what is noted of the one asked about."""
    rate = f"{place.kpi}_rate"
    keys = [other.delivery_key for other in others]
    told = place.projected
    return Seen(
        name=words(MEASURES[place.kpi]),
        started_at=asked.delivery.started_at,
        current=_course(points, asked.delivery, rate),
        at=(asked.at - asked.delivery.started_at) / _HOUR,
        others=[(delivery_text(one), _course(points, one, rate)) for one in others] if len(others) < MANY else [],
        band=band(points[points["delivery_key"].isin(keys)], rate),
        colour=colour,
        projected=(told.low, told.median, told.high) if told else None,
        notes=notes,
    )


def chart_table(seen: Seen) -> pd.DataFrame:
    """The chart in numbers: a row per time at which anything changes."""
    mine = seen.current.set_index("hours")["share"].rename("share")
    told = seen.band.set_index("hours")[["low", "median", "high", "deliveries"]]
    joined = told.join(mine, how="outer")
    within = joined.index <= mine.index.max()
    joined["share"] = joined["share"].ffill().where(within)
    columns = ["hours_since_send", "share", "low", "median", "high", "deliveries"]
    return joined.rename_axis("hours_since_send").reset_index()[columns]


def _course(points: pd.DataFrame, delivery: Delivery, rate: str) -> pd.DataFrame:
    mine = points[points["delivery_key"] == delivery.delivery_key]
    return mine[["hours", rate]].rename(columns={rate: "share"})


def _columns(name: str) -> Columns:
    return {
        "hours_since_send": st.column_config.NumberColumn(words("Hours since the send"), format="%.2f"),
        "share": share_column(name),
        "low": share_column(words("Band from")),
        "median": share_column(words("Median of the others")),
        "high": share_column(words("Band to")),
        "deliveries": words("Deliveries observed that long"),
    }


def _explained(count: int, *, is_noted: bool) -> str:
    if count >= MANY:
        band_words = words("Band: the middle 80 % of the {count} chosen deliveries.", count=count)
    else:
        band_words = plural(
            "Thin line: the chosen delivery.",
            "Band: the {count} chosen deliveries (thin lines), each as long as it is observed.",
            count,
        )
    return " ".join(
        [
            *([band_words] if count else []),
            words("Every curve ends where its logs do."),
            words("Dotted: what came after the chosen moment."),
            *([words("Annotations stand at the hours of this delivery.")] if is_noted else []),
        ]
    )
