"""Delivered by what it is divided by: the tiles' own bases, and the one that Dynamic reports divide by."""

import math

import pandas as pd
import streamlit as st

from analytics.kpis import DEFAULT_BASE, Base
from analytics.modes import Mode
from pages.i18n.formats import count_text, share_text
from pages.i18n.signed import signed_points_text
from pages.i18n.terms import base_text, mode_text
from pages.i18n.words import words
from pages.modes.gap_metrics import delivered_in
from pages.parts.columns import Columns, rows_column
from pages.parts.rows_link import rows_url
from pages.session.asked import Filters


def draw_bases(readings: pd.DataFrame, asked: Filters) -> None:
    """Draw the table. readings: of analytics.mode_gap."""
    st.subheader(words("The same messages, other bases"))
    told = report_sentence(readings, asked.mode)
    st.dataframe(base_rows(readings, asked), hide_index=True, column_config=_columns(), height="content", alt=told)
    st.caption(told)


def base_rows(readings: pd.DataFrame, asked: Filters) -> pd.DataFrame:
    """The table as shown: a row per mode and base."""
    return pd.DataFrame(
        {
            "mode": mode_text(row["mode"]),
            "base": _base_words(Mode(row["mode"]), Base(row["base"])),
            "delivered": count_text(row["delivered"]),
            "base_count": count_text(row["base_count"]),
            "share": share_text(row["delivered_rate"]),
            "difference": signed_points_text(row["difference"]),
            "rows": rows_url(asked, delivered_in(Mode(row["mode"]))) if row["delivered"] else None,
        }
        for row in readings.to_dict("records")
    )


def report_sentence(readings: pd.DataFrame, mode: Mode) -> str:
    """What Dynamic reports would show in a mode, and how far its tile is from that."""
    by_base = readings[readings["mode"] == mode].set_index("base")
    rates, own = by_base["delivered_rate"], by_base["difference"][DEFAULT_BASE[mode]]
    explained = words("Dynamic reports divide by what was reported: Delivered + Bounces and errors.")
    if math.isnan(own):
        return explained
    shown = words(
        "{mode} they would show {reported} where the tile shows {tile}: the tile is {difference} away.",
        mode=mode_text(mode),
        reported=share_text(rates[Base.REPORTED]),
        tile=share_text(rates[DEFAULT_BASE[mode]]),
        difference=signed_points_text(own),
    )
    return f"{explained} {shown}"


def _base_words(mode: Mode, base: Base) -> str:
    if base is DEFAULT_BASE[mode]:
        return words("{base} (the tile's)", base=base_text(base))
    return words("{base} (Dynamic reports)", base=base_text(base)) if base is Base.REPORTED else base_text(base)


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
