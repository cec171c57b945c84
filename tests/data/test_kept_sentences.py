"""Sentences in the store."""

from collections.abc import Callable

import pytest

from data.kept_sentences import kept, sentence_from
from data.report import ImportReport, kept_message
from data.sentences import Sentence, joined, plural_sentence
from data.sources import remove_source
from data.statements import scalar
from data.store import Store
from tests.data.event_lines import around

Import = Callable[..., ImportReport]


@pytest.mark.parametrize(
    "sentence",
    [
        Sentence("Nothing {odd} here."),
        Sentence("{name} holds {count} rows.", name='{"a": "ö"}', count=12_345),
        joined(plural_sentence("{count} record", "{count} records", 1), Sentence("{a}, {b}", a="x", b="y"), by="; "),
    ],
)
def test_a_sentence_comes_back_with_all_that_it_was_made_of(sentence: Sentence) -> None:
    """Text, template, and values of values."""
    back = sentence_from(kept(sentence))
    assert (back, back.template, back.values) == (sentence, sentence.template, sentence.values)
    for name, value in sentence.values.items():
        assert type(back.values[name]) is type(value)


def test_the_message_of_a_report_is_kept_until_its_source_goes(store: Store, import_text: Import) -> None:
    """A file of which nothing could be used leaves its message as well, when it is tried again."""
    report = import_text(around("too,few\n"))
    assert isinstance(report.message, Sentence)
    source_id = report.source_id or 0
    message = kept_message(store, source_id)
    assert message is not None
    assert (message, message.template) == (report.message, report.message.template)
    assert kept_message(store, source_id + 1) is None
    remove_source(store, str(source_id))
    assert kept_message(store, source_id) is None
    for _ in range(2):
        import_text("kind,event_time,message_id,recipient,delivery_id\nrelayed,noon,m,a@b.example,d\n", "useless.csv")
    with store.cursor() as cursor:
        assert scalar(cursor, "SELECT count(*) FROM source_sentence") == 1
