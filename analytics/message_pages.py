"""Which messages a KPI counts at a moment, page by page: found near the end of what happened, not among all of it."""

from datetime import datetime, timedelta

import numpy as np

from analytics.modes import Kpi, Mode
from analytics.questions import Columns, Questions
from analytics.selected import ENGAGEMENT_KPIS, Cut, selected_page, states_asked
from analytics.selection import Selection
from analytics.state_counts import counts_at, counts_over
from analytics.tile import engagement_shown_until
from data.deliveries import Delivery
from data.states import State

_MINUTE = timedelta(minutes=1)


def message_page(
    ask: Questions,
    delivery: Delivery,
    selection: Selection,
    mode: Mode,
    at: datetime,
    cut: Cut,
    *,
    with_test_profiles: bool,
) -> Columns:
    """A page of the messages selected at a moment.

    Columns: message_key, date (of the last change, or of the first opening or click; none before the first change),
    test_profile.
    """
    asked = {"delivery_key": delivery.delivery_key, "with_test_profiles": with_test_profiles}
    kpi = selection.kpi or Kpi.TO_DELIVER if selection.is_plain and cut.is_latest_first else None
    wanted, after = cut.limit + cut.offset, None
    if kpi in ENGAGEMENT_KPIS:
        until = engagement_shown_until(delivery, at)
        since = _engaged_after(ask, kpi, until, wanted, **asked) or datetime.min
        page = {"limit": cut.limit, "offset": cut.offset}
        return ask.columns("engaged_page", kpi=kpi.value, after=since, until=until, **asked, **page)
    if kpi:
        states = states_asked(selection, mode)
        after = _changed_after(ask, delivery, kpi, states, at, wanted, with_test_profiles=with_test_profiles)
    return selected_page(ask, delivery, selection, mode, at, cut, with_test_profiles=with_test_profiles, after=after)


def _changed_after(
    ask: Questions,
    delivery: Delivery,
    kpi: Kpi,
    states: list[State],
    at: datetime,
    wanted: int,
    *,
    with_test_profiles: bool,
) -> datetime | None:
    """The latest whole minute since which, for certain, so many of the messages counted changed last, or all of them.

    None where only the whole log is enough. A state that holds more messages than it held at a moment holds at least as
    many that came after it.
    """
    transitions = ask.columns("state_change", delivery_key=delivery.delivery_key, with_test_profiles=with_test_profiles)
    minutes, places = np.unique(transitions["minutes"], return_inverse=True)
    then = counts_over(transitions, places, len(minutes))
    now = counts_at(ask, delivery, at, with_test_profiles=with_test_profiles)
    # Who was cancelled may never have been sent.
    certain = [state for state in states if kpi is not Kpi.SENT or state is not State.CANCELLED]
    gained = np.sum([(now[state] - then[state]).clip(0) for state in certain], axis=0)
    counted = now["sent"] if kpi is Kpi.SENT else np.sum([now[state] for state in states], axis=0)
    enough = minutes[(gained >= min(wanted, counted[0])) & (minutes <= (at - delivery.started_at) // _MINUTE)]
    return delivery.started_at + int(enough[-1]) * _MINUTE if len(enough) else None


def _engaged_after(ask: Questions, kpi: Kpi, until: datetime, wanted: int, **asked: object) -> datetime | None:
    """The latest full hour since which so many messages were opened, or clicked; None where there is none."""
    by_hour = ask.columns("engagement", **asked)
    hours = by_hour["until"][by_hour["until"] <= np.datetime64(until)]
    engaged = by_hour[kpi.value][: len(hours)]
    enough = hours[engaged.sum() - engaged.cumsum() >= wanted]
    return enough[-1].item() if len(enough) else None
