"""The sample logs on the first start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from data.deliveries import deliveries
from data.report import Status
from data.store import Store
from pages.session import samples
from pages.session.store import opened_store
from tests.pages.logs import SETTLING_LOG


@pytest.fixture
def first_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A server's store before anything was imported, and one small sample log."""
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "events.csv").write_text(SETTLING_LOG)
    (tmp_path / "samples" / "README.md").write_text("No log.")
    monkeypatch.setattr(samples, "SAMPLES", tmp_path / "samples")
    monkeypatch.setenv("SENDLOG_STORE", str(tmp_path / "store.duckdb"))
    monkeypatch.delenv("SENDLOG_SAMPLES", raising=False)
    st.cache_resource.clear()
    yield opened_store()
    opened_store().close()
    st.cache_resource.clear()


def test_a_new_store_holds_the_samples_after_the_first_start(first_start: Store) -> None:
    """There is something to look at."""
    samples.load_samples_at_first_start()
    assert [delivery.delivery_id for delivery in deliveries(first_start)] == ["DM1"]


def test_samples_can_be_left_out(first_start: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """SENDLOG_SAMPLES=no leaves the store empty."""
    monkeypatch.setenv("SENDLOG_SAMPLES", "no")
    samples.load_samples_at_first_start()
    assert not deliveries(first_start)


def test_loading_them_again_adds_nothing(first_start: Store) -> None:
    """On request they may be loaded at any time, once."""
    assert [report.status for report in samples.load_samples(first_start)] == [Status.IMPORTED]
    assert [report.status for report in samples.load_samples(first_start)] == [Status.ALREADY_IMPORTED]
