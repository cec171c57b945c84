"""Opens and clicks by link and by recipient domain."""

import pandas as pd
import streamlit as st

from analytics.tracking import Tracking
from analytics.tracking_figures import selection_of
from analytics.tracking_rows import Conditions, Listed
from data.snapshot import Snapshot
from pages.i18n.words import words
from pages.parts.columns import Columns, count_column, rows_column, share_column
from pages.parts.downloads import draw_downloads
from pages.parts.rows_link import rows_url
from pages.parts.table import draw_table
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
    draw_table(ways, columns, column_order=list(columns), key=f"{name}-rows", alt=explained)


def _link_columns() -> Columns:
    return {
        "link": st.column_config.TextColumn(words("Link"), width="medium"),
        "clicks": count_column(words("Clicks")),
        "clicks_rows": rows_column(),
        "clicked": count_column(words("Clicked")),
        "share_of_clicked": share_column(words("Share")),
        "clicked_rows": rows_column(),
        "machine_clicks": count_column(words("Clicks, likely machines")),
    }


def _domain_columns() -> Columns:
    return {
        "recipient_domain": st.column_config.TextColumn(words("Recipient domain")),
        "delivered": count_column(words("Delivered")),
        "opened": count_column(words("Opened")),
        "open_rate": share_column(words("Open rate")),
        "opened_rows": rows_column(),
        "clicked": count_column(words("Clicked")),
        "click_rate": share_column(words("Click-through rate")),
        "clicked_rows": rows_column(),
        "open_rate_without_machines": share_column(words("Open rate without machines")),
        "click_rate_without_machines": share_column(words("Click rate without machines")),
        "opened_by_machine": count_column(words("Opened by likely machines")),
        "opted_out": count_column(words("Opt-outs")),
        "complained": count_column(words("Complaints")),
    }
