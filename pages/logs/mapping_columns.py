"""Which column of a foreign table holds what, and how its times are written."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.mapping.guess import can_be_status
from data.mapping.mapping import NEEDED, OPTIONAL, STATUS_FIELDS, LogMapping
from data.mapping.sample import Sample
from data.mapping.written_times import formats_of, time_read
from pages.i18n.formats import day_text
from pages.i18n.words import words
from pages.logs.mapping_choice import choose
from pages.logs.mapping_words import FIELD_WORDS, format_word

_FIRST = (*NEEDED, *STATUS_FIELDS, "message_id", "delivery_id")
_FURTHER = tuple(name for name in OPTIONAL if name not in _FIRST)
_PER_LINE = 3


def choose_columns(sample: Sample, preset: LogMapping, number: int) -> dict[str, str]:
    """Draw a choice of column for every field; returns the columns chosen."""
    chosen = _choose(_FIRST, sample, preset, number)
    with st.expander(words("More columns"), icon=":material/view_column:"):
        return chosen | _choose(_FURTHER, sample, preset, number)


def choose_time_format(sample: Sample, preset: LogMapping, column: str | None, number: int) -> str | None:
    """Draw the choice among the ways of writing times that fit a column; returns the one chosen."""
    timed = sample.column(column)
    if timed is None:
        return None
    fits = formats_of(timed.counts)
    if not fits:
        if timed.filled:
            st.caption(words("That column holds no times that can be read; choose another one."))
        return None
    written, example = st.columns([1, 2], vertical_alignment="bottom")
    shown = {fit: format_word(fit) for fit in fits}
    with written:
        chosen = st.selectbox(
            words("How times are written"),
            fits,
            index=fits.index(preset.time_format) if preset.time_format in fits else 0,
            format_func=shown.__getitem__,
            key=f"map_{number}_format_{column}",
        )
    example.text(_example(list(timed.counts), chosen))
    return chosen


def _choose(names: Sequence[str], sample: Sample, preset: LogMapping, number: int) -> dict[str, str]:
    places = st.columns(_PER_LINE)
    chosen = {name: _column(places[at % _PER_LINE], name, sample, preset, number) for at, name in enumerate(names)}
    return {name: column for name, column in chosen.items() if column}


def _column(place: DeltaGenerator, name: str, sample: Sample, preset: LogMapping, number: int) -> str | None:
    columns = [column.name for column in sample.columns if name != "kind" or can_be_status(column)]
    label, meaning = FIELD_WORDS[name]
    key = f"map_{number}_{name}"
    proposed, none = preset.columns.get(name), words("None")
    return choose(place, words(label), columns, proposed, key=key, placeholder=none, meaning=words(meaning))


def _example(written: Sequence[str], time_format: str | None) -> str:
    for word in written:
        moment = time_read(word, time_format) if time_format else None
        if moment:
            return words(
                "{written} is read as {moment}, in the zone of the option Time zone.",
                written=word,
                moment=_moment_text(moment),
            )
    return ""


def _moment_text(moment: datetime) -> str:
    return f"{day_text(moment)} {moment:%H:%M:%S}"
