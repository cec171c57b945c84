"""What can be asked of `python -m analytics`: its commands and their arguments."""

import argparse
from datetime import timedelta
from typing import Any

from analytics.asked_moments import asked_moment, asked_step
from analytics.kpis import Base
from analytics.modes import Kpi, Mode
from data.doors import OneSentenceParser, add_store


def parser() -> argparse.ArgumentParser:
    """The parser; the name of the command asked for is its `command`."""
    parsed = OneSentenceParser(prog="python -m analytics", description="KPIs of a delivery, in either mode.")
    commands = parsed.add_subparsers(required=True, metavar="COMMAND", dest="command")
    command = _command(commands, "tile", "what the Deployment tile shows at a moment")
    _add_base(command)
    _add_moment(command, "--at")
    command = _command(commands, "series", "the KPIs over time, one row per step")
    _add_base(command)
    told = "such as 1m or 6h"
    command.add_argument("--every", type=asked_step, default=timedelta(minutes=1), metavar="STEP", help=told)
    command.add_argument("--csv", action="store_true", help="print CSV")
    command = _command(commands, "ledger", "which changes moved a KPI between two moments, to the message")
    _add_moment(command, "--from", required=True)
    _add_moment(command, "--to", required=True)
    told = "the count that moved (delivered)"
    command.add_argument("--kpi", choices=[kpi.value for kpi in Kpi], default=Kpi.DELIVERED.value, help=told)
    command = _command(commands, "domains", "the KPIs at a moment, one row per recipient domain")
    _add_base(command)
    _add_moment(command, "--at")
    return parsed


def _command(commands: Any, name: str, told: str) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse's own, unnamed
    command: argparse.ArgumentParser = commands.add_parser(name, help=told, description=told.capitalize() + ".")
    command.add_argument("--delivery", required=True, metavar="ID")
    command.add_argument("--mode", required=True, choices=[mode.value for mode in Mode])
    command.add_argument("--test-profiles", action="store_true", help="count messages to test profiles as well")
    add_store(command)
    command.add_argument("--json", action="store_true", help="print JSON")
    return command


def _add_base(command: argparse.ArgumentParser) -> None:
    told = "what shares divide by, if not the mode's own"
    command.add_argument("--base", choices=[base.value for base in Base], help=told)


def _add_moment(command: argparse.ArgumentParser, name: str, *, required: bool = False) -> None:
    told = "ISO time (UTC), or from the start, such as +90m"
    command.add_argument(name, type=asked_moment, required=required, metavar="TIME", help=told)
