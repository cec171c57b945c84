"""Files that are written when they are asked for, to the disk and from there to the browser, however long they are.

Streamlit's own downloads are held in memory. A link to one of these is a ticket that nobody can guess; it is good until
the server ends, or until thousands of others were offered.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from pages.session.scratch import scratch_folder

_PLACE = "exports"
_MOST_OFFERS = 4096
_PIECE = 1 << 20
_WRITERS = 2
T = TypeVar("T")


class WritingStoppedError(Exception):
    """Nobody waits for the file any longer."""


@dataclass(frozen=True)
class Download:
    """A file to be written. write: writes it to an open file, and asks the event now and then whether to stop."""

    name: str
    mime: str
    write: Callable[[IO[bytes], threading.Event], None]


class Offers:
    """The files offered, by their tickets."""

    def __init__(self) -> None:
        self._tickets: OrderedDict[Hashable, str] = OrderedDict()
        self._downloads: dict[str, Download] = {}
        self._changing = threading.Lock()

    def link(self, asked: Hashable, download: Download) -> str:
        """The address of a file. asked: what it is a file of; the same is offered once, as it was offered last."""
        with self._changing:
            ticket = self._tickets.setdefault(asked, secrets.token_urlsafe())
            self._tickets.move_to_end(asked)
            self._downloads[ticket] = download
            while len(self._tickets) > _MOST_OFFERS:
                del self._downloads[self._tickets.popitem(last=False)[1]]
        return f"/{_PLACE}/{ticket}/{download.name}"

    def download(self, ticket: str) -> Download | None:
        """The file of a ticket; none where it is unknown."""
        return self._downloads.get(ticket)


OFFERS = Offers()


def until_stopped(stopped: threading.Event, parts: Iterable[T]) -> Iterator[T]:
    """The parts of a file; raises WritingStoppedError once nobody waits for it."""
    for part in parts:
        if stopped.is_set():
            raise WritingStoppedError
        yield part


async def _serve(request: Request) -> Response:
    download = OFFERS.download(request.path_params["ticket"])
    if download is None:
        raise HTTPException(404, "This link is no longer good. Open the page again and download from there.")
    disposition = f'attachment; filename="{download.name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return StreamingResponse(_content(download), media_type=download.mime, headers=headers)


_writing: list[CapacityLimiter] = []


async def _content(download: Download) -> AsyncIterator[bytes]:
    """The file, piece by piece, once it is written; the browser knows by then that it comes."""
    limiter = _limiter()
    stopped = threading.Event()
    with TemporaryFile(dir=scratch_folder()) as file:
        try:
            await to_thread.run_sync(download.write, file, stopped, abandon_on_cancel=True, limiter=limiter)
            file.seek(0)
            while piece := await to_thread.run_sync(file.read, _PIECE):
                yield piece
        finally:
            stopped.set()


def _limiter() -> CapacityLimiter:
    """So few files are written at a time, for each takes a processor. Made where there is an event loop."""
    if not _writing:
        _writing.append(CapacityLimiter(_WRITERS))
    return _writing[0]


DOWNLOADS = Route(f"/{_PLACE}/{{ticket}}/{{name}}", _serve, methods=["GET"])
