"""Uploads go to disk as they arrive; Streamlit, which would hold them in memory, gets a ticket in place of each."""

import streamlit as st
from anyio import to_thread
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data import settings
from pages.logs.spool import Arriving, Spool, known_spool

_ROUTE = "/_stcore/upload_file/"
_MEGABYTE = 1 << 20


class StreamedUploads:
    """ASGI middleware. It changes what Streamlit reads at the moment it reads it, after all checks of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        spool = known_spool(settings.store_path())
        if spool is None or scope["type"] != "http" or scope["method"] != "PUT" or _ROUTE not in scope["path"]:
            await self._app(scope, receive, send)
            return
        body = _Body(scope, receive, spool)
        try:
            await self._app(scope, body.receive, send)
        finally:
            body.close()


class _Body:
    """The body of an upload: read piece by piece in a thread, so that no session waits for the disk."""

    def __init__(self, scope: Scope, receive: Receive, spool: Spool) -> None:
        _, options = parse_options_header(Headers(scope=scope).get("content-type"))
        self._parts = _Parts(options.get(b"boundary", b"none"), spool)
        self._receive = receive
        self._room = (st.get_option("server.maxUploadSize") + 1) * _MEGABYTE
        self._is_read = False

    async def receive(self) -> Message:
        """The body with its tickets, once all of it has come; from then on what the server says."""
        pieces, more = bytearray(), not self._is_read
        while more:
            message = await self._receive()
            if message["type"] != "http.request":
                return message
            pieces += message.get("body", b"")
            more = message.get("more_body", False)
            if len(pieces) >= _MEGABYTE or not more:
                await self._take(bytes(pieces))
                pieces.clear()
        if self._is_read:
            return await self._receive()
        self._is_read = True
        return {"type": "http.request", "body": self._parts.rewritten(), "more_body": False}

    def close(self) -> None:
        """Remove what did not arrive wholly."""
        self._parts.close()

    async def _take(self, pieces: bytes) -> None:
        self._room -= len(pieces)
        if self._room < 0:
            raise HTTPException(413, "File too large")
        try:
            await to_thread.run_sync(self._parts.write, pieces)
        except FormParserError as error:
            raise HTTPException(400, "The upload is damaged") from error


class _Parts:
    """The parts of a form, each with a ticket in place of its content, which goes to the spool."""

    def __init__(self, boundary: bytes, spool: Spool) -> None:
        self._boundary, self._spool = boundary, spool
        self._arriving: Arriving | None = None
        self._field, self._value = b"", b""
        self._rewritten: list[bytes] = []
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._add_field,
                "on_header_value": self._add_value,
                "on_header_end": self._end_header,
                "on_part_data": self._add_data,
                "on_part_end": self._end,
            },
        )
        self.write = parser.write
        """Read on. Raises FormParserError."""

    def rewritten(self) -> bytes:
        """The form with its tickets."""
        return b"".join([*self._rewritten, b"--", self._boundary, b"--\r\n"])

    def close(self) -> None:
        """Remove the part that was not ended."""
        if self._arriving:
            self._arriving.close().path.unlink(missing_ok=True)

    def _begin(self) -> None:
        self._arriving = self._spool.begin()
        self._rewritten += [b"--", self._boundary, b"\r\n"]

    def _add_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _add_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        self._rewritten += [self._field, b": ", self._value, b"\r\n"]
        self._field, self._value = b"", b""

    def _add_data(self, data: bytes, start: int, end: int) -> None:
        if self._arriving:
            self._arriving.write(memoryview(data)[start:end])

    def _end(self) -> None:
        if self._arriving:
            ticket = self._spool.keep(self._arriving.close())
            self._arriving = None
            self._rewritten += [b"\r\n", ticket, b"\r\n"]
