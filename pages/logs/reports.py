"""An import report on screen. What comes from a log or a file name is shown as plain text, never as Markdown."""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from data.readers.registry import reader_named
from data.report import ImportReport, Status
from pages.i18n.words import count_text, moment_text
from pages.session.exports import csv_bytes

_SHOWN_DELIVERIES = 3

_MEANINGS = {
    "duplicates": "Duplicates tell only what was known already; they change nothing.",
    "ignored": "Ignored records are sound, but no part of a send.",
    "contradictions": "A contradiction is an event that cannot follow what was told before, such as a delivery after a "
    "hard bounce. It is kept and changes no number.",
    "unknown": "Unknown events are of a kind that Sendlog does not know. They are kept and change no number.",
}

# Core messages name options as on the command line.
_OPTIONS = {
    "--efs yes": "Email Feedback Service: Yes",
    "--efs no": "Email Feedback Service: No",
    "--timezone": "the option Time zone",
    "--delivery": "the option Delivery label",
    "--format": "the option Format",
    "--year": "the option Year",
    "--gap": "the option Postfix pause",
    "--validity": "the option Validity period",
}


def show_report(
    report: ImportReport,
    timezone: str | None,
    labels: Mapping[str, str],
    all_rejections: Callable[[], pd.DataFrame],
    *,
    key: str,
) -> None:
    """Draw what an import or its dry run found. labels: of the deliveries that the store knows, by their id."""
    if report.status != Status.IMPORTED:
        st.text(report.source + _in_words_of_the_page(report.message.removeprefix(report.source)))
        return
    _show_facts(report, labels)
    with st.container(gap="xxsmall"):
        st.text(_equation(report))
        st.text(_findings(report))
    for note in report.notes:
        st.text(_in_words_of_the_page(note))
    st.caption(" ".join(_sentences(report, timezone)))
    if report.rejections:
        _show_rejections(report, all_rejections, key)


def rejections_in(report: ImportReport) -> pd.DataFrame:
    """The rejected lines that a report carries: line, text, reason."""
    return pd.DataFrame(report.rejections, columns=["line", "text", "reason"])


def _in_words_of_the_page(message: str) -> str:
    for option, words in _OPTIONS.items():
        message = message.replace(option, words)
    return message


def _show_facts(report: ImportReport, labels: Mapping[str, str]) -> None:
    facts = {
        "Format": reader_named(report.format or "").label,
        "Deliveries": _deliveries(report.deliveries, labels),
        "Period": _period(report),
        "Delivery feedback": "Yes" if report.has_delivery_feedback else "None",
    }
    for place, (name, value) in zip(st.columns([3, 3, 4, 2]), facts.items(), strict=True):
        with place.container(gap=None):
            st.caption(name)
            st.text(value)


def _deliveries(ids: tuple[str, ...], labels: Mapping[str, str]) -> str:
    if not ids:
        return "None"
    shown = [_named(each, labels.get(each, each)) for each in ids[:_SHOWN_DELIVERIES]]
    more = len(ids) - len(shown)
    return "\n".join([*shown, *([f"and {count_text(more)} more"] if more else [])])


def _named(delivery_id: str, label: str) -> str:
    return delivery_id if label in {"", delivery_id} else f"{label} ({delivery_id})"


def _period(report: ImportReport) -> str:
    if report.first_time is None or report.observed_until is None:
        return "No times"
    return f"{moment_text(report.first_time)} to {moment_text(report.observed_until)}"


def _equation(report: ImportReport) -> str:
    parts = [f"{count_text(getattr(report, name))} {name}" for name in ("used", "duplicates", "rejected", "ignored")]
    return f"{count_text(report.records)} records = {' + '.join(parts)}"


def _findings(report: ImportReport) -> str:
    told = [f"{name}: {count_text(getattr(report, name))}" for name in ("contradictions", "unknown")]
    return f"Events: {count_text(report.events)}, {', '.join(told)}"


def _sentences(report: ImportReport, timezone: str | None) -> list[str]:
    told = [_about_zone(report, timezone)]
    if not report.has_delivery_feedback:
        told.append(
            "No delivery feedback: the file tells of no acceptance and no retry, so the EFS view cannot be derived "
            "from it; the view without EFS can be."
        )
    return told + [meaning for name, meaning in _MEANINGS.items() if getattr(report, name)]


def _about_zone(report: ImportReport, timezone: str | None) -> str:
    if report.time_assumed:
        return "The zone or year of some times is assumed, UTC where none was chosen. The options can correct it."
    if timezone:
        return f"Times that name no zone were read as {timezone}, as declared."
    return "Every time names its zone."


def _show_rejections(report: ImportReport, all_rejections: Callable[[], pd.DataFrame], key: str) -> None:
    shown = len(report.rejections)
    which = f"The first {count_text(shown)} of" if shown < report.rejected else "All"
    title = f"{which} {count_text(report.rejected)} rejected lines" if report.rejected > 1 else "One rejected line"
    with st.expander(title, icon=":material/rule:"):
        st.dataframe(
            rejections_in(report),
            hide_index=True,
            column_config={
                "line": st.column_config.NumberColumn("Line", width="small", format="%d"),
                "text": st.column_config.TextColumn("Text", width="medium"),
                "reason": st.column_config.TextColumn("Reason", width="medium"),
            },
            alt=f"{title}, with number, text and reason.",
        )
        st.download_button(
            "Download as CSV",
            lambda: csv_bytes(all_rejections()),
            file_name="rejected-lines.csv",
            mime="text/csv",
            key=f"rejections_{key}",
            icon=":material/download:",
            on_click="ignore",
        )
