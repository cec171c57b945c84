"""The timeline of one address: its attempts, replies, statuses, opens and clicks, a row per message."""

import pandas as pd
import streamlit as st

from analytics.modes import Kpi, Mode
from analytics.recipient import History, status_spans
from pages.figures.colours import colours_of
from pages.figures.recipient_bands import StatusBand
from pages.figures.recipient_timeline import timeline_figure
from pages.i18n.formats import count_text, moment_text
from pages.i18n.terms import STATUSES, kind_text, kpi_text, mode_text, reason_text, status_text
from pages.i18n.words import messages_text, words
from pages.messages.recipient_summary import counted_as
from pages.messages.recipient_tables import event_columns, event_table
from pages.parts.chart import draw_chart
from pages.session.asked import Filters

_MOST_ROWS = 12
_BANDS = (Mode.WITH_EFS, Mode.WITHOUT_EFS)


def draw_timeline(asked: Filters, known: History) -> None:
    """Draw the latest messages with their events."""
    messages = known.messages.head(_MOST_ROWS)
    events = known.events[known.events["message_key"].isin(messages["message_key"])]
    figure = timeline_figure(
        messages,
        _drawn(events),
        tuple(StatusBand(mode_text(mode), status_spans(known, mode)) for mode in _BANDS),
        colours_of(st.context.theme.type),
        {status: status_text(status) for status in STATUSES},
    )
    st.subheader(words("Timeline"))
    draw_chart(
        "recipient-timeline", figure, event_table(events), _takeaway(asked, known), asked=asked, columns=event_columns()
    )
    if len(messages) < len(known.messages):
        st.caption(
            words(
                "The {shown} latest of {messages}; all are listed below.",
                shown=len(messages),
                messages=messages_text(len(known.messages)),
            )
        )


def _drawn(events: pd.DataFrame) -> pd.DataFrame:
    """The events with what stands beside their symbols and what is told on hover."""
    kinds = events["kind"].map(kind_text)
    codes = (
        events["smtp_code"]
        .astype("string")
        .fillna("")
        .where(events["failure_type"].notna() | events["kind"].eq("deferred"), "")
    )
    return pd.DataFrame(
        {
            "message_key": events["message_key"],
            "event_time": events["event_time"],
            "kind": events["kind"],
            "kind_words": kinds,
            "label": (codes + " " + kinds).str.strip(),
            "told": [_told(event) for event in events.to_dict("records")],
        }
    )


def _told(event: dict[object, object]) -> str:
    """An event in a few lines: what, when, and what the reply was."""
    attempt, nature = event["attempt"], event["nature_of_failure"]
    lines = [
        kind_text(str(event["kind"])),
        moment_text(event["event_time"]),  # type: ignore[arg-type]
        "" if pd.isna(attempt) else words("Attempt {number}", number=int(attempt)),  # type: ignore[call-overload]
        "" if pd.isna(nature) else reason_text(str(nature)),  # type: ignore[call-overload]
        "" if pd.isna(event["reason"]) else str(event["reason"])[:200],  # type: ignore[call-overload]
    ]
    return "\n".join(line for line in lines if line)


def _takeaway(asked: Filters, known: History) -> str:
    """What the timeline says, for those who cannot see it."""
    return words(
        "{messages} to this address: {delivered} count as {delivered_name} and {failed} as {failed_name} ({mode}).",
        messages=messages_text(len(known.messages)),
        delivered=count_text(counted_as(known, Kpi.DELIVERED, asked.mode)),
        delivered_name=kpi_text(Kpi.DELIVERED),
        failed=count_text(counted_as(known, Kpi.BOUNCES_ERRORS, asked.mode)),
        failed_name=kpi_text(Kpi.BOUNCES_ERRORS),
        mode=mode_text(asked.mode),
    )
