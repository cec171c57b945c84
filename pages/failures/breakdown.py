"""What failed, by type, reason, reply code or recipient domain."""

import pandas as pd
import streamlit as st

from analytics.failures import Dimension, FailureType, Fate, breakdown, selection_of
from analytics.modes import Mode
from data.snapshot import Snapshot
from pages.failures.answers import codes_of, domains_of, failures_of
from pages.figures.colours import colours_of
from pages.figures.stacked_bars import Stack, stacked_bars
from pages.i18n.terms import base_text, failure_type_text, reason_text
from pages.i18n.words import phrase, words
from pages.parts.chart import control_row, draw_chart
from pages.parts.columns import Columns, count_column, rows_column
from pages.parts.rows_link import rows_url
from pages.parts.table import PERCENT, draw_table
from pages.session.answers import tile_of
from pages.session.asked import Filters
from pages.session.choices import segments

_DIMENSION_WORDS = {
    Dimension.DOMAIN: phrase("Recipient domain"),
    Dimension.REASON: phrase("Nature of failure"),
    Dimension.TYPE: phrase("Failure type"),
    Dimension.CODE: phrase("Reply code"),
}
_TYPE_WORDS = {
    FailureType.SOFT: phrase("Soft, bounced for good"),
    FailureType.DEFERRED: phrase("Soft, deferred"),
    FailureType.EXPIRED: phrase("Soft, retries ran out"),
    FailureType.INFERRED_EXPIRY: phrase("Soft, validity period over"),
}
_COLUMNS = {
    Dimension.DOMAIN: "recipient_domain",
    Dimension.REASON: "reason",
    Dimension.TYPE: "type",
    Dimension.CODE: "code",
}
_WAYS = {
    "failing": (Fate.FAILED, Fate.RETRYING),
    Fate.FAILED: (Fate.FAILED,),
    Fate.RETRYING: (Fate.RETRYING,),
    Fate.RECOVERED: (Fate.RECOVERED,),
}
"""The figures of a row, each with the fates that it counts."""
_MOST_BARS = 15


def draw_breakdown(store: Snapshot, asked: Filters) -> None:
    """Draw the bars of the chosen dimension, and all of its values as a table whose figures open their rows."""
    choices, bar = control_row()
    with choices:
        dimension = _chosen_dimension()
    told = codes_of(store, asked) if dimension is Dimension.CODE else failures_of(store, asked)
    table = breakdown(told, _COLUMNS[dimension])
    if table.empty:
        st.caption(words("No message has failed up to the chosen moment."))
        return
    table = _with_shares(store, asked, table, dimension)
    named = table.assign(value=[value_text(dimension, value) for value in table["value"]])
    shown = named.head(_MOST_BARS)
    figure = stacked_bars(
        shown["value"].tolist(), _stacks(shown), colours_of(st.context.theme.type), upright=False, title=""
    )
    first = named.iloc[0]
    alt = words("Most failing: {value}, {count} messages.", value=first["value"], count=first["failing"])
    draw_chart("failures-breakdown", figure, named, alt, asked=asked, columns=_columns(dimension, asked), bar=bar)
    st.caption(_adds_up(asked, told, dimension, store))
    ways = _with_ways(asked, named, table["value"], dimension)
    draw_table(ways, _columns(dimension, asked), key="failures-breakdown-table", alt=alt)


def value_text(dimension: Dimension, value: str) -> str:
    """A value of a dimension, as people know it."""
    if dimension is Dimension.TYPE:
        return words(_TYPE_WORDS[FailureType(value)]) if value in _TYPE_WORDS else failure_type_text(value)
    if not value:
        return words("(no domain)") if dimension is Dimension.DOMAIN else words("(none told)")
    return reason_text(value) if dimension is Dimension.REASON else value


def _chosen_dimension() -> Dimension:
    return segments("by", words("Told apart by"), _DIMENSION_WORDS, Dimension.DOMAIN)


def _with_shares(store: Snapshot, asked: Filters, table: pd.DataFrame, dimension: Dimension) -> pd.DataFrame:
    """The table with failing (failed or retrying) and its share (in percent) of the domain's or the delivery's base."""
    base = pd.Series(tile_of(store, asked).base_count, index=table.index)
    if dimension is Dimension.DOMAIN:
        bases = domains_of(store, asked).set_index("recipient_domain")["base_count"]
        base = table["value"].map(bases).fillna(0).astype("int64")
    failing = table["failed"] + table["retrying"]
    share = (failing * 100 / base.where(base > 0)).astype("float64")
    return pd.DataFrame(
        {
            "value": table["value"],
            "failing": failing,
            "share": share,
            "base": base,
            **{fate.value: table[fate] for fate in Fate},
        }
    )


def _with_ways(asked: Filters, named: pd.DataFrame, values: pd.Series, dimension: Dimension) -> pd.DataFrame:
    """The table with the way to the rows beside each figure, where it counts any."""
    columns: dict[str, object] = {}
    for name in named:
        columns[str(name)] = named[name]
        if name in _WAYS:
            columns[f"{name}_rows"] = [
                rows_url(asked, selection_of(_WAYS[str(name)], dimension, value)) if count else None
                for value, count in zip(values, named[name], strict=True)
            ]
    return pd.DataFrame(columns)


def _stacks(table: pd.DataFrame) -> list[Stack]:
    colours = colours_of(st.context.theme.type)
    return [
        Stack(words("Failed for good"), table[Fate.FAILED].tolist(), colours.failed, ""),
        Stack(words("Retrying"), table[Fate.RETRYING].tolist(), colours.retrying, "/"),
        Stack(words("Recovered"), table[Fate.RECOVERED].tolist(), colours.delivered, "."),
    ]


def _adds_up(asked: Filters, told: pd.DataFrame, dimension: Dimension, store: Snapshot) -> str:
    """How the figures add up to the tile's."""
    if dimension is Dimension.CODE:
        return words(
            "A message counts for every reply code that it failed with, so the codes add up to more than the messages."
        )
    by_fate = told.groupby("fate")["messages"].sum()
    failed, retrying = int(by_fate.get(Fate.FAILED, 0)), int(by_fate.get(Fate.RETRYING, 0))
    shown = tile_of(store, asked).bounces_errors
    if asked.mode is Mode.WITH_EFS:
        return words(
            "{failed} failed for good + {retrying} retrying = {shown} Bounces + errors with EFS. Recovered: accepted "
            "after a failure, counted as Delivered.",
            failed=failed,
            retrying=retrying,
            shown=shown,
        )
    return words(
        "{failed} failed for good = {shown} Bounces + errors in this mode, which does not count the {retrying} "
        "retrying. Recovered: accepted after a failure.",
        failed=failed,
        retrying=retrying,
        shown=shown,
    )


def _columns(dimension: Dimension, asked: Filters) -> Columns:
    base = words("Base: messages {what}", what=base_text(asked.base))
    return {
        "value": st.column_config.TextColumn(words(_DIMENSION_WORDS[dimension])),
        "failing": count_column(words("Failing"), told=words("Failed for good or being retried at the chosen moment")),
        "share": st.column_config.NumberColumn(words("Share"), format=PERCENT, help=base),
        "base": count_column(words("Base"), told=base),
        "failed": count_column(words("Failed for good")),
        "retrying": count_column(words("Retrying")),
        "recovered": count_column(words("Recovered"), told=words("Failed for now, accepted later")),
        **{f"{name}_rows": rows_column() for name in _WAYS},
    }
