"""Several evaluations side by side: under-refusal and over-refusal as bars, each with its interval.

The picture is SVG within HTML and takes the colors of the page for its text and lines, so that it is legible on light
and on dark ground. Its words stand folded under it, for whoever cannot see it and for pages that leave pictures out.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from helpers.display import escaped, show, visible
from helpers.guardrails.evaluation import Evaluation
from helpers.guardrails.rates import Rate, percent
from helpers.phases import one_line

MOST_ROWS = 12
LONGEST_LABEL = 40  # characters

_LABELS, _SCALE, _FIGURES, _GAP = 150, 210, 100, 20  # widths
_MOST_COLUMNS = 20  # of a label in the picture; a Chinese character is as wide as two others
_TOP, _ROW, _BAR, _AXIS = 46, 34, 14, 26  # heights
_WIDTH = _LABELS + 2 * (_SCALE + _FIGURES) + _GAP
_COLUMNS_OF_TEXT = 30  # of a plain bar, for 100 %


@dataclass(frozen=True)
class _Panel:
    """One of the two rates, with a color that holds 3:1 on white and on near black."""

    name: str
    meaning: str
    color: str


_PANELS = (
    _Panel("Under-refusal", "should be refused, and was not", "#d55e00"),
    _Panel("Over-refusal", "should be answered, and was not", "#2a84c4"),
)


def compare(evaluations: Mapping[str, Evaluation], title: str | None = None) -> None:
    """Draw the rates of several evaluations below one another, by label, such as {"no rules": …, "developer": …}.

    Lines through the ends of the bars are 95 % confidence intervals. A picture in a notebook, the same in words
    everywhere else. Raises TypeError or ValueError for what cannot be drawn.
    """
    rows = [(label, (each.under_refusal, each.over_refusal)) for label, each in _checked(evaluations).items()]
    heading = one_line(title or "Under-refusal and over-refusal, with 95 % intervals", 2 * LONGEST_LABEL)
    words = "\n".join([heading, *_words(rows)])
    folded = f'<details><summary>In words</summary><pre style="white-space: pre-wrap">{escaped(words)}</pre></details>'
    show(_picture(rows, heading) + folded, visible(words))


def _checked(evaluations: Mapping[str, Evaluation]) -> dict[str, Evaluation]:
    if not isinstance(evaluations, Mapping):
        raise TypeError(
            f"compare takes evaluations by their labels, and {type(evaluations).__name__} is no dict. "
            'Try compare({"no rules": first, "developer": second}).'
        )
    if not 1 <= len(evaluations) <= MOST_ROWS:
        raise ValueError(f"compare draws 1 to {MOST_ROWS} evaluations, and these are {len(evaluations)}.")
    for label, each in evaluations.items():
        if not isinstance(each, Evaluation):
            raise TypeError(f"{label!r} is {type(each).__name__} and not what guardrails.evaluate() returns.")
    return {one_line(str(label), LONGEST_LABEL): each for label, each in evaluations.items()}


def _fitting(label: str) -> str:
    """The label as far as it fits beside the bars."""
    columns = 0
    for place, character in enumerate(label):
        columns += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if columns > _MOST_COLUMNS:
            return f"{label[: place - 1]}…"
    return label


def _words(rows: list[tuple[str, tuple[Rate, ...]]]) -> list[str]:
    width = max(len(label) for label, _ in rows)
    lines = []
    for place, panel in enumerate(_PANELS):
        lines += ["", f"{panel.name}: {panel.meaning}"]
        for label, rates in rows:
            bar = "#" * round((rates[place].value or 0) * _COLUMNS_OF_TEXT)
            lines.append(f"  {label.ljust(width)}  {bar.ljust(_COLUMNS_OF_TEXT)}  {rates[place]}")
    return lines


def _picture(rows: list[tuple[str, tuple[Rate, ...]]], heading: str) -> str:
    height = _TOP + _ROW * len(rows) + _AXIS
    parts = [f"<title>{escaped(heading)}</title>"]
    for row, (label, _) in enumerate(rows):
        parts.append(_text(0, _middle(row), _fitting(label)))
    for place, panel in enumerate(_PANELS):
        left = _LABELS + place * (_SCALE + _FIGURES + _GAP)
        parts.append(_text(left, 14, panel.name, "font-weight: bold"))
        parts.append(_text(left, 31, panel.meaning, "font-size: 11px; opacity: 0.75"))
        parts += _axis(left, len(rows))
        for row, (_, rates) in enumerate(rows):
            parts += _bar(left, _middle(row), rates[place], panel.color)
    # A style, because pages set sizes of their own: the fonts of the page, and no wider than its column.
    style = f"width: 100%; max-width: {_WIDTH}px; height: auto; font: 13px sans-serif; color: inherit"
    return f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" style="{style}" fill="currentColor">{"".join(parts)}</svg>'


def _middle(row: int) -> float:
    return _TOP + _ROW * (row + 0.5)


def _axis(left: float, count: int) -> list[str]:
    bottom = _TOP + _ROW * count
    parts = []
    for tick in (0, 25, 50, 75, 100):
        at = left + _SCALE * tick / 100
        parts.append(_line(at, _TOP, at, bottom, f"opacity: {0.6 if tick == 0 else 0.2}"))
        label = percent(tick / 100) if tick in (0, 100) else str(tick)
        parts.append(_text(at, bottom + 14, label, "font-size: 11px; opacity: 0.75; text-anchor: middle"))
    return parts


def _bar(left: float, middle: float, rate: Rate, color: str) -> list[str]:
    """The bar, the interval as a line with ends, and the figures behind the scale."""
    if rate.value is None:
        return [_text(left + 6, middle, "no cases", "font-size: 11px; opacity: 0.75")]
    low, high = (left + _SCALE * end for end in rate.interval)
    top, width = middle - _BAR / 2, _SCALE * rate.value
    return [
        f'<rect x="{left}" y="{top:.1f}" width="{width:.1f}" height="{_BAR}" fill="{color}"/>',
        _line(low, middle, high, middle, "stroke-width: 1.5"),
        *(_line(end, middle - 4, end, middle + 4, "stroke-width: 1.5") for end in (low, high)),
        _text(left + _SCALE + 12, middle - 6, percent(rate.value), "font-weight: bold"),
        _text(left + _SCALE + 12, middle + 9, f"{rate.wrong:.4g} of {rate.of}", "font-size: 11px; opacity: 0.75"),
    ]


def _line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="currentColor" style="{style}"/>'


def _text(x: float, y: float, text: str, style: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" dominant-baseline="middle" style="{style}">{escaped(text)}</text>'
