"""Exclusions: their causes add up, and each opens the messages that it counts."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.exclusions import EXCLUDED, exclusions, selection_of
from analytics.log_values import log_values
from analytics.modes import Mode
from analytics.rows import row_count, rows
from data.deliveries import delivery
from data.store import Store
from tests.analytics.excluding import START, Known, as_csv, messages

Imported = Callable[..., object]
MOMENTS = [START + timedelta(minutes=minutes) for minutes in (-1, 0, 30, 61, 119, 180)]


def _kept(known: list[Known], *, with_tests: bool) -> list[Known]:
    return [one for one in known if with_tests or not one.is_test]


@pytest.mark.parametrize("with_tests", [False, True])
def test_causes_are_counted_of_the_target(store: Store, import_text: Imported, *, with_tests: bool) -> None:
    """At every moment each cause counts those excluded for it by then, and the shares are of all messages targeted."""
    known = messages(1)
    import_text(as_csv(known))
    about = delivery(store, "d1")
    kept = _kept(known, with_tests=with_tests)
    excluded = [one for one in kept if one.rejected_at]
    for at in MOMENTS:
        told = exclusions(store, about, at, with_test_profiles=with_tests)
        expected = Counter(one.cause if one.rejected_at and one.rejected_at <= at else "" for one in excluded)
        assert dict(zip(told.causes["cause"], told.causes["messages"], strict=True)) == expected
        assert (told.excluded, told.targeted) == (len(excluded), len(kept) + 1)
        shares = dict(zip(told.causes["cause"], told.causes["share"], strict=True))
        assert shares == {cause: pytest.approx(n / (len(kept) + 1)) for cause, n in expected.items()}
        assert told.causes["messages"].is_monotonic_decreasing


@pytest.mark.parametrize("mode", [Mode.WITH_EFS, Mode.WITHOUT_EFS])
@pytest.mark.parametrize("with_tests", [False, True])
def test_a_cause_opens_the_messages_that_it_counts(
    store: Store, import_text: Imported, mode: Mode, *, with_tests: bool
) -> None:
    """At every moment, in both modes; the exclusion log holds them all."""
    import_text(as_csv(messages(2)))
    about = delivery(store, "d1")
    for at in MOMENTS:
        told = exclusions(store, about, at, with_test_profiles=with_tests)
        for cause, count in zip(told.causes["cause"], told.causes["messages"], strict=True):
            selection = selection_of(cause)
            assert count == row_count(store, about, selection, mode, at, with_test_profiles=with_tests) > 0
            assert count == len(rows(store, about, selection, mode, at, with_test_profiles=with_tests))
        assert told.excluded == row_count(store, about, EXCLUDED, mode, at, with_test_profiles=with_tests)


def test_the_exclusion_log_says_who_when_and_why(store: Store, import_text: Imported) -> None:
    """Every message excluded, with its time, address, cause and the text told."""
    known = messages(3)
    import_text(as_csv(known))
    listed = rows(store, delivery(store, "d1"), EXCLUDED, Mode.WITH_EFS, with_test_profiles=True, masked=False)
    told = listed[["address", "date", "nature_of_failure", "reason", "status"]].fillna("").to_numpy().tolist()
    assert sorted(told) == sorted(
        [one.address, one.rejected_at, one.cause, "=left out", "Ignored"] for one in known if one.rejected_at
    )


def test_the_exclusion_log_says_ignored_at_every_moment(store: Store, import_text: Imported) -> None:
    """Also before the message is rejected, for it is outside To deliver all along: never that it is pending."""
    targeted = "targeted,2026-03-02T07:59:00Z,m0,user0@d0.example,d1,false,,\n"
    import_text(as_csv(messages(3)) + targeted + "rejected,2026-03-02T09:00:00Z,m0,user0@d0.example,d1,false,,\n")
    for at in MOMENTS:
        listed = rows(store, delivery(store, "d1"), EXCLUDED, Mode.WITH_EFS, at, with_test_profiles=True)
        assert set(listed["status"]) == {"Ignored"}


def test_the_exclusion_log_is_filtered_at_every_moment(store: Store, import_text: Imported) -> None:
    """Also before the message is rejected, when what happened to it last is that it was prepared."""
    targeted = "targeted,2026-03-02T07:59:00Z,m0,user0@far.example,d1,false,,\n"
    import_text(as_csv(messages(3)[1:]) + targeted + "rejected,2026-03-02T09:00:00Z,m0,user0@far.example,d1,false,,\n")
    asked = replace(EXCLUDED, domains=("far.example",))
    for at in MOMENTS:
        assert row_count(store, delivery(store, "d1"), asked, Mode.WITH_EFS, at) == 1


def test_nobody_excluded_is_no_cause(store: Store, import_text: Imported) -> None:
    """The target is told all the same."""
    import_text("kind,event_time,message_id,recipient,delivery_id\nrelayed,2026-03-02T08:00:00Z,m1,a@b.example,d1\n")
    told = exclusions(store, delivery(store, "d1"))
    assert (len(told.causes), told.excluded, told.targeted) == (0, 0, 1)


def test_a_log_can_be_filtered_by_what_occurs(store: Store, import_text: Imported) -> None:
    """The domains and reasons that occur, the most frequent first, none of a message that was only accepted."""
    known = messages(4)
    import_text(as_csv(known))
    values = log_values(store, delivery(store, "d1"))
    domains = Counter(one.address.partition("@")[2] for one in known) + Counter(["d0.example"])
    assert Counter(values.domains) == Counter(set(domains))
    counts = [domains[domain] for domain in values.domains]
    assert counts == sorted(counts, reverse=True)
    excluded = {one.cause for one in known if one.rejected_at}
    assert set(values.reasons) == excluded | {"User unknown"}
