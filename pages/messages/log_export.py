"""The whole list as a file: exactly the rows that are filtered, in their order, as they are shown."""

import threading
from dataclasses import replace
from functools import partial
from typing import IO

import streamlit as st

from analytics.row_export import all_rows
from data.deliveries import delivery
from data.snapshot import held_still
from data.store import Store
from pages.i18n.words import plural, words
from pages.messages.log_table import Listing
from pages.session.asked import Filters
from pages.session.downloads import OFFERS, Download, until_stopped
from pages.session.table_files import FORMAT_NAMES, MIME_TYPES, TableFormat, file_name, write_table

_CONTENT = "sending-log"


def draw_export(store: Store, asked: Filters, listing: Listing, total: int) -> None:
    """Draw the menu of files."""
    with st.popover(words("Download"), icon=":material/download:", type="tertiary", key="log_export"):
        st.caption(
            plural(
                "The {count} message that is filtered.",
                "All {count} messages that are filtered, in this order.",
                total,
            )
        )
        st.caption(words("With masked addresses.") if listing.masked else words("With addresses."))
        for table_format, label in FORMAT_NAMES.items():
            link = _link(store, asked, listing, table_format)
            st.link_button(label, link, type="tertiary", key=f"log_{table_format}", disabled=not total)


def write_log(
    store: Store,
    asked: Filters,
    listing: Listing,
    table_format: TableFormat,
    file: IO[bytes],
    stopped: threading.Event,
) -> None:
    """Write the rows as they are when the file is asked for, which may be long after the page was drawn."""
    with held_still(store) as held:
        now = replace(asked, delivery=delivery(held, asked.delivery.delivery_id))
        frames = all_rows(
            held,
            now.delivery,
            listing.selection,
            now.mode,
            now.at,
            with_test_profiles=now.with_test_profiles,
            masked=listing.masked,
            sort=listing.sort,
            descending=listing.descending,
        )
        write_table(until_stopped(stopped, map(listing.columns.headed, frames)), table_format, file)


def _link(store: Store, asked: Filters, listing: Listing, table_format: TableFormat) -> str:
    name = file_name(asked.delivery.delivery_id, _CONTENT, table_format)
    what = (listing.selection, listing.sort, listing.descending, listing.masked, *listing.columns.headings.values())
    written = partial(write_log, store, asked, listing, table_format)
    return OFFERS.link(
        (table_format, str(store.path), *what, asked.at, *asked.course_key),
        Download(name, MIME_TYPES[table_format], written),
    )
