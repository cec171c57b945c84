"""What is known of the store, for all sessions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from data.report import ImportReport
from data.snapshot import held_still
from data.store import Store
from pages.session.answer_cache import AnswerCache, answer_of
from pages.session.answers import known_deliveries
from tests.pages.logs import SETTLING_LOG, SILENT_LOG

_ASKING = 4


def _ids(store: Store) -> list[str]:
    with held_still(store) as still:
        return [delivery.delivery_id for delivery in known_deliveries(still)]


def test_an_answer_is_that_of_the_version(store: Store, import_text: Callable[..., ImportReport]) -> None:
    """After an import the next to ask gets the new answer."""
    import_text(SETTLING_LOG)
    assert _ids(store) == ["DM1"]
    import_text(SILENT_LOG, "other.csv")
    assert _ids(store) == ["DM2", "DM1"]


def test_an_import_while_a_question_is_asked_leaves_no_wrong_answer(
    store: Store, import_text: Callable[..., ImportReport]
) -> None:
    """What is asked before an import and answered after it stands under the version that it belongs to."""
    import_text(SETTLING_LOG)
    with held_still(store) as still:
        import_text(SILENT_LOG, "other.csv")
        assert [delivery.delivery_id for delivery in known_deliveries(still)] == ["DM1"]
    assert _ids(store) == ["DM2", "DM1"]


def test_another_store_has_answers_of_its_own(store: Store) -> None:
    """Two stores of one version are not taken for each other."""
    with Store(store.path.with_name("other.duckdb")) as other, held_still(store) as one, held_still(other) as two:
        assert (answer_of(one, "name", lambda: "one"), answer_of(two, "name", lambda: "two")) == ("one", "two")


def test_what_many_ask_at_once_is_asked_once() -> None:
    """The others wait for the answer."""
    cache, start, may_answer = AnswerCache(), Barrier(_ASKING + 1), Event()
    asked = []

    def ask() -> str:
        asked.append(1)
        may_answer.wait()
        return "answer"

    def one_of_many() -> str:
        start.wait()
        return cache.answer("question", ask)

    with ThreadPoolExecutor(_ASKING) as threads:
        answers = [threads.submit(one_of_many) for _ in range(_ASKING)]
        start.wait()
        may_answer.set()
        assert [answer.result() for answer in answers] == ["answer"] * _ASKING
    assert len(asked) == 1


def test_a_question_that_failed_may_be_asked_again() -> None:
    """Trouble is no answer."""
    cache = AnswerCache()

    def ask() -> str:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - any
        cache.answer("question", ask)
    assert cache.answer("question", lambda: "answer") == "answer"
