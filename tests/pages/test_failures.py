"""The Failures page: what it says equals what the log tells, in each section and language."""

from collections.abc import Callable
from datetime import datetime

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.figures.colours import LIGHT
from pages.figures.heat_map import heat_map, heat_takeaway, hour_columns
from tests.pages.conftest import opened_page
from tests.pages.logs import SETTLING_LOG, SILENT_LOG

Opened = Callable[..., AppTest]
SECTIONS = ("breakdown", "hours", "retries", "acceptance", "open")
HEADER = "kind,event_time,message_id,recipient,delivery_id,reason,bounce_type,smtp_code\n"


def outage_log() -> str:
    """Eighty messages to each of two domains: slow.example defers all but ten with 421, fast.example bounces two."""
    lines = []
    for number in range(160):
        domain = "slow.example" if number % 2 else "fast.example"
        message = f"m{number},u{number}@{domain},DM3"
        lines.append(f"relayed,2026-03-02T08:00:00Z,{message},,,")
        if domain == "slow.example" and number >= 20:
            lines.append(f"deferred,2026-03-02T08:10:00Z,{message},Unreachable,,421")
        elif number in (0, 2):
            lines.append(f"bounced,2026-03-02T08:10:00Z,{message},User unknown,hard,550")
        else:
            lines.append(f"delivered,2026-03-02T08:01:00Z,{message},,,250")
    return HEADER + "\n".join(lines) + "\n"


def words_of(at: AppTest) -> str:
    """All sentences of a page."""
    return " ".join(element.value for kind in (at.text, at.caption, at.markdown) for element in kind)


def table(at: AppTest) -> pd.DataFrame:
    """The first table of a page, without what stands over its columns."""
    shown: pd.DataFrame = at.dataframe[0].value
    return shown.droplevel(0, axis="columns") if shown.columns.nlevels > 1 else shown


def test_a_first_failure_after_days_is_drawn(page: Opened) -> None:
    """What is shown at first is the first day, or later hours where nothing came back in it."""
    events = [("relayed", "02T08:00"), ("deferred", "03T14:00"), ("deferred", "04T14:00")]
    lines = [f"{kind},2026-03-{at}:00Z,m1,u1@example.com,DM1,,,421" for kind, at in events]
    at = page(HEADER + "\n".join(lines) + "\n", page="failures", delivery="DM1", section="hours")
    assert len(at.get("plotly_chart")) == 1
    assert "All hours" in [toggle.label for toggle in at.toggle]


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_every_section_is_drawn_in_each_language(page: Opened, language: str) -> None:
    """Without an exception, and in other words than the English ones."""
    page(outage_log(), SETTLING_LOG, SILENT_LOG, page="failures", lang=language)
    for section in SECTIONS:
        for delivery in ("DM1", "DM2", "DM3"):
            at = opened_page("failures", section=section, lang=language, delivery=delivery)
            assert ("messages" in words_of(at)) == (language == "en")


def test_the_page_names_the_provider_that_caused_it(page: Opened) -> None:
    """The first sentence says where, why, and how it is elsewhere; the alert says how many of which base."""
    at = page(outage_log(), page="failures", delivery="DM3")
    assert (
        "slow.example stands out: of 80 messages sent there 87.5\xa0% fail, elsewhere 2.5\xa0%; most often "
        "Unreachable. That is 97.2\xa0% of the 72 Bounces + errors."
    ) in words_of(at)
    assert "Soft: 43.8\xa0%, above 5.0\xa0% (70 of 160 to deliver)" in words_of(at)
    assert "Hard:" not in words_of(at)


