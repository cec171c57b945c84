"""The Sending logs page as a test opens and reads it."""

from collections.abc import Callable

from anyio import from_thread
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from pages.session.downloads import DOWNLOADS

Opened = Callable[..., AppTest]
LANGUAGES = ["en", "de", "sv"]
NASTY = "**b** <i>x</i> :red[y]"


def open_logs(page: Opened, *logs: str, **parameters: str | list[str]) -> AppTest:
    """The page, on a store of these logs."""
    return page(*logs, page="sending-logs", **parameters)


def listed_addresses(at: AppTest) -> list[str]:
    """The addresses of the rows that are shown."""
    return list(at.dataframe[0].value["address"])


def offered_files(at: AppTest) -> dict[str, str]:
    """The addresses of the files offered, by their format."""
    urls = [element.proto.url for element in at.get("link_button")]
    return {url.rpartition(".")[2]: url for url in urls}


def downloaded(url: str) -> bytes:
    """What the server answers at an address."""
    sent: list[dict[str, object]] = []

    async def served() -> None:
        _, match = DOWNLOADS.matches({"type": "http", "method": "GET", "path": url, "headers": []})
        request = Request({"type": "http", "method": "GET", "path": url, "headers": [], **match})
        response = await DOWNLOADS.endpoint(request)

        async def receive() -> dict[str, object]:
            raise AssertionError

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        await response({"type": "http", "asgi": {"spec_version": "2.4"}}, receive, send)

    with from_thread.start_blocking_portal() as portal:
        portal.call(served)
    assert sent[0]["status"] == 200
    return b"".join(bytes(message.get("body", b"")) for message in sent[1:])  # type: ignore[call-overload]
