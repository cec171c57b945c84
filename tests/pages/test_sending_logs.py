"""The Sending logs page, run through the frame."""

import csv
from collections import Counter
from datetime import datetime, timedelta
from io import StringIO

import pytest
from streamlit.testing.v1 import AppTest

from analytics.modes import Kpi
from analytics.selection import Selection, Step, Told
from data.events import Kind
from data.states import State
from pages.messages.selection_words import parts, without
from pages.session.selection_query import query_of
from tests.analytics.excluding import as_csv, messages
from tests.pages.logs import SETTLING_LOG
from tests.pages.sending_logs import LANGUAGES, NASTY, Opened, downloaded, listed_addresses, offered_files, open_logs

REJECTED = f"rejected,2026-03-02T08:00:00Z,m11,u11@example.com,DM1,,{NASTY},\n"


def _captions(at: AppTest) -> str:
    return " ".join(caption.value for caption in at.caption)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("log", ["sending", "exclusions", "causes"])
def test_every_log_is_drawn_in_every_language(page: Opened, language: str, log: str) -> None:
    """Ten to deliver, one excluded; nothing of a log is taken for markup."""
    at = open_logs(page, SETTLING_LOG + REJECTED, lang=language, log=log, reason=NASTY if log == "exclusions" else [])
    assert len(at.dataframe[0].value) == {"sending": 10, "exclusions": 1, "causes": 1}[log]
    rendered = [element.value for element in (*at.markdown, *at.caption, *at.title, *at.header)]
    assert not [text for text in rendered if "<i>" in text or "**b**" in text]


def test_the_words_are_those_of_the_language(page: Opened) -> None:
    """Statuses and reasons are the users' own words, on the screen and in the file."""
    at = open_logs(page, SETTLING_LOG, lang="de", kpi="bounces_errors")
    row = at.dataframe[0].value.iloc[0]
    assert (row["status"], row["nature_of_failure"]) == ("Fehlgeschlagen", "Unbekannter Nutzer")
    assert "1 Nachricht, Stand 2. März 2026 11:00 UTC · Mit EFS" in _captions(at)
    assert at.multiselect(key="log_parts").options == ["Gezählt als: Bounces + Fehler"]
    header, *rows = csv.reader(StringIO(downloaded(offered_files(at)["csv"]).decode(), newline=""))
    assert header[:5] == ["Datum (UTC)", "Status", "Zustand", "Adresse", "Art des Fehlschlagens"]
    told = ["Fehlgeschlagen", "Fehlgeschlagen", "u***@example.com", "Unbekannter Nutzer"]
    assert [row[1:5] for row in rows] == [told]


def test_who_is_put_off_is_told_from_who_failed_for_good(page: Opened) -> None:
    """By the state, which says more than the status, on the screen and in the file."""
    at = open_logs(page, SETTLING_LOG, kpi="bounces_errors", at="30", sort="failure_type", order="asc")
    shown = at.dataframe[0].value
    assert [*zip(shown["status"], shown["state"], strict=True)] == [("Failed", "Failed"), ("Failed", "Retrying")]
    _, *rows = csv.reader(StringIO(downloaded(offered_files(at)["csv"]).decode(), newline=""))
    assert [row[1:3] for row in rows] == [["Failed", "Failed"], ["Failed", "Retrying"]]


@pytest.mark.parametrize(
    ("parameters", "numbers"),
    [
        ({}, range(10)),
        ({"kpi": "delivered"}, range(7)),
        ({"kpi": "delivered", "at": "30"}, range(6)),
        ({"kpi": "delivered", "at": "30", "efs": "false"}, [0, 1, 2, 3, 4, 5, 6, 8, 9]),
        ({"kpi": "bounces_errors", "at": "30"}, [6, 7]),
        ({"kpi": "opened"}, [1, 2]),
        ({"state": ["retrying", "in_flight"], "at": "30"}, [6, 8, 9]),
        ({"reason": ["Mailbox full"], "at": "30"}, [6]),
        ({"type": "hard"}, [7]),
        ({"address": "U3@"}, [3]),
        ({"address": "example.com", "kpi": "delivered"}, range(7)),
        ({"domain": "elsewhere.example"}, []),
        ({"change": "retrying>delivered"}, [6]),
        ({"change_until": "2026-03-02T08:12:00", "change": "in_flight>delivered"}, [0, 1, 2]),
        ({"event": "clicked"}, [1]),
        ({"kpi": "nonsense", "state": "nowhere"}, range(10)),
    ],
)
def test_a_link_lists_exactly_the_messages_that_it_asks_for(
    page: Opened, parameters: dict[str, str | list[str]], numbers: list[int]
) -> None:
    """Whatever is asked for, at whatever moment and in whatever mode; the total says how many."""
    at = open_logs(page, SETTLING_LOG, **parameters)
    at.toggle(key="show_addresses").set_value(True).run()
    assert not at.exception
    assert sorted(listed_addresses(at)) == [f"u{number}@example.com" for number in numbers]
    assert f"{len(numbers)} message{'s' * (len(numbers) != 1)} as of 2 Mar 2026" in _captions(at)


