"""What `python -m data check` prints of a dry run; the door itself is data/__main__.py."""

from collections.abc import Iterator, Sequence

import pandas as pd

from data.quality import COLUMNS, MEANINGS, Finding, Quality
from data.report import ImportReport

_NOTHING_ODD = "Nothing odd was found."


def quality_lines(quality: Quality) -> Iterator[str]:
    """The findings as lines to read: the count, the name and what it means; and the words that are not known."""
    if not quality.counts:
        yield _NOTHING_ODD
    width = max((len(f"{count:,}") for count in quality.counts.values()), default=0)
    for finding, count in quality.counts.items():
        yield f"{count:>{width},} {finding}: {MEANINGS[finding]}"
        if finding is Finding.UNKNOWN and quality.unknown_words:
            yield f"{'':{width}} {_told_words(quality)}"


def checked_as_json(report: ImportReport) -> dict[str, object]:
    """The report as `import --json` prints it, and its findings; null where the file was not read."""
    return report.as_json() | {"quality": report.quality.as_json() if report.quality else None}


def rows_of_findings(reports: Sequence[ImportReport]) -> pd.DataFrame:
    """The rows of all findings: source, finding and the columns of Quality.rows, times in ISO 8601, as logged."""
    none = pd.DataFrame(columns=["source", "finding", *COLUMNS])
    listed = [_with_source(report.source, report.quality) for report in reports if report.quality]
    return pd.concat([rows for rows in listed if len(rows)] or [none], ignore_index=True)


def _with_source(source: str, quality: Quality) -> pd.DataFrame:
    rows = quality.listed()
    rows.insert(0, "source", source)
    return rows


def _told_words(quality: Quality) -> str:
    words = ", ".join(f"{word} ({count:,})" for word, count in quality.unknown_words.items())
    return f"{words}; --meaning WORD=KIND says what one means."
