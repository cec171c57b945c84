"""The tile's hourly clock beside the true one: what its opens and clicks show, and what is told by then."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from analytics.engagement import engaged
from analytics.questions import asking
from analytics.tile import engagement_shown_until
from data.deliveries import Delivery
from data.store import Store

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Clock:
    """Messages opened and clicked as the tile shows them at a moment, and how many more are told by then.

    shown_until: up to where the tile's reach. The rest is what Compute stats would bring. course: a row per minute from
    the start: at (UTC), opened and clicked as told, opened_shown and clicked_shown as on the tile.
    """

    shown_until: datetime
    opened_shown: int
    clicked_shown: int
    opened_since: int
    clicked_since: int
    course: pd.DataFrame


def tile_clock(
    store: Store,
    delivery: Delivery,
    at: datetime | None = None,
    longest: timedelta = timedelta(hours=12),
    *,
    with_test_profiles: bool = False,
) -> Clock:
    """Both clocks at a moment (UTC; by default the last observed), and their course since the start.

    longest: where the course ends, if the moment does not come before.
    """
    at = delivery.moment(at)
    asked = {"delivery_key": delivery.delivery_key, "with_test_profiles": with_test_profiles}
    end = max(delivery.started_at, min(at, delivery.started_at + longest))
    minutes = pd.date_range(delivery.started_at, end, freq=_MINUTE)
    moments = minutes if minutes[-1] == end else minutes.union([end])
    shown_until = engagement_shown_until(delivery, at)
    with asking(store) as ask:
        by_minute = ask.columns("engagement_minute", started_at=delivery.started_at, until=end, **asked)
        course = engaged(ask, delivery, moments, with_test_profiles=with_test_profiles)
        now = engaged(ask, delivery, pd.DatetimeIndex([at]), with_test_profiles=with_test_profiles)
        since = ask.columns("late_engagement", after=shown_until, at=at, **asked)
    places = np.searchsorted(by_minute["until"], moments.to_numpy(), side="right")
    told = {name: np.append(0, by_minute[name].cumsum())[places] for name in ("opened", "clicked")}
    shown = {f"{name}_shown": counts for name, counts in course.items()}
    return Clock(
        shown_until,
        opened_shown=int(now["opened"][0]),
        clicked_shown=int(now["clicked"][0]),
        opened_since=int(since["opened"][0]),
        clicked_since=int(since["clicked"][0]),
        course=pd.DataFrame({"at": moments} | told | shown),
    )
