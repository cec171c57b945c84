"""A running job on screen: its stage, the time it took so far, and the way to stop it."""

import streamlit as st

from pages.logs.desk import ImportDesk, Work

_TITLES = {
    Work.CHECK: "Checking, nothing is kept yet",
    Work.IMPORT: "Importing",
    Work.SAMPLES: "Loading the sample logs",
    Work.REMOVE: "Removing",
}


@st.fragment(run_every=0.5)
def show_progress(desk: ImportDesk) -> None:
    """Draw how far the desk's job is, twice a second; the page runs again when it is done."""
    if not desk.job or not desk.work or not desk.job.is_running:
        st.rerun()
    standing = desk.job.standing()
    with st.container(border=True):
        st.text(standing.task.name)
        st.progress(
            standing.share,
            text=f"{_TITLES[desk.work]} · file {standing.task_number} of {standing.tasks} · {standing.stage}, stage "
            f"{standing.stage_number} of {standing.stages} · {standing.elapsed_seconds:.0f} s",
        )
        st.button(
            "Stopping" if desk.job.is_stopping else "Cancel",
            on_click=desk.job.cancel,
            disabled=desk.job.is_stopping,
            icon=":material/cancel:",
            key="import_cancel",
        )
