"""The Import page, run through the frame."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.ingest import import_log
from data.report import DeliverySize, ImportReport, Status
from data.sources import sources
from data.statements import scalar
from pages.logs.desk import ImportDesk
from pages.logs.report_deliveries import _names
from pages.logs.reports import rejections_in
from pages.session import samples
from pages.session.store import opened_store
from pages.session.table_files import csv_file
from tests.pages.logs import HOSTILE_LABEL, SETTLING_LOG, SILENT_LOG

_APP = str(Path(__file__).parents[2] / "app.py")
_LONGEST_WAIT_SECONDS = 60
HOSTILE_NAME = "**b** <img src=x onerror=alert(1)> $z$ [l](javascript:x).csv"
LOPSIDED_LOG = SETTLING_LOG.splitlines()[0] + "".join(
    f"\nrelayed,2026-05-0{size}T08:00:00Z,m{size}-{number},u{number}@example.com,D{size},"
    f"{'D4 of May' if size == 4 else f'Mailing {size}'},,"
    for size in range(1, 7)
    for number in range(size)
)
"""Six deliveries of one to six messages, the smallest first."""
Opened = Callable[[], AppTest]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Open the page on an empty store of its own; the store is closed afterwards."""
    monkeypatch.setenv("SENDLOG_STORE", str(tmp_path / "store.duckdb"))
    monkeypatch.setenv("SENDLOG_SAMPLES", "no")
    st.cache_resource.clear()
    st.cache_data.clear()

    def opened() -> AppTest:
        at = AppTest.from_file(_APP, default_timeout=30)
        at.run()
        at.switch_page("pages/logs/import.py").run()
        assert not at.exception
        return at

    yield opened
    opened_store().close()
    st.cache_resource.clear()
    st.cache_data.clear()


def settled(at: AppTest) -> AppTest:
    """Wait for the job that runs behind the page, and draw it again."""
    desk: ImportDesk = at.session_state["import_desk"]
    while desk.job:
        desk.job.wait(_LONGEST_WAIT_SECONDS)
        assert not desk.job.is_running
        at.run()
    assert not at.exception
    return at


def dropped(at: AppTest, *files: tuple[str, str | bytes]) -> AppTest:
    """Drop files, given by name and content, and wait for their dry runs."""
    contents = [(name, text if isinstance(text, bytes) else text.encode(), "text/csv") for name, text in files]
    at.file_uploader[0].set_value(contents)
    return settled(at.run())


def imported(at: AppTest) -> AppTest:
    """Press Import, and wait until it is done."""
    return settled(at.button(key="import_dropped").click().run())


def texts(at: AppTest) -> list[str]:
    """All that is shown as plain text."""
    return [text.value for text in at.text]


def rendered(at: AppTest) -> str:
    """All that is rendered as Markdown, and the labels, which are Markdown as well."""
    labels = [widget.label for widget in (*at.button, *at.expander, *at.selectbox, *at.text_input, *at.number_input)]
    return "\n".join([*(each.value for each in (*at.markdown, *at.caption, *at.title, *at.subheader)), *labels])


def test_an_empty_store_says_what_to_do(page: Opened) -> None:
    """Nothing there: the formats are named and the samples are offered."""
    at = page()
    assert "Sendlog event CSV" in rendered(at)
    assert "Nothing was imported yet. Drop a log above, or load the sample logs to look around." in rendered(at)
    assert not at.button(key="load_samples").disabled
    assert not at.dataframe


def test_a_dry_run_tells_what_the_import_then_does(page: Opened) -> None:
    """The dry run keeps nothing; the import's report is the same."""
    at = dropped(page(), ("log.csv", SETTLING_LOG + "too,few\n"))
    told = texts(at)
    assert told[0] == "log.csv"
    assert "Sendlog event CSV" in told
    assert "10 messages: Spring sale (DM1)" in told
    assert "2 Mar 2026 08:00 UTC to 2 Mar 2026 11:00 UTC" in told
    assert "23 records = 22 used + 0 duplicates + 1 rejected + 0 ignored" in told
    assert "Events: 22, contradictions: 0, unknown: 0" in told
    assert sources(opened_store()).empty
    imported(at)
    assert texts(at) == told
    assert at.dataframe[0].value.to_dict("records") == [
        {"line": 24, "text": "too,few", "reason": "2 fields where the header has 8"}
    ]
    assert list(sources(opened_store())["name"]) == ["log.csv"]


def test_after_the_import_a_link_leads_to_the_delivery(page: Opened) -> None:
    """The first delivery of what was imported is one click away."""
    at = imported(dropped(page(), ("log.csv", SETTLING_LOG)))
    (link,) = at.get("page_link")
    assert link.proto.page_script_hash
    assert "delivery=DM1" in link.proto.query_string
    assert not at.session_state["import_desk"].uploads


