"""What is proposed of a table, from its names and from what stands in it."""

from datetime import datetime
from pathlib import Path

import pytest

from data.mapping.guess import can_be_status, guessed_kind_of_time, guessed_mapping, guessed_values
from data.mapping.mapping import LogMapping
from data.mapping.sample import Sample, sample_of
from data.mapping.written_times import TIME_FORMATS, formats_of, time_read
from data.store import Store


def _sample(store: Store, folder: Path, text: str) -> Sample:
    path = folder / "log"
    path.write_text(text)
    sample = sample_of(store, path, "log")
    assert sample
    return sample


def test_a_log_of_events_is_proposed_by_its_status(store: Store, tmp_path: Path) -> None:
    """One time, one status, the fields by their headings; what is not known is left out."""
    text = (
        "Id;Event type;E-Mail;Created At;campaignName;CampaignId;Error Message\n"
        "1;Hard bounce;ada@one.example;02/03/2026 08:00:00;Spring;c1;no such user\n"
        "2;delivered;bob@one.example;02/28/2026 08:00:00;Spring;c1;\n"
        "3;odd;cy@one.example;02/28/2026 08:00:00;Spring;c1;\n"
    )
    assert guessed_mapping(_sample(store, tmp_path, text), "letters 2026.csv") == LogMapping(
        "letters 2026",
        {
            "recipient": "E-Mail", "event_time": "Created At", "kind": "Event type", "delivery_id": "CampaignId",
            "delivery_label": "campaignName", "diagnostic": "Error Message",
        },
        {"Hard bounce": "bounced", "delivered": "delivered"},
        time_format="%m/%d/%Y %H:%M:%S",
    )  # fmt: skip


def test_a_row_per_message_is_proposed_by_its_times(store: Store, tmp_path: Path) -> None:
    """Several times named after kinds, empty ones too, tell more than the last status."""
    text = "contact,status,sent_at,Delivered Date,time_opened,clickedOn\na@one.example,opened,2026-03-02,2026-03-02,,\n"
    guessed = guessed_mapping(_sample(store, tmp_path, text), "x")
    assert guessed.columns == {"recipient": "contact"}
    assert guessed.times == {
        "sent_at": "relayed", "Delivered Date": "delivered", "time_opened": "opened", "clickedOn": "clicked",
    }  # fmt: skip
    assert (guessed.values, guessed.time_format) == ({}, None)


def test_a_recipient_is_found_by_its_addresses(store: Store, tmp_path: Path) -> None:
    """Whatever its heading is, and before a column whose heading alone looks right."""
    guessed = guessed_mapping(_sample(store, tmp_path, "email,mottagare\n1,a@one.example\n2,b@one.example\n"), "x")
    assert guessed.columns["recipient"] == "mottagare"


def test_a_column_is_proposed_for_one_field_only(store: Store, tmp_path: Path) -> None:
    """The field whose heading it is most plainly."""
    guessed = guessed_mapping(_sample(store, tmp_path, "email,type,date\na@one.example,bounce,2026-03-02\n"), "x")
    assert sorted(guessed.columns.values()) == sorted(set(guessed.columns.values()))


@pytest.mark.parametrize(
    ("word", "kind"),
    [("Sent", "relayed"), ("hard_bounce", "bounced"), ("SoftBounce", "deferred"), ("Spam-Complaint", "complained"),
     ("failed", "bounced"), ("Opt out", "unsubscribed"), ("odd", None), ("", None)],
)  # fmt: skip
def test_words_are_known_in_any_spelling(word: str, kind: str | None) -> None:
    """Capitals, blanks, dashes and underscores do not matter."""
    assert guessed_values([word]).get(word) == kind


def test_a_time_of_a_kind_is_known_by_its_ending() -> None:
    """A kind alone is a count or a flag, not a time."""
    assert [guessed_kind_of_time(name) for name in ("opened_at", "opened", "created_at")] == ["opened", None, None]


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        (["2026-03-02T08:00:00Z", "2026-03-02 08:00:00,5 +01:00", ""], [None]),
        (["1772438400", "1772438400123"], [None]),
        (["02/03/2026 08:00:00"], ["%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S"]),
        (["02/13/2026 08:00:00"], ["%m/%d/%Y %H:%M:%S"]),
        (["2 mars 2026"], []),
        (["12345"], []),
        ([], []),
    ],
)
def test_the_ways_of_writing_times_that_fit_are_found(written: list[str], fits: list[str | None]) -> None:
    """Where day and month cannot be told apart, both are offered."""
    assert formats_of(dict.fromkeys(written, 1)) == fits


def test_every_way_of_writing_times_is_read_alike_by_the_import(store: Store) -> None:
    """What the proposal reads with Python, DuckDB reads as well."""
    query = "SELECT strftime($1, $2), strptime(strftime($1, $2), $2)"
    for time_format in TIME_FORMATS:
        with store.cursor() as cursor:
            ((written, read),) = cursor.execute(query, [datetime(2026, 3, 2, 13, 5), time_format]).fetchall()
        assert time_format in formats_of({written: 1})
        assert time_read(written, time_format) == read


def test_a_status_has_few_values_and_no_addresses(store: Store, tmp_path: Path) -> None:
    """Else every recipient could be given a meaning."""
    rows = "".join(f"{number},a{number % 2}@one.example,{number % 3}\n" for number in range(60))
    sample = _sample(store, tmp_path, "number,who,what\n" + rows)
    assert [column.name for column in sample.columns if can_be_status(column)] == ["what"]


def test_a_sample_counts_what_stands_in_its_columns(store: Store, tmp_path: Path) -> None:
    """Blanks around a value do not matter, a damaged row is left out, and addresses are masked in the first rows."""
    text = 'who,what\n"Ada <ada.l@one.example>",a\nbob@one.example, a \ntoo,many,cells\n"",b\n'
    sample = _sample(store, tmp_path, text)
    assert (sample.rows, sample.is_whole) == (3, True)
    assert [(column.filled, column.distinct) for column in sample.columns] == [(2, 3), (3, 2)]
    assert sample.columns[1].counts == {"a": 2, "b": 1}
    assert list(sample.first_rows["who"]) == ["Ada <a***@one.example>", "b***@one.example", ""]


def test_a_key_that_cannot_be_written_down_is_no_column(store: Store, tmp_path: Path) -> None:
    """JSON lets a key hold half a character, or none that a database takes."""
    sample = _sample(store, tmp_path, '{"a\\ud800": 1, "b\\u0000": 2, "c": {"d": 3}, "e": {}}\n')
    assert sample.names == ("c.d", "e")


def test_what_is_no_table_has_no_sample(store: Store, tmp_path: Path) -> None:
    """Prose, pictures, files that are missing or damaged."""
    path = tmp_path / "log"
    for content in (b"Dear reader\n", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, b"\x1f\x8bbroken", b""):
        path.write_bytes(content)
        assert sample_of(store, path, "log") is None
    assert sample_of(store, tmp_path / "missing", "log") is None
