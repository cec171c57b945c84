import os
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from data.ingest import import_log
from data.log_head import Head
from data.readers import postfix
from data.readers.postfix import Postfix
from data.report import ImportReport, Status
from data.statements import run
from data.store import Store

CASES = tomllib.loads((Path(__file__).parent / "postfix_cases.toml").read_text("utf-8"))["case"]
KEYS = {"name", "options", "files", "events", "deliveries", "counts", "reasons"}
ACTIVE = "mx1 postfix/qmgr[1]: 4AF01: from=<{sender}>, size=9, nrcpt=1 (queue active)\n"
Import = Callable[..., ImportReport]


def told_events(store: Store) -> list[str]:
    """All events as the cases write them; what several lines tell is one event."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT concat_ws(' ', strftime(event_time, '%m-%d %H:%M:%S'), kind, recipient, smtp_code, enhanced_status)"
            " FROM (SELECT DISTINCT ON (delivery_key, message_key, event_key) * FROM event)"
            " ORDER BY event_time, kind, recipient"
        ).fetchall()
    return [text for (text,) in rows]


def told_deliveries(store: Store) -> list[str]:
    """The ids of all deliveries."""
    with store.cursor() as cursor:
        return [name for (name,) in cursor.execute("SELECT delivery_id FROM delivery ORDER BY 1").fetchall()]


def counts(report: ImportReport) -> list[int]:
    """The counts of a report as the cases write them; they add up to the records."""
    assert report.records == report.used + report.duplicates + report.rejected + report.ignored
    return [report.used, report.duplicates, report.rejected, report.ignored]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any], store: Store, import_text: Import) -> None:
    """Every rule of the case file holds, and every key of it is one that is checked here."""
    assert set(case) <= KEYS
    reports = [
        import_text(text.lstrip("\n"), f"{number}.log", **case.get("options", {}))
        for number, text in enumerate(case["files"])
    ]
    told = {
        "events": told_events(store),
        "deliveries": told_deliveries(store),
        "counts": counts(reports[-1]),
        "reasons": [reason for _, _, reason in reports[-1].rejections],
    }
    expected = {"reasons": [], **{key: case[key] for key in told if key in case}}
    assert {key: told[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("sender", "mailing"),
    [
        ("news@A.Example", "news@a.example"),
        ("bounce+ann=b.example@a.example", "bounce@a.example"),
        ("bounce+3f9c@a.example", "bounce@a.example"),
        ("bounces-12345-ann=b.example@a.example", "bounces@a.example"),
        ("bounces-12345-ann-marie=b.example@a.example", "bounces@a.example"),
        ("list-bounces-ann=b.example@a.example", "list-bounces@a.example"),
        ("bounces-12345-9@a.example", "bounces@a.example"),
        ("list2-12@a.example", "list2@a.example"),
        ("prvs=0123abcd=news@a.example", "news@a.example"),
        ("spring-offers@a.example", "spring-offers@a.example"),
        ("+only@a.example", "+only@a.example"),
        ("2026@a.example", "2026@a.example"),
        ("root", "root"),
        ("", ""),
    ],
)
def test_a_sender_loses_what_differs_by_recipient(store: Store, sender: str, mailing: str) -> None:
    """Addresses that carry the recipient or a number stand for one sender; words stay."""
    with store.cursor() as cursor:
        run(cursor, "postfix_macros", Path(postfix.__file__).parent / "sql")
        assert cursor.execute("SELECT mailing_sender(?)", [sender]).fetchall() == [(mailing,)]


@pytest.mark.parametrize(
    ("first_line", "is_postfix"),
    [
        ("Jun  3 10:40:57 mx1 postfix/smtpd[1]: connect from app[192.0.2.9]", True),
        ("2020-01-30T06:26:05.404714+09:00 mx1 postfix-out/smtp[1]: 4AF01: removed", True),
        ("2013 Jun 10 06:27:30.123 mx1 postfix/smtpd[5530]: connect from app[192.0.2.9]", True),
        ("Jun  3 10:40:57 mx1 sshd[1]: Accepted publickey\nJun  3 10:40:58 mx1 postfix/qmgr[1]: 4AF01: removed", True),
        ("Jun  3 10:40:57 mx1 sshd[1]: Accepted publickey for postfix", False),
        ("kind,event_time,message_id,recipient,delivery_id", False),
        ('{"kind": "relayed", "event_time": "2020-01-30T06:26:05Z", "reason": "postfix/smtp[1]: "}', False),
        ("a\u2028Jun  3 10:40:57 mx1 postfix/smtpd[1]: connect from app[192.0.2.9]", False),
        ("Date;Status;Address;Reason\n21/08/2026 02:00:00;Failed;a@b.example;postfix/smtp[1]: no", False),
    ],
)
def test_it_recognises_its_own_files_and_no_others(first_line: str, is_postfix: bool) -> None:
    """A line of Postfix with a time in front makes a Postfix log, even behind lines of other programs."""
    assert Postfix().detects(Head(first_line + "\n", is_binary=False)) is is_postfix


def test_the_year_is_the_latest_that_is_not_after_the_file(store: Store, tmp_path: Path) -> None:
    """A log that ends in January and was written in January begins in the year before, and the report says so."""
    path = tmp_path / "mail.log"
    path.write_text(f"Dec 31 10:00:00 {ACTIVE.format(sender='n@a.example')}Jan  1 10:00:00 mx1 postfix/a[1]: idle\n")
    written = datetime(2024, 1, 1, 9, tzinfo=UTC).timestamp()
    os.utime(path, (written, written))
    report = import_log(store, path)
    assert report.first_time == datetime(2023, 12, 31, 10)
    assert report.time_assumed
    assert "--year" in report.message
    assert "--timezone" in report.message


def test_a_29_february_is_of_a_leap_year(store: Store, tmp_path: Path) -> None:
    """The last line's day exists in the year that is assumed."""
    path = tmp_path / "mail.log"
    path.write_text(f"Feb 29 10:00:00 {ACTIVE.format(sender='n@a.example')}")
    written = datetime(2026, 5, 1, tzinfo=UTC).timestamp()
    os.utime(path, (written, written))
    assert told_first_time(import_log(store, path)) == "2024-02-29"


