"""The report of a delivery: a page that opens without a server, says what the tile says, and names nobody."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from analytics.failures import breakdown, failures
from analytics.kpis import DEFAULT_BASE, Base
from analytics.modes import Mode
from analytics.tile import Tile, tile
from data.deliveries import Delivery, delivery
from data.ingest import import_log
from data.notes import annotate
from data.snapshot import held_still
from data.store import Store
from pages.i18n.formats import count_text, share_text
from pages.i18n.language import Language, speaking
from pages.report.content import report_content
from pages.report.report import _report_now, report_html, without_addresses
from pages.session.asked import Filters
from pages.session.store import opened_store
from tests.pages.conftest import Opened
from tests.pages.logs import SETTLING_LOG, SILENT_LOG

MODES = (Mode.WITH_EFS, Mode.WITHOUT_EFS)
HOSTILE = "</script><script>x()</script><img src=https://evil.example/a.png>"
_LOADING = {"src", "href", "srcset", "action", "data", "poster", "background"}
_ELEVENTH = "\nrelayed,2026-03-02T08:05:30Z,m11,u11@example.com,DM1,Spring sale,,\n"
Importing = Callable[..., object]


def asked_for(about: Delivery, minutes: int | None = None) -> Filters:
    """The delivery some minutes after its send, else at its end."""
    mode = Mode.WITH_EFS if about.has_delivery_feedback else Mode.WITHOUT_EFS
    at = about.moment(None if minutes is None else about.started_at + timedelta(minutes=minutes))
    return Filters(0, about, mode, DEFAULT_BASE[mode], at, with_test_profiles=False)


def report(store: Store, delivery_id: str, minutes: int | None = None, language: Language = Language.ENGLISH) -> str:
    """The report as text."""
    with speaking(language), held_still(store) as still:
        return report_html(still, asked_for(delivery(still, delivery_id), minutes)).decode()


@contextmanager
def opened(browser: Browser, folder: Path, text: str) -> Iterator[tuple[Page, list[str]]]:
    """The report in a browser without a network; and what went wrong or was asked for."""
    path = folder / "report.html"
    path.write_text(text, encoding="utf-8")
    context = browser.new_context(offline=True, color_scheme="dark")
    page, noted = context.new_page(), list[str]()
    page.on("console", lambda message: noted.append(message.text))
    page.on("pageerror", lambda error: noted.append(str(error)))
    page.on("request", lambda request: noted.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_function("document.querySelectorAll('.chart .main-svg').length >= 1")
    noted.remove(path.as_uri())
    yield page, noted
    context.close()


def values(page: Page, mode: Mode) -> list[str]:
    """The six KPIs of a mode."""
    return page.locator(f"td[data-mode={mode}] .value").all_inner_texts()


def expected(shown: Tile) -> list[str]:
    """The tile's own numbers."""
    shares = (shown.delivered_rate, shown.bounces_errors_rate, shown.open_rate, shown.click_through_rate)
    return [count_text(shown.to_deliver), count_text(shown.sent), *map(share_text, shares)]


@pytest.mark.browser
@pytest.mark.parametrize("minutes", [22, None])
def test_it_opens_without_a_server_and_shows_both_tiles(
    store: Store, import_text: Importing, browser: Browser, tmp_path: Path, minutes: int | None
) -> None:
    """From a file and without a network: both modes as their tiles, a chart of each, and nothing in the console."""
    import_text(SETTLING_LOG)
    about = delivery(store, "DM1")
    at = asked_for(about, minutes).at
    with opened(browser, tmp_path, report(store, "DM1", minutes)) as (page, noted):
        for mode in MODES:
            assert values(page, mode) == expected(tile(store, about, mode, at))
        assert page.locator(".chart .main-svg").count() >= len(MODES)
        assert page.locator(".chart[role=img][aria-label]").count() == len(MODES)
        assert page.locator(".modebar").count() == 0
        page.emulate_media(media="print")
        page.emulate_media(media="screen", color_scheme="light")
        assert noted == []


