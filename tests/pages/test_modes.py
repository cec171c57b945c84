"""The page that compares the modes, run through the frame."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from analytics.modes import Mode
from analytics.rows import row_count
from analytics.tile import tile
from data.deliveries import Delivery, delivery
from pages.i18n.language import Language, speaking
from pages.i18n.signed import signed_points_text
from pages.session.selection_query import selection_from
from pages.session.store import opened_store
from tests.pages.logs import SETTLING_LOG, SILENT_LOG

Opened = Callable[..., AppTest]
SETTLED_LOG = "".join(
    line for line in SETTLING_LOG.splitlines(keepends=True) if ",m8," not in line and ",m9," not in line
)
PROVIDER_LOG = SETTLING_LOG.replace("u6@example.com", "u6@<b>slow.example").replace(
    "u8@example.com", "u8@<b>slow.example"
)
_HEAD, *_EVENTS = SETTLING_LOG.splitlines()
EXPIRING_LOG = "\n".join(
    [f"{_HEAD},expires_at"]
    + [f"{event},2026-03-09T08:00:00Z" for event in _EVENTS if "T09:30" not in event]
    + ["relayed,2026-03-12T08:00:00Z,n1,n1@example.com,DM2,Later,,,"]
)
# English and translated: the first words of the sentence about the gap.
GAP_WORDS = {
    "en": "Without EFS counts 4 more messages",
    "de": "Ohne EFS zählen 4 Nachrichten",
    "sv": "Utan EFS räknas 4",
}


class Linked:
    """The parameters of a link, as the page that it leads to reads them."""

    def __init__(self, url: str) -> None:
        self._values = parse_qs(urlsplit(url).query)

    def get_all(self, key: str) -> list[str]:
        """All values of a parameter."""
        return self._values.get(key, [])


def about() -> Delivery:
    """The delivery shown."""
    return delivery(opened_store(), "DM1")


def linked_rows(url: str, mode: Mode, minutes: int) -> int:
    """How many rows a link leads to."""
    at = about().started_at + timedelta(minutes=minutes)
    return row_count(opened_store(), about(), selection_from(Linked(url)), mode, at)


def values(at: AppTest) -> list[str]:
    """The metrics."""
    return [metric.value for metric in at.metric]


def texts(at: AppTest) -> str:
    """All plain texts of the page."""
    return " ".join(text.value for text in at.text)


def sentences(at: AppTest) -> str:
    """All sentences of the page."""
    return " ".join([text.value for text in [*at.markdown, *at.caption]])


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_the_gap_is_told_to_the_message(page: Opened, language: str) -> None:
    """At 8:22 six are accepted, one is retried and three are in flight: 10 of 10 against 6 of 10, and 4 between."""
    at = page(SETTLING_LOG, page="modes", at="22", lang=language)
    full, some = ("100\xa0%", "60.0\xa0%") if language == "en" else ("100\xa0%", "60,0\xa0%")
    assert values(at) == [full, some, "4"]
    assert GAP_WORDS[language] in sentences(at)


def test_it_says_how_each_mode_counts(page: Opened) -> None:
    """With the numbers of the moment, and with both bases where they differ."""
    at = page(SETTLING_LOG, page="modes", at="22")
    assert "until a failure is reported: 100\xa0%" in sentences(at)
    assert "once the receiving server has accepted it: 60.0\xa0%" in sentences(at)
    assert "divide by different numbers" not in sentences(at)
    begun = sentences(page(SETTLING_LOG, page="modes", at="0"))
    sent = tile(opened_store(), about(), Mode.WITHOUT_EFS, about().started_at).sent
    assert f"divide by different numbers: {sent} sent so far, 10 to deliver" in begun


def test_the_gap_stays_open_for_who_never_gets_a_reply(page: Opened) -> None:
    """The sentence says when the rest closes, and that some of it may not."""
    at = page(SETTLING_LOG, page="modes")
    assert values(at) == ["90.0\xa0%", "70.0\xa0%", "2"]
    assert "than with EFS: 2 in flight (no reply yet)." in sentences(at)
    assert "stay Pending with EFS and Delivered without" in sentences(at)
    assert "etrying" not in " ".join(text.value for text in at.markdown[1:3])


def test_nothing_is_said_of_messages_in_flight_where_there_are_none(page: Opened) -> None:
    """All but one are settled at 8:30, and that one is retried up to the end of its validity period."""
    at = page(SETTLED_LOG, page="modes", at="30")
    assert "more message as Delivered than with EFS: 1 retrying (refused for now, tried again)." in sentences(at)
    assert "by 7 Mar 2026 08:06 UTC at the latest" in sentences(at)
    assert "n flight" not in " ".join(text.value for text in [*at.markdown[1:3], *at.caption[:2]])


def test_the_end_that_the_log_names_is_that_of_the_gap(page: Opened) -> None:
    """Where it lies after relay + validity; up to then it may close, and after it nothing is promised."""
    at = page(EXPIRING_LOG, page="modes", delivery="DM1", at="7500")  # five days and five hours in
    assert about().ended_at < about().started_at + timedelta(minutes=7500)
    assert "by 9 Mar 2026 08:00 UTC at the latest" in sentences(at)
    ended = sentences(page(page="modes", delivery="DM1"))
    assert "The last validity period ended 9 Mar 2026 08:00 UTC. Those in flight stay Pending" in ended
    assert "retrying" not in ended.split("The last validity period ended")[1].split("unless a reply")[0]


def test_the_end_is_that_of_those_retrying(page: Opened) -> None:
    """Three were relayed after the one that is retried, and are in flight: their ends do not matter."""
    at = page(SETTLING_LOG, page="modes", at="22")
    assert about().ended_at == about().started_at + timedelta(hours=120, minutes=9)
    assert "by 7 Mar 2026 08:06 UTC at the latest, when the last of their validity periods ends." in sentences(at)


def test_while_the_relay_runs_the_gap_is_said_to_open_anew(page: Opened) -> None:
    """With what is not relayed yet, even where all that was relayed is settled."""
    assert "7 messages are not relayed yet: each opens the gap anew" in sentences(
        page(SETTLING_LOG, page="modes", at="2")
    )
    assert "not relayed yet" not in sentences(page(page="modes", at="22"))
    early = "delivered,2026-03-02T08:00:30Z,m0,u0@example.com,DM1,Spring sale,,\n"
    at = sentences(page(early, page="modes", at="0"))
    assert "9 messages are not relayed yet" in at


def test_the_provider_behind_the_gap_is_named(page: Opened) -> None:
    """With its share of the gap and the main reason, its rows, and the way to the failures of the same moment."""
    at = page(PROVIDER_LOG, page="modes", at="30", lang="en")
    assert "The largest part of the gap is at <b>slow.example: 2 of 3 messages." in texts(at)
    assert "Reason told most for those retrying there: Mailbox full (1 of 1)." in texts(at)
    assert not any("<b>slow" in text.value for text in [*at.markdown, *at.caption])
    links = [link.proto for link in at.get("page_link")]
    rows = next(link for link in links if "slow.example" in link.query_string)
    assert linked_rows(f"?{rows.query_string}", Mode.WITH_EFS, 30) == 2
    failures = next(link for link in links if link.page == "failures" and link.query_string)
    assert parse_qs(failures.query_string) == {"delivery": ["DM1"], "at": ["30"], "lang": ["en"]}


@pytest.mark.parametrize(
    ("minutes", "told"), [("22", "All 4 messages of the gap are at example.com."), ("180", "All 2")]
)
def test_one_provider_alone_has_the_whole_gap(page: Opened, minutes: str, told: str) -> None:
    """The reason stands there as long as one of its messages is retried."""
    at = page(SETTLING_LOG, page="modes", at=minutes)
    assert told in texts(at)
    assert ("Mailbox full (1 of 1)" in texts(at)) == (minutes == "22")


def test_no_provider_is_named_without_a_gap(page: Opened) -> None:
    """Neither where all is settled nor where acceptances are not told."""
    for log in (SETTLED_LOG, SILENT_LOG):
        assert "of the gap" not in texts(page(log, page="modes"))


def test_a_settled_delivery_has_no_gap(page: Opened) -> None:
    """Both modes agree, and the page says so."""
    at = page(SETTLED_LOG, page="modes")
    assert values(at) == ["87.5\xa0%", "87.5\xa0%", "0"]
    assert "the gap is closed" in sentences(at)


@pytest.mark.parametrize("minutes", [0, 5, 22, 60, 100])
def test_the_steps_add_up_to_the_tiles_and_open_their_rows(page: Opened, minutes: int) -> None:
    """The last row of the table is what both tiles show, and each step's link leads to as many messages as it says."""
    at = page(SETTLING_LOG, page="modes", at=str(minutes))
    table = at.dataframe[0].value
    moment = about().started_at + timedelta(minutes=minutes)
    for mode, words in ((Mode.WITH_EFS, "With EFS"), (Mode.WITHOUT_EFS, "Without EFS")):
        shown, total = tile(opened_store(), about(), mode, moment), table.iloc[-1]
        assert total[words, "Delivered"] == str(shown.delivered)
        assert total[words, "Bounces + errors"] == str(shown.bounces_errors)
    for row in table.iloc[:-1].to_dict("records"):
        url, count = row["Messages", "Rows"], int(row["Messages", "Count"])
        assert (linked_rows(url, Mode.WITH_EFS, minutes) if isinstance(url, str) else 0) == count


