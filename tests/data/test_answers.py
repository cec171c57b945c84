"""What the logs of a delivery can answer, and what a file can: each fact, in words."""

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from data.__main__ import main
from data.answer import Answer, Ground
from data.answer_words import answers, summary
from data.answers import delivery_facts, source_facts
from data.deliveries import delivery
from data.report import ImportReport
from data.sources import remove_source
from data.store import Store

Import = Callable[..., ImportReport]
_HEADER = "kind,event_time,message_id,recipient,delivery_id,phase,queued_at\n"
_CAMPAIGN = "Date;Status;Address;Nature of failure;Failure type;Delivery log ID;Delivery;Contact date\n"


def event(kind: str, clock: str, number: int = 1, delivery_id: str = "D", phase: str = "", queued: str = "") -> str:
    """A line of an event CSV, of the 2nd of March."""
    queued_at = f"2026-03-02T{queued}Z" if queued else ""
    time = f"2026-03-02T{clock}"
    return f"{kind},{time},m{number},u{number}@one.example,{delivery_id},{phase},{queued_at}\n"


def log(*events: str) -> str:
    """An event CSV."""
    return _HEADER + "".join(events)


RELAYED = [event("relayed", f"08:00:0{number}Z", number) for number in range(4)]


def about(store: Store, delivery_id: str = "D") -> dict[str, Answer]:
    """The answers of a delivery by topic."""
    told = answers(delivery_facts(store, delivery(store, delivery_id)))
    return {answer.topic: answer for answer in told}


def short(store: Store, topic: str, delivery_id: str = "D") -> tuple[str, Ground]:
    """The short answer of a delivery to one topic, and what it rests on."""
    answer = about(store, delivery_id)[topic]
    return answer.short, answer.ground


def test_feedback_is_an_acceptance_or_a_retry(store: Store, import_text: Import) -> None:
    """A log with failures alone has none, and then says which view it cannot feed."""
    import_text(log(*RELAYED, event("bounced", "09:00:00Z", 1)))
    assert short(store, "Delivery feedback") == ("no", Ground.MISSING)
    assert "the view with EFS cannot be derived" in about(store)["Delivery feedback"].sentence
    import_text(log(event("deferred", "09:00:00Z", 2)), "more.csv")
    assert short(store, "Delivery feedback") == ("yes", Ground.TOLD)


def test_a_log_of_failures_alone_says_that_shares_are_of_those(store: Store, import_text: Import) -> None:
    """Neither a relay nor an acceptance is told: nobody knows of how many the failures are."""
    import_text(log(event("bounced", "08:00:00Z")))
    assert "failures alone" in about(store)["Delivery feedback"].sentence
    import_text(log(*RELAYED), name="relayed.csv")
    assert "failures alone" not in about(store)["Delivery feedback"].sentence


def test_an_export_without_feedback_says_how_to_read_it_with_efs(store: Store, import_text: Import) -> None:
    """A Campaign export leaves open whether the instance measured with the Email Feedback Service."""
    rows = "02/03/2026 08:00:00;Sent;ada@one.example;;;1;Spring;02/03/2026 08:00:00\n"
    import_text(_CAMPAIGN + rows, timezone="UTC")
    with store.cursor() as cursor:
        delivery_id = str(cursor.execute("SELECT delivery_id FROM delivery").fetchall()[0][0])
    assert "--efs yes" in about(store, delivery_id)["Delivery feedback"].sentence


def test_expiry_is_told_or_inferred(store: Store, import_text: Import) -> None:
    """Told where an event says so; inferred where the period ended during retries, until the log says otherwise."""
    retried = event("deferred", "08:30:00Z", 1) + event("deferred", "08:30:00Z", 2)
    import_text(log(*RELAYED))
    assert short(store, "Expiry") == ("not told", Ground.MISSING)
    import_text(log(retried), "retried.csv", validity_hours=1)
    assert short(store, "Expiry") == ("none so far", Ground.ASSUMED)
    import_text(log(event("opened", "12:00:00Z", 3)), "opened.csv")
    assert short(store, "Expiry") == ("inferred", Ground.ASSUMED)
    assert "2 messages whose validity period ended" in about(store)["Expiry"].sentence
    import_text(log(event("expired", "09:30:00Z", 1)), "expired.csv")
    assert short(store, "Expiry") == ("told and inferred", Ground.ASSUMED)
    assert "told for 1 message, and inferred for 1 message" in about(store)["Expiry"].sentence
    import_text(log(event("delivered", "09:30:00Z", 2)), "delivered.csv")
    assert short(store, "Expiry") == ("told", Ground.TOLD)


