"""What analysts note in the store: saved views and annotations."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data.notes import (
    MOST_NAME,
    MOST_QUERY,
    MOST_TEXT,
    NoteRefusedError,
    SavedView,
    annotate,
    annotations,
    remove_annotation,
    remove_view,
    save_view,
    saved_views,
)
from data.snapshot import held_still
from data.store import Store

MORNING = datetime.fromisoformat("2026-03-02T08:00")
HOUR = timedelta(hours=1)
NASTY = "Robert'); DROP TABLE saved_view;--"


def test_views_are_kept_by_name(store: Store) -> None:
    """One of the same name takes the place of the other; what is removed is gone."""
    save_view(store, "  Gmail \n failures ", "failures", "delivery=D&domain=gmail.com")
    save_view(store, "a first", "", "")
    save_view(store, "Gmail failures", "modes", "delivery=E")
    assert saved_views(store) == (SavedView("a first", "", ""), SavedView("Gmail failures", "modes", "delivery=E"))
    remove_view(store, "a first")
    remove_view(store, "never saved")
    assert [view.name for view in saved_views(store)] == ["Gmail failures"]


def test_annotations_belong_to_a_delivery_or_to_all(store: Store) -> None:
    """By their beginning; those of another delivery are left out."""
    late = annotate(store, "D", MORNING + HOUR, None, "DNS repaired")
    both = annotate(store, None, MORNING, MORNING + HOUR, "Gmail outage")
    other = annotate(store, "E", MORNING, None, "Second wave")
    assert annotations(store, "D") == (both, late)
    assert annotations(store, "E") == (both, other)
    assert (both.delivery_id, both.begins_at, both.ends_at, both.text) == (
        None,
        MORNING,
        MORNING + HOUR,
        "Gmail outage",
    )
    remove_annotation(store, both.number)
    remove_annotation(store, 1000)
    assert annotations(store, "D") == (late,)


def test_texts_are_kept_as_they_are(store: Store) -> None:
    """Whatever stands in them is text, not SQL."""
    save_view(store, NASTY, NASTY, NASTY)
    annotate(store, NASTY, MORNING, None, NASTY)
    assert saved_views(store) == (SavedView(NASTY, NASTY, NASTY),)
    assert [note.text for note in annotations(store, NASTY)] == [NASTY]


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (lambda store: save_view(store, " \n", "", ""), "needs a name"),
        (lambda store: save_view(store, "n" * (MOST_NAME + 1), "", ""), "at most 80 characters"),
        (lambda store: save_view(store, "n", "", "q" * (MOST_QUERY + 1)), "too many words"),
        (lambda store: annotate(store, None, MORNING, None, ""), "needs a text"),
        (lambda store: annotate(store, None, MORNING, None, "t" * (MOST_TEXT + 1)), "at most 200 characters"),
        (lambda store: annotate(store, None, MORNING, MORNING, "t"), "ends after it begins"),
    ],
)
def test_what_is_no_note_is_refused(store: Store, note: Callable[[Store], object], sentence: str) -> None:
    """In a sentence that says why, and nothing is kept."""
    with pytest.raises(NoteRefusedError, match=sentence):
        note(store)
    assert saved_views(store) == ()
    assert annotations(store, "D") == ()


def test_the_longest_allowed_are_kept(store: Store) -> None:
    """The limits are what is allowed."""
    save_view(store, "n" * MOST_NAME, "p", "q" * MOST_QUERY)
    assert annotate(store, None, MORNING, None, "t" * MOST_TEXT) in annotations(store, "any")
    assert [len(view.name) for view in saved_views(store)] == [MOST_NAME]


def test_notes_are_kept_while_an_import_runs(store: Store) -> None:
    """A transaction of the store is open, and is taken back in the end; the notes stay, and no answer changed."""

    def interrupted_import() -> None:
        with store.transaction() as cursor:
            cursor.execute("INSERT INTO delivery (delivery_key) VALUES (1)")
            save_view(store, "now", "", "")
            note = annotate(store, None, MORNING, None, "now")
            cursor.execute("INSERT INTO delivery (delivery_key) VALUES (2)")
            assert [view.name for view in saved_views(store)] == ["now"]
            assert annotations(store, "D") == (note,)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted_import()
    assert [view.name for view in saved_views(store)] == ["now"]
    assert len(annotations(store, "D")) == 1
    assert store.data_version() == 0


def test_a_note_is_kept_from_a_store_held_still(store: Store) -> None:
    """What is held still is what is asked; a note goes to the store itself."""
    with held_still(store) as still:
        save_view(still, "now", "", "")
        assert saved_views(still) == ()
    assert [view.name for view in saved_views(store)] == ["now"]


def test_a_store_from_before_gains_the_tables(tmp_path: Path) -> None:
    """And what was noted is there when it is opened again."""
    path = tmp_path / "store.duckdb"
    with Store(path) as store, store.cursor() as cursor:
        cursor.execute("DROP TABLE saved_view; DROP TABLE annotation; DROP SEQUENCE annotation_number")
    with Store(path) as store:
        save_view(store, "first", "", "")
    with Store(path) as store:
        assert [view.name for view in saved_views(store)] == ["first"]
