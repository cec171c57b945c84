"""What the tracking log is filtered by. All of it stands in the URL."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

import streamlit as st

from analytics.machine_opens import DELAYS, delay_span
from analytics.tracking import Tracking
from analytics.tracking_rows import Conditions, Listed, Machine
from pages.figures.opening_delays import delay_words
from pages.i18n.formats import moment_text
from pages.i18n.words import phrase, words
from pages.session.choices import choice
from pages.session.page_number import PAGE_NUMBER
from pages.tracking.log_link import NO_LINK

_ALL = ""
_NARROWEST = 200
T = TypeVar("T", bound=str)
_LISTED_WORDS = {
    Listed.ALL: phrase("All events"),
    Listed.OPENED: phrase("Open, mirror page"),
    Listed.CLICKED: phrase("Email click"),
    Listed.OPTED_OUT: phrase("Opt-out"),
    Listed.COMPLAINED: phrase("Complaint"),
    Listed.FIRST: phrase("First open of each message, also inferred"),
    Listed.INFERRED: phrase("Inferred opens"),
}
_MACHINE_WORDS = {
    Machine.ALL: phrase("All"),
    Machine.YES: phrase("Likely machines"),
    Machine.NO: phrase("Without likely machines"),
    Machine.UNJUDGED: phrase("Without known acceptance"),
}


def chosen_conditions(told: Tracking) -> Conditions:
    """Draw the filters. told: which hours and links there are to choose from."""
    with st.grid(5, min_column_width=_NARROWEST):
        listed = _chosen("kind", words("Event"), list(Listed), Listed.ALL, lambda one: words(_LISTED_WORDS[one]))
        machine = _chosen(
            "machine", words("Machine"), list(Machine), Machine.ALL, lambda one: words(_MACHINE_WORDS[one])
        )
        links = [link or NO_LINK for link in told.links["link"]]
        link = _chosen("link", words("Link"), [_ALL, *links], _ALL, lambda one: one or words("All"))
        hours = [hour.isoformat() for hour in told.hours["hour"]]
        hour = _chosen("hour", words("Hour from (UTC)"), [_ALL, *hours], _ALL, _hour_words)
        steps = [str(step) for step in range(len(DELAYS) + 1)]
        delay = _chosen("delay", words("Time since acceptance"), [_ALL, *steps], _ALL, _delay_words)
    return Conditions(
        listed,
        machine,
        {_ALL: None, NO_LINK: ""}.get(link, link),
        datetime.fromisoformat(hour) if hour else None,
        int(delay) if delay else None,
    )


def _chosen(name: str, label: str, options: list[T], default: T, words_of: Callable[[T], str]) -> T:
    draw = partial(st.selectbox, label, format_func=words_of)
    return choice(name, options, default, draw=draw, name_of=str, clears=(PAGE_NUMBER,))


def _hour_words(hour: str) -> str:
    return moment_text(datetime.fromisoformat(hour)) if hour else words("All")


def _delay_words(step: str) -> str:
    if not step:
        return words("All")
    after, within = delay_span(int(step))
    return delay_words(after.total_seconds() if after else 0, within.total_seconds() if within else float("nan"))
