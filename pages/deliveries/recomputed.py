"""Compute stats: the delivery derived anew from its sending log."""

import streamlit as st

from data.deliveries import Delivery
from data.recomputation import Recomputation, recompute
from data.store import Store
from pages.i18n.words import count_text, moment_text

_KEY = "recomputation"


def draw_compute_stats(store: Store, delivery: Delivery) -> None:
    """The button."""
    told = "Derive this delivery anew from its sending log, and bring every KPI up to the log's last row"
    st.button(
        "Compute stats",
        key="compute-stats",
        icon=":material/refresh:",
        help=told,
        on_click=_recompute,
        args=(store, delivery),
    )


def draw_recomputed(delivery: Delivery) -> None:
    """What the last press of the button found, if it was for this delivery."""
    delivery_id, sentence = st.session_state.get(_KEY, (None, ""))
    if delivery_id == delivery.delivery_id:
        st.caption(sentence)


def found(recomputation: Recomputation) -> str:
    """What a recomputation found, in words."""
    changed = count_text(recomputation.differences)
    outcome = f"{changed} stored figures were corrected." if recomputation.differences else "Nothing changed."
    return (
        f"Computed from {count_text(recomputation.events)} events of {count_text(recomputation.messages)} messages. "
        f"{outcome} Opens and clicks now reach {moment_text(recomputation.stats_until)}."
    )


def _recompute(store: Store, delivery: Delivery) -> None:
    st.session_state[_KEY] = (delivery.delivery_id, found(recompute(store, delivery.delivery_id)))
