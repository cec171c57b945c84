"""What single formats can answer: mail logs, exports, and files that name no delivery."""

import gzip
import json
from dataclasses import replace

import pytest

from data.answer import Ground
from data.answer_words import answers, summary
from data.answers import delivery_facts
from data.deliveries import delivery
from data.sources import remove_source
from data.store import Store
from tests.data.told_answers import Import, about, event, log, short

_CAMPAIGN = "Date;Status;Address;Nature of failure;Failure type;Delivery log ID;Delivery;Contact date\n"


def test_an_export_without_feedback_says_how_to_read_it_with_efs(store: Store, import_text: Import) -> None:
    """A Campaign export leaves open whether the instance measured with the Email Feedback Service."""
    rows = "02/03/2026 08:00:00;Sent;ada@one.example;;;1;Spring;02/03/2026 08:00:00\n"
    import_text(_CAMPAIGN + rows, timezone="UTC")
    with store.cursor() as cursor:
        delivery_id = str(cursor.execute("SELECT delivery_id FROM delivery").fetchall()[0][0])
    assert "--efs yes" in about(store, delivery_id)["Delivery feedback"].sentence


@pytest.mark.parametrize(
    ("options", "words", "ground"),
    [
        ({}, ["read as UTC", "Where they name no year"], Ground.ASSUMED),
        ({"year": 2026}, ["read as UTC"], Ground.ASSUMED),
        (
            {"timezone": "Europe/Berlin"},
            ["read as Europe/Berlin, as declared. Where they name no year"],
            Ground.ASSUMED,
        ),
        ({"timezone": "Europe/Berlin", "year": 2026}, ["read as Europe/Berlin, as declared."], Ground.TOLD),
    ],
)
def test_a_year_is_told_declared_or_assumed(
    options: dict[str, object], words: list[str], ground: Ground, store: Store, import_text: Import
) -> None:
    """Postfix may write neither zone nor year; what is declared is assumed no more."""
    report = import_text(_postfix("Mar  2 08:00:0"), "mail.log", **options)
    zone = about(store, report.deliveries[0])["Zone"]
    assert zone.ground is ground
    assert all(word in zone.sentence for word in words)
    assert ("year" in zone.sentence) is ("year" not in options)


def _postfix(clock: str) -> str:
    lines = [
        "cleanup[1]: 4AF01: message-id=<a@one.example>",
        "qmgr[2]: 4AF01: from=<news@one.example>, size=900, nrcpt=1 (queue active)",
        "smtp[3]: 4AF01: to=<ada@two.example>, relay=mx[192.0.2.1]:25, delay=2, dsn=2.0.0, status=sent (250 2.0.0 Ok)",
        "qmgr[2]: 4AF01: removed",
    ]
    return "".join(f"{clock}{number} mx postfix/{line}\n" for number, line in enumerate(lines))


def test_postfix_groups_deliveries_and_knows_no_late_bounce(store: Store, import_text: Import) -> None:
    """What the format cannot tell is said, and what was declared counts as declared."""
    report = import_text(_postfix("2026-03-02T08:00:0"), "mail.log")
    told = about(store, report.deliveries[0])
    assert (told["Delivery"].short, told["Delivery"].ground) == ("grouped by sender", Ground.ASSUMED)
    assert (told["Late bounces"].short, told["Opens and clicks"].short) == ("not told", "not told")
    facts = delivery_facts(store, delivery(store, report.deliveries[0]))
    odd = replace(facts, sources=(replace(facts.sources[0], has_engagement=True),))
    assert "Opens and clicks: not told" in summary(answers(odd))
    remove_source(store, "mail.log")
    import_text(_postfix("2026-03-02T08:00:0"), "mail.log", delivery="March")
    assert short(store, "Delivery", "March") == ("declared", Ground.TOLD)


def _export(*rows: str) -> str:
    return _CAMPAIGN + "".join(f"{row}\n" for row in rows)


