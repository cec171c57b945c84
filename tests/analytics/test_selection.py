"""Any selection of messages lists exactly those that plain Python finds in the log."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from analytics.engagement import MACHINE_WITHIN
from analytics.modes import READINGS, Kpi, Mode
from analytics.rows import row_count, rows
from analytics.selected import Sort
from analytics.selection import NONE_TOLD, Selection, Step, Told
from data.deliveries import delivery
from data.events import Kind
from data.ingest import import_log
from data.readers.reader import Options
from data.states import State
from data.store import Store
from tests.data.random_logs import START, VALIDITY
from tests.data.reference_fold import Event, Story, stories

MESSAGES = 60
CODES, LINKS = ["", "450", "550"], ["", "https://a.example/", "https://b.example/x?y=1"]
RESULTS = (Kind.DEFERRED, Kind.DELIVERED, Kind.BOUNCED)
KINDS = [Kind.DEFERRED, Kind.DEFERRED, Kind.DELIVERED, Kind.DELIVERED, Kind.BOUNCED, Kind.OPENED, Kind.CLICKED]


@dataclass(frozen=True)
class Line:
    """A line of the log."""

    event: Event
    code: str
    link: str

    @property
    def text(self) -> str:
        """As the event CSV has it."""
        kind, at, *message, _ = self.event
        return ",".join([kind, f"{at.isoformat()}Z", *message, self.code, self.link])


@dataclass(frozen=True)
class World:
    """A log, the store that holds it, and what became of each message by plain Python."""

    lines: list[Line]
    store: Store
    told: dict[str, Story]

    def events_of(self, message_id: str) -> list[Line]:
        """The lines of a message in their order; repeated ones once."""
        mine = {line for line in self.lines if line.event.message_id == message_id}
        return sorted(mine, key=lambda line: (line.event.event_time, list(Kind).index(line.event.kind)))


@pytest.fixture(scope="module", params=[1, 2])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A random log of one delivery, imported."""
    dice = random.Random(request.param)  # noqa: S311 - not for secrets
    lines = [line for number in range(MESSAGES) for line in _message(dice, number)]
    folder: Path = tmp_path_factory.mktemp("selection")
    (folder / "log.csv").write_text(
        "kind,event_time,message_id,recipient,delivery_id,smtp_code,url\n" + "\n".join(line.text for line in lines)
    )
    with Store(folder / "store.duckdb") as store:
        import_log(store, folder / "log.csv", Options(validity_hours=VALIDITY / timedelta(hours=1)))
        folded = stories([line.event for line in lines], VALIDITY, max(line.event.event_time for line in lines))
        yield World(lines, store, {message_id: story for (_, message_id, _), story in folded.items()})


def _message(dice: random.Random, number: int) -> Iterator[Line]:
    message = (f"m{number}", f"user{number}@domain{number % 3}.example", "d1")
    if number % 15 == 0:
        yield Line(Event(Kind.REJECTED, START + timedelta(seconds=number), *message), "", "")
        return
    at = START + timedelta(seconds=dice.randint(0, 600))
    yield Line(Event(Kind.RELAYED, at, *message), "", "")
    for _ in range(dice.randint(0, 6)):
        # Each event of a message has a moment of its own, so that the order of its attempts is beyond doubt.
        at += timedelta(seconds=dice.choice([1, 7, 13, 400, 3000]))
        yield Line(Event(dice.choice(KINDS), at, *message), dice.choice(CODES), dice.choice(LINKS))


MOMENTS = [START + timedelta(seconds=seconds) for seconds in (300, 1200, 4000, 40_000)]
WINDOWS = [(None, None), (START + timedelta(seconds=500), START + timedelta(seconds=3000)), (START, None)]


def _listed(world: World, selection: Selection, mode: Mode, at: datetime) -> set[str]:
    about = delivery(world.store, "d1")
    listed = rows(world.store, about, selection, mode, at, masked=False, limit=1000)
    assert len(listed) == listed["message_id"].nunique() == row_count(world.store, about, selection, mode, at)
    return set(listed["message_id"])


def _is_within(moment: datetime, part: Step | Told, at: datetime) -> bool:
    return moment <= at and (part.since or START - VALIDITY) < moment <= (part.until or at)


def _stepped(world: World, message_id: str, step: Step, at: datetime) -> bool:
    moves = world.told[message_id].moves
    relayed_at = next((move.moved_at for move in moves if move.to_state is State.IN_FLIGHT), None)
    return any(
        _is_within(move.moved_at, step, at)
        and (not step.changes or (move.from_state, move.to_state) in step.changes)
        and (step.longer_than is None or (relayed_at and move.moved_at - relayed_at > step.longer_than))
        and (step.within is None or (relayed_at and move.moved_at - relayed_at <= step.within))
        for move in moves
    )


