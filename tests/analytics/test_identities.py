"""The identities that always hold, on random logs: every moment, both modes, to the message."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from analytics.modes import Kpi, Mode
from analytics.rows import row_count, rows
from analytics.tile import Tile, series, state_counts, tile
from data.deliveries import Delivery, deliveries, delivery
from data.events import Kind
from data.ingest import import_log
from data.readers.reader import Options
from data.states import State
from data.store import Store
from tests.data.random_logs import START, VALIDITY, as_csv
from tests.data.reference_fold import Event, Story, stories

LIKELY = [Kind.DEFERRED, Kind.DELIVERED, Kind.DELIVERED, Kind.BOUNCED]
HOURS = VALIDITY / timedelta(hours=1)


def random_log(seed: int, messages: int = 90) -> list[Event]:
    """A log of three deliveries whose messages mostly behave: relayed, then a few events of any kind."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets

    def moment(hours: float) -> datetime:
        return START + timedelta(seconds=dice.randint(0, int(hours * 3600)))

    log = []
    for number in range(messages):
        message = (f"m{number}", f"user{number}@domain{number % 4}.example", f"d{number % 3}")
        if number % 20:
            log.append(Event(Kind.RELAYED, moment(0.5), *message))
        for _ in range(dice.randint(0, 4)):
            kind = dice.choice(LIKELY) if dice.random() < 0.8 else dice.choice(list(Kind))
            log.append(Event(kind, moment(6), *message))
    return log


def imported(folder: Path, name: str, log: list[Event]) -> Store:
    """A store that holds the log."""
    path = folder / f"{name}.csv"
    path.write_text(as_csv(log))
    store = Store(folder / f"{name}.duckdb")
    import_log(store, path, Options(validity_hours=HOURS))
    return store


@pytest.fixture(scope="module", params=[1, 2, 3])
def log(request: pytest.FixtureRequest) -> list[Event]:
    """A random log."""
    return random_log(request.param)


