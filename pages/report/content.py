"""What the report of a delivery tells."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pandas as pd

from analytics.failures import breakdown
from analytics.kpis import DEFAULT_BASE
from analytics.modes import NEEDS_FEEDBACK, Mode
from analytics.tile import Tile
from data.answer import Answer
from data.answer_words import answers
from data.deliveries import Delivery
from data.snapshot import Snapshot
from pages.deliveries.course import marks_of, takeaway_at, with_chosen
from pages.deliveries.standing import Standing, standing
from pages.deliveries.status import caveats, reach
from pages.deliveries.tile_row import tile_metrics
from pages.failures.answers import failures_of
from pages.i18n.formats import moment_text, span_text
from pages.i18n.terms import mode_text, reason_text
from pages.i18n.times import times_text
from pages.i18n.told import told
from pages.i18n.words import words
from pages.parts.metrics import Metric
from pages.report.charts import Chart, chart_of
from pages.report.gap import gap_sentences
from pages.session.annotations import notes_of
from pages.session.answers import course_of, facts_of, state_counts_of, tile_of
from pages.session.asked import Filters

_MOST_ROWS = 10
_HOURS = (0, 1, 2, 4, 8, 24, 48, 72, 168)


@dataclass(frozen=True)
class Reading:
    """The delivery in one mode."""

    name: str
    tile: Tile
    metrics: list[Metric]
    course: list[tuple[str, Tile]]
    """Its tile at some times since the send, in words, up to the chosen moment."""
    chart: Chart


@dataclass(frozen=True)
class Content:
    """What the report tells, in the language spoken but for what a log says."""

    delivery: Delivery
    stage: str
    started: str
    readings: list[Reading]
    notes: list[str]
    gap: list[str]
    """Why the modes differ, and when they meet."""
    annotations: list[tuple[str, str]]
    """What people noted: when, and the whole text."""
    by_domain: list[dict[str, object]]
    """value, failed, retrying, recovered: counts of messages, the most failing first."""
    by_reason: list[dict[str, object]]
    failing_domains: int
    """How many domains there are, listed or not."""
    failing_reasons: int
    about: list[tuple[str, str]]


def report_content(store: Snapshot, asked: Filters) -> Content:
    """Everything that the report tells of the delivery at the chosen moment."""
    facts = facts_of(store, asked.delivery)
    domains, reasons = (_failing(store, asked, column) for column in ("recipient_domain", "reason"))
    now, latest = (_standing(store, asked, last=last) for last in (False, True))
    readings = _readings(asked)
    last_change = max(course_of(store, reading).last_change for reading in readings)  # One axis for all charts.
    return Content(
        delivery=asked.delivery,
        stage=now.words,
        started=words("Started {moment}. All times are UTC.", moment=moment_text(asked.delivery.started_at)),
        readings=[_reading(store, reading, now, latest, last_change) for reading in readings],
        notes=[*reach(asked), *caveats(now)],
        gap=gap_sentences(store, asked),
        annotations=[(times_text(note.begins, note.ends), note.text) for note in notes_of(store, asked.delivery)],
        by_domain=_listed(domains, words("(no domain)")),
        by_reason=_listed(reasons.assign(value=reasons["value"].map(reason_text)), words("(no reason told)")),
        failing_domains=len(domains),
        failing_reasons=len(reasons),
        about=[_in_words(answer) for answer in answers(facts)],
    )


def _readings(asked: Filters) -> list[Filters]:
    """What is asked, with delivery feedback and without; a base that was chosen holds for both."""
    with_feedback = asked.mode if asked.mode in NEEDS_FEEDBACK else Mode.WITH_EFS
    modes = [with_feedback, Mode.WITHOUT_EFS] if asked.delivery.has_delivery_feedback else [Mode.WITHOUT_EFS]
    is_default = asked.base is DEFAULT_BASE[asked.mode]
    return [replace(asked, mode=mode, base=DEFAULT_BASE[mode] if is_default else asked.base) for mode in modes]


def _reading(store: Snapshot, asked: Filters, now: Standing, latest: Standing, last_change: timedelta) -> Reading:
    shown = tile_of(store, asked)
    known, marks = course_of(store, asked), marks_of(store, asked, latest)
    course = with_chosen(known.points, shown, marks)
    name = mode_text(asked.mode)
    return Reading(
        name=name,
        tile=shown,
        metrics=tile_metrics(shown, facts_of(store, asked.delivery)),
        course=_course(store, asked),
        chart=chart_of(course, marks, last_change, f"{name}. {takeaway_at(course, marks, now)}"),
    )


def _course(store: Snapshot, asked: Filters) -> list[tuple[str, Tile]]:
    age = asked.at - asked.delivery.started_at
    spans = [*(timedelta(hours=hours) for hours in _HOURS if timedelta(hours=hours) < age), age]
    return [(span_text(span), tile_of(store, replace(asked, at=asked.delivery.started_at + span))) for span in spans]


def _standing(store: Snapshot, asked: Filters, *, last: bool) -> Standing:
    delivery, at = asked.delivery, asked.delivery.observed_until if last else asked.at
    counts = state_counts_of(store, delivery, at, with_test_profiles=asked.with_test_profiles)
    return standing(delivery, facts_of(store, delivery), counts, at)


def _failing(store: Snapshot, asked: Filters, column: str) -> pd.DataFrame:
    """The messages that ever had a failure by domain or reason."""
    # Both modes stand in the report, and with EFS all is counted that either counts.
    return breakdown(failures_of(store, asked), column, Mode.WITH_EFS)


def _listed(table: pd.DataFrame, none: str) -> list[dict[str, object]]:
    rows = table.head(_MOST_ROWS).replace({"value": {"": none}}).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _in_words(answer: Answer) -> tuple[str, str]:
    return told(answer.topic), told(answer.sentence)
