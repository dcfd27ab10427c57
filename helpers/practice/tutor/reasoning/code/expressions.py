"""Expressions of a program, each worked out in the frame of its names."""

# ruff: noqa: N802 (the methods are named after the nodes, as in ast.NodeVisitor)

import ast
import math
from collections.abc import Iterator
from typing import Any

from helpers.practice.tutor.reasoning.code import library, limits
from helpers.practice.tutor.reasoning.code.frames import Frame, Function
from helpers.practice.tutor.reasoning.code.functions import Functions
from helpers.practice.tutor.reasoning.code.limits import Unsupported


class Expressions(Functions):
    """Works out expressions: one method for each kind of node, as in ast.NodeVisitor."""

    def value(self, node: ast.expr, frame: Frame, *, loading: bool = False) -> Any:
        self._step()
        if loading and isinstance(node, ast.Name):
            return self._get(node.id, frame)
        method = getattr(self, f"_of_{type(node).__name__}", None)
        if method is None:
            raise Unsupported
        return method(node, frame)

    def _of_Constant(self, node: ast.Constant, frame: Frame) -> Any:
        if not isinstance(node.value, int | float | str | type(None)):
            raise Unsupported
        return limits.small(node.value)

    def _of_Name(self, node: ast.Name, frame: Frame) -> Any:
        return self._get(node.id, frame)

    def _of_BinOp(self, node: ast.BinOp, frame: Frame) -> Any:
        return self._operate(type(node.op).__name__, self.value(node.left, frame), self.value(node.right, frame))

    def _of_UnaryOp(self, node: ast.UnaryOp, frame: Frame) -> Any:
        value = self.value(node.operand, frame)
        if isinstance(node.op, ast.Not):
            return not value
        return -value if isinstance(node.op, ast.USub) else +value if isinstance(node.op, ast.UAdd) else ~value

    def _of_BoolOp(self, node: ast.BoolOp, frame: Frame) -> Any:
        value = None
        for each in node.values:
            value = self.value(each, frame)
            if bool(value) == isinstance(node.op, ast.Or):
                return value
        return value

    def _of_Compare(self, node: ast.Compare, frame: Frame) -> Any:
        left, result = self.value(node.left, frame), True
        for op, each in zip(node.ops, node.comparators, strict=True):
            right = self.value(each, frame)
            limits.weight(left)
            limits.weight(right)
            result = limits.OPERATORS[type(op).__name__](left, right)
            if not result:
                return result
            left = right
        return result

    def _of_IfExp(self, node: ast.IfExp, frame: Frame) -> Any:
        return self.value(node.body if self.value(node.test, frame) else node.orelse, frame)

    def _of_List(self, node: ast.List, frame: Frame) -> list[Any]:
        return limits.small(self._several(node.elts, frame))

    def _of_Tuple(self, node: ast.Tuple, frame: Frame) -> tuple[Any, ...]:
        return limits.small(tuple(self._several(node.elts, frame)))

    def _of_Set(self, node: ast.Set, frame: Frame) -> set[Any]:
        return set(self._several(node.elts, frame))

    def _of_Dict(self, node: ast.Dict, frame: Frame) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key, each in zip(node.keys, node.values, strict=True):
            if key is None:
                result |= self.value(each, frame)
            else:
                place = self.value(key, frame)
                result[place] = self.value(each, frame)
        return limits.small(result)

    def _of_Subscript(self, node: ast.Subscript, frame: Frame) -> Any:
        value = self.value(node.value, frame)
        if isinstance(value, type):
            raise Unsupported
        return value[self._index(node.slice, frame)]

    def _of_Attribute(self, node: ast.Attribute, frame: Frame) -> Any:
        value = self.value(node.value, frame)
        if any(value is module for module in library.MODULES.values()):
            if node.attr not in value:
                raise Unsupported
            return value[node.attr]
        if isinstance(value, type) and node.attr == "__name__":
            return value.__name__
        return library.method(value, node.attr, self._callable)

    def _of_Call(self, node: ast.Call, frame: Frame) -> Any:
        function = self.value(node.func, frame)
        args = self._several(node.args, frame)
        kwargs: dict[str, Any] = {}
        for keyword in node.keywords:
            value = self.value(keyword.value, frame)
            kwargs |= value if keyword.arg is None else {keyword.arg: value}
        if isinstance(function, Function):
            return self.call_function(function, tuple(args), kwargs)
        result = self._callable(function)(*args, **kwargs)
        if self.naive and function is self.builtins["round"] and len(args) == 1 and args[0] % 1 == 0.5:
            return self._trap("rounding", math.floor(args[0] + 0.5))
        if (
            self.naive
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("sort", "reverse", "append", "extend")
        ):
            return self._trap("nothing returned", self.value(node.func.value, frame))
        return result

    def _of_JoinedStr(self, node: ast.JoinedStr, frame: Frame) -> str:
        return limits.small("".join(str(self.value(part, frame)) for part in node.values))

    def _of_FormattedValue(self, node: ast.FormattedValue, frame: Frame) -> str:
        value = self.value(node.value, frame)
        asked = limits.spec(self.value(node.format_spec, frame)) if node.format_spec else ""
        if node.conversion == ord("a"):
            raise Unsupported
        if node.conversion != -1:
            value = limits.shown(value, repr if node.conversion == ord("r") else str)
        return format(value if asked and isinstance(value, int | float | str) else limits.shown(value, str), asked)

    def _of_Lambda(self, node: ast.Lambda, frame: Frame) -> Function:
        return self._function(node, frame)

    def _of_NamedExpr(self, node: ast.NamedExpr, frame: Frame) -> Any:
        value = self.value(node.value, frame)
        self._set(node.target.id, value, frame)
        return value

    def _of_ListComp(self, node: ast.ListComp, frame: Frame) -> list[Any]:
        return limits.small([self.value(node.elt, inner) for inner in self._rounds(node.generators, frame)])

    def _of_GeneratorExp(self, node: ast.GeneratorExp, frame: Frame) -> Iterator[Any]:
        return iter([self.value(node.elt, inner) for inner in self._rounds(node.generators, frame)])

    def _of_SetComp(self, node: ast.SetComp, frame: Frame) -> set[Any]:
        return {self.value(node.elt, inner) for inner in self._rounds(node.generators, frame)}

    def _of_DictComp(self, node: ast.DictComp, frame: Frame) -> dict[Any, Any]:
        return {
            self.value(node.key, inner): self.value(node.value, inner) for inner in self._rounds(node.generators, frame)
        }

    def _rounds(self, generators: list[ast.comprehension], frame: Frame) -> Iterator[Frame]:
        """The frame of a comprehension, once for each of its elements. They all share it, as closures notice."""
        inner = Frame(frame)

        def loop(rest: list[ast.comprehension], source: Frame) -> Iterator[Frame]:
            if not rest:
                yield inner
                return
            for item in limits.items(self.value(rest[0].iter, source)):
                self._step()
                self._assign(rest[0].target, item, inner)
                if all(self.value(test, inner) for test in rest[0].ifs):
                    yield from loop(rest[1:], inner)

        if any(generator.is_async for generator in generators):
            raise Unsupported
        return loop(generators, frame)

    def _several(self, nodes: list[ast.expr], frame: Frame) -> list[Any]:
        values: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                values += limits.items(self.value(node.value, frame))
            else:
                values.append(self.value(node, frame))
        return values

    def _operate(self, name: str, left: Any, right: Any) -> Any:
        if name not in limits.OPERATORS:
            raise Unsupported
        if self.naive and isinstance(left, int | float) and isinstance(right, int | float) and right:
            if name == "FloorDiv" and left // right < 0:
                return self._trap("rounding down", int(left / right))
            if name == "Mod" and (left < 0) != (right < 0):
                return self._trap("rounding down", left - right * int(left / right))
        if (
            self.naive
            and name == "Mult"
            and isinstance(left, list)
            and isinstance(right, int)
            and any(isinstance(item, list) for item in left)
        ):
            return self._trap(
                "rows", [item.copy() if isinstance(item, list) else item for item in limits.times(left, right)]
            )
        result = limits.small(limits.OPERATORS[name](left, right))
        if self.naive and isinstance(result, float) and round(result, 10) != result:
            return self._trap("floats", round(result, 10))
        return result
