"""The page Compare deliveries, run through the frame, and its figures."""

import json
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pyarrow as pa
import pytest

from analytics.modes import Kpi, Mode
from analytics.rows import row_count
from analytics.tile import tile
from data.deliveries import Delivery, deliveries, delivery
from data.notes import annotate
from pages.figures.colours import LIGHT
from pages.figures.comparison import comparison_figure
from pages.figures.comparison_seen import Seen
from pages.i18n.formats import share_text
from pages.i18n.language import Language, speaking
from pages.session.selection_query import selection_from
from pages.session.store import opened_store
from tests.pages.conftest import Opened, opened_page
from tests.pages.logs import HOSTILE_LABEL, SETTLING_LOG, SILENT_LOG


def renamed(log: str, delivery_id: str, day: str) -> str:
    """The events of a log as another delivery, sent on another day."""
    return log.partition("\n")[2].replace("DM1,Spring sale", f"{delivery_id},Sale").replace("2026-03-02", day)


EARLIER = "".join(renamed(SETTLING_LOG, f"E{day}", f"2026-02-{day}") for day in (17, 18, 19))
"""Three like it, days before. Their validity period is over when the log ends."""
ALL = SETTLING_LOG + EARLIER + SILENT_LOG.partition("\n")[2]
SETTLED = renamed(SETTLING_LOG, "F1", "2026-02-10") + "".join(
    f"delivered,2026-02-10T09:40:00Z,m{number},u{number}@example.com,F1,Sale,,\n" for number in (8, 9)
)
"""One whose every message has its end: 60 % are accepted after 30 minutes, 90 % in the end."""


SENT_AT = datetime.fromisoformat("2026-03-02T08:00")


class Parameters:
    """Those of a link."""

    def __init__(self, url: str) -> None:
        self.all = parse_qs(urlsplit(url).query)

    def get_all(self, key: str) -> list[str]:
        """All values of one."""
        return self.all.get(key, [])


def share_at(about: Delivery, minutes: int, mode: Mode = Mode.WITH_EFS) -> str:
    """Delivered of a delivery some minutes after its send."""
    return share_text(tile(opened_store(), about, mode, about.started_at + timedelta(minutes=minutes)).delivered_rate)


@pytest.mark.parametrize("mode", [Mode.WITH_EFS, Mode.WITHOUT_EFS])
def test_the_table_shows_every_tile_and_opens_its_rows(page: Opened, mode: Mode) -> None:
    """A row per delivery as its tile stands at its own end; each link opens as many rows as the number beside it."""
    at = page(ALL, page="compare", delivery="DM1", efs=str(mode is Mode.WITH_EFS).lower(), at="30")
    table = at.dataframe[0].value
    store, every = opened_store(), deliveries(opened_store())
    assert table["label"].tolist() == [one.label for one in every]
    for about, row in zip(every, table.to_dict("records"), strict=True):
        if mode is Mode.WITH_EFS and not about.has_delivery_feedback:
            assert pd.isna(row["delivered"])
            assert pd.isna(row["delivered_rate"])
            assert pd.isna(row["delivered_rows"])
            assert pd.isna(row["bounces_errors_rows"])
            continue
        shown = tile(store, about, mode)
        for name in ("to_deliver", "sent", "delivered", "bounces_errors", "delivered_rate", "bounces_errors_rate"):
            assert row[name] == getattr(shown, name)
        assert row["course"][-1] == shown.delivered_rate
        for kpi in (Kpi.DELIVERED, Kpi.BOUNCES_ERRORS):
            link = Parameters(row[f"{kpi}_rows"])
            assert link.get_all("delivery") == [about.delivery_id]
            assert link.get_all("at") == []
            assert row_count(store, about, selection_from(link), mode) == row[kpi.value]


def test_the_mode_stands_in_the_links_where_the_chosen_delivery_has_no_other(page: Opened) -> None:
    """A delivery without feedback shows all without EFS, and so must the rows of those that have feedback."""
    at = page(ALL, page="compare", delivery="DM2")
    for row in at.dataframe[0].value.to_dict("records"):
        assert Parameters(row["page"]).get_all("efs") == Parameters(row["delivered_rows"]).get_all("efs") == ["false"]


def test_the_band_is_that_of_the_earlier_ones_like_it(page: Opened) -> None:
    """By default the earlier ones with feedback; its figure is that of its tile, the others' that of theirs."""
    at = page(ALL, page="compare", delivery="DM1", at="30")
    assert at.multiselect(key="choice_with").value == ["E19", "E18", "E17"]
    assert "with" not in at.query_params
    store = opened_store()
    now = delivery(store, "DM1")
    assert at.metric[0].value == share_at(now, 30)
    assert at.metric[1].value == share_at(delivery(store, "E18"), 30)


