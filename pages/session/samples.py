"""The sample logs: loaded on the first start of an empty store, or on request."""

import os

import streamlit as st

from data.ingest import Progress, import_log
from data.report import ImportReport
from data.settings import SAMPLES
from data.statements import scalar
from data.store import Store
from pages.i18n.words import words
from pages.session.store import opened_store

_LOGS = (".csv", ".txt", ".log", ".ndjson", ".gz")


def load_samples(store: Store, progress: Progress = lambda _: None) -> list[ImportReport]:
    """Import the logs in data/samples, one report each. Those already in the store are reported as such."""
    logs = sorted(path for path in SAMPLES.glob("*") if path.suffix in _LOGS)
    return [import_log(store, path, progress=progress) for path in logs]


def load_samples_at_first_start() -> None:
    """Load the samples if nothing was ever imported, once per server; SENDLOG_SAMPLES=no leaves the store empty."""
    # Decorated here, where the language of the spinner is known; the cache goes by the function's name.
    st.cache_resource(show_spinner=words("Loading the sample logs, once"))(_load_into_empty_store)()


def _load_into_empty_store() -> None:
    store = opened_store()
    if os.environ.get("SENDLOG_SAMPLES") != "no" and _never_held_a_source(store):
        load_samples(store)


def _never_held_a_source(store: Store) -> bool:
    with store.cursor() as cursor:
        return store.data_version() == 0 and not scalar(cursor, "SELECT count(*) FROM source")
