"""Helpers for the Bailian notebooks: connect, then look at what went over the wire.

The names are loaded when first used, so `python -m helpers` starts on a bare Python, and `import helpers`
costs nothing that a notebook does not need.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.client import connect, connect_async, neighbor
    from helpers.history.view import show_history
    from helpers.live import live
    from helpers.tap import exchanges
    from helpers.timeline import timeline
    from helpers.wire import show_exchange

_HOME = {
    "connect": "helpers.client",
    "connect_async": "helpers.client",
    "exchanges": "helpers.tap",
    "live": "helpers.live",
    "neighbor": "helpers.client",
    "show_exchange": "helpers.wire",
    "show_history": "helpers.history.view",
    "timeline": "helpers.timeline",
}

__all__ = ["connect", "connect_async", "exchanges", "live", "neighbor", "show_exchange", "show_history", "timeline"]


def __getattr__(name: str):
    if name not in _HOME:
        raise AttributeError(f"module 'helpers' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> "list[str]":  # quoted: an old Python gets this far, and is then told that it is too old
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """A package in which a function may have the name of the module it lives in, as `live` and `timeline` do."""

    def __setattr__(self, name: str, value: object) -> None:
        # Whoever imports helpers.live makes the import system bind that name to the module: here the function keeps it.
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