def test_the_retry_explains_itself(page: Opened) -> None:
    """Of the acceptance table: a retry that succeeds takes from Bounces + errors with EFS what it adds to Delivered."""
    at = page(SETTLING_LOG, page="modes")
    table = at.dataframe[0].value.set_index(("", "Step"))
    with_efs, without_efs = (table[mode].loc[["Retry succeeded"]] for mode in ("With EFS", "Without EFS"))
    assert with_efs.to_numpy().tolist() == [["+1", "\N{MINUS SIGN}1", "Sent"]]
    assert without_efs.to_numpy().tolist() == [["0", "0", "Sent"]]
    assert "1 message did so by this moment" in sentences(at)


def test_every_base_is_named_with_its_numbers(page: Opened) -> None:
    """Each mode by each base; the tile's own is marked, and the difference to what reports show is in numbers."""
    at = page(SETTLING_LOG, page="modes", at="22")
    table = at.dataframe[1].value
    assert table[["mode", "base", "delivered", "base_count", "share", "difference"]].to_numpy().tolist() == [
        ["With EFS", "to deliver (the tile's)", "6", "10", "60.0\xa0%", "\N{MINUS SIGN}25.71 points"],
        ["With EFS", "sent so far", "6", "10", "60.0\xa0%", "\N{MINUS SIGN}25.71 points"],
        ["With EFS", "reported (Dynamic reports)", "6", "7", "85.7\xa0%", "0 points"],
        ["Without EFS", "to deliver", "10", "10", "100\xa0%", "0 points"],
        ["Without EFS", "sent so far (the tile's)", "10", "10", "100\xa0%", "0 points"],
        ["Without EFS", "reported (Dynamic reports)", "10", "10", "100\xa0%", "0 points"],
    ]
    assert [linked_rows(url, Mode.WITHOUT_EFS, 22) for url in table["rows"]] == [6, 6, 6, 10, 10, 10]
    assert "85.7\xa0% where the tile shows 60.0\xa0%" in sentences(at)


