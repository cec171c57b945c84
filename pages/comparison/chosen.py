"""What is compared: one of the two shares, and the deliveries that make the band. Both stand in the URL."""

from collections.abc import Container, Sequence

import streamlit as st

from analytics.modes import Kpi
from analytics.reference_band import earlier_alike
from data.deliveries import Delivery
from pages.i18n.formats import day_text
from pages.i18n.words import phrase, words
from pages.session.address import write
from pages.session.asked import Filters
from pages.session.choices import segments, switch

MEASURES = {Kpi.DELIVERED: phrase("Delivered"), Kpi.BOUNCES_ERRORS: phrase("Bounces + errors")}
_PARAMETER = "with"
_KEY = "choice_with"


def chosen_measure() -> Kpi:
    """Draw the choice between the two shares."""
    return segments("measure", words("Share"), MEASURES, Kpi.DELIVERED, is_label_shown=True)


def chosen_others(known: Sequence[Delivery], relaying: Container[int], asked: Filters) -> list[Delivery]:
    """Draw the choice of deliveries to compare with, by default the earlier ones like it; only another choice is
    written into the URL, an empty one too. relaying: the keys of those that are not relayed wholly yet.
    """  # noqa: D205 - one sentence
    others = {one.delivery_id: one for one in known if one.delivery_key != asked.delivery.delivery_key}
    alike = [one.delivery_id for one in earlier_alike(others.values(), asked.delivery, asked.mode, relaying)]
    st.session_state[_KEY] = _asked_for(others, alike)
    chosen = st.multiselect(
        words("Compared with"),
        list(others),
        key=_KEY,
        format_func=lambda delivery_id: delivery_text(others[delivery_id]),
        placeholder=words("Choose deliveries"),
        help=words(
            "By default the last 12 earlier deliveries of the same channel and log format, without those still "
            "being relayed"
        ),
        on_change=_write,
        args=(alike,),
    )
    return [others[delivery_id] for delivery_id in chosen]


def chosen_zoom() -> bool:
    """Draw the switch of the chart's axes."""
    return switch("zoomed", words("Zoomed"), words("Fit both axes to what happened"), default=True)


def _asked_for(others: dict[str, Delivery], alike: list[str]) -> list[str]:
    if _PARAMETER not in st.query_params:
        return alike
    return [one for one in dict.fromkeys(st.query_params.get_all(_PARAMETER)) if one in others]


def _write(alike: list[str]) -> None:
    chosen = st.session_state[_KEY]
    write({_PARAMETER: None if chosen == alike else chosen or [""]})


def delivery_text(delivery: Delivery) -> str:
    """A delivery's name, with its day where that is not in it."""
    day = day_text(delivery.started_at)
    return delivery.label if day in delivery.label else f"{delivery.label} · {day}"
