"""Whose page it is: the address that the analyst types, or that of the message that a link names."""

import streamlit as st

from analytics.recipient import address_of
from data.snapshot import Snapshot
from pages.i18n.words import words
from pages.session.address import write
from pages.session.answer_cache import answer_of
from pages.session.asked import Filters

_ADDRESS, _MESSAGE = "address", "message"
_KEY = "recipient_address"
_KEYS_END = 2**64


def chosen_address(store: Snapshot, asked: Filters) -> str | None:
    """Draw the search box; the address asked for, or None where there is none, which is said.

    What is typed stands in the URL. A link from a list of masked addresses names the message instead.
    """
    st.session_state[_KEY] = st.query_params.get(_ADDRESS, "")
    typed = st.text_input(
        words("Address"),
        key=_KEY,
        type="search",
        placeholder=words("Address as logged; only its domain in any case"),
        on_change=_write,
        width=520,
    )
    address = (typed or "").strip() or _address_of_message(store, asked)
    if address is None:
        st.caption(words("Type an address to see all that ever happened to it, over all deliveries."))
    return address


def _write() -> None:
    write({_MESSAGE: None, _ADDRESS: st.session_state[_KEY].strip() or None})


def _address_of_message(store: Snapshot, asked: Filters) -> str | None:
    named = st.query_params.get(_MESSAGE)
    if named is None:
        return None
    key = int(named) if named.isascii() and named.isdecimal() else _KEYS_END
    address = answer_of(
        store,
        ("address of message", asked.delivery.delivery_key, key),
        lambda: address_of(store, asked.delivery, key) if key < _KEYS_END else None,
    )
    if address is None:
        st.caption(words("The chosen delivery holds no message that the link names."))
    return address
