"""What can be asked of `python -m data`: its commands and their arguments."""

import argparse
from pathlib import Path
from typing import Any

from data.asked_values import count, meaning, span, year
from data.doors import OneSentenceParser, add_store
from data.readers.registry import READERS
from data.simulator import SimulatedLog


def parser() -> argparse.ArgumentParser:
    """The parser; the name of the command asked for is its `command`."""
    parsed = OneSentenceParser(prog="python -m data", description="Import sending logs and list what the store holds.")
    commands = parsed.add_subparsers(required=True, metavar="COMMAND", dest="command")
    _declare(_command(commands, "import", "read log files into the store"))
    told = "say what an import of log files would do and what is odd about each, and keep nothing"
    command = _command(commands, "check", told)
    _declare(command)
    command.add_argument("--csv", action="store_true", help="print the rows of all findings as CSV")
    _command(commands, "sources", "list the imported files")
    _command(commands, "deliveries", "list the deliveries, newest first")
    command = _command(commands, "about", "say what the logs of a delivery can answer")
    command.add_argument("delivery", metavar="DELIVERY", help="its id")
    _command(commands, "formats", "list the formats that can be read", with_store=False)
    command = _command(commands, "rejects", "list the rejected lines of a source")
    command.add_argument("source", metavar="SOURCE", help="number or name")
    command = _command(commands, "remove", "take a source out of the store")
    command.add_argument("source", metavar="SOURCE", help="number or name")
    command = _command(commands, "simulate", "write a believable log", with_store=False)
    command.add_argument("log", type=Path, metavar="LOG")
    command.add_argument("--messages", type=count, default=10_000, help="of all deliveries together (10,000)")
    command.add_argument("--deliveries", type=count, default=1)
    command.add_argument("--seed", type=count, default=1, help="the same seed tells the same story")
    command.add_argument("--kind", choices=[kind.value for kind in SimulatedLog], default=SimulatedLog.EVENTS_CSV)
    return parsed


def _declare(command: argparse.ArgumentParser) -> None:
    """The logs, and what may be declared about them."""
    command.add_argument("logs", nargs="+", type=Path, metavar="LOG", help="a file, a .zip or a folder")
    way = command.add_mutually_exclusive_group()
    way.add_argument("--format", choices=[reader.name for reader in READERS], help="instead of recognising it")
    way.add_argument("--mapping", type=Path, metavar="FILE", help="what the columns of any other table mean")
    command.add_argument("--delivery", metavar="LABEL", help="label of the delivery; its id where the log names none")
    command.add_argument("--timezone", metavar="ZONE", help="zone of local times, such as Europe/Stockholm")
    command.add_argument("--year", type=year, metavar="YYYY", help="year of the first line, where the log names none")
    command.add_argument(
        "--efs", choices=["yes", "no"], help="whether Campaign measured with the Email Feedback Service"
    )
    command.add_argument("--validity", type=span, metavar="HOURS", help="validity period of the deliveries")
    command.add_argument("--gap", type=span, metavar="MINUTES", help="pause that starts a new Postfix delivery (15)")
    command.add_argument(
        "--meaning", type=meaning, action="append", default=[], metavar="WORD=KIND", help="what an unknown word means"
    )


def _command(
    commands: Any,  # noqa: ANN401 - argparse's own, unnamed
    name: str,
    told: str,
    *,
    with_store: bool = True,
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=told, description=told.capitalize() + ".")
    command.add_argument("--json", action="store_true", help="print JSON")
    if with_store:
        add_store(command)
    return command
