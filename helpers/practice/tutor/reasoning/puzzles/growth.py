"""Puzzles about growth: a patch that doubles every day, a price that falls and rises by the same percentage."""

import re
from fractions import Fraction

from helpers.practice.tutor.reasoning.puzzles.parts import (
    AMOUNT,
    NUMBER,
    TIME,
    TIME_ZH,
    Amount,
    asking,
    duration,
    plain,
    read_amount,
)
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request

_HALF = re.compile(r"\b(?:half|1/2|50%)\b|50%|一半|半个|二分之一|0\.5", re.I)
_QUARTER = re.compile(r"\b(?:quarter|fourth|1/4|25%)\b|25%|四分之一|1/4|0\.25", re.I)
_EIGHTH = re.compile(r"\b(?:eighth|1/8)\b|八分之一|0\.125", re.I)
_CHANGE = re.compile(
    r"(?:(?P<down>\b(?:fall|fell|drop|decreas|reduc|cut|go(?:es)? down|went down|lower|los[et]|discount|down)\w*|降|跌"
    r"|减|打折)"
    r"|(?P<up>\b(?:ris|rose|increas|go(?:es)? up|went up|rais|gain|up)\w*|涨|提|增|升))"
    rf"[^.?!。\d%]{{0,20}}(?P<share>{NUMBER}) ?(?:%|percent|per cent)",
    re.I,
)


def doubling(request: Request, text: str) -> Solution | None:
    """A patch doubles every day and covers the lake in 48: when was half of it covered?"""
    if not re.search(
        r"doubl|twice (?:as|its|the)|翻(?:一)?倍|翻(?:一|1)?番|(?:增加|扩大|增长|长|多|大)(?:了)?(?:一|1)倍|加倍"
        r"|2倍|两倍|成倍|倍增",
        text,
        re.I,
    ):
        return None
    query = asking(text) if re.search(r"[a-z]{3}", text, re.I) else _last_clause(text)
    given = text.replace(query, " ")
    length = re.search(
        rf"({NUMBER}) ?({TIME})\b|第? ?({NUMBER}) ?({TIME_ZH})|(?:on|by|after) day ({NUMBER})",
        re.sub(rf"(?:every|each|per|每(?:隔|过)?) ?(?:\d+ ?)?(?:{TIME}\b|{TIME_ZH})", " ", given),
        re.I,
    )
    period = re.search(
        rf"(?:every|each|per) (?:({NUMBER}) )?({TIME})\b|每(?:隔|过)?({NUMBER})?({TIME_ZH})|\b(daily)\b", text, re.I
    )
    if not length or not period:
        return None
    number = Fraction((length[1] or length[3] or length[5]).replace(",", ""))
    unit = (length[2] or length[4] or "day").lower()
    step_unit = (period[2] or period[4] or "day").lower()
    if unit.rstrip("s")[:3] != step_unit.rstrip("s")[:3] and {unit[:1], step_unit[:1]} - {"天", "日"}:
        return None
    step = Fraction(period[1] or period[3] or 1)
    whole = r"\b(?:entire|whole|full|fully|completely|all of|fill)\b|整个|全部|满|盖满|长满|铺满"
    back = next((k for k, part in ((3, _EIGHTH), (2, _QUARTER), (1, _HALF)) if part.search(query)), 0)
    ahead = next((k for k, part in ((3, _EIGHTH), (2, _QUARTER), (1, _HALF)) if part.search(given)), 0)
    if back and not ahead:
        halvings, value = back, number - back * step
        hasty = number / 2**back
    elif ahead and not back and re.search(whole, query, re.I):
        halvings, value = ahead, number + ahead * step
        hasty = number * 2**ahead
    else:
        return None
    if value < 0:
        return None
    say = request.say

    def said(amount: Fraction) -> str:
        return duration(request, amount, unit)

    share = {1: say("half", "一半"), 2: say("a quarter", "四分之一"), 3: say("an eighth", "八分之一")}[halvings]
    steps = (
        say(
            f"It doubles every {said(step) if step != 1 else unit.rstrip('s') if unit.isascii() else unit}, so "
            "going one step back in time halves it.",
            f"每 {said(step)}翻一倍，那么往回倒推一步，面积就减半。",
        ),
        say(
            f"The full size and {share} of it are therefore {halvings} doubling{'s' if halvings > 1 else ''} "
            f"apart, that is {said(halvings * step)}.",
            f"所以全满与{share}之间相差 {halvings} 次翻倍，也就是 {said(halvings * step)}。",
        ),
        say(f"That leads from {said(number)} to {said(value)}.", f"于是从 {said(number)}推到 {said(value)}。"),
    )
    check = say(
        f"from {share} at {said(min(value, number))}, {halvings} doubling{'s' if halvings > 1 else ''} give the "
        f"whole at {said(max(value, number))}. Growth is not even, so halving the time would be wrong.",
        f"从 {said(min(value, number))}时的{share}开始，翻倍 {halvings} 次，"
        f"正好在 {said(max(value, number))}时全满。增长不是匀速的，不能简单地按时间比例算。",
    )
    slip = (
        Slip(said(hasty), say(f"{said(hasty)}, in proportion to the size.", f"{said(hasty)}，按比例算。"))
        if hasty != value
        else None
    )
    return Solution(
        said(value),
        say(
            f"{said(value)}: since it doubles each time, {share} and the whole are only {said(halvings * step)} apart.",
            f"{said(value)}：因为每次翻一倍，{share}和全满之间只差 {said(halvings * step)}。",
        ),
        steps,
        check,
        slip,
    )


