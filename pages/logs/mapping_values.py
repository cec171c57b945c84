"""What the values of a status column mean, and which further columns hold the times of events."""

import streamlit as st

from data.mapping.guess import guessed_kind_of_time, guessed_values
from data.mapping.mapping import MEANINGS, LogMapping
from data.mapping.sample import Sample
from pages.i18n.formats import count_text
from pages.i18n.words import words
from pages.logs.mapping_choice import choose
from pages.logs.mapping_words import meaning_words

_WIDTHS = [2, 1, 5]


def choose_values(sample: Sample, preset: LogMapping, status: str | None, number: int) -> dict[str, str]:
    """Draw a choice of meaning for every value of the status column; returns those that have one."""
    column = sample.column(status)
    if column is None:
        return {}
    st.markdown(f"**{words('What its status means')}**")
    guessed = preset.values if preset.columns.get("kind") == status else guessed_values(column.counts)
    known = {word.lower(): meaning for word, meaning in guessed.items()}
    chosen = {
        word: _meaning(word, count_text(rows), known.get(word.lower()), f"map_{number}_value_{status}_{word}")
        for word, rows in column.counts.items()
    }
    return {word: meaning for word, meaning in chosen.items() if meaning}


def choose_times(sample: Sample, preset: LogMapping, number: int) -> dict[str, str]:
    """Draw the choice of the columns that hold a time of their own, and of its kind; returns those that have one."""
    names = list(sample.names)
    chosen = st.multiselect(
        words("Columns with a time of their own"),
        names,
        default=[name for name in preset.times if name in names],
        placeholder=words("None"),
        help=words(
            "Where a row is a message with several times, such as sent at, delivered at and opened at, each time that "
            "is filled tells an event."
        ),
        key=f"map_{number}_times",
    )
    kinds = {
        name: _meaning(
            name,
            count_text(column.filled if (column := sample.column(name)) else 0),
            preset.times.get(name) or guessed_kind_of_time(name),
            f"map_{number}_time_{name}",
        )
        for name in chosen
    }
    return {name: kind for name, kind in kinds.items() if kind}


def _meaning(word: str, rows: str, meaning: str | None, key: str) -> str | None:
    """A line with what the file says, as plain text, in how many rows, and the choice of what it means."""
    said, counted, means = st.columns(_WIDTHS, vertical_alignment="center")
    said.text(word or words("(empty)"))
    counted.text(rows)
    placeholder = words("Not mapped: counted as unknown") if word else words("Not mapped: left out")
    return choose(
        means,
        words("Meaning"),
        MEANINGS,
        meaning,
        key=key,
        placeholder=placeholder,
        format_func=meaning_words().__getitem__,
        is_labelled=False,
    )
