"""The columns of the sending log under the users' own names, and their values in the users' own words."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from pages.i18n.terms import (
    FAILURE_TYPES,
    REASONS,
    STATES,
    STATUSES,
    failure_type_text,
    reason_text,
    state_text,
    status_text,
)
from pages.i18n.words import phrase, words

_HEADINGS = {
    "date": phrase("Date (UTC)"),
    "status": phrase("Status"),
    "state": phrase("State"),
    "address": phrase("Address"),
    "nature_of_failure": phrase("Nature of failure"),
    "reason": phrase("Reason"),
    "failure_type": phrase("Failure type"),
    "test_profile": phrase("Test profile"),
    "message_id": phrase("Message"),
    "source": phrase("File"),
    "line": phrase("Line"),
}
_EXCLUSION_HEADINGS = _HEADINGS | {"nature_of_failure": phrase("Exclusion cause")}
_NOT_OF_EXCLUSIONS = ("status", "state", "failure_type")
_VALUES: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "status": (status_text, list(STATUSES)),
    "state": (state_text, list(STATES)),
    "nature_of_failure": (reason_text, list(REASONS)),
    "failure_type": (failure_type_text, list(FAILURE_TYPES)),
}


@dataclass(frozen=True)
class LogColumns:
    """Which columns there are, in one language: what is drawn, and what a file holds that is written later."""

    headings: dict[str, str]
    values: dict[str, dict[str, str]]

    def worded(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with these columns, still under the names that analytics gives them, and their values in words."""
        told = {name: rows[name].replace(words) for name, words in self.values.items() if name in self.headings}
        return rows.assign(**told)[list(self.headings)]

    def headed(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows in words, under the users' own names of the columns."""
        return self.worded(rows).rename(columns=self.headings)


def log_columns(*, of_exclusions: bool, with_test_profiles: bool) -> LogColumns:
    """The columns, in the language spoken."""
    left_out = (*(_NOT_OF_EXCLUSIONS if of_exclusions else ()), *(() if with_test_profiles else ("test_profile",)))
    headings = _EXCLUSION_HEADINGS if of_exclusions else _HEADINGS
    return LogColumns(
        {name: words(heading) for name, heading in headings.items() if name not in left_out},
        {name: {stored: told(stored) for stored in known} for name, (told, known) in _VALUES.items()},
    )
