"""What the events and the statuses of one address have in common: where they stand, and in which colours."""

import pandas as pd

from pages.figures.colours import Colours

FIRST, MARGIN = 1, 1.6
"""The axis begins at a second, and goes on so many times beyond the last one told."""
EVENTS_AT, BANDS_AT = 0.12, (-0.16, -0.34)
"""Where events and statuses stand within the row of their message."""


def seconds_since(begins: pd.Series, moments: pd.Series, keys: pd.Series) -> pd.Series:
    """Seconds since the message's beginning, as the axis has them: one at least."""
    return (moments - keys.map(begins)).dt.total_seconds().clip(lower=FIRST)


def colour_of(name: str, colours: Colours) -> str:
    """The colour of the state that an event leads to, or of a status."""
    states = {
        "delivered": colours.delivered,
        "Sent": colours.delivered,
        "deferred": colours.retrying,
        "bounced": colours.failed,
        "failed": colours.failed,
        "Failed": colours.failed,
        "expired": colours.expired,
        "relayed": colours.in_flight,
        "targeted": colours.in_flight,
        "Pending": colours.in_flight,
    }
    return states.get(name, colours.text)
