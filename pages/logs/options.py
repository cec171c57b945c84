"""The options of an import, which the analyst declares where a file does not say it."""

from zoneinfo import available_timezones

import streamlit as st

from data.readers.reader import Options
from data.readers.registry import READERS, reader_named
from pages.logs.desk import Declaration

_EFS = {"guess": None, "yes": True, "no": False}
_EFS_LABELS = {"guess": "Guess from the file", "yes": "Yes", "no": "No"}


def choose_options(*, disabled: bool) -> Declaration:
    """The options as chosen; they hold for all dropped files."""
    with st.expander("Options", icon=":material/tune:"):
        st.caption("They hold for all files above. Import files that need other options separately.")
        first, second, third, fourth = st.columns(4)
        with first:
            format_name = st.selectbox(
                "Format",
                [reader.name for reader in READERS],
                index=None,
                format_func=lambda name: reader_named(name).label,
                placeholder="Recognised by its content",
                key="import_format",
                disabled=disabled,
            )
        with second:
            delivery = _delivery(disabled=disabled)
        with third:
            timezone = _timezone(disabled=disabled)
        with fourth:
            year = _whole_number(
                "Year", "As the file says", "Of the first line, where the log names none.", 1990, disabled=disabled
            )
        with first:
            efs = _efs(disabled=disabled)
        with second:
            validity_hours = _whole_number(
                "Validity period (hours)",
                "As usual for the format",
                "How long the sending system retries.",
                1,
                disabled=disabled,
            )
        with third:
            gap_minutes = _whole_number(
                "Pause between deliveries (minutes)",
                "15",
                "Postfix names no delivery: a pause this long without a new message from a sender starts the next one.",
                1,
                disabled=disabled,
            )
    return Declaration(format_name, Options(timezone, year, efs, delivery, validity_hours, gap_minutes))


def _delivery(*, disabled: bool) -> str | None:
    label = st.text_input(
        "Delivery label",
        placeholder="As the file says",
        help="Where the log names no delivery, this is its id as well.",
        key="import_delivery",
        disabled=disabled,
    )
    return label.strip() or None


def _timezone(*, disabled: bool) -> str | None:
    return st.selectbox(
        "Time zone",
        sorted(available_timezones()),
        index=None,
        placeholder="As the file says, else UTC",
        help="The zone of times that name none.",
        key="import_timezone",
        disabled=disabled,
    )


def _efs(*, disabled: bool) -> bool | None:
    chosen = st.selectbox(
        "Email Feedback Service",
        list(_EFS),
        format_func=_EFS_LABELS.__getitem__,
        help="Whether Campaign measured with it. An export does not say so.",
        key="import_efs",
        disabled=disabled,
    )
    return _EFS[chosen]


def _whole_number(label: str, placeholder: str, told: str, minimum: int, *, disabled: bool) -> int | None:
    return st.number_input(
        label,
        min_value=minimum,
        max_value=9999,
        value=None,
        format="%d",
        placeholder=placeholder,
        help=told,
        key=f"import_{label}",
        disabled=disabled,
    )