def test_the_largest_deliveries_come_first(page: Opened) -> None:
    """Of many deliveries the five largest are one click away, and the others are listed with their messages."""
    at = dropped(page(), ("log.csv", LOPSIDED_LOG))
    assert [text for text in texts(at) if "message" in text] == [
        "6 messages: Mailing 6 (D6)",
        "5 messages: Mailing 5 (D5)",
        "4 messages: D4 of May",
        "3 messages: Mailing 3 (D3)",
        "2 messages: Mailing 2 (D2)",
    ]
    assert at.dataframe[0].value.to_numpy().tolist() == [["Mailing 1 (D1)", 1]]
    assert not at.get("page_link")
    imported(at)
    links = [link.proto.query_string for link in at.get("page_link")]
    assert [link.partition("delivery=")[2] for link in links] == ["D6", "D5", "D4", "D3", "D2"]


def test_deliveries_of_one_name_are_told_apart() -> None:
    """An id that stands in the label is not said twice, unless it is all that differs."""
    told = [("a@b.example 2026-03-02T08:00:01Z", "a@b.example, 2026-03-02 08:00 UTC"), ("DM1", ""), ("DM1", "DM1")]
    sizes = [DeliverySize(delivery_id, label, 1) for delivery_id, label in told]
    assert _names(sizes) == ["a@b.example, 2026-03-02 08:00 UTC", "(DM1)", "DM1"]
    assert _names([sizes[0], sizes[0]])[0] == "a@b.example, 2026-03-02 08:00 UTC (a@b.example 2026-03-02T08:00:01Z)"


def test_a_log_without_delivery_feedback_says_so(page: Opened) -> None:
    """What a log cannot answer is said before it is imported."""
    assert "the view with EFS cannot be derived" in rendered(dropped(page(), ("silent.csv", SILENT_LOG)))
    assert "the view with EFS cannot be derived" not in rendered(dropped(page(), ("log.csv", SETTLING_LOG)))


def test_text_of_logs_and_file_names_is_never_rendered(page: Opened) -> None:
    """Names, labels and lines come as plain text and table cells only, at every step."""
    nasty = f"<script>alert(1)</script>,{HOSTILE_LABEL}\n"
    at = dropped(
        page(), (HOSTILE_NAME, SILENT_LOG.replace("DM2", HOSTILE_LABEL) + nasty), ("picture.csv", b"\x89PNG\0")
    )
    for step in (settled, imported):
        step(at)
        assert HOSTILE_NAME in texts(at)
        assert any(HOSTILE_LABEL in text for text in texts(at))
        for hostile in (HOSTILE_NAME, HOSTILE_LABEL, "<script>", "picture.csv"):
            assert hostile not in rendered(at)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "log.csv is empty; export the log again."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "log.csv is not text; export the log as text"),
        (b"name,city\nAnna,Lund\n", "log.csv is no log that Sendlog recognises; if it is of a format"),
        (b"\x1f\x8bbroken", "log.csv is a damaged .gz file"),
        (SETTLING_LOG.encode() + b"\xff\n", "23 records = 22 used + 0 duplicates + 1 rejected + 0 ignored"),
        (SETTLING_LOG.encode() + b'a,"b\n', "23 records = 22 used + 0 duplicates + 1 rejected + 0 ignored"),
        (SETTLING_LOG.encode() + b"a\0b\n", "23 records = 22 used + 0 duplicates + 1 rejected + 0 ignored"),
        (
            SETTLING_LOG.encode() + b"x" * 2_000_000,
            "23 records = 22 used + 0 duplicates + 1 rejected + 0 ignored",
        ),
        (
            SETTLING_LOG.replace("relayed", "odd", 1).encode(),
            "until then they change nothing, and a message named only by them counts in To deliver.",
        ),
        (
            (SETTLING_LOG + SETTLING_LOG.splitlines()[-1].replace("opened", "deferred")).encode(),
            "Events that cannot follow what happened before, such as a delivery after a hard bounce",
        ),
    ],
    ids=["empty", "picture", "csv", "gzip", "encoding", "quote", "nul", "long", "unknown", "contradiction"],
)
def test_bad_input_ends_in_a_sentence(page: Opened, content: bytes, sentence: str) -> None:
    """Whatever is dropped, the page says what became of it."""
    at = dropped(page(), ("log.csv", content))
    assert any(sentence in text for text in [*texts(at), rendered(at)])


def test_the_same_file_dropped_twice_is_left_out(page: Opened) -> None:
    """Two copies on the desk are one; a copy of what was imported adds nothing."""
    at = dropped(page(), ("log.csv", SETTLING_LOG), ("copy.csv", SETTLING_LOG))
    assert "copy.csv holds the same as log.csv; it was left out." in texts(at)
    imported(at)
    dropped(at, ("again.csv", SETTLING_LOG))
    assert any(text.startswith("again.csv was imported before as log.csv; nothing was added.") for text in texts(at))
    assert not [button for button in at.button if button.key == "import_dropped"]


def test_a_file_of_the_same_name_is_named_once(page: Opened) -> None:
    """Where both copies have one name, it is not said twice."""
    at = dropped(page(), ("log.csv", SETTLING_LOG), ("log.csv", SETTLING_LOG))
    assert "log.csv was dropped twice; it waits here once." in texts(at)
    imported(at)
    dropped(at, ("log.csv", SETTLING_LOG))
    assert any(text.startswith("log.csv was imported before; nothing was added.") for text in texts(at))


