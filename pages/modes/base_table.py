"""Delivered by what it is divided by: the tiles' own bases, and the one that Dynamic reports divide by."""

import math

import pandas as pd
import streamlit as st

from analytics.kpis import Base
from analytics.modes import Mode
from pages.i18n.formats import count_text, share_text
from pages.i18n.signed import signed_points_text
from pages.i18n.terms import base_text, mode_text
from pages.i18n.words import words
from pages.modes.answers import base_in
from pages.modes.gap_metrics import delivered_in
from pages.parts.columns import Columns, rows_column
from pages.parts.rows_link import rows_url
from pages.session.asked import Filters


def draw_bases(readings: pd.DataFrame, asked: Filters) -> None:
    """Draw the table. readings: of analytics.mode_gap."""
    st.subheader(words("The same messages, other bases"))
    told = report_sentence(readings, asked)
    st.dataframe(base_rows(readings, asked), hide_index=True, column_config=_columns(), height="content", alt=told)
    st.caption(told)


def base_rows(readings: pd.DataFrame, asked: Filters) -> pd.DataFrame:
    """The table as shown: a row per mode and base."""
    return pd.DataFrame(
        {
            "mode": mode_text(row["mode"]),
            "base": _base_words(Mode(row["mode"]), Base(row["base"]), asked),
            "delivered": count_text(row["delivered"]),
            "base_count": count_text(row["base_count"]),
            "share": share_text(row["delivered_rate"]),
            "difference": signed_points_text(row["difference"]),
            "rows": rows_url(asked, delivered_in(Mode(row["mode"]))) if row["delivered"] else None,
        }
        for row in readings.to_dict("records")
    )


def report_sentence(readings: pd.DataFrame, asked: Filters) -> str:
    """What Dynamic reports would show in the chosen mode, and how far its tile is from that."""
    by_base = readings[readings["mode"] == asked.mode].set_index("base")
    rates, difference = by_base["delivered_rate"], by_base["difference"][asked.base]
    explained = words("Dynamic reports divide by what was reported: Delivered + Bounces and errors.")
    if math.isnan(difference):
        return explained
    mode, reported = mode_text(asked.mode), share_text(rates[Base.REPORTED])
    if not difference:
        alike = words("{mode}: {reported}, as the tile shows.", mode=mode, reported=reported)
        return f"{explained} {alike}"
    apart = words(
        "{mode}: {reported} where the tile shows {tile}, a difference of {difference}.",
        mode=mode,
        reported=reported,
        tile=share_text(rates[asked.base]),
        difference=signed_points_text(difference),
    )
    return f"{explained} {apart}"


def _base_words(mode: Mode, base: Base, asked: Filters) -> str:
    if base is Base.REPORTED:
        return words("{base} (Dynamic reports)", base=base_text(base))
    is_shown = base is base_in(asked, mode)
    return words("{base} (the tile's)", base=base_text(base)) if is_shown else base_text(base)


def _columns() -> Columns:
    return {
        "mode": words("Mode"),
        "base": words("Base"),
        "delivered": st.column_config.TextColumn(words("Delivered"), alignment="right"),
        "base_count": st.column_config.TextColumn(words("Base, messages"), alignment="right"),
        "share": st.column_config.TextColumn(words("Share"), alignment="right"),
        "difference": st.column_config.TextColumn(words("Difference to reported"), alignment="right"),
        "rows": rows_column(),
    }
