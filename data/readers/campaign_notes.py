"""The sentences of an import report about a sending-log export: what was assumed, and how to say otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.readers.reader import Options
from data.sentences import Sentence

EXPORT_LIMIT = 100_000
_SHOWN = 5
_GROUNDS = {
    "agreed": Sentence("as was declared for another export of the delivery"),
    "awaiting": Sentence("as rows are Pending after the contact date in this or another export of the delivery"),
    "silent": Sentence("as no row is Pending after the contact date"),
}
_DECLARED = Sentence("Read {measured}, as declared.")
_SEVERAL_DECLARED = Sentence("{deliveries}: read {measured}, as declared.")
_READ = Sentence("Read {measured}, {ground}; if not so, remove the source and import it with --efs {other}.")
_SEVERAL_READ = Sentence(
    "{deliveries}: read {measured}, {ground}; if not so, remove the source and import it with --efs {other}."
)
_WITH_EFS = Sentence("as measured with the Email Feedback Service")
_WITHOUT_EFS = Sentence("as measured without the Email Feedback Service")
ZONE_ASSUMED = Sentence("Its dates name no time zone and were read as UTC; name theirs with --timezone.")
ORDER_ASSUMED = Sentence("No date tells whether the day or the month comes first; they were read day first.")
CUT_OFF = Sentence('It has exactly 100,000 rows, where "Export list" stops: the export may be cut off.')
"""What is said of sending logs and tracking logs alike."""


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


def notes(finding: Finding, options: Options, records: int, unnamed_id: str | None) -> tuple[Sentence, ...]:
    """All sentences that a finding calls for."""
    return tuple(_sentences(finding, options, records, unnamed_id))


def _sentences(finding: Finding, options: Options, records: int, unnamed_id: str | None) -> Iterator[Sentence]:
    yield from _readings(finding.readings or ())
    if unnamed_id and not options.delivery:
        yield Sentence(
            "The file names no delivery and was taken as {delivery}, after its file name; exports of one delivery "
            "stack where each is given its label with --delivery.",
            delivery=unnamed_id,
        )
    if finding.is_zone_assumed:
        yield ZONE_ASSUMED
    if finding.is_order_assumed:
        yield ORDER_ASSUMED
    if finding.is_relay_assumed:
        yield Sentence(
            "Rows that failed name no contact date and count as relayed when they failed, unless another export tells; "
            "export the column Contact date for the exact course."
        )
    if records == EXPORT_LIMIT:
        yield CUT_OFF
    yield from _unknown(finding)


def _readings(readings: Sequence[tuple[list[str], bool, str]]) -> Iterator[Sentence]:
    several = len(readings) > 1
    for names, efs, ground in readings:
        told: dict[str, str] = {"measured": _WITH_EFS if efs else _WITHOUT_EFS, "deliveries": _listed(names)}
        if ground == "declared":
            yield Sentence(_SEVERAL_DECLARED if several else _DECLARED, **told)
        else:
            yield Sentence(
                _SEVERAL_READ if several else _READ,
                **told,
                ground=_GROUNDS[ground],
                other="no" if efs else "yes",
            )


def _unknown(finding: Finding) -> Iterator[Sentence]:
    if finding.unknown_words:
        yield Sentence(
            "Unknown status or failure type: {words}. These rows are kept as unknown and change no figure; export with "
            '"Export labels instead of internal values", or ask what the value means.',
            words=_listed(finding.unknown_words),
        )
    if finding.unknown_reasons:
        yield Sentence("Unknown reason, kept as written: {reasons}.", reasons=_listed(finding.unknown_reasons))


def _listed(words: Sequence[str]) -> str:
    shown = ", ".join(words[:_SHOWN])
    return (
        shown if len(words) <= _SHOWN else Sentence("{shown} and {count} more", shown=shown, count=len(words) - _SHOWN)
    )
