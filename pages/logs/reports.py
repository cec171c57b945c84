"""An import report on screen. What comes from a log or a file name is shown as plain text, never as Markdown."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from data.ingest import ImportReport, Status
from data.readers.registry import reader_named
from pages.logs.defused_csv import defused_csv

_SHOWN_DELIVERIES = 3

_MEANINGS = {
    "duplicates": "Duplicates tell only what was known already; they change nothing.",
    "ignored": "Ignored records are sound, but no part of a send.",
    "contradictions": "A contradiction is an event that cannot follow what was told before, such as a delivery after a "
    "hard bounce. It is kept and changes no number.",
    "unknown": "Unknown events are of a kind that Sendlog does not know. They are kept and change no number.",
}


def show_report(report: ImportReport, timezone: str | None, labels: Mapping[str, str], *, key: str) -> None:
    """Draw what an import or its dry run found. labels: of the deliveries that the store knows, by their id."""
    if report.status is not Status.IMPORTED:
        st.text(report.message)
        return
    first, second, third, fourth = st.columns(4)
    _fact(first, "Format", reader_named(report.format or "").label)
    _fact(second, "Deliveries", _deliveries(report.deliveries, labels))
    _fact(third, "Period (UTC)", _period(report))
    _fact(fourth, "Delivery feedback", "Yes" if report.has_delivery_feedback else "None")
    st.text(_equation(report))
    for note in report.notes:
        st.text(note)
    for sentence in _sentences(report, timezone):
        st.caption(sentence)
    if report.rejections:
        _show_rejections(report, key)


def rejections_csv(report: ImportReport) -> bytes:
    """The rejected lines that a report carries, for a spreadsheet."""
    return defused_csv(_rejections(report))


def _fact(place: st.delta_generator.DeltaGenerator, name: str, value: str) -> None:
    place.caption(name)
    place.text(value)


def _deliveries(ids: tuple[str, ...], labels: Mapping[str, str]) -> str:
    if not ids:
        return "None"
    shown = [_named(each, labels.get(each, each)) for each in ids[:_SHOWN_DELIVERIES]]
    more = len(ids) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def _named(delivery_id: str, label: str) -> str:
    return delivery_id if label in {"", delivery_id} else f"{label} ({delivery_id})"


def _period(report: ImportReport) -> str:
    if report.first_time is None or report.observed_until is None:
        return "No times"
    return f"{report.first_time:%Y-%m-%d %H:%M:%S} to {report.observed_until:%Y-%m-%d %H:%M:%S}"


def _equation(report: ImportReport) -> str:
    parts = " + ".join(f"{getattr(report, name):,} {name}" for name in ("used", "duplicates", "rejected", "ignored"))
    told = ", ".join(f"{getattr(report, name):,} {name}" for name in ("events", "contradictions", "unknown"))
    return f"{report.records:,} records = {parts}; {told}"


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
        return "The zone or year of some times is assumed (UTC where none was chosen); say under Options what it is."
    if timezone:
        return f"Times that name no zone were read as {timezone}, as declared."
    return "Every time names its zone."


def _rejections(report: ImportReport) -> pd.DataFrame:
    return pd.DataFrame(report.rejections, columns=["line", "text", "reason"])


def _show_rejections(report: ImportReport, key: str) -> None:
    shown = len(report.rejections)
    which = (
        f"The first {shown:,} of {report.rejected:,} rejected lines" if shown < report.rejected else "Rejected lines"
    )
    with st.expander(f"{which} ({report.rejected:,})", icon=":material/rule:"):
        show_rejected_lines(_rejections(report), f"{which}, with the reason for each.")
        st.download_button(
            "Download as CSV",
            lambda: rejections_csv(report),
            file_name="rejected-lines.csv",
            mime="text/csv",
            key=f"rejections_{key}",
            icon=":material/download:",
            on_click="ignore",
        )


def show_rejected_lines(lines: pd.DataFrame, told: str) -> None:
    """Draw rejected lines as a table of plain cells."""
    st.dataframe(
        lines,
        hide_index=True,
        column_config={
            "line": st.column_config.NumberColumn("Line", width="small", format="%d"),
            "text": st.column_config.TextColumn("Text", width="large"),
            "reason": st.column_config.TextColumn("Reason", width="large"),
        },
        alt=told,
    )
