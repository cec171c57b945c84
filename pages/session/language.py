"""The language of whoever looks at the screen: the one that the URL names, else the browser's, else English."""

from functools import partial

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.i18n.language import NAMES, Language, ask_language_of, language_named
from pages.i18n.words import words
from pages.session.address import remembered
from pages.session.choices import choice

_PARAMETER = "lang"
_SPOKEN = "language"


def speak() -> None:
    """Choose the language of this run. What runs outside of one, such as a part of a page, speaks that of the last."""
    ask_language_of(_spoken)
    asked = st.query_params.get(_PARAMETER) or remembered(_PARAMETER)
    st.session_state[_SPOKEN] = language_named(asked) or _language_of_browser()


def choose_language() -> None:
    """Draw the choice of the language."""
    draw = partial(
        st.segmented_control,
        words("Language"),
        format_func=NAMES.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
    choice(_PARAMETER, list(Language), _language_of_browser(), draw=draw, name_of=lambda language: language.value)


def _language_of_browser() -> Language:
    return language_named(st.context.locale) or Language.ENGLISH


def _spoken() -> Language:
    """The language of the session that asks; English where no session does, as in a script."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return Language.ENGLISH
    language: Language = st.session_state.get(_SPOKEN, Language.ENGLISH)
    return language
