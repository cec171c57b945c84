"""The filters of the sending log: those that can be chosen, and all that the URL asks for, each to be removed."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from analytics.log_values import LogValues, log_values
from analytics.modes import Kpi
from analytics.selection import NONE_TOLD, Selection
from data.snapshot import Snapshot
from data.states import State
from pages.i18n.terms import FAILURE_TYPES, kpi_text, state_text
from pages.i18n.words import words
from pages.messages.log_query import ask_for, set_field
from pages.messages.selection_words import nature_text, parts, plain_text, type_text, without
from pages.session.answer_cache import answer_of
from pages.session.asked import Filters

_MOST_DOMAINS = 1000
_PARTS = "log_parts"


def draw_search(selection: Selection) -> None:
    """Draw the search by address or domain."""
    search = partial(
        st.text_input,
        words("Search by a part of the address, or by domain"),
        type="search",
        placeholder=words("Address or domain"),
        label_visibility="collapsed",
    )
    set_field(selection, "address", search)


def draw_filters(store: Snapshot, asked: Filters, selection: Selection, *, with_state: bool) -> None:
    """Draw the filters that can be chosen. with_state: whether those of status and state are among them."""
    key = asked.delivery.delivery_key
    known = answer_of(store, ("log values", key), lambda: log_values(store, asked.delivery))
    with st.popover(words("Filter"), icon=":material/filter_list:", key="log_filter"):
        if with_state:
            kpi = partial(
                st.selectbox,
                words("Counted as"),
                list(Kpi),
                index=None,
                format_func={kpi: kpi_text(kpi) for kpi in Kpi}.__getitem__,
                placeholder=words("All messages to deliver"),
            )
            set_field(selection, "kpi", kpi)
            set_field(selection, "states", _choice(words("State"), list(State), state_text))
        _draw_values(selection, known)


def _draw_values(selection: Selection, known: LogValues) -> None:
    domains = _with(known.domains[:_MOST_DOMAINS], selection.domains)
    told = None
    if len(known.domains) > _MOST_DOMAINS:
        told = words("The {count} most frequent; the search finds the others.", count=_MOST_DOMAINS)
    set_field(selection, "domains", _choice(words("Recipient domain"), domains, plain_text, told))
    reasons = _with(known.reasons, selection.reasons)
    set_field(selection, "reasons", _choice(words("Nature of failure"), reasons, nature_text))
    types = _with((*FAILURE_TYPES, NONE_TOLD), selection.failure_types)
    set_field(selection, "failure_types", _choice(words("Failure type"), types, type_text))


def draw_parts(selection: Selection, *, but: tuple[str, ...] = ()) -> None:
    """Draw what is asked for, in words: each part goes when it is taken out. but: parts that are no choice."""
    told = {name: text for name, text in parts(selection).items() if name not in but}
    if not told:
        return
    st.session_state[_PARTS] = list(told)

    def remove() -> None:
        left = selection
        for name in told.keys() - set(st.session_state[_PARTS]):
            left = without(left, name)
        ask_for(left)

    st.multiselect(words("Filtered by"), list(told), format_func=told.__getitem__, key=_PARTS, on_change=remove)


def _choice(
    label: str, options: Sequence[str], told: Callable[[str], str], help_text: str | None = None
) -> partial[object]:
    texts = {option: told(option) for option in options}
    return partial(
        st.multiselect,
        label,
        list(options),
        format_func=texts.__getitem__,
        help=help_text,
        placeholder=words("Any"),
    )


def _with(known: tuple[str, ...], chosen: tuple[str, ...]) -> list[str]:
    """The values to choose from: those known, and those that a link asks for besides."""
    return [*known, *(value for value in chosen if value not in known)]
