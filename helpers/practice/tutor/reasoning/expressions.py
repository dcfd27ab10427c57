"""Expressions of arithmetic, read from symbols and words, English and Chinese.

The grammar, loosest first: sums, products, signs, powers, postfixes ("squared", 的平方, !), and then numbers, brackets,
functions ("the square root of …") and orders ("divide … by …"). What it does not cover raises `Unclear`: a guess at
what somebody meant would be worse than no answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from helpers.practice.tutor.reasoning.numbers import ordinal
from helpers.practice.tutor.wording import Token

DEEPEST = 40  # brackets and signs inside each other
MOST = 100  # operations in one expression


class Unclear(Exception):
    """The words are no expression, or one that could be read in two ways."""


@dataclass(frozen=True)
class Number:
    """A number; `percent` if it was written as one, so that 200 + 10% can be told from 200 + 0.1."""

    value: Fraction
    percent: bool = False


@dataclass(frozen=True)
class Operation:
    """What is done to the operands: "+", "-", "*", "/", "^", "mod", "//", "neg", "!", "gcd", "lcm" or "mean"."""

    name: str
    operands: tuple["Expression", ...]


Expression = Number | Operation


def parse(tokens: Sequence[Token]) -> Expression:
    """The expression that all of `tokens` make up. Raises Unclear where they make up none, or more than one."""
    parser = _Parser(tokens)
    expression = parser.sum()
    if parser.at < len(tokens) or not isinstance(expression, Operation):
        raise Unclear
    return expression


def parse_side(tokens: Sequence[Token]) -> Expression:
    """Like `parse`, but a plain number will do."""
    parser = _Parser(tokens)
    expression = parser.sum()
    if parser.at < len(tokens):
        raise Unclear
    return expression


class _Parser:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.operations = 0

    def sum(self) -> Expression:
        """Sums, and lists that a word after them adds up or multiplies: 3和5的和."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unclear
        value = self._chain(self._product())
        while self._is("and") and self._list_ends_in_word():
            items = [value]
            while self._take("and"):
                items.append(self._chain(self._product()))
            value = self._combined(self._expect("of these").key, items)
            value = self._chain(self._chain_products(value))
        while self._is("of these"):  # 17除以5的余数, 3加5的和
            value = self._renamed(self._expect("of these").key, value)
            value = self._chain(self._chain_products(value))
        self.depth -= 1
        return value

    def _chain(self, value: Expression) -> Expression:
        while token := self._take("+", "-", "increased by", "decreased by"):
            right = self._product()
            share = isinstance(right, Number) and right.percent
            if token.kind in "+-" and share:
                raise Unclear  # 200 + 10%: of what?
            value = (
                self._changed(token.kind, value, right)
                if len(token.kind) > 1
                else self._operation(token.kind, value, right)
            )
        return value

    def _product(self) -> Expression:
        return self._chain_products(self._signed())

    def _chain_products(self, value: Expression) -> Expression:
        while True:
            if token := self._take("*", "/", "//", "mod"):
                value = self._operation(token.kind, value, self._signed())
            elif self._is("x") and self._next() in ("number", "("):  # a lone x is an unknown
                self.at += 1
                value = self._operation("*", value, self._signed())
            elif self._is("%") and self._next() in ("number", "("):  # 17 % 5, as programmers write it
                self.at += 1
                value = self._operation("mod", value, self._signed())
            elif self._is("(") and self._touches():
                value = self._operation("*", value, self._power())
            elif self._is("of") and _is_share(value):
                self.at += 1
                value = self._operation("*", value, self._signed())
            else:
                return value

    def _signed(self) -> Expression:
        if self._is("-"):
            self._deeper()
            self.at += 1
            value = self._signed()
            self.depth -= 1
            return Number(-value.value, value.percent) if isinstance(value, Number) else self._operation("neg", value)
        return self._power()

    def _power(self) -> Expression:
        base = self._postfix()
        if self._take("^"):
            self._deeper()
            negative = self._take("-")
            exponent = self._power()
            self.depth -= 1
            return self._operation("^", base, self._operation("neg", exponent) if negative else exponent)
        if self._take("to the"):
            word = self._expect("ordinal", "number")
            self._take("th")
            self._take("power")
            exponent = Fraction(ordinal(word.text)) if word.kind == "ordinal" else word.value
            return self._operation("^", base, Number(exponent))
        return base

    def _postfix(self) -> Expression:
        value = self._primary()
        while True:
            if token := self._take("postfix"):
                value = self._operation("^", value, Number(Fraction(token.key)))
            elif self._take("!"):
                if self._is("!"):
                    raise Unclear  # the factorial of a factorial, or the double factorial?
                value = self._operation("!", value)
            elif self._is("%") and self._next() not in ("number", "("):
                self.at += 1
                if not isinstance(value, Number):
                    raise Unclear
                value = Number(value.value / 100, percent=True)
            elif self._take("half"):
                value = self._operation("/", value, Number(Fraction(2)))
            elif self._is("的"):
                self.at += 1
                value = self._belonging(value)
            else:
                return value

    def _belonging(self, whole: Expression) -> Expression:
        """What follows 的: 2的10次方, 5的3倍, 240的15%, 240的三分之一, and what 50%的80 is."""
        if isinstance(whole, Number) and whole.percent:
            return self._operation("*", whole, self._primary())
        number = Number(self._expect("number").value)
        if self._take("次方"):
            return self._operation("^", whole, number)
        if self._take("倍"):
            return self._operation("*", whole, number)
        if self._take("%"):
            return self._operation("*", whole, Number(number.value / 100, percent=True))
        if self._take("/"):
            return self._operation("*", whole, Number(number.value / (self._expect("number").value or 1)))
        if number.value.denominator == 1:
            raise Unclear
        return self._operation("*", whole, number)

    def _primary(self) -> Expression:
        token = self._expect("number", "(", "prefix", "multiple", "factorial of", "list of", "order")
        if token.kind == "number":
            return Number(token.value, percent=token.text.startswith("百分之"))
        if token.kind == "(":
            value = self.sum()
            self._expect(")")
            return value
        self._deeper()
        if token.kind == "prefix":
            value = self._operation("^", self._postfix(), Number(Fraction(token.key)))
        elif token.kind == "multiple":
            self._take("of")
            value = self._operation("*", Number(Fraction(token.key)), self._postfix())
        elif token.kind == "factorial of":
            value = self._operation("!", self._postfix())
        elif token.kind == "list of":
            value = self._listed(token.key)
        else:
            value = self._ordered(token.key)
        self.depth -= 1
        return value

    def _listed(self, name: str) -> Expression:
        """What "the sum of" and its like stand before."""
        bracket = self._take("(")
        items = [self._chain(self._product())]
        while self._take("and"):
            self._take("and")  # "3, 4, and 5"
            items.append(self._chain(self._product()))
        if bracket:
            self._expect(")")
        return self._renamed(name, items[0]) if len(items) == 1 else self._combined(name, items)

    def _ordered(self, name: str) -> Expression:
        """What "add", "divide" and their like stand before."""
        first = self._product()
        link = self._expect("and", "by", "to", "from")
        second = self._product()
        if (name, link.kind) == ("-", "from"):
            return self._operation("-", second, first)
        if len(name) > 1 and link.kind == "by":
            return self._changed(name, first, second)
        if (name, link.kind) in (("/", "by"), ("*", "by"), ("+", "to")):
            return self._operation(name, first, second)
        items = [first, second]
        if (name, link.kind) not in (("+", "and"), ("*", "and")):
            raise Unclear
        while self._take("and"):
            self._take("and")
            items.append(self._product())
        return self._combined(name, items)

    def _combined(self, name: str, items: Sequence[Expression]) -> Expression:
        if name in ("gcd", "lcm", "mean"):
            return self._operation(name, *items)
        if name == "difference":  # between 3 and 10 there is a difference of 7, in whatever order they are named
            if len(items) != 2 or not all(isinstance(item, Number) for item in items):
                raise Unclear
            return self._operation("-", *sorted(items, key=lambda item: -item.value))
        if name in ("/", "-", "mod") and len(items) != 2:
            raise Unclear
        value = items[0]
        for item in items[1:]:
            value = self._operation(name, value, item)
        return value

    def _renamed(self, name: str, value: Expression) -> Expression:
        """A word for the result of the very operation that it follows; only "remainder" makes another one of it."""
        if not isinstance(value, Operation):
            raise Unclear
        if name == "mod" and value.name == "/":
            return Operation("mod", value.operands)
        if value.name != {"difference": "-"}.get(name, name):
            raise Unclear
        return value

    def _changed(self, kind: str, value: Expression, by: Expression) -> Expression:
        name = "+" if kind == "increased by" else "-"
        if isinstance(by, Number) and by.percent:
            return self._operation("*", value, Number(1 + by.value if name == "+" else 1 - by.value))
        return self._operation(name, value, by)

    def _operation(self, name: str, *operands: Expression) -> Operation:
        self.operations += 1
        if self.operations > MOST:
            raise Unclear
        return Operation(name, operands)

    def _list_ends_in_word(self) -> bool:
        after = self.at
        while after < len(self.tokens) and self.tokens[after].kind in ("and", "number", "-", "%"):
            after += 1
        return after < len(self.tokens) and self.tokens[after].kind == "of these"

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unclear

    def _is(self, kind: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].kind == kind

    def _next(self) -> str:
        return self.tokens[self.at + 1].kind if self.at + 1 < len(self.tokens) else ""

    def _touches(self) -> bool:
        return self.at > 0 and self.tokens[self.at - 1].end == self.tokens[self.at].start

    def _take(self, *kinds: str) -> Token | None:
        if self.at < len(self.tokens) and self.tokens[self.at].kind in kinds:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def _expect(self, *kinds: str) -> Token:
        token = self._take(*kinds)
        if token is None:
            raise Unclear
        return token


def _is_share(value: Expression) -> bool:
    """Whether "of" can follow: 15%, a half, or 3/4."""
    if isinstance(value, Number):
        return value.percent or value.value.denominator > 1
    return value.name == "/" and all(isinstance(operand, Number) and not operand.percent for operand in value.operands)
