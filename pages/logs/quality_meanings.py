"""Saying what the unknown words of dropped files mean. Words of logs are shown as plain text."""

from collections.abc import Mapping

import streamlit as st

from data.events import Kind
from pages.i18n.words import plural, words
from pages.logs.desk import ImportDesk, Work
from pages.logs.mapping_words import meaning_word, meaning_words
from pages.logs.uploads import Upload

_KINDS = tuple(kind for kind in Kind if kind is not Kind.UNKNOWN)
_WIDTHS = [2, 1, 5]
_FEW = 5


def ask_meanings(desk: ImportDesk, upload: Upload, unknown: Mapping[str, int]) -> None:
    """Draw the form in which the words in unknown, with how many events say each, get their meanings."""
    title = plural("Say what it means", "Say what the {count} unknown words mean", len(unknown))
    keys = {word: f"meaning_{upload.number}_{word}" for word in unknown}
    with (
        st.expander(title, expanded=len(unknown) <= _FEW, icon=":material/help:"),
        st.form(f"meanings_{upload.number}", border=False),
    ):
        for word, events in unknown.items():
            _ask_meaning(word, events, keys[word])
        st.caption(
            words("Meanings hold for all dropped files. They are tried now and applied when the files are imported.")
        )
        st.form_submit_button(
            words("Check again with these meanings"),
            on_click=_give,
            args=[desk, keys],
            icon=":material/refresh:",
            key=f"give_meanings_{upload.number}",
            disabled=desk.job is not None,
        )


def show_given_meanings(desk: ImportDesk) -> None:
    """Draw the meanings that words were given, each with the way to take it back."""
    given = desk.declared.options.meanings
    if not given:
        return
    with st.container(border=True, gap="xsmall"):
        st.caption(
            words("Meanings given to unknown words, for all dropped files; they are applied when these are imported.")
        )
        for place, (word, kind) in enumerate(given.items()):
            _show_given(desk, place, word, kind)


def _ask_meaning(word: str, events: int, key: str) -> None:
    said, counted, means = st.columns(_WIDTHS, vertical_alignment="center")
    said.text(word)
    counted.text(plural("{count} event", "{count} events", events))
    with means:
        st.selectbox(
            words("Meaning"),
            _KINDS,
            index=None,
            format_func=meaning_words().__getitem__,
            placeholder=words("Stays unknown"),
            label_visibility="collapsed",
            key=key,
        )


def _show_given(desk: ImportDesk, place: int, word: str, kind: Kind) -> None:
    said, means, forgets = st.columns([3, 4, 1.4], vertical_alignment="center")
    said.text(word)
    means.text(meaning_word(kind))
    forgets.button(
        words("Forget"),
        on_click=_forget,
        args=[desk, word],
        key=f"forget_meaning_{place}",
        icon=":material/close:",
        type="tertiary",
        disabled=desk.work not in {None, Work.CHECK},
    )


def _give(desk: ImportDesk, keys: Mapping[str, str]) -> None:
    chosen = {word: st.session_state[key] for word, key in keys.items()}
    desk.give_meanings(
        {**desk.declared.options.meanings, **{word: Kind(kind) for word, kind in chosen.items() if kind}}
    )


def _forget(desk: ImportDesk, word: str) -> None:
    given = desk.declared.options.meanings
    desk.give_meanings({known: kind for known, kind in given.items() if known != word})
