"""What the gap between the modes is made of and when it closes, in sentences."""

from datetime import datetime
from typing import NamedTuple

from analytics.kpis import Counts, kpis
from analytics.mode_gap import Provider
from analytics.modes import Mode
from analytics.validity_ends import ValidityEnds
from data.outcome_answers import NO_FEEDBACK
from pages.i18n.formats import moment_text, share_text
from pages.i18n.terms import base_text, reason_text
from pages.i18n.told import told
from pages.i18n.words import plural, words
from pages.modes.answers import Gap, base_in
from pages.session.asked import Filters


def counting_sentence(counts: Counts, asked: Filters) -> str:
    """How each mode counts and what it shows, and that their shares divide by different numbers where they do."""
    shown = {mode: _shown(counts, asked, mode) for mode in (Mode.WITHOUT_EFS, Mode.WITH_EFS)}
    without, efs = shown[Mode.WITHOUT_EFS], shown[Mode.WITH_EFS]
    told = words(
        "Without EFS a message counts as Delivered from the moment it is relayed until a failure is reported: {share}.",
        share=without.share,
    )
    if not asked.delivery.has_delivery_feedback:
        return told
    told += " " + words("With EFS it counts only once the receiving server has accepted it: {share}.", share=efs.share)
    if without.base_count == efs.base_count:
        return told
    bases = words(
        "The two shares also divide by different numbers: {without} {without_base}, {efs} {efs_base}.",
        without=without.base_count,
        without_base=without.base,
        efs=efs.base_count,
        efs_base=efs.base,
    )
    return f"{told} {bases}"


def gap_sentence(gap: Gap, asked: Filters) -> str:
    """What the gap is made of at the chosen moment."""
    if not gap.sent:
        return words("Nothing has been relayed yet, so neither mode counts anything as Delivered.")
    if not asked.delivery.has_delivery_feedback:
        return words(
            "{no_feedback}. What was relayed counts as Delivered without EFS unless a failure is told; how much of it "
            "was accepted is unknown.",
            no_feedback=told(NO_FEEDBACK),
        )
    if not gap.messages:
        return words(
            "Every message relayed is settled: the gap is closed, and both modes show the same Delivered and the same "
            "Bounces + errors."
        )
    return plural(
        "Without EFS counts {count} more message as Delivered than with EFS: {parts}.",
        "Without EFS counts {count} more messages as Delivered than with EFS: {parts}.",
        gap.messages,
        parts=_parts(gap),
    )


def closing_sentence(gap: Gap, asked: Filters, ends: ValidityEnds) -> str:
    """When the gap closes, and that it opens anew for what is not relayed yet; nothing where neither is to come."""
    if not asked.delivery.has_delivery_feedback:
        return ""
    return " ".join([*_closing(gap, asked, ends), *_opening(gap, asked)])


def _closing(gap: Gap, asked: Filters, ends: ValidityEnds) -> list[str]:
    if not gap.messages:
        return []
    if asked.at < ends.of_all:
        told = words("The gap closes as messages settle.")
        in_flight = words(
            "Those in flight that never get any reply never close it: they stay Pending with EFS and Delivered without."
        )
    else:
        told = words("The last validity period ended {ended}.", ended=moment_text(ends.of_all))
        in_flight = words("Those in flight stay Pending with EFS and Delivered without, unless a reply is still told.")
    retrying = [_settling(asked, ends.of_retrying)] if ends.of_retrying else []
    return [told, *retrying, *([in_flight] if gap.in_flight else [])]


def _settling(asked: Filters, ended_at: datetime) -> str:
    """When those retrying settle. ended_at: when the last of their validity periods ends."""
    if asked.at >= ended_at:
        return words("Those retrying can still settle, for the log tells of them after their validity period.")
    return words(
        "Those retrying do so by {ended} at the latest, when the last of their validity periods ends.",
        ended=moment_text(ended_at),
    )


def _opening(gap: Gap, asked: Filters) -> list[str]:
    """That more messages are to come, while the relay runs."""
    if not gap.waiting or asked.at >= asked.delivery.ended_at:
        return []
    told = plural(
        "{count} message is not relayed yet: it opens the gap anew until it settles.",
        "{count} messages are not relayed yet: each opens the gap anew until it settles.",
        gap.waiting,
    )
    return [told]


def provider_sentence(provider: Provider, gap: Gap) -> str:
    """Which recipient domain holds most of the gap, and why. It quotes a log, so it is no markup."""
    domain = provider.domain or words("(no domain)")
    if provider.messages == gap.messages:
        told = plural(
            "The {count} message of the gap is at {domain}.",
            "All {count} messages of the gap are at {domain}.",
            gap.messages,
            domain=domain,
        )
    else:
        told = words(
            "The largest part of the gap is at {domain}: {count} of {gap} messages.",
            domain=domain,
            count=provider.messages,
            gap=gap.messages,
        )
    if not provider.reason:
        return told
    reason = words(
        "Reason told most for those retrying there: {reason} ({count} of {retrying}).",
        reason=reason_text(provider.reason),
        count=provider.for_reason,
        retrying=provider.retrying,
    )
    return f"{told} {reason}"


def retry_sentence(recovered: int) -> str:
    """Why Bounces + errors with EFS falls."""
    return plural(
        "With EFS a message being retried counts in Bounces + errors. When a retry succeeds, Bounces + errors falls by "
        "one and Delivered rises by one; {count} message did so by this moment.",
        "With EFS a message being retried counts in Bounces + errors. When a retry succeeds, Bounces + errors falls by "
        "one and Delivered rises by one; {count} messages did so by this moment.",
        recovered,
    )


def _parts(gap: Gap) -> str:
    """What the gap is made of; a part that is nothing is left out."""
    in_flight = words("{in_flight} in flight (no reply yet)", in_flight=gap.in_flight)
    retrying = words("{retrying} retrying (refused for now, tried again)", retrying=gap.retrying)
    if not gap.in_flight or not gap.retrying:
        return in_flight if gap.in_flight else retrying
    return words("{in_flight} and {retrying}", in_flight=in_flight, retrying=retrying)


class _Shown(NamedTuple):
    """Delivered in a mode: its share, and what that divides by."""

    share: str
    base_count: int
    base: str


def _shown(counts: Counts, asked: Filters, mode: Mode) -> _Shown:
    base = base_in(asked, mode)
    told = {name: column[0].item() for name, column in kpis(counts, mode, base).items()}
    return _Shown(share_text(told["delivered_rate"]), told["base_count"], base_text(base))
