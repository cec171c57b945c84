"""Which messages are meant survives the way through the URL."""

from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.modes import Kpi
from analytics.selection import NONE_TOLD, Selection, Step, Told
from data.events import Kind
from data.states import State
from pages.session.selection_query import query_of, selection_from

T = TypeVar("T")
_TEXTS = st.lists(
    st.text(min_size=1, max_size=8).filter(lambda text: text.isprintable()) | st.just(NONE_TOLD), max_size=3
)
_MOMENTS = st.none() | st.datetimes(datetime(1970, 1, 1), datetime(2199, 1, 1))
_SPANS = st.none() | st.timedeltas(timedelta(0), timedelta(days=40))


def _many(values: st.SearchStrategy[list[T]]) -> st.SearchStrategy[tuple[T, ...]]:
    return values.map(tuple)


_CHANGES = st.lists(st.tuples(st.none() | st.sampled_from(State), st.sampled_from(State)), max_size=3)
_KINDS = _many(st.lists(st.sampled_from(Kind), max_size=3))
_STEPS = st.builds(
    Step,
    changes=_many(_CHANGES),
    kinds=_KINDS,
    reasons=_many(_TEXTS),
    but_reasons=_many(_TEXTS),
    failure_types=_many(_TEXTS),
    since=_MOMENTS,
    until=_MOMENTS,
    longer_than=_SPANS,
    within=_SPANS,
)
_TOLD = st.builds(
    Told,
    kinds=_KINDS,
    reasons=_many(_TEXTS),
    failure_types=_many(_TEXTS),
    codes=_many(_TEXTS),
    links=_many(_TEXTS),
    attempts=_many(st.lists(st.integers(1, 99), max_size=3)),
    is_machine=st.none() | st.booleans(),
    since=_MOMENTS,
    until=_MOMENTS,
)
_SELECTIONS = st.builds(
    Selection,
    kpi=st.none() | st.sampled_from(Kpi),
    states=_many(st.lists(st.sampled_from(State), max_size=3)),
    domains=_many(_TEXTS),
    but_domains=_many(_TEXTS),
    reasons=_many(_TEXTS),
    failure_types=_many(_TEXTS),
    address=st.text(max_size=8),
    step=st.none() | _STEPS.filter(lambda step: step != Step()),
    told=st.none() | _TOLD.filter(lambda told: told != Told()),
)


class _Parameters:
    """The parameters of a URL, as a page gets them."""

    def __init__(self, query: str) -> None:
        self._values = parse_qs(query, keep_blank_values=True)

    def get_all(self, key: str) -> list[str]:
        """All values of a parameter."""
        return self._values.get(key, [])


@settings(max_examples=200, deadline=None)
@given(_SELECTIONS)
def test_what_is_written_is_read_again(selection: Selection) -> None:
    """Every field, none told among them, times to the microsecond."""
    assert selection_from(_Parameters(urlencode(query_of(selection), doseq=True))) == selection


@pytest.mark.parametrize(
    "query", ["kpi=sold", "state=lost", "change=in_flight", "change_since=noon", "event_attempt=x", "event_machine=1"]
)
def test_a_word_that_means_nothing_is_left_out(query: str) -> None:
    """A link that was cut or written by hand opens the page all the same."""
    assert selection_from(_Parameters(query)) == Selection()
