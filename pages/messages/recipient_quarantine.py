"""How the standing of an address came about: its errors, and what each of them did."""

import pandas as pd
import streamlit as st

from analytics.quarantine import Effect, Standing
from analytics.recipient import History
from pages.i18n.formats import moment_text
from pages.i18n.terms import failure_type_text, kind_text, reason_text
from pages.i18n.words import phrase, plural, words
from pages.parts.columns import Columns, moment_column

_EFFECTS: dict[str, str] = {
    Effect.HARD: phrase("Hard bounce: quarantine"),
    Effect.COUNTED: phrase("Counted"),
    Effect.FIFTH: phrase("Fifth: quarantine"),
    Effect.SAME_DAY: phrase("Only one a day counts"),
    Effect.AFTERWARDS: phrase("In quarantine already"),
}


def draw_quarantine(known: History, now: Standing) -> None:
    """Draw the errors with what each did to the counter; a sentence where there is none."""
    st.subheader(words("Quarantine"))
    st.caption(_standing_text(now))
    if now.errors.empty:
        return
    columns: Columns = {
        "event_time": moment_column(words("Date (UTC)")),
        "delivery": words("Delivery"),
        "kind": words("Event"),
        "failure_type": words("Failure type"),
        "nature_of_failure": words("Nature of failure"),
        "effect": words("Effect"),
        "counter": words("Counter"),
    }
    told = plural("{count} error of this address", "{count} errors of this address", len(now.errors))
    st.dataframe(
        _table(known, now),
        hide_index=True,
        column_config=columns,
        alt=told,
        placeholder="",
        key="recipient-quarantine",
    )


def _table(known: History, now: Standing) -> pd.DataFrame:
    events = known.events.iloc[now.errors["place"].tolist()]
    return pd.DataFrame(
        {
            "event_time": events["event_time"].to_numpy(),
            "effect": [words(_EFFECTS[effect]) for effect in now.errors["effect"]],
            "counter": now.errors["counter"].to_numpy(),
            "delivery": events["delivery"].to_numpy(),
            "kind": events["kind"].map(kind_text).to_numpy(),
            "failure_type": events["failure_type"].map(failure_type_text, na_action="ignore").to_numpy(),
            "nature_of_failure": events["nature_of_failure"].map(reason_text, na_action="ignore").to_numpy(),
        }
    )


def _standing_text(now: Standing) -> str:
    if now.errors.empty:
        return words("No error of this address is known.")
    if now.quarantined_at:
        return words(
            "In quarantine since {moment}; nothing leaves it by itself.", moment=moment_text(now.quarantined_at)
        )
    if now.resets_at:
        return words("Without another error the counter begins again on {moment}.", moment=moment_text(now.resets_at))
    return words("All errors are forgotten: there was none for 10 days.")