@pytest.mark.browser
def test_what_a_log_says_is_text_and_nothing_more(
    store: Store, import_text: Importing, browser: Browser, tmp_path: Path
) -> None:
    """A label, a reason and a domain with markup are shown as they are, run nothing and load nothing."""
    log = SETTLING_LOG.replace("Spring sale", HOSTILE).replace("User unknown", HOSTILE)
    import_text(log)
    with opened(browser, tmp_path, report(store, "DM1")) as (page, noted):
        assert page.locator("h1").inner_text() == HOSTILE
        assert HOSTILE in page.locator("[data-failing=reasons] tbody th").all_inner_texts()
        assert page.locator("img").count() == 0
        assert noted == []


class Loading(HTMLParser):
    """What a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links, scripts and pictures from elsewhere."""
        self.found += [f"{tag} {name}={value}" for name, value in attrs if name in _LOADING]


def test_it_loads_nothing_from_elsewhere(store: Store, import_text: Importing) -> None:
    """No element names a place to load from, and its own policy forbids it."""
    import_text(SETTLING_LOG)
    text = report(store, "DM1")
    loading = Loading()
    loading.feed(text)
    assert loading.found == []
    assert "default-src 'none'" in text
    assert text.count("* plotly.js v") == 1


def test_it_names_no_address(store: Store, import_text: Importing) -> None:
    """Neither recipients nor addresses in what a log says."""
    import_text(
        SETTLING_LOG.replace("Spring sale", "from shop@sender.example").replace("Mailbox full", "full: <jo@x.de>")
    )
    text = report(store, "DM1")
    own = text.replace(text[text.index("<script>") : text.rindex("</script>")], "")
    assert re.findall(r"[\w.]+@[\w.]+", own) == []
    assert "s***@sender.example" in own
    assert without_addresses("to a.b+c@x.example, (d@y.example)") == "to a***@x.example, (d***@y.example)"


def test_its_failures_are_those_of_the_moment(store: Store, import_text: Importing) -> None:
    """By domain and by reason, as many messages as analytics counts; they add up alike."""
    import_text(SETTLING_LOG)
    about = delivery(store, "DM1")
    told = breakdown(failures(store, about, about.started_at + timedelta(minutes=30)), "reason", Mode.WITH_EFS)
    cells = re.search(r'data-failing="reasons".*?</table>', report(store, "DM1", 30), re.DOTALL)
    assert cells is not None
    rows = re.findall(r'row">(.*?)</th>.*?>(\d+)</td>.*?>(\d+)</td>.*?>(\d+)</td>', cells[0])
    assert sorted(rows) == [("Mailbox full", "0", "1", "0"), ("User unknown", "1", "0", "0")]
    assert sorted(
        told[["value", "failed", "retrying", "recovered"]].astype(str).itertuples(index=False, name=None)
    ) == sorted(rows)


def test_it_tells_why_the_modes_differ_and_when_they_meet(store: Store, import_text: Importing) -> None:
    """As the page that compares them does, with the provider, masked; nothing of it where acceptances are unknown."""
    import_text(SETTLING_LOG.replace("Mailbox full", "full: jo@x.example"))
    text = report(store, "DM1", 22)
    assert "Without EFS counts 4 more messages as Delivered than with EFS" in text
    assert "All 4 messages of the gap are at example.com." in text
    assert "full: j***@x.example (1 of 1)" in text
    assert "Those retrying do so by 7 Mar 2026 08:06 UTC at the latest" in text
    import_text(SILENT_LOG)
    assert 'id="gap"' not in report(store, "DM2")


def test_its_sentences_reach_up_to_the_chosen_moment(store: Store, import_text: Importing) -> None:
    """What the charts show after it is not told as if it were there."""
    import_text(SETTLING_LOG)
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", report(store, "DM1", 22))
    assert [caption.partition(". ")[2] for caption in captions] == [
        (
            "Delivered goes from 0\xa0% to 60.0\xa0%, Bounces + errors from 0\xa0% to 10.0\xa0%, within 22 min. "
            "This is not final yet."
        ),
        (
            "Delivered goes from 100\xa0% to 100\xa0%, Bounces + errors from 0\xa0% to 0\xa0%, within 22 min. "
            "This is not final yet."
        ),
    ]


def test_annotations_are_told_whole(store: Store, import_text: Importing) -> None:
    """The charts have room for their beginnings alone; an address in them is masked."""
    import_text(SETTLING_LOG)
    assert 'id="annotations"' not in report(store, "DM1")
    at = delivery(store, "DM1").started_at + timedelta(minutes=20)
    annotate(store, "DM1", at, None, "Mailboxes were full all morning, says jo@x.example")
    assert "<dt>2 Mar 2026 08:20 UTC</dt><dd>Mailboxes were full all morning, says j***@x.example</dd>" in report(
        store, "DM1"
    )


