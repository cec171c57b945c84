"""The dropped files with their dry runs, and the files just imported."""

from collections.abc import Mapping

import streamlit as st

from data.ingest import ImportReport, Status
from pages.logs.desk import ImportDesk
from pages.logs.reports import show_report
from pages.logs.uploads import Upload


def show_dropped(desk: ImportDesk, labels: Mapping[str, str]) -> None:
    """Draw the dry run of every dropped file, and the button that imports them."""
    if not desk.uploads:
        return
    for upload in desk.uploads:
        with st.container(border=True):
            _show_upload(desk, upload, labels)
    with st.container(horizontal=True):
        _show_buttons(desk)
    if len(desk.uploads) > 1:
        st.caption(
            "Each file was checked on its own. What several of them tell counts as a duplicate from the second on."
        )


def show_imported(desk: ImportDesk, labels: Mapping[str, str]) -> None:
    """Draw what the last import did, with the way to its first delivery."""
    for number, report in enumerate(desk.imported):
        with st.container(border=True):
            _show_name(report.source, report, "Imported")
            show_report(report, desk.declared.options.timezone, labels, key=f"imported_{number}")
    first = next((each for report in desk.imported for each in report.deliveries), None)
    if first:
        st.page_link(
            "pages/deliveries/deployment.py",
            label="Open the deployment",
            icon=":material/outgoing_mail:",
            query_params={"delivery": first},
        )


def _show_upload(desk: ImportDesk, upload: Upload, labels: Mapping[str, str]) -> None:
    report = desk.checked.get(upload.number)
    _show_name(upload.name, report, "Can be imported")
    if report:
        show_report(report, desk.declared.options.timezone, labels, key=f"checked_{upload.number}")
    st.button(
        "Leave out",
        on_click=desk.leave_out,
        args=[upload],
        key=f"leave_out_{upload.number}",
        icon=":material/close:",
        type="tertiary",
        disabled=desk.job is not None,
    )


def _show_name(name: str, report: ImportReport | None, done: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(name)
        if report and report.status is Status.IMPORTED:
            st.badge(done, icon=":material/check:", color="green")
        elif report and report.status is Status.ALREADY_IMPORTED:
            st.badge("Imported before", icon=":material/content_copy:", color="gray")
        elif report:
            st.badge("Refused", icon=":material/block:", color="red")


def _show_buttons(desk: ImportDesk) -> None:
    ready = len(desk.importable())
    st.button(
        f"Import {ready:,} files" if ready > 1 else "Import",
        on_click=desk.import_all,
        type="primary",
        icon=":material/upload_file:",
        disabled=desk.job is not None or not ready,
    )
    if desk.is_check_stopped:
        st.button("Check again", on_click=desk.check_again, icon=":material/refresh:")
