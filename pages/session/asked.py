"""What the analyst asks for."""

from dataclasses import dataclass
from datetime import datetime

from analytics.kpis import Base
from analytics.modes import Mode
from data.deliveries import Delivery


@dataclass(frozen=True)
class Filters:
    """The chosen values of the shared filters. Times are UTC."""

    version: int
    """Of the data to which the delivery's own figures belong."""
    delivery: Delivery
    mode: Mode
    base: Base
    at: datetime
    with_test_profiles: bool

    @property
    def course_key(self) -> tuple[object, ...]:
        """What a course is asked for, in short: within a version of the data, a delivery is its key."""
        return self.delivery.delivery_key, self.mode, self.base, self.with_test_profiles
