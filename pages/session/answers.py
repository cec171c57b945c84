"""Answers of the store that several screens or reruns need, cached until the data change."""

from datetime import timedelta

import pandas as pd
import streamlit as st

from analytics.kpis import Base
from analytics.modes import Mode
from analytics.tile import age_series, change_minutes, series, tile
from data.deliveries import Delivery, deliveries
from data.store import Store

_MOST_ROWS = 20_000


def known_deliveries(store: Store) -> list[Delivery]:
    """All deliveries, newest first."""
    return _deliveries(store, _state_of(store))


def series_of(store: Store, delivery: Delivery, mode: Mode, base: Base, *, with_test_profiles: bool) -> pd.DataFrame:
    """The KPIs of every minute; of every few minutes where a log speaks of more than two weeks."""
    return _series(store, _state_of(store), delivery, mode, base, with_test_profiles)


def age_series_of(
    store: Store, delivery: Delivery, mode: Mode, base: Base, *, with_test_profiles: bool
) -> pd.DataFrame:
    """The KPIs by message age."""
    return _age_series(store, _state_of(store), delivery, mode, base, with_test_profiles)


def change_minutes_of(store: Store, delivery: Delivery) -> list[int]:
    """The minutes since the start in which some message changes its state, ascending."""
    return _change_minutes(store, _state_of(store), delivery)


def to_deliver_of(store: Store, delivery: Delivery) -> tuple[int, int]:
    """How many messages are to deliver, and how many more are to test profiles."""
    return _to_deliver(store, _state_of(store), delivery)


def _state_of(store: Store) -> tuple[str, int]:
    return str(store.path), store.data_version()


@st.cache_data(show_spinner=False, max_entries=4)
def _deliveries(_store: Store, state: tuple[str, int]) -> list[Delivery]:  # noqa: ARG001 - the cache's key
    return deliveries(_store)


@st.cache_data(show_spinner=False, max_entries=64)
def _series(
    _store: Store,
    state: tuple[str, int],  # noqa: ARG001 - the cache's key
    delivery: Delivery,
    mode: Mode,
    base: Base,
    with_test_profiles: bool,
) -> pd.DataFrame:
    observed = delivery.observed_until - delivery.started_at
    every = timedelta(minutes=1 + observed // timedelta(minutes=_MOST_ROWS))
    return series(_store, delivery, mode, every, base, with_test_profiles=with_test_profiles)


@st.cache_data(show_spinner=False, max_entries=64)
def _age_series(
    _store: Store,
    state: tuple[str, int],  # noqa: ARG001 - the cache's key
    delivery: Delivery,
    mode: Mode,
    base: Base,
    with_test_profiles: bool,
) -> pd.DataFrame:
    return age_series(_store, delivery, mode, base, with_test_profiles=with_test_profiles)


@st.cache_data(show_spinner=False, max_entries=64)
def _change_minutes(_store: Store, state: tuple[str, int], delivery: Delivery) -> list[int]:  # noqa: ARG001 - key
    return change_minutes(_store, delivery)


@st.cache_data(show_spinner=False, max_entries=64)
def _to_deliver(_store: Store, state: tuple[str, int], delivery: Delivery) -> tuple[int, int]:  # noqa: ARG001 - key
    alone, with_tests = (
        tile(_store, delivery, Mode.WITHOUT_EFS, with_test_profiles=counted).to_deliver for counted in (False, True)
    )
    return alone, with_tests - alone
