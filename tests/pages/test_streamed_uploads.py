"""Uploads on their way to disk."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope, Send

from pages.logs.spool import Spool, opened_spool
from pages.logs.streamed_uploads import StreamedUploads
from pages.logs.uploads import UploadFolder
from tests.asynchronous import awaited

_CONTENT = b"kind,event_time\r\n--edge-not\r\n" + bytes(range(256)) * 500
_HEAD = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="log.csv"\r\nContent-Type: text/csv\r\n\r\n'
_FORM = _HEAD + _CONTENT + b"\r\n--edge--\r\n"
_PATH = "/_stcore/upload_file/session/file"


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spool]:
    """The spool of an open store."""
    monkeypatch.setenv("SENDLOG_STORE", str(tmp_path / "store.duckdb"))
    yield opened_spool(tmp_path / "store.duckdb")
    st.config.set_option("server.maxUploadSize", 50_000)


class _Inside:
    """What is served behind the middleware: it reads an upload as Streamlit does."""

    def __init__(self) -> None:
        self.name = ""
        self.content = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with Request(scope, receive, send).form() as form:
            (file,) = form.values()
            assert not isinstance(file, str)
            self.name, self.content = str(file.filename), await file.read()


def _served(body: bytes, piece: int = 1000, path: str = _PATH, *, is_cut: bool = False) -> _Inside:
    """Send a body in pieces; returns what was read of it."""
    messages: list[Message] = [
        {"type": "http.request", "body": body[start : start + piece], "more_body": is_cut or start + piece < len(body)}
        for start in range(0, len(body), piece)
    ]
    left = iter([*messages, {"type": "http.disconnect"}])
    headers = [(b"content-type", b"multipart/form-data; boundary=edge")]
    scope = {"type": "http", "method": "PUT", "path": path, "query_string": b"", "headers": headers}
    inside = _Inside()

    async def receive() -> Message:
        return next(left)

    async def send(_: Message) -> None:
        raise AssertionError

    awaited(StreamedUploads(inside)(scope, receive, send))
    return inside


@pytest.mark.parametrize("piece", [1, 7, 1 << 16, 1 << 20])
def test_a_file_arrives_as_it_was_sent(spool: Spool, piece: int) -> None:
    """Wherever the network cuts it; Streamlit reads its name, and a ticket for its content."""
    inside = _served(_FORM, piece)
    arrived = spool.claim(inside.content)
    assert inside.name == "log.csv"
    assert arrived is not None
    assert arrived.path.read_bytes() == _CONTENT
    assert (arrived.size_bytes, arrived.digest) == (len(_CONTENT), hashlib.sha256(_CONTENT).hexdigest())


def test_a_session_takes_the_file_over(spool: Spool, tmp_path: Path) -> None:
    """It is moved, not copied, and a ticket serves once."""
    ticket = tmp_path / "ticket"
    ticket.write_bytes(_served(_FORM).content)
    folder = UploadFolder(tmp_path / "store.duckdb")
    for expected in (_CONTENT, ticket.read_bytes()):
        with ticket.open("rb") as file:
            (upload,) = folder.take("log.csv", file)
        assert upload.path.read_bytes() == expected
    assert [path for path in spool.folder.iterdir() if path.is_file()] == []


def test_what_is_cut_off_leaves_nothing(spool: Spool) -> None:
    """A closed tab, half a file."""
    with pytest.raises(ClientDisconnect):
        _served(_FORM[:-100], is_cut=True)
    assert list(spool.folder.iterdir()) == []


def test_what_is_too_large_leaves_nothing(spool: Spool) -> None:
    """However it is announced, no more than allowed is written."""
    st.config.set_option("server.maxUploadSize", 1)
    with pytest.raises(HTTPException, match="413"):
        _served(_HEAD + bytes(3 << 20) + b"\r\n--edge--\r\n", 1 << 16)
    assert list(spool.folder.iterdir()) == []


def test_a_damaged_form_is_refused(spool: Spool) -> None:
    """A body that is no form is the sender's fault."""
    with pytest.raises(HTTPException, match="400"):
        _served(b"no form at all")
    assert list(spool.folder.iterdir()) == []


def test_other_requests_pass_untouched(spool: Spool) -> None:
    """Only uploads are rewritten."""
    assert _served(_FORM, path="/somewhere/else").content == _CONTENT
    assert list(spool.folder.iterdir()) == []


def test_what_an_earlier_process_left_is_removed(spool: Spool, tmp_path: Path) -> None:
    """A server that was killed leaves files; the next one begins with an empty folder."""
    (spool.folder / "left").write_text("x")
    assert list(Spool(tmp_path / "store.duckdb").folder.iterdir()) == []
