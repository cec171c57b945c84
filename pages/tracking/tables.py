"""Opens and clicks by link and by recipient domain."""

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from analytics.tracking import Tracking
from analytics.tracking_figures import selection_of
from analytics.tracking_rows import Conditions, Listed
from data.snapshot import Snapshot
from pages.i18n.words import words
from pages.parts.chart import Columns
from pages.parts.downloads import draw_downloads
from pages.parts.rows_link import rows_url
from pages.session.asked import Filters
from pages.tracking.answers import domains_of
from pages.tracking.log_link import log_url

_DOMAIN_COLUMNS = (
    *("recipient_domain", "delivered", "opened", "open_rate", "open_rate_without_machines"),
    *("clicked", "click_rate", "click_rate_without_machines", "opened_by_machine", "opted_out", "complained"),
)


def draw_by_link(asked: Filters, told: Tracking) -> None:
    """Draw a row per link that was clicked."""
    links = told.links[["link", "clicks", "machine_clicks", "clicked", "share_of_clicked"]]
    if links.empty:
        st.caption(words("No click is told up to the chosen moment."))
        return
    explained = words(
        "Share: of the {count} messages clicked at all; a message in which several links were clicked counts for "
        "each of them.",
        count=told.total["clicked"],
    )
    ways = links.assign(
        clicked_rows=[rows_url(asked, selection_of("clicked", link=link)) for link in links["link"]],
        clicks_rows=[log_url(asked, Conditions(Listed.CLICKED, link=link)) for link in links["link"]],
    )
    _draw(asked, "tracking-links", links, ways, _link_columns(), explained)


def draw_by_domain(store: Snapshot, asked: Filters) -> None:
    """Draw a row per recipient domain."""
    domains = domains_of(store, asked)[list(_DOMAIN_COLUMNS)]
    explained = words(
        "Rates are divided by what each recipient domain has delivered in this mode, up to the chosen moment."
    )
    ways = domains.assign(
        **{
            f"{figure}_rows": [
                rows_url(asked, selection_of(figure, domain=name)) for name in domains["recipient_domain"]
            ]
            for figure in ("opened", "clicked")
        }
    )
    _draw(asked, "tracking-domains", domains, ways, _domain_columns(), explained)


def _draw(asked: Filters, name: str, table: pd.DataFrame, ways: pd.DataFrame, columns: Columns, explained: str) -> None:
    """Draw a table with the ways to its rows, and its files, which do without them."""
    st.caption(explained)
    with st.container(horizontal=True, horizontal_alignment="right"):
        draw_downloads(name, table, asked.delivery.delivery_id)
    st.dataframe(
        ways, hide_index=True, column_config=columns, column_order=list(columns), key=f"{name}-rows", alt=explained
    )


def _link_columns() -> Columns:
    return {
        "link": st.column_config.TextColumn(words("Link"), width="medium"),
        "clicks": _count(words("Clicks")),
        "clicks_rows": _rows(),
        "clicked": _count(words("Clicked")),
        "share_of_clicked": _share(words("Share")),
        "clicked_rows": _rows(),
        "machine_clicks": _count(words("Clicks, likely machines")),
    }


def _domain_columns() -> Columns:
    return {
        "recipient_domain": st.column_config.TextColumn(words("Recipient domain")),
        "delivered": _count(words("Delivered")),
        "opened": _count(words("Opened")),
        "open_rate": _share(words("Open rate")),
        "opened_rows": _rows(),
        "clicked": _count(words("Clicked")),
        "click_rate": _share(words("Click-through rate")),
        "clicked_rows": _rows(),
        "open_rate_without_machines": _share(words("Open rate without machines")),
        "click_rate_without_machines": _share(words("Click rate without machines")),
        "opened_by_machine": _count(words("Opened by likely machines")),
        "opted_out": _count(words("Opt-outs")),
        "complained": _count(words("Complaints")),
    }


def _count(label: str) -> ColumnConfig:
    return st.column_config.NumberColumn(label, format="localized")


def _share(label: str) -> ColumnConfig:
    return st.column_config.NumberColumn(label, format="percent")


def _rows() -> ColumnConfig:
    return st.column_config.LinkColumn(words("Rows"), display_text=words("Rows"))
