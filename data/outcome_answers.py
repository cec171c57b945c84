"""What a log can tell of what became of its messages: acceptance, expiry, opens and clicks, late bounces."""

from data.answer import Answer, Ground
from data.answers import Facts
from data.sentences import Sentence, joined, plural_sentence

NO_FEEDBACK = Sentence("The log has no delivery feedback, so the view with EFS cannot be derived")


def feedback(facts: Facts) -> Answer:
    """Whether the log tells of acceptances or retries."""
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


def expiry(facts: Facts) -> Answer:
    """Whether the log says that a message expired."""
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


def engagement(facts: Facts) -> Answer:
    """Whether the log tells of opens and clicks."""
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


def late_bounces(facts: Facts) -> Answer:
    """Whether the log tells of bounces after the acceptance."""
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


def _elsewhere(log: str) -> Sentence:
    return Sentence("they stand in {log}, to be imported beside it", log=log)


def _messages(count: int) -> Sentence:
    return plural_sentence("{count} message", "{count} messages", count)
