"""The data-quality report of a dry run: every finding with its count and its rows, and nothing kept."""

import json
from pathlib import Path

import pandas as pd
import pytest

from data.events import Kind
from data.ingest import import_log
from data.mapping.mapping import LogMapping
from data.quality import COLUMNS, MEANINGS, Finding, Quality
from data.readers.reader import Options
from data.store import Store

HEADER = "kind,event_time,message_id,recipient,delivery_id,reason,diagnostic\n"
ADA, BOB = "ada@one.example,spring", "bob@one.example,spring"
HIDDEN = "relayed,yesterday,m2,b***@one.example,spring,,"
SOUND = [f"relayed,2026-03-01T08:00:00Z,m1,{ADA},,", f"delivered,2026-03-01T08:01:00Z,m1,{ADA},,"]


def _checked(store: Store, folder: Path, lines: list[str], **options: object) -> Quality:
    path = folder / "log.csv"
    path.write_text(HEADER + "\n".join([*SOUND, *lines]) + "\n")
    report = import_log(store, path, Options(**options), dry_run=True)  # type: ignore[arg-type]
    assert report.quality is not None
    with store.cursor() as cursor:
        assert cursor.execute("SELECT (SELECT count(*) FROM event) + (SELECT count(*) FROM source)").fetchall() == [
            (0,)
        ]
    return report.quality


@pytest.mark.parametrize(
    ("finding", "lines", "rows", "detail"),
    [
        ("rejected", [f"relayed,yesterday,m2,{BOB},,"], [4], "relayed,yesterday"),
        ("duplicate", [SOUND[0], SOUND[1]], [4, 5], ""),
        ("contradiction", [f"deferred,2026-03-01T08:30:00Z,m1,{ADA},,"], [4], "after the message was delivered"),
        ("unknown", [f"teleported,2026-03-01T09:00:00Z,m1,{ADA},,by ray"], [4], "by ray"),
        ("undetermined_bounce", [f"bounced,2026-03-01T08:01:00Z,m2,{BOB},,"], [4], ""),
        (
            "opened_but_failed",
            [
                f"opened,2026-03-01T08:10:00Z,m1,{ADA},,",
                f"bounced,2026-03-01T08:30:00Z,m1,{ADA},,550 5.1.1 unknown user",
            ],
            [5],
            "failed at 2026-03-01 08:30:00 UTC",
        ),
        (
            "after_validity_end",
            [f"relayed,2026-03-01T08:00:00Z,m2,{BOB},,", f"delivered,2026-03-01T10:00:00Z,m2,{BOB},,"],
            [5],
            "ended at 2026-03-01 09:00:00 UTC",
        ),
    ],
)
def test_a_finding_counts_its_rows_and_shows_them(
    finding: str, lines: list[str], rows: list[int], detail: str, store: Store, tmp_path: Path
) -> None:
    """Each oddity of a log is found by itself, with the line that it stands in; nothing is kept."""
    quality = _checked(store, tmp_path, lines, validity_hours=1.0)
    assert dict(quality.counts) == {Finding(finding): len(rows)}
    shown = quality.rows_of(Finding(finding))
    assert shown["line"].tolist() == rows
    assert detail in str(shown["detail"].iloc[0])


def test_a_sound_log_has_no_findings(store: Store, tmp_path: Path) -> None:
    """Nothing is reported where nothing is odd."""
    assert dict(_checked(store, tmp_path, []).counts) == {}


def test_times_that_the_clocks_skip_are_set_apart(store: Store, tmp_path: Path) -> None:
    """Half past two does not exist on the night that summer time begins."""
    line = f"relayed,2026-03-29T02:30:00,m2,{BOB},,"
    assert dict(_checked(store, tmp_path, [line], timezone="Europe/Stockholm").counts) == {Finding.SKIPPED_TIME: 1}


def test_a_duplicate_of_another_file_is_found(store: Store, tmp_path: Path) -> None:
    """What an imported file told is told again by this one; its new rows are none."""
    first = tmp_path / "first.csv"
    first.write_text(HEADER + "\n".join(SOUND) + "\n")
    import_log(store, first)
    second = tmp_path / "second.csv"
    second.write_text(HEADER + "\n".join([*SOUND, f"opened,2026-03-01T09:00:00Z,m1,{ADA},,"]) + "\n")
    quality = import_log(store, second, dry_run=True).quality
    assert quality is not None
    assert dict(quality.counts) == {Finding.DUPLICATE: 2}


