"""The sentences of an import report about a sending-log export: what was assumed, and how to say otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.readers.reader import Options

EXPORT_LIMIT = 100_000
_SHOWN = 5
_GROUNDS = {
    "agreed": "as was declared for another export of the delivery",
    "awaiting": "as rows are Pending after the contact date in this or another export of the delivery",
    "silent": "as no row is Pending after the contact date",
}


@dataclass(frozen=True)
class Finding:
    """What data/readers/sql/campaign_finding.sql finds in an export."""

    is_zone_assumed: bool
    is_order_assumed: bool
    is_relay_assumed: bool
    readings: Sequence[tuple[list[str], bool, str]] | None
    """Deliveries, whether they are read with EFS, and on what ground."""
    unknown_words: Sequence[str] | None
    unknown_reasons: Sequence[str] | None
    first_time: datetime | None
    exported_at: datetime | None


def notes(finding: Finding, options: Options, records: int, unnamed_id: str | None) -> tuple[str, ...]:
    """All sentences that a finding calls for."""
    return tuple(_sentences(finding, options, records, unnamed_id))


def _sentences(finding: Finding, options: Options, records: int, unnamed_id: str | None) -> Iterator[str]:
    yield from _readings(finding.readings or ())
    if unnamed_id and not options.delivery:
        yield (
            f"The file names no delivery and was taken as {unnamed_id}, after its file name; exports of one delivery "
            "stack where each is given its label with --delivery."
        )
    if finding.is_zone_assumed:
        yield "Its dates name no time zone and were read as UTC; name theirs with --timezone."
    if finding.is_order_assumed:
        yield "No date tells whether the day or the month comes first; they were read day first."
    if finding.is_relay_assumed:
        yield (
            "Rows that failed name no contact date and count as relayed when they failed, unless another export tells; "
            "export the column Contact date for the exact course."
        )
    if records == EXPORT_LIMIT:
        yield f'It has exactly {EXPORT_LIMIT:,} rows, where "Export list" stops: the export may be cut off.'
    yield from _unknown(finding)


def _readings(readings: Sequence[tuple[list[str], bool, str]]) -> Iterator[str]:
    for names, efs, ground in readings:
        subject = f"{_listed(names)}: read" if len(readings) > 1 else "Read"
        measured = f"{subject} as measured {'with' if efs else 'without'} the Email Feedback Service"
        if ground == "declared":
            yield f"{measured}, as declared."
        else:
            other = "no" if efs else "yes"
            yield f"{measured}, {_GROUNDS[ground]}; if not so, remove the source and import it with --efs {other}."


def _unknown(finding: Finding) -> Iterator[str]:
    if finding.unknown_words:
        yield (
            f"Unknown status or failure type: {_listed(finding.unknown_words)}. These rows are kept as unknown and "
            'change no figure; export with "Export labels instead of internal values", or ask what the value means.'
        )
    if finding.unknown_reasons:
        yield f"Unknown reason, kept as written: {_listed(finding.unknown_reasons)}."


def _listed(words: Sequence[str]) -> str:
    shown = ", ".join(words[:_SHOWN])
    return shown if len(words) <= _SHOWN else f"{shown} and {len(words) - _SHOWN:,} more"
