"""What the sections of the page ask, each question once for a version of the data. Nobody may change the answers."""

from functools import partial

import pandas as pd

from analytics.acceptance import acceptance_counts, acceptance_times
from analytics.domains import domains
from analytics.failure_hours import FailureHours, failure_hours
from analytics.failures import failure_codes, failures
from analytics.incidents import MOST_EARLIER, incident_hours, incidents
from analytics.open_messages import open_messages
from analytics.retries import attempts
from data.snapshot import Snapshot
from pages.session.answer_cache import answer_of
from pages.session.answers import answer_at, known_deliveries
from pages.session.asked import Filters

_failing_hours = partial(failure_hours, is_accepted_asked=False)


def failures_of(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """The messages that ever failed, as they stand at the chosen moment."""
    return answer_at(store, asked, "failures", failures)


def codes_of(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """The same by reply code."""
    return answer_at(store, asked, "failure codes", failure_codes)


def attempts_of(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """What came of the attempts."""
    return answer_at(store, asked, "attempts", attempts)


def acceptance_times_of(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """Times to acceptance per domain."""
    return answer_at(store, asked, "acceptance times", acceptance_times)


def acceptance_counts_of(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """Acceptances per domain and time since the relay."""
    return answer_at(store, asked, "acceptance counts", acceptance_counts)


def open_of(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """Messages still open."""
    return answer_at(store, asked, "open messages", open_messages)


def domains_of(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """The tile of each recipient domain."""
    return answer_of(
        store,
        ("domains", asked.at, *asked.course_key),
        lambda: domains(
            store, asked.delivery, asked.mode, asked.at, asked.base, with_test_profiles=asked.with_test_profiles
        ),
    )


def hours_of(store: Snapshot, asked: Filters) -> FailureHours:
    """What came back per domain and hour."""
    return answer_at(store, asked, "failure hours", failure_hours)


def incident_hours_of(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """The hours beyond what is usual."""
    earlier = [one for one in known_deliveries(store) if one.started_at < asked.delivery.started_at][:MOST_EARLIER]
    return answer_of(
        store,
        ("incident hours", asked.at, asked.delivery.delivery_key, asked.with_test_profiles),
        lambda: incident_hours(
            hours_of(store, asked), [answer_at(store, asked, "failing hours", _failing_hours, one) for one in earlier]
        ),
    )


def incidents_of(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """The incidents that they make up."""
    beyond = incident_hours_of(store, asked)
    return answer_of(
        store,
        ("incidents", asked.at, asked.delivery.delivery_key, asked.with_test_profiles),
        lambda: incidents(store, asked.delivery, beyond, asked.at, with_test_profiles=asked.with_test_profiles),
    )
