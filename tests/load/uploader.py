"""Drop a file on the Import page as a browser does: ask for a place, send the file there, tell the page."""

import asyncio
import http.client
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.load.wire import WireSession

_PIECE = 1 << 16
_BOUNDARY = "----sendlog-upload"


async def drop(session: WireSession, address: str, log: Path, size_bytes: int) -> None:
    """Upload a file and have the page take it."""
    (uploader,) = session.screen.elements("file_uploader")
    place = await _place_for(session, log.name)
    await asyncio.to_thread(send_file, address, place.upload_url, log)
    state = WidgetState(id=uploader.element.file_uploader.id)
    info = state.file_uploader_state_value.uploaded_file_info.add()
    info.name, info.size, info.file_id = log.name, size_bytes, place.file_id
    info.file_urls.CopyFrom(place)
    await session.run(state)


def send_file(address: str, path: str, log: Path) -> None:
    """Send a file piece by piece, with the token that keeps other sites from doing so."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", "/_stcore/health")
    with connection.getresponse() as answer:
        answer.read()
        cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    head, tail = _form(log.name)
    headers = {
        "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
        "Content-Length": str(len(head) + log.stat().st_size + len(tail)),
        "Cookie": cookie,
        "X-Xsrftoken": cookie.partition("=")[2],
    }
    connection.request("PUT", path, _pieces(head, log, tail), headers)
    with connection.getresponse() as answer:
        if answer.status != http.HTTPStatus.NO_CONTENT:
            message = f"The upload was answered with {answer.status}: {answer.read().decode()}"
            raise OSError(message)
    connection.close()


async def _place_for(session: WireSession, name: str) -> FileURLs:
    asked = BackMsg()
    asked.file_urls_request.request_id, asked.file_urls_request.session_id = str(uuid.uuid4()), session.session_id
    asked.file_urls_request.file_names.append(name)
    await session.send(asked)
    while (answer := await session.receive()).WhichOneof("type") != "file_urls_response":
        pass
    place: FileURLs = answer.file_urls_response.file_urls[0]
    return place


def _form(name: str) -> tuple[bytes, bytes]:
    disposition = f'Content-Disposition: form-data; name="file"; filename="{name}"'
    head = f"--{_BOUNDARY}\r\n{disposition}\r\nContent-Type: text/csv\r\n\r\n"
    return head.encode(), f"\r\n--{_BOUNDARY}--\r\n".encode()


def _pieces(head: bytes, log: Path, tail: bytes) -> Iterator[bytes]:
    yield head
    with log.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
    yield tail
