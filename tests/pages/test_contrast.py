"""The colours hold against their backgrounds, and stay apart whatever kinds of cones an eye has."""

import tomllib
from dataclasses import fields
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from pages.figures.colours import DARK, LIGHT, Colours

Vector = npt.NDArray[np.float64]

_THEMES = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
_BACKGROUNDS = [
    pytest.param(LIGHT, _THEMES["light"].get("backgroundColor", "#ffffff"), id="light"),
    pytest.param(DARK, _THEMES["dark"]["backgroundColor"], id="dark"),
]
_STATES = [field.name for field in fields(Colours) if field.name not in ("text", "background")]
_LEAST_OF_A_LINE, _LEAST_OF_TEXT = 3, 4.5
"""WCAG 2.2, 1.4.11 and 1.4.3."""
_LEAST_APART = 15
"""In CIELAB; 2.3 can just be told apart side by side, 10 at a glance."""

# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
_EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = _XYZ.sum(axis=1)


def _linear(colour: str) -> Vector:
    """A colour such as #0072B2 in linear RGB, 0..1."""
    channels = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG, 1..21."""
    low, high = sorted(float(np.array([0.2126, 0.7152, 0.0722]) @ _linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _lab(linear: Vector) -> Vector:
    """A colour in CIELAB under D65."""
    x, y, z = np.vectorize(_lightness)(_XYZ @ linear.clip(0, 1) / _WHITE)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def _lightness(part: float) -> float:
    return float(part ** (1 / 3)) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29


@pytest.mark.parametrize(("colours", "background"), _BACKGROUNDS)
def test_every_state_stands_out_from_the_background(colours: Colours, background: str) -> None:
    """A line or a bar can be seen."""
    told = {name: _contrast(getattr(colours, name), background) for name in _STATES}
    assert min(told.values()) >= _LEAST_OF_A_LINE, told


@pytest.mark.parametrize(("colours", "background"), _BACKGROUNDS)
def test_text_can_be_read(colours: Colours, background: str) -> None:
    """That of the marks, and the names of the two lines, which stand in their colours."""
    for name in ("text", "delivered", "failed"):
        assert _contrast(getattr(colours, name), background) >= _LEAST_OF_TEXT, name


@pytest.mark.parametrize("eye", _EYES)
@pytest.mark.parametrize(("colours", "background"), _BACKGROUNDS)
def test_states_stay_apart(colours: Colours, background: str, eye: str) -> None:
    """From each other and from the background, for every eye."""
    seen = {name: _lab(_EYES[eye] @ _linear(getattr(colours, name))) for name in _STATES}
    seen["background"] = _lab(_EYES[eye] @ _linear(background))
    apart = {pair: float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])) for pair in combinations(seen, 2)}
    nearest = min(apart, key=apart.__getitem__)
    assert apart[nearest] >= _LEAST_APART, (nearest, apart[nearest])


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21 : 1, and the well-known lightest grey that may be read on white is #767676."""
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#767676", "#ffffff") > _LEAST_OF_TEXT > _contrast("#777777", "#ffffff")


def test_distances_are_those_of_cielab() -> None:
    """White is L* 100 without any hue, and pure red where the tables have it."""
    assert _lab(_linear("#ffffff")) == pytest.approx([100, 0, 0], abs=0.01)
    assert _lab(_linear("#ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
