"""The figures of opens and clicks: which flags of a message or an event make them, and which messages they count."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analytics.engagement import OPENING
from analytics.modes import Kpi
from analytics.selection import EVERY_STATE, Selection, Told
from data.events import Kind

HOUR = timedelta(hours=1)
_OPENED, _CLICKED, _OPTED_OUT, _COMPLAINED, _BY_MACHINE, _CLICKED_BY_MACHINE, _ELSE, _CLICKED_ELSE = (
    1 << place for place in range(8)
)
_UNJUDGED, _FAILED = 256, 512
_OPENING = _OPENED | _CLICKED | _OPTED_OUT


class Rule(NamedTuple):
    """Which flags of tracking.sql make a figure: some of each of these, and none of those lacking."""

    needed: tuple[int, ...]
    lacking: int = 0


MESSAGE_FIGURES = {
    "opened": Rule((_OPENING,)),
    "measured": Rule((_OPENED,)),
    "inferred": Rule((_OPENING,), _OPENED),
    "clicked": Rule((_CLICKED,)),
    "opted_out": Rule((_OPTED_OUT,)),
    "complained": Rule((_COMPLAINED,)),
    "opened_by_machine": Rule((_BY_MACHINE,)),
    "clicked_by_machine": Rule((_CLICKED_BY_MACHINE,)),
    "opened_without_machines": Rule((_ELSE,)),
    "clicked_without_machines": Rule((_CLICKED_ELSE,)),
    "opened_but_failed": Rule((_OPENING, _FAILED)),
    "unjudged": Rule((_OPENING, _UNJUDGED)),
}
"""Figures that count distinct messages: opened at all, by an opening that is told, or only by what implies one;
opened or clicked within seconds of the acceptance, and at another time; opened and failed in the mode; opened, but not
accepted."""

EVENT_FIGURES = {
    "opens": Rule((_OPENED,)),
    "clicks": Rule((_CLICKED,)),
    "opt_outs": Rule((_OPTED_OUT,)),
    "complaints": Rule((_COMPLAINED,)),
    "machine_opens": Rule((_OPENED, _BY_MACHINE)),
    "machine_clicks": Rule((_CLICKED_BY_MACHINE,)),
}
"""Figures that count events."""

_TOLD = {
    "opened": Told(kinds=OPENING),
    "measured": Told(kinds=(Kind.OPENED,)),
    "clicked": Told(kinds=(Kind.CLICKED,)),
    "opted_out": Told(kinds=(Kind.UNSUBSCRIBED,)),
    "complained": Told(kinds=(Kind.COMPLAINED,)),
    "opened_by_machine": Told(kinds=OPENING, is_machine=True),
    "clicked_by_machine": Told(kinds=(Kind.CLICKED,), is_machine=True),
    "opened_without_machines": Told(kinds=OPENING, is_machine=False),
    "clicked_without_machines": Told(kinds=(Kind.CLICKED,), is_machine=False),
}
# As on the tile, excluded messages count as well.
_SELECTIONS = {figure: Selection(states=EVERY_STATE, told=told) for figure, told in _TOLD.items()} | {
    "opened_but_failed": Selection(kpi=Kpi.BOUNCES_ERRORS, told=Told(kinds=OPENING)),
}


def selection_of(
    figure: str, *, hour: datetime | None = None, domain: str | None = None, link: str | None = None
) -> Selection:
    """The messages that a figure of MESSAGE_FIGURES counts; of an hour by where it begins, of a domain, of a link.

    Raises KeyError for inferred and unjudged, of which no single event tells: the tracking log lists those.
    """
    selection = _SELECTIONS[figure]
    told = selection.told or Told()
    if hour is not None:
        told = replace(told, since=hour, until=hour + HOUR)
    if link is not None:
        told = replace(told, links=(link,))
    return replace(selection, told=told, domains=() if domain is None else (domain,))


def is_met(flags: npt.NDArray[np.int64], rule: Rule) -> npt.NDArray[np.bool_]:
    """Which of some combinations of flags make a figure."""
    met: npt.NDArray[np.bool_] = flags & rule.lacking == 0
    for needed in rule.needed:
        met &= flags & needed != 0
    return met
