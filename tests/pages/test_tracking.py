"""The Tracking page, run through the frame."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics.modes import Mode
from analytics.rows import row_count
from analytics.tracking_figures import selection_of
from data.deliveries import delivery
from data.settings import SAMPLES
from pages.session.store import opened_store
from tests.pages.conftest import Opened

HEADER = "kind,event_time,message_id,recipient,delivery_id,delivery_label,url,bounce_type\n"
LINK = "https://shop.example/?a=1&b=<b>2</b>"


def _event(kind: str, clock: str, number: int, url: str = "", bounce_type: str = "") -> str:
    return f"{kind},2026-03-02T{clock}Z,m{number},u{number}@example.com,DM1,Spring sale,{url},{bounce_type}\n"


LOG = (
    HEADER
    + "".join(_event("relayed", f"08:0{number}:00", number) for number in range(10))
    + "".join(_event("delivered", f"08:1{number}:00", number) for number in range(8))
    + _event("opened", "08:11:04", 1)
    + _event("opened", "08:12:05", 2)
    + _event("opened", "08:40:00", 2)
    + _event("opened", "08:45:00", 2)
    + _event("clicked", "09:10:00", 3, LINK)
    + _event("clicked", "09:20:00", 3, LINK)
    + _event("opened", "09:30:00", 4)
    + _event("bounced", "09:40:00", 4, bounce_type="hard")
    + _event("unsubscribed", "10:05:00", 5)
    + _event("complained", "10:10:00", 6)
    + _event("opened", "10:20:00", 8)
    + _event("opened", "10:30:00", 7)
)
"""Eight of ten accepted, one of them bounces afterwards. Opened: 1 by a machine alone, 2 by a machine and twice more, 3
by two clicks, 4 before its bounce, 5 by an opt-out, 8 without any acceptance, 7; 6 complains."""
SECTIONS = ["hours", "links", "domains", "clocks", "machines", "logs"]


def _captions(at: AppTest) -> str:
    return " ".join(caption.value for caption in at.caption)


def _metrics(at: AppTest) -> list[str]:
    return [metric.value for metric in at.metric]


def test_the_figures_are_those_of_the_log(page: Opened) -> None:
    """Seven of seven opened and one clicked: with and without machines; one opened by a machine alone."""
    at = page(LOG, page="tracking")
    assert _metrics(at) == ["100\xa0%", "85.7\xa0%", "1", "14.3\xa0%", "14.3\xa0%", "1"]
    assert "7 of 7 delivered" in _captions(at)
    told = _captions(at)
    for figure in (
        "Opens in total 7",
        "Clicks in total 2",
        "Inferred opens 2",
        "Opened without known acceptance 1",
        "Opened by likely machines 2",
        "Failed rows that were opened 1",
    ):
        assert figure in told


def test_the_figures_follow_mode_and_moment(page: Opened) -> None:
    """Without EFS nine count as delivered; at half past eight only the machines have opened."""
    assert _metrics(page(LOG, page="tracking", efs="false"))[0] == "77.8\xa0%"
    early = page(page="tracking", at="30")
    assert _metrics(early)[:2] == ["25.0\xa0%", "0\xa0%"]


def test_what_the_tile_still_shows_is_said_where_it_differs(page: Opened) -> None:
    """At half past ten the tile shows what was opened and clicked by ten; at ten both are one."""
    told = "The tile still shows 4 opened and 1 clicked: its clock stands at 2 Mar 2026 10:00 UTC."
    assert told in _captions(page(LOG, page="tracking"))
    assert "The tile still shows" not in _captions(page(page="tracking", at="120"))


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_every_section_is_drawn_in_every_language(page: Opened, language: str) -> None:
    """As chart and as table, and before anything was opened."""
    words = page(LOG, page="tracking", lang=language)
    for section in SECTIONS:
        parameters = {f"tracking-{name}-table": "true" for name in ("hours", "clocks", "delays")}
        at = page(page="tracking", lang=language, section=section, counted="total", **parameters)
        assert at.dataframe
        assert len(at.metric) == (10 if section == "clocks" else 6)
    assert _metrics(page(page="tracking", lang=language, at="3"))
    assert ("Opens in total" in _captions(words)) is (language == "en")


def test_the_hours_say_what_they_add_up_to(page: Opened) -> None:
    """Each is opened in one hour only; once the first is opened in another as well, the hours hold it twice."""
    assert "A message counts once in every hour in which it is opened. " in _captions(page(LOG, page="tracking"))
    at = page(LOG + _event("opened", "10:29:00", 1), page="tracking", **{"tracking-hours-table": "true"})
    told = "the hours add up to 8, of 7 opened."
    assert told in _captions(page(page="tracking"))
    assert at.dataframe[0].value["opened"].sum() == 8


def test_the_links_are_listed_as_text(page: Opened) -> None:
    """Total clicks, unique clickers and their share, with the ways to both."""
    at = page(LOG, page="tracking", section="links")
    row = at.dataframe[0].value.iloc[0]
    assert (row["link"], row["clicks"], row["clicked"], row["share_of_clicked"]) == (LINK, 2, 1, 1.0)
    assert "/sending-logs?delivery=DM1" in row["clicked_rows"]
    assert "section=logs" in row["clicks_rows"]


def test_domains_add_up_to_the_figures(page: Opened) -> None:
    """One domain here, with its rate."""
    row = page(LOG, page="tracking", section="domains").dataframe[0].value.iloc[0]
    assert (row["recipient_domain"], row["delivered"], row["opened"], row["open_rate"]) == ("example.com", 7, 7, 1.0)


@pytest.mark.parametrize(
    ("parameters", "rows"),
    [
        ({}, 11),
        ({"kind": "opened"}, 7),
        ({"kind": "clicked", "link": LINK}, 2),
        ({"kind": "inferred"}, 2),
        ({"kind": "first", "machine": "unjudged"}, 1),
        ({"machine": "yes"}, 2),
        ({"kind": "opened", "hour": "2026-03-02T08:00:00"}, 4),
        ({"kind": "nonsense", "delay": "many", "hour": "never"}, 11),
    ],
)
def test_the_tracking_log_follows_the_link(page: Opened, parameters: dict[str, str], rows: int) -> None:
    """Exactly the events asked for, addresses masked."""
    at = page(LOG, page="tracking", section="logs", **parameters)
    listed = at.dataframe[0].value
    assert len(listed) == rows
    assert set(listed["address"]) == {"u***@example.com"}
    assert f"{rows} event{'' if rows == 1 else 's'} up to 2 Mar 2026 10:30 UTC" in _captions(at)


def test_a_total_opens_its_events(page: Opened) -> None:
    """The button clears what was filtered before, and the link says it all."""
    at = page(LOG, page="tracking", section="logs", machine="yes")
    at.button(key="log_opens").click().run()
    assert not at.exception
    assert (at.query_params["section"], at.query_params["kind"]) == ("logs", "opened")
    assert "machine" not in at.query_params
    assert len(at.dataframe[0].value) == 7


def test_a_page_of_the_tracking_log_is_in_the_link(page: Opened) -> None:
    """A link shows the same page of the log, or the last one; other events begin with the first page."""
    log = LOG + "".join(_event("opened", f"10:29:{number % 60:02}", number) for number in range(10, 240))
    at = page(log, page="tracking", section="logs")
    at.pagination(key="page_number").set_value(3).run()
    assert at.query_params["page"] == "3"
    linked = page(page="tracking", section="logs")
    linked.query_params["page"] = "9"
    linked.run()
    assert (linked.pagination(key="page_number").value, len(linked.dataframe[0].value)) == (3, 41)
    at.selectbox(key="choice_kind").set_value("opened").run()
    assert "page" not in at.query_params
    at.pagination(key="page_number").set_value(2).run()
    at.button(key="log_clicks").click().run()
    assert "page" not in at.query_params


def test_the_clocks_differ_by_what_came_since_the_hour(page: Opened) -> None:
    """At 10:30 the tile shows what was opened by ten."""
    at = page(LOG, page="tracking", section="clocks")
    assert _metrics(at)[6:] == ["4", "7", "1", "1"]
    assert "since 2 Mar 2026 10:00 UTC, 3 more were opened and 0 clicked. Compute stats would bring them" in _captions(
        at
    )


def test_the_machines_are_told_apart_by_a_rule_on_the_page(page: Opened) -> None:
    """What the rule is, what it changes, and what it cannot judge."""
    told = _captions(page(LOG, page="tracking", section="machines"))
    assert "within 10 seconds after the message's acceptance is likely a machine's" in told
    assert "Of 7 messages opened, 1 were opened by likely machines alone" in told
    assert "1 message opened without a known acceptance cannot be judged" in told
    assert "2 of 6 messages were first opened within 10 seconds" in told


def test_the_rows_of_the_figures_are_as_many(page: Opened) -> None:
    """What the large figures link to."""
    page(LOG, page="tracking")
    about = delivery(opened_store(), "DM1")
    for figure, count in (("opened", 7), ("opened_without_machines", 6), ("clicked", 1), ("opened_but_failed", 1)):
        assert row_count(opened_store(), about, selection_of(figure), Mode.WITH_EFS) == count


def test_a_log_that_cannot_tell_says_so(page: Opened) -> None:
    """No figure and no chart, but the sentence."""
    export = (SAMPLES / "campaign_efs.txt").read_text("utf-8-sig").splitlines()
    at = page("\n".join(export[:20]) + "\n", page="tracking")
    assert not at.metric
    assert "The log cannot tell of opens and clicks" in _captions(at)
