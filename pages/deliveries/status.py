"""How far a delivery is, and what its numbers leave open."""

from typing import Literal

import streamlit as st

from analytics.tile import Tile, engagement_shown_until
from data.deliveries import Delivery
from pages.deliveries.standing import Stage, Standing
from pages.i18n.formats import moment_text, share_text
from pages.i18n.words import words
from pages.session.asked import Filters
from pages.session.choices import shared_choices

_COLOURS: dict[Stage, Literal["blue", "orange", "green"]] = {
    Stage.RELAYING: "blue",
    Stage.SETTLING: "orange",
    Stage.AWAITING_FAILURES: "orange",
    Stage.INCOMPLETE: "orange",
    Stage.FINAL_BUT_FOR_LATE_BOUNCES: "green",
    Stage.FINAL: "green",
}


def draw_standing(delivery: Delivery, now: Standing) -> None:
    """The delivery's name beside the badge of its stage. The name is the log's text, so it is no Markdown."""
    st.text(delivery.label)
    st.badge(now.words, icon=f":material/{now.stage.value}:", color=_COLOURS[now.stage])


def draw_relay(shown: Tile) -> None:
    """The progress of the relay."""
    figures = {"sent": shown.sent, "all": shown.to_deliver, "share": share_text(shown.sent_rate)}
    done = (
        words("Finished relaying: {sent} of {all} ({share})", **figures)
        if shown.sent >= shown.to_deliver
        else words("Relayed: {sent} of {all} ({share})", **figures)
    )
    st.progress(min(1.0, shown.sent_rate or 0.0), text=done)


def draw_gap(asked: Filters, now: Standing) -> None:
    """Why the two ways of measuring differ, with the way to the page that explains it; nothing where one is unknown."""
    if not now.has_feedback:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="gap"):
        st.caption(now.gap_words, width="content")
        if now.gap:
            st.page_link(
                "pages/modes/compare_modes.py",
                label=words("Compare modes"),
                icon=":material/compare_arrows:",
                help=words("Why the two numbers differ, and which messages are the difference"),
                query_params=shared_choices(asked.delivery.delivery_id),
                width="content",
            )


def draw_notes(asked: Filters, now: Standing) -> None:
    """Up to when the numbers reach, and what they leave open."""
    st.caption(" ".join([*reach(asked), *caveats(now)]))


def reach(asked: Filters) -> list[str]:
    """Up to when the numbers reach."""
    until = moment_text(asked.delivery.observed_until)
    told = [words("As of {moment}; the data reach to {until}.", moment=moment_text(asked.at), until=until)]
    if not asked.delivery.tells_engagement:
        return told
    clicks_until = engagement_shown_until(asked.delivery, asked.at)
    is_computed = clicks_until == asked.delivery.stats_until
    engagement = (
        words(
            "Opens and clicks as of {moment} (brought up to there by Compute stats).", moment=moment_text(clicks_until)
        )
        if is_computed
        else words("Opens and clicks as of {moment} (the tile's hourly clock).", moment=moment_text(clicks_until))
    )
    return [*told, engagement]


def caveats(now: Standing) -> list[str]:
    """What the numbers leave open. What the log cannot tell stands in About this log."""
    silence = now.silence_words if now.has_feedback else None
    return [sentence for sentence in (now.beginning_words, silence) if sentence]