def test_times_of_snapshots_are_exact_to_their_interval(store: Store, import_text: Import) -> None:
    """One export tells the last status alone; several tell the course as finely as they follow each other."""
    row = "02/03/2026 {};{};ada@one.example;;;1;March;02/03/2026 08:00:00"
    import_text(
        _export(row.format("08:00:00", "Pending"), row.format("09:00:00", "Sent").replace("1;M", "2;M")), efs=True
    )
    assert short(store, "Times", "March") == ("one snapshot", Ground.ASSUMED)
    assert "a row for every message" in about(store, "March")["To deliver"].sentence
    import_text(_export(row.format("10:30:00", "Sent")), "second.txt", efs=True)
    assert short(store, "Times", "March") == ("exact to 90 min", Ground.ASSUMED)
    import_text(_export(row.format("15:30:00", "Sent").replace("1;M", "3;M")), "third.txt", efs=True)
    assert short(store, "Times", "March") == ("exact to 5 h", Ground.ASSUMED)
    assert "3 snapshots, at most 5 h apart" in about(store, "March")["Times"].sentence


def test_campaign_tells_opens_in_another_log(store: Store, import_text: Import) -> None:
    """What stands elsewhere is named."""
    import_text(_export("02/03/2026 08:00:00;Sent;ada@one.example;;;1;March;"), efs=False)
    told = about(store, "March")
    assert told["Opens and clicks"].short == "not told"
    assert "Campaign's tracking log" in told["Opens and clicks"].sentence


@pytest.mark.parametrize("name", ["spring.txt", "spring.txt.gz"])
def test_a_delivery_is_called_after_its_file_where_nothing_else_names_it(
    name: str, store: Store, import_text: Import
) -> None:
    """One that the log itself calls as its file is called is named by the log."""
    unnamed = "02/03/2026 08:00:00;Sent;ada@one.example;;;1;{};"
    text = _export(unnamed.format("")).encode()
    import_text(gzip.compress(text) if name.endswith(".gz") else text, name, efs=False)
    assert short(store, "Delivery", "spring") == ("called after the file", Ground.ASSUMED)
    import_text(_export(unnamed.format("summer")), "summer.txt", efs=False)
    import_text(log(event("relayed", "08:00:00Z", delivery_id="autumn")), "autumn.csv")
    assert [short(store, "Delivery", each)[0] for each in ("summer", "autumn")] == ["named by the log"] * 2


def test_records_that_name_no_delivery_stand_together(store: Store, import_text: Import) -> None:
    """What is nobody's word is said to be none."""
    record = {
        "email": "ada@one.example",
        "timestamp": 1772438400,
        "event": "processed",
        "sg_event_id": "e",
        "sg_message_id": "m",
    }
    report = import_text(json.dumps(record), "events.json")
    assert short(store, "Delivery", report.deliveries[0]) == ("not named", Ground.MISSING)
    named = record | {"sg_event_id": "g", "sg_message_id": "o", "category": "Spring"}
    both = import_text(f"{json.dumps(record)}\n{json.dumps(named)}\n", "both.json")
    assert "Delivery: named in part" in summary(both.answers)
    declared = import_text(json.dumps(record | {"sg_event_id": "f", "sg_message_id": "n"}), "more.json", delivery="D")
    assert short(store, "Delivery", declared.deliveries[0]) == ("declared", Ground.TOLD)


def test_a_mail_log_that_begins_in_the_middle_counts_to_deliver(store: Store, import_text: Import) -> None:
    """Its lines tell when a message came, though it came before the first of them."""
    late = _postfix("2026-03-02T08:00:0").splitlines(keepends=True)[2].replace("delay=2", "delay=600")
    report = import_text(late, "mail.log")
    told = about(store, report.deliveries[0])
    assert (told["Relay"].short, told["To deliver"].short) == ("told", "counted")
