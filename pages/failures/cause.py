"""What the failures come down to, in words."""

import pandas as pd

from analytics.failures import Fate, counted_fates
from analytics.modes import Mode
from pages.i18n.formats import share_text
from pages.i18n.terms import reason_text
from pages.i18n.words import messages_text, phrase, plural, words

_OUTSTANDING = 1.5
"""A provider stands out whose rate is more than so many times that of the others."""
_STANDS_OUT = phrase(
    "{domain} stands out: of {messages} sent there {rate} fail, elsewhere {elsewhere}; most often {reason}. That is "
    "{share} of the {failures} Bounces + errors."
)
_NONE_STANDS_OUT = phrase(
    "No provider stands out: of {messages} sent to {domain} {rate} fail, elsewhere {elsewhere}; most often {reason}. "
    "That is {share} of the {failures} Bounces + errors."
)
_ALONE = phrase(
    "All messages went to {domain}: of {messages} {rate} fail ({failures} Bounces + errors), most often {reason}."
)


def main_cause(told: pd.DataFrame, sent: pd.Series, mode: Mode) -> str:
    """Where most of the failures are, for which reason, and how that compares with elsewhere.

    told: of analytics.failures.failures(); sent: messages sent by recipient domain. Told of are those that the mode
    counts as Bounces + errors; where it counts none, those that recovered.
    """
    failing = told[told["fate"].isin(counted_fates(mode))]
    if failing.empty:
        return _none_fails(told)
    by_domain = failing.groupby("recipient_domain")["messages"].sum()
    # Where more failed than the size of the domain accounts for.
    total, all_sent = int(by_domain.sum()), max(int(sent.sum()), 1)
    excess = by_domain - sent.reindex(by_domain.index, fill_value=0) * total / all_sent
    domain = str(excess.idxmax())
    mine = failing[failing["recipient_domain"] == domain]
    there, sent_there = int(by_domain[domain]), int(sent.get(domain, 0))
    rate, elsewhere = there / max(sent_there, 1), (total - there) / max(all_sent - sent_there, 1)
    is_alone = all_sent == sent_there
    told_there = words(
        _ALONE if is_alone else _STANDS_OUT if rate > elsewhere * _OUTSTANDING else _NONE_STANDS_OUT,
        domain=domain or words("(no domain)"),
        messages=messages_text(sent_there),
        rate=share_text(rate if sent_there else None),
        elsewhere=share_text(elsewhere),
        reason=main_reason(mine),
        share=share_text(there / total),
        failures=total,
    )
    return told_there if there * 2 >= total else f"{told_there} {_overall(failing, total)}"


def _overall(failing: pd.DataFrame, total: int) -> str:
    by_reason = failing.groupby("reason")["messages"].sum()
    return words(
        "Over all domains the main reason is {reason} ({share}).",
        reason=main_reason(failing),
        share=share_text(int(by_reason.max()) / total),
    )


def _none_fails(told: pd.DataFrame) -> str:
    recovered = int(told.loc[told["fate"] == Fate.RECOVERED, "messages"].sum())
    if not recovered:
        return words("No message counts as Bounces + errors at the chosen moment.")
    return plural(
        "No message counts as Bounces + errors now; {count} had failed and was accepted later.",
        "No message counts as Bounces + errors now; {count} had failed and were accepted later.",
        recovered,
    )


def main_reason(told: pd.DataFrame) -> str:
    """The reason told of most messages, in words."""
    reason = str(told.groupby("reason")["messages"].sum().idxmax())
    return reason_text(reason) if reason else words("without a reason told")
