"""The dropped files with their dry runs, and the files just imported."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from data.report import ImportReport, Status
from data.sources import rejects
from data.store import Store
from pages.i18n.words import count_text
from pages.logs.desk import ImportDesk
from pages.logs.reports import rejections_in, show_report
from pages.logs.uploads import Upload


def show_dropped(desk: ImportDesk, labels: Mapping[str, str]) -> None:
    """Draw the dry run of every dropped file, and the button that imports them."""
    for upload in desk.uploads:
        with st.container(border=True):
            _show_upload(desk, upload, labels)
    ready = len(desk.importable())
    with st.container(horizontal=True):
        if ready:
            _show_import_button(desk, ready)
        if desk.is_check_stopped:
            st.button("Check again", on_click=desk.check_again, icon=":material/refresh:", key="check_again")
    if ready > 1:
        st.caption(
            "Each file was checked on its own. What several of them tell counts as a duplicate from the second on."
        )


def show_imported(store: Store, desk: ImportDesk, labels: Mapping[str, str]) -> None:
    """Draw what the last import did, with the way to its first delivery."""
    timezone = desk.declared.options.timezone
    for report in desk.imported:
        all_rejections = partial(rejects, store, str(report.source_id))
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                _show_name(report.source, report, "Imported")
            show_report(report, timezone, labels, all_rejections, key=f"imported_{report.source_id}")
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
    with st.container(horizontal=True, vertical_alignment="center"):
        _show_name(upload.name, report, "Can be imported")
        st.space("stretch")
        st.button(
            "Leave out",
            on_click=desk.leave_out,
            args=[upload],
            key=f"leave_out_{upload.number}",
            icon=":material/close:",
            type="tertiary",
            disabled=desk.job is not None,
        )
    if report:
        all_rejections = partial(rejections_in, report)
        show_report(report, desk.declared.options.timezone, labels, all_rejections, key=f"checked_{upload.number}")


def _show_name(name: str, report: ImportReport | None, done: str) -> None:
    st.text(name)
    if report and report.status == Status.IMPORTED:
        st.badge(done, icon=":material/check:", color="green")
    elif report and report.status == Status.ALREADY_IMPORTED:
        st.badge("Imported before", icon=":material/content_copy:", color="gray")
    elif report:
        st.badge("Refused", icon=":material/block:", color="red")


def _show_import_button(desk: ImportDesk, ready: int) -> None:
    st.button(
        f"Import {count_text(ready)} files" if ready > 1 else "Import",
        on_click=desk.import_all,
        type="primary",
        icon=":material/upload_file:",
        disabled=desk.job is not None,
        key="import_dropped",
    )
