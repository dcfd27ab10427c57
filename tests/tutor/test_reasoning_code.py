"""The reader of Python agrees with Python, walks into the traps where it is naive, and never runs anything."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.practice.tutor.reasoning.code.interpreter import run
from helpers.practice.tutor.reasoning.code.limits import Unsupported

_PROGRAMS = r"""
print(0.1 + 0.2, 10 / 4, 10 // 4, 2 ** -1, 7 % 3, -7 // 2, -7 % 3, 7 // -2)
---
def f(x, items=[]):
    items.append(x)
    return items
print(f(1)); print(f(2)); print(f(3, []))
---
a = [1, 2, 3]
b = a
b.append(4)
b += [5]
print(a, b is a, a[:] is a)
---
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
gs = []
for i in range(3):
    def g(n=i):
        return i, n
    gs.append(g)
print([g() for g in gs])
---
x = 10
def f():
    print(x)
    x = 5
f()
---
rows = [[0] * 3] * 3
rows[0][0] = 1
print(rows)
---
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print([fib(n) for n in range(12)])
---
numbers = [1, 2, 2, 3, 4, 4, 5]
for n in numbers:
    if n % 2 == 0:
        numbers.remove(n)
print(numbers)
---
d = {"a": 1, "b": 2}
d["c"] = d.get("z", 0) + len(d)
for k, v in sorted(d.items(), key=lambda item: -item[1]):
    print(k, v, sep="=", end=";")
print(d.pop("a"), list(d), "b" in d, d | {"e": 5}, {k: v for k, v in d.items() if v > 1})
---
print(f"{3.14159:.2f}|{'x':>5}|{5!r}|{1000000:,}|{0.5:%}|{255:x}|{'a' + 'b'}")
---
x = [3, 1, 2].sort()
print(x, sorted([3, 1, 2]), sorted("hello", reverse=True))
---
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), int(-3.7), int("12"), float("1.5"))
---
a, *b, c = range(5)
(x, y), z = (1, 2), 3
a, c = c, a
print(a, b, c, x, y, z)
---
print([1, 2, 3][5])
---
print("before")
{}["missing"]
---
print("1" + 1)
---
s = "hello"
s[0] = "j"
---
print(undefined)
---
try:
    print(1 / 0)
except (ValueError, ZeroDivisionError) as error:
    print("oops", error)
else:
    print("no")
finally:
    print("done")
---
def risky(n):
    if n > 2:
        raise ValueError("too large")
    return n
for n in (1, 5):
    try:
        print(risky(n))
    except Exception as error:
        print(type(error).__name__ if False else str(error))
---
def make():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    return inc
c = make(); c(); c(5); print(c())
---
count = 0
def up():
    global count
    count += 1
up(); up(); print(count)
---
i = 0
while True:
    i += 1
    if i == 2:
        continue
    if i > 5:
        break
else:
    print("never")
for j in range(2):
    pass
else:
    print("else", j)
print(i)
---
print({1, 2, 2, 3}, (1,), {}, set(), None, True + True, [] == [], not [], 1 == 1.0, 1 < 2 < 3, 3 > 2 > 2)
---
print("a,b,c".split(","), "-".join(["x", "y"]), "%d%% of %s" % (5, "it"), "{} {:>3} {name}".format(1, 2, name="n"))
---
import copy
a = [[1], [2]]
b, c = copy.copy(a), copy.deepcopy(a)
a[0].append(9)
print(b, c)
---
import math
from math import sqrt
print(math.floor(-2.5), math.ceil(2.1), sqrt(16), math.gcd(12, 18), math.pi)
---
print(isinstance(True, int), type(1), type("a").__name__, type(1) == int, isinstance([], (list, tuple)))
---
t = (1, [2])
t[1].append(3)
print(t, t + (4,), t * 2, len(t))
---
print([x * y for x in range(3) for y in range(3) if x != y], {x % 3 for x in range(9)}, sum(x * x for x in range(5)))
---
def f(a, b=2, *args, c=3, **kw):
    return a, b, args, c, kw
print(f(1), f(1, 5, 6, c=7, d=8), f(*[1, 2], **{"c": 9}))
---
f = lambda a, b: a + b
print(f(1))
---
def f(): pass
print(f())
---
a = b = []
a.append(1)
print(b)
---
if (n := 10) > 5: print(n)
---
print(len({"a": 1}), max([3, 1, 2], key=lambda x: -x), min(4, 2), abs(-3), divmod(7, 2), pow(2, 10), pow(3, 4, 5))
---
print(list(map(str, [1, 2])), list(filter(None, [0, 1, 2])), list(zip("ab", [1, 2])), list(enumerate("ab", 1)))
---
print("abcdef"[::-1], "abcdef"[1:4], "abcdef"[-2:], [1, 2, 3, 4][::2], "Hello".swapcase(), "a b".title(), " x ".strip())
---
print(bool("False"), bool([]), bool(0.0), "" or "default", 0 and 1, 1 and 2, None or [] or "x")
---
x = [1, 2, 3]
x[1:2] = [7, 8, 9]
del x[0]
x.insert(0, "first"); x.extend((1, 2)); x.reverse()
print(x, x.index(7), x.count(1), x.pop(), x)
---
matrix = [[1, 2], [3, 4]]
print([[row[i] for row in matrix] for i in range(2)], list(zip(*matrix)), [n for row in matrix for n in row])
---
print("ab" < "b", [1, 2] < [1, 3], (1, 2) == (1, 2), "a" * 3, [0] * 3, 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, 17 >> 2)
---
assert 1 > 2, "no way"
---
x = 5
x += 2 ** 3 ** 2
x -= 1; x *= 2; x //= 3; x %= 100
print(x)
---
print(ord("a"), chr(98), bin(5), hex(255), any([0, 1]), all([]), repr("a'b"), str([1, "a"]))
---
print("x", "y", sep="\n")
print()
print("end", end="")
---
def outer():
    x = "outer"
    def inner():
        x = "inner"
        return x
    return inner(), x
