"""What the ledger is asked for: which count, between which moments, read by what. All of it stands in the URL."""

import math
from datetime import datetime, timedelta
from functools import partial

import streamlit as st

from analytics.ledger_entries import By
from analytics.modes import Kpi, Mode
from data.deliveries import Delivery
from pages.i18n.formats import moment_text
from pages.i18n.terms import kpi_text
from pages.i18n.words import phrase, words
from pages.ledger.answers import Span
from pages.session.address import write
from pages.session.asked import Filters
from pages.session.choices import choice, segments

_KPIS = [Kpi.DELIVERED, Kpi.BOUNCES_ERRORS, Kpi.SENT, Kpi.PENDING, Kpi.CANCELED]
_BYS = {
    By.TRANSITION: phrase("Transition"),
    By.DOMAIN: phrase("Recipient domain"),
    By.REASON: phrase("Nature of failure"),
}
_MINUTE = timedelta(minutes=1)
_FROM, _TO = "from", "to"
_WIDTH = 240


def chosen_span(asked: Filters) -> Span:
    """Let the count and both moments be chosen: by default Delivered, up to the chosen moment."""
    with st.container(horizontal=True, vertical_alignment="top"):
        draw = partial(st.selectbox, words("Count"), format_func=kpi_text, width=220)
        kpi = choice("count", _KPIS, Kpi.DELIVERED, draw=draw, name_of=lambda kpi: kpi.value)
        last = _minutes(asked)
        first = min(_default_minute(asked.delivery, asked.mode), max(last - 1, 0))
        since, until = _chosen_minutes(asked, first, last)
    return Span(
        kpi,
        asked.delivery.started_at + since * _MINUTE,
        min(asked.delivery.started_at + until * _MINUTE, asked.at) if until < last else asked.at,
    )


def chosen_by() -> By:
    """Let what the ledger is read by be chosen."""
    return segments("ledger-by", words("By"), _BYS, By.TRANSITION)


def span_words(span: Span) -> dict[str, str]:
    """Both moments, to be named in a sentence."""
    return {"since": moment_text(span.since), "until": moment_text(span.until)}


def _minutes(asked: Filters) -> int:
    """The minute since the start in which the chosen moment lies, rounded up."""
    return max(0, -((asked.delivery.started_at - asked.at) // _MINUTE))


def _default_minute(delivery: Delivery, mode: Mode) -> int:
    """The start; without delivery feedback the end of the relay, for what is relayed counts as Delivered at once."""
    if mode is not Mode.WITHOUT_EFS or delivery.last_relayed_at is None:
        return 0
    return max(0, -((delivery.started_at - delivery.last_relayed_at) // _MINUTE))


def _chosen_minutes(asked: Filters, first: int, last: int) -> tuple[int, int]:
    since = _chosen_minute(asked, _FROM, words("From, minutes since the start"), words("From (UTC)"), first, last)
    until = _chosen_minute(asked, _TO, words("To, minutes since the start"), words("To (UTC)"), last, last)
    return min(since, until), until


def _chosen_minute(asked: Filters, name: str, label: str, clock_label: str, default: int, last: int) -> int:
    """A minute, entered as such or as a moment; only one that differs from the default stands in the URL."""
    key, clock_key = f"ledger_{name}", f"ledger_{name}_clock"
    start = asked.delivery.started_at

    def choose(minute: int) -> None:
        write({name: None if minute == default else str(minute)})

    def write_clock() -> None:
        if st.session_state[clock_key] is not None:
            choose(min(max(math.ceil((st.session_state[clock_key] - start) / _MINUTE - 0.5), 0), last))

    text = st.query_params.get(name, "")
    minute = min(int(text), last) if text.isdecimal() else default
    st.session_state[key] = minute
    st.session_state[clock_key] = _clock(min(start + minute * _MINUTE, asked.at))
    with st.container(width=_WIDTH):
        st.number_input(label, 0, last, key=key, on_change=lambda: choose(st.session_state[key]))
        st.datetime_input(
            clock_label,
            None,
            min_value=_clock(start),
            max_value=_clock(asked.at),
            key=clock_key,
            on_change=write_clock,
            step=_MINUTE,
            format="YYYY-MM-DD",
        )
    return minute


def _clock(moment: datetime) -> datetime:
    """The nearest whole minute of the clock: the delivery may start some seconds after one."""
    return (moment + _MINUTE / 2).replace(second=0, microsecond=0)