def test_an_unknown_word_can_be_given_a_meaning(store: Store, tmp_path: Path) -> None:
    """It is listed with its events; once it has a meaning, they are of that kind and the word is not unknown."""
    lines = [f"teleported,2026-03-01T09:0{n}:00Z,m{n},{BOB},," for n in (2, 3)]
    assert dict(_checked(store, tmp_path, lines).unknown_words) == {"teleported": 2}
    meanings = {"teleported": Kind.DELIVERED}
    assert dict(_checked(store, tmp_path, lines, meanings=meanings).counts) == {}
    import_log(store, tmp_path / "log.csv", Options(meanings=meanings))
    with store.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM event WHERE kind = 'delivered'").fetchall() == [(3,)]


def test_a_word_that_means_a_bounce_is_classified_as_one(store: Store, tmp_path: Path) -> None:
    """Its reply says of what type, as for any other bounce."""
    (tmp_path / "log.csv").write_text(f"{HEADER}zapped,2026-03-01T09:00:00Z,m2,{BOB},,550 5.1.1 unknown user\n")
    import_log(store, tmp_path / "log.csv", Options(meanings={"zapped": Kind.BOUNCED}))
    with store.cursor() as cursor:
        assert cursor.execute("SELECT kind, bounce_type FROM event").fetchall() == [("bounced", "hard")]


def test_exactly_as_many_rows_as_an_export_list_holds_is_told(store: Store, tmp_path: Path) -> None:
    """100,000 rows, not one more or less."""
    lines = [f"relayed,2026-03-01T08:00:00Z,n{n},{ADA},," for n in range(100_000 - len(SOUND))]
    assert dict(_checked(store, tmp_path, lines).counts) == {Finding.CUT_OFF: 1}
    assert dict(_checked(store, tmp_path, lines[1:]).counts) == {}


def test_a_repeated_record_counts_once_whatever_it_tells(store: Store, tmp_path: Path) -> None:
    """A row may tell several events; it is one duplicate and one row, as the report counts it."""
    log = tmp_path / "log.csv"
    row = "ada@one.example,2026-03-01T08:00:00Z,2026-03-01T09:00:00Z,spring\n"
    log.write_text(f"who,sent,opened,campaign\n{row}{row}")
    mapping = LogMapping(
        "own", {"recipient": "who", "delivery_id": "campaign"}, times={"sent": "relayed", "opened": "opened"}
    )
    report = import_log(store, log, Options(mapping=mapping), dry_run=True)
    assert report.quality is not None
    assert (report.records, report.used, report.duplicates) == (2, 1, 1)
    assert report.quality.counts[Finding.DUPLICATE] == len(report.quality.rows_of(Finding.DUPLICATE)) == 1


def test_masked_rows_hold_no_address(store: Store, tmp_path: Path) -> None:
    """Neither as recipient, nor as the message's name, nor in a reply or in a rejected line; domains stay."""
    lines = [
        "relayed,yesterday,m2,bob@one.example,spring,,",
        "teleported,2026-03-01T09:00:00Z,ada@one.example,ada@one.example,spring,to eve@one.example,<bob@one.example>",
    ]
    quality = _checked(store, tmp_path, lines)
    masked = quality.listed(masked=True)
    assert masked[["message_id", "recipient", "reason", "detail"]].fillna("").to_numpy().tolist() == [
        ["", "", 'event_time "yesterday" is no date and time (ISO 8601, 1970 to 2199, is read)', HIDDEN],
        ["a***@one.example", "a***@one.example", "to e***@one.example", "<b***@one.example>"],
    ]
    assert "ada@" not in json.dumps(quality.as_json(masked=True))
    assert "ada@" in json.dumps(quality.as_json())


@pytest.mark.parametrize(
    ("recipient", "hidden"),
    [
        ("ada@one.example", "a***@one.example"),
        ("a@b@one.example", "a***@one.example"),
        ("+46700000000", "+***"),
        ("a", "a***"),
        ("a\nb@one.example", "a***@one.example"),
    ],
)
def test_a_masked_recipient_keeps_its_first_character_and_its_domain(recipient: str, hidden: str) -> None:
    """As in the rows of the Deployment page."""
    row = {"finding": "unknown", "recipient": recipient}
    quality = Quality({Finding.UNKNOWN: 1}, pd.DataFrame([row], columns=["finding", *COLUMNS]))
    assert quality.rows_of(Finding.UNKNOWN, masked=True)["recipient"].tolist() == [hidden]


def test_the_report_says_what_each_finding_means() -> None:
    """No finding without its sentence."""
    assert set(MEANINGS) == set(Finding)
