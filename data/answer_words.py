"""What the logs of a delivery, or one file, can answer, in words: the same on every screen and at every door."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from data.answers import Facts

NO_FEEDBACK = "The log has no delivery feedback, so the view with EFS cannot be derived"


class Ground(StrEnum):
    """What an answer rests on."""

    TOLD = "told"
    ASSUMED = "assumed"
    """Inferred, counted or assumed by Sendlog."""
    MISSING = "missing"


@dataclass(frozen=True)
class Answer:
    """One fact: a word or two, and a sentence."""

    topic: str
    short: str
    ground: Ground
    sentence: str


def answers(facts: Facts) -> tuple[Answer, ...]:
    """What can be answered, one fact each; nothing where no record could be used."""
    return tuple(_answers(facts)) if facts.sources else ()


def summary(told: tuple[Answer, ...]) -> str:
    """All answers in a line."""
    return " · ".join(f"{answer.topic}: {answer.short}" for answer in told)


def why_no_engagement(facts: Facts) -> str | None:
    """The sentence to stand in place of opens and clicks, where no such log can tell of them."""
    return None if facts.tells_engagement else _engagement(facts).sentence


def _answers(facts: Facts) -> Iterator[Answer]:
    yield _feedback(facts)
    yield _expiry(facts)
    yield _engagement(facts)
    yield _late_bounces(facts)
    if facts.messages.named:
        yield _to_deliver(facts)
    if facts.messages.relayed:
        yield _relay(facts)
    yield _times(facts)
    yield _zone(facts)
    yield _naming(facts)


def _feedback(facts: Facts) -> Answer:
    topic = "Delivery feedback"
    if facts.has_delivery_feedback:
        return Answer(
            topic, "yes", Ground.TOLD, "The log tells of acceptances or retries, so both views can be derived."
        )
    said = f"{NO_FEEDBACK}: what was relayed counts as Delivered unless a failure is told."
    if facts.tells_failures_alone:
        said = (
            f"{NO_FEEDBACK}. It tells of failures alone, so every share is of those; import the log that tells of all "
            "messages as well."
        )
    elif facts.may_be_with_efs:
        said += (
            " An export does not say whether the instance measured with the Email Feedback Service; if it did, remove "
            "the file and import it as measured with it (--efs yes)."
        )
    return Answer(topic, "no", Ground.MISSING, said)


def _expiry(facts: Facts) -> Answer:
    topic, told, inferred = "Expiry", facts.messages.told_expiries, facts.messages.inferred_expiries
    ended = f"inferred for {_messages(inferred)} whose validity period ended during retries"
    if told and inferred:
        said = f"Expiry is told for {_messages(told)}, and {ended}."
        return Answer(topic, "told and inferred", Ground.ASSUMED, said)
    if told:
        return Answer(topic, "told", Ground.TOLD, f"Expiry is told, for {_messages(told)}.")
    if inferred:
        return Answer(topic, "inferred", Ground.ASSUMED, f"Expiry is not told; it is {ended}.")
    if facts.has_delivery_feedback:
        said = "No message has expired so far; one still being retried when its validity period ends counts as expired."
        return Answer(topic, "none so far", Ground.ASSUMED, said)
    said = "No expiry is told, and without delivery feedback none can be inferred."
    return Answer(topic, "not told", Ground.MISSING, said)


def _engagement(facts: Facts) -> Answer:
    topic = "Opens and clicks"
    if facts.tells_engagement and facts.has_engagement:
        return Answer(topic, "told", Ground.TOLD, "The log tells of opens and clicks.")
    if facts.tells_engagement:
        said = "The log tells of no opens or clicks, though it could: perhaps they were not tracked, or not exported."
        return Answer(topic, "none told", Ground.MISSING, said)
    elsewhere = "; ".join(f"they stand in {log}, to be imported beside it" for log in facts.engagement_logs)
    said = f"The log cannot tell of opens and clicks{'; ' if elsewhere else ''}{elsewhere}."
    return Answer(topic, "not told", Ground.MISSING, said)


def _late_bounces(facts: Facts) -> Answer:
    topic = "Late bounces"
    if facts.has_late_bounces:
        return Answer(topic, "told", Ground.TOLD, "The log tells of bounces that came after the acceptance.")
    if any(source.limits.tells_late_bounces for source in facts.sources):
        said = "The log tells of no bounce that came after the acceptance; either there is none, or it is not logged."
        return Answer(topic, "none told", Ground.MISSING, said)
    said = "The log cannot tell of bounces that come after the acceptance, so some of the Delivered may have failed."
    return Answer(topic, "not told", Ground.MISSING, said)


def _to_deliver(facts: Facts) -> Answer:
    topic = "To deliver"
    if facts.is_everyone_named:
        why = "an export has a row for every message" if facts.exports else "every message is named when it is relayed"
        return Answer(topic, "known", Ground.TOLD, f"To deliver is known: {why}.")
    why = (
        "the log begins after the send did, so what was settled before is missing"
        if facts.begins_late
        else "one without a relay event is known only once something is reported of it"
    )
    return Answer(
        topic, "counted", Ground.ASSUMED, f"To deliver is counted from the messages that the log names: {why}."
    )


def _relay(facts: Facts) -> Answer:
    topic, lacking, relayed = "Relay", facts.messages.inferred_relays, facts.messages.relayed
    if not lacking:
        return Answer(topic, "told", Ground.TOLD, "Every message that was relayed has its relay event.")
    instead = "count as relayed at the queue time that a record carries, else at their first event"
    if lacking == relayed:
        said = f"All relayed messages lack a relay event and {instead}."
        return Answer(topic, "not told", Ground.ASSUMED, said)
    share = f"{100 * lacking / relayed:.1f} %"
    said = f"{lacking:,} of {relayed:,} relayed messages ({share}) lack a relay event and {instead}."
    return Answer(topic, f"not told for {lacking:,}", Ground.ASSUMED, said)


def _times(facts: Facts) -> Answer:
    topic, exports = "Times", facts.exports
    if not exports:
        return Answer(topic, "exact", Ground.TOLD, "Every event has its own time.")
    if len(exports) == 1:
        said = (
            "The log is one snapshot: each message has the date of its last status, and what came before that is not "
            "told. Further exports of the delivery make its course finer."
        )
        return Answer(topic, "one snapshot", Ground.ASSUMED, said)
    widest = _span(facts.longest_interval)
    said = (
        f"The log is {len(exports):,} snapshots, at most {widest} apart: a change that the date of its row does not "
        "tell is known to the interval between two of them."
    )
    return Answer(topic, f"exact to {widest}", Ground.ASSUMED, said)


def _zone(facts: Facts) -> Answer:
    topic = "Zone"
    is_year_assumed = any(source.is_year_assumed for source in facts.sources)
    year = " Where they name no year, it is the one that fits the date of the file." if is_year_assumed else ""
    if any(source.is_zone_assumed for source in facts.sources):
        said = "Some times name no zone and were read as UTC; if they are local, import the file with its time zone."
        return Answer(topic, "assumed UTC", Ground.ASSUMED, said + year)
    declared = ", ".join(sorted({source.timezone for source in facts.sources if source.timezone}))
    if declared:
        said = f"Times that name no zone were read as {declared}, as declared.{year}"
        return Answer(topic, f"declared {declared}", Ground.ASSUMED if year else Ground.TOLD, said)
    return Answer(topic, "told", Ground.TOLD, "Every time names its zone.")


def _naming(facts: Facts) -> Answer:
    topic = "Delivery"
    if facts.is_unnamed:
        said = "Records that name no delivery stand together as one; name it when you import the file."
        return Answer(topic, "named in part" if facts.is_named else "not named", Ground.MISSING, said)
    if facts.is_declared:
        return Answer(topic, "declared", Ground.TOLD, "The delivery is the one that was declared for the file.")
    if facts.is_grouped:
        said = "The log names no delivery: the messages of one sender are one, until a pause without a new message."
        return Answer(topic, "grouped by sender", Ground.ASSUMED, said)
    if facts.is_named_by_file:
        said = "The log names no delivery: it is called after the file."
        return Answer(topic, "called after the file", Ground.ASSUMED, said)
    return Answer(topic, "named by the log", Ground.TOLD, "The log names the delivery of every message.")


def _messages(count: int) -> str:
    return f"{count:,} {'message' if count == 1 else 'messages'}"


def _span(span: timedelta) -> str:
    minutes = max(1, round(span / timedelta(minutes=1)))
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60):,} h"  # noqa: PLR2004 - two hours
