"""A conversation as stacked bars, tokens by role: above the line what each request sent, below it what was left out."""

from io import BytesIO
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Any

from helpers.drawing import figure_of
from helpers.history.sent import KINDS, NAMES, Kind, Sent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INCHES = 3.6  # height
_MOST_LABELED = 16  # bars with their figures on them
_MOST_WIDE = 60  # bars with gaps between them

# Okabe and Ito's palette; where two are near one another in gray, one is hatched.
_FILLS: dict[Kind, dict[str, str]] = {
    "system": {"facecolor": "#404040"},
    "summary": {"facecolor": "#cc79a7", "hatch": "..."},
    "facts": {"facecolor": "#d55e00"},
    "pinned": {"facecolor": "#f0e442", "hatch": "///"},
    "user": {"facecolor": "#0072b2"},
    "assistant": {"facecolor": "#e69f00"},
    "tool": {"facecolor": "#009e73", "hatch": "\\\\\\"},
    "rest": {"facecolor": "#d0d0d0"},
}
_DROPPED = {"facecolor": "#e4e4e4", "edgecolor": "#808080", "hatch": "xxx"}
_SUMMARIZED = {"facecolor": "#f2dce8", "edgecolor": "#cc79a7", "hatch": "..."}


def draw(rows: list[Sent], *, total: bool = False) -> bytes:
    """The bars as a PNG, 8 inches wide; with `total` beside them what all requests together have come to."""
    png = BytesIO()
    with figure_of(_INCHES, png) as figure:
        axes = figure.subplots(1, 2 if total else 1, squeeze=False, width_ratios=[3, 2] if total else None)[0]
        handles = _bars(axes[0], rows, labeled=len(rows) <= (_MOST_LABELED * 3 // 4 if total else _MOST_LABELED))
        if total:
            _running_total(axes[1], rows)
        figure.legend(
            handles=handles, loc="outside lower center", ncols=5, frameon=False, columnspacing=1.5, handlelength=1.6
        )
    return png.getvalue()


def _bars(axes: "Axes", rows: list[Sent], *, labeled: bool) -> list[Any]:
    """Draws them; the legend of what occurs."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    places = range(1, len(rows) + 1)
    width, line = (0.72, 0.4) if len(rows) <= _MOST_WIDE else (1.0, 0.0)
    handles: list[Any] = []
    floor = [0] * len(rows)
    for kind in KINDS:
        sizes = [row.tokens.get(kind, 0) for row in rows]
        if any(sizes):
            fill = _FILLS[kind] | {"edgecolor": "white"}
            axes.bar(places, sizes, width, bottom=floor, linewidth=line, **fill)
            handles.append(Patch(label=NAMES[kind], **fill))
            floor = [below + size for below, size in zip(floor, sizes, strict=True)]
    for name, sizes, fill in (
        ("dropped", [row.dropped_tokens for row in rows], _DROPPED),
        ("summarized", [row.summarized_tokens for row in rows], _SUMMARIZED),
    ):
        if any(sizes):
            axes.bar(places, [-size for size in sizes], width, linewidth=line, **fill)
            handles.append(Patch(label=name, **fill))
    small = len(rows) > _MOST_WIDE
    for name, marker, marked in (
        ("prompt_tokens in usage", "o", [row.reported is not None and not row.asks for row in rows]),
        ("asks for a summary", "D", [row.asks for row in rows]),
        ("refused", "X", [bool(row.outcome) for row in rows]),
    ):
        if any(marked):
            looks = {"color": "black", "marker": marker, "linestyle": "", "markersize": 2 if small else 4.5}
            axes.plot(list(compress(places, marked)), [row.size for row in compress(rows, marked)], **looks, zorder=3)
            handles.append(Line2D([], [], label=name, **looks | {"markersize": 4.5}))
    for row, place in zip(rows, places, strict=True):
        if labeled:
            top = max(row.size, sum(row.tokens.values()))
            axes.annotate(f"{row.size:,}", (place, top), (0, 5), textcoords="offset points", ha="center", fontsize=8)
    axes.axhline(0, color="black", linewidth=0.8)
    axes.margins(y=0.12)
    axes.set_xlim(0.4, max(len(rows), 4) + 0.6)
    axes.set_title("Prompt tokens of each request", loc="left", fontsize=10)
    _count_requests(axes, 16)
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):,.0f}")
    return handles


def _running_total(axes: "Axes", rows: list[Sent]) -> None:
    totals = list(accumulate(row.size for row in rows))
    places = range(1, len(rows) + 1)
    axes.fill_between(places, totals, color="#56b4e9", alpha=0.4, linewidth=0)
    axes.plot(places, totals, color="#0072b2", marker="o" if len(rows) <= _MOST_WIDE else "", markersize=3.5)
    axes.annotate(
        f"{totals[-1]:,}", (len(rows), totals[-1]), (-4, 4), textcoords="offset points", ha="right", fontsize=8
    )
    axes.set_ylim(bottom=0, top=totals[-1] * 1.12 or 1)
    axes.set_xlim(0.4, max(len(rows), 4) + 0.6)
    axes.set_title("All requests so far", loc="left", fontsize=10)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    _count_requests(axes, 8)


def _count_requests(axes: "Axes", most: int) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=most, integer=True))
    axes.set_xlabel("request")
