"""Phases drawn as horizontal bars with matplotlib, which is loaded when there is something to draw."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from helpers.drawing import INCHES, figure_of
from helpers.phases import NAMES, Ending, Kind, Phases

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INCHES_A_ROW, _INCHES_AROUND = 0.78, 1.05
_ROOM = 1.12  # of the axis, for the figure behind the longest bar
_COLUMNS = 116  # that a line of text in the figure may have
_COLUMNS_AN_INCH = 14  # of text in a bar
_MOST_TICKS = 300  # across the figure; more would run into one another

# Okabe and Ito's palette; in gray, too, each is darker than the one before.
_FILLS: dict[Kind, dict[str, str]] = {
    "waiting": {"facecolor": "#f0f0f0", "edgecolor": "#808080"},
    "whole": {"facecolor": "#f0f0f0", "edgecolor": "#a0a0a0", "hatch": "///"},
    "thinking": {"facecolor": "#e69f00", "edgecolor": "#e69f00"},
    "answer": {"facecolor": "#0072b2", "edgecolor": "#0072b2"},
}
_END_MARKS: dict[Ending, str] = {"closed": "X", "broken": "X", "failed": "X", "open": ">"}


def draw(rows: list[tuple[str, Phases]], title: str | None = None) -> bytes:
    """The bars as a PNG, 8 inches wide. The axis counts milliseconds where all is over within half a second."""
    longest = max(1e-3, *(phases.end for _, phases in rows))
    height = _INCHES_AROUND + _INCHES_A_ROW * len(rows) + (0.25 if title else 0)
    png = BytesIO()
    with figure_of(height, png) as figure:
        axes = figure.subplots()
        scale = _Scale(longest)
        for row, (label, phases) in enumerate(rows):
            _draw_row(axes, row, label, phases, scale)
        axes.set_xlim(0, scale.of(longest) * _ROOM)
        axes.set_ylim(len(rows) - 0.5, -0.7)
        axes.set_yticks([])
        axes.set_xlabel(f"{scale.unit} from the request")
        if title:
            axes.set_title(_fitting(title), loc="left", fontsize=10, parse_math=False)
        figure.legend(**_legend(rows), loc="outside lower center", ncols=4, frameon=False)
    return png.getvalue()


@dataclass(frozen=True)
class _Scale:
    """Seconds or milliseconds, whichever suits a figure whose longest bar has so many seconds."""

    longest: float

    @property
    def unit(self) -> str:
        return "milliseconds" if self.longest < 0.5 else "seconds"

    def of(self, seconds: float) -> float:
        return seconds * 1000 if self.longest < 0.5 else seconds

    def text(self, seconds: float) -> str:
        return f"{self.of(seconds):.1f} ms" if self.longest < 0.5 else f"{seconds:.2f} s"

    def inches(self, seconds: float) -> float:
        return seconds / self.longest / _ROOM * (INCHES - 0.2)


def _draw_row(axes: "Axes", row: int, label: str, phases: Phases, scale: _Scale) -> None:
    """From top to bottom: label, first token, bar, rhythm."""
    heading, note = label, phases.outcome  # which may be long, and has a line to itself where there is no TTFT
    if note and phases.ticks:
        heading, note = f"{label}: {note}", ""
    for text, height, size in ((heading, 0.5, 9), (note, 0.26, 8)):
        place = {"transform": axes.get_yaxis_transform(), "va": "center", "fontsize": size, "in_layout": False}
        axes.text(0, row - height, _fitting(text), **place, parse_math=False)
    for kind, (start, end) in phases.spans.items():
        axes.barh(row, scale.of(end - start), 0.34, scale.of(start), linewidth=0.8, **_FILLS[kind])
        _name_span(axes, row, kind, start, end, scale)
    last = max(end for _, end in phases.spans.values())
    axes.hlines(row, scale.of(last), scale.of(phases.end), color="black", linewidth=1)
    if mark := _END_MARKS.get(phases.ending):
        axes.plot(scale.of(phases.end), row, mark, color="black", markeredgecolor="white", markersize=9, clip_on=False)
    axes.annotate(scale.text(phases.end), (scale.of(phases.end), row), (7, 0), textcoords="offset points", va="center")
    if phases.ttft is not None:
        late = phases.ttft > scale.longest / 2
        axes.plot(scale.of(phases.ttft), row - 0.26, "v", color="black", markersize=5, clip_on=False)
        axes.annotate(
            f"TTFT {scale.text(phases.ttft)}",
            (scale.of(phases.ttft), row - 0.26),
            (-6 if late else 6, 0),
            textcoords="offset points",
            ha="right" if late else "left",
            va="center",
            fontsize=8,
        )
    rhythm = [scale.of(at) for at in thinned(phases.ticks, scale.longest / _MOST_TICKS)]
    axes.vlines(rhythm, row + 0.2, row + 0.3, color="black", linewidth=0.7)


def _name_span(axes: "Axes", row: int, kind: Kind, start: float, end: float, scale: _Scale) -> None:
    """Name and duration within the span, or what of it fits."""
    time = scale.text(end - start)
    room = scale.inches(end - start) * _COLUMNS_AN_INCH - 1
    text = next((text for text in (f"{NAMES[kind]} {time}", time) if len(text) <= room), "")
    fill = _FILLS[kind]
    axes.text(
        scale.of((start + end) / 2),
        row,
        text,
        ha="center",
        va="center",
        fontsize=8.5,
        color="white" if kind == "answer" else "black",
        bbox={"facecolor": fill["facecolor"], "edgecolor": "none", "pad": 1.5} if text and "hatch" in fill else None,
    )


def _legend(rows: list[tuple[str, Phases]]) -> dict[str, list[Any]]:
    """What occurs in these rows, in the order of time."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    kinds = {kind for _, phases in rows for kind in phases.spans}
    handles: list[Any] = [Patch(label=NAMES[kind], **fill) for kind, fill in _FILLS.items() if kind in kinds]
    if any(phases.ticks for _, phases in rows):
        handles += [
            Line2D([], [], color="black", marker="v", linestyle="", label="TTFT: time to first token"),
            Line2D([], [], color="black", marker="|", linestyle="", label="an event with tokens"),
        ]
    return {"handles": handles}


def thinned(times: list[float], least: float) -> Iterator[float]:
    """The times without those that follow the last one kept at less than `least`."""
    kept = float("-inf")
    for at in times:
        if at - kept >= least:
            kept = at
            yield at


def _fitting(text: str) -> str:
    """The text as far as it fits into one line of the figure; a Chinese character is as wide as two others."""
    columns = 0
    for place, character in enumerate(text):
        columns += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if columns > _COLUMNS:
            return f"{text[: place - 1]}…"
    return text
