"""Adobe Campaign's tracking logs, exported by "Export list" or by a workflow's "Extract file".

A row names the sending log's row that it belongs to, and neither address nor delivery by itself.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from data.held import hold, hold_table
from data.intake import LogFile
from data.log_head import Head
from data.readers.campaign_notes import CUT_OFF, EXPORT_LIMIT, ORDER_ASSUMED, ZONE_ASSUMED
from data.readers.campaign_words import HEADINGS, by_spelling, plain
from data.readers.direct import TableReader
from data.readers.reader import Options, Reading
from data.records import stage_table
from data.sentences import Sentence
from data.statements import Cursor, run, scalar
from data.tables import header_of

# Column -> its headings in English, German, French and Swedish, and the technical names.
_HEADINGS: dict[str, tuple[str, ...]] = {
    "tracking_id": ("ID", "Tracking log ID", "Trackinglog-ID", "ID du log de tracking", "Spårningslogg-ID"),
    "log_date": (
        "logDate", "Log date", "Date", "Tracking date", "Datum", "Log-Datum", "Protokolldatum", "Date du log",
        "Loggdatum",
    ),
    "log_id": tuple(heading for heading in HEADINGS["log_id"] if heading != "ID"),
    "url_id": ("url-id", "URL ID", "ID der URL", "ID de l'URL", "ID URL", "ID för URL"),
    "url_type": ("urlType", "Type of URL", "Typ der URL", "Type d'URL", "Type de l'URL", "Typ av URL", "URL-Typ"),
    "url_source": ("urlSource", "Source URL", "URL", "Quell-URL", "URL-Quelle", "URL source", "Käll-URL", "URL-källa"),
}  # fmt: skip
# What was done with a link -> its code and labels. A mirror page shows the message again: it was opened.
_TYPES: dict[str, tuple[str, ...]] = {
    "clicked": ("1", "Click", "Email click", "Klick", "E-Mail-Klick", "Clic", "Clic e-mail", "E-postklick"),
    "opened": (
        "2", "Open", "Opening", "Öffnung", "Ouverture", "Öppning",
        "6", "Mirror page", "Mirrorseite", "Mirror-Seite", "Page miroir", "Spegelsida",
    ),
    "unsubscribed": (
        "3", "Opt-out", "Unsubscription", "Abmeldung", "Désinscription", "Désabonnement", "Avanmälan",
        "Avprenumeration",
    ),
}  # fmt: skip
_COLUMN_NAMED = by_spelling(_HEADINGS)
_KIND_NAMED = by_spelling(_TYPES)
_QUOTED = re.compile(r'(^|\t)"[^"\t\r\n]*"(\t|\r?$)', re.MULTILINE)
_SQL = Path(__file__).parent / "sql"


def _column_of(heading: str) -> str:
    return _COLUMN_NAMED.get(plain(heading), plain(heading))


def _is_tracking_log(columns: Collection[str]) -> bool:
    return (
        {"log_date", "log_id"} <= set(columns)
        and not {"url_id", "url_type"}.isdisjoint(columns)
        and "status" not in columns
    )


def _quote(head: Head, delimiter: str) -> str:
    """The quote of a file: "Extract file" writes tabs and no quotes, so that one there is a plain character."""
    return "" if delimiter == "\t" and not _QUOTED.search(head.text) else '"'


class _TrackingReader(TableReader):
    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Stage the event of every row."""
        header = header_of(log.head)
        names = header.columns(lambda name: column if (column := _column_of(name)) in self.columns else None)
        records = stage_table(
            cursor, log, header.delimiter, names, self.columns,
            lambda: self._told(cursor, source_id, options, log.lines_before), quote=_quote(log.head, header.delimiter),
        )  # fmt: skip
        reading = self._reading(cursor, options, records, log.lines_before or 1)
        return replace(reading, notes=_notes(cursor, records, names))

    def _told(self, cursor: Cursor, source_id: int, options: Options, lines_before: int) -> int:
        hold(cursor, "tracking_text", _SQL, "campaign_tracking_text")
        run(cursor, "campaign_tracking_dates", _SQL)
        zone_declared = options.timezone is not None
        run(cursor, "campaign_moment", _SQL, timezone=options.timezone or "UTC", zone_declared=zone_declared)
        hold_table(cursor, "url_meaning", _meanings(cursor))
        return super()._told(cursor, source_id, options, lines_before)


def _meanings(cursor: Cursor) -> pa.Table:
    """The kinds that the types of links in the file stand for."""
    rows = cursor.execute("SELECT DISTINCT url_type FROM tracking_text WHERE url_type IS NOT NULL").fetchall()
    written = [text for (text,) in rows]
    kinds = [_KIND_NAMED.get(plain(text)) for text in written]
    return pa.table({"written": pa.array(written, pa.string()), "kind": pa.array(kinds, pa.string())})


def _notes(cursor: Cursor, records: int, names: list[str]) -> tuple[Sentence, ...]:
    """What was assumed of a file, and what it may lack."""
    found = {
        ZONE_ASSUMED: scalar(cursor, "SELECT bool_or(is_assumed) FROM campaign_moment"),
        ORDER_ASSUMED: scalar(cursor, "SELECT is_assumed FROM campaign_order"),
        Sentence(
            "It has no column for the type of a link (urlType), so opt-out links and mirror pages count as clicks."
        ): "url_type" not in names,
        CUT_OFF: records == EXPORT_LIMIT,
    }
    return tuple(note for note, is_so in found.items() if is_so)


CAMPAIGN_TRACKING = _TrackingReader(
    name="campaign-tracking",
    label="Adobe Campaign tracking log",
    validity_hours=84.0,
    ceiling_hours=84.0,
    tells_engagement=True,
    joins=True,
    shared_family="campaign",
    columns=tuple(_HEADINGS),
    recognises=_is_tracking_log,
    column_of=_column_of,
)
