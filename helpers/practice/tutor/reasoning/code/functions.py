"""Functions of a program: what a definition keeps, and what a call does."""

import ast
from abc import abstractmethod
from typing import Any

from helpers.practice.tutor.reasoning.code.core import Core
from helpers.practice.tutor.reasoning.code.frames import Frame, Function, Return, assigned
from helpers.practice.tutor.reasoning.code.limits import Unsupported

_DEEPEST = 30  # calls inside calls


class Functions(Core):
    """Defines and calls functions."""

    def _function(self, node: ast.FunctionDef | ast.Lambda, frame: Frame) -> Function:
        if any(isinstance(each, ast.Yield | ast.YieldFrom | ast.Await) for each in ast.walk(node)):
            raise Unsupported
        if self.naive and (frame.parent is not None or isinstance(node, ast.Lambda) or self.loops):
            frame = self._trap("closure", self._snapshot(frame))
        defaults = [self.value(default, frame) for default in node.args.defaults]
        kw_defaults = [None if default is None else self.value(default, frame) for default in node.args.kw_defaults]
        return Function(self.call_function, node, frame, defaults, kw_defaults)

    @staticmethod
    def _snapshot(frame: Frame) -> Frame:
        """A frame that keeps the loop's variables as they are now: what a naive reader thinks that a closure does."""
        kept = Frame(frame)
        kept.names = {name: value for name, value in frame.names.items() if isinstance(value, int | float | str)}
        return kept

    def call_function(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unsupported
        node = function.node
        body = [] if isinstance(node, ast.Lambda) else node.body
        frame = Frame(function.frame, assigned(body))
        self._bind(function, frame, list(args), dict(kwargs))
        try:
            if isinstance(node, ast.Lambda):
                return self.value(node.body, frame)
            self.block(body, frame)
            return None
        except Return as done:
            return done.value
        finally:
            self.depth -= 1

    def _bind(self, function: Function, frame: Frame, args: list[Any], kwargs: dict[str, Any]) -> None:
        spec, name = function.node.args, getattr(function.node, "name", "<lambda>")
        if spec.posonlyargs:
            raise Unsupported
        names = [arg.arg for arg in spec.args]
        defaults = function.defaults
        if self.naive and any(isinstance(default, list | dict | set) for default in defaults):
            defaults = self._trap("default", [self.value(default, function.frame) for default in spec.defaults])
        if len(args) > len(names) and spec.vararg is None:
            takes = f"{len(names) - len(defaults)} to {len(names)}" if defaults else f"{len(names)}"
            raise TypeError(
                f"{name}() takes {takes} positional argument{'' if takes == '1' else 's'} "
                f"but {len(args)} {'was' if len(args) == 1 else 'were'} given"
            )
        frame.names |= dict(zip(names, args, strict=False))
        if spec.vararg:
            frame.names[spec.vararg.arg] = tuple(args[len(names) :])
        for each in (*names[len(args) :], *(arg.arg for arg in spec.kwonlyargs)):
            if each in kwargs:
                frame.names[each] = kwargs.pop(each)
        frame.names |= {
            each: value
            for each, value in zip(names[len(names) - len(defaults) :], defaults, strict=True)
            if each not in frame.names
        }
        for arg, default, given in zip(spec.kwonlyargs, function.kw_defaults, spec.kw_defaults, strict=True):
            if arg.arg not in frame.names and given is not None:
                frame.names[arg.arg] = default
        if spec.kwarg:
            frame.names[spec.kwarg.arg] = kwargs
        elif kwargs:
            raise Unsupported
        missing = [each for each in (*names, *(arg.arg for arg in spec.kwonlyargs)) if each not in frame.names]
        if len(missing) == 1 and missing[0] in names:
            raise TypeError(f"{name}() missing 1 required positional argument: '{missing[0]}'")
        if missing:
            raise Unsupported

    @abstractmethod
    def block(self, body: list[ast.stmt], frame: Frame) -> None:
        """Carries out the body of a function."""
