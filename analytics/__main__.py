"""The door for scripts: KPIs of a delivery. See `python -m analytics --help`."""

import argparse
import re
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.domains import domains
from analytics.kpis import DEFAULT_BASE, Base
from analytics.ledger import ledger
from analytics.modes import Kpi, Mode
from analytics.tile import series, tile
from data.deliveries import Delivery, delivery
from data.doors import OneSentenceParser, iso, print_json, print_table, run_door, store_to_read
from data.errors import SendlogError
from data.store import Store, told_failures

DONE, NOTHING_DONE = 0, 2
_SPAN = re.compile(r"\+?(\d+(?:\.\d+)?)(s|m|h|d)")
_LONGEST_STEP = timedelta(days=366)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 2 nothing could be done."""
    asked = _parser().parse_args(arguments)
    asked.mode = Mode(asked.mode)
    try:
        with told_failures(), store_to_read(asked.store) as store:
            asked.command(asked, store, delivery(store, asked.delivery))
    except SendlogError as error:
        print(error, file=sys.stderr)
        return NOTHING_DONE
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = OneSentenceParser(prog="python -m analytics", description="KPIs of a delivery, in either mode.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = _command(commands, "tile", "what the Deployment tile shows at a moment")
    command.set_defaults(command=_tile)
    _add_base(command)
    _add_moment(command, "--at")
    command = _command(commands, "series", "the KPIs over time, one row per step")
    command.set_defaults(command=_series)
    _add_base(command)
    command.add_argument("--every", type=_step, default=timedelta(minutes=1), metavar="STEP", help="such as 1m or 6h")
    command.add_argument("--csv", action="store_true", help="print CSV")
    command = _command(commands, "ledger", "which changes moved a KPI between two moments, to the message")
    command.set_defaults(command=_ledger)
    _add_moment(command, "--from", required=True)
    _add_moment(command, "--to", required=True)
    told = "the count that moved (delivered)"
    command.add_argument("--kpi", choices=[kpi.value for kpi in Kpi], default=Kpi.DELIVERED.value, help=told)
    command = _command(commands, "domains", "the KPIs at a moment, one row per recipient domain")
    command.set_defaults(command=_domains)
    _add_base(command)
    _add_moment(command, "--at")
    return parser


def _command(commands: Any, name: str, told: str) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse's own, unnamed
    command: argparse.ArgumentParser = commands.add_parser(name, help=told, description=told.capitalize() + ".")
    command.add_argument("--delivery", required=True, metavar="ID")
    command.add_argument("--mode", required=True, choices=[mode.value for mode in Mode])
    command.add_argument("--test-profiles", action="store_true", help="count messages to test profiles as well")
    command.add_argument(
        "--store", type=Path, metavar="FILE", help="the store (SENDLOG_STORE, .sendlog/sendlog.duckdb)"
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    return command


def _add_base(command: argparse.ArgumentParser) -> None:
    told = "what shares divide by, if not the mode's own"
    command.add_argument("--base", choices=[base.value for base in Base], help=told)


def _add_moment(command: argparse.ArgumentParser, name: str, *, required: bool = False) -> None:
    told = "ISO time (UTC), or from the start, such as +90m"
    command.add_argument(name, type=_moment, required=required, metavar="TIME", help=told)


def _span(text: str) -> timedelta | None:
    match = _SPAN.fullmatch(text.strip())
    try:
        return timedelta(**{_UNITS[match[2]]: float(match[1])}) if match else None
    except OverflowError as error:
        raise argparse.ArgumentTypeError(f"{text} is too long a time") from error


def _moment(text: str) -> timedelta | datetime:
    """A span from the start, or a UTC moment; a time without a zone is UTC."""
    span = _span(text)
    if span is not None:
        return span
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(f"{text} is no ISO time and no offset such as +90m") from error


def _step(text: str) -> timedelta:
    span = _span(text)
    if not span or span % timedelta(minutes=1) or span > _LONGEST_STEP:
        raise argparse.ArgumentTypeError(f"{text} is no whole number of minutes, hours or days, such as 5m")
    return span


def _at(about: Delivery, moment: timedelta | datetime | None) -> datetime:
    """A moment asked for, by default the last observed. A span reaches only as far as the log goes."""
    observed = about.observed_until - about.started_at
    return about.started_at + min(moment, observed) if isinstance(moment, timedelta) else about.moment(moment)


def _base(asked: argparse.Namespace) -> Base | None:
    return Base(asked.base) if asked.base else None


def _tile(asked: argparse.Namespace, store: Store, about: Delivery) -> None:
    at = _at(about, asked.at)
    told = asdict(tile(store, about, asked.mode, at, _base(asked), with_test_profiles=asked.test_profiles))
    if asked.json:
        print_json(told)
    else:
        print_table([told])


def _series(asked: argparse.Namespace, store: Store, about: Delivery) -> None:
    rows = series(store, about, asked.mode, asked.every, _base(asked), with_test_profiles=asked.test_profiles)
    base = _base(asked) or DEFAULT_BASE[asked.mode]
    rows = rows.assign(delivery=about.delivery_id, mode=asked.mode.value, base=base.value)
    leading = ["delivery", "mode", "at", "base"]
    rows = rows[leading + [name for name in rows.columns if name not in leading]]
    if asked.csv and not asked.json:
        print(rows.assign(at=rows["at"].map(iso)).to_csv(index=False), end="")
    else:
        _print(asked, rows)


def _ledger(asked: argparse.Namespace, store: Store, about: Delivery) -> None:
    since, until = _at(about, getattr(asked, "from")), _at(about, asked.to)
    kpi, counted = Kpi(asked.kpi), asked.test_profiles
    _print(asked, ledger(store, about, asked.mode, since, until, kpi, with_test_profiles=counted))


def _domains(asked: argparse.Namespace, store: Store, about: Delivery) -> None:
    at = _at(about, asked.at)
    _print(asked, domains(store, about, asked.mode, at, _base(asked), with_test_profiles=asked.test_profiles))


def _print(asked: argparse.Namespace, rows: pd.DataFrame) -> None:
    (print_json if asked.json else print_table)(rows.to_dict("records"))


if __name__ == "__main__":
    sys.exit(run_door(main))
