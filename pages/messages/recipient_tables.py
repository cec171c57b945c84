"""The messages to one address, and all events that are told of them."""

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from analytics.modes import Mode
from analytics.recipient import History
from pages.i18n.formats import NOTHING
from pages.i18n.terms import failure_type_text, kind_text, mode_text, reason_text, status_text
from pages.i18n.words import plural, words
from pages.parts.columns import Columns, minute_column, moment_column
from pages.parts.downloads import draw_downloads
from pages.session.asked import Filters

_BOTH = (Mode.WITH_EFS, Mode.WITHOUT_EFS)
_DELIVERY_WIDTH = 165
_EVENT_COLUMNS = (
    *("event_time", "delivery", "kind", "attempt", "smtp_code", "enhanced_status", "failure_type"),
    *("nature_of_failure", "reason", "link", "message_id", "source", "line"),
)


def draw_messages(known: History) -> None:
    """Draw a row per message with its status in both modes."""
    count = len(known.messages)
    st.subheader(words("Messages"))
    messages = known.messages
    table = pd.DataFrame(
        {
            "delivery": messages["delivery"],
            "started_at": messages["started_at"],
            **{mode.value: messages[mode.value].map(_status, na_action=None) for mode in _BOTH},
            "opened_at": messages["opened_at"],
            "clicked_at": messages["clicked_at"],
            "as_of": messages["as_of"],
            "message_id": messages["message_id"],
        }
    )
    columns: Columns = {
        "delivery": st.column_config.TextColumn(words("Delivery"), width=_DELIVERY_WIDTH),
        "started_at": minute_column(words("Start (UTC)")),
        **{mode.value: _status_column(mode) for mode in _BOTH},
        "opened_at": minute_column(words("First open (UTC)")),
        "clicked_at": minute_column(words("First click (UTC)")),
        "as_of": minute_column(words("As of (UTC)")),
        "message_id": st.column_config.TextColumn(words("Message id"), width="small"),
    }
    told = plural("{count} message to this address", "{count} messages to this address", count)
    st.dataframe(table, hide_index=True, column_config=columns, alt=told, placeholder="", key="recipient-messages")


def draw_events(asked: Filters, known: History) -> None:
    """Draw a row per event, and offer them as files."""
    told = plural("{count} event is told of this address", "{count} events are told of this address", len(known.events))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(words("Events"), width="content")
        draw_downloads("recipient-events", event_table(known.events), asked.delivery.delivery_id)
    st.caption(f"{told}.")
    st.dataframe(
        said(event_table(known.events)),
        hide_index=True,
        column_config=event_columns(),
        alt=told,
        placeholder="",
        key="recipient-events",
    )


def event_table(events: pd.DataFrame) -> pd.DataFrame:
    """The columns of the events that are listed, as stored."""
    return events[list(_EVENT_COLUMNS)]


def said(events: pd.DataFrame) -> pd.DataFrame:
    """The events with their terms in the language spoken."""
    terms = {"kind": kind_text, "failure_type": failure_type_text, "nature_of_failure": reason_text}
    return events.assign(**{name: events[name].map(said, na_action="ignore") for name, said in terms.items()})


def event_columns() -> Columns:
    """How the columns of the events are headed."""
    whole = st.column_config.NumberColumn
    return {
        "event_time": moment_column(words("Date (UTC)")),
        "delivery": words("Delivery"),
        "kind": words("Event"),
        "attempt": whole(words("Attempt"), help=words("The number of the attempt that this event ended, per message")),
        "smtp_code": whole(words("Reply code"), format="%d"),
        "enhanced_status": words("Enhanced status"),
        "failure_type": words("Failure type"),
        "nature_of_failure": words("Nature of failure"),
        "reason": words("Reason"),
        "link": words("Link"),
        "message_id": words("Message id"),
        "source": words("File"),
        "line": whole(words("Line"), format="%d"),
    }


def _status_column(mode: Mode) -> ColumnConfig:
    return st.column_config.TextColumn(mode_text(mode), help=words("The status in this mode"))


def _status(status: object) -> str:
    """A status; the sign for nothing where the log cannot answer in the mode."""
    return NOTHING if pd.isna(status) else status_text(str(status))  # type: ignore[call-overload]