@pytest.fixture(scope="module")
def store(log: list[Event], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that holds it."""
    with imported(tmp_path_factory.mktemp("identities"), "whole", log) as opened:
        yield opened


@pytest.fixture(scope="module")
def told(log: list[Event]) -> dict[tuple[str, str, str], Story]:
    """What became of each message, by the plain fold."""
    return stories(log, VALIDITY, max(event.event_time for event in log))


def moments(about: Delivery) -> list[datetime]:
    """From before the start to the end, on whole minutes and between them."""
    span = about.observed_until - about.started_at
    return [about.started_at + span * part / 7 for part in range(-1, 8)] + [about.started_at + timedelta(minutes=61)]


def cases(store: Store) -> Iterator[tuple[Delivery, datetime, Tile, Tile]]:
    """Every delivery at every moment, with its tile with and without EFS."""
    for about in deliveries(store):
        for at in moments(about):
            yield about, at, tile(store, about, Mode.WITH_EFS, at), tile(store, about, Mode.WITHOUT_EFS, at)


def states_at(store: Store, about: Delivery, at: datetime) -> dict[State, int]:
    """Messages by state at a moment."""
    counts = state_counts(store, about, at).iloc[0]
    return {state: int(counts[state]) for state in State}


def test_1_with_efs_all_messages_to_deliver_are_accounted_for(store: Store) -> None:
    """With EFS, base To deliver: Delivered + B+E + Pending + Canceled = 100 %."""
    for _, _, efs, _ in cases(store):
        assert efs.delivered + efs.bounces_errors + efs.pending + efs.canceled == efs.to_deliver == efs.base_count


def test_2_without_efs_all_messages_sent_are_accounted_for(store: Store) -> None:
    """Without EFS, base Sent: Delivered + B+E + those cancelled after their relay = 100 %."""
    for about, at, _, plain in cases(store):
        never_relayed = states_at(store, about, at)[State.TARGETED]
        cancelled_before = plain.to_deliver - plain.sent - never_relayed
        settled = plain.delivered + plain.bounces_errors + plain.canceled - cancelled_before
        assert settled == plain.sent == plain.base_count


def test_3_the_gap_between_the_modes_is_what_is_still_open(store: Store) -> None:
    """Delivered(EFS) <= Delivered(no EFS); the gap = in_flight + retrying, to the message."""
    for about, at, efs, plain in cases(store):
        states = states_at(store, about, at)
        assert plain.delivered - efs.delivered == states[State.IN_FLIGHT] + states[State.RETRYING]


def test_4_the_gap_between_the_failures_is_what_is_retried(store: Store) -> None:
    """B+E(EFS) - B+E(no EFS) = retrying."""
    for about, at, efs, plain in cases(store):
        assert efs.bounces_errors - plain.bounces_errors == states_at(store, about, at)[State.RETRYING]


def test_5_delivered_moves_one_way_while_nothing_is_corrected(store: Store) -> None:
    """Delivered(EFS) never falls but by a late correction; once all is relayed, Delivered(no EFS) rises only by one."""
    for about in deliveries(store):
        efs = series(store, about, Mode.WITH_EFS, with_test_profiles=True)
        plain = series(store, about, Mode.WITHOUT_EFS, with_test_profiles=True)
        with store.cursor() as cursor:
            corrected = cursor.execute(
                "SELECT count(*) FILTER (from_state = 'delivered'), count(*) FILTER (from_state = 'inferred_expiry'"
                " AND to_state = 'delivered') FROM transition WHERE delivery_key = ?",
                [about.delivery_key],
            ).fetchall()[0]
        fallen = -efs["delivered"].diff().clip(upper=0).sum()
        assert fallen <= corrected[0]
        all_relayed = plain["sent"] == plain["sent"].max()
        assert plain["delivered"][all_relayed].diff().clip(lower=0).sum() <= corrected[1]


def test_6_the_modes_agree_when_nothing_is_open(store: Store, told: dict[tuple[str, str, str], Story]) -> None:
    """When nothing is in flight or retrying, both modes show the same Delivered and the same Bounces + errors."""
    assert told
    for about, at, efs, plain in cases(store):
        states = states_at(store, about, at)
        if not states[State.IN_FLIGHT] + states[State.RETRYING]:
            assert (efs.delivered, efs.bounces_errors) == (plain.delivered, plain.bounces_errors)


@pytest.mark.parametrize("part", [0.1, 0.4, 0.7])
def test_7_the_tile_as_of_a_moment_is_that_of_the_log_cut_there(
    store: Store, log: list[Event], part: float, tmp_path: Path
) -> None:
    """Sent, Delivered and Bounces + errors as of t from the whole log equal those from the log cut at t."""
    ordered = sorted(event.event_time for event in log)
    cut_at = ordered[int(len(ordered) * part)]
    with imported(tmp_path, "cut", [event for event in log if event.event_time <= cut_at]) as cut:
        for about in deliveries(cut):
            for mode in (Mode.WITH_EFS, Mode.WITHOUT_EFS):
                if mode is Mode.WITH_EFS and not about.has_delivery_feedback:
                    continue
                then = tile(cut, about, mode)
                now = tile(store, delivery(store, about.delivery_id), mode, cut_at)
                assert (then.sent, then.delivered, then.bounces_errors) == (now.sent, now.delivered, now.bounces_errors)


def test_9_a_count_is_the_number_of_its_rows(store: Store) -> None:
    """Every KPI of the tile equals the number of rows that its drill-down lists, and what it says that it lists."""
    for about, at, efs, plain in islice(cases(store), 0, None, 4):
        for mode, shown in ((Mode.WITH_EFS, efs), (Mode.WITHOUT_EFS, plain)):
            for kpi in Kpi:
                listed = rows(store, about, kpi, mode, at, limit=10_000)
                assert len(listed) == row_count(store, about, kpi, mode, at) == getattr(shown, kpi)


def test_the_states_at_any_moment_are_those_of_the_plain_fold(
    store: Store, told: dict[tuple[str, str, str], Story]
) -> None:
    """Messages by state at a moment, whole minute or not, equal a count over the stories."""
    for about, at, _, _ in cases(store):
        mine = [story for (delivery_id, *_), story in told.items() if delivery_id == about.delivery_id]
        kept = [story for story in mine if story.state_at(datetime.max) is not State.EXCLUDED]
        counted = {state: sum(story.state_at(about.moment(at)) is state for story in kept) for state in State}
        states = states_at(store, about, at)
        assert {state: states[state] for state in State if state is not State.EXCLUDED} == {
            state: counted[state] for state in State if state is not State.EXCLUDED
        }


def test_a_series_row_is_the_tile_at_its_moment(store: Store) -> None:
    """Tile and series agree at every step, in every figure."""
    for about in deliveries(store):
        for mode in Mode:
            for row in series(store, about, mode, timedelta(minutes=47)).to_dict("records"):
                shown = tile(store, about, mode, row["at"].to_pydatetime())
                for name, value in row.items():
                    if name != "at":
                        figure = getattr(shown, str(name))
                        assert (figure is None and value != value) or figure == value  # noqa: PLR0124 - NaN


def test_the_rows_tell_the_state_of_the_message(store: Store) -> None:
    """Addresses are masked unless asked for, and come with the status of the mode."""
    about = deliveries(store)[0]
    masked = rows(store, about, Kpi.SENT, Mode.WITH_EFS)
    plain = rows(store, about, Kpi.SENT, Mode.WITH_EFS, masked=False)
    assert masked["address"].str.contains(r"^.\*\*\*@domain", regex=True).all()
    assert plain["address"].str.startswith("user").all()
    assert set(rows(store, about, Kpi.BOUNCES_ERRORS, Mode.WITHOUT_EFS)["status"]) <= {"Failed"}