def test_the_chosen_deliveries_stand_in_the_link(page: Opened) -> None:
    """Those chosen are compared and no others, and none is a choice too; what is unknown is left out."""
    at = page(ALL, page="compare", delivery="DM1")
    at.multiselect(key="choice_with").set_value(["E17", "DM2"]).run()
    assert at.query_params["with"] == ["E17", "DM2"]
    at.multiselect(key="choice_with").set_value([]).run()
    assert not any(at.query_params["with"])
    assert at.metric[1].value == "–"  # noqa: RUF001 - the sign meant
    linked = opened_page("compare", delivery="DM1", **{"with": ["E18", "nobody"]})
    assert linked.multiselect(key="choice_with").value == ["E18"]


def test_an_odd_delivery_is_said_to_lie_below_all(page: Opened) -> None:
    """With numbers: its own, the time since the send, and the range of the others."""
    slow = SETTLING_LOG.replace("delivered,2026-03-02T08:1", "deferred,2026-03-02T08:1")
    at = page(slow + EARLIER, page="compare", delivery="DM1", at="60")
    said = at.markdown[0].value
    assert "At 1 h Delivered is 0\xa0%, below all 3 compared with (60.0\xa0%)." in said


def test_what_is_relayed_yet_is_no_measure(page: Opened) -> None:
    """By default it is not compared with; whoever chooses it is told how many are observed that long."""
    relaying = "targeted,2026-03-02T05:00:00Z,m1,u1@example.com,R1,Sale,,\n"
    relaying += "".join(
        f"{kind},2026-03-02T0{hour}:00:00Z,m2,u2@example.com,R1,Sale,,\n"
        for kind, hour in (("relayed", 6), ("delivered", 7))
    )
    short = SETTLING_LOG.partition("\n")[0] + "\n" + renamed(SETTLING_LOG, "S1", "2026-03-04")
    at = page(ALL + relaying, short, page="compare", delivery="DM1", at="1000")
    assert at.multiselect(key="choice_with").value == ["E19", "E18", "E17"]
    at.multiselect(key="choice_with").set_value(["E19", "E18", "S1"]).run()
    assert "2 of the 3 chosen are observed that long." in at.markdown[0].value
    assert "all 2 compared with" in at.markdown[0].value


def test_who_chose_none_is_told_what_there_is_to_choose(page: Opened) -> None:
    """An earliest one has nothing to be compared with by default, though later ones are observed as long."""
    at = page(ALL, page="compare", delivery="E17", at="30")
    assert at.multiselect(key="choice_with").value == []
    assert "No delivery is chosen to compare with." in at.markdown[0].value
    assert "3 other ones are observed for 30 min and can be chosen." in at.markdown[0].value
    assert [caption.value for caption in at.caption].count("none chosen") == 2


def test_an_estimate_goes_on_like_those_that_are_final(page: Opened) -> None:
    """Of three that were open after 30 minutes, one and all were delivered. Of one that is open there is none."""
    at = page(ALL + SETTLED, page="compare", delivery="DM1", at="30", **{"with": ["E17", "F1"]})
    assert at.metric[2].value == "80.0\xa0%"
    estimate = (
        "Estimate, if it goes on like the 2 that are final: Delivered ends at 80.0\xa0% (70.0\xa0% to 90.0\xa0%)."
    )
    assert estimate in at.markdown[0].value
    at = opened_page("compare", delivery="DM1", at="30", efs="false", **{"with": ["DM2"]})
    assert at.metric[2].value == "–"  # noqa: RUF001 - the sign meant
    assert "none of the chosen deliveries is final" in at.markdown[0].value


@pytest.mark.parametrize("efs", ["true", "false"])
def test_an_estimate_is_possible(page: Opened, efs: str) -> None:
    """Where the chosen one delivered all that was open after 12 minutes, the failures here stay failures."""
    failing = SETTLING_LOG.replace("relayed,2026-03-02T08:09", "bounced,2026-03-02T08:09")
    whole = SETTLED.replace("bounced", "delivered")
    at = page(failing + whole, page="compare", delivery="DM1", at="12", efs=efs, **{"with": "F1"})
    assert at.metric[2].value == "90.0\xa0%"


@pytest.mark.parametrize(("minutes", "said"), [("0", "too early"), ("100", "the chosen ones had hardly any open")])
def test_no_estimate_is_said_to_be_none(page: Opened, minutes: str, said: str) -> None:
    """At the very start, and where the chosen one was settled."""
    at = page(ALL + SETTLED, page="compare", delivery="DM1", at=minutes, **{"with": "F1"})
    assert at.metric[2].value == "–"  # noqa: RUF001 - the sign meant
    assert said in [caption.value for caption in at.caption]


@pytest.mark.parametrize(("language", "written"), [(Language.ENGLISH, "70.0\xa0%"), (Language.GERMAN, "70,0\xa0%")])
def test_the_table_is_written_in_the_language_spoken(page: Opened, language: Language, written: str) -> None:
    """Shares as there, and a dash where nothing is known; the values stay numbers."""
    table = page(ALL, page="compare", delivery="E19", lang=language.value).dataframe[0]
    shown = pa.ipc.open_stream(table.proto.arrow_data.styler.display_values).read_pandas()
    told = table.value["delivered_rate"]
    assert pd.api.types.is_float_dtype(told)
    assert written in shown.iloc[:, list(table.value).index("delivered_rate")].tolist()
    silent = shown[told.isna().to_numpy()]
    for name in ("delivered", "delivered_rate", "bounces_errors"):
        assert silent.iloc[:, list(table.value).index(name)].tolist() == ["–"]  # noqa: RUF001 - the sign meant


