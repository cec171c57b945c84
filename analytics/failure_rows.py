"""The rows behind the figures of failures: which messages each of them counts."""

from analytics.failures import EXPIRY_TYPES, FAILURE_KINDS, FATES, NO_TYPE, Dimension, FailureType, Fate
from analytics.selection import NONE_TOLD, Selection, Step, Told, changes_to
from data.events import Kind
from data.states import State

_TO_RETRYING = changes_to(State.RETRYING)
_TO_FAILED = changes_to(State.FAILED)
_ALL_BUT_EXPIRIES = tuple(kind for kind in Kind if kind is not Kind.EXPIRED)


def selection_of(fates: tuple[Fate, ...], dimension: Dimension | None = None, value: str = NONE_TOLD) -> Selection:
    """The messages of some fates, with a value of a dimension; recovered ones cannot be asked for along with others."""
    states = tuple(state for state, fate in FATES.items() if fate in fates)
    is_recovered = Fate.RECOVERED in fates
    step = Step(changes=_TO_RETRYING) if is_recovered else None
    if dimension is Dimension.DOMAIN:
        return Selection(states=states, domains=(value,), step=step)
    if dimension is Dimension.CODE:
        return Selection(states=states, step=step, told=Told(kinds=FAILURE_KINDS, codes=(value,)))
    if dimension is Dimension.REASON and not is_recovered:
        return Selection(states=states, reasons=(value,))
    if dimension is Dimension.REASON:
        return Selection(states=states, step=Step(changes=_TO_RETRYING, reasons=(value,)))
    if dimension is Dimension.TYPE and not is_recovered:
        return _of_type(FailureType(value))
    return Selection(states=states, step=step)


def _of_type(failure_type: FailureType) -> Selection:
    """The messages failing with a type. A message makes one change to failed, so its step is that of its failure."""
    if failure_type is FailureType.DEFERRED:
        return Selection(states=(State.RETRYING,))
    if failure_type is FailureType.INFERRED_EXPIRY:
        return Selection(states=(State.INFERRED_EXPIRY,))
    if failure_type is FailureType.EXPIRED:
        step = Step(changes=_TO_FAILED, kinds=(Kind.EXPIRED,), failure_types=EXPIRY_TYPES)
    elif failure_type is FailureType.UNDETERMINED:
        step = Step(changes=_TO_FAILED, kinds=_ALL_BUT_EXPIRIES, failure_types=NO_TYPE)
    elif failure_type is FailureType.SOFT:
        step = Step(changes=_TO_FAILED, kinds=_ALL_BUT_EXPIRIES, failure_types=(failure_type.value,))
    else:
        step = Step(changes=_TO_FAILED, failure_types=(failure_type.value,))
    return Selection(states=(State.FAILED,), step=step)
