"""Rates of what went wrong with their confidence intervals, and confusion matrices. Figures and text, no calls."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from helpers.display import escaped

Z = 1.959964  # standard deviations on either side that hold 95 % of a normal distribution


@dataclass(frozen=True)
class Rate:
    """How many of so many cases went wrong. A case that went wrong in half of its runs counts as half a case."""

    wrong: float
    of: int

    @classmethod
    def over(cls, shares: Iterable[float]) -> "Rate":
        """The rate over cases, of each of which a share of its runs went wrong."""
        listed = list(shares)
        return cls(sum(listed), len(listed))

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None where there is no case."""
        return self.wrong / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % confidence interval after Wilson (1927), with the cases as its sample.

        Repeated runs of a case are not independent: a case that fails once tends to fail again. So they make the share
        of that case more exact, but no sample larger; were each run counted, the interval would come out too narrow.
        """
        if not self.of:
            return 0.0, 1.0
        share, spread = self.wrong / self.of, Z**2 / self.of
        middle = share + spread / 2
        width = Z * sqrt(share * (1 - share) / self.of + spread / self.of / 4)
        return max(0.0, (middle - width) / (1 + spread)), min(1.0, (middle + width) / (1 + spread))

    def __str__(self) -> str:
        if self.value is None:
            return "no cases"
        low, high = self.interval
        return f"{percent(self.value)} ({self.wrong:.4g} of {self.of}), {100 * low:.0f}–{percent(high)}"


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


@dataclass(frozen=True)
class Matrix:
    """A confusion matrix: how often what should be refused, and what should not, was refused, and was not."""

    refused_rightly: int = 0
    missed: int = 0  # should be refused, and was not
    refused_wrongly: int = 0  # should not be refused, and was
    answered_rightly: int = 0
    rows: tuple[str, str] = ("should be refused", "should be answered")
    columns: tuple[str, str] = ("refused", "not refused")
    title: str = "Runs"

    @classmethod
    def of(cls, pairs: Iterable[tuple[bool, bool]], **labels: str | tuple[str, str]) -> "Matrix":
        """The matrix of pairs: should it be refused, and was it?"""
        listed = list(pairs)
        counts = [listed.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False))]
        return cls(*counts, **labels)

    @property
    def total(self) -> int:
        return self.refused_rightly + self.missed + self.refused_wrongly + self.answered_rightly

    @property
    def right(self) -> int:
        """How many are as they should be."""
        return self.refused_rightly + self.answered_rightly

    def __str__(self) -> str:
        cells = [[self.title, *self.columns]]
        cells += [[row, *map(str, counts)] for row, counts in zip(self.rows, self._counts, strict=True)]
        return aligned(cells)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escaped(name)}</th>" for name in (self.title, *self.columns))
        body = ""
        for place, (row, counts) in enumerate(zip(self.rows, self._counts, strict=True)):
            marked = [f"<b>{count}</b>" if column == place else str(count) for column, count in enumerate(counts)]
            body += f"<tr><th>{escaped(row)}</th>" + "".join(f"<td>{cell}</td>" for cell in marked) + "</tr>"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    @property
    def _counts(self) -> tuple[tuple[int, int], tuple[int, int]]:
        return (self.refused_rightly, self.missed), (self.refused_wrongly, self.answered_rightly)


def aligned(rows: list[list[str]]) -> str:
    """Rows of cells as lines: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in enumerate(cells))
        for cells in (list(zip(row, widths, strict=True)) for row in rows)
    )
    return "\n".join(map(str.rstrip, lines))
