"""The door for scripts: import logs and list what the store holds. See `python -m data --help`."""

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data.answer_words import answers, summary
from data.answers import delivery_facts
from data.check_command import checked_as_json, quality_lines, rows_of_findings
from data.containers import import_logs
from data.deliveries import Delivery, deliveries, delivery
from data.doors import OneSentenceParser, print_json, print_table, run_door, store_to_check, store_to_read
from data.errors import LogUnreadableError, SendlogError
from data.events import Kind
from data.mapping.files import read_mapping
from data.readers.reader import Options
from data.readers.registry import READERS
from data.report import ImportReport, Status
from data.simulator import SimulatedLog, simulate
from data.sources import rejects, remove_source, sources
from data.store import Store, told_failures

DONE, DONE_WITH_REJECTS, NOTHING_DONE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 done with rejected lines, 2 nothing could be done."""
    asked = _parser().parse_args(arguments)
    try:
        with told_failures():
            return int(asked.command(asked))
    except SendlogError as error:
        print(error, file=sys.stderr)
        return NOTHING_DONE


def _parser() -> argparse.ArgumentParser:
    parser = OneSentenceParser(prog="python -m data", description="Import sending logs and list what the store holds.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _declare(_command(commands, "import", _import, "read log files into the store"))
    told = "say what an import of log files would do and what is odd about each, and keep nothing"
    command = _command(commands, "check", _check, told)
    _declare(command)
    command.add_argument("--csv", action="store_true", help="print the rows of all findings as CSV")
    _command(commands, "sources", _sources, "list the imported files")
    _command(commands, "deliveries", _deliveries, "list the deliveries, newest first")
    command = _command(commands, "about", _about, "say what the logs of a delivery can answer")
    command.add_argument("delivery", metavar="DELIVERY", help="its id")
    _command(commands, "formats", _formats, "list the formats that can be read", with_store=False)
    command = _command(commands, "rejects", _rejects, "list the rejected lines of a source")
    command.add_argument("source", metavar="SOURCE", help="number or name")
    command = _command(commands, "remove", _remove, "take a source out of the store")
    command.add_argument("source", metavar="SOURCE", help="number or name")
    command = _command(commands, "simulate", _simulate, "write a believable log", with_store=False)
    command.add_argument("log", type=Path, metavar="LOG")
    command.add_argument("--messages", type=_count, default=10_000, help="of all deliveries together (10,000)")
    command.add_argument("--deliveries", type=_count, default=1)
    command.add_argument("--seed", type=_count, default=1, help="the same seed tells the same story")
    command.add_argument("--kind", choices=[kind.value for kind in SimulatedLog], default=SimulatedLog.EVENTS_CSV)
    return parser


def _declare(command: argparse.ArgumentParser) -> None:
    """The logs, and what may be declared about them."""
    command.add_argument("logs", nargs="+", type=Path, metavar="LOG", help="a file, a .zip or a folder")
    way = command.add_mutually_exclusive_group()
    way.add_argument("--format", choices=[reader.name for reader in READERS], help="instead of recognising it")
    way.add_argument("--mapping", type=Path, metavar="FILE", help="what the columns of any other table mean")
    command.add_argument("--delivery", metavar="LABEL", help="label of the delivery; its id where the log names none")
    command.add_argument("--timezone", metavar="ZONE", help="zone of local times, such as Europe/Stockholm")
    command.add_argument("--year", type=_year, metavar="YYYY", help="year of the first line, where the log names none")
    command.add_argument(
        "--efs", choices=["yes", "no"], help="whether Campaign measured with the Email Feedback Service"
    )
    command.add_argument("--validity", type=_span, metavar="HOURS", help="validity period of the deliveries")
    command.add_argument("--gap", type=_span, metavar="MINUTES", help="pause that starts a new Postfix delivery (15)")
    command.add_argument(
        "--meaning", type=_meaning, action="append", default=[], metavar="WORD=KIND", help="what an unknown word means"
    )


def _command(
    commands: Any,  # noqa: ANN401 - argparse's own, unnamed
    name: str,
    run: Callable[[argparse.Namespace], int],
    told: str,
    *,
    with_store: bool = True,
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=told, description=told.capitalize() + ".")
    command.set_defaults(command=run)
    command.add_argument("--json", action="store_true", help="print JSON")
    if with_store:
        command.add_argument(
            "--store", type=Path, metavar="FILE", help="the store (SENDLOG_STORE, .sendlog/sendlog.duckdb)"
        )
    return command


def _span(text: str) -> float:
    value = float(text) if text.replace(".", "", 1).isdigit() else 0
    if not 0 < value < 100_000:  # noqa: PLR2004 - ten years in hours are no validity period
        raise argparse.ArgumentTypeError(f"{text} must be more than 0 and less than 100,000")
    return value


def _year(text: str) -> int:
    if not re.fullmatch(r"(19[7-9]|20\d|21\d)\d", text):
        raise argparse.ArgumentTypeError(f"{text} is no year from 1970 to 2199")
    return int(text)


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,8}", text):
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1 to 999,999,999")
    return int(text)


def _meaning(text: str) -> tuple[str, Kind]:
    word, _, kind = text.rpartition("=")
    if not word or kind not in set(Kind):
        raise argparse.ArgumentTypeError(f"{text} is not WORD=KIND with one of the kinds {', '.join(Kind)}")
    return word, Kind(kind)


def _import(asked: argparse.Namespace) -> int:
    reports = _imported(asked, dry_run=False)
    if asked.json:
        print_json([report.as_json() for report in reports])
    else:
        for report in reports:
            _print_report(report)
    return _exit_code(reports)


def _check(asked: argparse.Namespace) -> int:
    reports = _imported(asked, dry_run=True)
    if asked.json:
        print_json([checked_as_json(report) for report in reports])
    elif asked.csv:
        for report in reports:
            if report.status is Status.REFUSED:
                _print_report(report)
        print(rows_of_findings(reports).to_csv(index=False), end="")
    else:
        for report in reports:
            _print_report(report)
            for line in quality_lines(report.quality) if report.quality else ():
                print(f"  {line}")
    return _exit_code(reports)


def _imported(asked: argparse.Namespace, *, dry_run: bool) -> list[ImportReport]:
    options = Options(
        timezone=asked.timezone,
        year=asked.year,
        efs=None if asked.efs is None else asked.efs == "yes",
        delivery=asked.delivery,
        validity_hours=asked.validity,
        gap_minutes=asked.gap,
        meanings=dict(asked.meaning),
        mapping=None if asked.mapping is None else read_mapping(asked.mapping),
    )
    with (store_to_check if dry_run else Store)(asked.store) as store:
        return [
            report
            for path in asked.logs
            for report in import_logs(store, path, options, format_name=asked.format, dry_run=dry_run)
        ]


def _print_report(report: ImportReport) -> None:
    print(report.message, file=sys.stderr if report.status is Status.REFUSED else sys.stdout)
    if report.answers:
        print(f"  {summary(report.answers)}")


def _exit_code(reports: list[ImportReport]) -> int:
    if all(report.status is Status.REFUSED for report in reports):
        return NOTHING_DONE
    flawed = any(report.rejected or report.status is Status.REFUSED for report in reports)
    return DONE_WITH_REJECTS if flawed else DONE


def _sources(asked: argparse.Namespace) -> int:
    with store_to_read(asked.store) as store:
        return _print(asked, sources(store).to_dict("records"))


def _deliveries(asked: argparse.Namespace) -> int:
    with store_to_read(asked.store) as store:
        return _print(asked, [_told(delivery) for delivery in deliveries(store)])


def _told(delivery: Delivery) -> dict[str, object]:
    told = asdict(delivery)
    names = ("label", "channel", "started_at", "ended_at", "observed_until", "validity_hours", "messages")
    return {"id": delivery.delivery_id} | {name: told[name] for name in (*names, "has_delivery_feedback")}


def _about(asked: argparse.Namespace) -> int:
    with store_to_read(asked.store) as store:
        told = answers(delivery_facts(store, delivery(store, asked.delivery)))
    if asked.json:
        print_json([asdict(answer) for answer in told])
    else:
        for answer in told:
            print(f"{answer.topic}: {answer.short}. {answer.sentence}")
    return DONE


def _formats(asked: argparse.Namespace) -> int:
    return _print(
        asked,
        [{"name": each.name, "label": each.label, "validity_hours": each.validity_hours} for each in READERS],
    )


def _rejects(asked: argparse.Namespace) -> int:
    with store_to_read(asked.store) as store:
        return _print(asked, rejects(store, asked.source).to_dict("records"))


def _remove(asked: argparse.Namespace) -> int:
    with store_to_read(asked.store) as store:
        name = remove_source(store, asked.source)
    if asked.json:
        print_json({"removed": name})
    else:
        print(f"{name} was removed, with all that only it told.")
    return DONE


def _simulate(asked: argparse.Namespace) -> int:
    kind = SimulatedLog(asked.kind)
    if asked.log.is_dir() or not asked.log.parent.is_dir():
        raise LogUnreadableError(f"{asked.log} cannot be written; name a file in a folder that is there.")
    simulate(asked.log, messages=asked.messages, deliveries=asked.deliveries, seed=asked.seed, log=kind)
    return _print(asked, [{"log": str(asked.log), "kind": kind.value, "messages": asked.messages}])


def _print(asked: argparse.Namespace, rows: list[dict[Any, Any]]) -> int:
    if asked.json:
        print_json(rows)
    else:
        print_table(rows)
    return DONE


if __name__ == "__main__":
    sys.exit(run_door(main))
