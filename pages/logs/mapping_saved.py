"""The saved mappings on screen: each as a file for the command line, and the way to delete it."""

import streamlit as st

from data.mapping.files import mapping_text
from data.mapping.mapping import LogMapping
from data.mapping.saved import delete_mapping, saved_mappings
from data.store import Store
from pages.i18n.words import words
from pages.logs.desk import ImportDesk


def show_saved_mappings(store: Store, desk: ImportDesk) -> None:
    """Draw the saved mappings; nothing where there are none."""
    mappings = saved_mappings(store)
    if not mappings:
        return
    st.subheader(words("Saved mappings"))
    st.caption(
        words(
            "Files of no known format are read by the mapping that was saved last for their columns. The download is "
            "the file for `python -m data import LOG --mapping FILE`."
        )
    )
    for place, mapping in enumerate(mappings):
        _show_saved(store, desk, mapping, place)


def _show_saved(store: Store, desk: ImportDesk, mapping: LogMapping, place: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.text(mapping.name)
        st.space("stretch")
        st.download_button(
            words("Download"),
            mapping_text(mapping),
            file_name="mapping.toml",
            mime="application/toml",
            icon=":material/download:",
            on_click="ignore",
            key=f"download_mapping_{place}",
        )
        st.button(
            words("Delete"),
            on_click=_delete,
            args=[store, desk, mapping.name],
            icon=":material/delete:",
            type="tertiary",
            disabled=desk.job is not None,
            key=f"delete_mapping_{place}",
        )


def _delete(store: Store, desk: ImportDesk, name: str) -> None:
    delete_mapping(store, name)
    desk.check_again()