def test_no_provider_is_named_where_none_stands_out(page: Opened) -> None:
    """Two domains that fail alike; one domain alone, with a single message, is told in the singular."""
    lines = [f"relayed,2026-03-02T08:00:00Z,m{number},u@{'ab'[number % 2]}.example,DM3,,," for number in range(4)]
    alike = [*lines, *(line.replace("relayed", "deferred").replace("08:00", "08:05") for line in lines[:2])]
    assert "No provider stands out: of 2 messages sent to" in words_of(page(HEADER + "\n".join(alike), page="failures"))
    alone = [line.replace("DM3", "DM4").replace("03-02", "03-05") for line in (alike[0], alike[4])]
    at = page(HEADER + "\n".join(alone), page="failures", delivery="DM4")
    assert (
        "All messages went to a.example: of 1 message 100\xa0% fail (1 Bounces + errors), most often without a reason "
        "told."
    ) in words_of(at)


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("domain", [("slow.example", 70, 0, 70), ("fast.example", 2, 2, 0)]),
        ("reason", [("Unreachable", 70, 0, 70), ("User unknown", 2, 2, 0)]),
        ("type", [("Soft, deferred", 70, 0, 70), ("Hard", 2, 2, 0)]),
        ("code", [("421", 70, 0, 70), ("550", 2, 2, 0)]),
    ],
)
def test_the_table_counts_what_the_log_tells(page: Opened, by: str, told: list[tuple[str, int, int, int]]) -> None:
    """By each dimension, with a way to the rows of each figure that counts any."""
    shown = table(page(outage_log(), page="failures", delivery="DM3", by=by))
    assert shown[["value", "bounces_errors", "failed", "retrying"]].to_records(index=False).tolist() == told
    assert shown["bounces_errors_rows"].str.startswith("/sending-logs?").all()
    assert shown["failed_rows"].isna().tolist() == [True, False]
    assert shown["recovered_rows"].isna().all()


def test_what_failed_adds_up_to_the_tile_of_the_mode(page: Opened) -> None:
    """At +30 minutes one is retried and one has bounced: two with EFS, one without."""
    asked = {"page": "failures", "delivery": "DM1", "at": "30"}
    assert "1 failed for good + 1 retrying = 2 Bounces + errors with EFS" in words_of(page(SETTLING_LOG, **asked))
    without = opened_page("failures", delivery="DM1", at="30", efs="false")
    assert "1 failed for good = 1 Bounces + errors without EFS. The 1 retrying count as Delivered" in words_of(without)
    v8 = opened_page("failures", delivery="DM1", at="30", **{"campaign-v8": "true"})
    assert "1 failed for good = 1 Bounces + errors in Campaign v8, which does not count the 1 retrying" in words_of(v8)


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ({"efs": "false"}, "Without EFS they count as Delivered until they fail for good."),
        ({"campaign-v8": "true"}, "Campaign v8 counts them neither as Delivered nor as Bounces + errors."),
    ],
)
@pytest.mark.parametrize("base", ["to-deliver", "sent", "reported"])
def test_who_is_retried_stands_beside_what_the_mode_counts(
    page: Opened, mode: dict[str, str], told: str, base: str
) -> None:
    """Two have bounced, which is what headline, alerts and table count; seventy are retried, and are told as such."""
    at = page(outage_log(), page="failures", delivery="DM3", base=base, **mode)
    assert "fast.example stands out: of 80 messages sent there 2.5\xa0% fail, elsewhere 0\xa0%" in words_of(at)
    assert "That is 100\xa0% of the 2 Bounces + errors." in words_of(at)
    beside = "Being retried: 70 messages (43.8\xa0% of those sent), the most to slow.example, most often Unreachable."
    assert f"{beside} {told}" in words_of(at)
    assert "Soft:" not in words_of(at)
    shown = table(at)
    assert shown[["value", "bounces_errors", "retrying"]].to_records(index=False).tolist() == [
        ("fast.example", 2, 0),
        ("slow.example", 0, 70),
    ]
    assert shown["bounces_errors_rows"].isna().tolist() == [False, True]


def test_a_message_accepted_later_has_recovered(page: Opened) -> None:
    """At the end of the log the retried one is accepted: only the bounce still fails."""
    shown = table(page(SETTLING_LOG, page="failures", delivery="DM1", by="reason"))
    assert shown[["value", "bounces_errors", "recovered"]].to_records(index=False).tolist() == [
        ("User unknown", 1, 0),
        ("Mailbox full", 0, 1),
    ]


