"""The views that were saved in this store by their names, for whoever opens it, and a form to save the present one."""

import re
from collections.abc import Collection

import streamlit as st

from data.notes import MOST_NAME, NoteRefusedError, SavedView, remove_view, saved_views
from pages.i18n.told import told
from pages.i18n.words import words
from pages.session.store import opened_store
from pages.session.views import save_shown_view, url_of

_NAME, _REFUSED = "view_name", "view_refused"
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")


def draw_saved_views(places: Collection[str]) -> None:
    """Draw a button that opens the saved views. places: those of the pages in the address."""
    views = saved_views(opened_store())
    with st.popover(words("Saved views"), icon=":material/bookmarks:", width="stretch"):
        for view in views:
            if view.page in places:
                _draw_view(view)
        _draw_form({view.name for view in views})


def _draw_view(view: SavedView) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        label = _MARKUP.sub(r"\\\1", view.name)  # anybody's text, so no Markdown
        # A visit of its own: on the way from one page to another, what was chosen goes along.
        st.link_button(label, url_of(view), icon=":material/bookmark:", type="tertiary", width="stretch")
        st.button(
            words("Remove"),
            key=f"view_remove_{view.name}",
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove,
            args=(view.name,),
        )


def _draw_form(names: set[str]) -> None:
    name = st.text_input(
        words("Save this page with its filters as"), key=_NAME, max_chars=MOST_NAME, placeholder=words("Name")
    )
    is_taken = " ".join((name or "").split()) in names
    st.button(
        words("Replace") if is_taken else words("Save"),
        key="view_save",
        icon=":material/bookmark_add:",
        help=words("There is a view of this name; it will be replaced.") if is_taken else None,
        on_click=_save,
    )
    if refused := st.session_state.pop(_REFUSED, None):
        st.caption(f":material/error: {told(refused)}")  # our own sentence


def _save() -> None:
    try:
        save_shown_view(opened_store(), st.session_state[_NAME])
    except NoteRefusedError as error:
        st.session_state[_REFUSED] = error.args[0]
    else:
        st.session_state[_NAME] = ""


def _remove(name: str) -> None:
    remove_view(opened_store(), name)
