"""The deliveries of an imported or checked file, largest first: a log may hold a few mailings among many leftovers."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data.report import DeliverySize
from pages.i18n.formats import count_text

_SHOWN = 5


def show_deliveries(sizes: Sequence[DeliverySize], *, is_stored: bool) -> None:
    """Draw the largest deliveries, each with the way to it where they are stored, and the others as a table."""
    names = _names(sizes)
    with st.container(gap=None):
        st.caption(_title(len(sizes)))
        for size, name in list(zip(sizes, names, strict=True))[:_SHOWN]:
            _show_delivery(size, name, is_stored=is_stored)
    if len(sizes) > _SHOWN:
        _show_others(sizes[_SHOWN:], names[_SHOWN:])


def _title(count: int) -> str:
    if count > 1:
        return f"{count_text(count)} deliveries, largest first"
    return "Delivery" if count else "No delivery"


def _names(sizes: Sequence[DeliverySize]) -> list[str]:
    """Labels, with the id unless it stands in the label; a Postfix id is the sender and a time to the second."""
    labels = Counter(size.label for size in sizes)

    def name(size: DeliverySize) -> str:
        is_told = labels[size.label] == 1 and size.delivery_id.split(" ")[0] in size.label
        return size.label if is_told else f"{size.label} ({size.delivery_id})".strip()

    return [name(size) for size in sizes]


def _show_delivery(size: DeliverySize, name: str, *, is_stored: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if is_stored:
            st.page_link(
                "pages/deliveries/deployment.py",
                label="Open",
                icon=":material/outgoing_mail:",
                query_params={"delivery": size.delivery_id},
            )
        st.text(f"{count_text(size.messages)} {'message' if size.messages == 1 else 'messages'}: {name}")


def _show_others(sizes: Sequence[DeliverySize], names: Sequence[str]) -> None:
    messages = [size.messages for size in sizes]
    with st.expander(
        f"{count_text(len(sizes))} more, {count_text(messages[0])} messages at most", icon=":material/list:"
    ):
        st.dataframe(
            pd.DataFrame({"name": names, "messages": messages}),
            hide_index=True,
            column_config={
                "name": st.column_config.TextColumn("Delivery", width="large"),
                "messages": st.column_config.NumberColumn("Messages", format="localized", width="small"),
            },
            alt=f"The {len(sizes):,} smaller deliveries with their messages, largest first.",
        )
