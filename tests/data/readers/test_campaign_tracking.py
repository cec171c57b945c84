"""Campaign's tracking log beside the sending log that names its messages."""

from collections.abc import Callable
from typing import Any

import pytest

from data.log_head import Head
from data.readers.campaign_tracking import CAMPAIGN_TRACKING
from data.report import ImportReport
from data.sources import remove_source
from data.store import Store

Imported = Callable[..., ImportReport]

SENDING = (
    "Date;Status;Address;Delivery log ID;Delivery\n"
    "21/08/2026 01:59:00;Sent;Ada@one.example;7001;Summer\n"
    "21/08/2026 01:59:01;Sent;bo@one.example;7002;Summer\n"
)
HEADER = "id;logDate;url-id;delivery-id;broadLog-id;urlLabel;urlSource;urlType"
TRACKING = f"""{HEADER}
9001;21/08/2026 02:00:00;1;501;7001;;;2
9002;21/08/2026 02:00:05;88;501;7001;Shop;https://shop.example/a;1
9003;21/08/2026 02:00:06;89;501;7001;Leave;https://shop.example/out;3
9004;21/08/2026 02:00:07;90;501;7002;Mirror;https://shop.example/m;6
9005;21/08/2026 02:00:08;91;501;7002;;;9
9006;21/08/2026 02:00:09;1;501;7003;;;2
"""
EVENTS = [
    ("opened", "02:00:00", "7001", "Ada@one.example", "Summer", None),
    ("clicked", "02:00:05", "7001", "Ada@one.example", "Summer", "https://shop.example/a"),
    ("unsubscribed", "02:00:06", "7001", "Ada@one.example", "Summer", "https://shop.example/out"),
    ("opened", "02:00:07", "7002", "bo@one.example", "Summer", "https://shop.example/m"),
    ("unknown", "02:00:08", "7002", "bo@one.example", "Summer", None),
]
TOLD = """
    SELECT DISTINCT kind, strftime(event_time, '%H:%M:%S') AS time, message_id, recipient, delivery_id, url
    FROM event JOIN delivery USING (delivery_key)
    WHERE kind IN ('opened', 'clicked', 'unsubscribed', 'unknown') ORDER BY time, message_id
"""


def rows(store: Store, query: str = TOLD) -> list[tuple[Any, ...]]:
    """What a query yields."""
    with store.cursor() as cursor:
        return cursor.execute(query).fetchall()


def messages(store: Store) -> list[tuple[Any, ...]]:
    """All messages of the store."""
    return rows(store, "SELECT DISTINCT message_id, recipient FROM event ORDER BY ALL")


@pytest.mark.parametrize("first", ["sending", "tracking"])
def test_it_joins_the_sending_log_in_either_order(first: str, store: Store, import_text: Imported) -> None:
    """Each row finds its message, no message is made up, and what no sending log names waits."""
    texts = {"sending": (SENDING, {"efs": True}), "tracking": (TRACKING, {})}
    second = "tracking" if first == "sending" else "sending"
    for name in (first, second):
        text, options = texts[name]
        assert import_text(text, name=f"{name}.txt", **options).rejected == 0
    assert rows(store) == EVENTS
    assert messages(store) == [("7001", "Ada@one.example"), ("7002", "bo@one.example")]


@pytest.mark.parametrize("removed", ["sending", "tracking"])
def test_removed_and_imported_again_it_counts_the_same(removed: str, store: Store, import_text: Imported) -> None:
    """Without either file nothing was opened; with it again, all is as it was."""
    import_text(SENDING, name="sending.txt", efs=True)
    import_text(TRACKING, name="tracking.txt")
    source_id = rows(store, f"SELECT source_id FROM source WHERE name = '{removed}.txt'")[0][0]  # noqa: S608
    remove_source(store, str(source_id))
    assert rows(store) == []
    import_text(SENDING if removed == "sending" else TRACKING, name=f"{removed}.txt", efs=True)
    assert rows(store) == EVENTS


def test_a_later_export_brings_the_message_that_a_row_waits_for(store: Store, import_text: Imported) -> None:
    """Rows that wait are told of, and count once a sending log names theirs."""
    import_text(SENDING, name="sending.txt", efs=True)
    report = import_text(TRACKING, name="tracking.txt")
    assert any("no message or recipient that is known yet" in note for note in report.notes)
    import_text(SENDING.replace("7002", "7003").replace("bo@", "cy@"), name="more.txt", efs=True)
    assert ("opened", "02:00:09", "7003", "cy@one.example", "Summer", None) in rows(store)


def test_the_same_rows_in_another_export_count_once(store: Store, import_text: Imported) -> None:
    """Incremental exports overlap; a tracking row is told by its id."""
    import_text(SENDING, name="sending.txt", efs=True)
    import_text(TRACKING, name="tracking.txt")
    report = import_text(TRACKING + "9007;21/08/2026 02:00:10;1;501;7002;;;2\n", name="more.txt")
    assert (report.used, report.duplicates) == (1, 5)
    assert rows(store) == [*EVENTS, ("opened", "02:00:10", "7002", "bo@one.example", "Summer", None)]


