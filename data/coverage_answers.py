"""How much a log can tell, and how exactly: who is to be sent, the relays, the times, the names of the deliveries."""

from datetime import timedelta

from data.answer import Answer, Ground
from data.answers import Facts
from data.sentences import Sentence, Share, joined


def to_deliver(facts: Facts) -> Answer:
    """Where the number of messages to deliver comes from."""
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


def relay(facts: Facts) -> Answer:
    """Whether every relayed message has its relay event."""
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


def times(facts: Facts) -> Answer:
    """How exact the times are."""
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


def zone(facts: Facts) -> Answer:
    """In which zone the times are."""
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


def naming(facts: Facts) -> Answer:
    """What names the deliveries."""
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


def _span(span: timedelta) -> Sentence:
    minutes = max(1, round(span / timedelta(minutes=1)))
    if minutes < 120:  # noqa: PLR2004 - two hours
        return Sentence("{minutes} min", minutes=minutes)
    return Sentence("{hours} h", hours=round(minutes / 60))