def test_a_file_without_a_usable_record_may_come_again(page: Opened) -> None:
    """It can be imported, says that it brings nothing, and can be imported again with other options."""
    useless = SETTLING_LOG.splitlines()[0] + "\ntoo,few\n"
    for _ in range(2):
        at = dropped(page(), ("log.csv", useless))
        assert "No record could be read" in rendered(at)
        imported(at)
    assert list(sources(opened_store())["rejected"]) == [1]


def test_an_export_that_contradicts_an_older_one_is_told(page: Opened) -> None:
    """A contradiction counts against what the store holds already."""
    at = imported(dropped(page(), ("log.csv", SETTLING_LOG)))
    later = SETTLING_LOG.splitlines()[0] + "\ndelivered,2026-03-02T10:00:00Z,m7,u7@example.com,DM1,Spring sale,,\n"
    assert "Events: 1, contradictions: 1, unknown: 0" in texts(dropped(at, ("later.csv", later)))


def test_changed_options_check_again(page: Opened) -> None:
    """The dry run follows the options, and the import is done as checked."""
    local = SETTLING_LOG.replace("Z,", ",")
    at = dropped(page(), ("log.csv", local))
    assert (
        "Its times name no zone and were read as UTC; import it with the option Time zone if they are local."
        in texts(at)
    )
    assert "Times that name no zone" not in rendered(at)
    settled(at.selectbox(key="import_timezone").set_value("Europe/Stockholm").run())
    assert "Times that name no zone were read as Europe/Stockholm, as declared." in rendered(at)
    assert "2 Mar 2026 07:00 UTC to 2 Mar 2026 10:00 UTC" in texts(at)
    imported(at)
    assert sources(opened_store())["timezone"].tolist() == ["Europe/Stockholm"]


def test_what_another_session_imports_is_checked_against(page: Opened, tmp_path: Path) -> None:
    """A dry run that was made before other data came is made anew at the next action."""
    at = dropped(page(), ("log.csv", SETTLING_LOG))
    assert at.button(key="import_dropped")
    (tmp_path / "other.csv").write_text(SETTLING_LOG)
    import_log(opened_store(), tmp_path / "other.csv")
    settled(at.run())
    assert any(text.startswith("log.csv was imported before as other.csv") for text in texts(at))


def test_a_refused_file_stays_until_it_is_left_out(page: Opened) -> None:
    """The good file is imported; the other one waits for other options or for leaving."""
    at = imported(dropped(page(), ("log.csv", SETTLING_LOG), ("other.csv", b"name,city\nAnna,Lund\n")))
    assert [upload.name for upload in at.session_state["import_desk"].uploads] == ["other.csv"]
    settled(at.button(key="leave_out_2").click().run())
    assert at.session_state["import_desk"].uploads == []


def test_a_source_is_listed_and_removed_after_confirmation(page: Opened) -> None:
    """Removing takes two clicks, and takes the file's events with it."""
    at = imported(dropped(page(), ("log.csv", SETTLING_LOG + "too,few\n")))
    listed = at.dataframe[-1]
    assert listed.value[["name", "records", "rejected"]].to_numpy().tolist() == [["log.csv", 23, 1]]
    assert "to download its rejected lines or to remove it" in rendered(at)
    key = f"sources_{opened_store().data_version()}"
    at.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    at.run()
    assert "Sendlog event CSV, 2 Mar 2026 08:00 UTC to 2 Mar 2026 11:00 UTC" in texts(at)
    at.button(key="remove_source").click().run()
    assert list(sources(opened_store())["name"]) == ["log.csv"]
    # In a browser the dialog runs by itself; here all runs again, so that it has to be opened again.
    at.button(key="remove_source").click()
    settled(at.button(key="confirm_removal").click().run())
    assert "log.csv was removed, with all that only it told." in texts(at)
    with opened_store().cursor() as cursor:
        assert scalar(cursor, "SELECT count(*) FROM event") == 0


def test_a_button_loads_the_samples(page: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One click, and there is something to look at."""
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "sample.csv").write_text(SETTLING_LOG)
    monkeypatch.setattr(samples, "SAMPLES", folder)
    settled(page().button(key="load_samples").click().run())
    assert list(sources(opened_store())["name"]) == ["sample.csv"]


def test_options_are_named_as_on_the_page(page: Opened) -> None:
    """What the reader says about options of the command line is said in the page's words."""
    at = dropped(page(), ("export.txt", "Status;Address;Date\nSent;a@example.com;02/03/2026 08:00:00\n"))
    assert any("the option Time zone" in text for text in texts(at))
    assert not any("--" in text for text in texts(at))


def test_downloads_are_harmless_in_a_spreadsheet() -> None:
    """No cell of the rejected lines can run."""
    report = ImportReport(
        "log.csv", None, status=Status.IMPORTED, message="", rejections=((2, "=cmd|' /C calc'!A0", "odd"),)
    )
    assert csv_file(rejections_in(report)).decode().splitlines()[1] == "2,'=cmd|' /C calc'!A0,odd"