def test_addresses_are_masked_until_they_are_asked_for(page: Opened) -> None:
    """On the screen, in the links to the recipients and in the files; the URL does not say so."""
    at = open_logs(page, SETTLING_LOG, kpi="opened")
    assert set(listed_addresses(at)) == {"u***@example.com"}
    assert all("message=" in link and "u1" not in link for link in at.dataframe[0].value["recipient"])
    assert "u1@" not in downloaded(offered_files(at)["csv"]).decode()
    before = dict(at.query_params)
    at.toggle(key="show_addresses").set_value(True).run()
    assert dict(at.query_params) == before
    links = [link.rpartition("&")[2] for link in at.dataframe[0].value["recipient"]]
    assert links == ["address=u2%40example.com", "address=u1%40example.com"]
    assert "u1@" in downloaded(offered_files(at)["csv"]).decode()


def test_filters_are_chosen_and_taken_back(page: Opened) -> None:
    """Each choice stands in the URL, and goes from there when its part is taken out."""
    at = open_logs(page, SETTLING_LOG, page_number="1", change="in_flight>failed")
    at.selectbox(key="log_kpi").set_value(Kpi.BOUNCES_ERRORS).run()
    at.multiselect(key="log_reasons").set_value(["User unknown"]).run()
    assert at.query_params["kpi"] == "bounces_errors"
    assert at.query_params["reason"] == "User unknown"
    assert len(listed_addresses(at)) == 1
    chosen = at.multiselect(key="log_parts")
    assert chosen.options == [
        "Counted as: Bounces + errors",
        "Nature of failure: User unknown",
        "Change: In flight → Failed",
    ]
    chosen.set_value(["step.changes"]).run()
    assert "kpi" not in at.query_params
    assert "reason" not in at.query_params
    assert at.query_params["change"] == "in_flight>failed"
    at.text_input(key="log_address").set_value("nobody").run()
    assert not at.exception
    assert listed_addresses(at) == []
    at.multiselect(key="log_parts").set_value([]).run()
    assert len(listed_addresses(at)) == 10


def test_a_filter_offers_what_occurs(page: Opened) -> None:
    """The reasons and domains of the delivery, and what a link asks for besides."""
    at = open_logs(page, SETTLING_LOG, domain="elsewhere.example")
    assert at.multiselect(key="log_reasons").options == ["Mailbox full", "User unknown"]
    assert at.multiselect(key="log_domains").options == ["example.com", "elsewhere.example"]


def test_the_list_is_sorted_by_the_store(page: Opened) -> None:
    """By any column, in either order, which stands in the URL."""
    at = open_logs(page, SETTLING_LOG)
    at.toggle(key="show_addresses").set_value(True).run()
    assert listed_addresses(at)[0] == "u6@example.com"
    at.selectbox(key="log_sort").set_value("address").run()
    assert at.query_params["sort"] == "address"
    assert listed_addresses(at) == [f"u{number}@example.com" for number in range(10)]
    at.segmented_control(key="log_order").set_value("desc").run()
    assert listed_addresses(at) == [f"u{number}@example.com" for number in reversed(range(10))]


