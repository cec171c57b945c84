"""The findings in words: their names with counts, how many of their rows are drawn, and what stands in these."""

from datetime import datetime

import pandas as pd

from data.quality import Finding
from data.rejections import recognised
from pages.i18n.formats import moment_text
from pages.i18n.terms import kind_text, reason_text, state_text
from pages.i18n.told import told
from pages.i18n.words import phrase, plural, words

_NAMES = {
    Finding.REJECTED: (phrase("**{count}** rejected"), phrase("**{count}** rejected")),
    Finding.SKIPPED_TIME: (phrase("**{count}** in a DST gap"), phrase("**{count}** in a DST gap")),
    Finding.DUPLICATE: (phrase("**{count}** duplicate"), phrase("**{count}** duplicate")),
    Finding.CONTRADICTION: (phrase("**{count}** contradictory"), phrase("**{count}** contradictory")),
    Finding.UNKNOWN: (phrase("**{count}** unknown"), phrase("**{count}** unknown")),
    Finding.UNDETERMINED_BOUNCE: (
        phrase("**{count}** undetermined bounce"),
        phrase("**{count}** undetermined bounces"),
    ),
    Finding.OPENED_BUT_FAILED: (phrase("**{count}** opened but failed"), phrase("**{count}** opened but failed")),
    Finding.AFTER_VALIDITY_END: (
        phrase("**{count}** after the validity end"),
        phrase("**{count}** after the validity end"),
    ),
    Finding.WAITING: (phrase("**{count}** waiting"), phrase("**{count}** waiting")),
}
_DETAILS = {
    Finding.CONTRADICTION: ("after the message was ", phrase("state before: {state}")),
    Finding.OPENED_BUT_FAILED: ("failed at ", phrase("failed at {moment}")),
    Finding.AFTER_VALIDITY_END: (
        "the validity period ended at ",
        phrase("the validity period ended at {moment}"),
    ),
}
"""How the detail of a finding begins, and how it is said."""


def finding_text(finding: Finding, count: int) -> str:
    """A finding with its count, as Markdown: **1,204** duplicate. A file is cut off or not."""
    if finding is Finding.CUT_OFF:
        return f"**{words('Perhaps cut off')}**"
    return plural(*_NAMES[finding], count)


def drawn_text(drawn: int, count: int) -> str:
    """How many of the rows are drawn."""
    if drawn < count:
        return words("The first {drawn} of {count} rows.", drawn=drawn, count=count)
    return plural("One row.", "All {count} rows.", count)


def in_words(rows: pd.DataFrame, finding: Finding) -> pd.DataFrame:
    """The rows of a finding with their events, reasons and details in the language spoken."""
    texts = {"kind": kind_text, "reason": reason_in_words, "detail": lambda detail: _detail_text(finding, detail)}
    return rows.assign(
        **{name: rows[name].map(text, na_action="ignore") for name, text in texts.items() if name in rows}
    )


def reason_in_words(reason: str) -> str:
    """Why a record was rejected, or why a message failed."""
    return told(recognised(reason_text(reason)))


def _detail_text(finding: Finding, detail: str) -> str:
    begins, text = _DETAILS.get(finding, ("", ""))
    if not text or not detail.startswith(begins):
        return detail
    said = detail.removeprefix(begins)
    if finding is Finding.CONTRADICTION:
        return words(text, state=state_text(said))
    return words(text, moment=moment_text(datetime.fromisoformat(said.removesuffix(" UTC"))))
