"""Incidents: an outage is found with its hours, and chance alone is none."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest

from analytics.failure_hours import FailureHours, failing_in, failure_hours, failure_rates
from analytics.incidents import Against, incident_hours, incidents
from analytics.modes import Mode
from analytics.rows import row_count
from data.deliveries import Delivery, deliveries, delivery
from data.ingest import import_log
from data.store import Store
from tests.analytics.test_failures import cases, random_store  # noqa: F401 - a fixture

START = datetime(2026, 3, 1, 10)
DOMAINS = ("one.example", "two.example", "three.example", "four.example")
RATES = dict(zip(DOMAINS, (0.02, 0.05, 0.1, 0.2), strict=True))
EARLY = timedelta(days=2)


def lines(seed: int, outage: tuple[int, int] | None, started: datetime, name: str) -> Iterator[str]:
    """A delivery to 2,400 recipients over six hours, retried each half hour; each domain defers at a rate of its own.

    outage: the hours in which the first domain defers everything, the last excluded.
    """
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    for number in range(2400):
        domain = DOMAINS[number % 4]
        message = f"m{number},u{number}@{domain},{name},"
        at = started + timedelta(seconds=number * 9)
        yield f"relayed,{at.isoformat()}Z,{message}"
        at += timedelta(seconds=5)
        for _ in range(16):
            is_down = outage and domain == DOMAINS[0] and outage[0] <= (at - started) / timedelta(hours=1) < outage[1]
            if not is_down and dice.random() >= RATES[domain]:
                yield f"delivered,{at.isoformat()}Z,{message}"
                break
            yield f"deferred,{at.isoformat()}Z,{message}Unreachable"
            at += timedelta(minutes=30)


@contextmanager
def held(
    seed: int,
    outage: tuple[int, int] | None = None,
    earlier: int = 0,
    apart: timedelta = EARLY,
    *,
    is_usual: bool = False,
) -> Iterator[tuple[Store, Delivery]]:
    """A store with the delivery d0 and so many before it. is_usual: in those the outage was as well."""
    then = outage if is_usual else None
    sends = [(outage, START, "d0"), *((then, START - apart * back, f"d{back}") for back in range(1, earlier + 1))]
    told = (line for place, send in enumerate(sends) for line in lines(seed * 10 + place, *send))
    with TemporaryDirectory() as folder, Store(Path(folder) / "store.duckdb") as store:
        path = Path(folder) / "log.csv"
        path.write_text("\n".join(["kind,event_time,message_id,recipient,delivery_id,reason", *told]))
        import_log(store, path)
        yield store, delivery(store, "d0")


def asked(store: Store, about: Delivery) -> tuple[FailureHours, list[FailureHours]]:
    """What came back of a delivery, and of those before it."""
    others = [one for one in deliveries(store) if one.started_at < about.started_at]
    return failure_hours(store, about), [failure_hours(store, one) for one in others]


@pytest.mark.parametrize("seed", range(4))
def test_chance_alone_is_no_incident(seed: int) -> None:
    """Where nothing changes but by chance, nothing is marked: with and without deliveries to compare with."""
    with held(seed, earlier=seed % 2) as (store, about):
        assert incident_hours(*asked(store, about)).empty


@pytest.mark.parametrize("earlier", [0, 1])
def test_an_outage_is_found_with_its_hours(earlier: int) -> None:
    """A provider that defers everything in the third and the fourth hour is named with these, and no other."""
    with held(1, outage=(2, 4), earlier=earlier) as (store, about):
        (found,) = incidents(store, about, incident_hours(*asked(store, about))).to_dict("records")
        assert found["recipient_domain"] == DOMAINS[0]
        assert (found["first_hour"], found["last_hour"]) == (3, 4)
        assert (found["since"], found["until"]) == (START + timedelta(hours=2), START + timedelta(hours=4))
        assert found["reason"] == "Unreachable"
        assert found["rate"] > found["usual_high"] > found["usual_low"]
        assert found["rate"] == found["failing"] / found["sent"]
        affected = failing_in(about, (DOMAINS[0],), 3, 4)
        assert row_count(store, about, affected, Mode.WITH_EFS) == found["messages"] > 150


def test_an_outage_that_is_not_over_ends_at_the_chosen_moment() -> None:
    """As of half an hour into it, it is known up to there."""
    at = START + timedelta(hours=2.5)
    with held(1, outage=(2, 4)) as (store, about):
        beyond = incident_hours(failure_hours(store, about, at), [])
        (found,) = incidents(store, about, beyond, at).to_dict("records")
        assert (found["first_hour"], found["until"]) == (3, at)


def test_what_earlier_deliveries_tell_after_the_chosen_moment_is_not_known_yet() -> None:
    """Of one that began a little before, only the hours that are over by then say what is usual."""
    at = START + timedelta(hours=1.5)
    with held(3, outage=(0, 24), earlier=1, apart=timedelta(minutes=10)) as (store, about):
        hours, before = failure_hours(store, about, at), delivery(store, "d1")
        later, by_then = (failure_hours(store, before, moment) for moment in (None, at))
        assert len(later.results) > len(by_then.results)
        assert incident_hours(hours, [later]).equals(incident_hours(hours, [by_then]))


def test_a_provider_that_fails_from_the_first_to_the_last_is_held_against_the_others() -> None:
    """Where nothing else is known of it, the other providers tell what is usual."""
    with held(2, outage=(0, 24)) as (store, about):
        found = incidents(store, about, incident_hours(*asked(store, about)))
        assert set(found.loc[found["recipient_domain"] == DOMAINS[0], "against"]) == {Against.OTHERS}


@pytest.mark.parametrize("seed", range(2))
def test_a_provider_that_always_puts_off_as_much_has_no_incident(seed: int) -> None:
    """However much more than the others: what it did in the delivery before is what is usual there."""
    with held(seed, outage=(0, 24), earlier=1, is_usual=True) as (store, about):
        assert incident_hours(*asked(store, about)).empty


def test_a_provider_that_fails_all_along_and_did_not_before_has_an_incident() -> None:
    """It is held against itself, from the first hour on."""
    with held(2, outage=(0, 24), earlier=1) as (store, about):
        (found,) = incidents(store, about, incident_hours(*asked(store, about))).to_dict("records")
        assert (found["recipient_domain"], found["first_hour"]) == (DOMAINS[0], 1)
        assert found["against"] in (Against.OWN, Against.BEFORE)


def failing_alike(failing: int, sent: int, hours: int) -> FailureHours:
    """So many of the messages relayed to one provider in each hour fail in it."""
    each = pd.DataFrame({"recipient_domain": DOMAINS[0], "relay_hour": range(1, hours + 1)})
    results = each.assign(hour=each["relay_hour"], tried=sent, failing=failing)
    return FailureHours(results, each.assign(relayed=sent), START, START + timedelta(hours=hours))


def test_an_outage_that_lasts_is_seen_beside_a_small_delivery_before() -> None:
    """Six of ten fail in every hour, so that is usual in this delivery; of the few before hardly one did."""
    hours = failing_alike(600, 1000, 10)
    assert incident_hours(hours, []).empty
    found = incident_hours(hours, [failing_alike(4, 200, 1)])
    assert set(found["against"]) == {Against.BEFORE}
    assert found["hour"].tolist() == list(range(1, 11))
    assert incident_hours(hours, [failing_alike(110, 200, 1)]).empty


def test_every_cell_opens_the_messages_that_it_counts(random_store: Store) -> None:  # noqa: F811
    """The failing ones of each domain and hour; the others together as well."""
    counted = Counter[bool]()
    for about, at in cases(random_store):
        hours = failure_hours(random_store, about, at)
        shown = failure_rates(hours, 2)
        named = tuple(shown["recipient_domain"].dropna().unique())
        for row in shown.to_dict("records"):
            is_named = isinstance(row["recipient_domain"], str)
            domains, but_domains = ((row["recipient_domain"],), ()) if is_named else ((), named)
            selection = failing_in(about, domains, row["hour"], row["hour"], but_domains)
            assert row_count(random_store, about, selection, Mode.WITH_EFS, at) == row["failing"]
            assert row["failing"] <= min(row["tried"], row["sent"])
            counted[is_named] += row["failing"]
    assert counted[True]
    assert counted[False]


def test_a_failure_of_a_message_that_was_withdrawn_before_its_relay_is_none(
    store: Store, import_text: Callable[..., object]
) -> None:
    """It was never sent, so no square of the hours counts it: neither its failure nor its rows."""
    log = "kind,event_time,message_id,recipient,delivery_id\n" + "".join(
        f"{kind},2026-03-01T10:{minute:02}:00Z,m{number},u{number}@one.example,d0\n"
        for kind, minute, number in (
            ("relayed", 0, 1), ("deferred", 5, 1), ("targeted", 0, 2), ("cancelled", 1, 2), ("deferred", 6, 2)
        )
    )  # fmt: skip
    import_text(log)
    about = delivery(store, "d0")
    (cell,) = failure_rates(failure_hours(store, about), 1).to_dict("records")
    assert (cell["failing"], cell["tried"], cell["sent"]) == (1, 1, 1)
    assert row_count(store, about, failing_in(about, ("one.example",), 1, 1), Mode.WITH_EFS) == 1
    hour = pd.DataFrame([{"recipient_domain": "one.example", "hour": 1, "rate": 1.0}])
    assert incidents(store, about, hour)["messages"].tolist() == [1]
