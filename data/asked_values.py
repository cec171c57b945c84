"""Values as a script gives them to `python -m data`, read and checked."""

import argparse
import re

from data.events import Kind


def span(text: str) -> float:
    """A number of hours or minutes. Raises ArgumentTypeError."""
    value = float(text) if text.replace(".", "", 1).isdigit() else 0
    if not 0 < value < 100_000:  # noqa: PLR2004 - ten years in hours are no validity period
        raise argparse.ArgumentTypeError(f"{text} must be more than 0 and less than 100,000")
    return value


def year(text: str) -> int:
    """A year that a log may be of. Raises ArgumentTypeError."""
    if not re.fullmatch(r"(19[7-9]|20\d|21\d)\d", text):
        raise argparse.ArgumentTypeError(f"{text} is no year from 1970 to 2199")
    return int(text)


def count(text: str) -> int:
    """How many, at least one. Raises ArgumentTypeError."""
    if not re.fullmatch(r"[1-9]\d{0,8}", text):
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1 to 999,999,999")
    return int(text)


def meaning(text: str) -> tuple[str, Kind]:
    """What an unknown word of a log means. Raises ArgumentTypeError."""
    word, _, kind = text.rpartition("=")
    if not word or kind not in set(Kind):
        raise argparse.ArgumentTypeError(f"{text} is not WORD=KIND with one of the kinds {', '.join(Kind)}")
    return word, Kind(kind)
