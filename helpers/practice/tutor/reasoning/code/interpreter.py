"""Reading a short Python program: a small interpreter over its syntax tree that never hands the code to Python itself.

It covers what a snippet in a quiz is made of and raises `Unsupported` for everything else. A `naive` reader takes the
program as somebody does who has not met the traps of the language: a default is made anew at each call, b = a makes a
copy, a closure keeps the value it saw, -7 // 2 is -3, and 0.1 + 0.2 is 0.3.
"""

import ast
import contextlib
import re
import warnings

from helpers.practice.tutor.reasoning.code import limits
from helpers.practice.tutor.reasoning.code.frames import Break, Continue, Frame, Return, Run
from helpers.practice.tutor.reasoning.code.limits import Unsupported
from helpers.practice.tutor.reasoning.code.statements import Reader

LONGEST = 4000  # characters of a program


def run(code: str, *, naive: bool = False) -> Run:
    """What `code` prints and leaves behind. Raises Unsupported where that cannot be told, and SyntaxError."""
    tree = _parse(code)
    reader = Reader(naive)
    frame = Frame()
    try:
        *body, last = tree.body or [ast.Pass()]
        reader.block(body, frame)
        if isinstance(last, ast.Expr):
            value = reader.value(last.value, frame)
            reader.run.value = None if value is None else limits.shown(value, repr)
        else:
            reader.statement(last, frame)
    except (Return, Break, Continue):
        raise Unsupported from None
    except RecursionError:
        raise Unsupported from None
    except Unsupported:
        raise
    except Exception as error:  # the program's own
        reader.run.error = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    for name, value in frame.names.items():
        with contextlib.suppress(Unsupported):
            reader.run.variables[name] = limits.shown(value, repr)
    return reader.run


def _parse(code: str) -> ast.Module:
    if (
        len(code) > LONGEST
        or _depth(code) > 20
        or re.search(r"(?:[-+~]\s*|not\s+|lambda[^:]*:\s*|\*\*\s*|else\s+\S+\s+if\s+|\()" r"{30}", code)
    ):
        raise Unsupported
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (RecursionError, MemoryError, ValueError):
        raise Unsupported from None


def _depth(code: str) -> int:
    deepest = depth = 0
    for character in code:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    return deepest
