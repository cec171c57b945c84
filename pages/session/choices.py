"""Choices that stand in the URL by their own name, whatever words are shown for them.

Streamlit's own binding puts the shown words there, so that links would break when a delivery grows or the language
changes; and it takes the parameters of a page out of a link to another, one by one, each an entry in the browser's
history.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import TypeVar

import streamlit as st

from pages.i18n.words import words
from pages.session.address import PAGE, SHARED, remember, write

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
    clears: Sequence[str] = (),
) -> T:
    """Let one of the options be chosen by the widget that `draw` draws.

    is_pinned: whether the default is written into the URL as well, because it may be another tomorrow;
    clears: what a change takes out of the URL, because it held for the former choice.
    """
    named = {name_of(option): option for option in options}
    key = f"choice_{name}"

    def written() -> None:
        chosen = st.session_state[key]
        text = name_of(chosen) if chosen is not None and (is_pinned or chosen != default) else None
        _written(name, text, clears)

    chosen = st.session_state[key] = named.get(st.query_params.get(name, ""), default)
    if is_pinned:
        write({name: name_of(chosen)})
    remember(name)
    return draw(options=list(options), key=key, on_change=written) or default


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


def switch(name: str, label: str, told: str | None = None, default: bool = False) -> bool:
    """Let something be switched whose default depends on what is shown; only what differs from it is in the URL."""
    st.session_state[name] = {"true": True, "false": False}.get(st.query_params.get(name, ""), default)
    remember(name)
    return st.toggle(label, key=name, help=told, on_change=_switched, args=(name,), kwargs={"default": default})


def number(name: str, last: int, *, draw: Callable[..., int]) -> int:
    """Let a whole number up to the last be chosen by the widget that `draw` draws; the last one is not in the URL."""
    text = st.query_params.get(name, "")
    chosen = min(int(text), last) if text.isascii() and text.isdecimal() else last
    _show_number(name, chosen, last)
    if chosen == last:
        write({name: None})
    remember(name)
    return draw(key=name, on_change=lambda: choose_number(name, st.session_state[name], last))


def choose_number(name: str, chosen: int, last: int) -> None:
    """Choose a number as if the widget were moved there."""
    _written(name, str(chosen) if chosen < last else None)


def shared_choices(delivery_id: str) -> dict[str, list[str]]:
    """What a link to another page must say for it to show the same delivery, mode, base, moment and language."""
    chosen = {name: st.query_params.get_all(name) for name in SHARED if name in st.query_params}
    return {"delivery": [delivery_id], **chosen}


def _show_number(name: str, chosen: int, last: int) -> None:
    """Have the widget show a number, unless it does: the hand may have moved on before the answer is there."""
    widget = (st.session_state.get(PAGE), last)
    if (st.session_state.get(name), st.session_state.get(f"{name}_widget")) != (chosen, widget):
        st.session_state[name] = chosen
    st.session_state[f"{name}_widget"] = widget


def _switched(name: str, *, default: bool) -> None:
    chosen = st.session_state[name]
    _written(name, str(chosen).lower() if chosen != default else None)


def _written(name: str, text: str | None, clears: Sequence[str] = ()) -> None:
    write({name: text, **dict.fromkeys(clears)})
    remember(name)
