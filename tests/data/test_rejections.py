"""The reasons of rejections: every one that an import gives is known again, with its values."""

from collections.abc import Callable

import pytest

from data.rejections import recognised
from data.report import ImportReport
from data.sentences import Sentence
from tests.data.event_lines import around
from tests.data.test_bad_input import BAD_LINES

Import = Callable[..., ImportReport]
_NDJSON = '{"kind": "relayed", "event_time": "2026-03-01T08:00:00Z", "message_id": "m", "recipient": "a@b.example", '
_POSTFIX = "Mar  1 08:00:00 mx postfix/qmgr[1]: 4F1: removed\n"
_CAMPAIGN = "Date\tStatus\tAddress\n2026-03-01 08:00\tSent\ta@b.example\n"
_SENDGRID = (
    '{"event": "delivered", "email": "a@b.example", "timestamp": 1772352000, "sg_message_id": "x.y", '
    '"sg_event_id": "e"}\n'
)
FILES = {
    "of an NDJSON of events": (
        "log.ndjson",
        _NDJSON + '"delivery_id": "d"}\n' + _NDJSON + '"delivery_id": []}\n[1]\n{\n',
    ),
    "of a mail log": ("mail.log", _POSTFIX + "what is this\n" + _POSTFIX.replace("Mar  1", "Feb 30")),
    "of a sending log": (
        "log.txt",
        _CAMPAIGN + "2026-13-01 08:00\tSent\tb@b.example\n2026-03-01 08:00\t\tc@b.example\n",
    ),
    "of a webhook": (
        "log.json",
        _SENDGRID + '{"event": "delivered", "email": "a@b.example", "timestamp": "noon", "sg_event_id": "f"}\n',
    ),
}


def _is_known(reason: str) -> bool:
    known = recognised(reason)
    return isinstance(known, Sentence) and known == reason


@pytest.mark.parametrize("bad", [bad for bad, _ in BAD_LINES.values()], ids=BAD_LINES.keys())
def test_the_reason_of_every_bad_line_is_known_again(bad: str | bytes, import_text: Import) -> None:
    """It reads in English as it was given."""
    (rejection,) = import_text(around(bad)).rejections
    assert _is_known(rejection[2])


@pytest.mark.parametrize(("name", "text"), FILES.values(), ids=FILES.keys())
def test_the_reasons_of_other_formats_are_known_again(name: str, text: str, import_text: Import) -> None:
    """Whichever reader gave them."""
    report = import_text(text, name)
    assert report.rejected > 0
    assert [reason for _, _, reason in report.rejections if not _is_known(reason)] == []


def test_what_the_file_says_and_numbers_are_values() -> None:
    """A value may hold anything; a number is one, so that a screen can write it as its language does."""
    reason = 'the time "a "b" is no Unix time" does not exist in {zone}: the clocks skip it'
    known = recognised(reason)
    assert isinstance(known, Sentence)
    assert (str(known), known.values["zone"]) == (reason, "{zone}")
    long = recognised("the line is 2,000,000 bytes long; lines up to 1,048,576 bytes are read")
    assert isinstance(long, Sentence)
    assert long.values == {"length": 2_000_000, "longest": 1_048_576}


def test_other_texts_stay_as_they_are() -> None:
    """A log's own word is nobody's sentence."""
    assert type(recognised("Mailbox full")) is str
