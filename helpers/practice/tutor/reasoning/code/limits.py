"""Limits: what values may grow to while a program is read, and the operators and loops that keep to them."""

import operator
import re
from collections.abc import Callable
from typing import Any

LARGEST = 2000  # characters of a string, items of a container
WIDEST = 4096  # bits of an integer


class Unsupported(Exception):
    """The snippet uses something that this reader of Python does not cover, or grows too large to be read at all."""


TYPES = (int, float, str, bool, list, tuple, set, frozenset, dict, type(None), range)
_VIEWS = (type({}.keys()), type({}.values()), type({}.items()))


def small(value: Any) -> Any:
    """`value`, if it is of a bearable size, and no longer than one level deep. Raises Unsupported."""
    if (isinstance(value, int) and value.bit_length() > WIDEST) or (
        isinstance(value, str | list | tuple | set | frozenset | dict | range) and len(value) > LARGEST
    ):
        raise Unsupported
    return value


def weight(value: Any, depth: int = 0) -> int:
    """How many items `value` holds, counted through all levels. Raises Unsupported where that is too many."""
    if not isinstance(value, list | tuple | set | frozenset | dict):
        return 1
    total = 1
    for item in value:
        total += weight(item, depth + 1) + (weight(value[item], depth + 1) if isinstance(value, dict) else 0)
        if total > LARGEST or depth > 20:
            raise Unsupported
    return total


def shown(value: Any, how: Callable[[Any], str]) -> str:
    """`str` or `repr` of a value. Raises Unsupported for what has an address or an arbitrary order in it."""
    weight(value)
    _check_printable(value)
    return how(value)


def _check_printable(value: Any) -> None:
    _check_order(value)
    if isinstance(value, _VIEWS):
        value = list(value)
    if isinstance(value, list | tuple | set | frozenset):
        for item in value:
            _check_printable(item)
    elif isinstance(value, dict):
        for item in value.items():
            _check_printable(item)
    elif not isinstance(value, (*TYPES, BaseException)) and value not in TYPES:
        raise Unsupported


def _check_order(value: Any) -> None:
    """The order of strings in a set differs from run to run."""
    if (
        isinstance(value, set | frozenset)
        and len(value) > 1
        and not all(isinstance(item, int | float) for item in value)
    ):
        raise Unsupported


def items(value: Any) -> list[Any]:
    """What a loop over `value` meets, in order."""
    weight(value)
    _check_order(value)
    found = []
    for item in value:
        found.append(item)
        if len(found) > LARGEST:
            raise Unsupported
    return found


def spec(text: str) -> str:
    """A format specification that asks for no unbearable width."""
    if re.search(r"\d{3}", text):
        raise Unsupported
    return text


def power(base: Any, exponent: Any) -> Any:
    """`base ** exponent`, if it is small enough."""
    if isinstance(base, int) and isinstance(exponent, int) and base.bit_length() * max(exponent, 0) > WIDEST:
        raise Unsupported
    return base**exponent


def times(a: Any, b: Any) -> Any:
    """`a * b`, if it is small enough."""
    for sequence, count in ((a, b), (b, a)):
        if (
            isinstance(sequence, str | list | tuple)
            and isinstance(count, int)
            and len(sequence) * max(count, 0) > LARGEST
        ):
            raise Unsupported
    return a * b


def shift(a: Any, b: Any) -> Any:
    """`a << b`, if it is small enough."""
    if isinstance(a, int) and isinstance(b, int) and a.bit_length() + b > WIDEST:
        raise Unsupported
    return a << b


def modulo(a: Any, b: Any) -> Any:
    """`a % b`, for numbers and for %-formatting."""
    if isinstance(a, str):
        if re.search(r"%[^%a-zA-Z]*(?:\d{3}|\*)", a):
            raise Unsupported
        shown(b, str)
    return a % b


def _same(a: Any, b: Any) -> bool:
    """Identity, where Python promises something about it: not for numbers and strings, which may be shared or not."""
    if all(isinstance(value, int | float | str | tuple) and not isinstance(value, bool) for value in (a, b)):
        raise Unsupported
    return a is b


OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": times,
    "Div": operator.truediv,
    "FloorDiv": operator.floordiv,
    "Mod": modulo,
    "Pow": power,
    "LShift": shift,
    "RShift": operator.rshift,
    "BitOr": operator.or_,
    "BitXor": operator.xor,
    "BitAnd": operator.and_,
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
    "Is": lambda a, b: _same(a, b),
    "IsNot": lambda a, b: not _same(a, b),
    "In": lambda a, b: a in b,
    "NotIn": lambda a, b: a not in b,
}
