"""What a snippet may use of Python's built-in functions and methods, kept from growing without bound."""

import copy
import math
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from helpers.practice.tutor.reasoning.code.limits import LARGEST, TYPES, Unsupported, items, power, shown, small, weight

METHODS: dict[type, str] = {
    str: "upper lower strip lstrip rstrip split rsplit splitlines join replace startswith endswith find rfind "
    "index rindex count title"
    " capitalize swapcase casefold isdigit isdecimal isnumeric isalpha isalnum islower isupper isspace istitle "
    "zfill center ljust"
    " rjust format partition rpartition removeprefix removesuffix",
    list: "append extend insert pop remove clear index count sort reverse copy",
    dict: "get keys values items pop popitem update setdefault clear copy",
    set: "add remove discard update union intersection difference symmetric_difference issubset issuperset "
    "isdisjoint clear copy",
    frozenset: "union intersection difference issubset issuperset",
    tuple: "index count",
    int: "bit_length",
    float: "is_integer",
}
"""The methods that are covered, by type."""

EXCEPTIONS = {
    cls.__name__: cls
    for cls in (
        Exception,
        ArithmeticError,
        AssertionError,
        AttributeError,
        IndexError,
        KeyError,
        LookupError,
        NameError,
        OverflowError,
        RuntimeError,
        StopIteration,
        TypeError,
        UnboundLocalError,
        ValueError,
        ZeroDivisionError,
    )
}


def method(value: Any, name: str, wrap: Callable[[Any], Any]) -> Callable[..., Any]:
    """The method of a built-in value. Raises AttributeError as Python does, and Unsupported for one not covered."""
    covered = METHODS.get(type(value))
    if covered is None or (name not in covered.split() and hasattr(value, name)):
        raise Unsupported
    bound = getattr(value, name)

    def call(*args: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            if (
                name in ("center", "ljust", "rjust", "zfill")
                and args
                and isinstance(args[0], int)
                and args[0] > LARGEST
            ):
                raise Unsupported
            if name == "format":
                if not re.fullmatch(r"(?:[^{}]|\{\{|\}\}|\{\w*(?:![rs])?(?::[^{}]*)?\})*", value) or re.search(
                    r":[^{}]*\d{3}", value
                ):
                    raise Unsupported
                for arg in (*args, *kwargs.values()):
                    shown(arg, str)
        arguments = [
            items(arg) if name in ("join", "extend") and arg is not value and not isinstance(arg, str) else arg
            for arg in args
        ]
        for arg in arguments:
            weight(arg)
        result = bound(*arguments, **{key: wrap(arg) for key, arg in kwargs.items()})
        small(value)
        return small(result)

    return call


def builtins(printed: Callable[[str], None], wrap: Callable[[Any], Any]) -> dict[str, Any]:
    """The built-in functions and types. `printed` takes what is printed, `wrap` makes callable what is passed on."""

    def print_(*args: Any, sep: str | None = " ", end: str | None = "\n", **others: Any) -> None:
        if others:
            raise Unsupported
        printed((" " if sep is None else sep).join(shown(arg, str) for arg in args) + ("\n" if end is None else end))

    def keyed(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, key: Any = None, **kwargs: Any) -> Any:
            args = tuple(items(arg) if _is_iterable(arg) else arg for arg in args)
            return function(*args, **({"key": wrap(key)} if key is not None else {}), **kwargs)

        return call

    def over_items(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **kwargs: small(function(*map(_listed, args), **kwargs))

    def round_(number: Any, digits: Any = None) -> Any:
        if isinstance(digits, int) and abs(digits) > 30:
            raise Unsupported
        return round(number) if digits is None else round(number, digits)

    def isinstance_(value: Any, kind: Any) -> bool:
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if not all(isinstance(each, type) for each in kinds):
            raise Unsupported
        return isinstance(value, kinds)

    def type_(value: Any) -> type:
        if type(value) not in TYPES:
            raise Unsupported
        return type(value)

    def pow_(base: Any, exponent: Any, modulus: Any = None) -> Any:
        return power(base, exponent) if modulus is None else pow(base, exponent, modulus)

    return {
        "print": print_,
        "len": len,
        "range": lambda *args: small(range(*args)),
        "sum": over_items(sum),
        "abs": abs,
        "round": round_,
        "divmod": divmod,
        "pow": pow_,
        "min": keyed(min),
        "max": keyed(max),
        "sorted": keyed(sorted),
        "any": over_items(any),
        "all": over_items(all),
        "enumerate": lambda value, start=0: list(enumerate(items(value), start)),
        "zip": lambda *args: list(zip(*map(items, args), strict=False)),
        "reversed": lambda value: items(value)[::-1],
        "map": lambda function, *args: [wrap(function)(*each) for each in zip(*map(items, args), strict=False)],
        "filter": lambda function, value: [
            item for item in items(value) if (wrap(function)(item) if function is not None else item)
        ],
        "list": list,
        "tuple": tuple,
        "set": set,
        "frozenset": frozenset,
        "dict": dict,
        "str": str,
        "int": int,
        "float": float,
        "bool": bool,
        "repr": lambda value: shown(value, repr),
        "isinstance": isinstance_,
        "type": type_,
        "ord": ord,
        "chr": chr,
        "bin": bin,
        "hex": hex,
        "oct": oct,
        "id": _unsupported,
        "input": _unsupported,
        **EXCEPTIONS,
    }


def _is_iterable(value: Any) -> bool:
    return isinstance(value, Iterable)


def _construct(kind: type, *args: Any, **kwargs: Any) -> Any:
    return small(kind(*map(_listed, args), **kwargs))


CONSTRUCTORS: dict[type, Callable[..., Any]] = {
    **{kind: partial(_construct, kind) for kind in (list, tuple, set, frozenset, dict)},
    str: lambda value="": shown(value, str),
}
"""What calling a type does, where the type itself could be led to grow without bound."""


def _listed(value: Any) -> Any:
    return items(value) if _is_iterable(value) and not isinstance(value, dict) else value


def _unsupported(*args: Any, **kwargs: Any) -> None:
    raise Unsupported


MODULES: dict[str, dict[str, Any]] = {
    "math": {
        "pi": math.pi,
        "e": math.e,
        "inf": math.inf,
        "nan": math.nan,
        "floor": math.floor,
        "ceil": math.ceil,
        "sqrt": math.sqrt,
        "trunc": math.trunc,
        "gcd": math.gcd,
        "isclose": math.isclose,
        "fabs": math.fabs,
        "log10": math.log10,
        "log2": math.log2,
        "hypot": math.hypot,
    },
    "copy": {"copy": copy.copy, "deepcopy": lambda value: copy.deepcopy(value) if weight(value) else value},
}
