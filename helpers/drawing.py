"""The frame of a figure: its size, fonts and style, and the PNG that comes of it. matplotlib is loaded when drawing."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INCHES = 8  # width
_DOTS = 144  # an inch: sharp in print and on dense screens
_STYLE = {
    "font.size": 9,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "hatch.linewidth": 0.6,
}
# DejaVu comes with matplotlib; of the others, which have Chinese, a system has one or another.
FONTS = (
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "STHeiti",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Noto Sans CJK JP",  # which is how matplotlib calls the collection of all of them
    "Arial Unicode MS",
)


@contextmanager
def figure_of(height: float, png: BytesIO) -> "Iterator[Figure]":
    """A figure, 8 inches wide and `height` high, to draw on; at the end it is written to `png`.

    The learner's own style and figures stay as they are.
    """
    from matplotlib import style
    from matplotlib.figure import Figure  # and not pyplot, whose figures and back end belong to the learner

    with style.context(["default", _STYLE | {"font.family": _installed_fonts()}]), warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from")  # no Chinese font: boxes, and the words
        figure = Figure(figsize=(INCHES, height), layout="constrained")
        yield figure
        figure.savefig(png, dpi=_DOTS)


def _installed_fonts() -> list[str]:
    from matplotlib.font_manager import fontManager

    installed = {font.name for font in fontManager.ttflist}
    return [name for name in FONTS if name in installed]
