"""What the ledger is asked for: which count, between which moments, read by what. All of it stands in the URL."""

from datetime import timedelta
from functools import partial

import streamlit as st

from analytics.ledger_entries import By
from analytics.modes import Kpi, Mode
from data.deliveries import Delivery
from pages.i18n.formats import moment_text
from pages.i18n.terms import kpi_text
from pages.i18n.words import phrase, words
from pages.ledger.answers import Span
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


def chosen_span(asked: Filters) -> Span:
    """Let the count and both moments be chosen: by default Delivered, up to the chosen moment."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        draw = partial(st.selectbox, words("Count"), format_func=kpi_text, width=220)
        kpi = choice("count", _KPIS, Kpi.DELIVERED, draw=draw, name_of=lambda kpi: kpi.value)
        last = _minutes(asked)
        first = min(_default_minute(asked.delivery, asked.mode), max(last - 1, 0))
        since, until = _chosen_minutes(first, last)
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


def _chosen_minutes(first: int, last: int) -> tuple[int, int]:
    since = _number(_FROM, words("From, minutes since the start"), first, last)
    until = _number(_TO, words("To, minutes since the start"), last, last)
    return min(since, until), until


def _number(name: str, label: str, default: int, last: int) -> int:
    """A minute; only one that differs from the default stands in the URL."""
    key = f"ledger_{name}"

    def write() -> None:
        if st.session_state[key] == default:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = str(st.session_state[key])

    text = st.query_params.get(name, "")
    st.session_state[key] = min(int(text), last) if text.isdecimal() else default
    return st.number_input(label, 0, last, key=key, on_change=write, width=220)
