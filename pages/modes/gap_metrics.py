"""Delivered in both modes, and the messages between."""

import streamlit as st

from analytics.kpis import Counts, kpis
from analytics.modes import Kpi, Mode, states_counting_as
from analytics.selection import Selection
from data.states import State
from pages.i18n.formats import count_text, share_text
from pages.i18n.terms import base_text, state_text
from pages.i18n.words import phrase, words
from pages.modes.answers import Gap, base_in, gap_of
from pages.parts.metrics import Metric, draw_metrics
from pages.parts.rows_link import draw_rows_link
from pages.session.asked import Filters

_DELIVERED = {
    Mode.WITHOUT_EFS: (
        phrase("Delivered without EFS"),
        phrase("Messages relayed that have not failed, divided by those {base}: the ceiling"),
    ),
    Mode.WITH_EFS: (
        phrase("Delivered with EFS"),
        phrase("Messages that the receiving servers accepted, divided by those {base}: the floor"),
    ),
}
_IN_FLIGHT = phrase("Messages relayed of which nothing was heard yet, out of the messages in the gap")
_RETRYING = phrase("Messages refused for now that are tried again, out of the messages in the gap")


def draw_gap_metrics(counts: Counts, asked: Filters) -> None:
    """Draw them. counts: messages by state at the chosen moment."""
    has_feedback, gap = asked.delivery.has_delivery_feedback, gap_of(counts)
    modes = [Mode.WITHOUT_EFS, Mode.WITH_EFS] if has_feedback else [Mode.WITHOUT_EFS]
    metrics = [_delivered(counts, asked, mode) for mode in modes]
    draw_metrics(asked, [*metrics, *([_gap(gap)] if has_feedback else [])])


def draw_parts(gap: Gap, asked: Filters) -> None:
    """Draw what the gap is made of, each part with its rows; nothing where there is no gap."""
    if not gap.messages or not asked.delivery.has_delivery_feedback:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="parts"):
        for state, count, definition in (
            (State.IN_FLIGHT, gap.in_flight, _IN_FLIGHT),
            (State.RETRYING, gap.retrying, _RETRYING),
        ):
            if not count:
                continue
            told = words("{state}: {count} of {gap} in the gap", state=state_text(state), count=count, gap=gap.messages)
            st.caption(told, width="content", help=words(definition))
            draw_rows_link(asked, Selection(states=(state,)), count)


def delivered_in(mode: Mode) -> Selection:
    """The messages that count as Delivered in a mode, whatever mode they are looked at in."""
    return Selection(states=tuple(states_counting_as(Kpi.DELIVERED, mode)))


def _delivered(counts: Counts, asked: Filters, mode: Mode) -> Metric:
    base = base_in(asked, mode)
    shown = {name: column[0].item() for name, column in kpis(counts, mode, base).items()}
    label, definition = _DELIVERED[mode]
    return Metric(
        name=mode.value,
        label=words(label),
        value=share_text(shown["delivered_rate"]),
        made_of=words("{count} of {base_count} {base}", count=shown["delivered"], **_base(shown["base_count"], base)),
        definition=words(definition, base=base_text(base)),
        count=shown["delivered"],
        selection=delivered_in(mode),
    )


def _base(count: int, base: str) -> dict[str, object]:
    return {"base_count": count, "base": base_text(base)}


def _gap(gap: Gap) -> Metric:
    return Metric(
        "gap",
        words("Gap between the modes"),
        count_text(gap.messages),
        words("{in_flight} in flight + {retrying} retrying", in_flight=gap.in_flight, retrying=gap.retrying),
        words("Messages that count as Delivered without EFS and not with EFS"),
        gap.messages,
        Selection(states=(State.IN_FLIGHT, State.RETRYING)),
    )
