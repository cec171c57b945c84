"""Attempts, and what each of them yields."""

import pandas as pd
import streamlit as st

from analytics.failure_rows import selection_of
from analytics.failures import Fate
from analytics.retries import RESULTS, reached, waiting_times, yields
from data.events import Kind
from data.snapshot import Snapshot
from pages.failures.answers import attempts_of, failures_of
from pages.failures.result_stacks import result_stack
from pages.failures.waits import draw_waits
from pages.figures.colours import colours_of
from pages.figures.distribution import short_span
from pages.figures.stacked_bars import stacked_bars
from pages.i18n.formats import count_text, number_text, share_text
from pages.i18n.words import messages_text, plural, words
from pages.parts.chart import draw_chart
from pages.parts.columns import Columns, Heads, count_column, rows_column, with_heads
from pages.parts.metrics import Metric, draw_metrics
from pages.parts.rows_link import rows_url
from pages.parts.table import PERCENT, draw_table
from pages.session.asked import Filters

_MOST_ATTEMPTS = 25
_FIGURES = {"reached": RESULTS, "accepted": (Kind.DELIVERED,), "deferred": (Kind.DEFERRED,), "bounced": (Kind.BOUNCED,)}
_ORDER = (
    *("attempt", "reached", "reached_rows", "accepted", "accepted_rows", "accepted_rate", "accepted_so_far"),
    *("deferred", "deferred_rows", "bounced", "bounced_rows", "median_wait", "p90_wait"),
)


def draw_retries(store: Snapshot, asked: Filters) -> None:
    """Draw what came of the retries as a whole, by attempt, and by the time waited for them."""
    told = attempts_of(store, asked)
    if told.empty:
        st.caption(words("No attempt has ended up to the chosen moment."))
        return
    table = yields(told)
    draw_metrics(asked, _metrics(failures_of(store, asked), table))
    _draw_yields(asked, table)
    if (told["attempt"] > 1).any():
        draw_waits(asked, waiting_times(told))


def _metrics(failed: pd.DataFrame, table: pd.DataFrame) -> list[Metric]:
    first = int(table["reached"].iloc[0])
    again = int(table["reached"].iloc[1]) if len(table) > 1 else 0
    recovered = int(failed.loc[failed["fate"] == Fate.RECOVERED, "messages"].sum())
    attempts = int(table["reached"].sum())
    of_first = words("of {count} with an attempt's result", count=first)
    return [
        Metric(
            "attempts",
            words("Attempts per message"),
            number_text(attempts / first, 2),
            f"{plural('{count} attempt', '{count} attempts', attempts)} ÷ {messages_text(first)}",
            words("Attempts with a result ÷ messages with one"),
            first,
            reached(1),
        ),
        Metric(
            "again",
            words("Tried again"),
            count_text(again),
            of_first,
            words("Messages with the result of a second attempt; share: {share}", share=share_text(again / first)),
            again,
            reached(2),
        ),
        Metric(
            "recovered",
            words("Recovered"),
            count_text(recovered),
            words("accepted after a failure, not bounced since"),
            words(
                "Messages that were being retried and are accepted at the chosen moment; one that bounced after its "
                "acceptance is not among them"
            ),
            recovered,
            selection_of((Fate.RECOVERED,)),
        ),
    ]


def _draw_yields(asked: Filters, table: pd.DataFrame) -> None:
    colours = colours_of(st.context.theme.type)
    shown = table.head(_MOST_ATTEMPTS)
    labels = [count_text(int(attempt)) for attempt in shown["attempt"]]
    counts = {Kind.DELIVERED: "accepted", Kind.DEFERRED: "deferred", Kind.BOUNCED: "bounced"}
    stacks = [result_stack(kind, shown[name].tolist(), colours) for kind, name in counts.items()]
    figure = stacked_bars(labels, stacks, colours, upright=True, title=words("Attempt"))
    best = table[table["attempt"] > 1].sort_values("accepted").tail(1)
    alt = words("The first attempt was accepted for {share}.", share=share_text(table["accepted_rate"].iloc[0]))
    for row in best.to_dict("records"):
        alt += " " + words(
            "Of the retries, attempt {number} yields the most: {accepted} accepted of {reached} ({share}).",
            number=row["attempt"],
            accepted=row["accepted"],
            reached=row["reached"],
            share=share_text(row["accepted_rate"]),
        )
    st.subheader(words("Yield of each attempt"))
    shares = _in_percent(table)
    draw_chart("failures-attempts", figure, shares, alt, asked=asked, columns=_columns())
    st.caption(f"{alt} {words('Yield: accepted ÷ messages that reached the attempt.')}")
    columns, heads = _columns_under_heads(shares)
    draw_table(_with_ways(asked, shares), columns, key="attempts-table", alt=alt, heads=heads)


def _with_ways(asked: Filters, shares: pd.DataFrame) -> pd.DataFrame:
    """The table with the way to the rows beside each figure, where it counts any."""
    ways = {
        f"{name}_rows": [
            rows_url(asked, reached(int(attempt), *kinds)) if count else None
            for attempt, count in zip(shares["attempt"], shares[name], strict=True)
        ]
        for name, kinds in _FIGURES.items()
    }
    return pd.concat([shares, pd.DataFrame(ways, index=shares.index)], axis=1)[list(_ORDER)]


def _in_percent(table: pd.DataFrame) -> pd.DataFrame:
    waits = {name: [short_span(wait) for wait in table[name]] for name in ("median_wait", "p90_wait")}
    return table.assign(accepted_rate=table["accepted_rate"] * 100, **waits)


def _columns() -> Columns:
    return {
        "attempt": words("Attempt"),
        "reached": count_column(words("Reached"), told=words("Messages with a result of this attempt")),
        "accepted": count_column(words("Accepted")),
        "deferred": count_column(words("Deferred")),
        "bounced": count_column(words("Bounced")),
        "accepted_rate": st.column_config.NumberColumn(
            words("Yield"), format=PERCENT, help=words("Accepted ÷ reached")
        ),
        "accepted_so_far": count_column(words("Accepted so far")),
        "median_wait": words("Median wait"),
        "p90_wait": words("90 % waited at most"),
        **{f"{name}_rows": rows_column() for name in _FIGURES},
    }


def _columns_under_heads(shares: pd.DataFrame) -> tuple[Columns, Heads]:
    columns, heads = with_heads(_columns(), shares, _FIGURES)
    heads |= dict.fromkeys(("accepted_rate", "accepted_so_far"), heads["accepted"])
    heads |= dict.fromkeys(("median_wait", "p90_wait"), words("Wait"))
    so_far = count_column(words("So far"), told=words("Accepted so far"))
    short: Columns = {"accepted_so_far": so_far, "median_wait": words("Median"), "p90_wait": words("90 % within")}
    return {**columns, **short}, heads
