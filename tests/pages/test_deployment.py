"""The Deployment page, run through the frame."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.kpis import Base
from analytics.modes import Mode
from analytics.tile import Tile, tile
from data.answers import Facts, delivery_facts
from data.deliveries import delivery
from data.ingest import import_log
from data.sources import remove_source
from data.store import Store
from pages.deliveries.standing import Standing
from pages.deliveries.tile_row import tile_metrics
from pages.figures.time_axis import Axis
from pages.i18n.formats import NOTHING
from pages.session.store import opened_store
from tests.pages.conftest import APP, Opened
from tests.pages.logs import HOSTILE_LABEL, SETTLING_LOG, SILENT_LOG

LATE_EVENT = SETTLING_LOG.splitlines()[0] + "\ndelivered,2026-03-02T12:00:00Z,m8,u8@example.com,DM1,Spring sale,,\n"


def _shown(at: AppTest) -> list[str]:
    return [metric.value for metric in at.metric if metric.value]  # a sparkline has none


def _expected(mode: Mode, minutes: int | None = None, base: Base | None = None) -> list[str]:
    return [metric.value for metric in tile_metrics(_tile(opened_store(), mode, minutes, base), _facts())]


def _tile(store: Store, mode: Mode, minutes: int | None = None, base: Base | None = None) -> Tile:
    about = delivery(store, "DM1")
    moment = None if minutes is None else about.started_at + timedelta(minutes=minutes)
    return tile(store, about, mode, moment, base)


def _facts() -> Facts:
    return delivery_facts(opened_store(), delivery(opened_store(), "DM1"))


def _captions(at: AppTest) -> str:
    return " ".join(caption.value for caption in at.caption)


def test_the_tile_shows_the_last_moment_observed_with_efs(page: Opened) -> None:
    """By default the tile is that of EFS at the end of the data."""
    at = page(SETTLING_LOG)
    assert _shown(at) == _expected(Mode.WITH_EFS)
    assert _shown(at) == ["10", "10", "70.0\xa0%", "10.0\xa0%", "28.6\xa0%", "14.3\xa0%"]


def test_the_toggle_changes_mode_and_base(page: Opened) -> None:
    """Without EFS everything relayed counts unless it failed, and the base is what was sent so far."""
    at = page(SETTLING_LOG)
    at.toggle(key="efs").set_value(False).run()
    assert _shown(at) == _expected(Mode.WITHOUT_EFS)
    assert "9 of 10 sent so far" in _captions(at)


def test_campaign_v8_counts_a_retry_nowhere(page: Opened) -> None:
    """Campaign v8 is EFS but for the messages being retried."""
    at = page(SETTLING_LOG, at="30")
    assert _shown(at)[2:4] == ["60.0\xa0%", "20.0\xa0%"]
    at.toggle(key="campaign-v8").set_value(True).run()
    assert _shown(at)[2:4] == ["60.0\xa0%", "10.0\xa0%"]
    assert _shown(at) == _expected(Mode.CAMPAIGN_V8, 30)


@pytest.mark.parametrize("base", list(Base))
@pytest.mark.parametrize("mode", [Mode.WITH_EFS, Mode.WITHOUT_EFS])
@pytest.mark.parametrize("minutes", [0, 5, 22, 100])
def test_every_number_follows_scrubber_mode_and_base(page: Opened, mode: Mode, base: Base, minutes: int) -> None:
    """Whatever the link asks for, the page shows what analytics answers."""
    at = page(SETTLING_LOG, at=str(minutes), base=base.value, efs=str(mode is Mode.WITH_EFS).lower())
    assert _shown(at) == _expected(mode, minutes, base)
    assert at.session_state["choice_base"] is base


def test_a_chosen_base_stays_when_the_mode_changes(page: Opened) -> None:
    """The base follows the mode until one is chosen."""
    at = page(SETTLING_LOG)
    at.selectbox(key="choice_base").set_value(Base.REPORTED).run()
    at.toggle(key="efs").set_value(False).run()
    assert at.query_params["base"] == "reported"
    assert _shown(at) == _expected(Mode.WITHOUT_EFS, base=Base.REPORTED)


def test_the_scrubber_steps_jumps_and_returns(page: Opened) -> None:
    """Steps go by a minute in a short period, the jump to the next change, and now to the end."""
    at = page(SETTLING_LOG, at="30")
    at.button(key="scrub_on").click().run()
    assert at.slider(key="at").value == 31
    at.button(key="scrub_next").click().run()
    assert at.slider(key="at").value == 90
    assert at.query_params["at"] == "90"
    assert _shown(at) == _expected(Mode.WITH_EFS, 90)
    at.button(key="scrub_previous").click().run()
    assert at.slider(key="at").value == 25
    at.button(key="scrub_end").click().run()
    assert at.slider(key="at").value == 180
    assert "at" not in at.query_params


def test_the_badge_says_how_far_the_delivery_is(page: Opened) -> None:
    """Relaying, then settling with what is open and the hours left of 120."""
    at = page(SETTLING_LOG, at="4")
    assert any("relaying" in element.value for element in at.markdown)
    at.slider(key="at").set_value(60).run()
    assert any("settling: 30.0\xa0% open, 120 h left" in element.value for element in at.markdown)


def test_a_log_without_feedback_is_never_said_to_settle(page: Opened) -> None:
    """No answer can come, but a failure may."""
    at = page(SILENT_LOG)
    words = [element.value for element in at.markdown]
    assert any("not final: failures may be reported for another 119 h" in word for word in words)
    assert not any("settling" in word for word in words)


def test_a_log_that_begins_in_the_middle_is_never_final() -> None:
    """What was settled before is missing, and said to be."""
    start = datetime.fromisoformat("2026-03-02T08:00")
    hour = timedelta(hours=1)
    cut = Standing(start + 9 * hour, 10, 0, 0, 0, 10, start + 8 * hour, start + 168 * hour, log_begins=start + hour)
    assert cut.words == "incomplete log"
    assert "The log begins 2 Mar 2026 09:00 UTC, after this delivery started" in str(cut.beginning_words)


def test_what_the_log_cannot_tell_is_no_number(page: Opened) -> None:
    """Rates of opens and clicks are unknown where the format holds none."""
    page(SETTLING_LOG)
    cannot = replace(_facts(), sources=tuple(replace(source, format="postfix") for source in _facts().sources))
    untold = tile_metrics(_tile(opened_store(), Mode.WITH_EFS), cannot)[4:]
    assert [(metric.value, metric.made_of, metric.selection) for metric in untold] == [
        (NOTHING, "The log cannot tell of opens and clicks.", None)
    ] * 2


def test_opens_that_a_log_could_tell_of_are_said_not_to_be_told(page: Opened) -> None:
    """0 % does not read as if nobody had opened; where some are told, there is a numerator even at 0."""
    told = "none told by this log"
    assert _captions(page(SILENT_LOG)).count(told) == 2
    assert told not in _captions(page(SETTLING_LOG, delivery="DM1", at="0"))


def test_the_gap_leads_to_the_page_that_explains_it(page: Opened) -> None:
    """At the same moment, as long as there is a gap; without delivery feedback none is known."""
    at = page(SETTLING_LOG, at="22")
    assert "4 more messages as Delivered than with EFS: 3 in flight, 1 retrying." in _captions(at)
    (link,) = _to_modes(at)
    assert parse_qs(link.query_string) == {"delivery": ["DM1"], "at": ["22"]}
    settled = "".join(f"delivered,2026-03-02T10:00:00Z,m{n},u{n}@example.com,DM1,,,\n" for n in (8, 9))
    assert "no message is in flight or retrying" in _captions(agreed := page(SETTLING_LOG + settled))
    assert not _to_modes(agreed)
    assert not _to_modes(page(SILENT_LOG, delivery="DM2"))


def _to_modes(at: AppTest) -> list[Any]:
    links = [link.proto for link in at.get("page_link")]
    return [link for link in links if link.page == "modes" and link.query_string]


def test_what_is_pending_stands_below_with_its_rows(page: Opened) -> None:
    """Two messages never got any feedback."""
    at = page(SETTLING_LOG)
    assert "Pending 2 · Canceled 0" in _captions(at)
    links = [link.proto for link in at.get("page_link") if "kpi=pending" in link.proto.query_string]
    assert [link.help for link in links] == ["Opens the 2 messages counted here"]


def test_the_sidebar_says_what_the_messages_are(page: Opened) -> None:
    """To deliver, to test profiles, excluded."""
    rejected = "rejected,2026-03-02T08:00:00Z,m11,u11@example.com,DM1,,Control group,\n"
    at = page(SETTLING_LOG + rejected)
    assert "11 messages: 10 to deliver, 1 excluded." in _captions(at)
    assert at.selectbox(key="choice_delivery").options == ["11 · Spring sale · 2 Mar 2026"]


def test_every_control_is_in_the_link(page: Opened) -> None:
    """The link alone brings back the screen."""
    link = {"delivery": "DM1", "efs": "false", "at": "22", "zoomed": "false", "axis": "clock", "test-profiles": "true"}
    at = page(SETTLING_LOG, SILENT_LOG, **link)
    assert dict(at.query_params) == link
    assert _shown(at) == _expected(Mode.WITHOUT_EFS, 22)
    assert not at.toggle(key="zoomed").value
    assert at.toggle(key="test-profiles").value
    assert at.session_state["choice_axis"] is Axis.CLOCK


def test_a_log_without_feedback_disables_the_efs_view(page: Opened) -> None:
    """The toggle stays, disabled, and says why; nothing is invented."""
    at = page(SILENT_LOG, efs="true")
    toggle = next(toggle for toggle in at.toggle if "EFS" in toggle.label)
    assert toggle.disabled
    assert not toggle.value
    assert "no delivery feedback, so the view with EFS cannot be derived" in _captions(at)
    assert _shown(at)[2] == "90.0\xa0%"


def test_silence_after_the_validity_end_is_said_with_its_range(page: Opened) -> None:
    """Messages that never got an answer leave Delivered open between two numbers."""
    late = "opened,2026-03-12T08:00:00Z,m1,u1@example.com,DM1,,,\n"
    at = page(SETTLING_LOG + late)
    assert "No feedback: 2. Delivered lies between 7 (70.0\xa0%) and 9 (90.0\xa0%)" in _captions(at)


def test_an_empty_store_says_what_to_do(page: Opened) -> None:
    """Nothing imported yet: the page leads to Import."""
    at = page()
    assert not at.metric
    assert "Import a sending log" in _captions(at)
    assert "Load the sample logs" in [button.label for button in at.button]


def test_trouble_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no store is named, without a traceback."""
    (tmp_path / "notes.txt").write_text("no store")
    monkeypatch.setenv("SENDLOG_STORE", str(tmp_path / "notes.txt"))
    st.cache_resource.clear()
    at = AppTest.from_file(APP, default_timeout=30).run()
    assert not at.exception
    assert "notes.txt cannot be opened as a store" in at.text[0].value


