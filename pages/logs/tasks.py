"""What the Import page lets run in the background."""

from dataclasses import dataclass, field

from data.ingest import Progress, import_log
from data.readers.reader import Options
from data.report import ImportReport
from data.sentences import Sentence
from data.sources import remove_source
from data.store import Store
from pages.logs.uploads import Upload
from pages.session.import_job import Task
from pages.session.samples import load_samples


@dataclass(frozen=True)
class Declaration:
    """What the analyst says about the dropped files; nothing where nothing is said."""

    format_name: str | None = None
    options: Options = field(default_factory=Options)


def import_task(store: Store, upload: Upload, declared: Declaration, *, dry_run: bool) -> Task:
    """The import of a dropped file, or its dry run."""

    def run(progress: Progress) -> list[ImportReport]:
        return [
            import_log(
                store,
                upload.path,
                declared.options,
                name=upload.name,
                format_name=declared.format_name,
                dry_run=dry_run,
                progress=progress,
            )
        ]

    return Task(upload.name, run)


def samples_task(store: Store) -> Task:
    """The import of the sample logs."""
    return Task(Sentence("The sample logs"), lambda progress: load_samples(store, progress))


def removal_task(store: Store, source_id: int, name: str) -> Task:
    """Taking a source out of the store. It reports nothing."""

    def run(progress: Progress) -> list[ImportReport]:
        remove_source(store, str(source_id), progress)
        return []

    return Task(name, run)
