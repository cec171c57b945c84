"""The tile's hourly clock beside the true one."""

import streamlit as st

from analytics.modes import Kpi
from analytics.selection import Selection
from analytics.tile_clock import Clock
from analytics.tracking_figures import selection_of
from data.snapshot import Snapshot
from pages.figures.colours import colours_of
from pages.figures.tile_clock import clock_figure
from pages.i18n.formats import count_text, moment_text
from pages.i18n.words import plural, words
from pages.parts.chart import draw_chart
from pages.parts.columns import Columns, count_column, moment_column
from pages.parts.metrics import Metric, draw_metrics
from pages.session.annotations import notes_of
from pages.session.asked import Filters
from pages.tracking.answers import clock_of


def draw_clocks(store: Snapshot, asked: Filters) -> None:
    """Draw what the tile shows, what is told by then, and their course in the first hours."""
    clock = clock_of(store, asked)
    draw_metrics(asked, _figures(clock), columns=2)
    st.caption(_told(asked, clock))
    titles, notes = (words("Opened"), words("Clicked")), notes_of(store, asked.delivery)
    figure = clock_figure(clock.course, titles, colours_of(st.context.theme.type), notes)
    widest = int((clock.course["opened"] - clock.course["opened_shown"]).max())
    alt = plural(
        "In the first hours the tile lags behind by up to {count} message opened.",
        "In the first hours the tile lags behind by up to {count} messages opened.",
        widest,
    )
    columns: Columns = {
        "at": moment_column(words("Clock (UTC)")),
        "opened": count_column(words("Opened, true clock")),
        "clicked": count_column(words("Clicked, true clock")),
        "opened_shown": count_column(words("Opened, tile's clock")),
        "clicked_shown": count_column(words("Clicked, tile's clock")),
    }
    draw_chart("tracking-clocks", figure, clock.course, alt, asked=asked, columns=columns)
    st.caption(f"{alt} {words('The chart ends twelve hours after the send at the latest.')}")


def _figures(clock: Clock) -> list[Metric]:
    until = words("up to {moment}", moment=moment_text(clock.shown_until))
    tile = words("Distinct messages up to the last full hour, or up to where Compute stats brought them.")
    true = words("Distinct messages up to the chosen moment.")
    figures = []
    for kpi, label, shown, since in (
        (Kpi.OPENED, words("Opened"), clock.opened_shown, clock.opened_since),
        (Kpi.CLICKED, words("Clicked"), clock.clicked_shown, clock.clicked_since),
    ):
        rows = Selection(kpi=kpi)
        on_tile = words("{figure}, tile's clock", figure=label)
        figures.append(Metric(f"tile_{kpi.value}", on_tile, count_text(shown), until, tile, shown, rows))
        told = words("{count} more than on the tile", count=since)
        on_true, all_told = words("{figure}, true clock", figure=label), shown + since
        rows = selection_of(kpi.value)
        figures.append(Metric(f"true_{kpi.value}", on_true, count_text(all_told), told, true, all_told, rows))
    return figures


def _told(asked: Filters, clock: Clock) -> str:
    """What the tile lacks, and what would bring it."""
    shown, at = moment_text(clock.shown_until), moment_text(asked.at)
    if clock.shown_until == asked.at or not clock.opened_since + clock.clicked_since:
        return words("The tile's opens and clicks move on the hour; at {at} both clocks agree.", at=at)
    told = words(
        "The tile's opens and clicks move on the hour: since {shown}, {opened} more were opened and {clicked} clicked.",
        shown=shown,
        opened=clock.opened_since,
        clicked=clock.clicked_since,
    )
    # Compute stats reaches the last row of the log, so it changes nothing of an earlier moment.
    is_last = asked.at == asked.delivery.observed_until
    brought = (
        words("Compute stats would bring them.") if is_last else words("The tile shows them from the next hour on.")
    )
    return f"{told} {brought}"
