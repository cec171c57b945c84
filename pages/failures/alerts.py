"""Which failures are so many that they are told as an alert."""

import pandas as pd

from analytics.failures import SOFT_TYPES, FailureType, counted_fates
from analytics.modes import Mode
from pages.i18n.formats import share_text
from pages.i18n.words import words

ALERT_SHARE = 0.05
"""Of the base; beyond it soft and hard failures are told as an alert."""


def alerts(told: pd.DataFrame, base: int, base_words: str, mode: Mode) -> list[str]:
    """Which kinds of failure are beyond the default of an alert, of those that the mode counts: soft, hard."""
    failing = told[told["fate"].isin(counted_fates(mode))]
    kinds = ((words("Soft"), SOFT_TYPES), (words("Hard"), (FailureType.HARD,)))
    counts = ((name, int(failing.loc[failing["type"].isin(types), "messages"].sum())) for name, types in kinds)
    return [
        words(
            "{type}: {share}, above {limit} ({count} of {base} {what})",
            type=name,
            share=share_text(count / base),
            limit=share_text(ALERT_SHARE),
            count=count,
            base=base,
            what=base_words,
        )
        for name, count in counts
        if base and count / base > ALERT_SHARE
    ]
