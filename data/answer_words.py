"""What the logs of a delivery, or one file, can answer, in words: the same on every screen and at every door."""

from collections.abc import Iterator

from data.answer import Answer
from data.answers import Facts
from data.coverage_answers import naming, relay, times, to_deliver, zone
from data.outcome_answers import engagement, expiry, feedback, late_bounces
from data.sentences import Sentence


def answers(facts: Facts) -> tuple[Answer, ...]:
    """What can be answered, one fact each; nothing where no record could be used."""
    return tuple(_answers(facts)) if facts.sources else ()


def summary(told: tuple[Answer, ...]) -> str:
    """All answers in a line."""
    return " · ".join(f"{answer.topic}: {answer.short}" for answer in told)


def why_no_engagement(facts: Facts) -> Sentence | None:
    """The sentence to stand in place of opens and clicks, where no such log can tell of them."""
    return None if facts.tells_engagement else engagement(facts).sentence


def _answers(facts: Facts) -> Iterator[Answer]:
    yield feedback(facts)
    yield expiry(facts)
    yield engagement(facts)
    yield late_bounces(facts)
    if facts.messages.named:
        yield to_deliver(facts)
    if facts.messages.relayed:
        yield relay(facts)
    yield times(facts)
    yield zone(facts)
    yield naming(facts)
