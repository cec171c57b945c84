"""What a session has dropped, checked and imported: the state behind the Import page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import BinaryIO

from data.errors import LogUnreadableError
from data.events import Kind
from data.report import ImportReport, Status
from data.sentences import Sentence
from data.store import Store
from pages.logs.tasks import Declaration, import_task, removal_task, samples_task
from pages.logs.uploads import Upload, UploadFolder
from pages.session.import_job import ImportJob, Task


class Work(StrEnum):
    """What a job is for."""

    CHECK = "check"
    IMPORT = "import"
    SAMPLES = "samples"
    REMOVE = "remove"


class ImportDesk:
    """The dropped files, their dry runs, and the job that is running. One per session."""

    def __init__(self, store: Store) -> None:
        self.uploads: list[Upload] = []
        self.checked: dict[int, ImportReport] = {}
        """The dry runs by the number of the upload, all as `declared`."""
        self.declared = Declaration()
        self.is_check_stopped = False
        self.imported: list[ImportReport] = []
        """What the last import did."""
        self.said: list[str] = []
        """What happened last to the dropped files, a sentence each."""
        self.said_of_sources: list[str] = []
        """What became of the last removal, a sentence each."""
        self.job: ImportJob | None = None
        self.work: Work | None = None
        self.drops = 0
        self._checked_version = store.data_version()
        self._store = store
        self._folder = UploadFolder(store.path)
        self._at_work: list[Upload] = []

    def take(self, files: Sequence[tuple[str, BinaryIO]]) -> None:
        """Keep dropped files, given by name and content, on disk; one that is there already is not kept twice.

        A .zip is the logs in it.
        """
        self.drops += 1
        self._forget_the_last_work()
        if not self.uploads:
            self.give_meanings({})
        self.is_check_stopped = False
        for name, file in files:
            try:
                for upload in self._folder.take(name, file):
                    self._keep(upload)
            except LogUnreadableError as error:
                self.said.append(error.args[0])

    def _keep(self, upload: Upload) -> None:
        twin = next((each for each in self.uploads if each.digest == upload.digest), None)
        if twin:
            upload.path.unlink()
            self.said.append(_about_twins(upload.name, twin.name))
        else:
            self.uploads.append(upload)

    def leave_out(self, upload: Upload) -> None:
        """Take a dropped file off the desk."""
        self.uploads.remove(upload)
        self.checked.pop(upload.number, None)
        upload.path.unlink(missing_ok=True)

    def declare(self, declared: Declaration) -> None:
        """Read the dropped files as declared; what was checked otherwise is checked anew."""
        if declared != self.declared:
            self.declared = declared
            self.check_again()

    def give_meanings(self, meanings: Mapping[str, Kind]) -> None:
        """Read unknown words of the dropped files as these kinds; files that are dropped later begin without."""
        self.declare(replace(self.declared, options=replace(self.declared.options, meanings=meanings)))

    def check_again(self) -> None:
        """Forget the dry runs."""
        self.checked, self.is_check_stopped = {}, False
        if self.job and self.work is Work.CHECK:
            self.job.cancel()
            self.job = self.work = None

    def check(self) -> None:
        """Start the dry runs that are missing; those that were made before other data came tell nothing any more."""
        self._forget_outdated_checks()
        unchecked = [upload for upload in self.uploads if upload.number not in self.checked]
        if unchecked and not self.job and not self.is_check_stopped:
            self._start_files(Work.CHECK, unchecked)

    def _forget_outdated_checks(self) -> None:
        version = self._store.data_version()
        if version != self._checked_version and self.work in {None, Work.CHECK}:
            self._checked_version, self.checked = version, {}
            if self.job:
                self.job.cancel()
                self.job = self.work = None

    def importable(self) -> list[Upload]:
        """The dropped files that would be imported."""
        return [upload for upload in self.uploads if self._is_importable(upload)]

    def import_all(self) -> None:
        """Start the import of what can be imported."""
        self._start_files(Work.IMPORT, self.importable())

    def import_samples(self) -> None:
        """Start the import of the sample logs."""
        self._start(Work.SAMPLES, [samples_task(self._store)])

    def remove(self, source_id: int, name: str) -> None:
        """Start taking a source out of the store."""
        self._start(Work.REMOVE, [removal_task(self._store, source_id, name)])

    def collect(self) -> None:
        """Take over what a finished job did."""
        if not self.job or self.job.is_running:
            return
        job, work, self.job, self.work = self.job, self.work, None, None
        said = self.said_of_sources if work is Work.REMOVE else self.said
        said += [job.error] if job.error else []
        if work is Work.CHECK:
            self._collect_checks(job)
        elif work is Work.REMOVE:
            self._collect_removal(job)
        else:
            self._collect_import(job)

    def _is_importable(self, upload: Upload) -> bool:
        report = self.checked.get(upload.number)
        return report is not None and report.status == Status.IMPORTED

    def _start_files(self, work: Work, uploads: list[Upload]) -> None:
        tasks = [import_task(self._store, upload, self.declared, dry_run=work is Work.CHECK) for upload in uploads]
        self._start(work, tasks, uploads)

    def _start(self, work: Work, tasks: list[Task], uploads: Sequence[Upload] = ()) -> None:
        if self.job is None:
            if work is not Work.CHECK:
                self._forget_the_last_work()
            self._at_work = list(uploads)
            self.work, self.job = work, ImportJob(self._store, tasks)

    def _forget_the_last_work(self) -> None:
        self.said, self.said_of_sources, self.imported = [], [], []

    def _collect_checks(self, job: ImportJob) -> None:
        for upload, report in zip(self._at_work, job.reports, strict=False):
            self.checked[upload.number] = report
        self.is_check_stopped = job.is_cancelled or job.error is not None
        if job.is_cancelled:
            self.said.append(Sentence("The check was stopped; nothing was changed."))

    def _collect_import(self, job: ImportJob) -> None:
        self.imported = job.reports
        if job.is_cancelled:
            name = job.standing().task.name
            self.said.append(Sentence("The import was stopped; nothing of {name} was kept.", name=name))
        for upload, report in zip(self._at_work, job.reports, strict=False):
            if report.status != Status.REFUSED:
                self.leave_out(upload)
        if job.reports:
            self.check_again()

    def _collect_removal(self, job: ImportJob) -> None:
        name = job.tasks[0].name
        if job.is_cancelled:
            self.said_of_sources.append(Sentence("The removal was stopped; {name} is still there.", name=name))
        elif not job.error:
            self.said_of_sources.append(Sentence("{name} was removed, with all that only it told.", name=name))
            self.check_again()


def _about_twins(name: str, twin: str) -> Sentence:
    if name == twin:
        return Sentence("{name} was dropped twice; it waits here once.", name=name)
    return Sentence("{name} holds the same as {twin}; it was left out.", name=name, twin=twin)
