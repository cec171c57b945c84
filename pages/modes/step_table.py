"""The steps that messages took by the chosen moment, and what each did to the numbers of each mode."""

import pandas as pd
import streamlit as st

from analytics.modes import Mode
from analytics.steps import USUAL, StepName, Taken
from pages.i18n.formats import count_text
from pages.i18n.signed import signed_count_text
from pages.i18n.terms import mode_text, status_text
from pages.i18n.words import phrase, words
from pages.modes.answers import shown_modes
from pages.modes.sentences import retry_sentence
from pages.parts.chart import Columns
from pages.parts.rows_link import rows_url
from pages.session.asked import Filters

_STEPS = {
    StepName.RELAYED: phrase("Relayed"),
    StepName.ACCEPTED: phrase("Accepted"),
    StepName.HARD_BOUNCE: phrase("Hard bounce"),
    StepName.SOFT_BOUNCE: phrase("Soft bounce"),
    StepName.RETRY_SUCCEEDED: phrase("Retry succeeded"),
    StepName.RETRIES_FAILED: phrase("Retries failed"),
    StepName.OTHER_FAILURE: phrase("Failed without a retry"),
    StepName.INFERRED_EXPIRY: phrase("Expired (inferred)"),
    StepName.EXPIRY_CONFIRMED: phrase("Expiry confirmed by the log"),
    StepName.LATE_ACCEPTANCE: phrase("Accepted after the expiry"),
    StepName.LATE_BOUNCE: phrase("Bounced after the acceptance"),
    StepName.CANCELLED: phrase("Canceled"),
}
_DELIVERED, _FAILED, _STATUS = phrase("{mode}: Delivered"), phrase("{mode}: Bounces + errors"), phrase("{mode}: status")


def draw_steps(taken: list[Taken], asked: Filters) -> None:
    """Draw the table: the usual steps, and the others where a message took them."""
    listed = [step for step in taken if step.messages or step.name in USUAL]
    modes = shown_modes(asked)
    st.subheader(words("Step by step"))
    table = step_rows(listed, asked)
    st.dataframe(table, hide_index=True, column_config=_columns(modes), height="content", alt=_told(listed, modes))
    st.caption(
        words("Each step with what it did to the numbers, to the message; the last row is what the tiles show.")
        + (" " + retry_sentence(_recovered(taken)) if Mode.WITH_EFS in modes else "")
    )


def step_rows(taken: list[Taken], asked: Filters) -> pd.DataFrame:
    """The table as shown: a row per step, and the totals."""
    rows = [
        {
            "step": words(_STEPS[step.name]),
            "messages": count_text(step.messages),
            **{f"delivered {mode}": signed_count_text(effect.delivered) for mode, effect in step.effects.items()},
            **{f"failed {mode}": signed_count_text(effect.bounces_errors) for mode, effect in step.effects.items()},
            **{f"status {mode}": status_text(effect.status) for mode, effect in step.effects.items()},
            "rows": rows_url(asked, step.selection) if step.messages else None,
        }
        for step in taken
    ]
    return pd.DataFrame([*rows, {"step": words("Total"), **_totals(taken, shown_modes(asked))}])


def _totals(taken: list[Taken], modes: list[Mode]) -> dict[str, str]:
    delivered = {f"delivered {mode}": sum(step.effects[mode].delivered for step in taken) for mode in modes}
    failed = {f"failed {mode}": sum(step.effects[mode].bounces_errors for step in taken) for mode in modes}
    return {name: count_text(total) for name, total in (delivered | failed).items()}


def _recovered(taken: list[Taken]) -> int:
    return next(step.messages for step in taken if step.name is StepName.RETRY_SUCCEEDED)


def _columns(modes: list[Mode]) -> Columns:
    columns: Columns = {
        "step": words("Step"),
        "messages": st.column_config.TextColumn(words("Messages"), alignment="right"),
        "rows": st.column_config.LinkColumn(words("Rows"), display_text=words("Rows")),
    }
    for mode in modes:
        named = {"mode": mode_text(mode)}
        columns |= {
            f"delivered {mode}": st.column_config.TextColumn(words(_DELIVERED, **named), alignment="right"),
            f"failed {mode}": st.column_config.TextColumn(words(_FAILED, **named), alignment="right"),
            f"status {mode}": words(_STATUS, **named),
        }
    return columns


def _told(taken: list[Taken], modes: list[Mode]) -> str:
    """What the table says, for those who cannot see it."""
    return words(
        "{steps} steps with the messages that took them and what each did in {modes}",
        steps=len(taken),
        modes=", ".join(mode_text(mode) for mode in modes),
    )
