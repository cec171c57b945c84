"""How long the server needs for each page after a change of a control, as the 95th percentile in milliseconds."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pandas as pd
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from benchmarks.pages import SCREENS, Screen
from benchmarks.worker import Cost, measured

_APP = str(Path(__file__).parent.parent / "app.py")
_WARM_UP = 3
_CHANGES = 30
_TIMEOUT_SECONDS = 120


def draw_all(target: str) -> Cost:
    """Draw every page of a store and change its controls by lot: the mode, the moment, the delivery."""
    os.environ |= {"SENDLOG_STORE": target, "SENDLOG_SAMPLES": "no"}
    return {screen.name: _percentile(_times(screen)) for screen in SCREENS}


def _times(screen: Screen) -> list[float]:
    lot = Random(1)  # noqa: S311 - a benchmark, not a secret
    shown = AppTest.from_file(_APP, default_timeout=_TIMEOUT_SECONDS)
    # Before the first run, switch_page() would look for the name of the page's file, not for its place in the URL.
    shown._page_hash = calc_hash(screen.place) if screen.place else ""  # noqa: SLF001
    if screen.section:
        shown.query_params["section"] = screen.section
    shown.run()
    return [_changed(shown, lot) for _ in range(_WARM_UP + _CHANGES)][_WARM_UP:]


def _changed(shown: AppTest, lot: Random) -> float:
    """Milliseconds from a change of one control until the page is drawn."""
    changes: list[Callable[[], object]] = [
        lambda: shown.toggle(key="efs").set_value(not shown.toggle(key="efs").value),
        lambda: shown.slider(key="at").set_value(lot.randint(1, int(shown.slider(key="at").max))),
        lambda: shown.selectbox(key="choice_delivery").select_index(
            lot.randrange(len(shown.selectbox(key="choice_delivery").options))
        ),
    ]
    lot.choice(changes)()
    cost, _ = measured(shown.run)
    if shown.exception:
        raise SystemExit(f"A page raised {shown.exception[0].message}.")
    return cost["seconds"] * 1000


def _percentile(milliseconds: list[float]) -> float:
    return float(pd.Series(milliseconds).quantile(0.95))
