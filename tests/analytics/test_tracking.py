"""Opens and clicks on random logs: every count equals a count in plain Python, and opens the rows that it counts."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from analytics.engagement import MACHINE_WITHIN
from analytics.machine_opens import DELAYS, delay_span, first_openings
from analytics.modes import Kpi, Mode
from analytics.rows import row_count
from analytics.selection import Selection
from analytics.tile import engagement_shown_until, tile
from analytics.tile_clock import tile_clock
from analytics.tracking import Tracking, tracking, tracking_by_domain
from analytics.tracking_figures import EVENT_FIGURES, HOUR, MESSAGE_FIGURES, selection_of
from analytics.tracking_rows import Conditions, Listed, Machine, tracking_rows
from data.deliveries import Delivery, deliveries, delivery
from data.events import Kind
from data.recomputation import recompute
from data.states import State
from data.store import Store
from tests.analytics.plain_tracking import OPENING, Line, Tracked, domain_of, figures, hour_of, imported, lines, tracked
from tests.data.random_logs import START, VALIDITY
from tests.data.reference_fold import Event, Story, stories

MODES = [Mode.WITH_EFS, Mode.WITHOUT_EFS]
SELECTED = [figure for figure in MESSAGE_FIGURES if figure not in ("inferred", "unjudged")]


@pytest.fixture(scope="module", params=[1, 2])
def log(request: pytest.FixtureRequest) -> list[Line]:
    """A random log."""
    return lines(request.param)


@pytest.fixture(scope="module")
def store(log: list[Line], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that holds it."""
    with imported(tmp_path_factory.mktemp("tracking"), log) as opened:
        yield opened


@pytest.fixture(scope="module")
def told(log: list[Line]) -> dict[tuple[str, str, str], Story]:
    """What became of each message, by the plain fold."""
    return stories((line.event for line in log), VALIDITY, max(line.event.event_time for line in log))


def cases(store: Store) -> Iterator[tuple[Delivery, datetime]]:
    """A delivery between minutes and at the end, and another before anything happened and on a full hour."""
    one, other = deliveries(store)
    yield one, one.started_at + (one.observed_until - one.started_at) / 3
    yield one, one.observed_until
    yield other, other.started_at - HOUR
    yield other, START + 2 * HOUR


def test_ten_seconds_is_the_rule() -> None:
    """The plain count below rests on it, and the page says it."""
    assert timedelta(seconds=10) == MACHINE_WITHIN
    assert MACHINE_WITHIN in DELAYS


@pytest.mark.parametrize("mode", MODES)
def test_every_figure_is_that_of_a_plain_count(
    store: Store, log: list[Line], told: dict[tuple[str, str, str], Story], mode: Mode
) -> None:
    """In all, by hour, by domain and by link, at every moment, in both modes."""
    for about, at in cases(store):
        answer, events = tracking(store, about, mode, at), tracked(log, told, about, at)
        assert answer.total == figures(events, mode)
        for frame, column, key in (
            (answer.hours, "hour", lambda event: hour_of(event.moment)),
            (answer.domains, "recipient_domain", domain_of),
            (answer.links, "link", lambda event: event.url),
        ):
            listed = {row.pop(column): row for row in frame.to_dict("records")}
            kept = events if column != "link" else [event for event in events if event.kind is Kind.CLICKED]
            assert set(listed) == {key(event) for event in kept}
            for name, row in listed.items():
                expected = figures([event for event in events if key(event) == name], mode)
                assert {figure: row[figure] for figure in expected} == expected


def test_the_random_logs_hold_every_case(
    store: Store, log: list[Line], told: dict[tuple[str, str, str], Story]
) -> None:
    """No figure is 0 throughout, or the other tests would say nothing of it."""
    most: Counter[str] = Counter()
    for about, at in cases(store):
        most |= Counter(figures(tracked(log, told, about, at), Mode.WITH_EFS))
        most["excluded"] += sum(event.state is State.EXCLUDED for event in tracked(log, told, about, at))
    assert all(most[figure] for figure in (*MESSAGE_FIGURES, *EVENT_FIGURES, "excluded"))


