"""The data quality of a dropped file, run through the frame: findings, their rows, downloads, meanings of words."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from data.events import Kind
from data.mapping.mapping import LogMapping
from data.mapping.saved import save_mapping
from data.quality import MEANINGS, Finding
from pages.logs.desk import ImportDesk
from pages.logs.quality import quality_csv, quality_json
from pages.logs.quality_words import drawn_text, finding_text
from pages.session.store import opened_store
from tests.pages.test_import import Opened, dropped, imported, rendered, settled, texts
from tests.pages.test_import import page as page  # noqa: PLC0414 - a fixture

HEADER = "kind,event_time,message_id,recipient,delivery_id,reason,diagnostic\n"
NASTY = "**up** <b>x</b> $z$"
SOUND = HEADER + (
    "relayed,2026-03-01T08:00:00Z,m1,ada@one.example,spring,,\n"
    "delivered,2026-03-01T08:01:00Z,m1,ada@one.example,spring,,\n"
)
ODD = SOUND + (
    "relayed,2026-03-01T08:00:00Z,m1,ada@one.example,spring,,\n"
    "relayed,yesterday,m2,bob@one.example,spring,,\n"
    "relayed,2026-03-29T02:30:00,m3,cid@one.example,spring,,\n"
    "deferred,2026-03-01T08:30:00Z,m1,ada@one.example,spring,,\n"
    f"{NASTY},2026-03-01T09:00:00Z,m1,ada@one.example,spring,,=1+2 for ada@one.example\n"
    "relayed,2026-03-01T08:00:00Z,m4,dan@one.example,spring,,\n"
    "bounced,2026-03-01T08:01:00Z,m4,dan@one.example,spring,,bless you\n"
    "relayed,2026-03-01T08:00:00Z,m5,eve@one.example,spring,,\n"
    "delivered,2026-03-01T08:01:00Z,m5,eve@one.example,spring,,\n"
    "opened,2026-03-01T08:10:00Z,m5,eve@one.example,spring,,\n"
    "bounced,2026-03-01T08:30:00Z,m5,eve@one.example,spring,,550 5.1.1 unknown user\n"
    "relayed,2026-03-01T08:00:00Z,m6,fay@one.example,spring,,\n"
    "delivered,2026-03-09T10:00:00Z,m6,fay@one.example,spring,,\n"
)
"""A log with every finding that one log of events can have, once each, if its times are those of Stockholm."""
ADDRESSEES = ("ada", "bob", "cid", "dan", "eve", "fay")
WORDS = SOUND + "".join(
    f"{word},2026-03-01T09:00:0{n}Z,m1,ada@one.example,spring,,\n" for n, word in enumerate(("zapped", "zapped", NASTY))
)


@pytest.fixture
def odd(page: Opened) -> AppTest:
    """The page with the odd log dropped."""
    at = dropped(page(), ("odd.csv", ODD))
    return settled(at.selectbox(key="import_timezone").set_value("Europe/Stockholm").run())


def _shown(at: AppTest, finding: Finding) -> dict[str, object]:
    """The first row of the dialog of a finding."""
    at.button(key=f"quality_{finding}_checked_1").click().run()
    return dict(at.dataframe[0].value.iloc[0])


def test_every_finding_is_told_with_its_count_and_its_sentence(odd: AppTest) -> None:
    """A line each, and nothing twice: the rejected lines have no list of their own."""
    told = rendered(odd)
    for finding in set(Finding) - {Finding.WAITING, Finding.CUT_OFF}:
        assert told.count(finding_text(finding, 1)) == 1
        assert told.count(MEANINGS[finding]) == 1
    assert "rejected line" not in told
    assert not odd.dataframe


def test_a_sound_file_says_so(page: Opened) -> None:
    """No findings, no download."""
    at = dropped(page(), ("log.csv", SOUND))
    assert "Nothing odd was found." in rendered(at)
    assert not at.get("download_button")


def test_a_finding_opens_its_rows_with_masked_addresses(odd: AppTest) -> None:
    """Line, message, address, time, event and detail; addresses only when they are asked for."""
    row = _shown(odd, Finding.CONTRADICTION)
    assert (row["line"], row["recipient"], row["detail"]) == (7, "a***@one.example", "state before: Delivered")
    assert _shown(odd, Finding.REJECTED)["detail"] == "relayed,yesterday,m2,b***@one.example,spring,,"
    assert _shown(odd, Finding.UNDETERMINED_BOUNCE)["detail"] == "bless you"
    assert not any("ada@" in str(table.value.to_dict()) for table in odd.dataframe)
    # In a browser the dialog runs by itself; here all runs again, so that it has to be opened again.
    odd.toggle(key="quality_rows_addresses").set_value(True)
    assert _shown(odd, Finding.UNKNOWN)["detail"] == "=1+2 for ada@one.example"


def test_the_report_is_downloaded_as_csv_and_json(odd: AppTest) -> None:
    """Every row of every finding; masked unless asked for; what a spreadsheet would run is defused in CSV."""
    assert [button.label for button in odd.download_button] == ["CSV", "JSON"]
    assert not odd.toggle(key="quality_addresses_checked_1").value
    quality = odd.session_state["import_desk"].checked[1].quality
    table, told = (write(quality, masked=True).decode() for write in (quality_csv, quality_json))
    assert table.splitlines()[0] == "finding,line,delivery_id,message_id,recipient,event_time,kind,reason,detail"
    assert len(table.splitlines()) == 1 + 8
    assert "'=1+2 for a***@one.example" in table
    assert [each["finding"] for each in json.loads(told)] == list(dict.fromkeys(quality.rows["finding"]))
    assert not [name for name in ADDRESSEES if f"{name}@" in table + told]
    for write in (quality_csv, quality_json):
        assert not [name for name in ADDRESSEES if f"{name}@" not in write(quality, masked=False).decode()]


def test_an_unknown_word_gets_a_meaning_that_is_tried_and_then_applied(page: Opened) -> None:
    """The dry run is made again; the meaning stands above the files, can be taken back, and holds for the import."""
    at = dropped(page(), ("words.csv", WORDS))
    assert "2 events" in texts(at)
    _meant(at, "zapped", Kind.OPENED)
    quality = at.session_state["import_desk"].checked[1].quality
    assert dict(quality.unknown_words) == {NASTY: 1}
    settled(at.button(key="forget_meaning_0").click().run())
    assert at.session_state["import_desk"].checked[1].unknown == 3
    _meant(at, "zapped", Kind.OPENED)
    _meant(at, NASTY, Kind.CLICKED)
    assert "Nothing odd was found." in rendered(at)
    imported(at)
    with opened_store().cursor() as cursor:
        kinds = cursor.execute("SELECT kind::VARCHAR, count(*) FROM event GROUP BY ALL").fetchall()
    assert dict(kinds) == {"relayed": 1, "delivered": 1, "opened": 2, "clicked": 1}


def test_meanings_go_with_the_files(page: Opened) -> None:
    """They hold for all files of a drop, and the next ones begin without."""
    at = dropped(page(), ("words.csv", WORDS), ("more.csv", WORDS.replace("m1", "m2")))
    _meant(at, "zapped", Kind.OPENED)
    desk: ImportDesk = at.session_state["import_desk"]
    assert [desk.checked[number].unknown for number in (1, 2)] == [1, 1]
    imported(at)
    dropped(at, ("again.csv", WORDS.replace("m1", "m3")))
    assert [report.unknown for report in desk.checked.values()] == [3]
    assert "Meanings given" not in rendered(at)


def test_words_of_logs_are_never_rendered(page: Opened) -> None:
    """Neither where they ask for a meaning nor where they have one."""
    at = dropped(page(), ("words.csv", WORDS))
    assert NASTY in texts(at)
    assert NASTY not in rendered(at)
    _meant(at, NASTY, Kind.CLICKED)
    assert NASTY in texts(at)
    assert NASTY not in rendered(at)


def test_the_words_of_a_mapped_table_have_their_place_in_its_mapping(page: Opened) -> None:
    """One place to say what a word means: the mapping is kept for the next file, so it is that."""
    at = page()
    mapping = LogMapping("own", {"recipient": "who", "event_time": "at", "kind": "what"}, {"sent": "relayed"})
    save_mapping(opened_store(), mapping, ("who", "at", "what"))
    rows = ("ada@one.example,2026-03-01T08:00:00Z,sent", "ada@one.example,2026-03-01T09:00:00Z,zapped")
    dropped(at, ("own.csv", "\n".join(["who,at,what", *rows, ""])))
    assert finding_text(Finding.UNKNOWN, 1) in rendered(at)
    assert at.button(key="map_1")
    assert not [box for box in at.selectbox if (box.key or "").startswith("meaning_")]


def test_of_many_rows_the_first_are_drawn() -> None:
    """And how many there are is said."""
    assert drawn_text(1000, 12_345) == "The first 1,000 of 12,345 rows."
    assert (drawn_text(12, 12), drawn_text(1, 1)) == ("All 12 rows.", "One row.")


def _meant(at: AppTest, word: str, kind: Kind) -> None:
    """Choose what a word means, and check again."""
    at.selectbox(key=f"meaning_{_number(at)}_{word}").set_value(kind)
    settled(at.button(key=f"give_meanings_{_number(at)}").click().run())


def _number(at: AppTest) -> int:
    return int(at.session_state["import_desk"].uploads[0].number)
