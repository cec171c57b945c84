"""An analyst at work: toggles, scrubs, chooses deliveries and pages through rows, and notes what the page shows."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from analytics.modes import Kpi, Mode
from tests.load.truth import Numbers
from tests.load.wire import WireSession

_MINUTE = re.compile(r"\+([\d,]+) min \(")
_ROWS = re.compile(r"([\d,]+) messages? as of ")
_PAGE = re.compile(r"Page ([\d,]+) of ")
_AS_OF = re.compile(r"As of (.*?); the data reach to ")
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
    """How many messages the dialog counts, which page of them it lists, and how many rows, where it is open."""
    errors: tuple[str, ...]

    def agrees_with(self, numbers: Numbers | None) -> bool:
        """Whether this is what the page has to show, to the last digit."""
        return (
            numbers is not None
            and self.values == numbers.values
            and set(numbers.made_of) <= set(self.captions)
            and self.as_of == numbers.as_of
            and self._lists_rows_of(numbers.counts[Kpi.DELIVERED])
        )

    def _lists_rows_of(self, count: int) -> bool:
        if self.rows is None:
            return self.action is not Action.PAGE or not count
        counted, page, listed = self.rows
        return counted == count and listed == min(count - (page - 1) * _PAGE_ROWS, _PAGE_ROWS)


class Analyst:
    """One session with somebody in front of it. Her choices follow from the number that she is given."""

    def __init__(self, session: WireSession, number: int) -> None:
        self._session, self._random = session, Random(number)  # noqa: S311 - no secret
        self._mode = Mode.WITH_EFS
        self._acts: dict[Action, Callable[[], Awaitable[None]]] = {
            Action.OPEN: session.run,
            Action.TOGGLE: self._toggle,
            Action.SCRUB: self._scrub,
            Action.CHOOSE: self._choose,
            Action.PAGE: self._page,
        }

    async def act(self, action: Action) -> Seen:
        """Do something, wait until the page is drawn, and look at it."""
        self._session.parameters.pop("rows", None)  # the dialog, if it was open, is closed
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
        """Open the rows and turn some pages."""
        await self._session.change("rows_delivered", value=True)
        for page in (2, 3):
            pages = self._session.screen.widget("rows_page")
            if pages and pages.element.number_input.max >= page:
                await self._session.change("rows_page", page)

    def _look(self, action: Action, began: float) -> Seen:
        screen = self._session.screen
        captions = tuple(screen.captions())
        return Seen(
            action,
            began,
            time.monotonic(),
            self._session.parameters.get("delivery", ""),
            self._mode,
            _number(_first(_MINUTE, captions)),
            tuple(screen.metrics()),
            captions,
            _first(_AS_OF, captions),
            self._rows(captions),
            tuple(screen.errors()),
        )

    def _rows(self, captions: tuple[str, ...]) -> tuple[int, int, int] | None:
        pages, tables = self._session.screen.widget("rows_page"), self._session.screen.tables()
        if not pages or not tables:
            return None
        page = _number(_first(_PAGE, (pages.element.number_input.label,)))
        return _number(_first(_ROWS, captions)), page, tables[0].num_rows


def _first(words: re.Pattern[str], captions: tuple[str, ...]) -> str:
    return next((found[1] for caption in captions if (found := words.match(caption))), "")


def _number(text: str) -> int:
    return int(text.replace(",", "") or -1)
