"""Comparing figures: in the order of numbers, in the order of versions and dates, and in that of a hasty reader.

The hasty reader takes the decimals for a number of their own, so that 9.11 beats 9.9 as 11 beats 9.
"""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Literal

from helpers.practice.tutor.reasoning.numbers import as_decimal
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request

Form = Literal["largest", "smallest", "compare", "claim", "ascending", "descending"]


@dataclass(frozen=True)
class Figure:
    """A number as it was written, and what it is worth."""

    text: str
    value: Fraction


@dataclass(frozen=True)
class Asked:
    """What is to be told of the numbers."""

    form: Form
    figures: tuple[Figure, ...]
    relation: str = ""  # of a claim: ">", "<", "=", ">=" or "<="
    field: Literal["", "version", "section", "date"] = ""  # what else than plain numbers is compared


@dataclass(frozen=True)
class _Order:
    """One way to read the figures: what they are worth in it, and why one comes before the other, as a clause."""

    worth: Callable[[Figure], Fraction | list[int]]
    reason: Callable[[Request, Figure, Figure], str]  # the greater one first


def solve(request: Request, asked: Asked) -> Solution:
    right = _AS_PARTS if asked.field else _AS_NUMBERS
    value, sentence = _verdict(request, asked, right)
    slip = None
    different = len({figure.value for figure in asked.figures}) == len(
        asked.figures
    )  # nobody takes 9.90 for more than 9.9
    if not asked.field and different and all(re.fullmatch(r"-?\d+(?:\.\d+)?", each.text) for each in asked.figures):
        slipped = Slip(*_verdict(request, asked, _AS_READ_ALOUD))
        slip = slipped if slipped.value != value else None
    steps, check = (_part_steps if asked.field else _number_steps)(request, asked)
    return Solution(value, sentence, steps, check, slip)


def _verdict(request: Request, asked: Asked, order: _Order) -> tuple[str, str]:
    """The answer, bare and as a sentence, for whoever reads the figures in this order."""
    say, figures = request.say, asked.figures
    more = (
        say("newer than", "更新")
        if asked.field == "version"
        else say("later than", "更靠后")
        if asked.field
        else say("larger than", "更大")
    )
    ranked = sorted(figures, key=order.worth, reverse=asked.form not in ("smallest", "ascending"))
    first, second = ranked[0], ranked[1]
    if asked.form in ("ascending", "descending"):
        ascending = asked.form == "ascending"
        value = say(", ", "，").join(figure.text for figure in ranked)
        return value, say(
            f"In {'ascending' if ascending else 'descending'} order: {value}.",
            f"按{'从小到大' if ascending else '从大到小'}排列：{value}。",
        )
    if asked.form == "claim":
        return _judgment(request, asked, order)
    if order.worth(first) == order.worth(second):
        tied = [figure.text for figure in ranked if order.worth(figure) == order.worth(first)]
        if len(tied) == len(figures):
            return say("they are equal", "一样大"), say(
                f"They are equal: {' = '.join(tied)}.", f"一样大：{' = '.join(tied)}。"
            )
    if len(figures) == 2:
        greater, lesser = (second, first) if asked.form == "smallest" else (first, second)
        reason = order.reason(request, greater, lesser)
        if asked.form == "smallest":
            fewer = (
                say("older than", "更旧")
                if asked.field == "version"
                else say("earlier than", "更靠前")
                if asked.field
                else say("smaller than", "更小")
            )
            return first.text, say(
                f"{first.text} is {fewer} {second.text}: {reason}.",
                f"{first.text} 比 {second.text} {fewer}：{reason}。",
            )
        value = first.text if asked.form == "largest" else f"{first.text} > {second.text}"
        return value, say(
            f"{first.text} is {more} {second.text}: {reason}.", f"{first.text} 比 {second.text} {more}：{reason}。"
        )
    if asked.form == "compare":
        value = " > ".join(figure.text for figure in ranked)
        return value, say(f"From largest to smallest: {value}.", f"从大到小：{value}。")
    most = asked.form == "largest"
    following = next((figure for figure in ranked if order.worth(figure) != order.worth(first)), second)
    reason = order.reason(request, *((first, following) if most else (following, first)))
    if asked.field:
        word = say("last in order" if most else "first in order", "最靠后" if most else "最靠前")
        if asked.field == "version":
            word = say("newest" if most else "oldest", "最新" if most else "最旧")
    else:
        word = say("largest" if most else "smallest", "最大" if most else "最小")
    return first.text, say(
        f"{first.text} is the {word}; next comes {following.text}: {reason}.",
        f"{word}的是 {first.text}，其次是 {following.text}：{reason}。",
    )


