"""The figures at the head of the page: rates with and without likely machines, and what else is told."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.engagement import MACHINE_WITHIN
from analytics.selection import Selection
from analytics.tile import Tile, engagement_shown_until
from analytics.tracking import Tracking
from analytics.tracking_figures import selection_of
from analytics.tracking_rows import Conditions, Listed, Machine
from pages.i18n.formats import count_text, moment_text, share_text
from pages.i18n.words import words
from pages.parts.metrics import Metric, draw_metrics
from pages.parts.rows_link import draw_rows_link
from pages.session.asked import Filters
from pages.tracking.log_link import draw_log_button

_NARROWEST = 330
_ROW_HEIGHT = 40
"""What a button needs, in pixels: a link is lower, and the rows of figures would stand unevenly."""


@dataclass(frozen=True)
class _Figure:
    """A figure below the large ones."""

    name: str
    label: str
    count: int
    definition: str
    rows: Selection | Conditions


def draw_figures(asked: Filters, told: Tracking, shown: Tile) -> None:
    """Draw the figures. shown: the tile of the same moment, which says what is delivered and failed."""
    draw_metrics(asked, _large(told, shown), columns=3)
    if (shown.opened, shown.clicked) != (told.total["opened"], told.total["clicked"]):
        st.caption(_on_tile(asked, shown))
    with st.grid(3, min_column_width=_NARROWEST, gap="xsmall", vertical_alignment="center", key="further"):
        for figure in (*_events(told), *_messages(told, shown)):
            with _row():
                st.caption(f"{figure.label} {count_text(figure.count)}", help=figure.definition, width="content")
                if isinstance(figure.rows, Selection):
                    draw_rows_link(asked, figure.rows, figure.count)
                else:
                    draw_log_button(figure.name, asked, figure.rows, figure.count)


def _row() -> DeltaGenerator:
    return st.container(
        height=_ROW_HEIGHT, border=False, horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"
    )


def machine_rule() -> str:
    """The rule in words."""
    return words(
        "An open or click within {seconds} seconds after the message's acceptance is likely a machine's.",
        seconds=int(MACHINE_WITHIN.total_seconds()),
    )


def _large(told: Tracking, shown: Tile) -> list[Metric]:
    base = words("Divided by Delivered in this mode. On the true clock, up to the chosen moment.")
    opened = words("Distinct messages with an open, a mirror page, a click or an opt-out: a click implies an open.")
    clicked = words("Distinct messages with a click, which is no opt-out and no mirror page.")
    figures = (
        ("opened", words("Open rate"), f"{opened} {base}", True),
        ("opened_without_machines", words("Open rate without machines"), f"{opened} {machine_rule()} {base}", True),
        ("opted_out", words("Opt-outs"), words("Distinct messages whose recipients unsubscribed."), False),
        ("clicked", words("Click-through rate"), f"{clicked} {base}", True),
        ("clicked_without_machines", words("Click rate without machines"), f"{clicked} {machine_rule()} {base}", True),
        ("complained", words("Complaints"), words("Distinct messages that were reported as spam."), False),
    )
    return [
        _metric(told, figure, label, shown.delivered, definition, is_rate=is_rate)
        for figure, label, definition, is_rate in figures
    ]


def _metric(told: Tracking, figure: str, label: str, delivered: int, definition: str, *, is_rate: bool) -> Metric:
    count = told.total[figure]
    share = share_text(count / delivered if delivered else None)
    value, part = (share, count_text(count)) if is_rate else (count_text(count), share)
    made_of = words("{part} of {base} delivered", part=part, base=delivered)
    return Metric(figure, label, value, made_of, definition, count, selection_of(figure))


def _on_tile(asked: Filters, shown: Tile) -> str:
    """What the tile says instead, and why."""
    return words(
        "The tile still shows {opened} opened and {clicked} clicked: its clock stands at {moment}.",
        opened=shown.opened,
        clicked=shown.clicked,
        moment=moment_text(engagement_shown_until(asked.delivery, asked.at)),
    )


def _events(told: Tracking) -> list[_Figure]:
    """Events, and those that stand for messages of which no single event tells by itself."""
    total = told.total
    return [
        _Figure(
            "opens",
            words("Opens in total"),
            total["opens"],
            words("Every open and mirror page that is told, however often a message was opened."),
            Conditions(Listed.OPENED),
        ),
        _Figure(
            "clicks",
            words("Clicks in total"),
            total["clicks"],
            words("Every click that is told, however often a message was clicked."),
            Conditions(Listed.CLICKED),
        ),
        _Figure(
            "inferred",
            words("Inferred opens"),
            total["inferred"],
            words("Distinct messages with a click or an opt-out, but without an open that is told."),
            Conditions(Listed.INFERRED),
        ),
        _Figure(
            "unjudged",
            words("Opened without known acceptance"),
            total["unjudged"],
            words("Distinct messages opened of which no acceptance is told, so that no machine can be recognised."),
            Conditions(Listed.FIRST, Machine.UNJUDGED),
        ),
    ]


def _messages(told: Tracking, shown: Tile) -> list[_Figure]:
    total = told.total
    machines = words(
        "Distinct messages, of {count} opened, whether or not they were opened at another time as well.",
        count=total["opened"],
    )
    failed = words(
        "Distinct messages, of {count} failed in this mode, that were opened: a complaint or a late bounce may come "
        "after the open, so opens can exceed Delivered.",
        count=shown.bounces_errors,
    )
    return [
        _Figure(
            "opened_by_machine",
            words("Opened by likely machines"),
            total["opened_by_machine"],
            f"{machines} {machine_rule()}",
            selection_of("opened_by_machine"),
        ),
        _Figure(
            "opened_but_failed",
            words("Failed rows that were opened"),
            total["opened_but_failed"],
            failed,
            selection_of("opened_but_failed"),
        ),
    ]
