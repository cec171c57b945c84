"""An import report on screen. What comes from a log or a file name is shown as plain text, never as Markdown."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from data.readers.registry import reader_named
from data.report import COUNTS, ImportReport, Status
from pages.deliveries.about import draw_about
from pages.i18n.words import plural, words
from pages.logs.quality_words import reason_in_words
from pages.logs.report_deliveries import show_deliveries
from pages.logs.report_words import (
    equation_text,
    findings_text,
    in_words_of_the_page,
    meanings_text,
    message_text,
    period_text,
)
from pages.session.table_files import csv_file


def show_report(report: ImportReport, all_rejections: Callable[[], pd.DataFrame] | None = None, *, key: str) -> None:
    """Draw what an import found, or its dry run, which has no all_rejections: the data quality shows them."""
    if report.status != Status.IMPORTED:
        st.text(message_text(report.message, report.source))
        return
    _show_facts(report)
    if report.answers:
        draw_about(report.answers, words("What it can answer"))
    show_deliveries(report.sizes, is_stored=all_rejections is not None)
    counts = {name: getattr(report, name) for name in COUNTS}
    with st.container(gap="xxsmall"):
        st.text(equation_text(counts))
        st.text(findings_text(counts))
    for note in report.notes:
        st.text(in_words_of_the_page(note))
    if meanings := meanings_text(report):
        st.caption(meanings)
    if report.rejections and all_rejections:
        _show_rejections(report, all_rejections, key)


def rejections_in(report: ImportReport) -> pd.DataFrame:
    """The rejected lines that a report carries: line, text, reason."""
    return pd.DataFrame(report.rejections, columns=["line", "text", "reason"])


def _show_facts(report: ImportReport) -> None:
    facts = {
        words("Format"): reader_named(report.format or "").label,
        words("Period"): period_text(report.first_time, report.observed_until),
    }
    for place, (name, value) in zip(st.columns(2), facts.items(), strict=True):
        with place.container(gap=None):
            st.caption(name)
            st.text(value)


def _title(shown: int, rejected: int) -> str:
    if shown < rejected:
        return words("The first {shown} of {count} rejected lines", shown=shown, count=rejected)
    return plural("One rejected line", "All {count} rejected lines", rejected)


def _show_rejections(report: ImportReport, all_rejections: Callable[[], pd.DataFrame], key: str) -> None:
    rejected = rejections_in(report)
    shown = len(rejected)
    title = _title(shown, report.rejected)
    with st.expander(title, icon=":material/rule:"):
        st.dataframe(
            rejected.assign(reason=rejected["reason"].map(reason_in_words)),
            hide_index=True,
            column_config={
                "line": st.column_config.NumberColumn(words("Line"), width="small", format="%d"),
                "text": st.column_config.TextColumn(words("Text"), width="medium"),
                "reason": st.column_config.TextColumn(words("Reason"), width="medium"),
            },
            alt=words("{title}, with number, text and reason.", title=title),
        )
        st.download_button(
            words("Download as CSV"),
            lambda: csv_file(all_rejections()),
            file_name="rejected-lines.csv",
            mime="text/csv",
            key=f"rejections_{key}",
            icon=":material/download:",
            on_click="ignore",
        )
