"""Failures by type, reason, code and domain: each count is that of its rows, and together they are the tile's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import islice

import pandas as pd
import pytest

from analytics.domains import domains
from analytics.failure_rows import selection_of
from analytics.failure_shares import with_shares
from analytics.failures import Dimension, Fate, breakdown, counted_fates, failure_codes, failures
from analytics.kpis import Base
from analytics.modes import Kpi, Mode, states_counting_as
from analytics.rows import row_count, selected_messages
from analytics.selection import Selection, Step, changes_to
from analytics.tile import tile
from data.deliveries import Delivery, deliveries
from data.ingest import import_log
from data.readers.reader import Options
from data.states import State
from data.store import Store
from tests.analytics.test_identities import HOURS, moments, random_log
from tests.data.random_logs import as_csv
from tests.data.reference_fold import Event

COLUMNS = {
    Dimension.DOMAIN: "recipient_domain", Dimension.REASON: "reason", Dimension.TYPE: "type", Dimension.CODE: "code"
}  # fmt: skip
FAILING = (
    *changes_to(State.RETRYING, State.FAILED, State.INFERRED_EXPIRY), (State.RETRYING, State.INFERRED_EXPIRY)
)  # fmt: skip
REPLIES = [
    ("550", "hard", "User unknown"), ("452", "", "Mailbox full"), ("", "", ""), ("554", "block", "Refused"),
    ("552", "soft", "Mailbox full"), ("421", "undetermined", "Unreachable"), ("571", "admin", ""),
]  # fmt: skip


def with_replies(log: list[Event]) -> str:
    """The log as CSV, its failures with replies of all types; some bounces come out of band."""
    header, *lines = as_csv(log).splitlines()
    told = [f"{header},smtp_code,bounce_type,reason,phase"]
    for number, (line, event) in enumerate(zip(lines, log, strict=True)):
        is_failure = event.kind in ("deferred", "bounced", "expired", "failed", "rejected")
        reply = REPLIES[number % len(REPLIES)] if is_failure else ("", "", "")
        told.append(",".join([line, *reply, "out_of_band" if event.kind == "bounced" and number % 3 == 0 else ""]))
    return "\n".join(told) + "\n"


@pytest.fixture(scope="module", params=[4, 5])
def random_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a random log whose failures have replies."""
    folder = tmp_path_factory.mktemp("failures")
    path = folder / "log.csv"
    path.write_text(with_replies(random_log(request.param, 150)))
    with Store(folder / "store.duckdb") as opened:
        import_log(opened, path, Options(validity_hours=HOURS))
        yield opened


def cases(store: Store) -> Iterator[tuple[Delivery, datetime]]:
    """Every delivery at some moments."""
    for about in deliveries(store):
        yield from ((about, at) for at in islice(moments(about), 1, None, 3))


def rows_of(
    store: Store, about: Delivery, at: datetime, fates: tuple[Fate, ...], dimension: Dimension, value: str
) -> int:
    """How many rows a figure of the breakdown opens, which is the same in both modes."""
    selection = selection_of(fates, dimension, value)
    (count,) = {row_count(store, about, selection, mode, at) for mode in (Mode.WITH_EFS, Mode.WITHOUT_EFS)}
    return count


@pytest.mark.parametrize("dimension", list(Dimension))
def test_every_figure_is_the_number_of_its_rows(random_store: Store, dimension: Dimension) -> None:
    """By each dimension, for what failed, is retried or recovered, and what is failing; in both modes."""
    seen = set()
    for about, at in cases(random_store):
        told = (
            failure_codes(random_store, about, at) if dimension is Dimension.CODE else failures(random_store, about, at)
        )
        for row in breakdown(told, COLUMNS[dimension], Mode.WITH_EFS).to_dict("records"):
            value = row["value"]
            seen.add(value)
            assert row["bounces_errors"] == row["failed"] + row["retrying"]
            assert (
                rows_of(random_store, about, at, counted_fates(Mode.WITH_EFS), dimension, value)
                == (row["bounces_errors"])
            )
            if row["recovered"]:
                assert rows_of(random_store, about, at, (Fate.RECOVERED,), dimension, value) == row["recovered"]
            if dimension is not Dimension.TYPE:
                assert rows_of(random_store, about, at, (Fate.FAILED,), dimension, value) == row["failed"]
                assert rows_of(random_store, about, at, (Fate.RETRYING,), dimension, value) == row["retrying"]
    assert len(seen) >= 4


def test_types_reasons_and_domains_add_up_to_the_tile(random_store: Store) -> None:
    """Failed + retrying is Bounces + errors with EFS, failed alone that elsewhere, by whatever they are told apart."""
    for about, at in cases(random_store):
        told = failures(random_store, about, at)
        for mode in Mode:
            shown = tile(random_store, about, mode, at).bounces_errors
            for column in ("recipient_domain", "reason", "type"):
                by = breakdown(told, column, mode)
                assert by["bounces_errors"].sum() == shown
                assert by["failed"].sum() + by["retrying"].sum() * (mode is Mode.WITH_EFS) == shown


def base_selection(mode: Mode, base: Base) -> Selection:
    """The messages that a base counts."""
    if base is Base.REPORTED:
        counted = (states_counting_as(kpi, mode) for kpi in (Kpi.DELIVERED, Kpi.BOUNCES_ERRORS))
        return Selection(states=tuple(state for states in counted for state in states))
    return Selection(kpi=Kpi.TO_DELIVER if base is Base.TO_DELIVER else Kpi.SENT)


@pytest.mark.parametrize("dimension", list(Dimension))
@pytest.mark.parametrize("mode", list(Mode))
def test_no_share_is_above_the_whole(random_store: Store, mode: Mode, dimension: Dimension) -> None:
    """Whatever the base: what is divided are messages of the base, and of the domain where the base is a domain's."""
    shares = 0
    for about, at in islice(cases(random_store), 1, None, 4):

        @cache
        def messages(selection: Selection, about: Delivery = about, at: datetime = at) -> set[int]:
            return set(selected_messages(random_store, about, selection, mode, at)["message_key"].tolist())

        of_code = dimension is Dimension.CODE
        told = failure_codes(random_store, about, at) if of_code else failures(random_store, about, at)
        table = breakdown(told, COLUMNS[dimension], mode)
        for base in Base:
            bases: int | pd.Series = tile(random_store, about, mode, at, base).base_count
            if dimension is Dimension.DOMAIN:
                bases = domains(random_store, about, mode, at, base).set_index("recipient_domain")["base_count"]
            for row in with_shares(table[table["bounces_errors"] > 0], bases).to_dict("records"):
                part = messages(selection_of(counted_fates(mode), dimension, row["value"]))
                of_domain = (row["value"],) if dimension is Dimension.DOMAIN else ()
                whole = messages(replace(base_selection(mode, base), domains=of_domain))
                assert part <= whole
                assert row["share"] == len(part) / len(whole) <= 1
                shares += 1
    assert shares


def test_all_that_ever_failed_is_what_the_fates_add_up_to(random_store: Store) -> None:
    """Failed, retrying and recovered are all messages that ever failed, but for those withdrawn meanwhile."""
    for about, at in cases(random_store):
        told = failures(random_store, about, at)
        ever = row_count(random_store, about, Selection(step=Step(changes=FAILING)), Mode.WITH_EFS, at)
        assert 0 <= ever - told["messages"].sum() <= tile(random_store, about, Mode.WITH_EFS, at).canceled
