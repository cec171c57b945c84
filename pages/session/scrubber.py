"""The time scrubber: which moment of a delivery the page shows."""

from bisect import bisect_right
from datetime import datetime, timedelta

import streamlit as st

from data.deliveries import Delivery
from data.store import Store
from pages.i18n.words import moment_text, span_text
from pages.session.answers import change_minutes_of

_MINUTE = timedelta(minutes=1)
_KEY, _PLAYING, _END = "at", "playing", "last_minute"
_FRAMES = 60
_STEPS = ((180, 1), (1440, 15))
"""Periods up to so many minutes are stepped through by so many."""


def chosen_moment(store: Store, delivery: Delivery) -> datetime:
    """Draw the scrubber; returns the moment chosen (UTC), by default the last one observed."""
    last = last_minute(delivery)
    if last == 0:
        st.caption("The log speaks of a single moment; there is nothing to scrub.")
        return delivery.observed_until
    _follow_end(last)
    minute = st.slider(
        "As of, minutes since the start", 0, last, last, key=_KEY, bind="query-params", format="+%,d min"
    )
    moment = delivery.observed_until if minute == last else delivery.started_at + minute * _MINUTE
    st.caption(f"+{span_text(moment - delivery.started_at)} = {moment_text(moment)}")
    _draw_buttons(minute, last, change_minutes_of(store, delivery))
    _play(last)
    return moment


def last_minute(delivery: Delivery) -> int:
    """The scrubber's end: the minute since the start in which the last moment observed lies, rounded up."""
    return max(0, -((delivery.started_at - delivery.observed_until) // _MINUTE))


def step_minutes(last: int) -> int:
    """How far a step goes: a minute within three hours, a quarter within a day, an hour beyond."""
    return next((step for within, step in _STEPS if last <= within), 60)


def next_change(minute: int, changes: list[int], last: int) -> int:
    """The next minute in which some message changes its state, or the end."""
    following = bisect_right(changes, minute)
    return min(changes[following], last) if following < len(changes) else last


def _follow_end(last: int) -> None:
    """Stay at the end when another delivery or a grown log moves it, and never beyond it."""
    previous_end = st.session_state.get(_END, last)
    st.session_state[_END] = last
    chosen = st.session_state.get(_KEY, last)
    if chosen > last or chosen == previous_end != last:
        st.session_state[_KEY] = last


def _draw_buttons(minute: int, last: int, changes: list[int]) -> None:
    step = step_minutes(last)
    playing = st.session_state.get(_PLAYING, False)
    with st.container(horizontal=True, gap="xxsmall", wrap=False):
        _button("first_page", "To the start", 0, disabled=minute == 0)
        _button("chevron_left", f"Back {span_text(step * _MINUTE)}", max(0, minute - step), disabled=minute == 0)
        st.button(
            f":material/{'pause' if playing else 'play_arrow'}:",
            help="Pause" if playing else "Play from here; from the start if at the end",
            key="play",
            on_click=_toggle_play,
            args=(minute, last),
        )
        _button("chevron_right", f"On {span_text(step * _MINUTE)}", min(last, minute + step), disabled=minute == last)
        _button("skip_next", "To the next change", next_change(minute, changes, last), disabled=minute == last)
        _button("last_page", "Now: the last moment observed", last, disabled=minute == last)


def _button(icon: str, told: str, minute: int, *, disabled: bool) -> None:
    st.button(f":material/{icon}:", help=told, key=f"scrub_{icon}", on_click=_go, args=(minute,), disabled=disabled)


def _go(minute: int) -> None:
    st.session_state[_KEY] = minute
    st.session_state[_PLAYING] = False


def _toggle_play(minute: int, last: int) -> None:
    st.session_state[_PLAYING] = not st.session_state.get(_PLAYING, False)
    if st.session_state[_PLAYING] and minute == last:
        st.session_state[_KEY] = 0


def _play(last: int) -> None:
    """Move on by a frame now and then while playing. A fragment of its own, so that no other control waits for it."""
    is_first = True

    @st.fragment(run_every=0.7 if st.session_state.get(_PLAYING) else None)
    def frame() -> None:
        nonlocal is_first
        if not is_first and st.session_state.get(_PLAYING):
            st.session_state[_KEY] = min(last, st.session_state[_KEY] + max(1, last // _FRAMES))
            st.session_state[_PLAYING] = st.session_state[_KEY] < last
            st.rerun()
        is_first = False

    frame()
