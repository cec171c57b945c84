"""The job behind the Import page: its stages, its end, and what goes wrong on the way."""

from pathlib import Path
from threading import Event

from data.ingest import Progress, import_log
from data.report import ImportReport
from data.sources import sources
from data.statements import scalar
from data.store import Store
from pages.logs.desk import ImportDesk, Work
from pages.logs.uploads import UploadFolder
from pages.session.import_job import STAGES, ImportJob, Task
from tests.pages.logs import SETTLING_LOG

_LONGEST_WAIT_SECONDS = 60


def test_the_stages_of_a_job_are_those_of_an_import(store: Store, tmp_path: Path) -> None:
    """Progress counts towards the stages that there are."""
    log = tmp_path / "log.csv"
    log.write_text(SETTLING_LOG)
    told: list[str] = []
    import_log(store, log, progress=told.append)
    assert tuple(told) == STAGES


def test_a_cancelled_import_keeps_nothing_and_says_so(store: Store, tmp_path: Path) -> None:
    """Cancel stops it at the next stage at the latest."""
    log = tmp_path / "log.csv"
    log.write_text(SETTLING_LOG)

    is_known = Event()

    def run(progress: Progress) -> list[ImportReport]:
        is_known.wait()

        def cancelling(stage: str) -> None:
            if stage == STAGES[2]:
                job.cancel()
            progress(stage)

        return [import_log(store, log, progress=cancelling)]

    job = ImportJob(store, [Task("log.csv", run)])
    is_known.set()
    job.wait(_LONGEST_WAIT_SECONDS)
    assert job.is_cancelled
    assert job.reports == []
    assert job.error is None
    assert sources(store).empty


def test_a_statement_that_runs_is_interrupted(store: Store) -> None:
    """Cancel does not wait for a long statement to end."""
    is_known = Event()

    def run(_: Progress) -> list[ImportReport]:
        is_known.wait()
        with store.transaction() as cursor:
            job.cancel()
            cursor.execute("SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b")
        return []

    job = ImportJob(store, [Task("A long statement", run)])
    is_known.set()
    job.wait(_LONGEST_WAIT_SECONDS)
    assert job.is_cancelled


def test_an_interruption_never_reaches_another_writer(store: Store) -> None:
    """Only the thread that was asked to stop is stopped."""
    with store.transaction() as cursor:
        store.interrupt(thread=-1)
        assert scalar(cursor, "SELECT 1") == 1


def test_trouble_with_the_disk_is_a_sentence(store: Store) -> None:
    """An import that fails for a reason outside the log says which, without a traceback."""

    def run(_: Progress) -> list[ImportReport]:
        raise OSError(28, "No space left on device")

    job = ImportJob(store, [Task("log.csv", run)])
    job.wait(_LONGEST_WAIT_SECONDS)
    assert job.error == "log.csv was not finished and nothing of it was kept: [Errno 28] No space left on device."


def test_trouble_in_the_store_is_a_sentence(store: Store) -> None:
    """What DuckDB cannot do is said in its first line."""

    def run(_: Progress) -> list[ImportReport]:
        with store.transaction() as cursor:
            cursor.execute("SELECT error('Out of memory')")
        return []

    job = ImportJob(store, [Task("log.csv", run)])
    job.wait(_LONGEST_WAIT_SECONDS)
    assert job.error
    assert job.error.startswith("log.csv was not finished. The store could not do that and kept nothing (")
    assert "Out of memory" in job.error


def test_a_stopped_check_waits_to_be_asked_again(store: Store, tmp_path: Path) -> None:
    """After Cancel nothing starts by itself."""
    desk = ImportDesk(store)
    log = tmp_path / "log.csv"
    log.write_text(SETTLING_LOG)
    with log.open("rb") as file:
        desk.take([("log.csv", file)])
    with store.transaction():
        desk.check()
        assert desk.job
        desk.job.cancel()
    desk.job.wait(_LONGEST_WAIT_SECONDS)
    desk.collect()
    assert desk.said == ["The check was stopped; nothing was changed."]
    desk.check()
    assert desk.job is None
    desk.check_again()
    desk.check()
    assert desk.work is Work.CHECK
    desk.job.wait(_LONGEST_WAIT_SECONDS)
    desk.collect()
    assert [upload.name for upload in desk.importable()] == ["log.csv"]


def test_an_upload_never_names_a_path(tmp_path: Path) -> None:
    """A file name is what is shown, not where it is stored."""
    path = tmp_path / "log"
    path.write_text("x")
    with path.open("rb") as file:
        (upload,) = UploadFolder(tmp_path / "store.duckdb").take("../../etc/\x1b[31mpasswd\n", file)
    assert upload.path.name == "1"
    assert upload.name == "../../etc/\ufffd[31mpasswd\ufffd"