def _told(world: World, message_id: str, told: Told, at: datetime) -> bool:
    accepted = [move.moved_at for move in world.told[message_id].moves if move.to_state is State.DELIVERED]
    attempt = 1
    for line in world.events_of(message_id):
        moment = line.event.event_time
        is_machine = bool(accepted) and timedelta() <= moment - accepted[0] <= MACHINE_WITHIN
        if (
            _is_within(moment, told, at)
            and (not told.kinds or line.event.kind in told.kinds)
            and (not told.codes or line.code in told.codes)
            and (not told.links or line.link in told.links)
            and (not told.attempts or attempt in told.attempts)
            and (told.is_machine is None or told.is_machine == is_machine)
        ):
            return True
        attempt += line.event.kind in RESULTS
    return False


def _expected(world: World, selection: Selection, mode: Mode, at: datetime) -> set[str]:
    found = set()
    for message_id, story in world.told.items():
        is_excluded = story.state_at(datetime.max) is State.EXCLUDED
        state = State.EXCLUDED if is_excluded else story.state_at(at)
        counts_as = READINGS[mode][state].counts_as
        address = world.events_of(message_id)[0].event.recipient
        if (
            (state in selection.states if selection.states else not is_excluded)
            and (selection.kpi in (None, counts_as) or (selection.kpi is Kpi.TO_DELIVER and not is_excluded))
            and (not selection.domains or address.split("@")[1] in selection.domains)
            and address.split("@")[1] not in selection.but_domains
            and selection.address.lower() in address
            and (selection.step is None or _stepped(world, message_id, selection.step, at))
            and (selection.told is None or _told(world, message_id, selection.told, at))
        ):
            found.add(message_id)
    return found


def _steps() -> Iterator[Step]:
    for since, until in WINDOWS:
        yield Step(((None, State.IN_FLIGHT),), since=since, until=until)
        yield Step(((State.RETRYING, State.DELIVERED), (State.IN_FLIGHT, State.DELIVERED)), since=since, until=until)
        yield Step(((State.DELIVERED, State.FAILED),), since=since, until=until)
        yield Step(((State.RETRYING, State.INFERRED_EXPIRY),), (Kind.EXPIRED,), since=since, until=until)
    spans = (timedelta(seconds=5), timedelta(seconds=500))
    yield Step(((State.IN_FLIGHT, State.DELIVERED),), longer_than=spans[0], within=spans[1])


def _tellings() -> Iterator[Told]:
    for since, until in WINDOWS:
        yield Told((Kind.CLICKED,), links=(LINKS[1], NONE_TOLD), since=since, until=until)
        yield Told((Kind.DEFERRED, Kind.BOUNCED), codes=("550",), since=since, until=until)
        yield Told((Kind.DEFERRED,), codes=(NONE_TOLD,), since=since, until=until)
    for attempt in (1, 2, 3):
        yield Told((Kind.DELIVERED,), attempts=(attempt,))
    yield from (Told((Kind.OPENED, Kind.CLICKED), is_machine=is_machine) for is_machine in (True, False))


SELECTIONS = [
    Selection(),
    Selection(states=(State.EXCLUDED,)),
    Selection(states=(State.IN_FLIGHT, State.RETRYING)),
    Selection(kpi=Kpi.DELIVERED, domains=("domain1.example",)),
    Selection(kpi=Kpi.DELIVERED, but_domains=("domain0.example", "domain1.example")),
    Selection(kpi=Kpi.BOUNCES_ERRORS, states=(State.RETRYING,)),
    Selection(kpi=Kpi.TO_DELIVER, address="USER1"),
    Selection(address="@domain2"),
    Selection(address="%"),
    *(Selection(step=step) for step in _steps()),
    *(Selection(told=told) for told in _tellings()),
    Selection(kpi=Kpi.DELIVERED, domains=("domain1.example", "domain2.example"), told=Told((Kind.DEFERRED,))),
]


@pytest.mark.parametrize("mode", [Mode.WITH_EFS, Mode.WITHOUT_EFS])
def test_a_selection_lists_the_messages_that_plain_python_finds(world: World, mode: Mode) -> None:
    """At every moment, in every mode: states, domains, addresses, changes and events, alone and together."""
    found = 0
    for selection in SELECTIONS:
        for at in MOMENTS:
            expected = _expected(world, selection, mode, min(at, max(line.event.event_time for line in world.lines)))
            assert _listed(world, selection, mode, at) == expected, (selection, at)
            found += len(expected)
    assert found > MESSAGES


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_put_together_are_the_whole_in_its_order(world: World, sort: Sort) -> None:
    """Sorted by any column, no message is lost or doubled between pages, and the column is in order."""
    about = delivery(world.store, "d1")
    for descending in (True, False):
        asked = {"sort": sort, "descending": descending, "masked": False}
        whole = rows(world.store, about, Selection(), Mode.WITH_EFS, limit=1000, **asked)  # type: ignore[arg-type]
        paged = [
            rows(world.store, about, Selection(), Mode.WITH_EFS, limit=7, offset=offset, **asked)["message_id"]  # type: ignore[arg-type]
            for offset in range(0, len(whole), 7)
        ]
        assert [key for page in paged for key in page] == list(whole["message_id"])
        assert whole["message_id"].is_unique
    if sort in (Sort.DATE, Sort.ADDRESS):
        told = whole[sort.value].dropna()
        assert list(told) == sorted(told)
