"""The options of an import, which the analyst declares where a file does not say it."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

import streamlit as st

from data.events import Kind
from data.readers.reader import Options
from data.readers.registry import READERS, reader_named
from pages.i18n.words import phrase, words
from pages.logs.tasks import Declaration

_EFS = {phrase("Guess from the file"): None, phrase("Yes"): True, phrase("No"): False}


def choose_options(meanings: Mapping[str, Kind], *, disabled: bool) -> Declaration:
    """The options as chosen, with the meanings given to unknown words; they hold for all dropped files."""
    with st.expander(words("Options"), icon=":material/tune:"):
        st.caption(words("They hold for all dropped files. Import files that need other options separately."))
        first, second, third = st.columns(3)
        with first:
            format_name = _format(disabled=disabled)
            year = _year(disabled=disabled)
            efs = _efs(disabled=disabled)
        with second:
            delivery = _delivery(disabled=disabled)
            validity_hours = _validity_hours(disabled=disabled)
        with third:
            timezone = _timezone(disabled=disabled)
            gap_minutes = _gap_minutes(disabled=disabled)
    return Declaration(format_name, Options(timezone, year, efs, delivery, validity_hours, gap_minutes, meanings))


def _format(*, disabled: bool) -> str | None:
    return st.selectbox(
        words("Format"),
        [reader.name for reader in READERS],
        index=None,
        format_func=lambda name: reader_named(name).label,
        placeholder=words("Recognised"),
        key="import_format",
        disabled=disabled,
    )


def _delivery(*, disabled: bool) -> str | None:
    label = st.text_input(
        words("Delivery label"),
        placeholder=words("From the file"),
        help=words("Where the log names no delivery, this is its id as well."),
        key="import_delivery",
        disabled=disabled,
    )
    return label.strip() or None


def _timezone(*, disabled: bool) -> str | None:
    return st.selectbox(
        words("Time zone"),
        _timezones(),
        index=None,
        placeholder=words("From the file, else UTC"),
        help=words("The zone of times that name none."),
        key="import_timezone",
        disabled=disabled,
    )


@cache
def _timezones() -> list[str]:
    """All zones, read from the disk once."""
    return sorted(available_timezones())


def _efs(*, disabled: bool) -> bool | None:
    named = {name: words(name) for name in _EFS}
    chosen = st.selectbox(
        words("Email Feedback Service"),
        list(_EFS),
        format_func=named.__getitem__,
        help=words("Whether Campaign measured with it. An export does not say so."),
        key="import_efs",
        disabled=disabled,
    )
    return _EFS[chosen]


def _year(*, disabled: bool) -> int | None:
    return _whole_number(
        "year",
        words("Year"),
        words("From the file"),
        words("Of the first line, where the log names none."),
        disabled=disabled,
    )


def _validity_hours(*, disabled: bool) -> int | None:
    return _whole_number(
        "validity",
        words("Validity period (hours)"),
        words("As usual"),
        words("How long the sending system retries."),
        disabled=disabled,
    )


def _gap_minutes(*, disabled: bool) -> int | None:
    return _whole_number(
        "gap",
        words("Postfix pause (minutes)"),
        "15",
        words("Postfix names no delivery: after such a pause, a sender's next message starts a new one."),
        disabled=disabled,
    )


def _whole_number(name: str, label: str, placeholder: str, meaning: str, *, disabled: bool) -> int | None:
    return st.number_input(
        label,
        min_value=1,
        max_value=9999,
        value=None,
        format="%d",
        placeholder=placeholder,
        help=meaning,
        key=f"import_{name}",
        disabled=disabled,
    )
