"""Moments as a script asks for them: an ISO time, or so long after the start; and where one lies outside of the log."""

import argparse
import re
from datetime import UTC, datetime, timedelta

from data.deliveries import Delivery
from data.doors import iso

Asked = timedelta | datetime
"""A span from the start of the delivery, or a moment (UTC)."""

_SPAN = re.compile(r"\+?(\d+(?:\.\d+)?)(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST_STEP = timedelta(days=366)


def asked_moment(text: str) -> Asked:
    """A span from the start, or a moment; a time without a zone is UTC. Raises ArgumentTypeError."""
    span = _span(text)
    if span is not None:
        return span
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(f"{text} is no ISO time and no offset such as +90m") from error


def asked_step(text: str) -> timedelta:
    """A whole number of minutes. Raises ArgumentTypeError."""
    span = _span(text)
    if not span or span % timedelta(minutes=1) or span > _LONGEST_STEP:
        raise argparse.ArgumentTypeError(f"{text} is no whole number of minutes, hours or days, such as 5m")
    return span


def _span(text: str) -> timedelta | None:
    match = _SPAN.fullmatch(text.strip())
    try:
        return timedelta(**{_UNITS[match[2]]: float(match[1])}) if match else None
    except OverflowError as error:
        raise argparse.ArgumentTypeError(f"{text} is too long a time") from error


def moment_of(delivery: Delivery, asked: Asked) -> datetime:
    """The moment asked for (UTC), wherever it lies."""
    if isinstance(asked, datetime):
        return asked
    try:
        return delivery.started_at + asked
    except OverflowError:
        return datetime.max


def note_on(delivery: Delivery, moment: datetime) -> str | None:
    """What to know of an answer for a moment of which the log does not tell, in a sentence; else nothing."""
    name = delivery.delivery_id
    if moment > delivery.observed_until:
        return f"The log of {name} ends at {iso(delivery.observed_until)}; the answer is as of then."
    if moment < delivery.started_at:
        return f"The moment asked for, {iso(moment)}, lies before the start of {name} at {iso(delivery.started_at)}."
    if moment < delivery.observed_from:
        return (
            f"The log of {name} begins only at {iso(delivery.observed_from)}; of {iso(moment)}, the moment asked for, "
            "it tells in part."
        )
    return None
