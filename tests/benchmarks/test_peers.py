from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from benchmarks.comparison import PEERS, first_difference
from benchmarks.peers import COUNTS, sendlog
from data.ingest import import_log
from data.simulator import simulate
from data.store import Store

START = datetime(2026, 3, 2, 8)
END = timedelta(hours=150)
VALIDITY = timedelta(hours=120)
Story = list[tuple[str, timedelta]]


def seconds(number: float) -> timedelta:
    """That many seconds after the delivery's start."""
    return timedelta(seconds=number)


# What becomes of one message -> its events and when they come.
STORIES: dict[str, Story] = {
    "accepted": [("relayed", seconds(0)), ("delivered", seconds(5)), ("opened", seconds(60))],
    "accepted at once": [("relayed", seconds(60)), ("delivered", seconds(60))],
    "bounced": [("relayed", seconds(1)), ("bounced", seconds(61))],
    "bounced late": [("relayed", seconds(2)), ("delivered", seconds(9)), ("bounced", seconds(90_000))],
    "bounced late in the same second": [("relayed", seconds(2)), ("delivered", seconds(70)), ("bounced", seconds(70))],
    "retried": [("relayed", seconds(3)), *[("deferred", seconds(at)) for at in (9, 300)], ("delivered", seconds(999))],
    "retried and bounced": [("relayed", seconds(3)), ("deferred", seconds(180)), ("bounced", seconds(181))],
    "deferred after acceptance": [("relayed", seconds(4)), ("delivered", seconds(9)), ("deferred", seconds(500))],
    "accepted after a bounce": [("relayed", seconds(4)), ("bounced", seconds(700)), ("delivered", seconds(800))],
    "cancelled": [("relayed", seconds(5)), ("cancelled", seconds(900))],
    "cancelled in retry": [("relayed", seconds(5)), ("deferred", seconds(400)), ("cancelled", seconds(1000))],
    "rejected": [("rejected", seconds(-20))],
    "silent": [("relayed", seconds(6))],
    "lapsed": [("relayed", seconds(7)), ("deferred", seconds(900))],
    "lapsed, and told so": [("relayed", seconds(50)), ("deferred", seconds(90)), ("expired", VALIDITY + seconds(70))],
    "lapsed, and accepted": [("relayed", seconds(8)), ("deferred", seconds(9)), ("delivered", VALIDITY + seconds(999))],
    "deferred only after its end": [("relayed", seconds(9)), ("deferred", VALIDITY + seconds(4000))],
    "accepted at its end": [("relayed", seconds(9)), ("deferred", seconds(80)), ("delivered", VALIDITY + seconds(9))],
    "in retry to the last": [("relayed", END - seconds(4000)), ("deferred", END - seconds(10)), ("opened", END)],
}  # fmt: skip


def as_csv(stories: list[Story], delivery_id: str = "d1", test_profiles: int = 0) -> str:
    """The rows of some messages' events; the first ones are to test profiles."""
    rows = []
    for number, story in enumerate(stories):
        is_proof = "true" if number < test_profiles else ""
        message = f"{delivery_id[1:]}{number:05},someone{number}@one.example,{delivery_id}"
        rows += [f"{kind},{(START + at).isoformat()}Z,{message},{is_proof}\n" for kind, at in story]
    return "".join(rows)


def random_stories(number: int) -> list[Story]:
    """Messages with some deferrals, an outcome or none, and a late bounce now and then; many moments coincide."""
    lot = Random(1)  # noqa: S311 - a test, not a secret
    stories = []
    for _ in range(number):
        relayed = lot.randrange(600)
        times = sorted(relayed + 40 * lot.randrange(200) ** 2 // 4 for _ in range(4))
        kinds = ["deferred"] * lot.randrange(4) + lot.choice(
            [[], ["delivered"], ["bounced"], ["expired"], ["cancelled"]]
        )
        kinds += ["bounced"] if kinds[-1:] == ["delivered"] and lot.random() < 0.3 else []
        told = zip(kinds, times, strict=False)
        stories.append([("relayed", seconds(relayed)), *((kind, seconds(at)) for kind, at in told)])
    return stories


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this module's logs and stores lie."""
    return tmp_path_factory.mktemp("peers")


@pytest.fixture(scope="module", params=["stories", "random", "simulated", "simulated, cut"])
def asked(request: pytest.FixtureRequest, folder: Path) -> tuple[Path, pd.DataFrame]:
    """A log, and what Sendlog answers once it has imported it."""
    log, store = (folder / f"{request.param}.{suffix}" for suffix in ("csv", "duckdb"))
    header = "kind,event_time,message_id,recipient,delivery_id,test_profile\n"
    if request.param == "stories":
        told = list(STORIES.values())
        log.write_text(header + as_csv(told) + as_csv([told[2], *told[3:6]], "d2", test_profiles=1))
    elif request.param == "random":
        log.write_text(header + as_csv(random_stories(400)) + as_csv([STORIES["in retry to the last"]], "d2"))
    else:
        simulate(log, messages=4000, deliveries=3, observed_hours=190 if "cut" in request.param else None)
    with Store(store) as opened:
        import_log(opened, log)
    return log, sendlog.course(store)


@pytest.mark.parametrize("peer", PEERS.values())
def test_a_peer_answers_as_sendlog_does(asked: tuple[Path, pd.DataFrame], peer: str) -> None:
    """To the minute and to the message, in both modes."""
    log, expected = asked
    answer = import_module(f"benchmarks.peers.{peer}").course(log)
    assert first_difference(expected, answer) is None
    assert len(expected) > 10


@pytest.mark.parametrize("peer", [*PEERS.values(), "sendlog"])
def test_the_answer_is_what_became_of_the_messages(tmp_path: Path, peer: str) -> None:
    """Late bounce, retry, cancelled, told and inferred expiry, by hand: one step per change."""
    stories = [
        STORIES[name] for name in ("bounced late", "retried", "cancelled in retry", "lapsed", "in retry to the last")
    ]
    log = tmp_path / "log.csv"
    log.write_text("kind,event_time,message_id,recipient,delivery_id,test_profile\n" + as_csv(stories))
    asked = log
    if peer == "sendlog":
        asked = tmp_path / "store.duckdb"
        with Store(asked) as store:
            import_log(store, log)
    answer = import_module(f"benchmarks.peers.{peer}").course(asked)
    steps = [tuple(row) for row in answer[["elapsed_minutes", *COUNTS]].itertuples(index=False)]
    assert steps == [
        # minutes, without EFS: delivered, bounces + errors; with EFS: delivered, bounces + errors
        (0, 1, 0, 0, 0),
        (1, 4, 0, 1, 1),
        (7, 4, 0, 1, 2),
        (15, 4, 0, 1, 3),
        (17, 3, 0, 2, 1),
        (1500, 2, 1, 1, 2),
        (7201, 1, 2, 1, 2),
        (8934, 2, 2, 1, 2),
        (9000, 2, 2, 1, 3),
    ]


def test_a_difference_is_found() -> None:
    """The first row that one answer has otherwise, or has alone, is shown."""
    answer = pd.DataFrame({"delivery_id": ["d1", "d1"], "elapsed_minutes": [0, 1], **dict.fromkeys(COUNTS, 5)})
    assert first_difference(answer, answer.copy()) is None
    other = answer.assign(delivered_with_efs=[5, 6])
    for right in (other, answer.iloc[:1]):
        told = first_difference(answer, right)
        assert told is not None
        assert "d1" in told.splitlines()[0]
        assert told.splitlines()[1].split() == ["elapsed_minutes", "1"]