@pytest.mark.parametrize("mode", MODES)
def test_at_the_tiles_own_clock_the_figures_are_the_tiles(store: Store, mode: Mode) -> None:
    """The same messages, excluded ones among them: in all, by domain, in the tracking log, and in the tile's rows."""
    for about in deliveries(store):
        for minutes in range(-60, 600, 45):
            at = about.moment(about.started_at + timedelta(minutes=minutes))
            shown, until = tile(store, about, mode, at), engagement_shown_until(about, at)
            answer = tracking(store, about, mode, until)
            assert (shown.opened, shown.clicked) == (answer.total["opened"], answer.total["clicked"])
            assert (shown.opened, shown.clicked) == (answer.domains["opened"].sum(), answer.domains["clicked"].sum())
            assert shown.opened == tracking_rows(store, about, Conditions(Listed.FIRST), until)[1]
            for kpi, count in ((Kpi.OPENED, shown.opened), (Kpi.CLICKED, shown.clicked)):
                assert count == row_count(store, about, Selection(kpi=kpi), mode, at)
                assert count == row_count(store, about, selection_of(kpi.value), mode, until)


@pytest.mark.parametrize("mode", MODES)
def test_every_count_of_messages_is_that_of_its_rows(store: Store, mode: Mode) -> None:
    """In all, and in each hour, domain and link."""
    for about, at in cases(store):
        answer = tracking(store, about, mode, at)
        for figure in SELECTED:
            assert answer.total[figure] == row_count(store, about, selection_of(figure), mode, at)
        for frame, column, name in (
            (answer.hours, "hour", "hour"),
            (answer.domains.head(2), "recipient_domain", "domain"),
        ):
            for row in frame.to_dict("records"):
                for figure in ("opened", "clicked", "opened_without_machines"):
                    chosen = selection_of(figure, **{name: row[column]})
                    assert row[figure] == row_count(store, about, chosen, mode, at)
        for row in answer.links.to_dict("records"):
            assert row["clicked"] == row_count(store, about, selection_of("clicked", link=row["link"]), mode, at)


@pytest.mark.parametrize(
    ("figure", "conditions"),
    [
        ("opens", Conditions(Listed.OPENED)),
        ("clicks", Conditions(Listed.CLICKED)),
        ("opt_outs", Conditions(Listed.OPTED_OUT)),
        ("complaints", Conditions(Listed.COMPLAINED)),
        ("machine_opens", Conditions(Listed.OPENED, Machine.YES)),
        ("machine_clicks", Conditions(Listed.CLICKED, Machine.YES)),
        ("opened", Conditions(Listed.FIRST)),
        ("inferred", Conditions(Listed.INFERRED)),
        ("unjudged", Conditions(Listed.FIRST, Machine.UNJUDGED)),
    ],
)
def test_the_tracking_log_lists_what_a_figure_counts(store: Store, figure: str, conditions: Conditions) -> None:
    """As many rows as the figure says, in all and in each hour and link, whatever the page."""
    for about, at in cases(store):
        answer = tracking(store, about, Mode.WITH_EFS, at)
        listed, total = tracking_rows(store, about, conditions, at, limit=10_000)
        assert len(listed) == total == answer.total[figure]
        if conditions.listed in (Listed.OPENED, Listed.CLICKED):
            for row in answer.hours.to_dict("records"):
                within = Conditions(conditions.listed, conditions.machine, hour=row["hour"])
                assert tracking_rows(store, about, within, at)[1] == row[figure]
    for row in answer.links.to_dict("records"):
        within = Conditions(Listed.CLICKED, link=row["link"])
        assert tracking_rows(store, about, within, at)[1] == row["clicks"]


def test_the_tracking_log_tells_the_events_newest_first(
    store: Store, log: list[Line], told: dict[tuple[str, str, str], Story]
) -> None:
    """Its pages together are the events, each once, with link, delay and verdict; a page beyond is empty."""
    for about, at in cases(store):
        pages = [tracking_rows(store, about, Conditions(), at, limit=30, offset=offset) for offset in range(0, 120, 30)]
        rows = [row for page, _ in pages for row in page.to_dict("records")]
        assert [row["date"] for row in rows] == sorted((row["date"] for row in rows), reverse=True)
        assert Counter(
            (
                row["message_id"],
                row["kind"],
                row["date"].to_pydatetime(),
                row["link"] if isinstance(row["link"], str) else "",
            )
            for row in rows
        ) == Counter(
            (event.message[1], event.kind.value, event.moment, event.url) for event in tracked(log, told, about, at)
        )
        for row in rows:
            if row["kind"] != "complained" and row["seconds"] == row["seconds"]:
                assert row["is_machine"] == (0 <= row["seconds"] <= 10)


def test_addresses_are_masked_unless_asked_for(store: Store) -> None:
    """The first letter and the domain are left."""
    about = deliveries(store)[0]
    masked, _ = tracking_rows(store, about, Conditions())
    plain, _ = tracking_rows(store, about, Conditions(), masked=False)
    assert masked["address"].str.contains(r"^.\*\*\*@domain", regex=True).all()
    assert plain["address"].str.startswith("user").all()


