"""The report of a delivery as one HTML page: it opens without a server and without a network, and names no address."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from data.deliveries import delivery
from data.snapshot import Snapshot, held_still
from pages.i18n.formats import count_text, share_text
from pages.i18n.language import Language, speaking, spoken
from pages.i18n.words import words
from pages.report.content import report_content
from pages.report.labels import labels, most_of
from pages.session.asked import Filters
from pages.session.store import opened_store
from pages.session.table_files import file_name

_ADDRESS = re.compile(r"([^\s<>@,;:\"'()])[^\s<>@,;:\"'()]*@")


def draw_report_button(asked: Filters) -> None:
    """Draw the button that hands out the report; it is written when it is asked for."""
    language = spoken()
    st.download_button(
        words("Report"),
        lambda: _report_now(asked, language),
        file_name(asked.delivery.delivery_id, "report", "html"),
        "text/html",
        key="report",
        icon=":material/description:",
        on_click="ignore",
        help=words("This delivery at the chosen moment as one page, without addresses, to send on or to print"),
    )


def report_html(store: Snapshot, asked: Filters) -> bytes:
    """The report of a delivery as it stood at the chosen moment, both modes side by side, in the language spoken."""
    content = report_content(store, asked)
    script = Markup(get_plotlyjs())  # noqa: S704 - our own
    page = _template().render(content=content, labels=labels(), language=spoken().value, plotly=script)
    return page.encode()


def without_addresses(text: str) -> str:
    """The text of a log with every address in it masked: j***@example.com."""
    return _ADDRESS.sub(r"\1***@", text)


def _report_now(asked: Filters, language: Language) -> bytes:
    """The report from the data as they are when it is asked for, which may be long after the page was drawn."""
    with speaking(language), held_still(opened_store()) as store:
        now = delivery(store, asked.delivery.delivery_id)
        return report_html(store, replace(asked, delivery=now, version=store.version))


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    known = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    known.globals |= {"count": count_text, "share": share_text, "most_of": most_of}
    known.filters["masked"] = without_addresses
    return known.get_template("report.html")
