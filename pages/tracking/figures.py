"""The figures at the head of the page: rates with and without likely machines, and what else messages told."""

import streamlit as st

from analytics.engagement import MACHINE_WITHIN
from analytics.tile import Tile
from analytics.tracking import Tracking
from analytics.tracking_figures import selection_of
from analytics.tracking_rows import Conditions, Listed, Machine
from pages.i18n.formats import count_text, share_text
from pages.i18n.words import words
from pages.parts.metrics import Metric, draw_metrics
from pages.session.asked import Filters
from pages.tracking.log_link import draw_log_link


def draw_figures(asked: Filters, told: Tracking, shown: Tile) -> None:
    """Draw the figures. shown: the tile of the same moment, which says what is delivered and failed."""
    draw_metrics(asked, [*_rates(told, shown), *_counts(told, shown)], columns=4)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="totals"):
        st.caption(words("Total events:"), width="content")
        for label, conditions, count in _totals(told):
            st.caption(f"{label} {count_text(count)}", width="content")
            draw_log_link(asked, conditions, count)


def machine_rule() -> str:
    """The rule in words."""
    return words(
        "An open or click within {seconds} seconds after the message's acceptance is likely a machine's.",
        seconds=int(MACHINE_WITHIN.total_seconds()),
    )


def _rates(told: Tracking, shown: Tile) -> list[Metric]:
    base = words("Divided by Delivered in this mode. On the true clock, up to the chosen moment.")
    opened = words("Distinct messages with an open, a mirror page, a click or an opt-out: a click implies an open.")
    clicked = words("Distinct messages with a click, which is no opt-out and no mirror page.")
    rates = (
        ("opened", words("Open rate"), f"{opened} {base}"),
        ("clicked", words("Click-through rate"), f"{clicked} {base}"),
        ("opened_without_machines", words("Open rate without machines"), f"{opened} {machine_rule()} {base}"),
        ("clicked_without_machines", words("Click rate without machines"), f"{clicked} {machine_rule()} {base}"),
    )
    return [
        _metric(told, figure, label, shown.delivered, words("delivered"), definition, is_rate=True)
        for figure, label, definition in rates
    ]


def _counts(told: Tracking, shown: Tile) -> list[Metric]:
    delivered, failed = (shown.delivered, words("delivered")), (shown.bounces_errors, words("failed"))
    opened = (told.total["opened"], words("opened"))
    counts = (
        (
            "opened_by_machine",
            words("Opened by likely machines"),
            opened,
            words("Distinct messages, whether or not they were opened at another time as well.") + f" {machine_rule()}",
        ),
        ("opted_out", words("Opt-outs"), delivered, words("Distinct messages whose recipients unsubscribed.")),
        ("complained", words("Complaints"), delivered, words("Distinct messages that were reported as spam.")),
        (
            "opened_but_failed",
            words("Failed rows that were opened"),
            failed,
            words(
                "Distinct messages with the status Failed in this mode that were opened: a complaint or a late bounce "
                "may come after the open, so opens can exceed Delivered."
            ),
        ),
    )
    return [
        _metric(told, figure, label, *base, definition, is_rate=False) for figure, label, base, definition in counts
    ]


def _metric(
    told: Tracking, figure: str, label: str, base: int, base_words: str, definition: str, *, is_rate: bool
) -> Metric:
    count = told.total[figure]
    share = share_text(count / base if base else None)
    value, part = (share, count_text(count)) if is_rate else (count_text(count), share)
    made_of = words("{part} of {base} {what}", part=part, base=base, what=base_words)
    return Metric(figure, label, value, made_of, definition, count, selection_of(figure))


def _totals(told: Tracking) -> list[tuple[str, Conditions, int]]:
    """The figures that count events, and those of messages of which no single event tells."""
    total = told.total
    return [
        (words("Opens"), Conditions(Listed.OPENED), total["opens"]),
        (words("Clicks"), Conditions(Listed.CLICKED), total["clicks"]),
        (words("Opens inferred from a click or opt-out"), Conditions(Listed.INFERRED), total["inferred"]),
        (words("Opened without known acceptance"), Conditions(Listed.FIRST, Machine.UNJUDGED), total["unjudged"]),
    ]
