"""The filters that the screens of a delivery share. They stand in the sidebar and in the URL."""

from collections import Counter
from functools import partial

import streamlit as st

from analytics.kpis import DEFAULT_BASE, Base
from analytics.modes import Mode
from data.deliveries import Delivery
from data.outcome_answers import NO_FEEDBACK
from data.snapshot import Snapshot
from pages.i18n.formats import count_text, day_text, moment_text
from pages.i18n.terms import base_text
from pages.i18n.told import told
from pages.i18n.words import messages_text, phrase, words
from pages.session.answers import known_deliveries, to_deliver_of
from pages.session.asked import Filters
from pages.session.choices import choice, switch
from pages.session.scrubber import chosen_moment

_COUNTED = phrase(
    "On: Delivered counts what the receiving servers have accepted. Off: it counts what was relayed and is not "
    "reported as failed."
)
"""What the two ways of measuring count."""


def chosen_filters(store: Snapshot) -> Filters | None:
    """Draw the shared filters; None where there is no delivery to choose."""
    known = known_deliveries(store)
    if not known:
        return None
    with st.sidebar:
        delivery = _chosen_delivery(store, known)
        mode = _chosen_mode(delivery)
        base = _chosen_base(mode)
        at = chosen_moment(store, delivery)
        with_test_profiles = switch("test-profiles", words("Count test profiles"))
    return Filters(store.version, delivery, mode, base, at, with_test_profiles)


def _chosen_delivery(store: Snapshot, known: list[Delivery]) -> Delivery:
    ids = {delivery.delivery_id for delivery in known}
    asked = st.query_params.get("delivery")
    alike = Counter(_picked(delivery) for delivery in known)
    draw = partial(
        st.selectbox,
        words("Delivery: messages · name · start (UTC)"),
        format_func=lambda one: _picked(one) + (f" · {one.delivery_id}" if alike[_picked(one)] > 1 else ""),
    )
    chosen = choice(
        "delivery",
        known,
        known[0],
        draw=draw,
        name_of=lambda delivery: delivery.delivery_id,
        is_pinned=True,
    )
    if asked is not None and asked not in ids:
        st.caption(words("The delivery that the link names is not in this store; this is the newest one."))
    started = words("Started {moment}.", moment=moment_text(chosen.started_at))
    st.caption(f"{started} {_made_of(store, chosen)}.")
    return chosen


def _picked(delivery: Delivery) -> str:
    """The count leads, for the end may be cut away; the day stands where the label does not hold it."""
    day, label = day_text(delivery.started_at), delivery.label
    is_dated = day in label or f"{delivery.started_at:%Y-%m-%d}" in label
    return " · ".join([count_text(delivery.messages), label, *([] if is_dated else [day])])


def _made_of(store: Snapshot, delivery: Delivery) -> str:
    """How many messages there are, and what becomes of them."""
    to_deliver, to_tests = to_deliver_of(store, delivery)
    excluded = delivery.messages - to_deliver - to_tests
    parts = (
        (to_deliver, words("{count} to deliver", count=to_deliver)),
        (to_tests, words("{count} to test profiles", count=to_tests)),
        (excluded, words("{count} excluded", count=excluded)),
    )
    return f"{messages_text(delivery.messages)}: {', '.join(part for count, part in parts if count > 0)}"


def _chosen_mode(delivery: Delivery) -> Mode:
    efs, counted = words("Email Feedback Service (EFS)"), words(_COUNTED)
    if not delivery.has_delivery_feedback:
        st.toggle(efs, value=False, disabled=True, key="efs-unavailable", help=counted)
        st.caption(f"{told(NO_FEEDBACK)}.")
        return Mode.WITHOUT_EFS
    if not switch("efs", efs, counted, default=True):
        return Mode.WITHOUT_EFS
    meaning = words("Campaign v8 counts a message that is being retried nowhere, until its outcome is known.")
    is_v8 = switch("campaign-v8", words("Campaign v8"), meaning)
    return Mode.CAMPAIGN_V8 if is_v8 else Mode.WITH_EFS


def _chosen_base(mode: Mode) -> Base:
    draw = partial(
        st.selectbox,
        words("Base of the shares"),
        format_func=lambda base: (
            words("{base} (of this mode)", base=base_text(base)) if base is DEFAULT_BASE[mode] else base_text(base)
        ),
    )
    return choice("base", list(Base), DEFAULT_BASE[mode], draw=draw, name_of=lambda base: base.value)