@pytest.mark.parametrize(
    ("header", "types"),
    [
        ("ID;Date;URL ID;Delivery;Delivery log ID;Label;URL;URL type", "Open;Email click;Opt-out;Mirror page"),
        ("ID;Datum;URL-ID;Versand;Versandlog-ID;Titel;URL;URL-Typ", "Öffnung;E-Mail-Klick;Abmeldung;Mirrorseite"),
        (
            "ID;Date;ID de l'URL;Diffusion;ID du log de diffusion;Libellé;URL;Type de l'URL",
            "Ouverture;Clic;Désinscription;Page miroir",
        ),
        ("ID;Loggdatum;URL-ID;Leverans;Sändningslogg-ID;Etikett;URL;URL-typ", "Öppning;Klick;Avanmälan;Spegelsida"),
        (HEADER, "2;1;3;6"),
    ],
)
def test_it_reads_the_same_in_every_language(header: str, types: str, store: Store, import_text: Imported) -> None:
    """Headings and types are known in four languages, and as technical names and codes."""
    text = TRACKING.replace(HEADER, header)
    for code, word in zip("2136", types.split(";"), strict=True):
        text = text.replace(f";{code}\n", f";{word}\n")
    import_text(SENDING, name="sending.txt", efs=True)
    assert import_text(text, name="tracking.txt").format == "campaign-tracking"
    assert rows(store) == EVENTS


@pytest.mark.parametrize(
    ("written", "timezone", "time"),
    [
        ("21/08/2026 02:00:00", None, "2026-08-21 02:00:00"),
        ("21.08.2026 02:00", None, "2026-08-21 02:00:00"),
        ("08/21/2026 2:00:00 PM", None, "2026-08-21 14:00:00"),
        ("21/08/2026 02:00:00", "Europe/Stockholm", "2026-08-21 00:00:00"),
        ("2026-08-21T02:00:00.500Z", "Europe/Stockholm", "2026-08-21 02:00:00.500"),
        ("2026-08-21 02:00:00.000Z", None, "2026-08-21 02:00:00"),
    ],
)
def test_dates_are_read_as_the_country_writes_them(
    written: str, timezone: str | None, time: str, store: Store, import_text: Imported
) -> None:
    """Day or month first, twelve hours or twenty-four, local to the declared zone, or ISO; an assumed zone is told."""
    import_text(SENDING, name="sending.txt", efs=True)
    report = import_text(f"{HEADER}\n9001;{written};1;501;7001;;;2\n", name="tracking.txt", timezone=timezone)
    query = "SELECT strftime(event_time, '%Y-%m-%d %H:%M:%S.%g'), time_assumed FROM event WHERE kind = 'opened'"
    is_assumed = timezone is None and not written.endswith("Z")
    assert rows(store, query) == [(time if "." in time else f"{time}.000", is_assumed)]
    assert any("--timezone" in note for note in report.notes) == is_assumed


def test_a_date_that_the_clocks_skip_is_rejected(import_text: Imported) -> None:
    """An hour that does not exist in the zone is no time."""
    report = import_text(f"{HEADER}\n9001;29/03/2026 02:30:00;1;501;7001;;;2\n", timezone="Europe/Stockholm")
    assert "does not exist in Europe/Stockholm" in report.rejections[0][2]


def test_the_order_of_day_and_month_is_told_where_it_is_assumed(import_text: Imported) -> None:
    """Dates that fit both ways are read day first, and the report says so."""
    report = import_text(f"{HEADER}\n9001;03/04/2026 02:30:00;1;501;7001;;;2\n")
    assert any("day first" in note for note in report.notes)


def test_without_types_a_link_is_a_click_and_that_is_told(store: Store, import_text: Imported) -> None:
    """The link 1 is the opening; what the others are, only the type tells."""
    import_text(SENDING, name="sending.txt", efs=True)
    text = "broadLog-id;logDate;url-id\n7001;21/08/2026 02:00:00;1\n7001;21/08/2026 02:00:01;88\n"
    report = import_text(text, name="tracking.txt")
    assert [row[0] for row in rows(store)] == ["opened", "clicked"]
    assert any("urlType" in note for note in report.notes)


def test_a_tab_file_holds_plain_quotes(store: Store, import_text: Imported) -> None:
    """A workflow's "Extract file" does not quote, so a quote at the start of a field is part of it."""
    text = f'{HEADER}\n9002;21/08/2026 02:00:05;88;501;7001;"Shop" now;https://shop.example/a;1\n'.replace(";", "\t")
    import_text(SENDING, name="sending.txt", efs=True)
    assert import_text(text, name="tracking.txt").rejected == 0
    assert rows(store) == [EVENTS[1]]


def test_a_damaged_row_costs_itself_alone_and_keeps_its_number(import_text: Imported) -> None:
    """Too few fields, or none that can be read; the lines behind it are counted on."""
    report = import_text(f"{HEADER}\n9001;broken\n9002;yesterday;1;501;7001;;;2\n9003;21/08/2026;1;501;7001;;;2\n")
    assert [(line, reason[:18]) for line, _, reason in report.rejections] == [
        (2, "2 fields where the"),
        (3, 'the date "yesterda'),
    ]


@pytest.mark.parametrize(
    "text",
    [
        SENDING,
        "Date;Status;Address;Delivery log ID;url-id;logDate\n21/08/2026 01:59:00;Sent;a@x.org;7001;1;\n",
        "logDate;url-id\n21/08/2026 02:00:00;1\n",
        "date,url,type\n2026-01-01,/index,1\n",
        "id,date,broadLog-id\n1,2026-01-01,7\n",
        "",
    ],
)
def test_it_refuses_other_files(text: str) -> None:
    """A sending log, or a table without the sending log's id, a date and a link, is none of its own."""
    assert not CAMPAIGN_TRACKING.detects(Head(text, is_binary=False))
