"""What the logs of a delivery, or one file, can answer, in words: the same on every screen and at every door."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from data.answers import Facts
from data.sentences import Sentence, Share, joined, plural_sentence

NO_FEEDBACK = Sentence("The log has no delivery feedback, so the view with EFS cannot be derived")


class Ground(StrEnum):
    """What an answer rests on."""

    TOLD = "told"
    ASSUMED = "assumed"
    """Inferred, counted or assumed by Sendlog."""
    MISSING = "missing"


@dataclass(frozen=True)
class Answer:
    """One fact: a word or two, and a sentence."""

    topic: Sentence
    short: Sentence
    ground: Ground
    sentence: Sentence


def answers(facts: Facts) -> tuple[Answer, ...]:
    """What can be answered, one fact each; nothing where no record could be used."""
    return tuple(_answers(facts)) if facts.sources else ()


def summary(told: tuple[Answer, ...]) -> str:
    """All answers in a line."""
    return " · ".join(f"{answer.topic}: {answer.short}" for answer in told)


def why_no_engagement(facts: Facts) -> Sentence | None:
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
    topic, yes, no = Sentence("Delivery feedback"), Sentence("yes"), Sentence("no")
    if facts.has_delivery_feedback:
        said = Sentence("The log tells of acceptances or retries, so both views can be derived.")
        return Answer(topic, yes, Ground.TOLD, said)
    if facts.tells_failures_alone:
        said = Sentence(
            "{no_feedback}. It tells of failures alone, so every share is of those; import the log that tells of all "
            "messages as well.",
            no_feedback=NO_FEEDBACK,
        )
        return Answer(topic, no, Ground.MISSING, said)
    said = Sentence(
        "{no_feedback}: what was relayed counts as Delivered unless a failure is told.", no_feedback=NO_FEEDBACK
    )
    if facts.may_be_with_efs:
        open_point = Sentence(
            "An export does not say whether the instance measured with the Email Feedback Service; if it did, remove "
            "the file and import it as measured with it (--efs yes)."
        )
        said = joined(said, open_point)
    return Answer(topic, no, Ground.MISSING, said)


def _expiry(facts: Facts) -> Answer:
    topic, told, inferred = Sentence("Expiry"), facts.messages.told_expiries, facts.messages.inferred_expiries
    if told and inferred:
        said = Sentence(
            "Expiry is told for {told}, and inferred for {inferred} whose validity period ended during retries.",
            told=_messages(told),
            inferred=_messages(inferred),
        )
        return Answer(topic, Sentence("told and inferred"), Ground.ASSUMED, said)
    if told:
        said = Sentence("Expiry is told, for {told}.", told=_messages(told))
        return Answer(topic, Sentence("told"), Ground.TOLD, said)
    if inferred:
        said = Sentence(
            "Expiry is not told; it is inferred for {inferred} whose validity period ended during retries.",
            inferred=_messages(inferred),
        )
        return Answer(topic, Sentence("inferred"), Ground.ASSUMED, said)
    if facts.has_delivery_feedback:
        said = Sentence(
            "No message has expired so far; one still being retried when its validity period ends counts as expired."
        )
        return Answer(topic, Sentence("none so far"), Ground.ASSUMED, said)
    said = Sentence("No expiry is told, and without delivery feedback none can be inferred.")
    return Answer(topic, Sentence("not told"), Ground.MISSING, said)


def _engagement(facts: Facts) -> Answer:
    topic = Sentence("Opens and clicks")
    if facts.tells_engagement and facts.has_engagement:
        return Answer(topic, Sentence("told"), Ground.TOLD, Sentence("The log tells of opens and clicks."))
    if facts.tells_engagement:
        said = Sentence(
            "The log tells of no opens or clicks, though it could: perhaps they were not tracked, or not exported."
        )
        return Answer(topic, Sentence("none told"), Ground.MISSING, said)
    said = Sentence("The log cannot tell of opens and clicks.")
    if facts.engagement_logs:
        said = Sentence(
            "The log cannot tell of opens and clicks; {elsewhere}.",
            elsewhere=joined(*(_elsewhere(log) for log in facts.engagement_logs), by="; "),
        )
    return Answer(topic, Sentence("not told"), Ground.MISSING, said)


def _late_bounces(facts: Facts) -> Answer:
    topic = Sentence("Late bounces")
    if facts.has_late_bounces:
        said = Sentence("The log tells of bounces that came after the acceptance.")
        return Answer(topic, Sentence("told"), Ground.TOLD, said)
    if any(source.limits.tells_late_bounces for source in facts.sources):
        said = Sentence(
            "The log tells of no bounce that came after the acceptance; either there is none, or it is not logged."
        )
        return Answer(topic, Sentence("none told"), Ground.MISSING, said)
    said = Sentence(
        "The log cannot tell of bounces that come after the acceptance, so some of the Delivered may have failed."
    )
    return Answer(topic, Sentence("not told"), Ground.MISSING, said)


def _to_deliver(facts: Facts) -> Answer:
    topic, known, counted = Sentence("To deliver"), Sentence("known"), Sentence("counted")
    if facts.is_everyone_named:
        said = (
            Sentence("To deliver is known: an export has a row for every message.")
            if facts.exports
            else Sentence("To deliver is known: every message is named when it is relayed.")
        )
        return Answer(topic, known, Ground.TOLD, said)
    said = (
        Sentence(
            "To deliver is counted from the messages that the log names: the log begins after the send did, so what "
            "was settled before is missing."
        )
        if facts.begins_late
        else Sentence(
            "To deliver is counted from the messages that the log names: one without a relay event is known only once "
            "something is reported of it."
        )
    )
    return Answer(topic, counted, Ground.ASSUMED, said)


def _relay(facts: Facts) -> Answer:
    topic, lacking, relayed = Sentence("Relay"), facts.messages.inferred_relays, facts.messages.relayed
    if not lacking:
        said = Sentence("Every message that was relayed has its relay event.")
        return Answer(topic, Sentence("told"), Ground.TOLD, said)
    if lacking == relayed:
        said = Sentence(
            "All relayed messages lack a relay event and count as relayed at the queue time that a record carries, "
            "else at their first event."
        )
        return Answer(topic, Sentence("not told"), Ground.ASSUMED, said)
    said = Sentence(
        "{lacking} of {relayed} relayed messages ({share}) lack a relay event and count as relayed at the queue time "
        "that a record carries, else at their first event.",
        lacking=lacking,
        relayed=relayed,
        share=Share(lacking / relayed),
    )
    return Answer(topic, Sentence("not told for {lacking}", lacking=lacking), Ground.ASSUMED, said)


def _times(facts: Facts) -> Answer:
    topic, exports = Sentence("Times"), facts.exports
    if not exports:
        return Answer(topic, Sentence("exact"), Ground.TOLD, Sentence("Every event has its own time."))
    if len(exports) == 1:
        said = Sentence(
            "The log is one snapshot: each message has the date of its last status, and what came before that is not "
            "told. Further exports of the delivery make its course finer."
        )
        return Answer(topic, Sentence("one snapshot"), Ground.ASSUMED, said)
    widest = _span(facts.longest_interval)
    said = Sentence(
        "The log is {snapshots} snapshots, at most {widest} apart: a change that the date of its row does not tell is "
        "known to the interval between two of them.",
        snapshots=len(exports),
        widest=widest,
    )
    return Answer(topic, Sentence("exact to {widest}", widest=widest), Ground.ASSUMED, said)


def _zone(facts: Facts) -> Answer:
    topic, is_year_assumed = Sentence("Zone"), any(source.is_year_assumed for source in facts.sources)
    year = Sentence("Where they name no year, it is the one that fits the date of the file.") if is_year_assumed else ""
    if any(source.is_zone_assumed for source in facts.sources):
        said = Sentence(
            "Some times name no zone and were read as UTC; if they are local, import the file with its time zone."
        )
        return Answer(topic, Sentence("assumed UTC"), Ground.ASSUMED, joined(said, year))
    declared = ", ".join(sorted({source.timezone for source in facts.sources if source.timezone}))
    if declared:
        said = Sentence("Times that name no zone were read as {declared}, as declared.", declared=declared)
        ground = Ground.ASSUMED if year else Ground.TOLD
        return Answer(topic, Sentence("declared {declared}", declared=declared), ground, joined(said, year))
    return Answer(topic, Sentence("told"), Ground.TOLD, Sentence("Every time names its zone."))


def _naming(facts: Facts) -> Answer:
    topic = Sentence("Delivery")
    if facts.is_unnamed:
        short = Sentence("named in part") if facts.is_named else Sentence("not named")
        said = Sentence("Records that name no delivery stand together as one; name it when you import the file.")
        return Answer(topic, short, Ground.MISSING, said)
    if facts.is_declared:
        said = Sentence("The delivery is the one that was declared for the file.")
        return Answer(topic, Sentence("declared"), Ground.TOLD, said)
    if facts.is_grouped:
        said = Sentence(
            "The log names no delivery: the messages of one sender are one, until a pause without a new message."
        )
        return Answer(topic, Sentence("grouped by sender"), Ground.ASSUMED, said)
    if facts.is_named_by_file:
        said = Sentence("The log names no delivery: it is called after the file.")
        return Answer(topic, Sentence("called after the file"), Ground.ASSUMED, said)
    said = Sentence("The log names the delivery of every message.")
    return Answer(topic, Sentence("named by the log"), Ground.TOLD, said)


def _elsewhere(log: str) -> Sentence:
    return Sentence("they stand in {log}, to be imported beside it", log=log)


def _messages(count: int) -> Sentence:
    return plural_sentence("{count} message", "{count} messages", count)


def _span(span: timedelta) -> Sentence:
    minutes = max(1, round(span / timedelta(minutes=1)))
    if minutes < 120:  # noqa: PLR2004 - two hours
        return Sentence("{minutes} min", minutes=minutes)
    return Sentence("{hours} h", hours=round(minutes / 60))
