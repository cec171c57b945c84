"""Messages relayed to a domain in one hour, at each age in hours: how many were sent, how many failed at that age."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.failure_hours import FailureHours

MOST_AGE = 14 * 24
"""Hours after its relay in which a message is looked at: longer than validity period and late bounces take."""
_MOST_CELLS = 4_000_000

Counts = npt.NDArray[np.int64]


class Counted(NamedTuple):
    """Failing of so many sent, element by element."""

    failing: Counts
    sent: Counts


@dataclass(frozen=True)
class Cells:
    """One element per cohort (place of the domain, hour of the relay) and age."""

    place: Counts
    hour: Counts
    age: Counts
    counted: Counted


class Cohorts:
    """Those of some domains up to an hour since the start."""

    def __init__(self, hours: FailureHours, domains: pd.Index, last: int) -> None:
        self._shape, self._last = (len(domains), last + 1), last
        relayed = hours.relayed[hours.relayed["relay_hour"] <= last]
        places = domains.get_indexer(pd.Index(relayed["recipient_domain"]))
        is_known = places >= 0
        self._sent = np.zeros(self._shape, dtype=np.int64)
        relayed = relayed[is_known]
        self._sent[places[is_known], relayed["relay_hour"].to_numpy()] = relayed["relayed"].to_numpy()
        self._place, self._relay, self._age, self._failing = self._failures(hours.results, domains)

    def by_age(self, ages: int) -> Counted:
        """By place of the domain and so many ages, whatever the hour."""
        failing = np.zeros((self._shape[0], ages), dtype=np.int64)
        is_asked = self._age < ages
        np.add.at(failing, (self._place[is_asked], self._age[is_asked]), self._failing[is_asked])
        sent = np.zeros_like(failing)
        known = min(ages, self._last + 1)
        # Of an age a are those relayed by the hour last - a.
        sent[:, :known] = self._sent.cumsum(axis=1)[:, ::-1][:, :known]
        return Counted(failing, sent)

    def cells(self) -> Iterator[Cells]:
        """Each cohort at each age, some domains at a time."""
        size = int((self._sent > 0).sum()) * min(self._last + 1, MOST_AGE)
        parts = min(max(1, self._shape[0]), 1 + size // _MOST_CELLS)
        for places in np.array_split(np.arange(self._shape[0]), parts):
            yield self._cells(places)

    def _failures(self, results: pd.DataFrame, domains: pd.Index) -> tuple[Counts, Counts, Counts, Counts]:
        told = results[(results["hour"] <= self._last) & (results["failing"] > 0)]
        place = domains.get_indexer(pd.Index(told["recipient_domain"]))
        relay, hour = told["relay_hour"].to_numpy().astype(np.int64), told["hour"].to_numpy()
        age = hour - relay
        is_asked = (place >= 0) & (age >= 0) & (age < MOST_AGE)
        is_asked[is_asked] = self._sent[place[is_asked], relay[is_asked]] > 0
        failing = told["failing"].to_numpy()
        return place[is_asked], relay[is_asked], age[is_asked], failing[is_asked]

    def _cells(self, places: Counts) -> Cells:
        """Those of some domains, whose places follow each other."""
        row, relay = np.nonzero(self._sent[places])
        ages = np.minimum(self._last + 1 - relay, MOST_AGE)
        first = ages.cumsum() - ages
        cohort = np.repeat(np.arange(len(row)), ages)
        age = np.arange(len(cohort)) - first[cohort]
        start = np.zeros((len(places), self._shape[1]), dtype=np.int64)
        start[row, relay] = first
        failing = np.zeros(len(cohort), dtype=np.int64)
        is_here = np.isin(self._place, places)
        here = self._place[is_here] - (places[0] if len(places) else 0)
        failing[start[here, self._relay[is_here]] + self._age[is_here]] = self._failing[is_here]
        place = places[row][cohort]
        return Cells(place, relay[cohort] + age, age, Counted(failing, self._sent[place, relay[cohort]]))
