"""Tables as files."""

import pandas as pd
import pytest

from pages.session.exports import csv_bytes, file_name


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_cells_that_a_spreadsheet_would_run_are_defused(cell: str) -> None:
    """Text of a log stays text in a spreadsheet."""
    assert csv_bytes(pd.DataFrame({"reason": [cell]})).decode() == f"reason\n'{cell}\n"


def test_numbers_stay_numbers() -> None:
    """A negative number is no formula."""
    assert csv_bytes(pd.DataFrame({"n": [-1]})) == b"n\n-1\n"


def test_file_names_take_nothing_odd_from_an_id() -> None:
    """An id from a log does not choose a folder."""
    assert file_name("../<b>x", "course") == "-b-x-course.csv"
