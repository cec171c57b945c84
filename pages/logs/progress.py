"""A running job on screen: its stage, the time it took so far, and the way to stop it."""

import streamlit as st

from pages.i18n.told import told
from pages.i18n.words import phrase, words
from pages.logs.desk import ImportDesk, Work

_TITLES = {
    Work.CHECK: phrase("Checking, nothing is kept yet"),
    Work.IMPORT: phrase("Importing"),
    Work.SAMPLES: phrase("Loading the sample logs"),
    Work.REMOVE: phrase("Removing"),
}


@st.fragment(run_every=0.5)
def show_progress(desk: ImportDesk) -> None:
    """Draw how far the desk's job is, twice a second; the page runs again when it is done."""
    if not desk.job or not desk.work or not desk.job.is_running:
        st.rerun()
    standing = desk.job.standing()
    with st.container(border=True):
        st.text(told(standing.task.name))
        st.progress(
            standing.share,
            text=words(
                "{work} · file {file} of {files} · {stage}, stage {number} of {stages} · {seconds} s",
                work=words(_TITLES[desk.work]),
                file=standing.task_number,
                files=standing.tasks,
                stage=told(standing.stage),
                number=standing.stage_number,
                stages=standing.stages,
                seconds=round(standing.elapsed_seconds),
            ),
        )
        st.button(
            words("Stopping") if desk.job.is_stopping else words("Cancel"),
            on_click=desk.job.cancel,
            disabled=desk.job.is_stopping,
            icon=":material/cancel:",
            key="import_cancel",
        )
