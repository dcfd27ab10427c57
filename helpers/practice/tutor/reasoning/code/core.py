"""The core of the reader: names, the steps that are counted, and the traps that a naive reader walks into."""

import ast
import builtins as python
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from helpers.practice.tutor.reasoning.code import library, limits
from helpers.practice.tutor.reasoning.code.frames import Frame, Run
from helpers.practice.tutor.reasoning.code.limits import Unsupported

_STEPS = 20_000
_TRACED, _WIDEST = 40, 80  # events that the trace keeps, and characters of each


class Core(ABC):
    """What statements and expressions share."""

    def __init__(self, naive: bool) -> None:
        self.run = Run()
        self.naive = naive
        self.steps = self.depth = self.loops = 0
        self.builtins = library.builtins(self._print, self._callable)

    def _get(self, name: str, frame: Frame) -> Any:
        if name in frame.outside:
            return self._get(name, frame.outside[name])
        if name in frame.local and name not in frame.names:
            raise UnboundLocalError(f"cannot access local variable '{name}' where it is not associated with a value")
        here: Frame | None = frame
        while here is not None:
            if name in here.names:
                return here.names[name]
            here = here.outside.get(name, here.parent)
        if name in self.builtins:
            return self.builtins[name]
        if hasattr(python, name):
            raise Unsupported
        raise NameError(f"name '{name}' is not defined")

    def _set(self, name: str, value: Any, frame: Frame) -> None:
        frame.outside.get(name, frame).names[name] = value

    def _assign(self, target: ast.expr, value: Any, frame: Frame) -> None:
        if isinstance(target, ast.Name):
            self._set(target.id, value, frame)
        elif isinstance(target, ast.Subscript):
            holder = self.value(target.value, frame)
            holder[self._index(target.slice, frame)] = value
            limits.small(holder)
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target.elts, limits.items(value), frame)
        else:
            raise Unsupported

    def _unpack(self, targets: list[ast.expr], values: list[Any], frame: Frame) -> None:
        star = next((i for i, target in enumerate(targets) if isinstance(target, ast.Starred)), None)
        if star is not None:
            after = len(targets) - star - 1
            if len(values) < len(targets) - 1:
                raise ValueError(
                    f"not enough values to unpack (expected at least {len(targets) - 1}, got {len(values)})"
                )
            values = [*values[:star], values[star : len(values) - after], *values[len(values) - after :]]
        if len(values) > len(targets):
            raise ValueError(f"too many values to unpack (expected {len(targets)})")
        if len(values) < len(targets):
            raise ValueError(f"not enough values to unpack (expected {len(targets)}, got {len(values)})")
        for target, value in zip(targets, values, strict=True):
            self._assign(target.value if isinstance(target, ast.Starred) else target, value, frame)

    def _index(self, node: ast.expr, frame: Frame) -> Any:
        if isinstance(node, ast.Slice):
            return slice(
                *(None if part is None else self.value(part, frame) for part in (node.lower, node.upper, node.step))
            )
        return self.value(node, frame)

    def _trap(self, name: str, value: Any) -> Any:
        """`value`, which is what a naive reader makes of a trap of the language."""
        self.run.traps.append(name)
        return value

    def _print(self, text: str) -> None:
        self.run.output += text
        limits.small(self.run.output)
        self._trace(f"print: {text.strip()}")

    def _trace(self, event: str) -> None:
        if len(self.run.trace) < _TRACED:
            self.run.trace.append(event if len(event) <= _WIDEST else event[:_WIDEST] + "...")

    @staticmethod
    def _callable(value: Any) -> Callable[..., Any]:
        return library.CONSTRUCTORS.get(value, value) if isinstance(value, type) else value

    def _step(self) -> None:
        self.steps += 1
        if self.steps > _STEPS:
            raise Unsupported

    @abstractmethod
    def value(self, node: ast.expr, frame: Frame) -> Any:
        """What an expression comes to."""
