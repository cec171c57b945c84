from benchmarks.logs import sizes_up_to
from benchmarks.table import Row, table


def test_a_size_brings_the_smaller_ones() -> None:
    """So that every table has a ratio; the quick size is a column of the small tables only."""
    assert sizes_up_to("200k") == ["200k"]
    assert sizes_up_to("1m") == ["200k", "1m"]
    assert sizes_up_to("100m") == ["1m", "10m", "100m"]


def test_the_ratio_is_the_largest_size_to_the_smallest() -> None:
    """Beside the figures with their unit; what was not measured is a dash and has no ratio."""
    rows = [
        Row("tile", [20.0, 22.0, 25.0], " ms", "<= 30 ms", has_ratio=True),
        Row("pandas", [1.0, 1234.5, None], " s"),
    ]
    assert table(["1m", "10m", "100m"], rows).splitlines() == [
        "| measure |      1m |       10m |    100m | 100m / 1m | target   |",
        "| ------- | ------: | --------: | ------: | --------: | -------- |",
        "| tile    | 20.0 ms |   22.0 ms | 25.0 ms |      1.25 | <= 30 ms |",
        "| pandas  |   1.0 s | 1,234.5 s |       - |           |          |",
    ]
