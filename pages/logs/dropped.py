"""The dropped files with their dry runs, and the files just imported."""

from functools import partial

import streamlit as st

from data.mapping.mapped import MAPPED
from data.report import ImportReport, Status
from data.sources import rejects
from data.store import Store
from pages.i18n.words import words
from pages.logs.desk import ImportDesk
from pages.logs.mapping import show_mapping
from pages.logs.quality import show_quality
from pages.logs.quality_meanings import ask_meanings
from pages.logs.reports import show_report
from pages.logs.uploads import Upload


def show_dropped(store: Store, desk: ImportDesk) -> None:
    """Draw the dry run of every dropped file."""
    for upload in desk.uploads:
        with st.container(border=True):
            _show_upload(store, desk, upload)


def show_imported(store: Store, desk: ImportDesk) -> None:
    """Draw what the last import did, with the way to its deliveries."""
    for report in desk.imported:
        all_rejections = partial(rejects, store, str(report.source_id))
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                _show_name(report.source, report, words("Imported"))
            show_report(report, all_rejections, key=f"imported_{report.source_id}")


def _show_upload(store: Store, desk: ImportDesk, upload: Upload) -> None:
    report = desk.checked.get(upload.number)
    with st.container(horizontal=True, vertical_alignment="center"):
        _show_name(upload.name, report, words("Can be imported"))
        st.space("stretch")
        st.button(
            words("Leave out"),
            on_click=desk.leave_out,
            args=[upload],
            key=f"leave_out_{upload.number}",
            icon=":material/close:",
            type="tertiary",
            disabled=desk.job is not None,
        )
    if report:
        show_report(report, key=f"checked_{upload.number}")
        _show_findings(desk, upload, report)
        show_mapping(store, desk, upload, report)


def _show_findings(desk: ImportDesk, upload: Upload, report: ImportReport) -> None:
    if report.quality is None:
        return
    show_quality(report.quality, upload.name, key=f"checked_{upload.number}")
    if report.quality.unknown_words and report.format != MAPPED.name:  # The words of a mapped table: show_mapping.
        ask_meanings(desk, upload, report.quality.unknown_words)


def _show_name(name: str, report: ImportReport | None, done: str) -> None:
    st.text(name)
    if report and report.status == Status.IMPORTED and report.rejected == report.records:
        st.badge(words("No record could be read"), icon=":material/warning:", color="orange")
    elif report and report.status == Status.IMPORTED:
        st.badge(done, icon=":material/check:", color="green")
    elif report and report.status == Status.ALREADY_IMPORTED:
        st.badge(words("Imported before"), icon=":material/content_copy:", color="gray")
    elif report:
        st.badge(words("Cannot be imported"), icon=":material/block:", color="red")