def test_a_label_is_text_and_nothing_more(page: Opened) -> None:
    """No markup of a log reaches what Streamlit renders as Markdown or HTML."""
    at = page(SILENT_LOG)
    assert at.text[0].value == HOSTILE_LABEL
    rendered = [element.value for element in (*at.markdown, *at.caption, *at.title)]
    assert not [text for text in rendered if "<b>" in text or "**y**" in text]


def test_compute_stats_says_that_nothing_changed(page: Opened) -> None:
    """An intact store is found intact."""
    at = page(SETTLING_LOG)
    at.button(key="compute-stats").click().run()
    assert "Computed from 22 events of 10 messages. Nothing changed." in _captions(at)
    assert not at.exception


def test_compute_stats_brings_the_clicks_up_to_the_last_row(page: Opened) -> None:
    """What the hourly clock did not show yet is said, and shown."""
    at = page(SETTLING_LOG + "opened,2026-03-02T11:20:00Z,m3,u3@example.com,DM1,,,\n")
    assert "Opens and clicks as of 2 Mar 2026 11:00 UTC (the tile's hourly clock)" in _captions(at)
    at.button(key="compute-stats").click().run()
    assert "Changed: Opened 2 → 3." in _captions(at)
    assert _shown(at)[4] == "42.9\xa0%"


