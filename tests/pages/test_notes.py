"""Saved views and annotations on the pages."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.proto.LinkButton_pb2 import LinkButton
from streamlit.testing.v1 import AppTest

from data.notes import MOST_TEXT, annotate, annotations, save_view, saved_views
from pages.session.store import opened_store
from tests.pages.conftest import Opened, opened_page
from tests.pages.logs import SETTLING_LOG

START = datetime.fromisoformat("2026-03-02T08:00")


def _links(at: AppTest) -> dict[str, str]:
    found: list[LinkButton] = [element.proto for element in at.get("link_button")]
    return {link.label: link.url for link in found}


def _save(at: AppTest, name: str) -> AppTest:
    at.text_input(key="view_name").set_value(name).run()
    return at.button(key="view_save").click().run()


def _annotate(at: AppTest, text: str, *, for_all: bool = False) -> AppTest:
    at.text_input(key="annotation_text").set_value(text)
    at.toggle(key="annotation_for_all").set_value(for_all)
    return at.button(key="annotation_add").click().run()


def test_a_saved_view_is_the_page_with_its_filters(page: Opened) -> None:
    """Whoever opens the store finds it; the language stays that of the one who looks."""
    at = _save(page(SETTLING_LOG, efs="false", at="60", lang="en"), "At nine")
    assert not at.exception
    kept = saved_views(opened_store())
    assert [(view.name, view.page) for view in kept] == [("At nine", "")]
    assert parse_qs(kept[0].query) == {"efs": ["false"], "at": ["60"], "delivery": ["DM1"]}
    shown = urlsplit(_links(opened_page("recipient", lang="sv"))["At nine"])
    assert shown.path == "/"
    assert parse_qs(shown.query) == {"efs": ["false"], "at": ["60"], "delivery": ["DM1"], "lang": ["sv"]}


def test_a_saved_view_shows_what_was_saved(page: Opened) -> None:
    """Its link leads to the same figures."""
    at = _save(page(SETTLING_LOG, efs="false", at="30"), "Half past")
    query = parse_qs(urlsplit(_links(at)["Half past"]).query)
    assert [metric.value for metric in opened_page("", **query).metric] == [metric.value for metric in at.metric]
    assert [metric.value for metric in opened_page("").metric] != [metric.value for metric in at.metric]


def test_a_name_is_taken_over_knowingly(page: Opened) -> None:
    """The button says that a view of this name will be replaced."""
    at = page(SETTLING_LOG)
    save_view(opened_store(), "Mine", "modes", "")
    assert at.button(key="view_save").label == "Save"
    at.run()
    at.text_input(key="view_name").set_value(" Mine ").run()
    assert at.button(key="view_save").label == "Replace"
    at.button(key="view_save").click().run()
    assert [view.page for view in saved_views(opened_store())] == [""]
    assert at.button(key="view_save").label == "Save"


def test_a_name_is_no_markup(page: Opened) -> None:
    """Nor may a view lead where no page is."""
    at = page(SETTLING_LOG)
    save_view(opened_store(), "**a** :red[b] $c$", "", "")
    save_view(opened_store(), "Elsewhere", "/evil.example", "")
    assert list(_links(at.run())) == [r"\*\*a\*\* \:red\[b\] \$c\$"]


def test_a_view_can_be_removed(page: Opened) -> None:
    """And one without a name is refused in a sentence."""
    at = _save(page(SETTLING_LOG), "Mine")
    at.button(key="view_remove_Mine").click().run()
    assert saved_views(opened_store()) == ()
    at.button(key="view_save").click().run()
    assert any("A view needs a name." in caption.value for caption in at.caption)


def test_an_annotation_begins_at_the_chosen_moment(page: Opened) -> None:
    """Of this delivery, or of all; it is listed as plain text, and drawn on the time axis."""
    at = _annotate(page(SETTLING_LOG, at="20"), "**Gmail** outage")
    _annotate(at, "All of us", for_all=True)
    assert not at.exception
    kept = annotations(opened_store(), "DM1")
    assert [(note.text, note.delivery_id, note.begins_at) for note in kept] == [
        ("**Gmail** outage", "DM1", START + timedelta(minutes=20)),
        ("All of us", None, START + timedelta(minutes=20)),
    ]
    assert {"**Gmail** outage", "All of us"} <= {text.value for text in at.text}
    chart = at.get("plotly_chart")[0].proto.spec
    assert "All of us" in chart


def test_an_annotation_can_be_removed(page: Opened) -> None:
    """By its button."""
    at = page(SETTLING_LOG)
    note = annotate(opened_store(), "DM1", START, None, "Wrong")
    at.run()
    at.button(key=f"annotation_remove_{note.number}").click().run()
    assert annotations(opened_store(), "DM1") == ()


def test_what_is_no_annotation_is_refused_in_a_sentence(page: Opened) -> None:
    """And no more can be typed than is kept."""
    at = _annotate(page(SETTLING_LOG), " ")
    assert any("An annotation needs a text." in caption.value for caption in at.caption)
    assert annotations(opened_store(), "DM1") == ()
    assert at.text_input(key="annotation_text").proto.max_chars == MOST_TEXT


@pytest.mark.parametrize(
    ("language", "add", "save", "noted"),
    [
        ("en", "Add", "Save", "2 Mar 2026 08:00 UTC to 2 Mar 2026 09:00 UTC, on all deliveries"),
        ("de", "Hinzufügen", "Speichern", "2. März 2026 08:00 UTC bis 2. März 2026 09:00 UTC, bei allen Sendungen"),
        ("sv", "Lägg till", "Spara", "2 mars 2026 08:00 UTC till 2 mars 2026 09:00 UTC, för alla leveranser"),
    ],
)
def test_notes_are_spoken_of_in_the_language_chosen(
    page: Opened, language: str, add: str, save: str, noted: str
) -> None:
    """The words around them; the notes themselves stay as they are."""
    page(SETTLING_LOG)
    annotate(opened_store(), None, START, START + timedelta(hours=1), "Outage")
    save_view(opened_store(), "Mine", "", "")
    at = opened_page("", lang=language)
    assert (at.button(key="annotation_add").label, at.button(key="view_save").label) == (add, save)
    assert noted in [caption.value for caption in at.caption]
    assert "Outage" in [text.value for text in at.text]
    assert "Mine" in _links(at)
