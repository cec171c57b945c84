"""Polars: two lazy queries, run by the streaming engine: the messages of the CSV, then their changes."""

from pathlib import Path

import pandas as pd
import polars as pl

from benchmarks.peers import COUNTS, VALIDITY_HOURS

_MOVING = ("relayed", "deferred", "delivered", "bounced", "expired", "cancelled")


def course(path: Path) -> pd.DataFrame:
    """The answer, from the file alone."""
    # Collected here, because the plan would read the file anew for every kind of change.
    story = _stories(_messages(path)).collect(engine="streaming").lazy()
    started = story.group_by("delivery_id").agg(started_at=pl.col("relayed").min())
    minute = -(-(pl.col("changed_at") - pl.col("started_at")).dt.total_microseconds() // 60_000_000)
    return (
        pl.concat(_changes(story))
        .join(started, on="delivery_id")
        .group_by("delivery_id", elapsed_minutes=minute)
        .agg(pl.col(COUNTS).sum())
        .filter(pl.any_horizontal(pl.col(COUNTS) != 0))
        .sort("delivery_id", "elapsed_minutes")
        .with_columns(pl.col(COUNTS).cum_sum().over("delivery_id"))
        .collect(engine="streaming")
        .to_pandas()
    )


def _messages(path: Path) -> pl.LazyFrame:
    """One row per message: when each kind of event came first, and when the last event of all came."""
    event = pl.scan_csv(path).select(
        "delivery_id", "message_id", "kind", "test_profile",
        pl.col("event_time").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="us"),
    )  # fmt: skip
    times = {kind: pl.when(pl.col("kind") == kind).then("event_time") for kind in _MOVING}
    return (
        event.with_columns(**times)
        .group_by("delivery_id", "message_id")
        .agg(
            pl.col(_MOVING).min(),
            last_at=pl.col("event_time").max(),
            is_test_profile=pl.col("test_profile").is_not_null().any(),
        )
    )


def _stories(message: pl.LazyFrame) -> pl.LazyFrame:
    """The relayed messages, with what became of them."""
    return (
        message.with_columns(
            observed_until=pl.col("last_at").max(),
            decided=pl.min_horizontal("delivered", "bounced", "expired", "cancelled"),
            lapses=pl.max_horizontal(pl.col("relayed") + pl.duration(hours=VALIDITY_HOURS), "deferred"),
        )
        .filter(pl.col("relayed").is_not_null() & ~pl.col("is_test_profile"))
        .with_columns(
            is_retried=pl.col("deferred").is_not_null()
            & (pl.col("deferred") <= pl.col("decided")).fill_null(value=True),
            is_accepted=(pl.col("delivered") == pl.col("decided")).fill_null(value=False),
            is_cancelled=(pl.min_horizontal("delivered", "bounced", "expired") > pl.col("cancelled")).fill_null(
                pl.col("cancelled").is_not_null()
            ),
        )
        .with_columns(
            is_lapsed=pl.col("is_retried")
            & (pl.col("decided") > pl.col("lapses")).fill_null(value=True)
            & (pl.col("lapses") <= pl.col("observed_until")),
            retried=pl.col("is_retried").cast(pl.Int64),
        )
    )


def _changes(story: pl.LazyFrame) -> list[pl.LazyFrame]:
    """One row per change of some count."""
    accepted, cancelled, lapsed = pl.col("is_accepted"), pl.col("is_cancelled"), pl.col("is_lapsed")
    failed = pl.col("decided").is_not_null() & ~accepted & ~cancelled
    retried = pl.col("retried")
    return [
        _change(story, pl.lit(value=True), "relayed", 1, 0, 0, 0),
        _change(story, pl.col("is_retried"), "deferred", 0, 0, 0, 1),
        _change(story, lapsed, "lapses", -1, 1, 0, 0),
        _change(story, accepted & ~lapsed, "decided", 0, 0, 1, -retried),
        _change(story, accepted & lapsed, "decided", 1, -1, 1, -1),
        _change(story, failed & ~lapsed, "decided", -1, 1, 0, 1 - retried),
        _change(story, cancelled & ~lapsed, "decided", -1, 0, 0, -retried),
        _change(story, accepted & pl.col("bounced").is_not_null(), "bounced", -1, 1, -1, 1),
    ]


def _change(story: pl.LazyFrame, happens: pl.Expr, moment: str, *counts: int | pl.Expr) -> pl.LazyFrame:
    named = {
        name: (count if isinstance(count, pl.Expr) else pl.lit(count)).cast(pl.Int64)
        for name, count in zip(COUNTS, counts, strict=True)
    }
    return story.filter(happens).select("delivery_id", changed_at=moment, **named)
