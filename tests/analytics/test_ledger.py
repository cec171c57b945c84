"""The ledger and the breakdown by domain add up to the tile, to the message."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.__main__ import main
from analytics.domains import domains
from analytics.ledger import ReversedMomentsError, ledger
from analytics.ledger_entries import By, Entry, entries
from analytics.modes import NEEDS_FEEDBACK, Kpi, Mode
from analytics.rows import row_count, rows
from analytics.selection import Step
from analytics.tile import series, tile
from data.deliveries import Delivery, deliveries, delivery
from data.ingest import import_log
from data.readers.reader import Options
from data.statements import scalar
from data.states import State
from data.store import Store
from tests.analytics.test_identities import random_log
from tests.data.random_logs import CLOSING, LOGS, START, VALIDITY, as_csv
from tests.data.reference_fold import Event

HEADER = "kind,event_time,message_id,recipient,delivery_id,reason\n"
LOG = (
    HEADER
    + """\
relayed,2026-03-01T10:00:00Z,m1,a@one.example,d1,
relayed,2026-03-01T10:00:00Z,m2,b@two.example,d1,
relayed,2026-03-01T10:00:00Z,m3,c@two.example,d1,
delivered,2026-03-01T10:00:20Z,m1,a@one.example,d1,
bounced,2026-03-01T10:00:40Z,m2,b@two.example,d1,User unknown
delivered,2026-03-01T10:05:00Z,m3,c@two.example,d1,
bounced,2026-03-01T11:00:00Z,m3,c@two.example,d1,Mailbox full
"""
)
# At a moment of the random logs or shortly after: parts of minutes in which something happened, and whole ones.
MOMENTS = st.builds(
    lambda step, seconds: START + timedelta(seconds=step * 431 + seconds), st.integers(-1, 42), st.sampled_from([0, 7])
)


@contextmanager
def held(events: list[Event]) -> Iterator[Store]:
    """A store with a random log, in which each message goes to a domain of its own."""
    spread = [event._replace(recipient=f"someone@{event.message_id}.example") for event in events]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        path.write_text(as_csv([*spread, *CLOSING]))
        with Store(Path(folder) / "store.duckdb") as store:
            import_log(store, path, Options(validity_hours=VALIDITY / timedelta(hours=1)))
            yield store


def answerable(store: Store, mode: Mode) -> list[Delivery]:
    """The deliveries whose log can answer in a mode."""
    return [about for about in deliveries(store) if about.has_delivery_feedback or mode not in NEEDS_FEEDBACK]


@settings(max_examples=15, deadline=None)
@given(LOGS, MOMENTS, MOMENTS, st.sampled_from(Mode))
def test_the_changes_between_two_moments_add_up_to_the_difference_of_the_tiles(
    events: list[Event], one: datetime, other: datetime, mode: Mode
) -> None:
    """For every KPI, in every mode, between any two moments."""
    since, until = sorted((one, other))
    with held(events) as store:
        for about in answerable(store, mode):
            before, after = tile(store, about, mode, since), tile(store, about, mode, until)
            for kpi in Kpi:
                changes = ledger(store, about, mode, since, until, kpi)
                assert changes["change"].sum() == getattr(after, kpi) - getattr(before, kpi)
                assert (changes["messages"] > 0).all()


@settings(max_examples=15, deadline=None)
@given(LOGS, MOMENTS, st.sampled_from(Mode))
def test_the_domains_add_up_to_the_tile(events: list[Event], at: datetime, mode: Mode) -> None:
    """Every count of the tile is the sum of those of the domains, each of which is listed once."""
    with held(events) as store:
        for about in answerable(store, mode):
            shown, by_domain = asdict(tile(store, about, mode, at)), domains(store, about, mode, at)
            assert by_domain["recipient_domain"].is_unique
            assert by_domain["to_deliver"].is_monotonic_decreasing
            for name in ("to_deliver", "sent", "delivered", "bounces_errors", "pending", "canceled", "base_count"):
                assert by_domain[name].sum() == shown[name]


@settings(max_examples=10, deadline=None)
@given(LOGS, MOMENTS, st.sampled_from(Mode))
def test_rows_and_series_say_what_the_tile_says(events: list[Event], at: datetime, mode: Mode) -> None:
    """A count is that of its rows at any moment, and each minute of the series that of the tile."""
    with held(events) as store:
        for about in answerable(store, mode)[:2]:
            shown = asdict(tile(store, about, mode, at))
            for kpi in Kpi:
                assert len(rows(store, about, kpi, mode, at, limit=1000)) == shown[kpi]
            course = series(store, about, mode)
            for row in course.iloc[[0, *range(1, len(course) - 1, 37), -1]].to_dict("records"):
                then = asdict(tile(store, about, mode, row["at"].to_pydatetime()))
                assert all(then[kpi] == row[kpi.value] for kpi in Kpi)


@pytest.fixture(scope="module")
def spread(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a random log to several domains, whose failures have one of three reasons, or none."""
    path = tmp_path_factory.mktemp("entries") / "log.csv"
    header, *lines = as_csv(random_log(7, messages=150)).splitlines()
    reasons = cycle(["Mailbox full", "", "User unknown", "Refused"])
    path.write_text("\n".join([f"{header},reason", *(f"{line},{next(reasons)}" for line in lines)]))
    with Store(path.with_suffix(".duckdb")) as store:
        import_log(store, path, Options(validity_hours=VALIDITY / timedelta(hours=1)))
        yield store


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("mode", [Mode.WITH_EFS, Mode.WITHOUT_EFS])
@pytest.mark.parametrize("kpi", [Kpi.DELIVERED, Kpi.BOUNCES_ERRORS, Kpi.SENT, Kpi.PENDING])
def test_the_entries_add_up_and_each_counts_its_rows(spread: Store, by: By, mode: Mode, kpi: Kpi) -> None:
    """By whatever the ledger is read, it ends at the later tile, and each entry opens as many rows as it says."""
    for about in deliveries(spread):
        span = about.observed_until - about.started_at
        for first, second in ((0, 1), (0.15, 0.6)):
            since, until = about.started_at + span * first, about.started_at + span * second
            found = entries(ledger(spread, about, mode, since, until, kpi), by, since, until, most=3)
            before, after = (getattr(tile(spread, about, mode, at), kpi) for at in (since, until))
            assert before + sum(entry.change for entry in found) == after
            for entry in found:
                assert entry.messages == row_count(spread, about, entry.selection, mode, until)


