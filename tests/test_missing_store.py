"""The doors where there is no store: what reads makes none, and says what is missing."""

from pathlib import Path
from typing import Any

import pytest

from analytics.__main__ import main as analytics
from data.__main__ import main as data

_OF_A_DELIVERY = ("--delivery", "d1", "--mode", "with-efs")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an empty file, where the default store would be."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SENDLOG_STORE", raising=False)
    (tmp_path / "empty.duckdb").touch()
    return tmp_path


@pytest.mark.parametrize("store", [None, "other/store.duckdb", "empty.duckdb"])
@pytest.mark.parametrize(
    "command",
    [
        (data, "sources"),
        (data, "deliveries"),
        (data, "about", "d1"),
        (data, "rejects", "1"),
        (data, "remove", "1"),
        (analytics, "tile", *_OF_A_DELIVERY),
        (analytics, "series", *_OF_A_DELIVERY),
        (analytics, "ledger", *_OF_A_DELIVERY, "--from", "+0m", "--to", "+9m"),
        (analytics, "domains", *_OF_A_DELIVERY),
    ],
    ids=lambda command: command[1],
)
def test_what_reads_a_store_makes_none(
    command: tuple[Any, ...], store: str | None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is none, or an empty file in its place, one sentence says which and what to do."""
    door, *arguments = command
    assert door([*arguments, "--store", store] if store else arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert f"There is no store {store or '.sendlog/sendlog.duckdb'}; import a log into it" in err
    assert [(each.name, each.stat().st_size) for each in folder.rglob("*")] == [("empty.duckdb", 0)]


def test_what_is_not_a_store_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Something else in its place is no missing store."""
    assert data(["sources", "--store", str(folder)]) == 2
    assert "cannot be opened as a store" in capsys.readouterr().err
