"""A random log that excludes many, for several causes, at several moments, test profiles among them."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

START = datetime(2026, 3, 2, 8)
CAUSES = ("Control group", "Duplicate", "")


@dataclass(frozen=True)
class Known:
    """One message of the log. rejected_at: None where it is not excluded."""

    number: int
    is_test: bool
    cause: str
    rejected_at: datetime | None

    @property
    def address(self) -> str:
        """Its recipient."""
        return f"user{self.number}@d{self.number % 3}.example"


def messages(seed: int, count: int = 60) -> list[Known]:
    """The messages; half of them are excluded, each at a second of its own within two hours."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    seconds = dice.sample(range(7200), count)
    return [
        Known(
            number,
            dice.random() < 0.2,
            dice.choice(CAUSES),
            START + timedelta(seconds=seconds[number]) if dice.random() < 0.5 else None,
        )
        for number in range(count)
    ]


def as_csv(known: list[Known]) -> str:
    """The log: who is not excluded is relayed, and fails with a reason or not at all."""
    lines = ["kind,event_time,message_id,recipient,delivery_id,test_profile,reason,diagnostic"]
    for one in known:
        told = f"m{one.number},{one.address},d1,{str(one.is_test).lower()}"
        if one.rejected_at:
            lines.append(f"rejected,{one.rejected_at.isoformat()}Z,{told},{one.cause},=left out")
        else:
            lines.append(f"relayed,2026-03-02T08:00:00Z,{told},,")
            kind, reason = ("bounced", "User unknown") if one.number % 4 == 0 else ("delivered", "")
            lines.append(f"{kind},2026-03-02T09:{one.number % 60:02}:00Z,{told},{reason},-said {one.number}")
    return "\n".join([*lines, "relayed,2026-03-02T11:00:00Z,last,last@d0.example,d1,false,,"]) + "\n"
