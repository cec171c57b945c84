"""The URL of a page: what was chosen last stands in it, whatever the browser asked before it heard of that."""

import pytest

from data.deliveries import delivery
from pages.session.store import opened_store
from tests.pages.conftest import Opened
from tests.pages.logs import SETTLING_LOG, SILENT_LOG


def test_what_was_asked_with_an_older_url_takes_nothing_back(page: Opened) -> None:
    """The browser sends the URL that it knows; a choice that is not in it yet stays chosen."""
    at = page(SETTLING_LOG)
    older = dict(at.query_params)
    at.toggle(key="efs").set_value(False).run()
    at.query_params = older
    at.run()
    assert at.query_params["efs"] == "false"
    assert not at.toggle(key="efs").value


def test_a_choice_made_on_an_older_url_keeps_the_one_before(page: Opened) -> None:
    """Two choices, one right after the other: both hold."""
    at = page(SETTLING_LOG)
    older = dict(at.query_params)
    at.toggle(key="efs").set_value(False).run()
    at.query_params = older
    at.slider(key="at").set_value(30).run()
    assert (at.query_params["efs"], at.query_params["at"]) == ("false", "30")


def test_another_url_is_followed(page: Opened) -> None:
    """One that was never shown is a link."""
    at = page(SETTLING_LOG, SILENT_LOG)
    at.selectbox(key="choice_delivery").set_value(delivery(opened_store(), "DM1")).run()
    at.query_params = {"delivery": "DM1", "at": "7"}
    at.run()
    assert at.slider(key="at").value == 7
    assert dict(at.query_params) == {"delivery": "DM1", "at": "7"}


@pytest.mark.parametrize(("text", "shown"), [("7", 7), ("180", 180), ("9999", 180), ("-3", 180), ("x", 180), ("", 180)])
def test_a_moment_that_cannot_be_is_the_last_one(page: Opened, text: str, shown: int) -> None:
    """And the last one is not in the URL, for it moves with the log."""
    at = page(SETTLING_LOG, at=text)
    assert at.slider(key="at").value == shown
    assert at.query_params.get("at") == ("7" if shown == 7 else None)


def test_choices_come_along_to_the_next_page(page: Opened) -> None:
    """All of them over the bar, whose links are bare; what a link says of the screen is not added to."""
    at = page(SETTLING_LOG, efs="false", at="30", axis="clock", lang="en")
    chosen = dict(at.query_params)
    at.query_params.clear()
    at.switch_page("pages/failures/failures.py").run()
    assert dict(at.query_params) == chosen
    at.query_params = {"delivery": "DM1", "efs": "false", "at": "30", "lang": "en", "kpi": "delivered"}
    at.switch_page("pages/messages/sending_logs.py").run()
    assert "axis" not in at.query_params