def down_and_up(request: Request, text: str) -> Solution | None:
    """A price falls by some per cent and rises by the same, or the other way round."""
    changes = list(_CHANGE.finditer(text))
    if len(changes) != 2 or {bool(change["down"]) for change in changes} != {True, False}:
        return None
    if not re.search(
        r"original|same|start|final|end up|back|now|net|overall|原价|原来|相同|一样|不变|最后|现在|还是", text, re.I
    ):
        return None
    lower, rise = (Fraction(change["share"]) / 100 for change in sorted(changes, key=lambda change: not change["down"]))
    if lower >= 1:
        return None
    factor = (1 - lower) * (1 + rise)
    say = request.say
    start = re.search(
        rf"(?:cost|costs|priced at|price (?:is|of|was)|原价(?:是|为)?|售价(?:是|为)?) ?({AMOUNT})", text, re.I
    )
    base = read_amount(start[1]) if start else None
    share_now = f"{plain(factor * 100)}%"
    value = Amount(base.value * factor, base.unit).show() if base else share_now
    change = say(
        "lower" if factor < 1 else "higher" if factor > 1 else "the same",
        "低了" if factor < 1 else "高了" if factor > 1 else "不变",
    )
    gap = "" if factor == 1 else f" {plain(abs(factor - 1) * 100)}%"
    sentence = say(
        f"It ends at {share_now} of the original price{f', that is {value}' if base else ''}:{gap} {change}. The "
        "two percentages are taken of different prices.",
        f"最后是原价的 {share_now}{f'，也就是 {value}' if base else ''}，{change}{gap}。因为两次百分比的基数不同。",
    )
    steps = (
        say(
            f"A fall of {plain(lower * 100)}% multiplies the price by {plain(1 - lower)}.",
            f"下降 {plain(lower * 100)}% 相当于乘以 {plain(1 - lower)}。",
        ),
        say(
            f"A rise of {plain(rise * 100)}% multiplies it by {plain(1 + rise)}.",
            f"上涨 {plain(rise * 100)}% 相当于乘以 {plain(1 + rise)}。",
        ),
        say(
            f"One after the other, in either order: {plain(1 - lower)} × {plain(1 + rise)} = {plain(factor)}.",
            f"两次连在一起，先后无所谓：{plain(1 - lower)} × {plain(1 + rise)} = {plain(factor)}。",
        ),
    )
    check = say(
        f"from 100 it goes to {plain(100 * (1 - lower))} and then to {plain(100 * factor)}; the second percentage "
        "is taken of another base than the first.",
        f"从 100 开始，先降到 {plain(100 * (1 - lower))}，再到 {plain(100 * factor)}；第二次的基数已经变了。",
    )
    slip = None
    if lower == rise:
        wrong = base.show() if base else say("the original price", "原价")
        slip = Slip(
            wrong,
            say(
                f"It is back at {wrong}: the same percentage down and up cancel out.",
                f"回到{'' if not base else ' '}{wrong}：一降一升幅度相同，正好抵消。",
            ),
        )
    return Solution(value, sentence, steps, check, slip)


def _last_clause(text: str) -> str:
    return re.split(r"[,;。.?]", text.rstrip("?。. "))[-1]
