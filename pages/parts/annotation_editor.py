"""What is noted on the time axis of a delivery: the list of it, and a form to add to it."""

from datetime import datetime

import streamlit as st

from data.notes import MOST_TEXT, Annotation, NoteRefusedError, annotate, annotations, remove_annotation
from data.snapshot import Snapshot
from pages.i18n.times import times_text
from pages.i18n.told import told
from pages.i18n.words import words
from pages.session.asked import Filters
from pages.session.store import opened_store

_TEXT, _BEGINS, _ENDS, _FOR_ALL, _REFUSED = (
    f"annotation_{name}" for name in ("text", "begins", "ends", "for_all", "refused")
)


def draw_annotations(store: Snapshot, asked: Filters) -> None:
    """Draw a button that opens the annotations of the chosen delivery, and those of all deliveries."""
    with st.popover(words("Annotations"), icon=":material/edit_note:", width="content"):
        for note in annotations(store, asked.delivery.delivery_id):
            _draw_annotation(note)
        _draw_form(asked)


def _draw_annotation(note: Annotation) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        with st.container(gap=None):
            st.text(note.text)  # anybody's text, so no Markdown
            st.caption(_when(note))
        st.button(
            words("Remove"),
            key=f"annotation_remove_{note.number}",
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove,
            args=(note.number,),
        )


def _when(note: Annotation) -> str:
    times = times_text(note.begins_at, note.ends_at)
    return times if note.delivery_id else words("{times}, on all deliveries", times=times)


def _draw_form(asked: Filters) -> None:
    delivery_id = asked.delivery.delivery_id
    begins_key = f"{_BEGINS}_{delivery_id}_{asked.at.isoformat()}"  # another moment chosen, another one offered
    with st.form("annotation", clear_on_submit=True, border=False):
        st.text_input(words("What happened"), max_chars=MOST_TEXT, key=_TEXT, placeholder=words("Gmail outage"))
        with st.container(horizontal=True):
            st.datetime_input(words("From (UTC)"), asked.at, key=begins_key, step=60, format="YYYY-MM-DD", width=200)
            st.datetime_input(
                words("Until (UTC), if it lasted"), None, key=_ENDS, step=60, format="YYYY-MM-DD", width=200
            )
        st.toggle(words("On all deliveries"), key=_FOR_ALL)
        st.form_submit_button(
            words("Add"), icon=":material/add:", on_click=_add, args=(delivery_id, begins_key), key="annotation_add"
        )
    if refused := st.session_state.pop(_REFUSED, None):
        st.caption(f":material/error: {told(refused)}")  # our own sentence


def _add(delivery_id: str, begins_key: str) -> None:
    given = st.session_state
    begins: datetime = given[begins_key]
    try:
        annotate(opened_store(), None if given[_FOR_ALL] else delivery_id, begins, given[_ENDS], given[_TEXT])
    except NoteRefusedError as error:
        given[_REFUSED] = error.args[0]


def _remove(number: int) -> None:
    remove_annotation(opened_store(), number)
