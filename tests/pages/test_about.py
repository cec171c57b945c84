"""About this log, on the Deployment page."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.answer import Answer
from data.answer_words import answers
from data.answers import delivery_facts
from data.deliveries import delivery
from data.ingest import import_log
from data.outcome_answers import NO_FEEDBACK
from data.readers.reader import Options
from data.snapshot import held_still
from pages.session.store import opened_store
from tests.pages.conftest import Opened
from tests.pages.logs import HOSTILE_LABEL, SETTLING_LOG, SILENT_LOG

EXPORT = (
    "Date;Status;Address;Failure type;Delivery log ID;Delivery\n21/08/2026 02:05:00;Sent;ada@one.example;;1;Summer\n"
)
QUEUED = (
    "kind,event_time,message_id,recipient,delivery_id,queued_at\ndelivered,2026-03-02T08:00:05Z,m1,u1@one.example,D,"
)


def about(at: AppTest) -> str:
    """The line and the sentences of the section."""
    section = next(each for each in at.expander if each.label.startswith("About this log"))
    return " ".join([section.label, *(each.value for each in section.markdown)])


def captions(at: AppTest) -> str:
    """All captions."""
    return " ".join(each.value for each in at.caption)


def test_the_line_says_what_the_log_can_answer(page: Opened) -> None:
    """In short in the header, and a sentence for each below."""
    told = about(page(SETTLING_LOG))
    assert "About this log · Delivery feedback: yes · Expiry: none so far · Opens and clicks: told" in told
    assert "The log tells of acceptances or retries, so both views can be derived." in told


def test_it_follows_the_delivery_and_the_data(page: Opened, tmp_path: Path) -> None:
    """Another delivery has other answers, and so has the same one after another import."""
    at = page(SETTLING_LOG, SILENT_LOG, delivery="DM1")
    assert "Delivery feedback: yes" in about(at)
    at.query_params["delivery"] = "DM2"
    assert "Delivery feedback: no" in about(at.run())
    path = tmp_path / "late.csv"
    path.write_text(
        SETTLING_LOG.splitlines()[0] + f"\ndeferred,2026-03-03T09:00:00Z,m1,u1@example.com,DM2,{HOSTILE_LABEL},,\n"
    )
    import_log(opened_store(), path)
    assert "Delivery feedback: yes" in about(at.run())


@pytest.mark.parametrize("asked", [{"efs": "true"}, {"efs": "true", "campaign-v8": "true"}])
def test_the_modes_that_it_cannot_feed_are_disabled_with_the_sentence(page: Opened, asked: dict[str, str]) -> None:
    """Neither EFS nor Campaign v8 can be had without feedback, whatever the link asks for."""
    at = page(SILENT_LOG, **asked)
    assert [toggle.disabled for toggle in at.toggle if "EFS" in toggle.label] == [True]
    assert not [toggle for toggle in at.toggle if toggle.label == "Campaign v8"]
    assert f"{NO_FEEDBACK}." in captions(at)
    assert NO_FEEDBACK in about(at)
    assert [metric.value for metric in at.metric if metric.value][2] == "90.0\xa0%"


def test_opens_and_clicks_that_cannot_be_told_say_where_they_are(page: Opened, tmp_path: Path) -> None:
    """The two KPIs show the sentence in place of a number, and have no rows to open."""
    path = tmp_path / "export.txt"
    path.write_text(EXPORT)
    import_log(opened_store(), path, Options(efs=True))
    at = page()
    assert captions(at).count("they stand in Campaign's tracking log") == 2
    assert [button.key for button in at.button if button.key in {"rows_opened", "rows_clicked"}] == []
    assert "Opens and clicks: not told" in about(at)


def test_a_log_of_outcomes_alone_is_not_called_incomplete(page: Opened) -> None:
    """Its messages were queued before its first line, but no line tells a relay: nothing shows that one is missing."""
    at = page(QUEUED + "2026-03-02T08:00:00Z\n")
    assert "Relay: not told" in about(at)
    assert "The log begins" not in captions(at)
    assert not [each for each in at.markdown if "incomplete log" in each.value]


def test_a_log_that_begins_in_the_middle_is_called_incomplete(page: Opened) -> None:
    """Where later messages have their relay, the earlier one's was cut off."""
    at = page(QUEUED + "2026-03-02T08:00:00Z\nrelayed,2026-03-02T08:00:06Z,m2,u2@one.example,D,\n")
    assert "The log begins 2 Mar 2026 08:00:05 UTC, after this delivery started" in captions(at)
    assert "To deliver: counted" in about(at)


def test_the_section_shows_nothing_of_the_log_itself(page: Opened) -> None:
    """Its sentences are Markdown, so no word of a log stands in them."""
    st.cache_data.clear()
    assert "x</b>" not in about(page(SILENT_LOG))


@pytest.mark.parametrize(
    ("lang", "title", "feedback"),
    [
        ("de", "Über dieses Log", "Zustellrückmeldung: nein"),
        ("sv", "Om den här loggen", "Leveransåterkoppling: nej"),
    ],
)
def test_the_answers_are_given_in_the_language_of_the_link(page: Opened, lang: str, title: str, feedback: str) -> None:
    """The line, the sentences and the reason why a mode is disabled; nothing of it stays English."""
    at = page(SILENT_LOG, lang=lang)
    section = next(each for each in at.expander if each.label.startswith(title))
    assert feedback in section.label
    shown = " ".join([section.label, captions(at), *(each.value for each in section.markdown)])
    with held_still(opened_store()) as store:
        english = [text for fact in answers(delivery_facts(store, delivery(store, "DM2"))) for text in _texts(fact)]
    assert [text for text in english if text in shown] == []
    assert NO_FEEDBACK not in shown


def _texts(fact: Answer) -> tuple[str, str, str]:
    return f"{fact.topic}:", f": {fact.short} ·", fact.sentence
