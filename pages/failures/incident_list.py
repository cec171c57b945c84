"""The incidents, in words."""

from collections.abc import Hashable
from typing import Any

import streamlit as st

from analytics.failure_hours import failing_in
from analytics.incidents import LEAST_MARGIN, LEAST_MESSAGES, OTHERS_MARGIN, Against
from data.snapshot import Snapshot
from pages.failures.answers import incidents_of
from pages.i18n.formats import moment_text, share_text
from pages.i18n.terms import reason_text
from pages.i18n.words import messages_text, phrase, plural, words
from pages.parts.rows_link import draw_rows_link
from pages.session.asked import Filters

_MOST = 10
_USUAL = {
    Against.OWN: phrase("usual there, in other hours and the delivery before"),
    Against.BEFORE: phrase("usual there in the delivery before"),
    Against.OTHERS: phrase("usual at the others, as no delivery before tells of this provider"),
}
Row = dict[Hashable, Any]


def draw_incidents(store: Snapshot, asked: Filters) -> None:
    """Draw a sentence for each incident, with the way to the recipients affected, and what an incident is."""
    found = incidents_of(store, asked)
    st.subheader(words("Incidents"))
    if found.empty:
        st.caption(words("No provider's failures leave their usual band up to the chosen moment."))
    for row in found.head(_MOST).to_dict("records"):
        _draw_incident(asked, row)
    if len(found) > _MOST:
        st.caption(plural("and {count} smaller one", "and {count} smaller ones", len(found) - _MOST))
    st.caption(
        words(
            "An incident: in an hour a larger share of the messages sent to a provider fails than usual. Usual is what "
            "messages of the same age to the same provider did, in other hours of this delivery and in the delivery "
            "before it; where that does not tell of the provider, also what the others' messages did. The share lies "
            "beyond the {band} band (Wilson) of the usual one, and above it by more than {margin} points ({others} "
            "against the delivery before alone or other providers), of at least {least} messages.",
            band=share_text(0.997),
            margin=round(LEAST_MARGIN * 100),
            others=round(OTHERS_MARGIN * 100),
            least=LEAST_MESSAGES,
        )
    )


def _draw_incident(asked: Filters, row: Row) -> None:
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        key=f"incident_{row['recipient_domain']}_{row['first_hour']}",
    ):
        st.badge(words("Incident"), icon=":material/warning:", color="red")
        st.text(_told(row), width="stretch")  # it quotes a log, so it is no Markdown
        selection = failing_in(
            asked.delivery, (row["recipient_domain"],), int(row["first_hour"]), int(row["last_hour"])
        )
        draw_rows_link(asked, selection, int(row["messages"]), words("Affected recipients"))


def _told(row: Row) -> str:
    usual = (share_text(row["usual_low"]), share_text(row["usual_high"]))
    return words(
        "{domain}, from {since} to {until}: {messages} affected ({reason}). At worst {rate} of {sent} failed in an "
        "hour; {kind}: {low} to {high}.",
        domain=row["recipient_domain"] or words("(no domain)"),
        since=moment_text(row["since"]),
        until=moment_text(row["until"]),
        messages=messages_text(int(row["messages"])),
        reason=reason_text(row["reason"]) or words("without a reason told"),
        rate=share_text(row["rate"]),
        sent=int(row["sent"]),
        kind=words(_USUAL[row["against"]]),
        low=usual[0],
        high=usual[1],
    )
