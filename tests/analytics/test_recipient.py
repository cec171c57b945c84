"""What is told of one address equals what the log holds and what the sending log of each delivery lists."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest

from analytics.modes import Kpi, Mode
from analytics.recipient import History, address_of, history, recipient
from analytics.rows import rows
from analytics.selection import Selection
from data.deliveries import Delivery, deliveries, delivery
from data.ingest import import_log
from data.states import State
from data.store import Store
from tests.analytics.test_identities import imported, random_log
from tests.data.random_logs import VALIDITY
from tests.data.reference_fold import Event, stories

HEADER = (
    "kind,event_time,message_id,recipient,delivery_id,delivery_label,reason,bounce_type,diagnostic,url,test_profile\n"
)


def shared_log(seed: int) -> list[Event]:
    """A random log of three deliveries in which ten addresses get several messages of each."""
    return [
        event._replace(recipient=f"user{int(event.message_id[1:]) % 10}@domain.example") for event in random_log(seed)
    ]


@pytest.fixture(scope="module")
def log() -> list[Event]:
    """The log."""
    return shared_log(4)


@pytest.fixture(scope="module")
def store(log: list[Event], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that holds it."""
    with imported(tmp_path_factory.mktemp("recipient"), "whole", log) as opened:
        yield opened


def cases(store: Store) -> Iterator[tuple[str, Delivery, datetime, History]]:
    """Some addresses, at several moments of each delivery."""
    known = deliveries(store)
    for number in range(0, 10, 3):
        address = f"user{number}@domain.example"
        found = recipient(store, address, masked=False)
        for chosen in known:
            span = chosen.observed_until - chosen.started_at
            for part in (0, 2, 5, 7):
                at = chosen.started_at + span * part / 7
                yield address, chosen, at, history(found, known, chosen, at)


def test_every_event_of_the_address_is_told_once(store: Store, log: list[Event]) -> None:
    """Up to the chosen moment of the chosen delivery, and all of the others."""
    for address, chosen, at, shown in cases(store):
        expected = {
            (event.delivery_id, event.message_id, event.kind.value, event.event_time)
            for event in set(log)
            if event.recipient == address and (event.delivery_id != chosen.delivery_id or event.event_time <= at)
        }
        told = shown.events
        listed = list(zip(told["delivery"], told["message_id"], told["kind"], told["event_time"], strict=True))
        assert len(listed) == len(set(listed))
        assert set(listed) == expected


def test_the_states_are_those_of_the_plain_fold(store: Store, log: list[Event]) -> None:
    """Of each message, at the chosen moment or at the last one observed; who is ever excluded is so all along."""
    told = stories(log, VALIDITY, max(event.event_time for event in log))
    for address, chosen, at, shown in cases(store):
        for message in shown.messages.itertuples():
            moment = at if message.delivery_id == chosen.delivery_id else message.as_of
            story = told[str(message.delivery_id), str(message.message_id), address]
            is_excluded = story.state_at(datetime.max) is State.EXCLUDED
            assert message.state == (State.EXCLUDED if is_excluded else story.state_at(moment))  # type: ignore[arg-type]
            assert message.is_to_deliver == (not is_excluded)


@pytest.mark.parametrize("mode", list(Mode))
def test_the_messages_are_those_of_the_sending_log(store: Store, mode: Mode) -> None:
    """In every mode, at every moment: the same messages with the same status."""
    for address, chosen, at, shown in islice(cases(store), 0, None, 3):
        mine = shown.messages[shown.messages["delivery_id"] == chosen.delivery_id]
        selection = Selection(address=address)
        listed = rows(store, chosen, selection, mode, at, masked=False, limit=1000)
        statuses = dict(zip(listed["message_id"], listed["status"], strict=True))
        counted = mine[mine["is_to_deliver"]]
        assert dict(zip(counted["message_id"], counted[mode.value], strict=True)) == statuses


def test_openings_are_those_of_the_tile_at_the_end(store: Store) -> None:
    """At a full hour the tile's clock stands where the true one does."""
    found = [recipient(store, f"user{number}@domain.example") for number in range(10)]
    for chosen in deliveries(store):
        at = chosen.observed_until.replace(minute=0, second=0, microsecond=0)
        shown = pd.concat([history(each, [chosen], chosen, at).messages for each in found])
        for kpi, column in ((Kpi.OPENED, "opened_at"), (Kpi.CLICKED, "clicked_at")):
            listed = rows(store, chosen, kpi, Mode.WITHOUT_EFS, at, masked=False, limit=1000)
            assert set(shown.loc[shown[column].notna(), "message_id"]) == set(listed["message_id"])


def _line(kind: str, clock: str, address: str, extra: str = ",,,,", message: str = "m1", delivery_id: str = "D") -> str:
    return f"{kind},2026-03-02T{clock}Z,{message},{address},{delivery_id},{delivery_id},{extra}\n"


