"""A session over the wire: what a browser sends to the server and gets from it, without the browser."""

import asyncio
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from tests.load.screen import Screen, Shown

_STILL_RUNNING = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
_FAILED = ForwardMsg.ScriptFinishedStatus.FINISHED_WITH_COMPILE_ERROR
_LONGEST_WAIT_SECONDS = 60


class WireSession:
    """One open tab. Use it as an asynchronous context manager; it is connected inside."""

    def __init__(self, address: str, page: str = "", **parameters: str) -> None:
        self.screen = Screen()
        self.parameters = dict(parameters)
        """What stands in the URL behind the question mark."""
        self.session_id = ""
        self.received_bytes = 0
        self.is_lost = False
        """Whether the server said that it has no such page."""
        self.auto_reruns: dict[str, float] = {}
        """The fragments that ask to be run again by themselves, with their seconds."""
        self._address, self._page = f"ws://{urlsplit(address).netloc}/_stcore/stream", page
        self._run_id = self._page_hash = ""
        self._cached: dict[str, ForwardMsg] = {}
        self._connection: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        self._connection = await connect(self._address, subprotocols=["streamlit"], max_size=None, compression=None)  # type: ignore[list-item]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        await self._open().close()

    async def run(self, *changed: WidgetState, fragment_id: str = "", is_auto: bool = False) -> None:
        """Have the page run, with what was changed on it; returns when the server says that it has finished."""
        state = ClientState(
            query_string=urlencode(self.parameters),
            page_name="" if self._page_hash else self._page,
            page_script_hash=self._page_hash,
            fragment_id=fragment_id,
            is_auto_rerun=is_auto,
            cached_message_hashes=list(self._cached),
        )
        state.context_info.timezone, state.context_info.color_scheme = "Europe/Stockholm", "light"
        state.widget_states.widgets.extend(changed)
        await self.send(BackMsg(rerun_script=state))
        async with asyncio.timeout(_LONGEST_WAIT_SECONDS):
            while not self._is_last(await self.receive()):
                pass

    async def visit(self, page: str) -> None:
        """Go to another page, with what stands in the URL."""
        self._page, self._page_hash = page, ""
        await self.run()

    async def send(self, message: BackMsg) -> None:
        """Send a message as the browser would."""
        await self._open().send(message.SerializeToString())

    async def receive(self) -> ForwardMsg:
        """The next message, put on the screen."""
        received = await self._open().recv(decode=False)
        self.received_bytes += len(received)
        message = ForwardMsg()
        message.ParseFromString(bytes(received))
        self._take(message)
        return message

    async def change(self, key: str, value: object) -> None:
        """Change the widget with a key, as a person would, and wait until the page is drawn."""
        shown = self.screen.widget(key)
        if shown is None:
            message = f"There is no widget {key} on the page."
            raise LookupError(message)
        await self.run(_state(shown, value), fragment_id=shown.fragment_id)

    async def rerun_by_itself(self) -> None:
        """Do once what fragments ask for that run again by themselves, after their interval."""
        for fragment_id, seconds in list(self.auto_reruns.items()):
            await asyncio.sleep(seconds)
            await self.run(fragment_id=fragment_id, is_auto=True)

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        self.is_lost |= kind == "page_not_found"
        if kind == "ref_hash":
            cached = self._cached[message.ref_hash]
            shown = ForwardMsg(delta=cached.delta, metadata=message.metadata)
            self.screen.take(shown, self._run_id)
        elif kind == "delta":
            if message.metadata.cacheable:
                self._cached[message.hash] = message
            self.screen.take(message, self._run_id)
        elif kind == "new_session":
            self._begin(message)
        elif kind == "page_info_changed":
            told = parse_qs(message.page_info_changed.query_string)
            self.parameters = {name: values[0] for name, values in told.items()}
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            self.auto_reruns[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "script_finished" and message.script_finished not in (_STILL_RUNNING, _FAILED):
            self.screen.drop_stale(self._run_id, list(message.metadata.run.fragment_ids))

    def _begin(self, message: ForwardMsg) -> None:
        self._run_id = message.metadata.run.script_run_id
        self.session_id = message.new_session.initialize.session_id
        if not message.metadata.run.fragment_ids:
            self.auto_reruns = {}

    def _is_last(self, message: ForwardMsg) -> bool:
        return message.WhichOneof("type") == "script_finished" and message.script_finished != _STILL_RUNNING

    def _open(self) -> ClientConnection:
        if self._connection is None:
            message = "The session is not connected."
            raise RuntimeError(message)
        return self._connection


def _state(shown: Shown, value: object) -> WidgetState:
    """The state of a widget as the browser sends it."""
    kind = shown.element.WhichOneof("type")
    widget = getattr(shown.element, str(kind))
    state = WidgetState(id=widget.id)
    if kind == "checkbox":
        state.bool_value = bool(value)
    elif kind == "button":
        state.trigger_value = True
    elif kind == "slider":
        state.double_array_value.data.append(float(str(value)))
    elif kind == "selectbox":
        state.string_value = str(value)
    elif kind == "number_input":
        state.double_value = float(str(value))
    else:
        message = f"A {kind} cannot be changed here."
        raise TypeError(message)
    return state
