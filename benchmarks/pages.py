"""The pages that are measured. Named here, because importing them would make the process that measures large."""

from typing import NamedTuple


class Screen(NamedTuple):
    """A page, or one section of it, by their names in the URL."""

    place: str
    section: str = ""

    @property
    def name(self) -> str:
        """What it is called in the table."""
        return " ".join(filter(None, [self.place or "deployment", self.section]))


SCREENS = [
    *(Screen(place) for place in ("", "modes", "ledger", "sending-logs", "recipient", "compare")),
    *(Screen("failures", section) for section in ("breakdown", "hours", "retries", "acceptance", "open")),
    *(Screen("tracking", section) for section in ("hours", "links", "domains", "clocks", "machines", "logs")),
]
