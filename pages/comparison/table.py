"""All deliveries in one table, each as it stands at the last moment that its own logs speak of."""

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from analytics.modes import Kpi, Mode
from analytics.selection import Selection
from data.deliveries import LATE_BOUNCES, Delivery
from data.snapshot import Snapshot
from pages.comparison.answers import last_tiles_of, points_of
from pages.deliveries.standing import Standing
from pages.figures.sparklines import sparklines
from pages.i18n.formats import NOTHING
from pages.i18n.language import spoken
from pages.i18n.words import plural, words
from pages.parts.columns import Columns, count_column, minute_column, share_column
from pages.parts.downloads import draw_downloads
from pages.parts.table import draw_table
from pages.session.answer_cache import answer_of
from pages.session.answers import facts_of, known_deliveries
from pages.session.asked import Filters
from pages.session.choices import shared_choices
from pages.session.selection_query import Query, query_of

_SHARES = ("sent_rate", "delivered_rate", "bounces_errors_rate", "open_rate", "click_through_rate")
_COUNTS = ("to_deliver", "sent", "delivered", "bounces_errors")
_LINKS = {Kpi.DELIVERED: "delivered_rows", Kpi.BOUNCES_ERRORS: "bounces_errors_rows"}


def draw_deliveries(store: Snapshot, asked: Filters) -> None:
    """Draw the table."""
    table = delivery_table(store, asked)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(words("All deliveries"), width="stretch")
        draw_downloads("deliveries", table[["delivery_id", "label", "started_at", *_COUNTS, *_SHARES, "stage"]], "all")
    shown = table.assign(**_links(asked, table))
    draw_table(
        shown[list(_columns())],
        _columns(),
        key="deliveries",
        alt=plural("{count} delivery with its figures", "{count} deliveries with their figures", len(table)),
        unknown=NOTHING,
    )


def delivery_table(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """A row per delivery, the newest first: what it is, the figures of its tile, its stage and its course."""
    return answer_of(
        store,
        ("delivery table", spoken(), asked.mode, asked.base, asked.with_test_profiles),
        lambda: _table(store, asked),
    )


def _table(store: Snapshot, asked: Filters) -> pd.DataFrame:
    known, told = known_deliveries(store), last_tiles_of(store, asked)
    courses = sparklines(points_of(store, asked), "delivered_rate")
    counts = told[["to_deliver", "waiting", "in_flight", "retrying", "accepted"]].itertuples(index=False)
    return told.assign(
        delivery_id=[one.delivery_id for one in known],
        label=[one.label for one in known],
        started_at=[one.started_at for one in known],
        observed_until=[one.observed_until for one in known],
        stage=[_stage(store, one, *row) for one, row in zip(known, counts, strict=True)],
        course=pd.Series([courses.get(one.delivery_key, []) for one in known], dtype=object),
    )


def _stage(
    store: Snapshot, delivery: Delivery, to_deliver: int, waiting: int, in_flight: int, retrying: int, accepted: int
) -> str:
    # Only a log that begins after its delivery did can be incomplete, so only of such a one more is asked.
    begins_late = delivery.observed_from > delivery.started_at and facts_of(store, delivery).begins_late
    return Standing(
        at=delivery.observed_until,
        to_deliver=to_deliver,
        waiting=waiting,
        in_flight=in_flight,
        retrying=retrying,
        delivered=accepted,
        ended_at=delivery.ended_at,
        late_bounces_until=delivery.started_at + LATE_BOUNCES,
        has_feedback=delivery.has_delivery_feedback,
        log_begins=delivery.observed_from if begins_late else None,
    ).words


def _links(asked: Filters, table: pd.DataFrame) -> dict[str, "pd.Series[str]"]:
    """The ways from each delivery to its page and to its rows, in the mode and language chosen here.

    None to rows where there are none, or where the logs cannot tell them in the mode.
    """
    shared = {name: values for name, values in shared_choices(asked.delivery.delivery_id).items() if name != "at"}
    if asked.mode is Mode.WITHOUT_EFS:
        # The chosen delivery may have no other mode, and then its address does not name it; the others may.
        shared["efs"] = ["false"]

    def links(place: str, query: Query) -> "pd.Series[str]":
        queries = [shared | query | {"delivery": [one]} for one in table["delivery_id"]]
        ways = [f"/{place}?{urlencode(one, doseq=True)}" for one in queries]
        return pd.Series(ways, index=table.index, dtype=object)

    to_rows = {name: links("sending-logs", query_of(Selection(kpi))) for kpi, name in _LINKS.items()}
    return {
        "page": links("", {}),
        **{name: to_rows[name].where(table[kpi.value].fillna(0) > 0, None) for kpi, name in _LINKS.items()},
    }


def _columns() -> Columns:
    link, icon = st.column_config.LinkColumn, ":material/list:"
    return {
        "page": link(words("Deployment"), display_text=":material/open_in_new:", width=100),
        "label": st.column_config.TextColumn(words("Delivery"), width="medium"),
        "started_at": minute_column(words("Start (UTC)")),
        "to_deliver": count_column(words("To deliver")),
        "delivered_rate": share_column(words("Delivered, share")),
        "course": st.column_config.LineChartColumn(words("Delivered, course"), width=130),
        "bounces_errors_rate": share_column(words("Bounces + errors, share")),
        "open_rate": share_column(words("Open rate")),
        "click_through_rate": share_column(words("Click-through rate")),
        "stage": st.column_config.TextColumn(words("Stage"), width="medium"),
        "sent": count_column(words("Sent")),
        "delivered": count_column(words("Delivered")),
        "delivered_rows": link(words("Rows: Delivered"), display_text=icon),
        "bounces_errors": count_column(words("Bounces + errors")),
        "bounces_errors_rows": link(words("Rows: Bounces + errors"), display_text=icon),
    }
