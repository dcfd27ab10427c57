"""Sums of consecutive whole numbers: 1 + 2 + 3 + … + 100, by pairing the ends."""

import re
from fractions import Fraction

from helpers.practice.tutor.reasoning.evaluation import show_number
from helpers.practice.tutor.reasoning.solution import Solution
from helpers.practice.tutor.request import Request

_N = r"(\d{1,6})"
_NUMBERS = r"(?:(?:whole |natural |positive )*(?:numbers|integers) )?"
_ASK = r"(?:what(?:'s| is) |calculate |compute |find |求|计算)?(?:the )?"
_END = r" ?(?:=|equals?|是|等于|得|结果)?(?:多少|几)? ?[?。.]*"
_RANGE = re.compile(
    rf"{_ASK}(?:(?:sum|total) of (?:all )?(?:the )?{_NUMBERS}(?:from )?|(?:add(?: up)?"
    rf"|sum) (?:all )?(?:the )?{_NUMBERS}from )"
    rf"{_N} (?:to|through|up to) {_N}{_END}"
    rf"|{_ASK}从?{_N}一?直?加到{_N}(?:的和)?{_END}|{_ASK}从?{_N}到{_N}的?(?:所有)?(?:整数|自然数|数字?)?(?:之"
    rf"|的)?(?:总和|和){_END}",
    re.I,
)
_DOTS = re.compile(rf"{_ASK}{_N} ?\+ ?{_N} ?\+ ?(?:\d{{1,6}} ?\+ ?)*\.{{2,}} ?\+ ?{_N}{_END}", re.I)
_FIRST = re.compile(
    rf"{_ASK}(?:sum|total) of the first {_N} {_NUMBERS.replace(') )?', '))')}{_END}|{_ASK}前{_N}个(?:正整数"
    rf"|自然数)(?:的|之)和{_END}",
    re.I,
)


def series(request: Request) -> Solution | None:
    """The sum of the whole numbers from one to another; None where that is not asked."""
    bounds = _bounds(request.text)
    if bounds is None or bounds[0] >= bounds[1]:
        return None
    first, last = bounds
    count, total = last - first + 1, (first + last) * (last - first + 1) // 2
    say = request.say
    steps = (
        say(
            f"The task is the sum of all whole numbers from {first} to {last}.",
            f"题目要求从 {first} 到 {last} 所有整数的和。",
        ),
        say(
            f"Pair the ends: {first} + {last} = {first + last}, and every pair further in has the same sum.",
            f"首尾配对：{first} + {last} = {first + last}，往里的每一对和都相同。",
        ),
        say(
            f"There are {last} - {first} + 1 = {count} numbers, so {count}/2 pairs.",
            f"一共有 {last} - {first} + 1 = {count} 个数，也就是 {count}/2 对。",
        ),
        say(f"The sum is {first + last} × {count} ÷ 2 = {total}.", f"总和是 {first + last} × {count} ÷ 2 = {total}。"),
    )
    check = say(
        f"the average of the numbers is {show_number(Fraction(first + last, 2))}, and {count} times that is {total}.",
        f"这些数的平均值是 {show_number(Fraction(first + last, 2))}，乘以个数 {count} 得 {total}。",
    )
    return Solution(
        str(total),
        say(f"The sum is {total}: {first + last} × {count} ÷ 2.", f"和是 {total}：{first + last} × {count} ÷ 2。"),
        steps,
        check,
    )


def _bounds(text: str) -> tuple[int, int] | None:
    """The first and the last number that are added up."""
    if match := _RANGE.fullmatch(text):
        first, last = (int(group) for group in match.groups() if group)
        return first, last
    if match := _DOTS.fullmatch(text):
        first, second, last = map(int, match.groups())
        return (first, last) if second == first + 1 else None
    match = _FIRST.fullmatch(text)
    return (1, int(match[1] or match[2])) if match else None
