"""Messages being retried, which only some modes count as Bounces + errors: what the others count them as, in words."""

import pandas as pd

from analytics.failures import Fate, counted_fates
from analytics.modes import Mode
from pages.failures.cause import main_reason
from pages.i18n.formats import share_text
from pages.i18n.words import messages_text, phrase, words

_LABELS = {
    Mode.WITH_EFS: phrase("Retrying"),
    Mode.WITHOUT_EFS: phrase("Retrying (counts as Delivered)"),
    Mode.CAMPAIGN_V8: phrase("Retrying (not counted)"),
}
_COUNTED_AS = {
    Mode.WITH_EFS: phrase("With EFS they count as Bounces + errors until they are accepted."),
    Mode.WITHOUT_EFS: phrase("Without EFS they count as Delivered until they fail for good."),
    Mode.CAMPAIGN_V8: phrase("Campaign v8 counts them neither as Delivered nor as Bounces + errors."),
}


def retrying_text(mode: Mode) -> str:
    """What those being retried are called in a mode."""
    return words(_LABELS[mode])


def counted_as_text(mode: Mode) -> str:
    """What they count as in a mode, in a sentence."""
    return words(_COUNTED_AS[mode])


def put_off_text(told: pd.DataFrame, sent: pd.Series, mode: Mode) -> str:
    """Those being retried, where most of them are, and what they count as; nothing where they count as failed.

    told: of analytics.failures.failures(); sent: messages sent by recipient domain.
    """
    retrying = told[told["fate"] == Fate.RETRYING]
    if Fate.RETRYING in counted_fates(mode) or retrying.empty:
        return ""
    count, all_sent = int(retrying["messages"].sum()), int(sent.sum())
    domain = str(retrying.groupby("recipient_domain")["messages"].sum().idxmax())
    beside = words(
        "Being retried: {messages} ({share} of those sent), the most to {domain}, most often {reason}.",
        messages=messages_text(count),
        share=share_text(count / all_sent if all_sent else None),
        domain=domain or words("(no domain)"),
        reason=main_reason(retrying),
    )
    return f"{beside} {counted_as_text(mode)}"
