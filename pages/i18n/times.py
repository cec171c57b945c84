"""From when to when, in the language spoken."""

from datetime import datetime

from pages.i18n.formats import moment_text
from pages.i18n.words import words


def times_text(begins: datetime, ends: datetime | None) -> str:
    """A moment (UTC), or both ends of a time."""
    began = moment_text(begins)
    return words("{begins} to {ends}", begins=began, ends=moment_text(ends)) if ends else began
