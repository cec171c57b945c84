"""The deliveries of an imported or checked file, largest first: a log may hold a few mailings among many leftovers."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data.report import DeliverySize
from pages.i18n.words import messages_text, plural, words

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
    if count:
        return plural("Delivery", "{count} deliveries, largest first", count)
    return words("No delivery")


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
                label=words("Open delivery"),
                icon=":material/outgoing_mail:",
                query_params={"delivery": size.delivery_id},
            )
        st.text(f"{messages_text(size.messages)}: {name}")


def _show_others(sizes: Sequence[DeliverySize], names: Sequence[str]) -> None:
    messages = [size.messages for size in sizes]
    with st.expander(
        words("{count} more, {messages} messages at most", count=len(sizes), messages=messages[0]),
        icon=":material/list:",
    ):
        st.dataframe(
            pd.DataFrame({"name": names, "messages": messages}),
            hide_index=True,
            column_config={
                "name": st.column_config.TextColumn(words("Delivery"), width="large"),
                "messages": st.column_config.NumberColumn(words("Messages"), format="localized", width="small"),
            },
            alt=words("The {count} smaller deliveries with their messages, largest first.", count=len(sizes)),
        )
