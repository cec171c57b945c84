"""The open store, one for all sessions of the server."""

import streamlit as st

from data.store import Store


@st.cache_resource(show_spinner=False)
def opened_store() -> Store:
    """The store that SENDLOG_STORE names, opened once. Raises SendlogError where it cannot be opened."""
    return Store()
