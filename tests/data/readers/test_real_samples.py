"""Real payloads, from the folder that SENDLOG_REAL_LOGS names: none is unknown, none rejected without need."""

import json
import os
from pathlib import Path

import pytest

from data.ingest import import_log
from data.report import ImportReport, Status
from data.store import Store

_FOLDER = os.environ.get("SENDLOG_REAL_LOGS")
pytestmark = pytest.mark.skipif(not _FOLDER, reason="SENDLOG_REAL_LOGS names no folder")

# Samples that cannot be used, because they leave out what every real record has; and one of an incoming mail.
_MAY_LACK = (
    "does not say what happened",
    "names no time",
    "names neither a message nor a recipient",
    "names no message",
    "names no recipient",
)


def _payloads(folder: str) -> list[dict[str, object]]:
    found = []
    for path in sorted((Path(str(_FOLDER)) / folder).glob("*.json*")):
        text = path.read_text("utf-8")
        told = [json.loads(line) for line in text.splitlines()] if path.suffix == ".jsonl" else [json.loads(text)]
        found += [each.get("event", each) if "case" in each else each for each in told]
    return found


@pytest.fixture(params=["sparkpost", "kumomta", "ses", "sendgrid", "mailgun", "postmark", "mandrill", "brevo"])
def report(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> ImportReport:
    """What the import of a system's samples says."""
    path = tmp_path / "payloads.ndjson"
    path.write_text("".join(json.dumps(each) + "\n" for each in _payloads(request.param)))
    told = import_log(store, path)
    assert told.format == request.param
    return told


def test_no_real_payload_is_unknown(report: ImportReport) -> None:
    """All types of the samples are known, and every record is accounted for."""
    assert report.status is Status.IMPORTED
    assert report.used > 0
    assert report.unknown == 0
    assert report.records == report.used + report.duplicates + report.rejected + report.ignored


def test_a_real_payload_is_rejected_only_for_what_it_lacks(report: ImportReport) -> None:
    """The reasons are those of records that name no time, no message or no recipient."""
    odd = [(text, reason) for _, text, reason in report.rejections if not any(part in reason for part in _MAY_LACK)]
    assert odd == []