def test_its_course_is_that_of_the_tile(store: Store, import_text: Importing) -> None:
    """Every row of the course in numbers is the tile at its time, up to the chosen moment."""
    import_text(SETTLING_LOG)
    about = delivery(store, "DM1")
    rows = re.findall(r'row">([^<]* (?:min|h)[^<]*)</th>\s*<td class="number">([^<]*)<', report(store, "DM1", 130))
    moments = {"0 min": 0, "1 h": 60, "2 h": 120, "2 h 10 min": 130}
    assert [span for span, _ in rows] == [*moments, *moments]
    for place, (span, told) in enumerate(rows):
        at = about.started_at + timedelta(minutes=moments[span])
        shown = tile(store, about, MODES[place // len(moments)], at)
        assert told == f"{shown.delivered} ({share_text(shown.delivered_rate)})"


def test_its_charts_have_one_time_axis(store: Store, import_text: Importing) -> None:
    """Also where only one of the modes changes late, so that its chart alone needs the whole axis."""
    late = "bounced,2026-03-05T08:00:00Z,m9,u9@example.com,DM1,Spring sale,User unknown,hard\n"
    retried = "deferred,2026-03-02T08:20:00Z,m9,u9@example.com,DM1,Spring sale,User unknown,\n"
    import_text(SETTLING_LOG + retried + late)
    with held_still(store) as still:
        readings = report_content(still, asked_for(delivery(still, "DM1"))).readings
    spans = [json.loads(reading.chart.light)["layout"]["xaxis"]["range"] for reading in readings]
    assert len(spans) == 2
    assert spans[0] == spans[1]


@pytest.mark.parametrize("language", list(Language))
def test_it_speaks_each_language(store: Store, import_text: Importing, language: Language) -> None:
    """The page says which; its charts and sentences are of it."""
    import_text(SETTLING_LOG)
    text = report(store, "DM1", 30, language)
    assert f'<html lang="{language.value}">' in text
    delivered = {Language.ENGLISH: "Delivered", Language.GERMAN: "Zugestellt", Language.SWEDISH: "Levererade"}[language]
    assert f'">{delivered}</th>' in text
    assert json.dumps(delivered, ensure_ascii=False) in text


def test_a_log_without_feedback_has_one_mode(store: Store, import_text: Importing) -> None:
    """What it cannot answer is said instead of invented."""
    import_text(SILENT_LOG)
    text = report(store, "DM2")
    assert text.count('scope="col">Without EFS') == 1
    assert 'scope="col">With EFS' not in text
    assert "no delivery feedback" in text


def test_each_mode_has_its_own_base_unless_one_is_chosen(store: Store, import_text: Importing) -> None:
    """Whichever mode is asked for, the report is the same; a chosen base holds for both modes."""
    import_text(SETTLING_LOG)
    with held_still(store) as still:
        asked = asked_for(delivery(still, "DM1"), 4)
        other = replace(asked, mode=Mode.WITHOUT_EFS, base=DEFAULT_BASE[Mode.WITHOUT_EFS])
        texts = [report_html(still, one).decode() for one in (asked, other, replace(asked, base=Base.REPORTED))]
    bases = [re.findall(r"<small>\d+ of (\d+ [a-z ]+)</small>", text) for text in texts]
    assert bases[0] == bases[1]
    assert {"10 to deliver", "5 sent so far"} <= set(bases[0])
    assert {base for base in bases[2] if "delivered" not in base} == {"0 reported", "5 reported"}


def test_the_file_is_written_when_it_is_asked_for(page: Opened, tmp_path: Path) -> None:
    """In the language of the page that asked, from the data as they are by then."""
    page(SETTLING_LOG)
    asked = asked_for(delivery(opened_store(), "DM1"), 22)
    (tmp_path / "more.csv").write_text(SETTLING_LOG.partition("\n")[0] + _ELEVENTH)
    import_log(opened_store(), tmp_path / "more.csv")
    text = _report_now(asked, Language.GERMAN).decode()
    assert '<html lang="de">' in text
    assert '<span class="value">11</span>' in text
