"""What `python -m data import` and `check` do; the door itself is data/__main__.py."""

import argparse

from data.containers import import_logs
from data.doors import DONE, DONE_WITH_REJECTS, NOTHING_DONE, store_to_check
from data.mapping.files import read_mapping
from data.readers.reader import Options
from data.report import ImportReport, Status
from data.store import Store


def imported(asked: argparse.Namespace, *, dry_run: bool) -> list[ImportReport]:
    """Import the logs that are asked for, or check them in a dry run; one report each."""
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


def exit_code(reports: list[ImportReport]) -> int:
    """What became of all of them: 0 done, 1 done with rejected lines or refused files, 2 nothing could be done."""
    if all(report.status is Status.REFUSED for report in reports):
        return NOTHING_DONE
    flawed = any(report.rejected or report.status is Status.REFUSED for report in reports)
    return DONE_WITH_REJECTS if flawed else DONE
