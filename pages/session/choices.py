"""Choices that stand in the URL by their own name, whatever words are shown for them.

Streamlit's own binding puts the shown words there, so that links would break when a delivery grows or the language
changes. It serves for switches and for the scrubber, whose values have no words.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import TypeVar

import streamlit as st

from pages.i18n.words import words

_REMEMBERED = "remembered_choices"
_BOUND = ("efs", "campaign-v8", "at", "test-profiles")
"""The shared choices that Streamlit itself writes into the URL; their widgets have the same keys."""
_SHARED = (*_BOUND, "base", "lang")
"""The choices that hold on every page of a delivery, beside the delivery itself."""
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


def choice(
    name: str,
    options: Sequence[T],
    default: T,
    *,
    draw: Callable[..., T | None],
    name_of: Callable[[T], str],
    is_pinned: bool = False,
) -> T:
    """Let one of the options be chosen by the widget that `draw` draws.

    is_pinned: whether the default is written into the URL as well, because it may be another tomorrow.
    """
    named = {name_of(option): option for option in options}
    key = f"choice_{name}"

    def write() -> None:
        _write(name, st.session_state[key], None if is_pinned else default, name_of)
        remember(name)

    st.session_state[key] = named.get(st.query_params.get(name, ""), default)
    if is_pinned:
        _write(name, st.session_state[key], None, name_of)
    remember(name)
    return draw(options=list(options), key=key, on_change=write) or default


def segments(name: str, label: str, texts: Mapping[E, str], default: E, *, is_label_shown: bool = False) -> E:
    """Let one of a few options be chosen, which stand side by side; its value stands in the URL.

    label: in the language spoken; texts: the options, each with its words as phrase() gives them.
    """
    draw = partial(
        st.segmented_control,
        label,
        format_func=lambda option: words(texts[option]),
        required=True,
        label_visibility="visible" if is_label_shown else "collapsed",
    )
    return choice(name, list(texts), default, draw=draw, name_of=lambda option: option.value)


def switch(name: str, label: str, told: str, default: bool) -> bool:
    """Let something be switched whose default depends on what is shown; only what differs from it is in the URL."""
    key = f"choice_{name}"
    st.session_state[key] = {"true": True, "false": False}.get(st.query_params.get(name, ""), default)
    remember(name)
    return st.toggle(label, key=key, help=told, on_change=lambda: _write(name, st.session_state[key], default, _truth))


def remembered(name: str) -> str | None:
    """What was chosen on the page before, whose URL is gone."""
    chosen: str | None = st.session_state.get(_REMEMBERED, {}).get(name)
    return chosen


def carry_choices_to(page: str) -> None:
    """Keep the choices over a change of pages, which empties the URL."""
    if st.session_state.get("page", page) != page:
        for name, chosen in st.session_state.get(_REMEMBERED, {}).items():
            st.query_params.setdefault(name, chosen)
        for name in _BOUND:
            # What a widget has from the URL alone would go with its page; what is assigned stays.
            if name in st.session_state:
                st.session_state[name] = st.session_state[name]
    st.session_state["page"] = page


def shared_choices(delivery_id: str) -> dict[str, list[str]]:
    """What a link to another page must say for it to show the same delivery, mode, base, moment and language."""
    chosen = {name: st.query_params.get_all(name) for name in _SHARED if name in st.query_params}
    return {"delivery": [delivery_id], **chosen}


def _truth(chosen: bool) -> str:
    return "true" if chosen else "false"


def remember_bound() -> None:
    """Keep what the URL says of the shared choices that Streamlit writes into it."""
    for name in _BOUND:
        remember(name)


def remember(name: str) -> None:
    """Keep what the URL says of a choice for the next page."""
    chosen: dict[str, str] = st.session_state.setdefault(_REMEMBERED, {})
    chosen.pop(name, None)
    if name in st.query_params:
        chosen[name] = st.query_params[name]


def _write(name: str, chosen: T | None, unwritten: T | None, name_of: Callable[[T], str]) -> None:
    if chosen is None or chosen == unwritten:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != name_of(chosen):
        st.query_params[name] = name_of(chosen)