def test_the_course_is_shown_as_a_table(page: Opened) -> None:
    """The points drawn can be read as a table that ends with the tile's numbers."""
    at = page(SETTLING_LOG, **{"course-table": "true"})
    assert at.dataframe[0].value["delivered"].iloc[-1] == 7


def test_every_session_sees_what_another_one_imports_and_removes(page: Opened, tmp_path: Path) -> None:
    """At its next action: the deliveries, their numbers, the scrubber's end, the course and the rows."""
    (tmp_path / "late.csv").write_text(SILENT_LOG + LATE_EVENT.partition("\n")[2])
    one, two = page(SETTLING_LOG, **{"course-table": "true"}), page(**{"course-table": "true"})
    shown = _everything(one)
    assert _everything(two) == shown
    import_log(opened_store(), tmp_path / "late.csv")
    for at in (one, two):
        at.query_params["delivery"] = "DM1"
        at.run()
        assert not at.exception
        assert len(at.selectbox(key="choice_delivery").options) == 2
        assert at.slider(key="at").max > 180
        assert _shown(at) == _expected(Mode.WITH_EFS) != shown[0]
        assert _everything(at)[-1] == 8
    remove_source(opened_store(), "late.csv")
    for at in (one, two):
        assert _everything(at.run()) == shown


def _everything(at: AppTest) -> tuple[object, ...]:
    """Numbers, deliveries to choose from, the scrubber's end, and how many the course ends with."""
    course = [table.value["delivered"].iloc[-1] for table in at.dataframe]
    return _shown(at), at.selectbox(key="choice_delivery").options, at.slider(key="at").max, *course


def test_an_unknown_delivery_in_a_link_is_said(page: Opened) -> None:
    """A link to another store shows the newest delivery and says so."""
    at = page(SETTLING_LOG, delivery="DM9")
    assert "not in this store" in _captions(at)
    assert at.query_params["delivery"] == "DM1"
