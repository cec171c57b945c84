"""The change ledger, run through the frame."""

from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.modes import Kpi, Mode
from analytics.rows import row_count
from analytics.tile import tile
from data.deliveries import delivery
from pages.figures.colours import LIGHT
from pages.figures.waterfall import waterfall_figure
from pages.session.selection_query import selection_from
from pages.session.store import opened_store
from tests.pages.logs import SETTLING_LOG
from tests.pages.test_modes import Linked

Opened = Callable[..., AppTest]
HOSTILE_DOMAIN_LOG = SETTLING_LOG.replace("u7@example.com", "u7@<b>$x$.example")
MOVED = {
    "en": "Delivered rose by 7 messages, from 0 to 7, between 2 Mar 2026 08:00 UTC and 2 Mar 2026 11:00 UTC.",
    "de": "Zugestellt stieg um 7 Nachrichten, von 0 auf 7, zwischen 2. März 2026 08:00 UTC und 2. März 2026 11:00 UTC.",
    "sv": "Levererade steg med 7 meddelanden, från 0 till 7, mellan 2 mars 2026 08:00 UTC och 2 mars 2026 11:00 UTC.",
}


def texts(at: AppTest) -> str:
    """All plain texts of the page."""
    return " ".join(text.value for text in at.text)


def entries(at: AppTest) -> pd.DataFrame:
    """The entries listed below the chart."""
    table: pd.DataFrame = at.dataframe[0].value
    return table.assign(change=table["change"].str.replace("\N{MINUS SIGN}", "-").astype(int))


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_the_move_is_told_in_a_sentence(page: Opened, language: str) -> None:
    """By default from the start to the chosen moment, with EFS."""
    at = page(SETTLING_LOG, page="ledger", lang=language)
    assert MOVED[language] in texts(at)
    assert entries(at)["change"].tolist() == [6, 1]


@pytest.mark.parametrize("by", ["transition", "domain", "reason"])
@pytest.mark.parametrize(("mode", "kpi"), [(Mode.WITH_EFS, Kpi.BOUNCES_ERRORS), (Mode.WITHOUT_EFS, Kpi.DELIVERED)])
def test_the_entries_end_at_the_tile_and_open_their_rows(page: Opened, by: str, mode: Mode, kpi: Kpi) -> None:
    """Start + all entries = end, as the tiles say, and each link leads to as many messages as the entry has."""
    efs = str(mode is Mode.WITH_EFS).lower()
    asked = {"ledger-by": by, "count": kpi.value, "efs": efs, "from": "5", "to": "100"}
    at = page(SETTLING_LOG, page="ledger", at="120", **asked)
    store = opened_store()
    about = delivery(store, "DM1")
    before, after = (
        getattr(tile(store, about, mode, about.started_at + timedelta(minutes=minute)), kpi) for minute in (5, 100)
    )
    assert before + entries(at)["change"].sum() == after
    chosen = about.started_at + timedelta(minutes=120)
    for entry in entries(at).to_dict("records"):
        assert row_count(store, about, selection_from(Linked(entry["rows"])), mode, chosen) == abs(entry["change"])


def test_gains_and_losses_of_a_domain_are_apart(page: Opened) -> None:
    """With EFS the domain gained a retry and a bounce, and lost the retry when it was accepted."""
    at = page(SETTLING_LOG, page="ledger", **{"ledger-by": "domain", "count": "bounces_errors"})
    assert sorted(entries(at)["change"]) == [-1, 2]
    assert set(entries(at)["label"]) == {"example.com"}


def test_without_feedback_the_ledger_begins_when_all_is_relayed(page: Opened) -> None:
    """What is relayed counts as Delivered at once, which would outweigh whatever came later."""
    at = page(SETTLING_LOG, page="ledger", efs="false")
    assert "Delivered fell by 1 message, from 10 to 9" in texts(at)
    assert "In flight → Failed (Bounced) \N{MINUS SIGN}1 · example.com \N{MINUS SIGN}1 · User unknown" in texts(at)


def test_the_largest_changes_need_not_be_most_of_the_move(page: Opened) -> None:
    """Two are relayed and three bounce, so the count falls by one: each part is larger than the move."""
    log = "kind,event_time,message_id,recipient,delivery_id,bounce_type\n" + "".join(
        f"{kind},2026-03-02T{clock}:00Z,m{number},u{number}@one.example,DM4,{bounce}\n"
        for kind, clock, numbers, bounce in (
            ("relayed", "08:00", range(4), ""),
            ("relayed", "08:30", range(4, 6), ""),
            ("bounced", "09:00", range(3), "hard"),
        )
        for number in numbers
    )
    at = page(log, page="ledger", efs="false", **{"from": "10"})
    assert "Delivered fell by 1 message, from 4 to 3" in texts(at)
    assert "Largest changes: In flight → Failed (Bounced) \N{MINUS SIGN}3" in texts(at)


def test_one_message_is_told_in_the_singular(page: Opened) -> None:
    """Also where nothing moved."""
    at = page(SETTLING_LOG, page="ledger", count="bounces_errors", efs="false", **{"from": "60"})
    assert "Bounces + errors is 1 message at 2 Mar 2026 11:00 UTC, as many as at 2 Mar 2026 09:00 UTC." in texts(at)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"efs": "true"}, "No reason told, as of acceptances"),
        ({"efs": "false", "from": "0"}, "No reason told"),
        ({"efs": "true", "count": "bounces_errors"}, "No reason told, as of acceptances"),
        ({"efs": "true", "count": "sent"}, "No reason told"),
    ],
)
def test_only_where_messages_are_accepted_the_missing_reason_is_theirs(
    page: Opened, asked: dict[str, str], told: str
) -> None:
    """Relays have none either."""
    shown = entries(page(SETTLING_LOG, page="ledger", **{"ledger-by": "reason"}, **asked))
    assert told in shown["label"].tolist()


