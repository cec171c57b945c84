"""pandas: the columns that matter read by Arrow, texts as categories, and no loop over rows."""

from pathlib import Path

import pandas as pd

from benchmarks.peers import COUNTS, VALIDITY_HOURS

_COLUMNS = ["delivery_id", "message_id", "kind", "event_time", "test_profile"]
_DECIDING = ["delivered", "bounced", "expired", "cancelled"]


def course(path: Path) -> pd.DataFrame:
    """The answer, from the file alone."""
    changes = pd.concat(_changes(_stories(path)))
    started = changes.groupby("delivery_id", observed=True)["changed_at"].transform("min")
    minutes = -((started - changes["changed_at"]).dt.total_seconds() // 60).astype("int64")
    sums = (
        changes.groupby([changes["delivery_id"].astype("str"), minutes.rename("elapsed_minutes")])[list(COUNTS)].sum()
    )  # fmt: skip
    sums = sums[(sums != 0).any(axis=1)]
    return sums.groupby(level="delivery_id").cumsum().reset_index()


def _stories(path: Path) -> pd.DataFrame:
    """The relayed messages: when each kind of event came first, and what became of them."""
    events = pd.read_csv(
        path, engine="pyarrow", usecols=_COLUMNS, dtype={"delivery_id": "category", "kind": "category"}
    )
    observed_until = events["event_time"].max()
    proofs = events.loc[events["test_profile"].notna(), "message_id"].unique()
    events = events[~events["message_id"].isin(proofs)]
    relayed = events[events["kind"] == "relayed"].groupby("message_id", sort=False)
    story = relayed.agg(delivery_id=("delivery_id", "first"), relayed=("event_time", "min"))
    for kind in ("deferred", *_DECIDING):
        story[kind] = events[events["kind"] == kind].groupby("message_id", sort=False)["event_time"].min()
    decided = story[_DECIDING].min(axis=1)
    lapses = story[["deferred"]].assign(ends=story["relayed"] + pd.Timedelta(hours=VALIDITY_HOURS)).max(axis=1)
    is_retried = story["deferred"].notna() & ~(story["deferred"] > decided)
    return story.assign(
        decided=decided,
        lapses=lapses,
        is_retried=is_retried,
        is_lapsed=is_retried & ~(decided <= lapses) & (lapses <= observed_until),
        is_accepted=story["delivered"] == decided,
        is_cancelled=story["cancelled"].notna()
        & ~(story[["delivered", "bounced", "expired"]].min(axis=1) <= story["cancelled"]),
    )


def _changes(story: pd.DataFrame) -> list[pd.DataFrame]:
    """One row per change of some count."""
    accepted, cancelled, lapsed = story["is_accepted"], story["is_cancelled"], story["is_lapsed"]
    failed = story["decided"].notna() & ~accepted & ~cancelled
    retried = story["is_retried"].astype("int64")
    return [
        _change(story, story["relayed"].notna(), "relayed", 1, 0, 0, 0),
        _change(story, story["is_retried"], "deferred", 0, 0, 0, 1),
        _change(story, lapsed, "lapses", -1, 1, 0, 0),
        _change(story, accepted & ~lapsed, "decided", 0, 0, 1, -retried),
        _change(story, accepted & lapsed, "decided", 1, -1, 1, -1),
        _change(story, failed & ~lapsed, "decided", -1, 1, 0, 1 - retried),
        _change(story, cancelled & ~lapsed, "decided", -1, 0, 0, -retried),
        _change(story, accepted & story["bounced"].notna(), "bounced", -1, 1, -1, 1),
    ]


def _change(story: pd.DataFrame, happens: pd.Series, moment: str, *counts: int | pd.Series) -> pd.DataFrame:
    changing = story.loc[happens, ["delivery_id", moment]].set_axis(["delivery_id", "changed_at"], axis=1)
    told = [count[happens] if isinstance(count, pd.Series) else count for count in counts]
    return changing.assign(**dict(zip(COUNTS, told, strict=True)))
