"""Times to acceptance: each count is that of its rows."""

from collections.abc import Callable
from datetime import timedelta

from analytics.acceptance import SPANS, acceptance_counts, acceptance_times, accepted_within, cumulated
from analytics.modes import Mode
from analytics.rows import row_count
from data.deliveries import delivery
from data.store import Store
from tests.analytics.test_failures import cases, random_store  # noqa: F401 - a fixture

LOG = "kind,event_time,message_id,recipient,delivery_id\n" + "".join(
    f"relayed,2026-03-01T10:00:00Z,m{n},u{n}@{name}.example,d1\n"
    f"delivered,2026-03-01T10:{seconds // 60:02}:{seconds % 60:02}Z,m{n},u{n}@{name}.example,d1\n"
    for n, (name, seconds) in enumerate([("one", 10), ("one", 60), ("one", 61), ("two", 300), ("two", 301)])
)


def test_every_figure_is_the_number_of_its_rows(random_store: Store) -> None:  # noqa: F811
    """Accepted in all, per domain, and per domain and span, at any moment."""
    counted = 0
    for about, at in cases(random_store):

        def shown(longer: timedelta | None = None, within: timedelta | None = None, domain: str | None = None) -> int:
            domains = () if domain is None else (domain,)
            return row_count(random_store, about, accepted_within(longer, within, domains), Mode.WITH_EFS, at)  # noqa: B023

        for row in acceptance_times(random_store, about, at).to_dict("records"):
            domain = row["recipient_domain"] if isinstance(row["recipient_domain"], str) else None
            assert shown(domain=domain) == row["accepted"]
        bounds = (None, *SPANS, None)
        for row in acceptance_counts(random_store, about, at, SPANS).to_dict("records"):
            longer, within = bounds[row["span"]], bounds[row["span"] + 1]
            assert shown(longer, within, row["recipient_domain"]) == row["accepted"]
            counted += 1
    assert counted > 20


def test_a_bound_belongs_to_the_span_that_it_ends(store: Store, import_text: Callable[..., object]) -> None:
    """Exactly one minute is within the first; the whole delivery comes first; quantiles are times that occur."""
    import_text(LOG)
    about = delivery(store, "d1")
    assert acceptance_counts(store, about, bounds=SPANS).sort_values(["recipient_domain", "span"]).to_dict(
        "records"
    ) == [
        {"recipient_domain": "one.example", "span": 0, "accepted": 2},
        {"recipient_domain": "one.example", "span": 1, "accepted": 1},
        {"recipient_domain": "two.example", "span": 1, "accepted": 1},
        {"recipient_domain": "two.example", "span": 2, "accepted": 1},
    ]
    whole, one, two = acceptance_times(store, about).to_dict("records")
    assert (whole["accepted"], whole["median"], whole["p99"]) == (5, timedelta(seconds=61), timedelta(seconds=301))
    assert (one["recipient_domain"], one["median"]) == ("one.example", timedelta(seconds=60))
    assert (two["recipient_domain"], two["p90"]) == ("two.example", timedelta(seconds=301))
    so_far = cumulated(acceptance_counts(store, about, bounds=SPANS), len(SPANS))
    assert so_far.to_numpy().tolist()[1][:4] == [0, 1, 2, 2]
