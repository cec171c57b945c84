"""The steps that messages took by the chosen moment, and what each did to the numbers of each mode."""

from typing import Any

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from analytics.modes import Mode
from analytics.steps import USUAL, Effect, StepName, Taken
from pages.i18n.formats import count_text
from pages.i18n.signed import signed_count_text
from pages.i18n.terms import mode_text, status_text
from pages.i18n.words import phrase, words
from pages.modes.answers import shown_modes
from pages.modes.sentences import retry_sentence
from pages.parts.columns import rows_column
from pages.parts.rows_link import rows_url
from pages.session.asked import Filters

_STEPS = {
    StepName.RELAYED: phrase("Relayed"),
    StepName.ACCEPTED: phrase("Accepted"),
    StepName.BOUNCED: phrase("Bounced at once"),
    StepName.SOFT_BOUNCE: phrase("Soft bounce"),
    StepName.RETRY_SUCCEEDED: phrase("Retry succeeded"),
    StepName.RETRIES_FAILED: phrase("Retries failed"),
    StepName.OTHER_FAILURE: phrase("Failed without a retry"),
    StepName.INFERRED_EXPIRY: phrase("Expired (inferred)"),
    StepName.EXPIRY_CONFIRMED: phrase("Expiry confirmed"),
    StepName.LATE_ACCEPTANCE: phrase("Late acceptance"),
    StepName.LATE_BOUNCE: phrase("Late bounce"),
    StepName.CANCELLED: phrase("Canceled"),
}
_EFFECTS = (phrase("Delivered"), phrase("Bounces + errors"), phrase("Status"))


def draw_steps(taken: list[Taken], asked: Filters) -> None:
    """Draw the table: the usual steps, and the others where a message took them."""
    listed = [step for step in taken if step.messages or step.name in USUAL]
    modes = shown_modes(asked)
    st.subheader(words("Step by step"))
    table = step_rows(listed, asked)
    told = _told(listed, modes)
    st.dataframe(table, hide_index=True, column_config=_columns(modes), height="content", placeholder="", alt=told)
    st.caption(
        words("Each step with what it did to the numbers, to the message; the last row is what the tiles show.")
        + (" " + retry_sentence(_recovered(taken)) if Mode.WITH_EFS in modes else "")
    )


def step_rows(taken: list[Taken], asked: Filters) -> pd.DataFrame:
    """The table as shown: a row per step, and the totals."""
    rows = [
        {
            ("", words("Step")): words(_STEPS[step.name]),
            (words("Messages"), words("Count")): count_text(step.messages),
            (words("Messages"), words("Rows")): rows_url(asked, step.selection) if step.messages else None,
            **{
                (mode_text(mode), words(name)): shown
                for mode, effect in step.effects.items()
                for name, shown in zip(_EFFECTS, _effect_texts(effect), strict=True)
            },
        }
        for step in taken
    ]
    totals = {("", words("Step")): words("Total"), **_totals(taken, shown_modes(asked))}
    return pd.DataFrame([*rows, totals], columns=pd.MultiIndex.from_tuples(rows[0]))


def _effect_texts(effect: Effect) -> tuple[str, str, str]:
    return signed_count_text(effect.delivered), signed_count_text(effect.bounces_errors), status_text(effect.status)


def _totals(taken: list[Taken], modes: list[Mode]) -> dict[tuple[str, str], str]:
    """What the steps add up to: the counts of the tiles."""
    return {
        (mode_text(mode), words(name)): count_text(sum(getattr(step.effects[mode], column) for step in taken))
        for mode in modes
        for name, column in zip(_EFFECTS, ("delivered", "bounces_errors"), strict=False)
    }


def _recovered(taken: list[Taken]) -> int:
    return next(step.messages for step in taken if step.name is StepName.RETRY_SUCCEEDED)


def _columns(modes: list[Mode]) -> dict[Any, ColumnConfig]:
    """By place, for their names stand under those of the modes; the index is the first."""
    number = st.column_config.TextColumn(alignment="right")
    effects = [place for n in range(len(modes)) for place in (4 + 3 * n, 5 + 3 * n)]
    step = st.column_config.TextColumn(pinned=True)
    return {1: step, 2: number, 3: rows_column(), **dict.fromkeys(effects, number)}


def _told(taken: list[Taken], modes: list[Mode]) -> str:
    """What the table says, for those who cannot see it."""
    return words(
        "{steps} steps with the messages that took them and what each did in {modes}",
        steps=len(taken),
        modes=", ".join(mode_text(mode) for mode in modes),
    )
