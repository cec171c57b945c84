"""The states' colours, the same everywhere.

They hold 3:1 against the background and stay apart for colour-blind eyes.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """Colours of one theme."""

    delivered: str
    failed: str
    retrying: str
    in_flight: str
    expired: str
    text: str
    background: str


LIGHT = Colours("#0072B2", "#7A1410", "#C77700", "#878787", "#3D1D4F", "#31333F", "#FFFFFF")
DARK = Colours("#56B4E9", "#E5533D", "#F0B429", "#8B929C", "#F2B8D8", "#FAFAFA", "#0E1117")


def colours_of(theme: str | None) -> Colours:
    """The colours of a theme, "light" or "dark"."""
    return DARK if theme == "dark" else LIGHT


def translucent(colour: str, opacity: float) -> str:
    """A colour (#RRGGBB) of which so much (0..1) is left."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity:g})"
