"""The door for scripts: KPIs of a delivery. See `python -m analytics --help`."""

import argparse
import sys
from dataclasses import asdict
from datetime import datetime

import pandas as pd

from analytics.arguments import parser
from analytics.asked_moments import moment_of, note_on
from analytics.domains import domains
from analytics.kpis import DEFAULT_BASE, Base
from analytics.ledger import ledger
from analytics.modes import Kpi, Mode
from analytics.tile import series, tile
from data.deliveries import Delivery, delivery
from data.doors import DONE, NOTHING_DONE, iso, print_json, print_table, run_door, store_to_read
from data.errors import SendlogError
from data.store import Store, told_failures

_MOMENTS = ("at", "from", "to")

Moments = dict[str, datetime]
"""The moments that were asked for (UTC), by the names of their options."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 2 nothing could be done."""
    asked = parser().parse_args(arguments)
    asked.mode = Mode(asked.mode)
    try:
        with told_failures(), store_to_read(asked.store) as store:
            about = delivery(store, asked.delivery)
            moments = _moments(asked, about)
            _COMMANDS[asked.command](asked, store, about, moments)
    except SendlogError as error:
        print(error, file=sys.stderr)
        return NOTHING_DONE
    for note in dict.fromkeys(note_on(about, moment) for moment in moments.values()):
        if note:
            print(note, file=sys.stderr)
    return DONE


def _moments(asked: argparse.Namespace, about: Delivery) -> Moments:
    given = {name: getattr(asked, name, None) for name in _MOMENTS}
    return {name: moment_of(about, moment) for name, moment in given.items() if moment is not None}


def _base(asked: argparse.Namespace) -> Base | None:
    return Base(asked.base) if asked.base else None


def _tile(asked: argparse.Namespace, store: Store, about: Delivery, moments: Moments) -> None:
    at = moments.get("at")
    told = asdict(tile(store, about, asked.mode, at, _base(asked), with_test_profiles=asked.test_profiles))
    if asked.json:
        print_json(told)
    else:
        print_table([told])


def _series(asked: argparse.Namespace, store: Store, about: Delivery, _: Moments) -> None:
    rows = series(store, about, asked.mode, asked.every, _base(asked), with_test_profiles=asked.test_profiles)
    base = _base(asked) or DEFAULT_BASE[asked.mode]
    rows = rows.assign(delivery=about.delivery_id, mode=asked.mode.value, base=base.value)
    leading = ["delivery", "mode", "at", "base"]
    rows = rows[leading + [name for name in rows.columns if name not in leading]]
    if asked.csv and not asked.json:
        print(rows.assign(at=rows["at"].map(iso)).to_csv(index=False), end="")
    else:
        _print(asked, rows)


def _ledger(asked: argparse.Namespace, store: Store, about: Delivery, moments: Moments) -> None:
    since, until = moments["from"], moments["to"]
    kpi, counted = Kpi(asked.kpi), asked.test_profiles
    _print(asked, ledger(store, about, asked.mode, since, until, kpi, with_test_profiles=counted))


def _domains(asked: argparse.Namespace, store: Store, about: Delivery, moments: Moments) -> None:
    at = moments.get("at")
    _print(asked, domains(store, about, asked.mode, at, _base(asked), with_test_profiles=asked.test_profiles))


def _print(asked: argparse.Namespace, rows: pd.DataFrame) -> None:
    (print_json if asked.json else print_table)(rows.to_dict("records"))


_COMMANDS = {"tile": _tile, "series": _series, "ledger": _ledger, "domains": _domains}

if __name__ == "__main__":
    sys.exit(run_door(main))
