"""Where things are and what is assumed when nobody says otherwise. Read from the environment at each call."""

import os
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"


def store_path() -> Path:
    """The store file: SENDLOG_STORE, else .sendlog/sendlog.duckdb below the working folder."""
    return Path(os.environ.get("SENDLOG_STORE", ".sendlog/sendlog.duckdb"))


def memory_limit() -> str:
    """What DuckDB may use before it spills to disk: SENDLOG_MEMORY, else 2500MB. The process needs 1 GB beside it."""
    return os.environ.get("SENDLOG_MEMORY", "2500MB")


def temporary_directory(store: Path) -> Path:
    """For uploads and unpacked logs: a folder beside the store, or in the one that SENDLOG_TEMP names."""
    chosen = os.environ.get("SENDLOG_TEMP")
    return (Path(chosen) if chosen else store.absolute().parent) / f"{store.name}.tmp"


def spill_directory(store: Path) -> Path:
    """For what does not fit into DuckDB's memory. DuckDB makes it, in a folder that must be there, and removes it."""
    return temporary_directory(store).with_suffix(".spill")
