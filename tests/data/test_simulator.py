import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.ingest import import_log
from data.report import ImportReport
from data.simulator import SimulatedLog, simulate
from data.store import Store

MESSAGES = 6000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this module's logs lie."""
    return tmp_path_factory.mktemp("simulated")


@pytest.fixture(scope="module")
def log(folder: Path) -> Path:
    """The event CSV of two deliveries, the second with an outage."""
    path = folder / "events.csv"
    simulate(path, messages=MESSAGES, deliveries=2)
    return path


@pytest.fixture(scope="module")
def events(log: Path) -> pd.DataFrame:
    """Its rows, one per event."""
    return pd.read_csv(log, parse_dates=["event_time"])


@pytest.fixture(scope="module")
def imported(log: Path, folder: Path) -> Iterator[tuple[Store, ImportReport]]:
    """The same log in a store."""
    store = Store(folder / "store.duckdb")
    yield store, import_log(store, log)
    store.close()


def rows(store: Store, statement: str) -> list[tuple[Any, ...]]:
    """What a statement finds in a store."""
    with store.cursor() as cursor:
        return cursor.execute(statement).fetchall()


def written(folder: Path, log: SimulatedLog, **options: Any) -> str:  # noqa: ANN401 - as simulate() takes them
    """The text of a small simulated log."""
    path = folder / f"{log}-{len(list(folder.iterdir()))}"
    simulate(path, messages=400, log=log, **options)
    return path.read_text("utf-8")


def test_every_message_tells_an_allowed_story(imported: tuple[Store, ImportReport]) -> None:
    """The fold allows every simulated event: no contradiction, rejection, repetition or unknown event."""
    _, report = imported
    assert (report.contradictions, report.rejected, report.duplicates, report.unknown) == (0, 0, 0, 0)
    assert report.records == report.used == report.events


def test_every_message_is_there_once(imported: tuple[Store, ImportReport]) -> None:
    """As many messages are simulated as were asked for, over all deliveries together."""
    assert rows(imported[0], "SELECT sum(messages), count(*) FROM delivery") == [(MESSAGES, 2)]


