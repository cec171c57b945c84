"""The names of the findings on screen, and how many of their rows are drawn."""

from data.quality import Finding
from pages.i18n.formats import count_text

_NAMES = {
    Finding.REJECTED: "rejected",
    Finding.SKIPPED_TIME: "in a DST gap",
    Finding.DUPLICATE: "duplicate",
    Finding.CONTRADICTION: "contradictory",
    Finding.UNKNOWN: "unknown",
    Finding.UNDETERMINED_BOUNCE: "undetermined bounces",
    Finding.OPENED_BUT_FAILED: "opened but failed",
    Finding.AFTER_VALIDITY_END: "after the validity end",
    Finding.WAITING: "waiting",
}


def finding_text(finding: Finding, count: int) -> str:
    """A finding with its count, as Markdown: **1,204** duplicate. A file is cut off or not."""
    if finding is Finding.CUT_OFF:
        return "**Perhaps cut off**"
    name = _NAMES[finding]
    return f"**{count_text(count)}** {name.removesuffix('s') if count == 1 else name}"


def drawn_text(drawn: int, count: int) -> str:
    """How many of the rows are drawn."""
    if drawn < count:
        return f"The first {count_text(drawn)} of {count_text(count)} rows."
    return "One row." if count == 1 else f"All {count_text(count)} rows."
