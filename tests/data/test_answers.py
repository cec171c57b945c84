"""What the logs of a delivery can answer, and what a file can: each fact, in words."""

import json
from pathlib import Path

import pytest

from data.__main__ import main
from data.answer import Ground
from data.answer_words import answers, summary
from data.answers import delivery_facts, source_facts
from data.deliveries import delivery
from data.sources import remove_source
from data.store import Store
from tests.data.told_answers import HEADER, Import, about, event, log, short

RELAYED = [event("relayed", f"08:00:0{number}Z", number) for number in range(4)]


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


def test_times_of_events_are_exact(store: Store, import_text: Import) -> None:
    """Each has its own."""
    import_text(log(*RELAYED))
    assert short(store, "Times") == ("exact", Ground.TOLD)


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
    assert import_text(HEADER + "too,few\n").answers == ()


def test_a_delivery_answers_for_itself_alone(store: Store, import_text: Import) -> None:
    """What the same file tells of another delivery is not its answer."""
    import_text(log(*RELAYED, event("relayed", "08:00:00Z", 1, "E"), event("delivered", "08:00:00", 1, "E")))
    assert (short(store, "Delivery feedback")[0], short(store, "Delivery feedback", "E")[0]) == ("no", "yes")
    assert (short(store, "Zone")[0], short(store, "Zone", "E")[0]) == ("told", "assumed UTC")


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
