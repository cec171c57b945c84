"""Saying on the Import page what the columns of a table mean."""

import pytest
from streamlit.testing.v1 import AppTest

from data.mapping.files import mapping_text
from data.mapping.saved import saved_mappings
from data.sources import sources
from pages.session.store import opened_store
from tests.pages.test_import import Opened, dropped, imported, page, rendered, settled, texts

__all__ = ["page"]

TABLE = "E-mail;Status;Date;Campaign\n" + "".join(
    f"u{number}@one.example;{status};13/03/2026 08:{number:02}:00;Spring\n"
    for number, status in enumerate(["Delivered"] * 6 + ["Hard bounce"] * 3 + ["Held"])
)
MESSAGES = (
    "to,sent_at,opened_at\n"
    "a@one.example,2026-03-02T08:00:00Z,2026-03-02T09:00:00Z\n"
    "b@one.example,2026-03-02T08:00:00Z,\n"
)
HOSTILE = "**b** <img src=x onerror=alert(1)> $z$ :red[x]"


def _opened(at: AppTest, number: int = 1) -> AppTest:
    return settled(at.button(key=f"map_{number}").click().run())


def _saved(at: AppTest, number: int = 1) -> AppTest:
    return settled(at.button(key=f"map_{number}_save").click().run())


def _keys(at: AppTest) -> list[str | None]:
    return [button.key for button in at.button]


def test_a_table_that_nobody_knows_offers_to_be_mapped(page: Opened) -> None:
    """The refusal leads to the section, which is preset from the table; addresses are masked."""
    at = dropped(page(), ("letters.csv", TABLE))
    assert any("or say with the button below what its columns mean" in text for text in texts(at))
    _opened(at)
    chosen = {
        name: at.selectbox(key=f"map_1_{name}").value for name in ("recipient", "event_time", "kind", "delivery_id")
    }
    assert chosen == {"recipient": "E-mail", "event_time": "Date", "kind": "Status", "delivery_id": "Campaign"}
    assert "10 rows: 6 delivered, 3 bounced, 1 not mapped" in texts(at)
    assert "13/03/2026 08:00:00 is read as 13 Mar 2026 08:00:00, in the zone of the option Time zone." in texts(at)
    assert at.dataframe[0].value["E-mail"][0] == "u***@one.example"
    assert at.text_input(key="map_1_name").value == "letters"


def test_a_saved_mapping_reads_the_file_and_the_next_one(page: Opened) -> None:
    """The dry run runs anew with it; a file with the same columns needs nothing to be said."""
    at = _saved(_opened(dropped(page(), ("letters.csv", TABLE))))
    assert "Read by the mapping letters." in texts(at)
    assert "10 records = 10 used + 0 duplicates + 0 rejected + 0 ignored" in texts(at)
    assert "Events: 10, contradictions: 0, unknown: 1" in texts(at)
    imported(at)
    dropped(at, ("april.csv", TABLE.replace("Spring", "Summer")))
    assert "Read by the mapping letters." in texts(at)
    imported(at)
    dropped(at, ("again.csv", TABLE))
    assert not [key for key in _keys(at) if key and key.startswith("map_")], "what was imported is read already"
    assert list(sources(opened_store())["format"]) == ["mapped", "mapped"]


def test_the_result_follows_what_is_said(page: Opened) -> None:
    """A value that is given a meaning is no longer unmapped; the change is in what is saved."""
    at = _opened(dropped(page(), ("letters.csv", TABLE)))
    at.selectbox(key="map_1_value_Status_Held").set_value("deferred").run()
    assert "10 rows: 1 deferred, 6 delivered, 3 bounced" in texts(at)
    _saved(at)
    assert "Events: 10, contradictions: 0, unknown: 0" in texts(at)
    assert saved_mappings(opened_store())[0].values["Held"] == "deferred"


def test_times_of_their_own_are_mapped_to_kinds(page: Opened) -> None:
    """A row per message with several times needs no status."""
    at = _opened(dropped(page(), ("people.csv", MESSAGES)))
    assert at.multiselect(key="map_1_times").value == ["sent_at", "opened_at"]
    assert "2 rows: 2 relayed, 1 opened" in texts(at)
    _saved(at)
    assert "Events: 3, contradictions: 0, unknown: 0" in texts(at)


@pytest.mark.parametrize(
    ("cleared", "sentence"),
    [
        ("recipient", "Choose the column of the recipient."),
        ("event_time", "Choose the time as well."),
        ("kind", "Choose the status as well."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_saved(cleared: str, sentence: str, page: Opened) -> None:
    """The button waits until the mapping can be used."""
    at = _opened(dropped(page(), ("letters.csv", TABLE)))
    at.selectbox(key=f"map_1_{cleared}").set_value(None).run()
    assert at.button(key="map_1_save").disabled
    assert sentence in rendered(at)


def test_a_mapping_can_be_changed_from_what_was_saved(page: Opened) -> None:
    """The section begins with the saved one, not with a proposal."""
    at = _opened(dropped(page(), ("letters.csv", TABLE)))
    at.selectbox(key="map_1_value_Status_Held").set_value("cancelled").run()
    at.text_input(key="map_1_name").set_value("March letters").run()
    _opened(_saved(at))
    assert at.text_input(key="map_1_name").value == "March letters"
    assert at.selectbox(key="map_1_value_Status_Held").value == "cancelled"
    settled(at.button(key="map_1_close").click().run())
    assert "map_1_save" not in _keys(at)


def test_saved_mappings_are_listed_and_deleted(page: Opened) -> None:
    """Each can be downloaded as the file for the command line; deleted, it reads no file any more."""
    at = _saved(_opened(dropped(page(), ("letters.csv", TABLE))))
    assert "Saved mappings" in rendered(at)
    (mapping,) = saved_mappings(opened_store())
    assert 'recipient = "E-mail"' in mapping_text(mapping)
    assert len(at.get("download_button")) >= 1
    settled(at.button(key="delete_mapping_0").click().run())
    assert saved_mappings(opened_store()) == []
    assert any(text.startswith("letters.csv is no log that Sendlog recognises") for text in texts(at))
    assert "Saved mappings" not in rendered(at)


def test_what_is_no_table_offers_nothing(page: Opened) -> None:
    """A picture and a known log cannot be mapped."""
    at = dropped(page(), ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20), ("prose.txt", "Dear reader\n"))
    assert not [key for key in _keys(at) if key and key.startswith("map_")]


def test_texts_of_a_table_are_never_rendered(page: Opened) -> None:
    """Headings, values and names of mappings are plain text, whatever is in them."""
    table = TABLE.replace("Held", HOSTILE).replace("Campaign", HOSTILE)
    at = _opened(dropped(page(), ("letters.csv", table)))
    at.text_input(key="map_1_name").set_value(HOSTILE).run()
    assert HOSTILE in texts(at)
    assert HOSTILE not in rendered(at)
    _saved(at)
    assert f"Read by the mapping {HOSTILE}." in texts(at)
    assert HOSTILE not in rendered(at)
