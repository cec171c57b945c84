"""Compute stats: the delivery derived anew from its sending log."""

import streamlit as st

from analytics.tile import Tile, tile
from data.deliveries import Delivery, delivery
from data.recomputation import Recomputation, recompute
from data.store import Store
from pages.i18n.formats import count_text, moment_text
from pages.i18n.words import messages_text
from pages.session.asked import Filters
from pages.session.store import opened_store

_KEY = "recomputation"
_COUNTS = {
    "to_deliver": "To deliver",
    "sent": "Sent",
    "delivered": "Delivered",
    "bounces_errors": "Bounces + errors",
    "opened": "Opened",
    "clicked": "Clicked",
}


def draw_compute_stats(asked: Filters) -> None:
    """The button."""
    st.button(
        "Compute stats",
        key="compute-stats",
        icon=":material/refresh:",
        help="Derive this delivery anew from its sending log, and bring every KPI up to the log's last row",
        on_click=_recompute,
        args=(asked,),
    )


def draw_recomputed(asked: Filters) -> None:
    """What the last press of the button found, if it was for this delivery and no data have come since."""
    found_for, sentence = st.session_state.get(_KEY, (None, ""))
    if found_for == (asked.delivery.delivery_id, asked.version):
        st.caption(sentence)


def found(recomputation: Recomputation, before: Tile, after: Tile) -> str:
    """What a recomputation found, in words: the counts of the tile that it changed, or that nothing did."""
    changes = [
        f"{words} {count_text(was)} → {count_text(now)}"
        for name, words in _COUNTS.items()
        if (was := getattr(before, name)) != (now := getattr(after, name))
    ]
    corrected = f"{count_text(recomputation.differences)} stored figures were wrong and have been corrected. "
    return (
        f"Computed from {count_text(recomputation.events)} events of {messages_text(recomputation.messages)}. "
        f"{corrected if recomputation.differences else ''}"
        f"{'Changed: ' + ', '.join(changes) if changes else 'Nothing changed'}. "
        f"Opens and clicks reach {moment_text(recomputation.stats_until)}."
    )


def _recompute(asked: Filters) -> None:
    store = opened_store()
    before = _shown(store, asked, asked.delivery)
    recomputation = recompute(store, asked.delivery.delivery_id)
    after = _shown(store, asked, delivery(store, asked.delivery.delivery_id))
    found_for = asked.delivery.delivery_id, store.data_version()
    st.session_state[_KEY] = found_for, found(recomputation, before, after)


def _shown(store: Store, asked: Filters, about: Delivery) -> Tile:
    return tile(store, about, asked.mode, asked.at, asked.base, with_test_profiles=asked.with_test_profiles)