def test_the_tile_is_compared_by_the_base_that_it_shows(page: Opened) -> None:
    """Its own base or the one chosen; what is nothing is no difference, and nothing that differs reads as none."""
    at = page(SETTLING_LOG, page="modes", efs="false")
    shares = at.dataframe[1].value.set_index(["mode", "base"])["difference"]
    assert shares["Without EFS", "sent so far (the tile's)"] == "0 points"
    assert "Without EFS: 90.0\xa0%, as the tile shows." in sentences(at)
    chosen = page(page="modes", at="22", base="reported")
    assert "With EFS: 85.7\xa0%, as the tile shows." in sentences(chosen)
    assert not chosen.dataframe[1].value["base"].str.contains("(the tile's)", regex=False).any()


def test_a_small_difference_of_shares_is_none_of_nothing() -> None:
    """97.56 % and 97.52 % read as 97.6 % and 97.5 %: a difference of 0.0 would contradict them."""
    with speaking(Language.ENGLISH):
        assert signed_points_text(10964 / 11243 - 10964 / 11238) == "\N{MINUS SIGN}0.04 points"
        assert signed_points_text(0.0) == "0 points"


def test_campaign_v8_has_its_own_columns(page: Opened) -> None:
    """Where it is chosen, it is told beside the other two."""
    at = page(SETTLING_LOG, page="modes", at="22", **{"campaign-v8": "true"})
    assert at.dataframe[0].value.iloc[-1]["Campaign v8"].tolist()[:2] == ["6", "0"]


def test_without_feedback_only_what_is_known_is_told(page: Opened) -> None:
    """A log of failures alone has no view with EFS; nothing is invented."""
    at = page(SILENT_LOG, page="modes")
    assert values(at) == ["90.0\xa0%"]
    assert "no delivery feedback" in sentences(at)
    assert set(at.dataframe[0].value.columns.get_level_values(0)) == {"", "Messages", "Without EFS"}


def test_a_chosen_base_holds_for_both_modes(page: Opened) -> None:
    """Shares by what was reported: each mode by its own, so the page says that the distance is no count."""
    at = page(SETTLING_LOG, page="modes", at="22", base="reported", **{"modes-unit": "shares"})
    assert values(at)[:2] == ["100\xa0%", "85.7\xa0%"]
    assert "the distance of the lines is no count" in sentences(at)
    assert len(at.get("plotly_chart")) == 1


def test_a_picture_that_ends_before_the_chosen_moment_says_so(page: Opened) -> None:
    """Where nearly all settles within minutes, and two hours later is looked at."""
    quick = "".join(f"delivered,2026-03-02T08:15:00Z,m{n},u{n}@example.com,DM1,,,\n" for n in (6, 7, 8, 9))
    log = "".join(line for line in SETTLING_LOG.splitlines(keepends=True) if ",m6," not in line and ",m7," not in line)
    relayed = "".join(f"relayed,2026-03-02T08:0{n}:00Z,m{n},u{n}@example.com,DM1,,,\n" for n in (6, 7))
    assert "the chosen moment lies beyond" in sentences(page(log + relayed + quick, page="modes"))
    assert "lies beyond" not in sentences(page(page="modes", zoomed="false"))
    assert "lies beyond" not in sentences(page(page="modes", at="10"))