def test_an_incident_is_named_with_its_numbers(page: Opened) -> None:
    """A provider that defers nearly all, held against the other; who is affected can be opened."""
    at = page(outage_log(), page="failures", delivery="DM3", section="hours")
    told = "slow.example, from 2 Mar 2026 08:00 UTC to 2 Mar 2026 08:10 UTC: 70 messages affected (Unreachable)."
    assert told in words_of(at)
    assert "At worst 87.5\xa0% of 80 failed in an hour" in words_of(at)
    quiet = opened_page("failures", delivery="DM3", section="hours", at="5")
    assert "No provider's failures leave their usual band" in words_of(quiet)


def test_attempts_are_counted_with_their_yield(page: Opened) -> None:
    """Of eight first attempts six are accepted, one is deferred and one bounced; the retry is accepted."""
    at = page(SETTLING_LOG, page="failures", delivery="DM1", section="retries")
    first, second = table(at).to_dict("records")
    assert [first[name] for name in ("reached", "accepted", "deferred", "bounced")] == [8, 6, 1, 1]
    assert (first["accepted_rate"], second["accepted_rate"]) == (75, 100)
    assert second["median_wait"] == "1 h 10 min"
    assert [metric.value for metric in at.metric] == ["1.12", "1", "1"]


def test_times_to_acceptance_are_told_by_domain_and_span(page: Opened) -> None:
    """Six are accepted after ten minutes, the retried one after 84."""
    at = page(SETTLING_LOG, page="failures", delivery="DM1", section="acceptance")
    whole, domain = table(at).to_dict("records")
    assert (whole["accepted"], whole["median"], whole["p99"]) == (7, "10 min", "1 h 24 min")
    assert (domain["recipient_domain"], domain["sent"]) == ("example.com", 10)
    spans = at.dataframe[1].value[["span", "accepted", "share"]].to_records(index=False).tolist()
    assert spans == [("5 min – 15 min", 6, "60.0\xa0%"), ("1 h – 4 h", 1, "10.0\xa0%")]  # noqa: RUF001


def test_the_course_of_acceptances_ends_with_all_accepted(page: Opened) -> None:
    """Also where the delivery is younger than the time counted up to: seven of ten, the last after 84 minutes."""
    parameters = {"section": "acceptance", "failures-acceptance-table": "true", "delivery": "DM1", "at": "100"}
    at = page(SETTLING_LOG, page="failures", **parameters)
    assert float(str(table(at)["All domains"].iloc[-1]).split()[0]) == 70


def test_open_messages_are_told_with_their_ends(page: Opened) -> None:
    """At +30 minutes two have no feedback and one is retried; the last relay was at 8:09."""
    at = page(SETTLING_LOG, page="failures", delivery="DM1", section="open", at="30")
    (row,) = table(at).to_dict("records")
    assert (row["in_flight"], row["retrying"]) == (2, 1)
    assert "2 in flight and 1 retrying; the last of their validity periods ends" in words_of(at)


def test_the_heat_map_is_what_plotly_knows_and_names_its_darkest_square() -> None:
    """A domain's name is text in it, never markup."""
    cells = pd.DataFrame(
        {"row": [0, 1], "column": [0, 0], "rate": [0.5, 0.25], "told": ["a", "b"], "is_incident": [True, False]}
    )
    ruler = hour_columns(datetime(2026, 3, 2), [1])
    figure = heat_map(cells, ["<b>one</b>", "two"], [("0", "")], LIGHT, "Hours", ruler)
    assert figure.checked().layout.yaxis.ticktext == ("&lt;b&gt;one&lt;/b&gt;", "two")
    assert "50.0\xa0%, at <b>one</b>" in heat_takeaway(cells, ["<b>one</b>", "two"], ["0"])
