"""What the breakdown of failures says: its dimensions, values and columns, and how its figures add up to the tile's."""

import pandas as pd
import streamlit as st

from analytics.failures import Dimension, FailureType, Fate, counted_fates
from analytics.modes import Mode
from pages.failures.put_off import counted_as_text
from pages.i18n.terms import base_text, failure_type_text, mode_text, reason_text
from pages.i18n.words import phrase, words
from pages.parts.columns import Columns, count_column, rows_column
from pages.parts.table import PERCENT
from pages.session.asked import Filters

DIMENSION_WORDS = {
    Dimension.DOMAIN: phrase("Recipient domain"),
    Dimension.REASON: phrase("Nature of failure"),
    Dimension.TYPE: phrase("Failure type"),
    Dimension.CODE: phrase("Reply code"),
}
FIGURES: dict[Mode, dict[str, tuple[Fate, ...]]] = {
    mode: {"bounces_errors": counted_fates(mode), **{fate.value: (fate,) for fate in Fate}} for mode in Mode
}
"""The figures of a row, each with the fates that it counts."""
_TYPE_WORDS = {
    FailureType.SOFT: phrase("Soft, bounced for good"),
    FailureType.DEFERRED: phrase("Soft, deferred"),
    FailureType.EXPIRED: phrase("Soft, retries ran out"),
    FailureType.INFERRED_EXPIRY: phrase("Soft, validity period over"),
}
_ADDS_UP = {
    Mode.WITH_EFS: phrase(
        "{failed} failed for good + {retrying} retrying = {shown} Bounces + errors with EFS. Recovered: accepted "
        "after a failure, counted as Delivered."
    ),
    Mode.WITHOUT_EFS: phrase(
        "{failed} failed for good = {shown} Bounces + errors without EFS. The {retrying} retrying count as Delivered "
        "there, as do those recovered: accepted after a failure."
    ),
    Mode.CAMPAIGN_V8: phrase(
        "{failed} failed for good = {shown} Bounces + errors in Campaign v8, which does not count the {retrying} "
        "retrying. Recovered: accepted after a failure, counted as Delivered."
    ),
}


def value_text(dimension: Dimension, value: str) -> str:
    """A value of a dimension, as people know it."""
    if dimension is Dimension.TYPE:
        return words(_TYPE_WORDS[FailureType(value)]) if value in _TYPE_WORDS else failure_type_text(value)
    if not value:
        return words("(no domain)") if dimension is Dimension.DOMAIN else words("(none told)")
    return reason_text(value) if dimension is Dimension.REASON else value


def takeaway_text(table: pd.DataFrame) -> str:
    """Where most of them are, in a sentence. table: as shown, the most in its first row."""
    first = table.iloc[0]
    if not first["bounces_errors"]:
        return words("None of these messages counts as Bounces + errors in this mode.")
    return words("Most Bounces + errors: {value}, {count}.", value=first["value"], count=first["bounces_errors"])


def adds_up_text(mode: Mode, told: pd.DataFrame, dimension: Dimension, shown: int) -> str:
    """How the figures add up to the tile's Bounces + errors (shown)."""
    if dimension is Dimension.CODE:
        return words(
            "A message counts for every reply code that it failed with, so the codes can add up to more than the "
            "messages."
        )
    by_fate = told.groupby("fate")["messages"].sum()
    failed, retrying = int(by_fate.get(Fate.FAILED, 0)), int(by_fate.get(Fate.RETRYING, 0))
    return words(_ADDS_UP[mode], failed=failed, retrying=retrying, shown=shown)


def breakdown_columns(dimension: Dimension, asked: Filters) -> Columns:
    """The columns, each with what it means."""
    base = words("Base: messages {what}", what=base_text(asked.base))
    return {
        "value": st.column_config.TextColumn(words(DIMENSION_WORDS[dimension])),
        "bounces_errors": count_column(words("Bounces + errors"), told=_counted_text(asked.mode)),
        "share": st.column_config.NumberColumn(
            words("Share"), format=PERCENT, help=words("Bounces + errors ÷ base. {base}", base=base)
        ),
        "base": count_column(words("Base"), told=base),
        "failed": count_column(words("Failed for good")),
        "retrying": count_column(words("Retrying"), told=counted_as_text(asked.mode)),
        "recovered": count_column(words("Recovered"), told=words("Failed for now, accepted later")),
        **{f"{name}_rows": rows_column() for name in FIGURES[asked.mode]},
    }


def _counted_text(mode: Mode) -> str:
    """What the mode counts as Bounces + errors."""
    if Fate.RETRYING in counted_fates(mode):
        return words("As the tile counts them: failed for good or being retried at the chosen moment")
    return words("As the tile counts them: failed for good at the chosen moment ({mode})", mode=mode_text(mode))
