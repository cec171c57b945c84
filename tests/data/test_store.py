"""The store file: what it refuses to open, and why."""

from pathlib import Path

import duckdb
import pytest

from data.errors import SendlogError, StoreUnreadableError, StoreVersionError
from data.store import Store


def test_a_store_can_be_closed_and_opened_again(tmp_path: Path) -> None:
    """What was committed is there when the file is opened again, folders above it included."""
    path = tmp_path / "new" / "folder" / "store.duckdb"
    with Store(path) as store, store.transaction() as cursor:
        cursor.execute("UPDATE store SET data_version = 7")
    with Store(path) as store:
        assert store.data_version() == 7


def test_work_that_raises_is_taken_back(store: Store) -> None:
    """A transaction that ends in an error leaves nothing behind."""

    def fail() -> None:
        with store.transaction() as cursor:
            cursor.execute("UPDATE store SET data_version = 7")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.data_version() == 0


def test_two_cursors_may_be_used_at_once(store: Store) -> None:
    """Each unit of work has a connection of its own; what one has not committed the other does not see."""
    with store.transaction() as writing, store.cursor() as reading:
        writing.execute("UPDATE store SET data_version = 7")
        assert reading.execute("SELECT data_version FROM store").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        ("UPDATE store SET schema_version = schema_version + 1", StoreVersionError, "newer Sendlog; update"),
        ("UPDATE store SET hash_probe = 1", StoreVersionError, "another version of Sendlog or DuckDB"),
        ("DROP TABLE store", StoreUnreadableError, "something else than a store"),
    ],
)
def test_a_store_of_another_version_is_refused(
    tmp_path: Path, change: str, error: type[SendlogError], sentence: str
) -> None:
    """A store written by a newer version, or under another hash, or by somebody else, gets a clear sentence."""
    path = tmp_path / "store.duckdb"
    Store(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute(change)
    with pytest.raises(error, match=sentence):
        Store(path)


@pytest.mark.parametrize("kind", ["text", "folder"])
def test_what_is_no_database_is_refused(tmp_path: Path, kind: str) -> None:
    """A text file or a folder in the store's place is left alone, with a sentence that says what to do."""
    path = tmp_path / "store.duckdb"
    if kind == "text":
        path.write_text("not a database\n" * 1000)
    else:
        path.mkdir()
    with pytest.raises(StoreUnreadableError, match="choose another file"):
        Store(path)


@pytest.mark.parametrize("chosen", [None, "room/for/much"])
def test_a_question_may_need_more_than_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str | None
) -> None:
    """What does not fit goes to disk, also in a store that was only opened; a named folder stays."""
    monkeypatch.setenv("SENDLOG_MEMORY", "60MB")
    if chosen:
        monkeypatch.setenv("SENDLOG_TEMP", str(tmp_path / chosen))
    with Store(tmp_path / "store.duckdb") as store, store.cursor() as cursor:
        shuffled = "SELECT unnest(range(3_000_000)) AS number ORDER BY hash(number) LIMIT 2_000_000 OFFSET 1"
        assert len(cursor.execute(shuffled).fetch_df()) == 2_000_000
    left = [found.name for found in tmp_path.rglob("*") if found.is_file() or not any(found.iterdir())]
    assert left == (["store.duckdb", "much"] if chosen else ["store.duckdb"])