@pytest.mark.parametrize("year", [-1, 0, 99, 9999, 99_999])
def test_a_year_that_cannot_be_is_rejected_line_by_line(year: int, import_text: Import) -> None:
    """A declared year outside 1970 to 2199 makes no time, and nothing else goes wrong."""
    report = import_text(f"Dec 31 10:00:00 {ACTIVE.format(sender='n@a.example')}", year=year)
    assert counts(report) == [0, 0, 1, 0]


def test_a_file_without_a_time_of_its_own_is_of_the_first_year(store: Store, tmp_path: Path) -> None:
    """An archive may date its files to the beginning of 1970; the year before is not read."""
    path = tmp_path / "mail.log"
    path.write_text(f"Jun  1 10:00:00 {ACTIVE.format(sender='n@a.example')}")
    os.utime(path, (0, 0))
    assert told_first_time(import_log(store, path)) == "1970-06-01"


def told_first_time(report: ImportReport) -> str:
    """The day on which a file begins."""
    assert report.first_time is not None
    return f"{report.first_time:%Y-%m-%d}"


def test_what_is_declared_is_not_assumed(import_text: Import) -> None:
    """With zone and year given, the report holds no note and no time is marked as assumed."""
    report = import_text(f"Feb 28 10:00:00 {ACTIVE.format(sender='n@a.example')}", timezone="UTC", year=2026)
    assert not report.time_assumed
    assert "--" not in report.message


def test_the_period_is_that_of_all_lines(import_text: Import) -> None:
    """A file speaks from its first line to its last, whatever programs these are from."""
    report = import_text(
        "2026-03-01T09:00:00Z mx1 cron[1]: run\n"
        f"2026-03-01T10:00:00Z {ACTIVE.format(sender='n@a.example')}"
        "2026-03-01T11:00:00Z mx1 cron[1]: run\n"
    )
    assert (str(report.first_time), str(report.observed_until)) == ("2026-03-01 09:00:00", "2026-03-01 11:00:00")


def test_broken_bytes_cost_nothing_but_themselves(store: Store, import_text: Import) -> None:
    """A line with bytes that are no UTF-8 is read; one with NUL bytes is rejected alone."""
    line = f"2026-03-01T10:00:00Z {ACTIVE.format(sender='n@a.example')}".encode()
    report = import_text(line + b"2026-03-01T10:00:01Z mx1 postfix/smtp[2]: \xff\xfe\n\n\0\0\0\n", "mail.log")
    assert (report.status, report.records) == (Status.IMPORTED, 3)
    assert counts(report) == [1, 0, 1, 1]
    assert told_events(store) == ["03-01 10:00:00 relayed unnamed recipient 1"]


def test_a_bounce_keeps_what_the_host_said(store: Store, import_text: Import) -> None:
    """The diagnostic of a bounce is the reply, told in the dialogue; the classifier takes its type from there."""
    import_text(
        "2026-03-01T10:00:00Z mx1 postfix/smtp[2]: 4AF01: to=<ann@b.example>, relay=mx[192.0.2.1]:25, delay=0,"
        " dsn=5.1.1, status=bounced (host mx said: 550 5.1.1 No (in reply to RCPT TO command))\n"
    )
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT diagnostic, phase, bounce_type FROM event WHERE kind = 'bounced'").fetchall()
    assert rows == [("host mx said: 550 5.1.1 No (in reply to RCPT TO command)", "in_band", "hard")]
