"""The bounds of a height axis that is fitted to its lines."""

_MARGIN, _EDGE = 0.05, 0.01
"""As shares of what is shown: the room beyond the lines, and that for a line at a bound that cannot be passed."""


def fitted(low: float, high: float, least: float, most: float | None = None) -> list[float]:
    """Bounds that show every move between low and high, with some room; never beyond 0 and most.

    least: the room at least. A line at 0 or at most stands at the edge, with just what its width needs beyond it.
    """
    margin = max((high - low) * _MARGIN, least)
    below, above = max(low - margin, 0), high + margin if most is None else min(high + margin, most)
    edge = (above - below) * _EDGE
    return [below - edge if below == 0 else below, above + edge if above == most else above]
