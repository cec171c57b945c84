"""PowerMTA: which files are such logs, and how late bounces and complaints find their message."""

from collections.abc import Callable

import pytest

from data.log_head import Head
from data.readers.powermta import POWERMTA
from data.report import ImportReport
from data.sources import remove_source
from data.store import Store
from tests.data.readers.told import tile_of, told_events

Import = Callable[..., ImportReport]
SENT = """type,timeLogged,timeQueued,orig,rcpt,jobId,dsnAction
d,2026-03-01 08:00:10+0000,2026-03-01 08:00:00+0000,news@shop.example,ada@one.example,spring,relayed
d,2026-03-01 08:00:11+0000,2026-03-01 08:00:00+0000,news@shop.example,bob@one.example,spring,relayed
d,2026-03-08 08:00:10+0000,2026-03-08 08:00:00+0000,news@shop.example,ada@one.example,summer,relayed
"""
LATE = """type,timeLogged,rcpt,bounceCat,dsnStatus
rb,2026-03-02 09:00:00+0000,ada@one.example,bad-mailbox,5.1.1
rb,2026-03-09 09:00:00+0000,ADA@one.example,bad-mailbox,5.1.1
"""


@pytest.mark.parametrize(
    ("header", "is_one"),
    [
        ("type,timeLogged,rcpt", True),
        ("TYPE,RCPT,DSNACTION", True),
        ("rcpt;bounceCat;type", True),
        ("type,rcpt_to,timestamp,bounce_class,transmission_id", False),
        ("timeLogged,rcpt", False),
        ("type,rcpt,jobId", False),
    ],
)
def test_the_columns_tell_an_accounting_file(header: str, is_one: bool) -> None:
    """A type, and one of the columns that only PowerMTA calls so, in any order and case."""
    assert POWERMTA.detects(Head(f"{header}\nd,x,y\n", is_binary=False)) is is_one


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_late_bounces_find_their_message_whichever_file_comes_first(
    store: Store, import_text: Import, order: tuple[int, int]
) -> None:
    """A late bounce names no job: it is of the last message that was under way to the address then."""
    for place in order:
        import_text((SENT, LATE)[place], f"{place}.csv")
    bounced = [event for event in told_events(store) if event[0] == "bounced"]
    assert bounced == [
        ("bounced", "spring", "spring news@shop.example", "ada@one.example", "2026-03-02 09:00:00"),
        ("bounced", "summer", "summer news@shop.example", "ada@one.example", "2026-03-09 09:00:00"),
    ]
    shown = tile_of(store, "spring")
    assert (shown.to_deliver, shown.delivered, shown.bounces_errors) == (2, 1, 1)


def test_late_bounces_wait_again_when_their_messages_leave(store: Store, import_text: Import) -> None:
    """Without the file that names the messages, nothing is told of them; with it, all is as before."""
    import_text(LATE, "late.csv")
    import_text(SENT, "sent.csv")
    before = told_events(store)
    remove_source(store, "sent.csv")
    assert told_events(store) == []
    import_text(SENT, "sent.csv")
    assert told_events(store) == before


def test_a_complaint_is_of_the_job_that_it_names(store: Store, import_text: Import) -> None:
    """A feedback report that holds the job's header is not given to a later job."""
    import_text(SENT, "sent.csv")
    import_text(
        "type,timeLogged,rcpt,feedbackType,header_X-Job\n"
        "f,2026-03-09 10:00:00+0000,ada@one.example,abuse,spring\n",
        "feedback.csv",
    )  # fmt: skip
    assert [event[1] for event in told_events(store) if event[0] == "complained"] == ["spring"]


def test_messages_are_the_recipients_of_a_job(store: Store, import_text: Import) -> None:
    """However many records tell of a message, and whichever columns its type has, it is one; queueing is the relay."""
    import_text(
        "type,timeLogged,timeQueued,orig,rcpt,jobId,header_Message-Id,bounceCat\n"
        "r,2026-03-01 08:00:00+0000,,news@shop.example,ada@one.example,spring,,\n"
        "t,2026-03-01 08:00:05+0000,2026-03-01 08:00:00+0000,news@shop.example,ada@one.example,spring,,\n"
        "d,2026-03-01 08:30:05+0000,2026-03-01 08:00:00+0000,news@shop.example,ada@one.example,spring,,success\n"
        "b,2026-03-01 08:00:07+0000,2026-03-01 08:00:01+0000,news@shop.example,bob@one.example,spring,,bad-domain\n"
    )
    shown = tile_of(store, "spring")
    assert (shown.to_deliver, shown.sent, shown.delivered, shown.bounces_errors) == (2, 2, 1, 1)
