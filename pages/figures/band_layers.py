"""The lines and areas between which the messages lie that the two modes count otherwise."""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from pages.figures.colours import Colours
from pages.i18n.words import phrase


class Unit(StrEnum):
    """What the height stands for. The values stand in the URL."""

    MESSAGES = "messages"
    SHARES = "shares"


@dataclass(frozen=True)
class Layer:
    """A line, or the edge of a filled area: the sum of columns. The gap alone has a plot of its own below."""

    name: str
    columns: tuple[str, ...]
    colour: str
    fill: str = ""
    pattern: str = ""
    is_below: bool = False


def layers_of(colours: Colours) -> list[Layer]:
    """Floor, band and ceiling, and below them the gap alone."""
    retrying, in_flight = (
        (phrase("Retrying"), colours.retrying, "tonexty", "/"),
        (phrase("In flight"), colours.in_flight, "tonexty", "."),
    )
    return [
        Layer(phrase("Delivered with EFS"), ("floor",), colours.delivered),
        Layer(retrying[0], ("floor", "retrying"), *retrying[1:]),
        Layer(in_flight[0], ("floor", "retrying", "in_flight"), *in_flight[1:]),
        Layer(phrase("Delivered without EFS"), ("ceiling",), colours.delivered),
        Layer(retrying[0], ("retrying",), colours.retrying, "tozeroy", "/", is_below=True),
        Layer(in_flight[0], ("retrying", "in_flight"), *in_flight[1:], is_below=True),
    ]


def in_unit(layer: Layer, unit: Unit) -> list[str]:
    """The columns of a layer in a unit."""
    return [name if unit is Unit.MESSAGES else f"{name}_rate" for name in layer.columns]


def edge_of(gap: pd.DataFrame, layer: Layer, unit: Unit) -> pd.Series:
    """The height of a layer: messages, or percent."""
    edge = gap[in_unit(layer, unit)].sum(axis=1, skipna=False)
    return edge if unit is Unit.MESSAGES else edge * 100
