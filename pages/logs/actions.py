"""What is done with the dropped files, how far it is and what became of it: all in one place, above the files."""

import streamlit as st

from pages.i18n.told import told
from pages.i18n.words import words
from pages.logs.desk import ImportDesk, Work
from pages.logs.progress import show_progress


def show_actions(desk: ImportDesk) -> None:
    """Draw the Import button, the running job in its place, and what was said last."""
    for sentence in desk.said:
        st.text(told(sentence))
    if desk.job and desk.work is not Work.REMOVE:
        show_progress(desk)
    else:
        _show_buttons(desk)


def _show_buttons(desk: ImportDesk) -> None:
    ready = len(desk.importable())
    with st.container(horizontal=True):
        if ready:
            _show_import_button(desk, ready)
        if desk.is_check_stopped:
            st.button(words("Check again"), on_click=desk.check_again, icon=":material/refresh:", key="check_again")
    if ready > 1:
        st.caption(
            words(
                "Each file was checked on its own. What several of them tell counts as a duplicate from the second on."
            )
        )


def _show_import_button(desk: ImportDesk, ready: int) -> None:
    st.button(
        words("Import {count} files", count=ready) if ready > 1 else words("Import"),
        on_click=desk.import_all,
        type="primary",
        icon=":material/upload_file:",
        disabled=desk.job is not None,
        key="import_dropped",
    )
