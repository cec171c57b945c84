"""The users' own words for what is stored under a name: states, statuses, events, failure types, reasons, KPIs, bases.

Every function takes the stored name, and gives one that it does not know as it is: a log may bring words of its own.
"""

from analytics.kpis import Base
from analytics.modes import Kpi, Mode, Status
from data.events import Kind
from data.states import State
from pages.i18n.words import phrase, words

STATES: dict[str, str] = {
    State.TARGETED: phrase("Targeted"),
    State.EXCLUDED: phrase("Excluded"),
    State.IN_FLIGHT: phrase("In flight"),
    State.RETRYING: phrase("Retrying"),
    State.DELIVERED: phrase("Delivered"),
    State.FAILED: phrase("Failed"),
    State.INFERRED_EXPIRY: phrase("Expired (inferred)"),
    State.CANCELLED: phrase("Canceled"),
}
STATUSES: dict[str, str] = {
    Status.PENDING: phrase("Pending"),
    Status.TAKEN_INTO_ACCOUNT: phrase("Taken into account by the service provider"),
    Status.SENT: phrase("Sent"),
    Status.FAILED: phrase("Failed"),
    Status.CANCELED: phrase("Canceled"),
    Status.IGNORED: phrase("Ignored"),
}
KINDS: dict[str, str] = {
    Kind.TARGETED: phrase("Targeted"),
    Kind.REJECTED: phrase("Rejected"),
    Kind.RELAYED: phrase("Relayed"),
    Kind.DEFERRED: phrase("Deferred"),
    Kind.DELIVERED: phrase("Accepted"),
    Kind.BOUNCED: phrase("Bounced"),
    Kind.EXPIRED: phrase("Expired"),
    Kind.FAILED: phrase("Failed"),
    Kind.CANCELLED: phrase("Canceled"),
    Kind.OPENED: phrase("Open"),
    Kind.CLICKED: phrase("Email click"),
    Kind.UNSUBSCRIBED: phrase("Opt-out"),
    Kind.SUBSCRIBED: phrase("Opt-in"),
    Kind.COMPLAINED: phrase("Complaint"),
    Kind.AUTORESPONDED: phrase("Automatic reply"),
    Kind.UNKNOWN: phrase("Unknown"),
}
KPIS: dict[str, str] = {
    Kpi.TO_DELIVER: phrase("To deliver"),
    Kpi.SENT: phrase("Sent"),
    Kpi.DELIVERED: phrase("Delivered"),
    Kpi.BOUNCES_ERRORS: phrase("Bounces + errors"),
    Kpi.PENDING: phrase("Pending"),
    Kpi.CANCELED: phrase("Canceled"),
    Kpi.OPENED: phrase("Opened"),
    Kpi.CLICKED: phrase("Clicked"),
}
BASES: dict[str, str] = {
    Base.TO_DELIVER: phrase("to deliver"),
    Base.SENT: phrase("sent so far"),
    Base.REPORTED: phrase("reported"),
}
MODES: dict[str, str] = {
    Mode.WITH_EFS: phrase("With EFS"),
    Mode.WITHOUT_EFS: phrase("Without EFS"),
    Mode.CAMPAIGN_V8: phrase("Campaign v8"),
}
FAILURE_TYPES: dict[str, str] = {
    "hard": phrase("Hard"),
    "soft": phrase("Soft"),
    "block": phrase("Block"),
    "admin": phrase("Admin"),
    "undetermined": phrase("Undetermined"),
    "ignored": phrase("Ignored"),
}
REASONS = (
    phrase("Not defined"),
    phrase("User unknown"),
    phrase("Invalid domain"),
    phrase("Unreachable"),
    phrase("Account disabled"),
    phrase("Mailbox full"),
    phrase("Not connected"),
    phrase("Address not specified"),
    phrase("Address on denylist"),
    phrase("Quarantined address"),
    phrase("Duplicate"),
    phrase("Excluded by a SQL rule"),
    phrase("Excluded by pressure rule"),
    phrase("Bad-quality address"),
    phrase("Unqualified address"),
    phrase("Not eligible for the offers"),
    phrase("Target limited in size"),
    phrase("Refused"),
    phrase("Error ignored"),
    phrase("Control group"),
    phrase("Delivery canceled"),
    phrase("Expired"),
    phrase("Text too long"),
    phrase("Character not supported"),
    phrase("Authentication"),
    phrase("Blocklisted"),
    phrase("Content refused"),
    phrase("Greylisted"),
    phrase("Invalid sender"),
    phrase("Message too big"),
    phrase("Policy"),
    phrase("Protocol error"),
    phrase("Rate limited"),
    phrase("Relaying denied"),
    phrase("Spam content"),
    phrase("Suppressed"),
    phrase("System failure"),
)
"""The reasons (natures of failure) that Campaign documents, and those that the bounce rules name."""


def state_text(state: str) -> str:
    """A state of a message: in_flight is "In flight"."""
    return _named(STATES, state)


def status_text(status: str) -> str:
    """A status as the sending log shows it."""
    return _named(STATUSES, status)


def kind_text(kind: str) -> str:
    """An event: delivered is "Accepted", clicked "Email click"."""
    return _named(KINDS, kind)


def kpi_text(kpi: str) -> str:
    """A KPI as counted in messages: opened is "Opened", whose rate is the Open rate."""
    return _named(KPIS, kpi)


def base_text(base: str) -> str:
    """A base of shares, to stand after a number: 9,892 "to deliver"."""
    return _named(BASES, base)


def mode_text(mode: str) -> str:
    """A mode."""
    return _named(MODES, mode)


def failure_type_text(failure_type: str) -> str:
    """A failure type: hard, soft, block, admin, undetermined."""
    return _named(FAILURE_TYPES, failure_type)


def reason_text(reason: str) -> str:
    """A reason (the nature of a failure): translated where it is a documented one, else as it is."""
    return words(reason) if reason in REASONS else reason


def _named(names: dict[str, str], stored: str) -> str:
    return words(names[stored]) if stored in names else stored
