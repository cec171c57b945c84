"""Opens and clicks counted in plain Python: slow, obvious, and the judge of the SQL."""

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from analytics.modes import READINGS, Kpi, Mode
from analytics.tracking_figures import HOUR
from data.deliveries import Delivery
from data.events import Kind
from data.ingest import import_log
from data.readers.reader import Options
from data.states import State
from data.store import Store
from tests.data.random_logs import START, VALIDITY
from tests.data.reference_fold import Event, Story

OPENING = {Kind.OPENED, Kind.CLICKED, Kind.UNSUBSCRIBED}
TRACKED = OPENING | {Kind.COMPLAINED}
URLS = ["https://a.example/?x=1&y=2", "https://b.example", ""]


class Line(NamedTuple):
    """One line of a log, with its link."""

    event: Event
    url: str = ""


class Tracked(NamedTuple):
    """What plain Python knows of an event. delay: since the first acceptance, none where there is none by then."""

    message: tuple[str, str, str]
    kind: Kind
    moment: datetime
    url: str
    delay: timedelta | None
    state: State

    @property
    def is_machine(self) -> bool:
        """Whether the rule says so."""
        return self.kind in OPENING and self.delay is not None and timedelta(0) <= self.delay <= timedelta(seconds=10)


def lines(seed: int) -> list[Line]:
    """Two deliveries: most messages are accepted; many are opened, within seconds, at ten seconds sharp, or later."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    log = []
    for number in range(70):
        message = (f"m{number}", f"user{number}@domain{number % 3}.example", f"d{number % 2}")
        relayed = START + timedelta(seconds=dice.randint(0, 1800))
        first = Kind.REJECTED if number % 17 == 0 else Kind.RELAYED
        log.append(Line(Event(first, relayed, *message)))
        accepted = relayed + timedelta(seconds=dice.randint(0, 3000))
        if number % 5:
            log.append(Line(Event(Kind.DELIVERED, accepted, *message)))
        if number % 7 == 0:
            log.append(Line(Event(dice.choice([Kind.BOUNCED, Kind.DEFERRED]), accepted + HOUR, *message)))
        for _ in range(dice.randint(0, 4)):
            kind = dice.choice([Kind.OPENED, Kind.OPENED, Kind.CLICKED, Kind.CLICKED, *TRACKED])
            delay = timedelta(seconds=dice.choice([-5, 0, 2, 10, 11, 60, 3600, dice.randint(0, 15_000)]))
            url = dice.choice(URLS) if kind in (Kind.CLICKED, Kind.UNSUBSCRIBED) else ""
            log.append(Line(Event(kind, accepted + delay, *message), url))
            if dice.random() < 0.2:
                log.append(log[-1])
    # An opening on the full hour, which belongs to the hour before.
    log.append(Line(Event(Kind.OPENED, START + 2 * HOUR, "m1", "user1@domain1.example", "d1")))
    return log


def imported(folder: Path, log: list[Line]) -> Store:
    """A store that holds the log."""
    rows = ["kind,event_time,message_id,recipient,delivery_id,url"]
    rows += [
        f"{e.kind},{e.event_time.isoformat()}Z,{e.message_id},{e.recipient},{e.delivery_id},{url}" for e, url in log
    ]
    (folder / "log.csv").write_text("\n".join(rows) + "\n")
    store = Store(folder / "store.duckdb")
    import_log(store, folder / "log.csv", Options(validity_hours=VALIDITY / HOUR))
    return store


def tracked(log: list[Line], told: dict[tuple[str, str, str], Story], about: Delivery, at: datetime) -> list[Tracked]:
    """The events of a delivery up to a moment, of all messages, excluded or not."""
    found = []
    for event, url in set(log):
        message = (event.delivery_id, event.message_id, event.recipient)
        moves = told[message].moves
        if event.delivery_id != about.delivery_id or event.kind not in TRACKED or event.event_time > at:
            continue
        accepted = [move.moved_at for move in moves if move.to_state is State.DELIVERED and move.moved_at <= at]
        delay = event.event_time - accepted[0] if accepted else None
        found.append(Tracked(message, event.kind, event.event_time, url, delay, told[message].state_at(at)))
    return found


def figures(events: list[Tracked], mode: Mode) -> dict[str, int]:
    """Every figure, counted in plain Python."""

    def messages(chosen: list[Tracked]) -> set[tuple[str, str, str]]:
        return {event.message for event in chosen}

    of = {kind: [event for event in events if event.kind is kind] for kind in TRACKED}
    openings = [event for event in events if event.kind in OPENING]
    failed = {state for state, reading in READINGS[mode].items() if reading.counts_as is Kpi.BOUNCES_ERRORS}
    machines = [event for event in events if event.is_machine]
    return {
        "opened": len(messages(openings)),
        "measured": len(messages(of[Kind.OPENED])),
        "inferred": len(messages(openings) - messages(of[Kind.OPENED])),
        "clicked": len(messages(of[Kind.CLICKED])),
        "opted_out": len(messages(of[Kind.UNSUBSCRIBED])),
        "complained": len(messages(of[Kind.COMPLAINED])),
        "opened_by_machine": len(messages(machines)),
        "clicked_by_machine": len(messages([event for event in machines if event.kind is Kind.CLICKED])),
        "opened_without_machines": len(messages([event for event in openings if not event.is_machine])),
        "clicked_without_machines": len(messages([event for event in of[Kind.CLICKED] if not event.is_machine])),
        "opened_but_failed": len(messages([event for event in openings if event.state in failed])),
        "unjudged": len(messages([event for event in openings if event.delay is None])),
        "opens": len(of[Kind.OPENED]),
        "clicks": len(of[Kind.CLICKED]),
        "opt_outs": len(of[Kind.UNSUBSCRIBED]),
        "complaints": len(of[Kind.COMPLAINED]),
        "machine_opens": sum(event.kind is Kind.OPENED for event in machines),
        "machine_clicks": sum(event.kind is Kind.CLICKED for event in machines),
    }


def hour_of(moment: datetime) -> datetime:
    """Where its hour begins: a full hour ends the one before."""
    return (moment - timedelta(microseconds=1)).replace(minute=0, second=0, microsecond=0)


def domain_of(event: Tracked) -> str:
    """The domain of the recipient."""
    return event.message[2].split("@")[1]
