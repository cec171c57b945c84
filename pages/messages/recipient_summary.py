"""The figures of one address: its messages, what became of them, and whether it is in quarantine."""

from analytics.modes import READINGS, Kpi, Mode
from analytics.quarantine import MOST_ERRORS, Effect, Standing
from analytics.recipient import History
from pages.i18n.formats import count_text, moment_text
from pages.i18n.terms import kpi_text, mode_text
from pages.i18n.words import phrase, plural, words
from pages.parts.metrics import Metric, draw_metrics
from pages.session.asked import Filters

_CAUSES = {
    Effect.HARD: phrase("since {moment}: a hard bounce"),
    Effect.FIFTH: phrase("since {moment}: five soft errors"),
}


def draw_summary(asked: Filters, known: History, now: Standing) -> None:
    """Draw the figures; the rows that they count are the messages listed below."""
    draw_metrics(asked, metrics(known, asked.mode, now), columns=5)


def metrics(known: History, mode: Mode, now: Standing) -> list[Metric]:
    """The figures in a mode. Messages of deliveries whose log cannot answer in it are no part of their base."""
    counted = known.messages[known.messages["is_to_deliver"]]
    answered = counted[mode.value].notna()
    of_answered = (
        plural("of {count} message", "of {count} messages", int(answered.sum()))
        if answered.all()
        else words("of {count} messages whose logs tell acceptances", count=int(answered.sum()))
    )
    return [
        _messages(known),
        *(_counted(kpi, known, mode, of_answered) for kpi in (Kpi.DELIVERED, Kpi.BOUNCES_ERRORS)),
        Metric(
            "opened",
            kpi_text(Kpi.OPENED),
            count_text(int(counted["opened_at"].notna().sum())),
            plural("of {count} message", "of {count} messages", len(counted)),
            words(
                "Messages to this address with an open, a click or an opt-out, by their own times: the tile's hourly "
                "clock may show them later."
            ),
        ),
        _quarantine(now),
    ]


def counted_as(known: History, kpi: Kpi, mode: Mode) -> int:
    """How many of the messages listed a KPI counts in a mode."""
    states = [state.value for state, reading in READINGS[mode].items() if reading.counts_as is kpi]
    counted = known.messages["is_to_deliver"] & known.messages[mode.value].notna()
    return int((counted & known.messages["state"].isin(states)).sum())


def _messages(known: History) -> Metric:
    to_deliver = int(known.messages["is_to_deliver"].sum())
    deliveries = plural("in {count} delivery", "in {count} deliveries", known.messages["delivery_key"].nunique())
    excluded = len(known.messages) - to_deliver
    made_of = words("{deliveries}; {count} more excluded", deliveries=deliveries, count=excluded)
    return Metric(
        "messages",
        words("To deliver"),
        count_text(to_deliver),
        made_of if excluded else deliveries,
        words("Messages to this address that were not excluded, in all deliveries."),
    )


def _counted(kpi: Kpi, known: History, mode: Mode, of_answered: str) -> Metric:
    told = words(
        "Messages to this address that count as {kpi} in the chosen mode ({mode}). The base is the messages to deliver "
        "in deliveries whose logs can answer in it.",
        kpi=kpi_text(kpi),
        mode=mode_text(mode),
    )
    return Metric(kpi.value, kpi_text(kpi), count_text(counted_as(known, kpi, mode)), of_answered, told)


def _quarantine(now: Standing) -> Metric:
    made_of = (
        words(_CAUSES[now.cause], moment=moment_text(now.quarantined_at))
        if now.cause and now.quarantined_at
        else words("{count} of {most} soft errors counted", count=now.counter, most=MOST_ERRORS)
    )
    return Metric(
        "quarantine",
        words("In quarantine"),
        words("Yes") if now.cause else words("No"),
        made_of,
        words(
            "As of {moment}, by the rules: a hard bounce at once; of soft errors, which count once a day (UTC), the "
            "fifth; after 10 days without an error the counter begins again. It never changes the KPIs of a delivery.",
            moment=moment_text(now.at),
        ),
    )
