"""The way from a figure of events to the rows of the tracking log that it counts."""

from urllib.parse import urlencode

import streamlit as st

from analytics.tracking_rows import Conditions, Listed, Machine
from pages.i18n.words import plural, words
from pages.session.address import write
from pages.session.asked import Filters
from pages.session.choices import shared_choices
from pages.session.page_number import PAGE_NUMBER

SECTION = "section"
LOGS = "logs"
NO_LINK = "(none)"
"""Stands in the URL for events without a link."""
FILTERS = ("kind", "machine", "link", "hour", "delay")
"""The parameters of the URL that filter the tracking log."""
_PLACE = "tracking"


def draw_log_button(name: str, asked: Filters, conditions: Conditions, count: int, label: str | None = None) -> None:
    """Draw the button that opens so many events. name: unique on the page; label: "Rows" by default."""
    st.button(
        label or words("Rows"),
        key=f"log_{name}",
        icon=":material/list:",
        type="tertiary",
        help=plural("Opens the {count} event counted here", "Opens the {count} events counted here", count),
        disabled=not count,
        on_click=_open,
        args=(_query(asked, conditions),),
    )


def log_url(asked: Filters, conditions: Conditions) -> str:
    """The address of the rows, from any page: for the links of a table."""
    return f"/{_PLACE}?{urlencode(_query(asked, conditions), doseq=True)}"


def _open(query: dict[str, list[str]]) -> None:
    """Show the tracking log with these conditions and no others, from the first page on."""
    write(dict.fromkeys((*FILTERS, PAGE_NUMBER)) | query)


def _query(asked: Filters, conditions: Conditions) -> dict[str, list[str]]:
    told = {
        "kind": conditions.listed.value if conditions.listed is not Listed.ALL else None,
        "machine": conditions.machine.value if conditions.machine is not Machine.ALL else None,
        "link": None if conditions.link is None else conditions.link or NO_LINK,
        "hour": conditions.hour.isoformat() if conditions.hour else None,
        "delay": None if conditions.delay is None else str(conditions.delay),
    }
    chosen = {name: [value] for name, value in told.items() if value is not None}
    return shared_choices(asked.delivery.delivery_id) | {SECTION: [LOGS]} | chosen