print(outer())
---
print(1, 2, 3 if False else 4, *[5, 6])
---
def f(n):
    if n == 0:
        return "done"
    return f(n - 1)
print(f(20))
"""
PROGRAMS = _PROGRAMS.split("---\n")


def by_python(code: str) -> tuple[str, str | None]:
    """What Python itself prints, and the error that it ends with."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(code, {})
    except Exception as error:
        return printed.getvalue(), f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return printed.getvalue(), None


@pytest.mark.parametrize("code", PROGRAMS)
def test_reading_agrees_with_running(code):
    read = run(code)
    assert (read.output, read.error) == by_python(code)


SIGNS = ["+", "-", "*", "//", "%", "/", "<", "==", "!=", "and", "or", "in", "&", "|"]
integers = st.integers(-50, 50).map(str)
operands = integers | st.sampled_from(["[1, 2]", "'ab'", "(1, 'x')", "True", "0.5", "None", "{'k': 1}", "x"])


@given(operands, st.sampled_from(SIGNS), operands)
def test_operators_agree_with_python(left, sign, right):
    code = f"x = 7\nprint(({left}) {sign} ({right}))"
    read = run(code)
    assert (read.output, read.error) == by_python(code)


@pytest.mark.parametrize(
    ("code", "right", "naive"),
    [
        ("def f(x, a=[]):\n    a.append(x)\n    return a\nprint(f(1))\nprint(f(2))", "[1]\n[1, 2]\n", "[1]\n[2]\n"),
        ("def f(x, a={}):\n    a[x] = 1\n    return a\nf(1)\nprint(f(2))", "{1: 1, 2: 1}\n", "{2: 1}\n"),
        ("print(0.1 + 0.2)", "0.30000000000000004\n", "0.3\n"),
        ("print(0.1 + 0.2 == 0.3)", "False\n", "True\n"),
        ("print(-7 // 2)", "-4\n", "-3\n"),
        ("print(-7 % 3)", "2\n", "-1\n"),
        ("a = [1]\nb = a\nb.append(2)\nprint(a)", "[1, 2]\n", "[1]\n"),
        ("print([f() for f in [lambda: i for i in range(3)]])", "[2, 2, 2]\n", "[0, 1, 2]\n"),
        ("g = [[0] * 2] * 2\ng[0][0] = 1\nprint(g)", "[[1, 0], [1, 0]]\n", "[[1, 0], [0, 0]]\n"),
        ("print(round(2.5))", "2\n", "3\n"),
        ("a = [2, 1]\nb = a.sort()\nprint(b)", "None\n", "[1, 2]\n"),
        ("a = [1, 2, 2, 3]\nfor x in a:\n    if x == 2:\n        a.remove(x)\nprint(a)", "[1, 2, 3]\n", "[1, 3]\n"),
        ("print(7 // 2, 1 + 1)", "3 2\n", "3 2\n"),
    ],
)
def test_a_naive_reader_walks_into_the_traps(code, right, naive):
    assert run(code).output == right
    assert run(code, naive=True).output == naive


@pytest.mark.parametrize(
    "code",
    [
        "import os",
        "from os import system",
        "__import__('os')",
        "print(open('x'))",
        "eval('1')",
        "exec('1')",
        "print(().__class__)",
        "print(''.__class__.__mro__)",
        "print('{0.__class__}'.format(1))",
        "print(globals())",
        "print(getattr(1, 'real'))",
        "class A: pass",
        "def f():\n    yield 1\nprint(f())",
        "async def f(): pass",
        "with open('x') as f: pass",
        "print({'a', 'b'})",
        "print(id(1))",
        "print(lambda: 1)",
        "print(print)",
        "print(input())",
        "print(1000 is 1000)",
        "@f\ndef g(): pass",
        "while True: pass",
        "x = 9 ** 9 ** 9",
        "x = 1 << 10 ** 9",
        "x = 'a' * 10 ** 9",
        "x = [0] * 10 ** 9",
        "x = list(range(10 ** 9))",
        "print(sum(range(10 ** 9)))",
        "for i in range(10 ** 9): pass",
        "x = 'a'\nwhile True: x += x",
        "print(f'{1:99999999}')",
        "print('%99999999d' % 1)",
        "print('{:99999999}'.format(1))",
        "print('x'.ljust(10 ** 9))",
        "print(round(1, -10 ** 9))",
        "def f(n): return f(n + 1)\nprint(f(0))",
        "a = [1]\nfor i in range(99): a = [a, a]\nprint(a)",
        "a = []\na.append(a)\nprint(a)",
        "a = [1]\nfor x in a: a.append(x)",
        "x = " + "-" * 3000 + "1",
        "x = " + "(" * 90 + "1" + ")" * 90,
        "x = " + "not " * 900 + "1",
        "x = " + "lambda: " * 400 + "1",
        "a." + "b." * 1000 + "c",
        "x = 1" + " + 1" * 1800,
    ],
    ids=lambda code: code[:30].encode("unicode_escape").decode(),
)
def test_what_it_does_not_cover_it_does_not_answer(code):
    with pytest.raises(Unsupported):
        run(code)


@given(st.text(max_size=200) | st.text("print(x)[]=+-*/:'\n 0123\"{}.,lambdforinwhe", max_size=80))
def test_any_text_is_read_or_refused(code):
    with contextlib.suppress(Unsupported, SyntaxError):
        run(code)
        run(code, naive=True)