def _judgment(request: Request, asked: Asked, order: _Order) -> tuple[str, str]:
    """Yes or no to "a is greater than b"."""
    say, (a, b) = request.say, asked.figures
    compare = {">": operator.gt, "<": operator.lt, "=": operator.eq, ">=": operator.ge, "<=": operator.le}[
        asked.relation
    ]
    true = compare(order.worth(a), order.worth(b))
    greater, lesser = (a, b) if order.worth(a) >= order.worth(b) else (b, a)
    if asked.field == "version":
        more = say("is newer than", "更新")
    elif asked.field:
        more = say("comes after", "更靠后")
    else:
        more = say("is larger than", "更大")
    if order.worth(a) == order.worth(b):
        fact = say(f"{a.text} and {b.text} are equal", f"{a.text} 和 {b.text} 相等")
    else:
        reason = order.reason(request, greater, lesser)
        fact = say(
            f"{greater.text} {more} {lesser.text}: {reason}", f"{greater.text} 比 {lesser.text} {more}：{reason}"
        )
    value = say("yes", "是") if true else say("no", "不是")
    return value, say(f"{'Yes' if true else 'No'}, {fact}.", f"{'是的' if true else '不是'}，{fact}。")


def _number_reason(request: Request, greater: Figure, lesser: Figure) -> str:
    alike = _aligned((greater, lesser))
    same = [(figure.text, text) for figure, text in zip((greater, lesser), alike, strict=True) if figure.text != text]
    said = request.say(
        ", ".join(f"{written} is {text}" for written, text in same),
        "，".join(f"{written} 就是 {text}" for written, text in same),
    )
    gap = f"{alike[0]} - {_bracketed(alike[1])} = {_shown(greater.value - lesser.value)}"
    return request.say(
        f"{said}, and {gap}" if said else f"{gap}, which is more than zero",
        f"{said}，{gap}" if said else f"{gap}，大于 0",
    )


def _aloud_reason(request: Request, greater: Figure, lesser: Figure) -> str:
    a, b = (figure.text.lstrip("-").partition(".") for figure in (greater, lesser))
    if a[0] == b[0] and a[2] and b[2]:
        high, low = sorted((int(a[2]), int(b[2])), reverse=True)
        start = greater.text.partition(".")[0]
        return request.say(
            f"both begin with {start}, and {high} is greater than {low}",
            f"整数部分都是 {start}，而小数部分 {high} 大于 {low}",
        )
    return request.say("the part before the point decides", "整数部分就能分出大小")


def _part_reason(request: Request, greater: Figure, lesser: Figure) -> str:
    a, b = _parts(greater), _parts(lesser)
    at = next((i for i, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))
    if at == len(b):
        return request.say(
            f"{greater.text} goes on where {lesser.text} ends", f"{greater.text} 在 {lesser.text} 之后还有下一级"
        )
    return request.say(
        f"here the parts between the points count on their own, and {a[at]} comes after {b[at]}",
        f"这里要按点号分段逐段比较，{a[at]} 排在 {b[at]} 之后",
    )


def _parts(figure: Figure) -> list[int]:
    parts = [int(part) for part in figure.text.split(".")]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def _as_read_aloud(figure: Figure) -> list[Fraction]:
    """What a hasty reader takes it for: 9.11 as nine, and then eleven. Only a decimal that begins with 0 warns him."""
    whole, _, decimals = figure.text.lstrip("-").partition(".")
    decimals = decimals or "0"
    sign = -1 if figure.text.startswith("-") else 1
    return [Fraction(sign * int(whole)), sign * Fraction(f"0.{decimals}" if decimals[0] == "0" else decimals)]


_AS_NUMBERS = _Order(lambda figure: figure.value, _number_reason)
_AS_READ_ALOUD = _Order(_as_read_aloud, _aloud_reason)
_AS_PARTS = _Order(_parts, _part_reason)