def test_an_expiry_without_a_reason_is_no_acceptance(page: Opened) -> None:
    """It is called what it is."""
    log = SETTLING_LOG + "expired,2026-03-02T10:00:00Z,m8,u8@example.com,DM1,Spring sale,,\n"
    shown = entries(page(log, page="ledger", efs="false", **{"ledger-by": "reason"}))
    assert sorted(shown["label"]) == ["No reason told", "User unknown"]


def test_moments_that_make_no_sense_are_put_right(page: Opened) -> None:
    """Beyond the chosen moment nothing is asked, and the first moment is not after the second."""
    at = page(SETTLING_LOG, page="ledger", at="30", **{"from": "900", "to": "banana"})
    assert "Delivered is 6 messages at 2 Mar 2026 08:30 UTC, as many as at 2 Mar 2026 08:30 UTC." in texts(at)
    assert not at.dataframe


def test_a_moment_chosen_stands_in_the_url(page: Opened) -> None:
    """So that a link shows the same span; the default does not stand there."""
    at = page(SETTLING_LOG, page="ledger")
    at.number_input(key="ledger_from").set_value(15).run()
    assert at.query_params["from"] == "15"
    assert "from 6 to 7" in texts(at)
    at.number_input(key="ledger_from").set_value(0).run()
    assert "from" not in at.query_params


def test_a_moment_can_be_entered_by_the_clock(page: Opened) -> None:
    """Both moments stand there in UTC beside the minutes, which are what the URL keeps."""
    at = page(SETTLING_LOG, page="ledger", at="120")
    since, until = (at.datetime_input(key=f"ledger_{name}_clock") for name in ("from", "to"))
    assert (since.value, until.value) == (datetime(2026, 3, 2, 8, 0), datetime(2026, 3, 2, 10, 0))
    since.set_value(datetime(2026, 3, 2, 8, 15)).run()
    assert at.query_params["from"] == "15"
    assert at.number_input(key="ledger_from").value == 15
    at.datetime_input(key="ledger_to_clock").set_value(datetime(2026, 3, 2, 9, 0)).run()
    assert "between 2 Mar 2026 08:15 UTC and 2 Mar 2026 09:00 UTC" in texts(at) or "at 2 Mar 2026 09:00 UTC" in texts(
        at
    )
    at.number_input(key="ledger_to").set_value(100).run()
    assert at.datetime_input(key="ledger_to_clock").value == datetime(2026, 3, 2, 9, 40)


@pytest.mark.parametrize("second", [3, 30, 45])
def test_a_clock_shows_what_was_entered(page: Opened, second: int) -> None:
    """Though the minutes count from a start that lies some seconds after a whole minute."""
    at = page(SETTLING_LOG.replace(":00Z", f":{second:02}Z"), page="ledger")
    at.datetime_input(key="ledger_from_clock").set_value(datetime(2026, 3, 2, 9, 0)).run()
    assert at.datetime_input(key="ledger_from_clock").value == datetime(2026, 3, 2, 9, 0)


def test_a_log_cannot_write_on_the_page(page: Opened) -> None:
    """The text of a domain stays text."""
    at = page(HOSTILE_DOMAIN_LOG, page="ledger", efs="false", **{"ledger-by": "domain"})
    assert "<b>$x$.example" in texts(at)
    assert not any("$x$" in markdown.value for markdown in [*at.markdown, *at.caption])
    steps = pd.DataFrame({"label": ["<b>$x$.example"], "change": [-1]})
    figure = waterfall_figure(steps, 10, 9, ("then", "now"), "Delivered", LIGHT.delivered, LIGHT).to_dict()
    assert "<b>$x$" not in str([figure["layout"]["yaxis"], figure["data"][0]["hovertemplate"]])


def test_each_bar_begins_where_the_one_above_ends() -> None:
    """From the first count to the second, whichever way the bars go; losses are hatched."""
    steps = pd.DataFrame({"label": list("abc"), "change": [5, -7, 1]})
    figure = waterfall_figure(steps, 100, 99, ("then", "now"), "Delivered", LIGHT.delivered, LIGHT)
    figure.checked()
    bars, points = figure.to_dict()["data"]
    begins, ends = np.array(bars["base"]), np.array(bars["base"]) + np.array(bars["x"])
    assert begins.tolist() == [100, *ends[:-1]]
    assert points["x"] == [100, ends[-1]] == [100, 99]
    assert bars["marker"]["pattern"]["shape"] == ["", "/", ""]
    assert bars["text"] == ["+5", "\N{MINUS SIGN}7", "+1"]


@pytest.mark.parametrize(
    ("start", "changes"), [(0, [1]), (1, [-1]), (0, [1, -1]), (0, [7]), (5, [-2, 1]), (98_000, [1_234, -40]), (3, [0])]
)
def test_the_axis_has_whole_ticks_and_none_below_0(start: int, changes: list[int]) -> None:
    """Each count stands there once, however few messages they are."""
    steps = pd.DataFrame({"label": ["a"] * len(changes), "change": changes})
    axis = waterfall_figure(
        steps, start, start + sum(changes), ("then", "now"), "Delivered", LIGHT.delivered, LIGHT
    ).to_dict()["layout"]["xaxis"]
    ticks, (low, high) = axis["tickvals"], axis["range"]
    assert all(isinstance(tick, int) and max(low, 0) <= tick <= high for tick in ticks)
    assert 1 <= len(ticks) == len(set(ticks)) <= 9
    assert low > -0.03 * (high - low) or min(changes) < 0
