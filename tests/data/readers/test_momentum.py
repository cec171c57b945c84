"""Momentum's text logs beyond single lines: several logs of the same host, and lines that are none of them."""

from collections import Counter
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.deliveries import deliveries
from data.ingest import import_log
from data.log_head import Head
from data.readers.momentum import MOMENTUM
from data.report import ImportReport, Status
from data.sources import remove_source
from data.store import Store

Import = Callable[..., ImportReport]
START = 1788249600  # 2026-09-01 08:00:00 UTC
IDS = "@00/00-03736-F4101B54@00/00-04532-A3456B54@"


def line(who: str, seconds: int, told: str) -> str:
    """A line of the main log or of the log of bounces."""
    return f"{START + seconds}@00/00-25004-{who.upper()}{IDS}{told}\n"


def reception(who: str) -> str:
    """The line that names a message's recipient."""
    return line(who, 0, f"R@{who}@one.example@news@shop.example@192.0.2.1@2010@esmtp@bulk@b1")


MAIN = (
    *map(reception, ("ada", "ben", "cyd", "dee")),
    line("ada", 2, "D@one.example@2066@bulk@b1@0@2@192.0.2.9"),
    line("ben", 3, "T@one.example@0@bulk@b1@5@0@3@192.0.2.9@451 4.7.1 later"),
    line("cyd", 4, "P@one.example@31@bulk@b1@5@0@4@192.0.2.9@550 5.1.1 unknown"),
    f"{START + 5}@@@@M\n",
)
BOUNCES = (
    line("ben", 3, "T@ben@one.example@news@shop.example@bulk@b1@5@20@2010@192.0.2.9@451 4.7.1 later"),
    line("cyd", 4, "B@cyd@one.example@news@shop.example@bulk@b1@5@10@2010@192.0.2.9@550 5.1.1 unknown"),
    f"{START + 9000}@77/00-1-DSN{IDS}B@ada@one.example@news@shop.example@bulk@b1@21@10@900@192.0.2.9@550 5.1.1 gone\n",
)
COMPLAINTS = (f"{START + 9100}@18/00-02937-E2E6FF84@F@ada@one.example@b1@bulk@abuse@isp.example@x\n",)
FILES = {"mainlog": "".join(MAIN), "bouncelog": "".join(BOUNCES), "fbllog": "".join(COMPLAINTS)}
MAIN_STATES = {"delivered": 1, "retrying": 1, "failed": 1, "in_flight": 1}
ALL_STATES = {"retrying": 1, "failed": 2, "in_flight": 1}


def states(store: Store) -> dict[str, int]:
    """How many messages stand in which state at last."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT arg_max(to_state, (moved_at, from_state IS NOT NULL)) FROM transition"
            " GROUP BY delivery_key, message_key"
        ).fetchall()
    return dict(Counter(state for (state,) in rows))


def kinds(store: Store) -> dict[str, int]:
    """How many distinct events of which kind there are."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT kind, count(DISTINCT (delivery_key, message_key, event_key)) FROM event GROUP BY kind"
        ).fetchall()
    return dict(rows)


@pytest.mark.parametrize("order", list(permutations(FILES)))
def test_the_logs_of_a_host_tell_one_story(order: tuple[str, ...], store: Store, import_text: Import) -> None:
    """In any order: what two logs tell is one event and no contradiction, and N is the number of recipients."""
    reports = [import_text(FILES[name], name) for name in order]
    assert all(report.contradictions == report.rejected == report.unknown == 0 for report in reports)
    assert states(store) == ALL_STATES
    assert kinds(store) == {"relayed": 4, "delivered": 1, "deferred": 1, "bounced": 2, "complained": 1}
    assert [found.messages for found in deliveries(store)] == [4]


@pytest.mark.parametrize("order", [("mainlog", "bouncelog"), ("bouncelog", "mainlog")])
def test_a_log_that_is_removed_takes_what_it_told(order: tuple[str, str], store: Store, import_text: Import) -> None:
    """The late bounce and the classes go, and what the main log tells stays; without it, the other's words remain."""
    for name in order:
        import_text(FILES[name], name)
    remove_source(store, "bouncelog")
    assert states(store) == MAIN_STATES
    import_text(FILES["bouncelog"], "bouncelog")
    remove_source(store, "mainlog")
    assert states(store) == {"retrying": 1, "failed": 1}


def test_a_log_cut_in_two_tells_the_same(store: Store, import_text: Import) -> None:
    """Outcomes wait for the receptions of the file before, and say so."""
    second = import_text("".join(MAIN[4:]), "mainlog.1")
    assert (second.used, states(store)) == (0, {})
    assert any(note.startswith("3 records ") for note in second.notes)
    import_text("".join(MAIN[:4]), "mainlog.2")
    assert states(store) == MAIN_STATES


def test_a_named_delivery_is_that_of_all_logs(store: Store, import_text: Import) -> None:
    """The name that the receptions were imported under holds for what the other logs tell of them."""
    import_text(FILES["bouncelog"], "bouncelog")
    import_text(FILES["mainlog"], "mainlog", delivery="Spring")
    assert [(found.delivery_id, found.messages) for found in deliveries(store)] == [("Spring", 4)]


@pytest.mark.parametrize(
    ("text", "is_log"),
    [
        (f"{START}@@@@M\n{MAIN[0]}", True),
        (MAIN[0].replace(f"{START}", f"{START}123456"), True),
        (FILES["fbllog"], True),
        (f"{START}@@@@M\n", False),
        (f"{START}@N@*:2025@192.0.2.1:37164@ec_user@1\n", False),
        ("ada@one.example\nben@one.example\n", False),
        ("12345@00/00-25004-31B987F3@R\n", False),
    ],
)
def test_detection(text: str, *, is_log: bool) -> None:
    """A line that begins with a time and the id of a message; the log of log-ins has none."""
    assert MOMENTUM.detects(Head(text, is_binary=False)) is is_log


FIELD = st.sampled_from(
    [str(START), "", "R", "D", "T", "P", "B", "F", "21", "24", "-1", "9" * 10_000, "1e99", "\\", "x"]
)
LINE = st.lists(FIELD | st.text(max_size=5), max_size=17).map("@".join)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINE | st.binary(max_size=40), max_size=5))
def test_no_line_ever_raises(tmp_path: Path, odd: list[str | bytes]) -> None:
    """Any text ends as an event or as a rejection, and costs no other line."""
    raw = [each if isinstance(each, bytes) else each.encode("utf-8", "surrogatepass") for each in odd]
    path = tmp_path / "mainlog"
    sound = FILES["mainlog"].encode() * 4  # So much that the file is taken for text.
    path.write_bytes(sound + b"".join(each.replace(b"\n", b" ") + b"\n" for each in raw))
    with Store(tmp_path / "odd.duckdb") as store:
        report = import_log(store, path)
        assert report.status is Status.IMPORTED
        assert states(store)["in_flight"] >= 1
    (tmp_path / "odd.duckdb").unlink()
    assert report.records == report.used + report.duplicates + report.rejected + report.ignored
