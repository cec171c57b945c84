"""An analyst at work: toggles, scrubs, chooses deliveries and pages through rows, and notes what the page shows."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from analytics.modes import Mode
from tests.load.truth import Numbers
from tests.load.wire import WireSession

_SINCE_START = re.compile(r"\+(?:([\d,]+) h )?(?:(\d+) min )?(?:(\d+) s )?= ")
_ROWS = re.compile(r"([\d,]+) messages? as of (.*?) · ")
_AS_OF = re.compile(r"As of (.*?); the data reach to ")
_ROWS_PAGE, _ROWS_ALONE = "sending-logs", ("kpi", "page")
_PAGE_ROWS = 100


class Action(StrEnum):
    """What an analyst does."""

    OPEN = "open"
    TOGGLE = "toggle"
    SCRUB = "scrub"
    CHOOSE = "choose a delivery"
    PAGE = "page through rows"


@dataclass(frozen=True)
class Seen:
    """What the page showed after an action. Times in seconds of the monotonic clock."""

    action: Action
    began: float
    ended: float
    delivery_id: str
    mode: Mode
    minute: int
    values: tuple[str, ...]
    captions: tuple[str, ...]
    as_of: str
    rows: tuple[int, int, int] | None
    """How many messages the page of rows counts, which page of them it lists, and how many, where it was opened."""
    errors: tuple[str, ...]

    def agrees_with(self, numbers: Numbers | None) -> bool:
        """Whether this is what the page has to show, to the last digit."""
        if numbers is None or self.as_of != numbers.as_of:
            return False
        if self.rows is not None:
            counted, page, listed = self.rows
            return counted == numbers.delivered and listed == min(counted - (page - 1) * _PAGE_ROWS, _PAGE_ROWS)
        return self.values == numbers.values and set(numbers.made_of) <= set(self.captions)


class Analyst:
    """One session with somebody in front of it. Her choices follow from the number that she is given."""

    def __init__(self, session: WireSession, number: int) -> None:
        self._session, self._random = session, Random(number)  # noqa: S311 - no secret
        self._mode = Mode.WITH_EFS
        self._is_among_rows = False
        self._acts: dict[Action, Callable[[], Awaitable[None]]] = {
            Action.OPEN: session.run,
            Action.TOGGLE: self._toggle,
            Action.SCRUB: self._scrub,
            Action.CHOOSE: self._choose,
            Action.PAGE: self._page,
        }

    async def act(self, action: Action) -> Seen:
        """Do something, wait until the page is drawn, and look at it."""
        if self._is_among_rows:
            await self._leave_rows()
        began = time.monotonic()
        await self._acts[action]()
        return self._look(action, began)

    async def work(
        self, think_seconds: tuple[float, float], is_over: asyncio.Event, weights: dict[Action, int]
    ) -> list[Seen]:
        """Think and act until it is over. weights: how often she does what, one against the other."""
        seen = []
        while not is_over.is_set():
            try:
                async with asyncio.timeout(self._random.uniform(*think_seconds)):
                    await is_over.wait()
            except TimeoutError:
                (action,) = self._random.choices(list(weights), list(weights.values()))
                seen.append(await self.act(action))
        return seen

    async def _toggle(self) -> None:
        self._mode = Mode.WITHOUT_EFS if self._mode is Mode.WITH_EFS else Mode.WITH_EFS
        await self._session.change("efs", self._mode is Mode.WITH_EFS)

    async def _scrub(self) -> None:
        slider = self._session.screen.widget("at")
        if slider:
            await self._session.change("at", self._random.randint(0, int(slider.element.slider.max)))

    async def _choose(self) -> None:
        chooser = self._session.screen.widget("choice_delivery")
        if chooser:
            await self._session.change("choice_delivery", self._random.choice(chooser.element.selectbox.options))

    async def _page(self) -> None:
        """Open the rows of Delivered and turn some pages."""
        self._is_among_rows = True
        self._session.parameters["kpi"] = "delivered"
        await self._session.visit(_ROWS_PAGE)
        for page in ("2", "3"):
            if self._session.screen.elements("pagination"):
                self._session.parameters["page"] = page
                await self._session.run()

    async def _leave_rows(self) -> None:
        for name in _ROWS_ALONE:
            self._session.parameters.pop(name, None)
        self._is_among_rows = False
        await self._session.visit("")

    def _look(self, action: Action, began: float) -> Seen:
        screen = self._session.screen
        captions = tuple(screen.captions())
        return Seen(
            action,
            began,
            time.monotonic(),
            self._session.parameters.get("delivery", ""),
            self._mode,
            _minute(captions),
            tuple(screen.metrics()),
            captions,
            _first(_AS_OF, captions) or _first(_ROWS, captions, 2),
            self._rows(captions),
            tuple(screen.errors()),
        )

    def _rows(self, captions: tuple[str, ...]) -> tuple[int, int, int] | None:
        if not self._is_among_rows:
            return None
        listed = sum(table.num_rows for table in self._session.screen.tables())
        return _number(_first(_ROWS, captions)), int(self._session.parameters.get("page", "1")), listed


def _minute(captions: tuple[str, ...]) -> int:
    """The minute of the scrubber that is shown: a minute that has begun counts, as at its end; -1 if there is none."""
    told = next((found for caption in captions if (found := _SINCE_START.match(caption))), None)
    if not told:
        return -1
    hours, minutes, seconds = (int((number or "0").replace(",", "")) for number in told.groups())
    return hours * 60 + minutes + bool(seconds)


def _first(words: re.Pattern[str], captions: tuple[str, ...], group: int = 1) -> str:
    return next((found[group] for caption in captions if (found := words.match(caption))), "")


def _number(text: str) -> int:
    return int(text.replace(",", "") or -1)
