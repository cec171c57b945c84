"""What happened to this recipient?"""

import streamlit as st

from analytics.quarantine import standing
from analytics.recipient import History, Recipient, history, recipient
from data.snapshot import Snapshot
from pages.i18n.formats import moment_text
from pages.i18n.words import words
from pages.messages.recipient_quarantine import draw_quarantine
from pages.messages.recipient_search import chosen_address
from pages.messages.recipient_summary import draw_summary
from pages.messages.recipient_tables import draw_events, draw_messages
from pages.messages.recipient_timeline import draw_timeline
from pages.parts.page import delivery_page
from pages.session.answer_cache import answer_of
from pages.session.answers import known_deliveries
from pages.session.asked import Filters


def _draw_recipient(store: Snapshot, asked: Filters, address: str) -> None:
    shown = st.toggle(words("Show addresses"), key="recipient_addresses")
    found = answer_of(store, ("recipient", address, shown), lambda: recipient(store, address, masked=not shown))
    if found.events.empty:
        st.caption(words("No log in this store tells of this address. What stands before the @ must be as logged."))
        return
    known = _history(store, asked, found, (address, shown))
    if known.messages.empty:
        st.caption(words("All messages to this address went to a test profile; count test profiles to see them."))
        return
    until = known.messages["as_of"].max().to_pydatetime()
    now = standing(known.events, until)
    st.text(found.events["address"].iloc[0])  # the log's text, so it is no Markdown
    draw_summary(asked, known, now)
    st.caption(
        words(
            "Over all deliveries: of the chosen one as of {moment}, of each other one as of the last moment that its "
            "logs speak of. Times are UTC.",
            moment=moment_text(asked.at),
        )
    )
    draw_timeline(asked, known)
    draw_messages(known)
    draw_events(asked, known)
    draw_quarantine(known, now)


def _history(store: Snapshot, asked: Filters, found: Recipient, whose: tuple[str, bool]) -> History:
    return answer_of(
        store,
        ("recipient history", *whose, asked.delivery.delivery_key, asked.at, asked.with_test_profiles),
        lambda: history(
            found,
            known_deliveries(store),
            asked.delivery,
            asked.at,
            with_test_profiles=asked.with_test_profiles,
        ),
    )


with delivery_page(words("Recipient"), is_of_one=False) as (store, asked):
    address = chosen_address(store, asked)
    if address is not None:
        _draw_recipient(store, asked, address)
