"""What each KPI means and what it is divided by, in a sentence or two: shown wherever its number is."""

from analytics.kpis import Base
from analytics.modes import Kpi, Mode
from pages.i18n.words import phrase, words

_ALIKE = {
    Kpi.TO_DELIVER: phrase(
        "Messages of the delivery that were not excluded. Those to test profiles count only if they are asked for."
    ),
    Kpi.SENT: phrase(
        "Messages that the mail server has taken for delivery so far, and their share of those to deliver."
    ),
    Kpi.CANCELED: phrase("Messages withdrawn before they were accepted or failed."),
    Kpi.OPENED: phrase(
        "Distinct messages with an opening, a click, a mirror page or an opt-out, divided by Delivered. A click "
        "implies an opening. Moves on the hour, as in the original; Compute stats brings it up to the last log row."
    ),
    Kpi.CLICKED: phrase(
        "Distinct messages with a click, divided by Delivered. Opt-outs and mirror pages are no clicks. Moves on the "
        "hour, as in the original; Compute stats brings it up to the last log row."
    ),
}
_BY_MODE = {
    Mode.WITH_EFS: {
        Kpi.DELIVERED: phrase("Messages that the receiving server accepted."),
        Kpi.BOUNCES_ERRORS: phrase(
            "Messages that failed for good, and those that were deferred and are being retried: a retry that succeeds "
            "moves its message to Delivered."
        ),
        Kpi.PENDING: phrase("Messages not relayed yet, or relayed without any feedback so far."),
    },
    Mode.WITHOUT_EFS: {
        Kpi.DELIVERED: phrase("Messages relayed of which no failure is known so far."),
        Kpi.BOUNCES_ERRORS: phrase("Messages that failed for good. One that is being retried counts as Delivered."),
        Kpi.PENDING: phrase("Messages not relayed yet."),
    },
    Mode.CAMPAIGN_V8: {
        Kpi.DELIVERED: phrase("Messages that the receiving server accepted."),
        Kpi.BOUNCES_ERRORS: phrase("Messages that failed for good. One that is being retried counts nowhere."),
        Kpi.PENDING: phrase("Messages not relayed yet, or relayed without a final outcome so far."),
    },
}
_DIVIDED = {
    Base.TO_DELIVER: phrase("The share is of the messages to deliver."),
    Base.SENT: phrase("The share is of the messages sent so far."),
    Base.REPORTED: phrase("The share is of Delivered and Bounces + errors together."),
}


def definition(kpi: Kpi, mode: Mode, base: Base) -> str:
    """What a KPI counts in a mode, and what its share is divided by."""
    if kpi in _ALIKE:
        return words(_ALIKE[kpi])
    counted = words(_BY_MODE[mode][kpi])
    return counted if kpi is Kpi.PENDING else f"{counted} {words(_DIVIDED[base])}"
