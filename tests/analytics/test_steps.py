"""The steps add up to the tile in each mode, and each counts its rows."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from analytics.modes import Mode, Status
from analytics.rows import row_count
from analytics.steps import STEPS, USUAL, Effect, StepName, steps
from analytics.tile import tile
from data.deliveries import Delivery, deliveries, delivery
from data.errors import NoDeliveryFeedbackError
from data.events import Kind
from data.states import TRANSITIONS, State
from data.store import Store
from tests.analytics.test_identities import imported, moments, random_log

EFS, PLAIN = Mode.WITH_EFS, Mode.WITHOUT_EFS
HEADER = "kind,event_time,message_id,recipient,delivery_id\n"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a random log of three deliveries."""
    with imported(tmp_path_factory.mktemp("steps"), "whole", random_log(4, messages=150)) as opened:
        yield opened


def cases(store: Store) -> Iterator[tuple[Delivery, datetime]]:
    """Every delivery at several moments, on whole minutes and between them."""
    for about in deliveries(store):
        for at in moments(about):
            yield about, at


def test_the_effects_add_up_to_the_tile_of_each_mode(held: Store) -> None:
    """Delivered and Bounces + errors are what the steps made of them, at any moment in every mode."""
    for about, at in cases(held):
        for mode in Mode:
            shown, taken = tile(held, about, mode, at), steps(held, about, [mode], at)
            assert sum(step.effects[mode].delivered for step in taken) == shown.delivered
            assert sum(step.effects[mode].bounces_errors for step in taken) == shown.bounces_errors


@pytest.mark.parametrize("mode", [EFS, PLAIN])
def test_a_step_counts_its_rows(held: Store, mode: Mode) -> None:
    """As many messages took a step as its selection lists, at any moment."""
    told = set()
    for about, at in list(cases(held))[::4]:
        for step in steps(held, about, [mode], at):
            assert step.messages == row_count(held, about, step.selection, mode, at)
            told |= {step.name} if step.messages else set()
    assert told >= set(USUAL) | {StepName.LATE_BOUNCE, StepName.CANCELLED, StepName.INFERRED_EXPIRY}


def test_every_change_of_state_is_one_step() -> None:
    """Whatever the table of transitions allows is in exactly one step, but for preparation and exclusion."""
    allowed = {(before, after, kind) for (before, kind), after in TRANSITIONS.items() if before is not after}
    first = {(None, after, kind) for before, after, kind in allowed if before is State.TARGETED}
    for before, after, kind in [*allowed, *first, (State.RETRYING, State.INFERRED_EXPIRY, Kind.EXPIRED)]:
        made = [
            name for name, step in STEPS.items() if (before, after) in step.changes and kind in (step.kinds or Kind)
        ]
        assert len(made) == (0 if after is State.EXCLUDED else 1)


def _event(kind: str, hour: int, delivery_id: str, message: str = "m1") -> str:
    return f"{kind},2026-03-01T{hour}:00:00Z,{message},someone@one.example,{delivery_id}\n"


# The acceptance table: the events of a message, and what the step of the last of them did with EFS and without: to
# Delivered, to Bounces + errors, and the status afterwards.
TABLE = {
    StepName.RELAYED: ("relayed", (0, 0, Status.PENDING), (1, 0, Status.SENT)),
    StepName.ACCEPTED: ("relayed delivered", (1, 0, Status.SENT), (0, 0, Status.SENT)),
    StepName.BOUNCED: ("relayed bounced", (0, 1, Status.FAILED), (-1, 1, Status.FAILED)),
    StepName.SOFT_BOUNCE: ("relayed deferred", (0, 1, Status.FAILED), (0, 0, Status.SENT)),
    StepName.RETRY_SUCCEEDED: ("relayed deferred delivered", (1, -1, Status.SENT), (0, 0, Status.SENT)),
    StepName.RETRIES_FAILED: ("relayed deferred expired", (0, 0, Status.FAILED), (-1, 1, Status.FAILED)),
}


def test_the_steps_do_what_the_acceptance_table_says(store: Store, import_text: Callable[..., object]) -> None:
    """Each cell: how the last event of a message moved the counts, and its status afterwards."""
    log = "".join(
        # The other message, retried late, makes each a log with feedback, whatever else it tells.
        _event("deferred", 20, name, "m2") + "".join(_event(kind, 10 + n, name) for n, kind in enumerate(kinds.split()))
        for name, (kinds, _, _) in TABLE.items()
    )
    import_text(HEADER + log)
    for name, (kinds, with_efs, without_efs) in TABLE.items():
        about = delivery(store, name)
        last = datetime(2026, 3, 1, 9 + len(kinds.split()))
        (taken,) = (step for step in steps(store, about, [EFS, PLAIN], last) if step.name is name)
        assert (taken.messages, taken.effects) == (1, {EFS: Effect(*with_efs), PLAIN: Effect(*without_efs)})


@pytest.mark.parametrize(("first", "taken"), [("targeted", 0), ("relayed", 1), ("cancelled", 1)])
def test_a_single_kind_of_change_or_none_is_told(
    store: Store, import_text: Callable[..., object], first: str, taken: int
) -> None:
    """Before anything happened no step is taken; where all messages did but one thing, it is that step or none."""
    import_text(HEADER + _event(first, 10, "d1") + _event("relayed", 12, "d1", "m2"))
    about = delivery(store, "d1")
    for hour, messages in ((9, 0), (10, taken)):
        told = steps(store, about, [PLAIN], datetime(2026, 3, 1, hour))
        assert sum(step.messages for step in told) == messages


def test_the_steps_need_feedback_where_the_mode_does(store: Store, import_text: Callable[..., object]) -> None:
    """Of a log without acceptances only the mode without EFS can be told."""
    import_text(HEADER + _event("relayed", 10, "d1") + _event("bounced", 11, "d1"))
    about = delivery(store, "d1")
    with pytest.raises(NoDeliveryFeedbackError):
        steps(store, about, [PLAIN, EFS])
    assert sum(step.effects[PLAIN].bounces_errors for step in steps(store, about, [PLAIN])) == 1
