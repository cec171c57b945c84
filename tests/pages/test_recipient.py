"""The Recipient page, run through the frame."""

from datetime import datetime, timedelta

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.recipient import recipient
from pages.figures.colours import DARK, LIGHT, Colours
from pages.figures.recipient_bands import StatusBand
from pages.figures.recipient_timeline import timeline_figure
from pages.session.store import opened_store
from tests.pages.conftest import Opened, opened_page
from tests.pages.logs import HOSTILE_LABEL, SETTLING_LOG, SILENT_LOG

HEADER = SETTLING_LOG.splitlines()[0] + "\n"
RETRIED = "u6@example.com"
"""In the log that settles: deferred at 8:20, accepted at 9:30. In the silent one: relayed."""
LATER = "".join(f"deferred,2026-03-{day:02}T08:00:00Z,again,{RETRIED},DM3,Third,Mailbox full,\n" for day in range(4, 8))
START = datetime.fromisoformat("2026-03-02T08:00")


def _metrics(at: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def _captions(at: AppTest) -> str:
    return " ".join(caption.value for caption in at.caption)


def _table(at: AppTest, column: str) -> pd.DataFrame:
    return next(frame.value for frame in at.dataframe if column in frame.value)


def _events(at: AppTest) -> pd.DataFrame:
    return _table(at, "smtp_code")


def _messages(at: AppTest) -> pd.DataFrame:
    return _table(at, "with-efs")


def test_everything_of_an_address_is_told_over_all_deliveries(page: Opened) -> None:
    """Whichever is chosen; the domain in any case."""
    at = page(SETTLING_LOG, SILENT_LOG, page="recipient", address="u6@EXAMPLE.com", delivery="DM1")
    assert _events(at)["kind"].tolist() == ["Relayed", "Deferred", "Accepted", "Relayed"]
    assert _messages(at)["with-efs"].tolist() == ["–", "Sent"]  # noqa: RUF001 - the sign for no answer
    assert _messages(at)["without-efs"].tolist() == ["Sent", "Sent"]
    assert _metrics(at) == {
        "To deliver": "2",
        "Delivered": "1",
        "Bounces + errors": "0",
        "Opened": "0",
        "In quarantine": "No",
    }
    assert "of 1 messages whose logs tell acceptances" in _captions(at)


def test_the_chosen_delivery_is_shown_as_of_the_chosen_moment(page: Opened) -> None:
    """At 8:30 the message is retried: it counts as failed with EFS, and as delivered without."""
    at = page(SETTLING_LOG, SILENT_LOG, page="recipient", address=RETRIED, delivery="DM1", at="30")
    assert _events(at)["kind"].tolist() == ["Relayed", "Deferred", "Relayed"]
    assert _messages(at)["with-efs"].tolist()[1] == "Failed"
    assert (_metrics(at)["Delivered"], _metrics(at)["Bounces + errors"]) == ("0", "1")
    without = opened_page("recipient", address=RETRIED, delivery="DM1", at="30", efs="false")
    assert (_metrics(without)["Delivered"], _metrics(without)["Bounces + errors"]) == ("2", "0")


def test_every_figure_counts_the_messages_listed(page: Opened) -> None:
    """Each of the figures is the number of its rows on the page, in both modes."""
    page(SETTLING_LOG)
    for number in (1, 6, 7, 8):
        for efs, column in (("true", "with-efs"), ("false", "without-efs")):
            at = opened_page("recipient", address=f"u{number}@example.com", at="50", efs=efs)
            listed, shown = _messages(at), _metrics(at)
            assert shown["To deliver"] == str(len(listed))
            assert shown["Opened"] == str(listed["opened_at"].notna().sum())
            assert shown["Delivered"] == str((listed[column] == "Sent").sum())
            assert shown["Bounces + errors"] == str((listed[column] == "Failed").sum())


def test_an_address_is_masked_unless_asked_for(page: Opened) -> None:
    """A link from a masked list names the message, so that the address is nowhere."""
    page(SETTLING_LOG)
    key = recipient(opened_store(), RETRIED).events["message_key"].iloc[0]
    at = opened_page("recipient", delivery="DM1", message=str(key))
    assert "u***@example.com" in [text.value for text in at.text]
    assert at.text_input(key="recipient_address").value == ""
    at.toggle(key="recipient_addresses").set_value(True).run()
    assert RETRIED in [text.value for text in at.text]
    assert _events(at)["kind"].tolist() == ["Relayed", "Deferred", "Accepted"]


def test_what_is_typed_stands_in_the_url(page: Opened) -> None:
    """In the place of a message that a link named."""
    at = page(SETTLING_LOG, page="recipient", message="12")
    assert "no message that the link names" in _captions(at)
    at.text_input(key="recipient_address").set_value(" u1@example.com ").run()
    assert "u1@example.com" in at.query_params["address"]
    assert "message" not in at.query_params
    assert "Open" in _events(at)["kind"].tolist()
    at.text_input(key="recipient_address").set_value("").run()
    assert "address" not in at.query_params
    assert "Type an address" in _captions(at)


def test_a_message_that_is_none_is_not_found(page: Opened) -> None:
    """Whatever the link says."""
    page(SETTLING_LOG)
    for message in ("no number", "-1", "²", "9" * 30, ""):
        assert "no message that the link names" in _captions(opened_page("recipient", message=message))


def test_an_unknown_address_is_told_in_a_sentence(page: Opened) -> None:
    """And why it may be."""
    at = page(SETTLING_LOG, page="recipient", address="U6@example.com")
    assert "No log in this store tells of this address" in _captions(at)


def test_a_test_profile_is_counted_where_asked_for(page: Opened) -> None:
    """Else the page says so."""
    log = HEADER.replace("bounce_type", "test_profile") + f"relayed,2026-03-02T08:00:00Z,m,{RETRIED},DM1,Spring,,true\n"
    at = page(log, page="recipient", address=RETRIED)
    assert "went to a test profile" in _captions(at)
    counted = opened_page("recipient", address=RETRIED, **{"test-profiles": "true"})
    assert _metrics(counted)["To deliver"] == "1"


def test_the_fifth_soft_error_is_told(page: Opened) -> None:
    """Over all deliveries: one in the first, four in the third."""
    at = page(SETTLING_LOG, HEADER + LATER, page="recipient", address=RETRIED)
    assert _metrics(at)["In quarantine"] == "Yes"
    assert "since 7 Mar 2026 08:00 UTC: five soft errors" in _captions(at)
    errors = _table(at, "counter")
    assert errors["counter"].tolist() == [1, 2, 3, 4, 5]
    assert errors["effect"].tolist() == ["Counted"] * 4 + ["Fifth: quarantine"]


@pytest.mark.parametrize(
    ("language", "kinds", "title", "as_of"),
    [
        ("en", ["Relayed", "Bounced"], "Timeline", "2 Mar 2026 11:00 UTC"),
        ("de", ["Übergeben", "Gebounct"], "Zeitverlauf", "2. März 2026 11:00 UTC"),
        ("sv", ["Överlämnad", "Studsad"], "Tidslinje", "2 mars 2026 11:00 UTC"),
    ],
)
def test_the_page_speaks_the_language_chosen(
    page: Opened, language: str, kinds: list[str], title: str, as_of: str
) -> None:
    """Terms, headings and moments, with their zone."""
    at = page(SETTLING_LOG, page="recipient", address="u7@example.com", lang=language)
    assert _events(at)["kind"].tolist() == kinds
    assert title in [heading.value for heading in at.subheader]
    assert as_of in _captions(at)


def test_the_head_names_no_delivery(page: Opened) -> None:
    """For the page tells of all of them."""
    at = page(SETTLING_LOG, page="recipient", address="u3@example.com")
    assert "Spring sale" not in [text.value for text in at.text]
    assert "Spring sale" in [text.value for text in opened_page("failures").text]


def test_a_label_of_a_log_is_no_markup(page: Opened) -> None:
    """Neither on the page nor in the chart."""
    at = page(SILENT_LOG, page="recipient", address="u3@example.com")
    assert not any(HOSTILE_LABEL in markdown.value for markdown in at.markdown)
    assert "<b>x</b>" not in at.get("plotly_chart")[0].proto.spec


def test_the_address_with_odd_letters_is_no_markup(page: Opened) -> None:
    """It is text."""
    odd = "**u**$x$@example.com"
    at = page(SETTLING_LOG.replace(RETRIED, odd), page="recipient", address=odd)
    at.toggle(key="recipient_addresses").set_value(True).run()
    assert odd in [text.value for text in at.text]


def _figure(seconds: list[float], colours: Colours = LIGHT) -> dict[str, list[dict[str, object]]]:
    """A message relayed, deferred so many seconds later again and again, and accepted in the end."""
    times = [START, *(START + timedelta(seconds=one) for one in seconds)]
    kinds = ["relayed", *["deferred"] * (len(seconds) - 1), "delivered"]
    events = pd.DataFrame(
        {
            "message_key": 1,
            "event_time": times,
            "kind": kinds,
            "kind_words": kinds,
            "label": kinds,
            "told": [f"{kind} & <more>" for kind in kinds],
        }
    )
    spans = pd.DataFrame(
        {"message_key": 1, "status": ["Pending", "Sent"], "begins": [START, times[-1]], "ends": [times[-1]] * 2}
    )
    messages = pd.DataFrame({"message_key": [1], "delivery": ["<i>Label</i> " * 5], "started_at": [START]})
    bands = StatusBand("With EFS", spans), StatusBand("Without EFS", spans.iloc[:0])
    figure = timeline_figure(messages, events, bands, colours, {"Pending": "Pending", "Sent": "Sent"})
    plain: dict[str, list[dict[str, object]]] = figure.checked().to_plotly_json()
    return plain


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_every_event_stands_at_its_time(colours: Colours) -> None:
    """Since the message is first heard of, a second at least, each kind with a symbol of its own."""
    relayed, deferred, accepted, *_ = _figure([10, 100, 1000], colours)["data"]
    assert [list(trace["x"]) for trace in (relayed, deferred, accepted)] == [[1], [10, 100], [1000]]  # type: ignore[call-overload]
    assert len({trace["marker"]["symbol"] for trace in (relayed, deferred, accepted)}) == 3  # type: ignore[index]
    assert accepted["hovertext"] == ["delivered &amp; &lt;more&gt;"]


def test_labels_do_not_write_over_each_other() -> None:
    """What is told once has its label before what is repeated."""
    _, deferred, accepted, *_ = _figure([float(second) for second in range(1000, 1030)])["data"]
    assert accepted["text"] == ["delivered"]
    assert sum(bool(text) for text in deferred["text"]) == 0  # type: ignore[attr-defined]


def test_a_label_does_not_write_over_the_names_of_the_rows() -> None:
    """At the left end it stands to the right of its symbol."""
    _, deferred, *_ = _figure([1.2, 100.0, 1000.0])["data"]
    assert deferred["textposition"] == ["top right", "top center"]


def test_the_legend_names_each_status_once() -> None:
    """Whatever the modes in which it occurs, in the colour of its lines."""
    traces = _figure([10])["data"]
    named = {trace["name"]: trace["line"] for trace in traces if str(trace.get("name")).startswith("Status: ")}
    lines = [trace["line"] for trace in traces if trace.get("showlegend") is False]
    assert list(named) == ["Status: Pending", "Status: Sent"]
    assert all(line in named.values() for line in lines)


def test_the_last_status_is_named_beside_its_band() -> None:
    """A mode in which the log cannot answer has none."""
    layout = _figure([10])["layout"]
    assert [note["text"] for note in layout["annotations"]] == ["With EFS: Sent"]  # type: ignore[call-overload]
    assert "<i>" not in layout["yaxis"]["ticktext"][0]  # type: ignore[call-overload]