@pytest.mark.parametrize("by", [By.DOMAIN, By.REASON])
def test_the_largest_entries_are_listed_and_the_others_taken_together(spread: Store, by: By) -> None:
    """Gains and losses of the rest are apart, and whoever is in them is told by whoever is not."""
    about = deliveries(spread)[0]
    changes = ledger(spread, about, Mode.WITH_EFS, about.started_at, None, Kpi.BOUNCES_ERRORS)
    found = entries(changes, by, about.started_at, about.observed_until, most=2)
    ordered = sorted(found, key=lambda entry: -_largest(entry))
    listed, rest = ordered[:2], ordered[2:]
    assert [len(entry.names) for entry in listed] == [1, 1]
    assert [entry.change > 0 for entry in found] == sorted((entry.change > 0 for entry in found), reverse=True)
    assert {(entry.change > 0, entry.is_correction) for entry in rest} >= {(True, False), (False, False)}
    assert all(_asked(entry) == (entry.names, ()) for entry in listed)
    for entry in rest:
        named, left_out = _asked(entry)
        assert not named
        assert set(left_out) <= {name for other in listed for name in other.names}


def _asked(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The domains or reasons whose rows an entry opens, and those that it leaves out."""
    selection, step = entry.selection, entry.selection.step or Step()
    return selection.domains + step.reasons, selection.but_domains + step.but_reasons


def _largest(rest: Entry) -> int:
    """At least so many messages have the largest of the others."""
    return rest.messages // len(rest.names)


def test_a_correction_stands_apart_from_what_it_corrects(store: Store, import_text: Callable[..., object]) -> None:
    """Retried, accepted and bounced late, a message moved Bounces + errors three times, and is in three entries."""
    import_text(HEADER + "".join(
        f"{kind},2026-03-01T1{hour}:00:00Z,m1,a@one.example,d1,{reason}\n"
        for hour, (kind, reason) in enumerate(
            [("relayed", ""), ("deferred", "Mailbox full"), ("delivered", ""), ("bounced", "User unknown")]
        )
    ))  # fmt: skip
    about = delivery(store, "d1")
    changes = ledger(store, about, Mode.WITH_EFS, about.started_at, None, Kpi.BOUNCES_ERRORS)
    found = entries(changes, By.DOMAIN, about.started_at, about.observed_until)
    assert sorted((entry.change, entry.is_correction) for entry in found) == [(-1, False), (1, False), (1, True)]


def test_a_change_names_transition_domain_and_reason(store: Store, import_text: Callable[..., object]) -> None:
    """Between two moments within one minute only what happened then is told, and a late bounce takes Delivered back."""
    import_text(LOG)
    about = delivery(store, "d1")
    (failed,) = ledger(
        store, about, Mode.WITHOUT_EFS, START + timedelta(seconds=30), START + timedelta(seconds=50)
    ).to_dict("records")
    assert failed == {
        "from_state": "in_flight", "to_state": "failed", "kind": "bounced", "recipient_domain": "two.example",
        "reason": "User unknown", "messages": 1, "change": -1,
    }  # fmt: skip
    late = ledger(store, about, Mode.WITH_EFS, START + timedelta(minutes=10))
    assert late[["from_state", "to_state", "reason", "change"]].to_dict("records") == [
        {"from_state": "delivered", "to_state": "failed", "reason": "Mailbox full", "change": -1}
    ]


def test_the_moments_stand_in_the_order_of_time(store: Store, import_text: Callable[..., object]) -> None:
    """The later moment first is a mistake, and is told as one."""
    import_text(LOG)
    with pytest.raises(ReversedMomentsError, match="earlier moment first"):
        ledger(store, delivery(store, "d1"), Mode.WITH_EFS, START + timedelta(hours=1), START)


def test_the_doors_tell_ledger_and_domains(
    store: Store, import_text: Callable[..., object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are printed for scripts; moments the wrong way round are one sentence and exit code 2."""
    import_text(LOG)
    store.close()
    asked = ["--delivery", "d1", "--mode", "with-efs", "--store", str(tmp_path / "store.duckdb")]
    assert main(["ledger", *asked, "--from", "+1m", "--to", "+2h", "--kpi", "bounces_errors", "--json"]) == 0
    assert '"reason": "Mailbox full"' in capsys.readouterr().out
    assert main(["domains", *asked, "--at", "+1m"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "recipient_domain", "two.example", "one.example",
    ]  # fmt: skip
    assert main(["ledger", *asked, "--from", "+2h", "--to", "+1m"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_store_numbers_the_states_as_their_enum_does(store: Store) -> None:
    """Counts by state come as the places of states; an ENUM in another order would give each the name of another."""
    with store.cursor() as cursor:
        assert scalar(cursor, "SELECT enum_range(NULL::state)") == list(State)