def test_the_first_openings_stand_where_their_delay_lies(
    store: Store, log: list[Line], told: dict[tuple[str, str, str], Story]
) -> None:
    """Each step counts the messages first opened so long after their acceptance, and opens them."""
    for about, at in cases(store):
        first: dict[tuple[str, str, str], Tracked] = {}
        for event in sorted(tracked(log, told, about, at), key=lambda event: event.moment):
            if event.kind in OPENING:
                first.setdefault(event.message, event)
        delays = [event.delay for event in first.values()]
        placed = [delay for delay in delays if delay is not None and delay >= timedelta(0)]
        steps, unplaced = first_openings(store, about, at)
        assert unplaced == len(delays) - len(placed)
        assert steps["messages"].sum() == len(placed)
        for row in steps.to_dict("records"):
            longer_than, within = delay_span(row["step"])
            counted = [
                delay
                for delay in placed
                if (longer_than is None or delay > longer_than) and (within is None or delay <= within)
            ]
            assert row["messages"] == len(counted)
            rows, total = tracking_rows(store, about, Conditions(Listed.FIRST, delay=row["step"]), at)
            assert len(rows) == total == len(counted)


@pytest.mark.parametrize("mode", MODES)
def test_domains_divide_by_what_they_delivered(store: Store, mode: Mode) -> None:
    """Delivered adds up to the tile's; a share of nothing is no share."""
    for about, at in cases(store):
        answer = tracking(store, about, mode, at)
        rows = tracking_by_domain(store, about, mode, answer, at)
        shown = tile(store, about, mode, at)
        assert rows["delivered"].sum() == shown.delivered
        assert rows["opened"].sum() == answer.total["opened"]
        for row in rows.to_dict("records"):
            if row["delivered"]:
                assert row["open_rate"] == row["opened"] / row["delivered"]
                assert row["click_rate_without_machines"] == row["clicked_without_machines"] / row["delivered"]
            else:
                assert row["open_rate"] != row["open_rate"]


def test_both_clocks(store: Store) -> None:
    """The tile's is what the tile shows; the true one is the number of its rows, now and at every minute."""
    for about, at in cases(store):
        clock, shown = tile_clock(store, about, at), tile(store, about, Mode.WITHOUT_EFS, at)
        assert (clock.opened_shown, clock.clicked_shown) == (shown.opened, shown.clicked)
        for figure, count in (
            ("opened", clock.opened_shown + clock.opened_since),
            ("clicked", clock.clicked_shown + clock.clicked_since),
        ):
            assert count == row_count(store, about, selection_of(figure), Mode.WITHOUT_EFS, at)
        for row in clock.course.iloc[:: max(1, len(clock.course) // 2)].to_dict("records"):
            moment = row["at"].to_pydatetime()
            then = tile(store, about, Mode.WITHOUT_EFS, moment)
            assert (row["opened_shown"], row["clicked_shown"]) == (then.opened, then.clicked)
            assert row["opened"] == row_count(store, about, selection_of("opened"), Mode.WITHOUT_EFS, moment)


def test_compute_stats_brings_what_the_tile_lacks(tmp_path: Path) -> None:
    """Afterwards the tile shows at the last moment what was told by then, and both clocks agree."""
    message = ("m1", "user1@domain1.example", "d1")
    kinds = [(Kind.RELAYED, 0), (Kind.DELIVERED, 1), (Kind.OPENED, 80), (Kind.CLICKED, 81)]
    log = [Line(Event(kind, START + timedelta(minutes=minutes), *message)) for kind, minutes in kinds]
    with imported(tmp_path, log) as store:
        lacking = tile_clock(store, delivery(store, "d1"))
        recompute(store, "d1")
        brought = tile_clock(store, delivery(store, "d1"))
    assert (lacking.opened_shown, lacking.opened_since, lacking.clicked_since) == (0, 1, 1)
    assert (brought.opened_shown, brought.opened_since, brought.clicked_since) == (1, 0, 0)
    assert (lacking.shown_until, brought.shown_until) == (START + HOUR, START + timedelta(minutes=81))


def test_shares_of_clicks_are_of_those_clicked(store: Store) -> None:
    """A link's share divides by the messages clicked at all."""
    answer: Tracking = tracking(store, deliveries(store)[0], Mode.WITH_EFS)
    for row in answer.links.to_dict("records"):
        assert row["share_of_clicked"] == row["clicked"] / answer.total["clicked"]
