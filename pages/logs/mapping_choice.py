"""A choice that begins with a proposal and may be taken back."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def choose(
    place: DeltaGenerator,
    label: str,
    options: Sequence[str],
    proposed: str | None,
    *,
    key: str,
    placeholder: str,
    meaning: str | None = None,
    format_func: Callable[[str], str] = str,
    is_labelled: bool = True,
) -> str | None:
    """Draw the choice; None where nothing is chosen. meaning: its help."""
    # Streamlit lets nobody clear a choice that begins with an index.
    if key not in st.session_state:
        st.session_state[key] = proposed if proposed in options else None
    chosen: str | None = place.selectbox(
        label,
        options,
        index=None,
        format_func=format_func,
        placeholder=placeholder,
        help=meaning,
        label_visibility="visible" if is_labelled else "collapsed",
        key=key,
    )
    return chosen
