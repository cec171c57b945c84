"""What the Sending logs page is asked for. It stands in the URL alone, so that a link shows all of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from analytics.selection import Selection
from pages.session.address import write
from pages.session.page_number import PAGE_NUMBER
from pages.session.selection_query import NAMES, query_of, selection_from

T = TypeVar("T")


def asked_selection() -> Selection:
    """The messages that the URL asks for."""
    return selection_from(st.query_params)


def ask_for(selection: Selection) -> None:
    """Ask for other messages, from the first page on."""
    write(dict.fromkeys((*NAMES, PAGE_NUMBER)) | query_of(selection))


def asked_option(name: str, options: Sequence[T], default: T, draw: Callable[..., T | None]) -> T:
    """One of the options, whose texts stand in the URL under the name, chosen by the widget that `draw` draws."""
    chosen = {str(option): option for option in options}.get(st.query_params.get(name, ""), default)
    key = f"log_{name}"
    st.session_state[key] = chosen

    def written() -> None:
        write({name: _text(st.session_state[key], default), PAGE_NUMBER: None})

    return draw(options=list(options), key=key, on_change=written) or default


def set_field(selection: Selection, name: str, draw: Callable[..., Any]) -> None:
    """Draw a widget that shows a field of the selection, and asks for other messages when that is changed."""
    key = f"log_{name}"
    value = getattr(selection, name)
    st.session_state[key] = list(value) if isinstance(value, tuple) else value
    draw(key=key, on_change=partial(_set, selection, name, key))


def _set(selection: Selection, name: str, key: str) -> None:
    value = st.session_state[key]
    changed: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value}
    ask_for(replace(selection, **changed))


def _text(chosen: object, default: object) -> str | None:
    return None if chosen is None or chosen == default else str(chosen)
