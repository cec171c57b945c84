"""What the report tells of the gap between the modes."""

from data.snapshot import Snapshot
from pages.modes.answers import counts_of, ends_of, gap_of, provider_of
from pages.modes.sentences import closing_sentence, gap_sentence, provider_sentence
from pages.session.asked import Filters


def gap_sentences(store: Snapshot, asked: Filters) -> list[str]:
    """What the gap is made of, which provider holds most of it and when it closes; nothing where it is unknown.

    They quote a log.
    """
    if not asked.delivery.has_delivery_feedback:
        return []
    gap, provider = gap_of(counts_of(store, asked)), provider_of(store, asked)
    of_provider = provider_sentence(provider, gap) if provider else ""
    told = (gap_sentence(gap, asked), of_provider, closing_sentence(gap, asked, ends_of(store, asked)))
    return [sentence for sentence in told if sentence]
