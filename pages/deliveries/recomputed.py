"""Compute stats: the delivery derived anew from its sending log."""

import streamlit as st

from analytics.tile import Tile, tile
from data.deliveries import Delivery, delivery
from data.recomputation import Recomputation, recompute
from data.store import Store
from pages.i18n.formats import count_text, moment_text
from pages.i18n.words import messages_text, phrase, words
from pages.session.asked import Filters
from pages.session.store import opened_store

_KEY = "recomputation"
_COUNTS = {
    "to_deliver": phrase("To deliver"),
    "sent": phrase("Sent"),
    "delivered": phrase("Delivered"),
    "bounces_errors": phrase("Bounces + errors"),
    "opened": phrase("Opened"),
    "clicked": phrase("Clicked"),
}


def draw_compute_stats(asked: Filters) -> None:
    """The button."""
    st.button(
        words("Compute stats"),
        key="compute-stats",
        icon=":material/refresh:",
        help=words("Derive this delivery anew from its sending log, and bring every KPI up to the log's last row"),
        on_click=_recompute,
        args=(asked,),
    )


def draw_recomputed(asked: Filters) -> None:
    """What the last press of the button found, if it was for this delivery and no data have come since."""
    found_for, *what = st.session_state.get(_KEY, (None,))
    if found_for == (asked.delivery.delivery_id, asked.version):
        st.caption(found(*what))


def found(recomputation: Recomputation, before: Tile, after: Tile) -> str:
    """What a recomputation found, in words: the counts of the tile that it changed, or that nothing did."""
    changes = ", ".join(
        f"{words(label)} {count_text(was)} → {count_text(now)}"
        for name, label in _COUNTS.items()
        if (was := getattr(before, name)) != (now := getattr(after, name))
    )
    events, messages = recomputation.events, messages_text(recomputation.messages)
    told = [words("Computed from {events} events of {messages}.", events=events, messages=messages)]
    if recomputation.differences:
        wrong = recomputation.differences
        told.append(words("{count} stored figures were wrong and have been corrected.", count=wrong))
    told.append(words("Changed: {changes}.", changes=changes) if changes else words("Nothing changed."))
    told.append(words("Opens and clicks reach {moment}.", moment=moment_text(recomputation.stats_until)))
    return " ".join(told)


def _recompute(asked: Filters) -> None:
    store = opened_store()
    before = _shown(store, asked, asked.delivery)
    recomputation = recompute(store, asked.delivery.delivery_id)
    after = _shown(store, asked, delivery(store, asked.delivery.delivery_id))
    found_for = asked.delivery.delivery_id, store.data_version()
    st.session_state[_KEY] = found_for, recomputation, before, after


def _shown(store: Store, asked: Filters, about: Delivery) -> Tile:
    return tile(store, about, asked.mode, asked.at, asked.base, with_test_profiles=asked.with_test_profiles)