def test_a_long_list_is_cut_into_pages(page: Opened) -> None:
    """Pages follow one another and end with the rest; a page beyond the last is the last."""
    log = SETTLING_LOG.partition("\n")[0] + "\n"
    log += "".join(f"relayed,2026-03-02T08:00:00Z,n{n},v{n:03}@example.com,DM1,,,\n" for n in range(230))
    at = open_logs(page, log, sort="address", order="asc")
    at.toggle(key="show_addresses").set_value(True).run()
    first = listed_addresses(at)
    at.pagination(key="page_number").set_value(3).run()
    assert at.query_params["page"] == "3"
    assert (len(first), len(listed_addresses(at)), listed_addresses(at)[-1]) == (100, 30, "v229@example.com")
    at.query_params["page"] = "9"
    at.run()
    assert at.pagination(key="page_number").value == 3
    at.text_input(key="log_address").set_value("v00").run()
    assert "page" not in at.query_params
    assert len(listed_addresses(at)) == 10


def test_test_profiles_are_listed_where_they_count(page: Opened) -> None:
    """With a column that tells them, and in the file as well."""
    log = as_csv(messages(6))
    alone, together = open_logs(page, log), open_logs(page, **{"test-profiles": "true"})
    tests = sum(one.is_test and one.rejected_at is None for one in messages(6))
    assert len(together.dataframe[0].value) == len(alone.dataframe[0].value) + tests
    assert together.dataframe[0].value["test_profile"].sum() == tests
    assert "test_profile" not in alone.dataframe[0].value
    told = downloaded(offered_files(together)["csv"]).decode()
    assert ("Test profile" in told, told.count("True")) == (True, tests)


def test_the_exclusion_logs_say_who_and_why(page: Opened) -> None:
    """Who was rejected before any attempt, and the causes with their share; each opens its messages."""
    known = [one for one in messages(7) if one.rejected_at and not one.is_test]
    at = open_logs(page, as_csv(messages(7)), log="exclusions")
    at.toggle(key="show_addresses").set_value(True).run()
    assert sorted(listed_addresses(at)) == sorted(one.address for one in known)
    at.segmented_control(key="log_log").set_value("causes").run()
    causes = at.dataframe[0].value
    expected = Counter(one.cause or "none" for one in known)
    assert dict(zip(causes["cause"], causes["messages"], strict=True)) == expected
    targeted = 1 + sum(not one.is_test for one in messages(7))
    assert f"{len(known)} of {targeted} messages were excluded" in _captions(at)
    for row in causes.itertuples():
        query = str(row.rows).partition("?")[2]
        listed = open_logs(page, **{name: value.replace("+", " ") for name, _, value in map(_pair, query.split("&"))})
        assert len(listed.dataframe[0].value) == row.messages


def _pair(text: str) -> tuple[str, str, str]:
    return text.replace("%28", "(").replace("%29", ")").partition("=")


def test_every_part_of_a_selection_is_said_and_can_be_left_out() -> None:
    """Nothing that a link can ask for is silent, and what is left out is gone from the link."""
    at = datetime(2026, 3, 2, 8)
    day = timedelta(days=1)
    step = Step(
        changes=((None, State.DELIVERED),),
        kinds=(Kind.DELIVERED,),
        reasons=("x",),
        but_reasons=("y",),
        failure_types=("soft",),
        since=at,
        until=at + day,
        longer_than=timedelta(seconds=3),
        within=day,
    )
    event = Told((Kind.OPENED,), ("x",), ("soft",), ("550",), ("u",), (1,), is_machine=True, since=at, until=at + day)
    whole = Selection(Kpi.DELIVERED, (State.DELIVERED,), ("",), ("x",), ("",), ("hard",), "a", step, event)
    told = parts(whole)
    assert len(told) == len(query_of(whole))
    assert len(set(told.values())) == len(told)
    left = whole
    for name in told:
        assert len(query_of(without(left, name))) == len(query_of(left)) - 1
        left = without(left, name)
    assert left == Selection()


@pytest.mark.parametrize("log", ["sending", "exclusions", "causes"])
def test_there_is_a_way_to_look_up_a_recipient(page: Opened, log: str) -> None:
    """From each of the logs, with the delivery that is chosen."""
    links = [link.proto for link in open_logs(page, SETTLING_LOG, log=log).get("page_link")]
    assert "delivery=DM1" in next(link.query_string for link in links if link.label == "Look up a recipient")
