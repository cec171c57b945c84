"""Names of lines beside a moment, within their plot and apart from each other."""

from dataclasses import dataclass

LABEL_PIXELS = 36
"""How high a label of two rows is."""
_HALF = LABEL_PIXELS / 2
_SEE_THROUGH = "B3"


@dataclass(frozen=True)
class Scale:
    """A height axis: its bounds, and the pixels between them."""

    low: float
    high: float
    pixels: float

    def pixel(self, value: float) -> float:
        """How many pixels above the foot of the plot a value lies; one out of bounds lies on the nearest."""
        share = (value - self.low) / (self.high - self.low)
        return min(max(share, 0), 1) * self.pixels


def shifts_of_pair(upper: float, lower: float, scale: Scale) -> tuple[float, float]:
    """How far the middles of two labels in one plot stand above their values, in pixels."""
    above, below = scale.pixel(upper), scale.pixel(lower)
    middles = _middle(above, scale), _middle(below, scale)
    if middles[0] - middles[1] < LABEL_PIXELS:
        between = min(max((above + below) / 2, LABEL_PIXELS), scale.pixels - LABEL_PIXELS)
        middles = between + _HALF, between - _HALF
    return middles[0] - above, middles[1] - below


def shift_of(value: float, scale: Scale) -> float:
    """How far the middle of a label that is alone in its plot stands above its value, in pixels."""
    return _middle(scale.pixel(value), scale) - scale.pixel(value)


def ground(background: str) -> str:
    """What a label stands on, so that lines behind it leave it readable."""
    return f"{background}{_SEE_THROUGH}"


def _middle(pixel: float, scale: Scale) -> float:
    """Above the line, or below it where the label would leave the plot and write over the words there."""
    return pixel + _HALF if pixel + LABEL_PIXELS <= scale.pixels else pixel - _HALF
