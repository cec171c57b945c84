"""The door for scripts: KPIs of a delivery. See `python -m analytics --help`."""

import argparse
import re
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from analytics.kpis import DEFAULT_BASE, Base
from analytics.modes import Mode
from analytics.tile import series, tile
from data.deliveries import Delivery, delivery
from data.doors import OneSentenceParser, iso, print_json, print_table, run_door
from data.errors import SendlogError
from data.store import Store, told_failures

DONE, NOTHING_DONE = 0, 2
_SPAN = re.compile(r"\+?(\d+(?:\.\d+)?)(s|m|h|d)")
_LONGEST_STEP = timedelta(days=366)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 2 nothing could be done."""
    asked = _parser().parse_args(arguments)
    asked.mode, asked.base = Mode(asked.mode), asked.base and Base(asked.base)
    try:
        with told_failures(), Store(asked.store) as store:
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
    command.add_argument("--at", type=_moment, metavar="TIME", help="ISO time (UTC), or from the start, such as +90m")
    command = _command(commands, "series", "the KPIs over time, one row per step")
    command.set_defaults(command=_series)
    command.add_argument("--every", type=_step, default=timedelta(minutes=1), metavar="STEP", help="such as 1m or 6h")
    command.add_argument("--csv", action="store_true", help="print CSV")
    return parser


def _command(commands: Any, name: str, told: str) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse's own, unnamed
    command: argparse.ArgumentParser = commands.add_parser(name, help=told, description=told.capitalize() + ".")
    command.add_argument("--delivery", required=True, metavar="ID")
    command.add_argument("--mode", required=True, choices=[mode.value for mode in Mode])
    command.add_argument(
        "--base", choices=[base.value for base in Base], help="what shares divide by, if not the mode's own"
    )
    command.add_argument("--test-profiles", action="store_true", help="count messages to test profiles as well")
    command.add_argument(
        "--store", type=Path, metavar="FILE", help="the store (SENDLOG_STORE, .sendlog/sendlog.duckdb)"
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    return command


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


def _tile(asked: argparse.Namespace, store: Store, about: Delivery) -> None:
    observed = about.observed_until - about.started_at
    # Added to the start only as far as the log goes: a later moment is shown as the last one observed anyway.
    at = about.started_at + min(asked.at, observed) if isinstance(asked.at, timedelta) else asked.at
    told = asdict(tile(store, about, asked.mode, at, asked.base, with_test_profiles=asked.test_profiles))
    if asked.json:
        print_json(told)
    else:
        print_table([told])


def _series(asked: argparse.Namespace, store: Store, about: Delivery) -> None:
    rows = series(store, about, asked.mode, asked.every, asked.base, with_test_profiles=asked.test_profiles)
    base = asked.base or DEFAULT_BASE[asked.mode]
    rows = rows.assign(delivery=about.delivery_id, mode=asked.mode.value, base=base.value)
    leading = ["delivery", "mode", "at", "base"]
    rows = rows[leading + [name for name in rows.columns if name not in leading]]
    if asked.json:
        print_json(rows.to_dict("records"))
    elif asked.csv:
        print(rows.assign(at=rows["at"].map(iso)).to_csv(index=False), end="")
    else:
        print_table(rows.to_dict("records"))


if __name__ == "__main__":
    sys.exit(run_door(main))