def _number_steps(request: Request, asked: Asked) -> tuple[tuple[str, ...], str]:
    say, figures = request.say, asked.figures
    ranked = sorted(figures, key=_AS_NUMBERS.worth, reverse=True)
    written, alike = [figure.text for figure in figures], _aligned(figures)
    steps = [
        say(
            f"These are plain numbers: {', '.join(written)}. So place value decides, digit by digit from the left, "
            "and not how many digits a number has.",
            f"这里比较的是普通的数：{'、'.join(written)}。要从左到右按数位比较，位数多并不代表数更大。",
        )
    ]
    if written != alike:
        steps.append(
            say(
                f"I write them in the same form, with equally many decimals: {', '.join(alike)}.",
                f"先写成同样的形式，小数位数补齐：{'、'.join(alike)}。",
            )
        )
    if any(figure.value < 0 for figure in figures):
        steps.append(
            say(
                "Of two negative numbers the one nearer to zero is the larger one.",
                "两个负数相比，离 0 更近的那个更大。",
            )
        )
    (whole, _, tail), (other_whole, _, other_tail) = (text.partition(".") for text in alike[:2])
    if len(figures) == 2 and whole == other_whole and tail and other_tail:
        steps.append(
            say(
                f"The whole parts are both {whole}, so the decimals decide: {tail} against {other_tail}, now that "
                "both count the same unit.",
                f"整数部分都是 {whole}，所以看小数部分：补齐之后是 {tail} 和 {other_tail}，单位相同，可以直接比。",
            )
        )
    chain = ranked[0].text + "".join(
        f" {'=' if before.value == after.value else '>'} {after.text}" for before, after in pairwise(ranked)
    )
    steps.append(say(f"That gives the order {chain}.", f"由此得到顺序：{chain}。"))
    a, b = ranked[0], ranked[1]
    gap = _shown(a.value - b.value)
    check = say(
        f"{a.text} - {_bracketed(b.text)} = {gap}, and that "
        f"is {'zero, so they are equal' if a.value == b.value else 'positive'}.",
        f"{a.text} - {_bracketed(b.text)} = {gap}，{'等于 0，所以两者相等' if a.value == b.value else '是正数'}。",
    )
    return tuple(steps), check


def _part_steps(request: Request, asked: Asked) -> tuple[tuple[str, ...], str]:
    say, figures = request.say, asked.figures
    ranked = sorted(figures, key=_parts, reverse=True)
    noun = say(
        *{
            "version": ("version numbers", "版本号"),
            "section": ("section numbers", "章节号"),
            "date": ("dates", "日期"),
        }[asked.field]
    )
    broken = say("; ", "；").join(f"{figure.text} = ({', '.join(map(str, _parts(figure)))})" for figure in figures)
    steps = (
        say(
            f"These are {noun}, not decimal numbers. The point only separates the parts, and each part is a whole "
            "number of its own.",
            f"这些是{noun}，不是小数。点号只是分隔符，每一段都是独立的整数。",
        ),
        say(f"Taken apart: {broken}.", f"拆开来看：{broken}。"),
        say(
            "Comparing part by part from the left puts them in this order, the last one "
            f"first: {', '.join(f.text for f in ranked)}.",
            f"从左到右逐段比较，从后到前的顺序是：{'、'.join(f.text for f in ranked)}。",
        ),
    )
    check = say(
        f"read as decimals the order might differ, but {noun} do not work like decimals: after .9 comes .10, then .11.",
        f"如果当作小数来比，顺序可能不同；但{noun}不是小数，.9 之后是 .10，再往后是 .11。",
    )
    return steps, check


def _aligned(figures: Sequence[Figure]) -> list[str]:
    """The figures in one form: with equally many decimals, or, where that is not exact, over one denominator."""
    exact = [as_decimal(figure.value) for figure in figures]
    if None in exact:
        below = lcm(*(figure.value.denominator for figure in figures))
        return [f"{figure.value * below}/{below}" if below < 10**6 else figure.text for figure in figures]
    written = [figure.text for figure in figures if re.fullmatch(r"-?\d+\.\d+", figure.text)]
    places = max(len(text.partition(".")[2]) for text in (*exact, *written))
    return [
        text if not places else f"{text.partition('.')[0]}.{text.partition('.')[2].ljust(places, '0')}"
        for text in exact
    ]


def _shown(value: Fraction) -> str:
    return as_decimal(value) or f"{value.numerator}/{value.denominator}"


def _bracketed(number: str) -> str:
    return f"({number})" if number.startswith("-") else number
