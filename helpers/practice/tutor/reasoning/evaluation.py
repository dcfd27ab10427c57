"""Working out expressions of arithmetic: exactly wherever that is possible, step by step, and never without bound."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal, DecimalException
from fractions import Fraction

from helpers.practice.tutor.reasoning.expressions import Expression, Number
from helpers.practice.tutor.reasoning.numbers import as_decimal, rounded

LARGEST = 4000  # bits of a numerator or denominator: about 1200 digits
LONGEST = 200  # digits that are worth writing out
SQUARE_ROOT, CUBE_ROOT = Fraction(1, 2), Fraction(1, 3)
_PLACES = 15  # decimals that a rounded value keeps
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "mod": 2, "neg": 3, "^": 4, "!": 5}
_SIGNS = {"*": "×", "/": "÷"}


class Undefined(Exception):
    """There is no value.

    `cause` is "zero" (a division by it), "root" (an even one of a negative number), "factorial" (of what has none) or
    "whole" (an operation that wants whole numbers).
    """

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class TooLarge(Exception):
    """The value has too many digits to be worked out. `digits` is about how many, None where even that is too large."""

    def __init__(self, digits: int | None) -> None:
        super().__init__(digits)
        self.digits = digits


@dataclass(frozen=True)
class Value:
    """What an expression is worth, exactly or rounded."""

    number: Fraction
    exact: bool = True


@dataclass(frozen=True)
class Step:
    """One operation that was carried out."""

    name: str
    operands: tuple[Value, ...]
    result: Value


def evaluate(expression: Expression) -> tuple[Value, list[Step]]:
    """The value, and the operations in the order they were carried out. Raises Undefined and TooLarge."""
    if isinstance(expression, Number):
        return Value(expression.value), []
    operands, steps = [], []
    for operand in expression.operands:
        value, before = evaluate(operand)
        operands.append(value)
        steps += before
    result = _operate(expression.name, *operands)
    if max(abs(result.number.numerator), result.number.denominator).bit_length() > LARGEST:
        raise TooLarge(math.ceil(abs(result.number.numerator).bit_length() * math.log10(2)))
    if expression.name == "neg":  # a sign is no work
        return result, steps
    return result, [*steps, Step(expression.name, tuple(operands), result)]


def show(expression: Expression) -> str:
    """The expression in symbols."""
    if isinstance(expression, Number):
        return show_number(expression.value * 100) + "%" if expression.percent else show_number(expression.value)
    name, operands = expression.name, expression.operands
    if name in ("gcd", "lcm", "mean"):
        return f"{name}({', '.join(map(show, operands))})"
    if name == "^" and operands[1] in (Number(SQUARE_ROOT), Number(CUBE_ROOT)):
        return ("√" if operands[1].value == SQUARE_ROOT else "∛") + _inside(operands[0], 5)
    if name == "neg":
        return "-" + _inside(operands[0], 3)
    if name == "!":
        return _inside(operands[0], 5) + "!"
    left = _inside(operands[0], _BINDING[name] + (name == "^"))
    right = _inside(operands[1], _BINDING[name] + (name != "^"))
    if right.startswith("-"):
        right = f"({right})"
    return f"{left}^{right}" if name == "^" else f"{left} {_SIGNS.get(name, name)} {right}"


def show_number(number: Fraction) -> str:
    """The number as an exact decimal, else as a fraction."""
    return as_decimal(number) or f"{number.numerator}/{number.denominator}"


def show_value(value: Value) -> str:
    """The value as the answer of a calculation: exact where that is short, else rounded."""
    number = value.number
    if number.denominator == 1:
        digits = str(abs(number.numerator))
        return str(number.numerator) if len(digits) <= LONGEST else f"{_scientific(number)} ({len(digits)} digits)"
    if not value.exact:
        return rounded(number, 6) if abs(number) >= Fraction(1, 1000) else _scientific(number)
    if decimal := as_decimal(number):
        return decimal
    about = rounded(number) if abs(number) >= Fraction(1, 100) else _scientific(number)
    return f"{number.numerator}/{number.denominator} ≈ {about}" if number.denominator < 10**6 else f"≈ {about}"


def _inside(expression: Expression, binding: int) -> str:
    """`expression` as part of one that binds so tightly, in brackets where it needs them."""
    text = show(expression)
    if isinstance(expression, Number):
        loose = not text.replace(".", "").isdecimal() and binding > 1 and not text.endswith("%")
    else:
        loose = _BINDING.get(expression.name, 9) < binding
    return f"({text})" if loose else text


def _scientific(number: Fraction) -> str:
    context = Context(prec=6)
    shown = context.divide(Decimal(number.numerator), Decimal(number.denominator))
    mantissa, _, exponent = f"{shown:.5e}".partition("e")
    return f"{mantissa.rstrip('0').rstrip('.')} × 10^{int(exponent)}"


def _operate(name: str, *operands: Value) -> Value:
    numbers, exact = [operand.number for operand in operands], all(operand.exact for operand in operands)
    if name == "^":
        return _power(numbers[0], numbers[1], exact)
    result = _OPERATIONS[name](*numbers)
    return Value(result if exact else round(result, _PLACES), exact)


def _power(base: Fraction, exponent: Fraction, exact: bool) -> Value:
    if not base and exponent < 0:
        raise Undefined("zero")
    if exponent.denominator == 1 and exact:
        bits = max(abs(base.numerator), base.denominator).bit_length() - 1  # 0 for the base 1, which stays small
        if bits * abs(exponent) > LARGEST:
            log = abs(exponent) * Fraction(math.log10(max(abs(base.numerator), base.denominator)))
            raise TooLarge(int(log) + 1 if log < 10**15 else None)
        if abs(base) == 1:
            exponent %= 2
        return Value(base ** int(exponent))
    if base < 0:
        if exponent == CUBE_ROOT:
            root = _power(-base, exponent, exact)
            return Value(-root.number, root.exact)
        if exponent.denominator != 1:
            raise Undefined("root")
    if exact and abs(exponent) <= 100 and exponent.denominator <= 100:
        root = _root(base, exponent.denominator)
        if root is not None:
            return _power(root, Fraction(exponent.numerator), exact)
    context = Context(prec=40, Emax=10**6, Emin=-(10**6))
    try:
        power = context.power(_decimal(base, context), _decimal(exponent, context))
    except DecimalException:
        raise TooLarge(None) from None
    if abs(power.adjusted()) > 1000:
        raise TooLarge(abs(power.adjusted()) + 1)
    return Value(round(Fraction(power), _PLACES + max(0, -power.adjusted())), False)


def _decimal(number: Fraction, context: Context) -> Decimal:
    return context.divide(Decimal(number.numerator), Decimal(number.denominator))


def _root(number: Fraction, degree: int) -> Fraction | None:
    """The `degree`-th root of a number that is not negative, where it is rational."""
    roots = [_whole_root(part, degree) for part in (number.numerator, number.denominator)]
    return None if None in roots else Fraction(*roots)


def _whole_root(number: int, degree: int) -> int | None:
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle**degree < number else (low, middle)
    return low if low**degree == number else None


def _divide(a: Fraction, b: Fraction) -> Fraction:
    if not b:
        raise Undefined("zero")
    return a / b


def _divide_down(a: Fraction, b: Fraction) -> Fraction:
    return Fraction(math.floor(_divide(a, b)))


def _modulo(a: Fraction, b: Fraction) -> Fraction:
    return a - b * _divide_down(a, b)


def _factorial(a: Fraction) -> Fraction:
    if a < 0 or a.denominator != 1:
        raise Undefined("factorial")
    if a > 400:
        raise TooLarge(int(math.lgamma(a + 1) / math.log(10)) + 1 if a < 10**12 else None)
    return Fraction(math.factorial(int(a)))


def _of_whole_numbers(function: Callable[..., int]) -> Callable[..., Fraction]:
    def operate(*numbers: Fraction) -> Fraction:
        if any(number.denominator != 1 for number in numbers):
            raise Undefined("whole")
        return Fraction(function(*map(int, numbers)))

    return operate


_OPERATIONS: dict[str, Callable[..., Fraction]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divide,
    "//": _divide_down,
    "mod": _modulo,
    "neg": lambda a: -a,
    "!": _factorial,
    "gcd": _of_whole_numbers(math.gcd),
    "lcm": _of_whole_numbers(math.lcm),
    "mean": lambda *numbers: sum(numbers, Fraction(0)) / len(numbers),
}
