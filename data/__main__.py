"""The door for scripts: import logs and list what the store holds. See `python -m data --help`."""

import argparse
import sys
from dataclasses import asdict
from typing import Any

from data.answer_words import answers, summary
from data.answers import delivery_facts
from data.arguments import parser
from data.check_command import checked_as_json, quality_lines, rows_of_findings
from data.deliveries import Delivery, deliveries, delivery
from data.doors import DONE, NOTHING_DONE, print_json, print_table, run_door, store_to_read
from data.errors import LogUnreadableError, SendlogError
from data.import_command import exit_code, imported
from data.readers.registry import READERS
from data.report import ImportReport, Status
from data.simulator import SimulatedLog, simulate
from data.sources import rejects, remove_source, sources
from data.store import told_failures


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 done with rejected lines, 2 nothing could be done."""
    asked = parser().parse_args(arguments)
    try:
        with told_failures():
            return _COMMANDS[asked.command](asked)
    except SendlogError as error:
        print(error, file=sys.stderr)
        return NOTHING_DONE


def _import(asked: argparse.Namespace) -> int:
    reports = imported(asked, dry_run=False)
    if asked.json:
        print_json([report.as_json() for report in reports])
    else:
        for report in reports:
            _print_report(report)
    return exit_code(reports)


def _check(asked: argparse.Namespace) -> int:
    reports = imported(asked, dry_run=True)
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
    return exit_code(reports)


def _print_report(report: ImportReport) -> None:
    print(report.message, file=sys.stderr if report.status is Status.REFUSED else sys.stdout)
    if report.answers:
        print(f"  {summary(report.answers)}")


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


_COMMANDS = {
    "import": _import,
    "check": _check,
    "sources": _sources,
    "deliveries": _deliveries,
    "about": _about,
    "formats": _formats,
    "rejects": _rejects,
    "remove": _remove,
    "simulate": _simulate,
}

if __name__ == "__main__":
    sys.exit(run_door(main))