@pytest.mark.parametrize("log", [SimulatedLog.EVENTS_CSV, SimulatedLog.EVENTS_NDJSON])
def test_parts_make_the_same_log(tmp_path: Path, log: SimulatedLog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that is written part by part, because it is long, is the same to the byte."""
    whole = written(tmp_path, log, deliveries=5)
    monkeypatch.setattr("data.simulator._DELIVERIES_PER_PART", 2)
    assert written(tmp_path, log, deliveries=5) == whole


def test_a_log_of_many_parts_is_one_log(tmp_path: Path) -> None:
    """It has one header and is in time order, and every message is in it once."""
    path = tmp_path / "long.csv"
    simulate(path, messages=3000, deliveries=25)
    told = pd.read_csv(path, parse_dates=["event_time"])
    assert told.event_time.is_monotonic_increasing
    first = told[told.kind.isin(["relayed", "rejected"])]
    assert first.message_id.is_unique
    assert (len(first), first.delivery_id.nunique()) == (3000, 25)


@pytest.mark.parametrize("log", SimulatedLog)
def test_a_seed_always_tells_the_same_story(tmp_path: Path, log: SimulatedLog) -> None:
    """The same seed gives the same bytes, and another seed gives others."""
    assert written(tmp_path, log) == written(tmp_path, log)
    assert written(tmp_path, log) != written(tmp_path, log, seed=2)


def test_every_kind_of_event_occurs(events: pd.DataFrame) -> None:
    """All that may happen to a message happens to some."""
    assert set(events.kind) == {
        "rejected", "relayed", "deferred", "delivered", "bounced", "expired", "cancelled",
        "opened", "clicked", "unsubscribed", "complained", "autoresponded",
    }  # fmt: skip


def test_events_stand_in_time_order(events: pd.DataFrame) -> None:
    """The log grows as time passes."""
    assert events.event_time.is_monotonic_increasing


def test_bounces_are_hard_blocked_or_late(events: pd.DataFrame) -> None:
    """Unknown users and blocks are told in the SMTP dialogue, some bounces only after acceptance."""
    bounces = set(events[events.kind == "bounced"][["enhanced_status", "bounce_type", "phase"]].itertuples(index=False))
    assert {("5.1.1", "hard", "in_band"), ("5.7.1", "block", "in_band"), ("5.1.1", "hard", "out_of_band")} <= bounces


def test_late_bounces_follow_an_acceptance(events: pd.DataFrame) -> None:
    """An asynchronous bounce comes within a week after the message was delivered."""
    accepted = events[events.kind == "delivered"].set_index("message_id").event_time
    late = events[events.phase == "out_of_band"].set_index("message_id").event_time
    delays = late - accepted.loc[late.index]
    assert delays.between(pd.Timedelta(0), pd.Timedelta(days=7)).all()


def test_greylisted_messages_are_accepted_on_a_retry(events: pd.DataFrame) -> None:
    """A greylisting server defers the first attempt with 451 4.7.1; most such messages are delivered later."""
    greylisted = events[events.enhanced_status == "4.7.1"]
    delivered = events[(events.kind == "delivered") & events.message_id.isin(greylisted.message_id)]
    assert set(greylisted.attempt) <= {1, 2, 3}
    assert delivered.attempt.min() > 1
    assert len(delivered) > 0.8 * greylisted.message_id.nunique()


def test_an_outage_defers_everything_at_one_provider(events: pd.DataFrame) -> None:
    """While the provider is out of order it accepts nothing, and afterwards its messages are delivered."""
    out = events[events.enhanced_status == "4.3.2"]
    assert out.recipient.str.split("@").str[1].unique().tolist() == ["postbox.example"]
    assert set(out.delivery_id) == {"DM1042"}
    during = events.event_time.between(out.event_time.min(), out.event_time.max())
    there = events.recipient.str.endswith("@postbox.example") & (events.delivery_id == "DM1042")
    assert "delivered" not in set(events[during & there].kind)
    assert events[(events.kind == "delivered") & events.message_id.isin(out.message_id)].size


def test_gaps_between_attempts_grow(events: pd.DataFrame) -> None:
    """A message that expires was tried at growing gaps: never sooner than before, from minutes to four hours."""
    expired = events[events.kind == "expired"].message_id
    attempts = events[(events.kind == "deferred") & events.message_id.isin(expired)]
    minutes = attempts.groupby("message_id").event_time.diff().dt.total_seconds().dropna() / 60
    assert minutes.min() >= 5
    assert 240 <= minutes.max() < 260
    steps = minutes.groupby(attempts.message_id).diff().dropna()
    assert (steps > -1).all()


def test_messages_expire_when_their_validity_ends(events: pd.DataFrame) -> None:
    """A full mailbox that is never emptied expires with 4.4.7 just after the format's default validity."""
    relayed = events[events.kind == "relayed"].set_index("message_id").event_time
    expired = events[events.kind == "expired"].set_index("message_id")
    ages = expired.event_time - relayed.loc[expired.index]
    assert ages.between(pd.Timedelta(hours=120), pd.Timedelta(hours=121)).all()
    assert set(expired.enhanced_status) == {"4.4.7"}


def test_engagement_follows_acceptance_and_decays(events: pd.DataFrame) -> None:
    """Nobody opens what was not delivered; machines open within seconds, and half of the people within hours."""
    accepted = events[events.kind == "delivered"].set_index("message_id").event_time
    opened = events[events.kind == "opened"]
    delays = opened.event_time - opened.message_id.map(accepted)
    is_machine = opened.diagnostic == "image proxy"
    assert delays.min() > pd.Timedelta(0)
    assert delays[is_machine].max() < pd.Timedelta(seconds=30)
    assert delays[~is_machine].between(pd.Timedelta(0), pd.Timedelta(hours=6)).mean() > 0.5


def test_the_relay_gathers_speed(events: pd.DataFrame) -> None:
    """The first minute relays fewer messages than a later one, and relaying takes as long as asked."""
    first = events[(events.kind == "relayed") & (events.delivery_id == "DM1041")].event_time
    counts = first.dt.floor("min").value_counts().sort_index()
    assert counts.iloc[0] < 0.75 * counts.iloc[10]
    assert 30 <= len(counts) <= 34


def test_addresses_are_reserved_for_examples(events: pd.DataFrame) -> None:
    """No address can belong to anybody."""
    assert events.recipient.str.fullmatch(r"[a-z0-9.]+@[a-z]+\.example").all()


def test_a_log_taken_early_is_the_beginning_of_the_whole(tmp_path: Path) -> None:
    """Cutting the log at a moment leaves out what comes later, and changes nothing before."""
    whole = written(tmp_path, SimulatedLog.EVENTS_CSV).splitlines()
    early = written(tmp_path, SimulatedLog.EVENTS_CSV, observed_hours=3).splitlines()
    assert early == whole[: len(early)]
    assert 1 < len(early) < len(whole)


def test_a_declared_validity_is_told_per_message(tmp_path: Path) -> None:
    """With a validity of its own, every relay says when the message expires."""
    path = tmp_path / "short.csv"
    simulate(path, messages=300, validity_hours=6)
    relays = pd.read_csv(path, parse_dates=["event_time", "expires_at"]).query("kind == 'relayed'")
    assert (relays.expires_at - relays.event_time == pd.Timedelta(hours=6)).all()


def test_ndjson_tells_what_the_csv_tells(tmp_path: Path) -> None:
    """Both event logs hold the same events in the same order."""
    objects = [json.loads(line) for line in written(tmp_path, SimulatedLog.EVENTS_NDJSON).splitlines()]
    lines = written(tmp_path, SimulatedLog.EVENTS_CSV).splitlines()[1:]
    assert [[told["kind"], told["event_time"]] for told in objects] == [line.split(",")[:2] for line in lines]


def test_an_export_with_efs_shows_retries_as_failed(tmp_path: Path) -> None:
    """With EFS a deferred message is Failed and Soft, without it Sent; both exports list the same messages."""
    taken = {"observed_hours": 2.0, "seed": 3}
    with_efs = _statuses(written(tmp_path, SimulatedLog.CAMPAIGN_EFS, **taken), failure_type=5)
    without = _statuses(written(tmp_path, SimulatedLog.CAMPAIGN, **taken), failure_type=5)
    assert with_efs["Failed", "Soft"] > 20
    assert ("Fehlgeschlagen", "Soft (Softbounce)") not in without
    assert with_efs["Failed", "Hard"] == without["Fehlgeschlagen", "Hard (Hardbounce)"]
    assert sum(with_efs.values()) == sum(without.values()) == 401


def _statuses(text: str, failure_type: int) -> Counter[tuple[str, str]]:
    cells = [line.split(";") for line in text.splitlines()]
    return Counter((row[1], row[failure_type]) for row in cells)


def test_postfix_lines_are_as_postfix_writes_them(tmp_path: Path) -> None:
    """Every line has time, host, daemon and process; the queue manager names senders, and notifications have none."""
    text = written(tmp_path, SimulatedLog.POSTFIX)
    line = re.compile(r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d mail1 postfix/[a-z]+\[\d+\]: \S.*")
    assert all(line.fullmatch(each) for each in text.splitlines())
    for part in ("status=sent (250 2.0.0", "status=deferred (host ", "status=bounced (host ", "from=<>, ", ": removed",
                 "status=expired, returned to sender", "connect from ", "message-id=<", "(queue active)"):  # fmt: skip
        assert part in text


def test_postfix_writes_either_time(tmp_path: Path) -> None:
    """Both Postfix logs are the same but for the way they write the time."""
    classic = written(tmp_path, SimulatedLog.POSTFIX).splitlines()
    newer = written(tmp_path, SimulatedLog.POSTFIX_RFC3339).splitlines()
    assert [line[15:] for line in classic] == [line[25:] for line in newer]
    assert newer[0].startswith("2026-03-02T08:00:00+00:00 mail1")
