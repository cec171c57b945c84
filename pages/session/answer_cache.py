"""What the store answered, for all sessions: each question is asked once for a version of the data."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from data.snapshot import Snapshot
from data.store import Store

_MOST_ANSWERS = 256
_caches: WeakKeyDictionary[Store, "AnswerCache"] = WeakKeyDictionary()
_opening = threading.Lock()
Answer = TypeVar("Answer")


class AnswerCache:
    """The latest answers of one store. Whoever asks what is being asked already waits for that answer."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._changing = threading.Lock()

    def answer(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """The answer to a question, asked unless it is known. It is shared: nobody may change it."""
        with self._changing:
            known = self._answers.get(question)
            answer: Future[Answer] = known or Future()
            self._answers[question] = answer
            self._answers.move_to_end(question)
            if len(self._answers) > _MOST_ANSWERS:
                self._answers.popitem(last=False)
        if known is None:
            self._ask(question, ask, answer)
        return answer.result()

    def _ask(self, question: Hashable, ask: Callable[[], Answer], answer: "Future[Answer]") -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:
            answer.set_exception(error)
            with self._changing:
                self._answers.pop(question, None)
            raise


def answer_of(store: Snapshot, question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer for the version of the data that the snapshot holds.

    Version and answer are read from the same snapshot, so that no answer can stand under another version's number.
    """
    with _opening:
        cache = _caches.setdefault(store.live, AnswerCache())
    return cache.answer((store.version, question), ask)