def _told(store: Store, address: str, *, masked: bool = False) -> pd.DataFrame:
    return recipient(store, address, masked=masked).events


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Import a text into a store of its own."""
    opened = Store(tmp_path / "own.duckdb")

    def imported_text(text: str) -> Store:
        path = tmp_path / "own.csv"
        path.write_text(HEADER + text)
        import_log(opened, path)
        return opened

    yield imported_text
    opened.close()


def test_only_the_domain_is_found_in_any_case(empty: Callable[[str], Store]) -> None:
    """What stands before it tells people apart; a longer address is another one."""
    store = empty(
        _line("relayed", "08:00:00", "Eva@one.example")
        + _line("delivered", "08:01:00", "Eva@ONE.example")
        + _line("relayed", "08:02:00", "eva@one.example")
        + _line("relayed", "08:03:00", "big.Eva@one.example")
        + _line("relayed", "08:04:00", "Eva")
    )
    assert _told(store, " Eva@One.Example ")["kind"].tolist() == ["relayed", "delivered"]
    assert _told(store, "eva@one.example")["event_time"].dt.minute.tolist() == [2]
    assert _told(store, "Eva")["event_time"].dt.minute.tolist() == [4]
    assert _told(store, "EVA@one.example").empty
    assert _told(store, "").empty


def test_addresses_are_masked_also_in_replies_and_links(empty: Callable[[str], Store]) -> None:
    """Unless asked for."""
    store = empty(
        _line("bounced", "08:01:00", "eva@one.example", "User unknown,hard,550 <EVA@one.example> is unknown,,")
        + _line("clicked", "08:02:00", "eva@one.example", ",,,https://x.example/?to=eva@one.example,")
    )
    hidden, plain = _told(store, "eva@one.example", masked=True), _told(store, "eva@one.example")
    assert set(hidden["address"]) == {"e***@one.example"}
    assert hidden["reason"][0] == "550 <e***@one.example> is unknown"
    assert hidden["link"][1] == "https://x.example/?to=e***@one.example"
    assert plain["reason"][0] == "550 <EVA@one.example> is unknown"
    assert plain["link"][1] == "https://x.example/?to=eva@one.example"


def test_attempts_are_numbered_by_their_results(empty: Callable[[str], Store]) -> None:
    """A relay, an opening and a bounce out of band end none."""
    store = empty(
        _line("relayed", "08:00:00", "eva@one.example")
        + _line("deferred", "08:01:00", "eva@one.example")
        + _line("deferred", "08:02:00", "eva@one.example")
        + _line("delivered", "08:03:00", "eva@one.example")
        + _line("opened", "08:04:00", "eva@one.example")
        + _line("relayed", "08:05:00", "eva@one.example", message="m2")
        + _line("delivered", "08:06:00", "eva@one.example", message="m2")
    )
    attempts = _told(store, "eva@one.example")["attempt"].fillna(0)
    assert attempts.tolist() == [0, 1, 2, 3, 0, 0, 1]


def test_test_profiles_are_left_out_unless_asked_for(empty: Callable[[str], Store]) -> None:
    """With all that happened to their messages."""
    store = empty(
        _line("relayed", "08:00:00", "eva@one.example", ",,,,true")
        + _line("delivered", "08:01:00", "eva@one.example")
        + _line("relayed", "08:02:00", "eva@one.example", message="m2")
    )
    known, chosen = deliveries(store), delivery(store, "D")
    found = recipient(store, "eva@one.example")
    alone = history(found, known, chosen, chosen.observed_until)
    assert (alone.messages["message_id"].tolist(), alone.events["message_id"].tolist()) == (["m2"], ["m2"])
    both = history(found, known, chosen, chosen.observed_until, with_test_profiles=True)
    assert (len(both.messages), len(both.events)) == (2, 3)


def test_a_log_without_feedback_says_nothing_with_efs(empty: Callable[[str], Store]) -> None:
    """Not even that the message is pending."""
    store = empty(
        _line("relayed", "08:00:00", "eva@one.example") + _line("bounced", "08:01:00", "a@b.example", ",hard,,,")
    )
    chosen = delivery(store, "D")
    message = history(recipient(store, "eva@one.example"), [chosen], chosen, chosen.observed_until).messages.iloc[0]
    assert pd.isna(message[Mode.WITH_EFS.value])
    assert message[Mode.WITHOUT_EFS.value] == "Sent"


def test_a_message_names_its_address(store: Store) -> None:
    """For links that do not hold it; another delivery has no such message."""
    first, second, *_ = deliveries(store)
    events = recipient(store, "user1@domain.example", masked=False).events
    key = int(events.loc[events["delivery_key"] == first.delivery_key, "message_key"].iloc[0])
    assert address_of(store, first, key) == "user1@domain.example"
    assert address_of(store, second, key) is None
