"""Failures by recipient domain and hour, with the incidents."""

from collections.abc import Hashable
from enum import StrEnum
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from analytics.failure_hours import HOUR, failing_in, failure_rates
from data.snapshot import Snapshot
from pages.failures.answers import hours_of, incident_hours_of
from pages.figures.colours import colours_of
from pages.figures.heat_map import heat_map, heat_takeaway, hour_columns
from pages.i18n.formats import count_text, day_text, moment_text, share_text
from pages.i18n.words import messages_text, phrase, words
from pages.parts.chart import control_row, draw_chart
from pages.parts.columns import Columns
from pages.parts.rows_link import draw_rows_link
from pages.parts.table import PERCENT
from pages.session.annotations import notes_of
from pages.session.asked import Filters
from pages.session.choices import segments, switch

_LARGEST = 12
_FIRST_HOURS = 24


class HourAxis(StrEnum):
    """What the hours are named by. The values stand in the URL."""

    SEND = "send"
    CLOCK = "clock"


class Divisor(StrEnum):
    """What the failing messages are divided by. The values stand in the URL, and are columns."""

    SENT = "sent"
    TRIED = "tried"


_AXIS_WORDS = {HourAxis.SEND: phrase("Hours since the send"), HourAxis.CLOCK: phrase("Clock (UTC)")}
_TOLD = phrase("{failing} failing of {tried} tried ({tried_share}); {sent} sent ({sent_share})")
_TOLD_OF_FAILURES = phrase("{failing} failing of {sent} sent ({sent_share})")
_EXPLAINED = phrase(
    "A square: messages with a failure in the hour, for now or for good and whatever the mode counts, of those sent "
    "to the domain by its end or of those with a result in it, in percent. Outlined: an incident. Hours without any "
    "result are left out. A click on a square shows the way to its rows."
)
_DIVISOR_WORDS = {
    Divisor.SENT: phrase("Of those sent to the domain"),
    Divisor.TRIED: phrase("Of those tried in the hour"),
}


def draw_hours(store: Snapshot, asked: Filters) -> None:
    """Draw the heat map, and the ways to the rows of the squares that were clicked."""
    hours = hours_of(store, asked)
    cells = failure_rates(hours, _LARGEST)
    if cells.empty:
        st.caption(words("Nothing has come back up to the chosen moment."))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        axis = segments("hours", words("Hours"), _AXIS_WORDS, HourAxis.SEND)
        divisor = _chosen_divisor(asked)
    beyond = incident_hours_of(store, asked)
    choices, bar = control_row()
    with choices:
        cells = _shown(cells, beyond)
    rows = [words("others") if name is None else name or words("(no domain)") for name in _domains(cells)]
    cells = _placed(cells, beyond, divisor)
    numbers = sorted(int(hour) for hour in cells["hour"].unique())
    labels = [_hour_label(asked, hour, axis) for hour in numbers]
    cells["told"] = [_hover(asked, row, rows) for row in cells.to_dict("records")]
    alt = heat_takeaway(cells, rows, [_hour_text(*label, axis) for label in labels])
    title, ruler = words(_AXIS_WORDS[axis]), hour_columns(asked.delivery.started_at, numbers)
    notes = notes_of(store, asked.delivery)
    figure = heat_map(cells, rows, labels, colours_of(st.context.theme.type), title, ruler, notes)
    clicked = draw_chart(
        "failures-hours", figure, _table(asked, cells), alt, asked=asked, columns=_columns(), is_clickable=True, bar=bar
    )
    st.caption(words(_EXPLAINED))
    named = tuple(name for name in _domains(cells) if name is not None)
    for place in clicked:
        _draw_cell(asked, cells.iloc[int(place)], rows, named)


def _shown(cells: pd.DataFrame, beyond: pd.DataFrame) -> pd.DataFrame:
    """The cells of the first day, or of the first hour of all, and of all incidents; or those of all hours if asked."""
    last = max(_FIRST_HOURS, int(cells["hour"].min()), int(beyond["hour"].max()) if len(beyond) else 0)
    if cells["hour"].max() <= last:
        return cells
    told = words("Otherwise the first {count} hours after the send", count=last)
    return cells if switch("all-hours", words("All hours"), told, default=False) else cells[cells["hour"] <= last]


