"""What a browser would show: the elements that the server sent, by their place on the page."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

Place = tuple[int, ...]


@dataclass(frozen=True)
class Shown:
    """An element on the page, of the run that sent it last."""

    element: Element
    fragment_id: str
    run_id: str


class Screen:
    """The elements of one session. What a run does not send again leaves the page when it ends, as in a browser."""

    def __init__(self) -> None:
        self._shown: dict[Place, Shown] = {}

    def take(self, message: ForwardMsg, run_id: str) -> None:
        """Put an element in its place. Containers are not kept: places say enough."""
        if message.delta.WhichOneof("type") == "new_element":
            place = tuple(message.metadata.delta_path)
            self._shown[place] = Shown(message.delta.new_element, message.delta.fragment_id, run_id)

    def drop_stale(self, run_id: str, fragment_ids: list[str]) -> None:
        """Forget what the run that ended did not draw again: of the whole page, or of the fragments that ran."""
        self._shown = {
            place: shown
            for place, shown in self._shown.items()
            if shown.run_id == run_id or (fragment_ids and shown.fragment_id not in fragment_ids)
        }

    def elements(self, kind: str) -> list[Shown]:
        """The elements of a kind, such as metric, from top to bottom."""
        found = sorted(place for place, shown in self._shown.items() if shown.element.WhichOneof("type") == kind)
        return [self._shown[place] for place in found]

    def widget(self, key: str) -> Shown | None:
        """The widget with a key, if it is there."""
        return next((shown for shown in self._widgets() if _id_of(shown.element).endswith(f"-{key}")), None)

    def metrics(self) -> list[str]:
        """The large numbers. A sparkline is a metric without one."""
        return [shown.element.metric.body for shown in self.elements("metric") if shown.element.metric.body]

    def captions(self) -> list[str]:
        """The small print, and all other rendered text."""
        return [shown.element.markdown.body for shown in self.elements("markdown")]

    def tables(self) -> list[pa.Table]:
        """The tables with all their columns."""
        return [_table(shown.element) for shown in self.elements("dataframe")]

    def errors(self) -> list[str]:
        """What went wrong, if anything."""
        raised = [shown.element.exception.message for shown in self.elements("exception")]
        return raised + [body for body in self.captions() if ":material/error:" in body]

    def _widgets(self) -> Iterator[Shown]:
        yield from (shown for shown in self._shown.values() if _id_of(shown.element))


def _id_of(element: Element) -> str:
    return str(getattr(getattr(element, element.WhichOneof("type") or "empty"), "id", ""))


def _table(element: Element) -> pa.Table:
    with pa.ipc.open_stream(io.BytesIO(element.dataframe.arrow_data.data)) as reader:
        return reader.read_all()
