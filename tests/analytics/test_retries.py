"""Attempts, their yield and what is still open: each count is that of its rows."""

from collections.abc import Callable
from datetime import timedelta

from analytics.modes import Kpi, Mode
from analytics.open_messages import OPEN_STATES, open_messages, open_since
from analytics.retries import attempts, reached, waiting_times, yields
from analytics.rows import row_count
from analytics.tile import state_counts
from data.deliveries import delivery
from data.events import Kind
from data.states import State
from data.store import Store
from tests.analytics.test_failures import cases, random_store  # noqa: F401 - a fixture
from tests.data.random_logs import START

LOG = """\
kind,event_time,message_id,recipient,delivery_id,phase,expires_at
relayed,2026-03-01T10:00:00Z,m1,a@one.example,d1,,
relayed,2026-03-01T10:00:00Z,m2,b@one.example,d1,,
relayed,2026-03-01T10:00:00Z,m3,c@one.example,d1,,
relayed,2026-03-01T11:30:00Z,m4,d@one.example,d1,,2026-03-01T20:00:00Z
deferred,2026-03-01T10:00:10Z,m1,a@one.example,d1,,
deferred,2026-03-01T10:05:10Z,m1,a@one.example,d1,,
delivered,2026-03-01T10:20:10Z,m1,a@one.example,d1,,
delivered,2026-03-01T10:00:30Z,m2,b@one.example,d1,,
bounced,2026-03-01T12:00:00Z,m2,b@one.example,d1,out_of_band,
deferred,2026-03-01T10:01:00Z,m3,c@one.example,d1,,
"""


def test_every_attempt_opens_the_messages_that_it_counts(random_store: Store) -> None:  # noqa: F811
    """Reached, accepted, deferred and bounced, at any moment."""
    longest = 0
    for about, at in cases(random_store):
        for row in yields(attempts(random_store, about, at)).to_dict("records"):
            number = int(row["attempt"])
            longest = max(longest, number)
            assert row_count(random_store, about, reached(number), Mode.WITH_EFS, at) == row["reached"]
            for kind in (Kind.DELIVERED, Kind.DEFERRED, Kind.BOUNCED):
                name = {Kind.DELIVERED: "accepted"}.get(kind, kind.value)
                assert row_count(random_store, about, reached(number, kind), Mode.WITH_EFS, at) == row[name]
    assert longest >= 3


def test_open_messages_are_those_in_flight_and_retrying(random_store: Store) -> None:  # noqa: F811
    """They add up to the states of the moment, and each hour opens its own."""
    for about, at in cases(random_store):
        told, states = open_messages(random_store, about, at), state_counts(random_store, about, at).iloc[0]
        for state in OPEN_STATES:
            assert told[state.value].sum() == states[state]
            for row in told.to_dict("records"):
                selection = open_since(about, int(row["relay_hour"]), state)
                assert row_count(random_store, about, selection, Mode.WITH_EFS, at) == row[state.value]


def test_an_attempt_ends_with_a_result_and_waits_since_the_one_before(
    store: Store, import_text: Callable[..., object]
) -> None:
    """A bounce out of band is no attempt; the first wait is since the relay."""
    import_text(LOG)
    about = delivery(store, "d1")
    told = attempts(store, about)
    first, second, third = yields(told).to_dict("records")
    assert (first["reached"], first["accepted"], first["deferred"], first["bounced"]) == (3, 1, 2, 0)
    assert (first["median_wait"], first["p90_wait"]) == (timedelta(seconds=30), timedelta(seconds=60))
    assert (second["reached"], second["accepted"], second["median_wait"]) == (1, 0, timedelta(minutes=5))
    assert (third["accepted"], third["accepted_so_far"], third["median_wait"]) == (1, 2, timedelta(minutes=15))
    assert waiting_times(told).to_dict("records") == [
        {"span": 1, "kind": "deferred", "messages": 1},
        {"span": 2, "kind": "delivered", "messages": 1},
    ]


def test_a_message_accepted_twice_is_one_message_accepted(store: Store, import_text: Callable[..., object]) -> None:
    """Each acceptance that is told ends an attempt, but the message counts once among those accepted so far."""
    import_text(LOG + "delivered,2026-03-01T10:30:00Z,m2,b@one.example,d1,,\n")
    table = yields(attempts(store, delivery(store, "d1")))
    assert table["accepted"].tolist() == [1, 1, 1]
    assert table["accepted_so_far"].tolist() == [1, 1, 2]


def test_an_open_message_ends_where_the_log_says_or_with_its_validity_period(
    store: Store, import_text: Callable[..., object]
) -> None:
    """At the end of the log one is retried since its relay at ten, and one in flight with an end of its own."""
    import_text(LOG, validity_hours=6.0)
    about = delivery(store, "d1")
    retried, flying = open_messages(store, about).to_dict("records")
    assert (retried["relay_hour"], retried["retrying"], retried["in_flight"]) == (1, 1, 0)
    assert retried["first_end"] == retried["last_end"] == START + timedelta(hours=6)
    assert (flying["relay_hour"], flying["in_flight"], flying["last_end"]) == (2, 1, START + timedelta(hours=10))
    assert row_count(store, about, open_since(about, 2, State.IN_FLIGHT), Mode.WITH_EFS) == 1
    assert row_count(store, about, Kpi.SENT, Mode.WITH_EFS) == 4