def _domains(cells: pd.DataFrame) -> list[str | None]:
    """The domains in their order, the others (none) last."""
    names = [name if isinstance(name, str) else None for name in cells["recipient_domain"].unique()]
    return [name for name in names if name is not None] + ([None] if None in names else [])


def _placed(cells: pd.DataFrame, beyond: pd.DataFrame, divisor: Divisor) -> pd.DataFrame:
    """The cells with row, column and rate, and whether they are incidents."""
    rows = {name: place for place, name in enumerate(_domains(cells))}
    columns = {hour: place for place, hour in enumerate(sorted(cells["hour"].unique()))}
    marked = set(zip(beyond["recipient_domain"], beyond["hour"], strict=True))
    names = [name if isinstance(name, str) else None for name in cells["recipient_domain"]]
    base = cells[divisor.value]
    return cells.assign(
        row=[rows[name] for name in names],
        column=cells["hour"].map(columns),
        rate=(cells["failing"] / base.where(base > 0)).fillna(0),
        is_incident=[cell in marked for cell in zip(names, cells["hour"], strict=True)],
    ).reset_index(drop=True)


def _chosen_divisor(asked: Filters) -> Divisor:
    """Let it be chosen; whom a log without delivery feedback does not tell as failed may have been tried as well."""
    if not asked.delivery.has_delivery_feedback:
        return Divisor.SENT
    return segments("of", words("Base"), _DIVISOR_WORDS, Divisor.SENT)


def _hour_label(asked: Filters, hour: int, axis: HourAxis) -> tuple[str, str]:
    """The hour and its day."""
    if axis is HourAxis.SEND:
        return str(hour - 1), ""
    moment = asked.delivery.started_at + HOUR * (hour - 1)
    return f"{moment:%H:%M}", day_text(moment)


def _hour_text(hour: str, day: str, axis: HourAxis) -> str:
    """The hour as the axis names it."""
    return words("hour {hour}", hour=hour) if axis is HourAxis.SEND else f"{day} {hour} UTC"


def _span_text(asked: Filters, hour: int) -> str:
    since = asked.delivery.started_at + HOUR * (hour - 1)
    return words("from {since} to {until}", since=moment_text(since), until=moment_text(since + HOUR))


def _hover(asked: Filters, cell: dict[Hashable, Any], rows: list[str]) -> str:
    failing, tried, sent = (int(cell[name]) for name in ("failing", "tried", "sent"))
    numbers = words(
        _TOLD if asked.delivery.has_delivery_feedback else _TOLD_OF_FAILURES,
        failing=failing,
        tried=tried,
        tried_share=share_text(failing / tried if tried else None),
        sent=sent,
        sent_share=share_text(failing / sent if sent else None),
    )
    incident = [words("Incident")] if cell["is_incident"] else []
    return "<br>".join(
        [f"<b>{escape(rows[int(cell['row'])])}</b>", _span_text(asked, int(cell["hour"])), numbers, *incident]
    )


def _draw_cell(asked: Filters, cell: pd.Series, rows: list[str], named: tuple[str, ...]) -> None:
    hour, name = int(cell["hour"]), cell["recipient_domain"]
    domains, but_domains = ((name,), ()) if isinstance(name, str) else ((), named)
    selection = failing_in(asked.delivery, domains, hour, hour, but_domains)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="failures-cell"):
        st.text(f"{rows[int(cell['row'])]}, {_span_text(asked, hour)}: {count_text(int(cell['failing']))}")
        draw_rows_link(asked, selection, int(cell["failing"]), messages_text(int(cell["failing"])))


def _table(asked: Filters, cells: pd.DataFrame) -> pd.DataFrame:
    told = cells.assign(rate=cells["rate"] * 100, hour=cells["hour"] - 1)
    tried = ["tried"] if asked.delivery.has_delivery_feedback else []
    return told[["recipient_domain", "hour", "failing", *tried, "sent", "rate", "is_incident"]]


def _columns() -> Columns:
    return {
        "recipient_domain": st.column_config.TextColumn(words("Recipient domain")),
        "hour": words("Hours since the send"),
        "failing": words("Failing"),
        "tried": words("Tried"),
        "sent": words("Sent"),
        "rate": st.column_config.NumberColumn(words("Share"), format=PERCENT),
        "is_incident": words("Incident"),
    }
