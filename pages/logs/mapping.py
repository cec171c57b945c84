"""Saying what the columns and values of a foreign table mean: drawn below the file that was not recognised."""

from dataclasses import replace

import streamlit as st

from data.mapping.guess import guessed_mapping
from data.mapping.mapped import MAPPED
from data.mapping.mapping import LogMapping
from data.mapping.sample import Sample, sample_of
from data.mapping.saved import mapping_for, save_mapping
from data.report import ImportReport, Status
from data.store import Store
from pages.i18n.words import words
from pages.logs.desk import ImportDesk
from pages.logs.mapping_columns import choose_columns, choose_time_format
from pages.logs.mapping_values import choose_times, choose_values
from pages.logs.mapping_words import in_words, lacking
from pages.logs.uploads import Upload

_OPEN = "mapping_open"


def show_mapping(store: Store, desk: ImportDesk, upload: Upload, report: ImportReport) -> None:
    """Draw the button that opens the section, or the section. Nothing where a reader knows what the file means."""
    is_mapped = report.format == MAPPED.name and report.status == Status.IMPORTED
    if not is_mapped and not report.columns:
        return
    if st.session_state.get(_OPEN) == upload.number:
        with st.container(border=True):
            _show_section(store, desk, upload)
    else:
        st.button(
            words("Change what its columns mean") if is_mapped else words("Say what its columns mean"),
            on_click=_open,
            args=[upload.number],
            icon=":material/table_edit:",
            key=f"map_{upload.number}",
            disabled=desk.job is not None,
        )


def _open(number: int | None) -> None:
    st.session_state[_OPEN] = number


def _show_section(store: Store, desk: ImportDesk, upload: Upload) -> None:
    sample, preset = _looked_at(store, upload)
    if sample is None or not sample.rows:
        st.caption(words("No row of the file can be shown; see whether it was exported wholly."))
        return
    st.markdown(f"**{words('What its columns mean')}**")
    _show_first_rows(sample)
    columns = choose_columns(sample, preset, upload.number)
    times = choose_times(sample, preset, upload.number)
    timed = columns.get("event_time") or next(iter(times), None)
    time_format = choose_time_format(sample, preset, timed, upload.number)
    values = choose_values(sample, preset, columns.get("kind"), upload.number)
    mapping = LogMapping(preset.name, columns, values, times, time_format)
    st.text(in_words(sample, mapping))
    _show_end(store, desk, upload, sample, mapping)


def _looked_at(store: Store, upload: Upload) -> tuple[Sample | None, LogMapping]:
    """The sample of a file and what to begin with, looked up once while the section is open."""
    key = f"mapping_sample_{upload.number}"
    if key not in st.session_state:
        with st.spinner(words("Looking into the file")):
            sample = sample_of(store, upload.path, upload.name)
        st.session_state[key] = sample, _preset(store, sample, upload.name)
    looked_at: tuple[Sample | None, LogMapping] = st.session_state[key]
    return looked_at


def _preset(store: Store, sample: Sample | None, file_name: str) -> LogMapping:
    if sample is None:
        return LogMapping(file_name, {})
    with store.cursor() as cursor:
        saved = mapping_for(cursor, sample.names)
    return saved or guessed_mapping(sample, file_name)


def _show_first_rows(sample: Sample) -> None:
    st.dataframe(
        sample.first_rows,
        hide_index=True,
        alt=words(
            "The first rows of the table with its {count} columns; addresses are masked.", count=len(sample.columns)
        ),
    )


def _show_end(store: Store, desk: ImportDesk, upload: Upload, sample: Sample, mapping: LogMapping) -> None:
    name = st.text_input(
        words("Name of the mapping"),
        value=mapping.name,
        max_chars=80,
        help=words("Files with the same columns are read by it from now on. A mapping of the same name is replaced."),
        key=f"map_{upload.number}_name",
    ).strip()
    missing = lacking(mapping) or ("" if name else words("Give the mapping a name."))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words("Save and check the file"),
            on_click=_save,
            args=[store, desk, upload, sample, replace(mapping, name=name)],
            type="primary",
            icon=":material/save:",
            disabled=bool(missing) or desk.job is not None,
            key=f"map_{upload.number}_save",
        )
        st.button(words("Close"), on_click=_close, args=[upload], key=f"map_{upload.number}_close")
        if missing:
            st.caption(missing)


def _save(store: Store, desk: ImportDesk, upload: Upload, sample: Sample, mapping: LogMapping) -> None:
    save_mapping(store, mapping, sample.names)
    desk.check_again()
    _close(upload)


def _close(upload: Upload) -> None:
    _open(None)
    st.session_state.pop(f"mapping_sample_{upload.number}", None)
