"""Failures by type, reason, code and domain: each count is that of its rows, and together they are the tile's."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

import pytest

from analytics.failures import Dimension, Fate, breakdown, failure_codes, failures, selection_of
from analytics.modes import Mode
from analytics.rows import row_count
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
        for row in breakdown(told, COLUMNS[dimension]).to_dict("records"):
            value = row["value"]
            seen.add(value)
            failing = row["failed"] + row["retrying"]
            assert rows_of(random_store, about, at, (Fate.FAILED, Fate.RETRYING), dimension, value) == failing
            if row["recovered"]:
                assert rows_of(random_store, about, at, (Fate.RECOVERED,), dimension, value) == row["recovered"]
            if dimension is not Dimension.TYPE:
                assert rows_of(random_store, about, at, (Fate.FAILED,), dimension, value) == row["failed"]
                assert rows_of(random_store, about, at, (Fate.RETRYING,), dimension, value) == row["retrying"]
    assert len(seen) >= 4


def test_types_reasons_and_domains_add_up_to_the_tile(random_store: Store) -> None:
    """Failed + retrying is Bounces + errors with EFS, failed alone that without, by whatever they are told apart."""
    for about, at in cases(random_store):
        told = failures(random_store, about, at)
        efs, plain = (tile(random_store, about, mode, at).bounces_errors for mode in (Mode.WITH_EFS, Mode.WITHOUT_EFS))
        for column in ("recipient_domain", "reason", "type"):
            by = breakdown(told, column)
            assert by["failed"].sum() + by["retrying"].sum() == efs
            assert by["failed"].sum() == plain


def test_all_that_ever_failed_is_what_the_fates_add_up_to(random_store: Store) -> None:
    """Failed, retrying and recovered are all messages that ever failed, but for those withdrawn meanwhile."""
    for about, at in cases(random_store):
        told = failures(random_store, about, at)
        ever = row_count(random_store, about, Selection(step=Step(changes=FAILING)), Mode.WITH_EFS, at)
        assert 0 <= ever - told["messages"].sum() <= tile(random_store, about, Mode.WITH_EFS, at).canceled
