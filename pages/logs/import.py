"""Import: can I trust this file, and what can it not answer?"""  # noqa: N999 - it is what the page does

import streamlit as st

from data.readers.registry import READERS
from pages.i18n.words import words
from pages.logs.actions import show_actions
from pages.logs.desk import ImportDesk, Work
from pages.logs.dropped import show_dropped, show_imported
from pages.logs.mapping_saved import show_saved_mappings
from pages.logs.options import choose_options
from pages.logs.quality_meanings import show_given_meanings
from pages.logs.source_list import show_sources
from pages.session.store import opened_store

store = opened_store()
if "import_desk" not in st.session_state:
    st.session_state.import_desk = ImportDesk(store)
desk: ImportDesk = st.session_state.import_desk
desk.collect()

st.title(words("Import"))
dropped = st.file_uploader(
    words("Drop log files"),
    accept_multiple_files=True,
    key=f"dropped_{desk.drops}",
    disabled=desk.work not in {None, Work.CHECK},
)
if dropped:
    desk.take([(file.name, file) for file in dropped])
    st.rerun()
st.caption(
    words(
        "Sending logs as your mail system writes them, or any other table whose columns you can name; plain, .gz, .zst "
        "or .zip. Dropped files wait here until they are imported; reloading the page before that forgets them."
    )
)
with st.container(horizontal=True):
    with st.popover(words("What can be read"), icon=":material/list:"):
        st.markdown("\n".join(f"- {reader.label}" for reader in READERS))
        st.caption(words("Any other CSV, JSON or Parquet file: say what its columns mean."))
    st.button(
        words("Load the sample logs"),
        on_click=desk.import_samples,
        icon=":material/science:",
        key="load_samples",
        disabled=desk.job is not None,
    )

if desk.uploads:
    meanings = desk.declared.options.meanings
    desk.declare(choose_options(meanings, disabled=desk.work not in {None, Work.CHECK}))
    show_given_meanings(desk)
    desk.check()
show_actions(desk)
show_imported(store, desk)
show_dropped(store, desk)
show_sources(store, desk)
show_saved_mappings(store, desk)
