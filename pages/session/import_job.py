"""Imports in the background, so that a page can show how far they are and stop them. Nothing here calls Streamlit."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.errors import ImportCancelledError, SendlogError, StoreFailedError
from data.ingest import Progress
from data.report import ImportReport
from data.sentences import Sentence
from data.store import Store, told_failures

STAGES = ("Reading the file", "Reading the records", "Storing the events", "Following every message", "Counting")
"""What data.ingest.import_log tells, in its order."""

_INTERRUPT_EVERY_SECONDS = 0.1
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Task:
    """One piece of work on the store: an import or its dry run, all samples, a removal."""

    name: str
    """What it works on, such as the name of a file."""
    run: Callable[[Progress], list[ImportReport]]


@dataclass(frozen=True)
class Standing:
    """How far a job is."""

    task: Task
    task_number: int
    tasks: int
    stage: str
    stage_number: int
    stages: int
    elapsed_seconds: float

    @property
    def share(self) -> float:
        """The stages that are behind, as a share of all stages of all tasks."""
        return (self.task_number - 1 + (self.stage_number - 1) / self.stages) / self.tasks


class ImportJob:
    """Tasks in a thread of their own, one after the other; each is done wholly or not at all."""

    def __init__(self, store: Store, tasks: Sequence[Task]) -> None:
        self.tasks = list(tasks)
        self.reports: list[ImportReport] = []
        """The reports of the tasks that are done."""
        self.error: str | None = None
        """Why not all of them were done, in a sentence."""
        self.is_cancelled = False
        self._store = store
        self._asked_to_stop = threading.Event()
        self._stage: str = Sentence(STAGES[0])
        self._task_number = 1
        self._started = time.monotonic()
        # A daemon: a server that is stopped does not wait, and the transaction leaves nothing half done.
        self._thread = threading.Thread(target=self._run, name="import", daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether there is still work going on."""
        return self._thread.is_alive()

    @property
    def is_stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._asked_to_stop.is_set()

    def standing(self) -> Standing:
        """How far it is now."""
        number, stage = self._task_number, self._stage
        place = STAGES.index(stage) + 1 if stage in STAGES else 1
        elapsed_seconds = time.monotonic() - self._started
        return Standing(self.tasks[number - 1], number, len(self.tasks), stage, place, len(STAGES), elapsed_seconds)

    def cancel(self) -> None:
        """Stop the statement that runs, else at the next stage; returns at once."""
        if not self._asked_to_stop.is_set():
            self._asked_to_stop.set()
            threading.Thread(target=self._interrupt, name="stop import", daemon=True).start()

    def wait(self, timeout_seconds: float | None = None) -> None:
        """Wait until nothing is going on any more."""
        self._thread.join(timeout_seconds)

    def _interrupt(self) -> None:
        # Again and again: an interruption between two statements goes unnoticed.
        while self.is_running:
            self._store.interrupt(self._thread.ident or 0)
            self._thread.join(_INTERRUPT_EVERY_SECONDS)

    def _run(self) -> None:
        for number, task in enumerate(self.tasks, 1):
            self._task_number, self._stage = number, Sentence(STAGES[0])
            if not self._is_done(task):
                break

    def _is_done(self, task: Task) -> bool:
        try:
            with told_failures():
                self.reports += task.run(self._told)
        except ImportCancelledError:
            self.is_cancelled = True
        except StoreFailedError as error:
            _log.exception("A task failed")
            self.error = Sentence("{name} was not finished. {why}", name=task.name, why=error.args[0])
        except OSError as error:
            _log.exception("A task failed")
            why = str(error).rstrip(".")
            self.error = Sentence("{name} was not finished and nothing of it was kept: {why}.", name=task.name, why=why)
        except SendlogError as error:
            self.error = error.args[0]
        except BaseException:
            self.error = Sentence(
                "{name} was not finished and nothing of it was kept; the server's log says why.", name=task.name
            )
            raise
        return self.error is None and not self.is_cancelled

    def _told(self, stage: str) -> None:
        if self._asked_to_stop.is_set():
            raise ImportCancelledError(Sentence("The import was stopped; nothing of the file was kept."))
        self._stage = stage
