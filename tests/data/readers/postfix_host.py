"""A made-up Postfix host for the properties: few queue ids, so that they are used again; hops, retries, lost lines."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_START = datetime(2026, 3, 1, 10, 0, 0, tzinfo=UTC)
_SENDERS = ["news@a.example", "offers+ann=b.example@a.example", "offers+bob=b.example@a.example", ""]
_FILTER = "127.0.0.1[127.0.0.1]:10024"
_OUTCOMES = [
    ("sent", "250 2.0.0 Ok"),
    ("deferred", "host mx[192.0.2.1] said: 450 4.2.1 Try later (in reply to RCPT TO command)"),
    ("deferred", "connect to mx[192.0.2.1]:25: Connection timed out"),
    ("bounced", "host mx[192.0.2.1] said: 550 5.1.1 No such user (in reply to RCPT TO command)"),
]


@dataclass(frozen=True)
class Life:
    """What a queue id stands for, for a while."""

    queue_id: str
    arrived_at: datetime
    sender: str
    hops: int
    """Content filters still to pass."""


class RandomHost:
    """Says what a real host may say; `chance` decides what."""

    def __init__(self, chance: random.Random) -> None:
        """Nothing has happened yet."""
        self.chance = chance
        self.lines: list[tuple[datetime, str]] = []
        self.free_at = {f"{number}F00{number}": _START - timedelta(hours=1) for number in range(1, 7)}
        self.busy: set[str] = set()

    def log(self, messages: int) -> list[str]:
        """The lines of so many messages, in the order of time."""
        clock = _START
        for _ in range(messages):
            clock += timedelta(minutes=self.chance.choice([0, 1, 3, 20, 400]), seconds=self.chance.randint(1, 40))
            queue_id = self._free_queue_id(clock)
            if queue_id:
                life = Life(queue_id, clock, self.chance.choice(_SENDERS), self.chance.choice([0, 0, 0, 1, 2]))
                self._live(life, [f"r{number}@b.example" for number in range(self.chance.randint(1, 3))])
        return [f"{moment.isoformat()} mx1 postfix/{text}" for moment, text in sorted(self.lines)]

    def _free_queue_id(self, at: datetime) -> str | None:
        """A queue id that has been free for more than a minute, the precision to which lives are told apart."""
        ids = [
            queue_id
            for queue_id, free_at in self.free_at.items()
            if queue_id not in self.busy and free_at + timedelta(minutes=2) < at
        ]
        return self.chance.choice(ids) if ids else None

    def _live(self, life: Life, recipients: list[str]) -> None:
        self.busy.add(life.queue_id)
        if self.chance.random() < 0.7:
            self._say(life, life.arrived_at, "cleanup", f"message-id=<{life.arrived_at:%d%H%M%S}@a.example>")
        now = life.arrived_at
        for wait_minutes in (0, 5, 60, 700, 3000):
            now += timedelta(minutes=wait_minutes, seconds=self.chance.randint(0, 5))
            count = len(recipients)
            self._say(life, now, "qmgr", f"from=<{life.sender}>, size=1, nrcpt={count} (queue active)")
            now += timedelta(seconds=self.chance.randint(0, 50))
            recipients = [recipient for recipient in recipients if self._is_deferred(life, now, recipient)]
            if not recipients:
                break
        self._end(life, now, settled=not recipients)

    def _is_deferred(self, life: Life, now: datetime, recipient: str) -> bool:
        """Log one attempt, or lose its line."""
        if self.chance.random() < 0.03:
            return False
        if life.hops:
            return not self._is_handed_on(life, now, recipient)
        status, reply = self.chance.choice(_OUTCOMES)
        self._say_status(life, now, recipient, f"relay=mx[192.0.2.1]:25, status={status} ({reply})")
        return status == "deferred"

    def _is_handed_on(self, life: Life, now: datetime, recipient: str) -> bool:
        queue_id = self._free_queue_id(now)
        if queue_id is None:
            self._say_status(life, now, recipient, f"relay={_FILTER}, status=deferred (connection refused)")
            return False
        self._say_status(life, now, recipient, f"relay={_FILTER}, status=sent (250 2.0.0 Ok: queued as {queue_id})")
        self._live(Life(queue_id, now, life.sender, life.hops - 1), [recipient])
        return True

    def _end(self, life: Life, now: datetime, *, settled: bool) -> None:
        self.busy.remove(life.queue_id)
        self.free_at[life.queue_id] = now
        if settled and self.chance.random() < 0.1:
            return  # The line is lost.
        if not settled and self.chance.random() < 0.7:
            self._say(life, now, "qmgr", f"from=<{life.sender}>, status=expired, returned to sender")
        self._say(life, now, "qmgr" if settled or self.chance.random() < 0.7 else "postsuper", "removed")

    def _say_status(self, life: Life, now: datetime, recipient: str, outcome: str) -> None:
        delay_seconds = (now - life.arrived_at).total_seconds()
        relay, status = outcome.split(", ", 1)
        self._say(life, now, "smtp", f"to=<{recipient}>, {relay}, delay={delay_seconds:g}, dsn=2.0.0, {status}")

    def _say(self, life: Life, now: datetime, daemon: str, text: str) -> None:
        self.lines.append((now, f"{daemon}[1]: {life.queue_id}: {text}"))
