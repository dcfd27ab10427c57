"""Statements of a program, carried out in order."""

# ruff: noqa: N802 (the methods are named after the nodes, as in ast.NodeVisitor)

import ast
import contextlib
from typing import Any

from helpers.practice.tutor.reasoning.code import library, limits
from helpers.practice.tutor.reasoning.code.expressions import Expressions
from helpers.practice.tutor.reasoning.code.frames import Break, Continue, Frame, Return
from helpers.practice.tutor.reasoning.code.limits import Unsupported


class Reader(Expressions):
    """Carries out statements: one method for each kind of node, as in ast.NodeVisitor."""

    def block(self, body: list[ast.stmt], frame: Frame) -> None:
        for node in body:
            self.statement(node, frame)

    def statement(self, node: ast.stmt, frame: Frame) -> None:
        self._step()
        method = getattr(self, f"_do_{type(node).__name__}", None)
        if method is None:
            raise Unsupported
        method(node, frame)

    def _do_Expr(self, node: ast.Expr, frame: Frame) -> None:
        self.value(node.value, frame)

    def _do_Pass(self, node: ast.Pass, frame: Frame) -> None:
        pass

    def _do_Assign(self, node: ast.Assign, frame: Frame) -> None:
        value = self._kept(node.value, self.value(node.value, frame))
        for target in node.targets:
            self._assign(target, value, frame)
            self._note(node, target, frame)

    def _do_AnnAssign(self, node: ast.AnnAssign, frame: Frame) -> None:
        if node.value is not None:
            self._assign(node.target, self._kept(node.value, self.value(node.value, frame)), frame)
            self._note(node, node.target, frame)

    def _do_AugAssign(self, node: ast.AugAssign, frame: Frame) -> None:
        old = self.value(node.target, frame, loading=True)
        new = self.value(node.value, frame)
        if isinstance(old, list) and isinstance(node.op, ast.Add):
            old.extend(limits.items(new))
            result = limits.small(old)
        elif isinstance(old, set | dict) and isinstance(node.op, ast.BitOr):
            old.update(new)
            result = limits.small(old)
        else:
            result = self._operate(type(node.op).__name__, old, new)
        self._assign(node.target, result, frame)
        self._note(node, node.target, frame)

    def _do_If(self, node: ast.If, frame: Frame) -> None:
        self.block(node.body if self.value(node.test, frame) else node.orelse, frame)

    def _do_While(self, node: ast.While, frame: Frame) -> None:
        try:
            while self.value(node.test, frame):
                self._step()
                with contextlib.suppress(Continue):
                    self.block(node.body, frame)
        except Break:
            return
        self.block(node.orelse, frame)

    def _do_For(self, node: ast.For, frame: Frame) -> None:
        value = self.value(node.iter, frame)
        # Python walks a list by its index, so that removing items on the way skips some.
        rounds = (
            self._trap("changing list", limits.items(value)) if self.naive or not isinstance(value, list) else value
        )
        self.loops += 1
        try:
            for item in rounds:
                self._step()
                limits.small(rounds)
                self._assign(node.target, item, frame)
                with contextlib.suppress(Continue):
                    self.block(node.body, frame)
        except Break:
            return
        finally:
            self.loops -= 1
        self.block(node.orelse, frame)

    def _do_Break(self, node: ast.Break, frame: Frame) -> None:
        raise Break

    def _do_Continue(self, node: ast.Continue, frame: Frame) -> None:
        raise Continue

    def _do_FunctionDef(self, node: ast.FunctionDef, frame: Frame) -> None:
        if node.decorator_list:
            raise Unsupported
        self._set(node.name, self._function(node, frame), frame)

    def _do_Return(self, node: ast.Return, frame: Frame) -> None:
        raise Return(None if node.value is None else self.value(node.value, frame))

    def _do_Global(self, node: ast.Global, frame: Frame) -> None:
        top = frame
        while top.parent:
            top = top.parent
        frame.outside |= dict.fromkeys(node.names, top)

    def _do_Nonlocal(self, node: ast.Nonlocal, frame: Frame) -> None:
        for name in node.names:
            outer = frame.parent
            while outer and name not in outer.names:
                outer = outer.parent
            if outer is None:
                raise Unsupported
            frame.outside[name] = outer

    def _do_Delete(self, node: ast.Delete, frame: Frame) -> None:
        for target in node.targets:
            if isinstance(target, ast.Subscript):
                del self.value(target.value, frame)[self._index(target.slice, frame)]
            elif isinstance(target, ast.Name) and target.id in frame.names:
                del frame.names[target.id]
            else:
                raise Unsupported

    def _do_Assert(self, node: ast.Assert, frame: Frame) -> None:
        if not self.value(node.test, frame):
            raise AssertionError(*([self.value(node.msg, frame)] if node.msg else []))

    def _do_Raise(self, node: ast.Raise, frame: Frame) -> None:
        if node.exc is None or node.cause is not None:
            raise Unsupported
        error = self.value(node.exc, frame)
        if not (isinstance(error, Exception) or (isinstance(error, type) and issubclass(error, Exception))):
            raise Unsupported
        raise error

    def _do_Try(self, node: ast.Try, frame: Frame) -> None:
        try:
            try:
                self.block(node.body, frame)
            except (Unsupported, Break, Continue, Return, RecursionError):
                raise
            except Exception as error:
                handler = next((each for each in node.handlers if self._catches(each, error, frame)), None)
                if handler is None:
                    raise
                if handler.name:
                    frame.names[handler.name] = error
                self.block(handler.body, frame)
                frame.names.pop(handler.name or "", None)
            else:
                self.block(node.orelse, frame)
        finally:
            self.block(node.finalbody, frame)

    def _catches(self, handler: ast.ExceptHandler, error: Exception, frame: Frame) -> bool:
        if handler.type is None:
            return True
        wanted = self.value(handler.type, frame)
        wanted = wanted if isinstance(wanted, tuple) else (wanted,)
        if not all(isinstance(each, type) and issubclass(each, Exception) for each in wanted):
            raise Unsupported
        return isinstance(error, wanted)

    def _do_Import(self, node: ast.Import, frame: Frame) -> None:
        for alias in node.names:
            if alias.name not in library.MODULES:
                raise Unsupported
            self._set(alias.asname or alias.name, library.MODULES[alias.name], frame)

    def _do_ImportFrom(self, node: ast.ImportFrom, frame: Frame) -> None:
        for alias in node.names:
            if node.level or alias.name not in library.MODULES.get(node.module or "", {}):
                raise Unsupported
            self._set(alias.asname or alias.name, library.MODULES[node.module][alias.name], frame)

    def _kept(self, node: ast.expr, value: Any) -> Any:
        """What an assignment keeps: the very object, but for a naive reader a copy of it."""
        if self.naive and isinstance(node, ast.Name) and isinstance(value, list | dict | set):
            return self._trap("alias", value.copy())
        return value

    def _note(self, node: ast.stmt, target: ast.expr, frame: Frame) -> None:
        if isinstance(target, ast.Name):
            with contextlib.suppress(Unsupported):
                self._trace(f"line {node.lineno}: {target.id} = {limits.shown(self._get(target.id, frame), repr)}")
