"""Helpers for the Bailian notebooks: connect, then look at what went over the wire.

The names are loaded when first used, so `python -m helpers` starts on a bare Python, and `import helpers`
costs nothing that a notebook does not need.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.client import connect, connect_async, neighbor
    from helpers.tap import exchanges
    from helpers.wire import show_exchange

_HOME = {
    "connect": "helpers.client",
    "connect_async": "helpers.client",
    "exchanges": "helpers.tap",
    "neighbor": "helpers.client",
    "show_exchange": "helpers.wire",
}

__all__ = ["connect", "connect_async", "exchanges", "neighbor", "show_exchange"]


def __getattr__(name: str):
    if name not in _HOME:
        raise AttributeError(f"module 'helpers' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> "list[str]":  # quoted: an old Python gets this far, and is then told that it is too old
    return sorted({*globals(), *__all__})
