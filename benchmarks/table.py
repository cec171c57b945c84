"""The benchmark's one table: a measure per row, a size per column, in Markdown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A measure with its figure at each size, None where it was not or cannot be taken.

    unit: what stands behind each figure. target: for the figures, or for the ratio of the largest to the smallest size.
    """

    measure: str
    figures: list[float | None]
    unit: str = ""
    target: str = ""
    has_ratio: bool = False
    digits: int = 1

    @property
    def ratio(self) -> str:
        """The figure at the largest size to that at the smallest."""
        first, last = self.figures[0], self.figures[-1]
        return f"{last / first:.2f}" if self.has_ratio and len(self.figures) > 1 and first and last else ""

    def cells(self) -> list[str]:
        """The row's texts."""
        told = ["-" if figure is None else f"{figure:,.{self.digits}f}{self.unit}" for figure in self.figures]
        return [self.measure, *told, self.ratio, self.target]


def table(sizes: list[str], rows: list[Row]) -> str:
    """The table as Markdown that can be read as it is."""
    header = ["measure", *sizes, f"{sizes[-1]} / {sizes[0]}" if len(sizes) > 1 else "ratio", "target"]
    cells = [header, *(row.cells() for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    rule = [
        ("-" * (width - 1)).ljust(width, "-" if place in (0, len(widths) - 1) else ":")
        for place, width in enumerate(widths)
    ]
    return "\n".join(_line(line, widths) for line in (header, rule, *cells[1:]))


def _line(cells: list[str], widths: list[int]) -> str:
    last = len(cells) - 1
    aligned = [
        cell.ljust(width) if place in (0, last) else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(aligned)} |"