@pytest.mark.parametrize("kind", ["opened", "clicked"])
def test_opens_and_clicks_are_told_where_there_is_one(kind: str, store: Store, import_text: Import) -> None:
    """A log that could tell and does not is told from one that does; to unsubscribe is neither."""
    import_text(log(*RELAYED, event("unsubscribed", "09:00:00Z", 1)))
    assert short(store, "Opens and clicks") == ("none told", Ground.MISSING)
    import_text(log(event(kind, "09:00:00Z", 1)), "more.csv")
    assert short(store, "Opens and clicks") == ("told", Ground.TOLD)


@pytest.mark.parametrize(
    "late",
    [
        event("bounced", "10:00:00Z", 1, phase="out_of_band"),
        event("delivered", "09:00:00Z", 1) + event("bounced", "10:00:00Z", 1),
    ],
)
def test_late_bounces_are_out_of_band_or_after_the_acceptance(late: str, store: Store, import_text: Import) -> None:
    """A bounce within the dialogue is none."""
    import_text(log(*RELAYED, event("bounced", "09:00:00Z", 2, phase="in_band")))
    assert short(store, "Late bounces") == ("none told", Ground.MISSING)
    import_text(log(late), "late.csv")
    assert short(store, "Late bounces") == ("told", Ground.TOLD)


def test_messages_without_a_relay_event_are_counted(store: Store, import_text: Import) -> None:
    """Those whose relay is taken from the queue time or from their first event; then To deliver is counted too."""
    import_text(log(*RELAYED))
    assert short(store, "Relay") == ("told", Ground.TOLD)
    assert short(store, "To deliver") == ("known", Ground.TOLD)
    queued = event("delivered", "09:00:00Z", 8, queued="08:10:00")
    import_text(log(queued, event("deferred", "09:00:00Z", 9)), "more.csv")
    assert short(store, "Relay") == ("not told for 2", Ground.ASSUMED)
    assert "2 of 6 relayed messages (33.3 %) lack a relay event" in about(store)["Relay"].sentence
    assert short(store, "To deliver") == ("counted", Ground.ASSUMED)


def test_a_log_that_tells_no_relay_at_all_says_so(store: Store, import_text: Import) -> None:
    """It is not taken for one that begins in the middle, though the relays lie before its first event."""
    import_text(log(event("delivered", "09:00:00Z", 1, queued="08:10:00")))
    facts = delivery_facts(store, delivery(store, "D"))
    assert short(store, "Relay") == ("not told", Ground.ASSUMED)
    assert not facts.begins_late
    assert not facts.is_everyone_named


def test_a_log_that_begins_in_the_middle_counts_to_deliver(store: Store, import_text: Import) -> None:
    """Where the relay is told for those that came later, what was settled before is missing."""
    import_text(log(event("delivered", "09:00:00Z", 9, queued="08:10:00"), event("relayed", "09:10:00Z", 1)))
    assert delivery_facts(store, delivery(store, "D")).begins_late
    assert "what was settled before is missing" in about(store)["To deliver"].sentence


def test_the_excluded_and_the_withdrawn_need_no_relay(store: Store, import_text: Import) -> None:
    """Who was never to be sent lacks nothing."""
    import_text(log(*RELAYED, event("rejected", "08:00:00Z", 8), event("cancelled", "08:00:00Z", 9)))
    assert (short(store, "Relay")[0], short(store, "To deliver")[0]) == ("told", "known")


