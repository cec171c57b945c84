"""The time scrubber: which moment of a delivery the page shows."""

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.deliveries import Delivery
from data.snapshot import Snapshot
from pages.i18n.formats import exact_span_text, moment_text, span_text
from pages.i18n.words import words
from pages.session.answers import change_minutes_of
from pages.session.choices import choose_number, number

_MINUTE = timedelta(minutes=1)
_KEY, _PLAYING = "at", "playing"
_FRAMES = 60
_STEPS = ((180, 1), (1440, 15))
"""Periods up to so many minutes are stepped through by so many."""


def chosen_moment(store: Snapshot, delivery: Delivery) -> datetime:
    """Draw the scrubber; returns the moment chosen (UTC), by default the last one observed."""
    last = last_minute(delivery)
    if last == 0:
        st.caption(words("The log speaks of a single moment; there is nothing to scrub."))
        return delivery.observed_until
    label = words("As of, minutes since the start")
    minute = number(_KEY, last, draw=partial(st.slider, label, 0, last, format="+%d min"))
    moment = delivery.observed_until if minute == last else delivery.started_at + minute * _MINUTE
    # Both moments are shown to the second.
    span = moment.replace(microsecond=0) - delivery.started_at.replace(microsecond=0)
    st.caption(f"+{exact_span_text(span)} = {moment_text(moment)}")
    changes = change_minutes_of(store, delivery)
    _draw_buttons(minute, last, step_minutes(last, is_relaying=minute < _relay_minutes(delivery)), changes)
    _play(last, frames(changes, last))
    return moment


def last_minute(delivery: Delivery) -> int:
    """The scrubber's end: the minute since the start in which the last moment observed lies, rounded up."""
    return max(0, -((delivery.started_at - delivery.observed_until) // _MINUTE))


def step_minutes(last: int, *, is_relaying: bool = False) -> int:
    """How far a step goes: a minute while relaying or within three hours, a quarter within a day, an hour beyond."""
    return 1 if is_relaying else next((step for within, step in _STEPS if last <= within), 60)


def next_change(minute: int, changes: list[int], last: int) -> int:
    """The next minute in which some message changes its state, or the end."""
    following = bisect_right(changes, minute)
    return min(changes[following], last) if following < len(changes) else last


def previous_change(minute: int, changes: list[int]) -> int:
    """The minute before this one in which some message changes its state, or the start."""
    before = bisect_left(changes, minute)
    return max(0, changes[before - 1]) if before else 0


def frames(changes: list[int], last: int) -> list[int]:
    """The minutes that playing walks through: those with a change, evenly fewer where they are many, and the end."""
    within = [minute for minute in changes if 0 < minute < last]
    return [*within[:: -(-len(within) // _FRAMES) or 1], last]


def _relay_minutes(delivery: Delivery) -> int:
    return -((delivery.started_at - (delivery.last_relayed_at or delivery.started_at)) // _MINUTE)


def _draw_buttons(minute: int, last: int, step: int, changes: list[int]) -> None:
    playing = st.session_state.get(_PLAYING, False)
    is_first, is_last, span = minute == 0, minute == last, span_text(step * _MINUTE)
    with _button_row():
        _button("start", words("Start"), words("To the start"), 0, last, disabled=is_first)
        st.button(
            words("Pause") if playing else words("Play"),
            icon=f":material/{'pause' if playing else 'play_arrow'}:",
            help=words("Pause") if playing else words("Play the changes from here; from the start if at the end"),
            key="play",
            width="stretch",
            on_click=_toggle_play,
            args=(minute, last),
        )
        _button("end", words("Now"), words("To the last moment observed"), last, last, disabled=is_last)
    with _button_row():
        back, on = max(0, minute - step), min(last, minute + step)
        _button("back", words("Back {span}", span=span), words("A step back"), back, last, disabled=is_first)
        _button("on", words("On {span}", span=span), words("A step on"), on, last, disabled=is_last)
    with _button_row():
        to_previous = words("To the previous minute in which some message changes its state")
        to_next = words("To the next minute in which some message changes its state")
        before, after = previous_change(minute, changes), next_change(minute, changes, last)
        _button("previous", words("Previous change"), to_previous, before, last, disabled=is_first)
        _button("next", words("Next change"), to_next, after, last, disabled=is_last)


def _button_row() -> DeltaGenerator:
    return st.container(horizontal=True, gap="xxsmall", wrap=False)


def _button(name: str, label: str, told: str, minute: int, last: int, *, disabled: bool) -> None:
    key, goal = f"scrub_{name}", (minute, last)
    st.button(label, help=told, key=key, width="stretch", on_click=_go, args=goal, disabled=disabled)


def _go(minute: int, last: int) -> None:
    choose_number(_KEY, minute, last)
    st.session_state[_PLAYING] = False


def _toggle_play(minute: int, last: int) -> None:
    st.session_state[_PLAYING] = not st.session_state.get(_PLAYING, False)
    if st.session_state[_PLAYING] and minute == last:
        choose_number(_KEY, 0, last)


def _play(last: int, minutes: list[int]) -> None:
    """Move on by a frame now and then while playing. A fragment of its own, so that no other control waits for it."""
    is_first = True

    @st.fragment(run_every=0.7 if st.session_state.get(_PLAYING) else None)
    def frame() -> None:
        nonlocal is_first
        if not is_first and st.session_state.get(_PLAYING):
            following = next_change(st.session_state[_KEY], minutes, last)
            choose_number(_KEY, following, last)
            st.session_state[_PLAYING] = following < last
            st.rerun()
        is_first = False

    frame()