@pytest.mark.parametrize("language", list(Language))
def test_the_page_speaks_each_language(page: Opened, language: Language) -> None:
    """Without an exception, with the same numbers as that language writes them; a label is text and nothing more."""
    at = page(ALL, page="compare", delivery="DM1", lang=language.value, at="30")
    with speaking(language):
        assert at.metric[0].value == share_at(delivery(opened_store(), "DM1"), 30)
    assert not [text for text in (*at.markdown, *at.caption) if HOSTILE_LABEL in text.value]


def test_a_measure_of_the_link_is_shown(page: Opened) -> None:
    """Bounces + errors instead of Delivered."""
    at = page(ALL, page="compare", delivery="DM1", measure="bounces_errors", at="30")
    about = delivery(opened_store(), "DM1")
    shown = tile(opened_store(), about, Mode.WITH_EFS, about.started_at + timedelta(minutes=30))
    assert at.metric[0].value == share_text(shown.bounces_errors_rate)


def test_a_lone_delivery_without_feedback_is_shown(page: Opened) -> None:
    """Nothing to compare with is said, and its own figures stand."""
    at = page(SILENT_LOG, page="compare")
    assert "No delivery is chosen to compare with." in at.markdown[0].value
    assert at.metric[0].value == share_text(0.9)


def course(*points: tuple[float, float]) -> pd.DataFrame:
    """A course of hours and shares."""
    return pd.DataFrame(points, columns=["hours", "share"])


def seen(*, at: float = 2.0, projected: tuple[float, float, float] | None = (0.9, 0.95, 0.97)) -> Seen:
    """A delivery between two others."""
    others = [("<b>one</b>", course((0, 0.0), (1, 0.8), (9, 0.96))), ("two", course((0, 0.0), (2, 0.9)))]
    band = pd.DataFrame({"hours": [0, 1, 2, 9], "low": [0, 0, 0.8, 0.9], "high": [0, 0.8, 0.9, 0.96]})
    band = band.assign(median=band["low"] + 0.02)
    mine = course((0, 0.0), (1, 0.5), (3, 0.7))
    return Seen("Delivered", SENT_AT, mine, at, others, band, LIGHT.delivered, projected)


def test_the_figure_ends_where_the_data_do() -> None:
    """Its own course is solid up to the chosen moment, dotted after it, and nothing is drawn beyond its last point."""
    figure = comparison_figure(seen(), LIGHT).checked()
    known = next(trace for trace in figure.data if trace.name == "This delivery")
    later = next(trace for trace in figure.data if trace.name == "This delivery, later")
    assert (list(known.x), list(known.y)) == ([0, 1, 2], [0, 50, 50])
    assert (list(later.x), list(later.y)) == ([2, 3], [50, 70])
    assert max(next(trace for trace in figure.data if trace.name == "two").x) == 2


def test_a_label_is_no_markup_in_the_figure() -> None:
    """What a log calls a delivery is escaped."""
    names = [trace.name for trace in comparison_figure(seen(), LIGHT).checked().data]
    assert "&lt;b&gt;one&lt;/b&gt;" in names


@pytest.mark.parametrize("zoomed", [True, False])
def test_the_figure_holds_all_that_it_shows(zoomed: bool) -> None:
    """The axes reach to the last change and to the estimate, and without a share or others there is a figure too."""
    figure = comparison_figure(seen(), LIGHT, zoomed=zoomed).checked()
    assert figure.layout.xaxis.range[1] >= 9
    assert figure.layout.yaxis.range[0] <= 90
    assert figure.layout.yaxis.range[1] >= 97
    empty = pd.DataFrame({name: pd.Series(dtype=float) for name in ("hours", "low", "median", "high")})
    nothing = Seen("Delivered", SENT_AT, course((0, float("nan"))), 0, [], empty, LIGHT.delivered)
    assert comparison_figure(nothing, LIGHT, zoomed=zoomed).checked().layout.xaxis.range[1] > 0


def test_annotations_stand_at_the_hours_of_the_delivery(page: Opened) -> None:
    """Those noted of it and of all, not those of the others; the words beneath say so."""
    page(ALL, page="compare", delivery="DM1")
    begins = delivery(opened_store(), "DM1").started_at + timedelta(minutes=45)
    for delivery_id, text in (("DM1", "Gmail outage"), (None, "All of us"), ("E17", "Elsewhere")):
        annotate(opened_store(), delivery_id, begins, None, text)
    at = opened_page("compare", delivery="DM1")
    layout = json.loads(at.get("plotly_chart")[0].proto.spec)["layout"]
    noted = {note["text"]: note["x"] for note in layout["annotations"] if note["text"].startswith("<i>")}
    assert noted == {"<i>Gmail outage</i>": 0.75, "<i>All of us</i>": 0.75}
    assert "Annotations stand at the hours of this delivery." in " ".join(caption.value for caption in at.caption)
