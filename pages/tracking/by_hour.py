"""Opens and clicks by hour."""

from datetime import datetime
from enum import StrEnum

import pandas as pd
import streamlit as st

from analytics.tracking import Tracking
from analytics.tracking_figures import selection_of
from analytics.tracking_rows import Conditions, Listed
from data.snapshot import Snapshot
from pages.figures.colours import colours_of
from pages.figures.engagement_hours import Bars, busiest_hour, hours_figure, most_of
from pages.i18n.formats import count_text, moment_text
from pages.i18n.words import phrase, words
from pages.parts.chart import control_row, draw_chart
from pages.parts.columns import Columns, minute_column, rows_column
from pages.parts.rows_link import draw_rows_link, rows_url
from pages.session.annotations import notes_of
from pages.session.asked import Filters
from pages.session.choices import segments, switch
from pages.tracking.log_link import draw_log_button, log_url

_TABLE = ("hour", "opened", "measured", "inferred", "clicked", "opens", "machine_opens", "clicks", "machine_clicks")


class Counted(StrEnum):
    """What the bars count. The values stand in the URL."""

    UNIQUE = "unique"
    TOTAL = "total"


_COUNTED_WORDS = {Counted.UNIQUE: phrase("Unique messages"), Counted.TOTAL: phrase("All events")}


def draw_by_hour(store: Snapshot, asked: Filters, told: Tracking) -> None:
    """Draw the bars, and the ways to the rows of the hour that was clicked."""
    choices, bar = control_row()
    with choices:
        counted = _chosen_count()
        zoomed = switch("zoomed", words("Zoomed"), words("Fit the time axis to nearly all of the opens"), default=True)
    is_unique = counted is Counted.UNIQUE
    titles = (words("Opened"), words("Clicked")) if is_unique else (words("Opens"), words("Clicks"))
    hours = told.hours.assign(
        other_opens=told.hours["opens"] - told.hours["machine_opens"],
        other_clicks=told.hours["clicks"] - told.hours["machine_clicks"],
    )
    last = most_of(hours, "opened" if is_unique else "opens") if zoomed else hours["hour"].iloc[-1].to_pydatetime()
    bars, notes = _unique() if is_unique else _total(), notes_of(store, asked.delivery)
    figure = hours_figure(hours, bars, titles, colours_of(st.context.theme.type), last, notes)
    alt = busiest_hour(told.hours, "opened" if is_unique else "opens")
    table = _table(asked, told.hours)
    clicked = draw_chart(
        "tracking-hours", figure, table, alt, asked=asked, columns=_columns(), is_clickable=True, bar=bar
    )
    st.caption(f"{alt} {_explained(counted, told)}")
    if clicked:
        _draw_hour(asked, told.hours, datetime.fromisoformat(clicked[0]))


def _chosen_count() -> Counted:
    return segments("counted", words("Counted"), _COUNTED_WORDS, Counted.UNIQUE)


def _unique() -> list[Bars]:
    return [
        Bars("measured", words("Measured"), upper=True),
        Bars("inferred", words("Inferred"), upper=True, hatched=True),
        Bars("clicked", words("Measured"), upper=False),
    ]


def _total() -> list[Bars]:
    return [
        Bars(f"{kind}_{figure}", words(label), upper=figure == "opens", hatched=kind == "machine")
        for figure in ("opens", "clicks")
        for kind, label in (("other", phrase("Others")), ("machine", phrase("Likely machines")))
    ]


def _explained(counted: Counted, told: Tracking) -> str:
    if counted is Counted.TOTAL:
        return words("Every event counts. Click a bar for its rows.")
    inferred = words("Inferred: a click or an opt-out in the hour, but no open in the same hour.")
    return f"{_added_up(told)} {inferred} {words('Click a bar for its rows.')}"


def _added_up(told: Tracking) -> str:
    """How a message counts, and what that makes of the sum of the hours."""
    added, opened = int(told.hours["opened"].sum()), told.total["opened"]
    if added == opened:
        return words("A message counts once in every hour in which it is opened.")
    return words(
        "A message counts once in every hour in which it is opened: the hours add up to {added}, of {opened} opened.",
        added=added,
        opened=opened,
    )


def _draw_hour(asked: Filters, hours: pd.DataFrame, hour: datetime) -> None:
    row = hours[hours["hour"] == hour]
    if row.empty:
        return
    counts = {name: int(row[name].iloc[0]) for name in ("opened", "clicked", "opens", "clicks")}
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="hour-rows"):
        st.caption(words("The hour from {moment}:", moment=moment_text(hour)), width="content")
        for figure, label in (("opened", words("Opened")), ("clicked", words("Clicked"))):
            draw_rows_link(
                asked, selection_of(figure, hour=hour), counts[figure], f"{label} {count_text(counts[figure])}"
            )
        for figure, listed, label in (
            ("opens", Listed.OPENED, words("Opens")),
            ("clicks", Listed.CLICKED, words("Clicks")),
        ):
            conditions = Conditions(listed, hour=hour)
            draw_log_button(
                f"hour_{figure}", asked, conditions, counts[figure], f"{label} {count_text(counts[figure])}"
            )


def _table(asked: Filters, hours: pd.DataFrame) -> pd.DataFrame:
    moments = [hour.to_pydatetime() for hour in hours["hour"]]
    return hours[list(_TABLE)].assign(
        opened_rows=[rows_url(asked, selection_of("opened", hour=hour)) for hour in moments],
        clicked_rows=[rows_url(asked, selection_of("clicked", hour=hour)) for hour in moments],
        events=[log_url(asked, Conditions(hour=hour)) for hour in moments],
    )


def _columns() -> Columns:
    return {
        "hour": minute_column(words("Hour from (UTC)")),
        "opened": words("Opened"),
        "measured": words("Measured"),
        "inferred": words("Inferred"),
        "clicked": words("Clicked"),
        "opens": words("Opens"),
        "machine_opens": words("Opens, likely machines"),
        "clicks": words("Clicks"),
        "machine_clicks": words("Clicks, likely machines"),
        "opened_rows": rows_column(words("Opened")),
        "clicked_rows": rows_column(words("Clicked")),
        "events": rows_column(words("Events")),
    }