def test_a_zone_is_told_declared_or_assumed(store: Store, import_text: Import) -> None:
    """Assumed weighs more than declared, and declared more than told."""
    import_text(log(event("relayed", "08:00:00Z", 1)))
    assert short(store, "Zone") == ("told", Ground.TOLD)
    import_text(log(event("relayed", "09:00:00", 2)), "local.csv", timezone="Europe/Stockholm")
    assert short(store, "Zone") == ("declared Europe/Stockholm", Ground.TOLD)
    import_text(log(event("relayed", "09:00:00", 3)), "nowhere.csv")
    assert short(store, "Zone") == ("assumed UTC", Ground.ASSUMED)
    assert "year" not in about(store)["Zone"].sentence


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


def test_times_of_events_are_exact(store: Store, import_text: Import) -> None:
    """Each has its own."""
    import_text(log(*RELAYED))
    assert short(store, "Times") == ("exact", Ground.TOLD)


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


def test_a_file_answers_for_its_own_messages_alone(store: Store, import_text: Import) -> None:
    """What another file tells of the delivery is not its answer, but what that tells of its messages is."""
    first = import_text(log(*RELAYED, event("delivered", "09:00:00Z", 1)))
    second = import_text(log(event("opened", "09:30:00Z", 1), event("deferred", "09:40:00Z", 7)), "more.csv")
    by_topic = [{str(answer.topic): answer.short for answer in report.answers} for report in (first, second)]
    assert [told["Relay"] for told in by_topic] == ["told", "not told for 1"]
    assert "1 of 2 relayed messages (50.0 %)" in str(second.answers)
    assert [told["Opens and clicks"] for told in by_topic] == ["none told", "told"]
    with store.cursor() as cursor:
        assert summary(answers(source_facts(cursor, 1))) == summary(first.answers)


def test_a_file_of_which_nothing_can_be_used_answers_nothing(import_text: Import) -> None:
    """Nothing is known of its zone or its times."""
    assert import_text(_HEADER + "too,few\n").answers == ()


def test_a_delivery_answers_for_itself_alone(store: Store, import_text: Import) -> None:
    """What the same file tells of another delivery is not its answer."""
    import_text(log(*RELAYED, event("relayed", "08:00:00Z", 1, "E"), event("delivered", "08:00:00", 1, "E")))
    assert (short(store, "Delivery feedback")[0], short(store, "Delivery feedback", "E")[0]) == ("no", "yes")
    assert (short(store, "Zone")[0], short(store, "Zone", "E")[0]) == ("told", "assumed UTC")


def test_a_mail_log_that_begins_in_the_middle_counts_to_deliver(store: Store, import_text: Import) -> None:
    """Its lines tell when a message came, though it came before the first of them."""
    late = _postfix("2026-03-02T08:00:0").splitlines(keepends=True)[2].replace("delay=2", "delay=600")
    report = import_text(late, "mail.log")
    told = about(store, report.deliveries[0])
    assert (told["Relay"].short, told["To deliver"].short) == ("told", "counted")


def test_the_facts_follow_what_is_removed(store: Store, import_text: Import) -> None:
    """A source takes its answers with it."""
    import_text(log(*RELAYED))
    before = about(store)
    import_text(log(event("deferred", "09:00:00", 9)), "more.csv")
    assert about(store) != before
    remove_source(store, "more.csv")
    assert about(store) == before


def test_the_doors_say_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a line in the import, as sentences for a delivery, and as JSON for scripts."""
    path, where = tmp_path / "log.csv", ["--store", str(tmp_path / "store.duckdb")]
    path.write_text(log(*RELAYED))
    assert main(["import", str(path), *where]) == 0
    assert "Delivery feedback: no · Expiry: not told · Opens and clicks: none told" in capsys.readouterr().out
    assert main(["about", "D", *where]) == 0
    assert "Times: exact. Every event has its own time." in capsys.readouterr().out
    assert main(["about", "D", "--json", *where]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told[0].keys() == {"topic", "short", "ground", "sentence"}
    path.write_text(log(event("relayed", "08:00:00Z", 7)))
    assert main(["import", str(path), "--json", *where]) == 0
    assert [each["topic"] for each in json.loads(capsys.readouterr().out)[0]["answers"]] == [
        each["topic"] for each in told
    ]
    assert main(["about", "nothing", *where]) == 2
