"""Word problems that one formula solves: a discount, a speed, a price for several, sharing out."""

import re
from fractions import Fraction

from helpers.practice.tutor.reasoning.puzzles.parts import plain
from helpers.practice.tutor.reasoning.solution import Solution
from helpers.practice.tutor.request import Request

_N = r"(\d+(?:\.\d+)?)"
_M = r"[个只支本把块颗条张件瓶杯盒箱袋包朵棵辆头匹名位枚双根筐架篮人元页粒台套册]"
_ONE = re.compile(rf"(?:^|(?<=\D))1(?={_M})|\b(?:an?|one|1) (?=[a-z])", re.I)  # 一件衣服 is no number of the problem


def _simple(request: Request, value: str, line: str, rule: tuple[str, str]) -> Solution:
    """A problem that one formula solves."""
    say = request.say
    steps = (
        say("First, what is given and what is asked for.", "先看已知什么、要求什么。"),
        say(f"The rule that connects them: {rule[0]}.", f"它们之间的关系：{rule[1]}。"),
        say(f"Put in: {line}.", f"代入：{line}。"),
    )
    check = say(
        "the inverse operation leads from the result to the given number again, and the size is plausible.",
        "用逆运算能回到已知的数，大小也合理。",
    )
    return Solution(value, say(f"{value}: {line}.", f"{value}：{line}。"), steps, check)


def discount(request: Request, text: str) -> Solution | None:
    """A $50 shirt is 20% off; a price in 折 for Chinese."""
    price = re.search(
        rf"(?:costs?|price(?:d at| is| of)?|for|original(?:ly)?|worth|(?=[$€£¥])) ?([$€£¥]?) ?{_N}|(?:原价|售价"
        rf"|标价|价格)(?:是|为)?{_N}()",
        text,
        re.I,
    )
    off = re.search(
        rf"{_N} ?(?:%|percent)(?: discount| off)|(?:discount(?:ed)? (?:of|by)|reduced by|off by) {_N} ?(?:%"
        rf"|percent)|(?:降价|便宜|优惠|减价){_N}%",
        text,
        re.I,
    )
    fold = re.search(r"打(\d(?:\.\d)?)折", text)
    if (
        not price
        or not (off or fold)
        or _how_many_numbers(text) != 2
        or not re.search(r"how much|what|price|cost|pay|多少|几", text, re.I)
    ):
        return None
    mark, base = price[1] or "", Fraction(price[2] or price[3])
    share = Fraction(fold[1]) / 10 if fold else 1 - Fraction(next(filter(None, off.groups()))) / 100
    if share < 0:
        return None
    value = base * share
    saved = re.search(r"save|how much is the discount|节省|便宜了多少|省", text, re.I)
    shown = f"{mark}{plain(base - value if saved else value)}" + ("" if mark else request.say("", " 元"))
    line = f"{plain(base)} × {plain(1 - share if saved else share)} = {plain(base - value if saved else value)}"
    return _simple(
        request, shown, line, ("the price times what is left of it after the discount", "现价 = 原价 × 折扣后的比例")
    )


def speed(request: Request, text: str) -> Solution | None:
    """Distance, speed and time: two are given, the third is asked for."""
    speed = re.search(
        rf"{_N} ?(km/h|kmh|kph|mph|(?:km|kilometers?|kilometres?|miles?) (?:per|an|1) hour|公里/小时|千米/小时)"
        rf"|(?:时速|每小时(?:行驶|走|跑|行|开)?){_N} ?(公里|千米|km)",
        text,
        re.I,
    )
    rest = text.replace(speed[0], " ") if speed else text
    time = re.search(rf"{_N} ?(?:hours?|小时|个小时)", rest, re.I)
    distance = re.search(rf"{_N} ?(km|kilometers?|kilometres?|miles?|公里|千米)(?![/a-z])", rest, re.I)
    if _how_many_numbers(text) != 2 or not re.search(
        r"train|car|bus|walk|driv|travel|rid|cycl|fl(?:y|ies)|run|trip|truck|boat|ship|plane|bike|火车|汽车|车|走"
        r"|跑|骑|行驶|飞|开|船",
        text,
        re.I,
    ):
        return None
    per_hour = speed and Fraction(speed[1] or speed[3])
    miles = bool(re.search(r"mph|mile", text, re.I))
    length, pace = request.say("miles" if miles else "km", "公里"), request.say("mph" if miles else "km/h", "公里/小时")
    if (
        speed
        and time
        and re.search(r"how far|how many (?:km|kilom|miles)|distance|多远|多少公里|多少千米|几公里|路程", text, re.I)
    ):
        hours = Fraction(time[1])
        return _simple(
            request,
            f"{plain(per_hour * hours)} {length}",
            f"{plain(per_hour)} × {plain(hours)} = {plain(per_hour * hours)}",
            ("distance = speed × time", "路程 = 速度 × 时间"),
        )
    if (
        speed
        and distance
        and per_hour
        and re.search(r"how long|how many hours|how much time|time|多久|多长时间|几(?:个)?小时|多少小时", text, re.I)
    ):
        value = Fraction(distance[1]) / per_hour
        return _simple(
            request,
            f"{plain(value)} {request.say('hours' if value != 1 else 'hour', '小时')}",
            f"{plain(Fraction(distance[1]))} ÷ {plain(per_hour)} = {plain(value)}",
            ("time = distance ÷ speed", "时间 = 路程 ÷ 速度"),
        )
    if (
        distance
        and time
        and Fraction(time[1])
        and re.search(r"speed|how fast|速度|时速|每小时", text, re.I)
        and not speed
    ):
        value = Fraction(distance[1]) / Fraction(time[1])
        return _simple(
            request,
            f"{plain(value)} {pace}",
            f"{plain(Fraction(distance[1]))} ÷ {plain(Fraction(time[1]))} = {plain(value)}",
            ("speed = distance ÷ time", "速度 = 路程 ÷ 时间"),
        )
    return None


_PRICE_EN = re.compile(
    r"^(?:if |suppose )?(?P<first>an?|one|1|each|every|\d+) (?P<what>[a-z]+(?: [a-z]+)?) costs? (?P<mark>[$€£¥]?) "
    r"?(?P<price>\d+(?:\.\d+)?) ?(?P<unit>dollars?|yuan|euros?"
    r"|cents?)?(?: each)?[,.;]* (?:then )?(?:how much (?:do|does|will|would|is|are|for)|what (?:do|does|is"
    r"|will)(?: the (?:cost|price) of)?) (?P<many>an?|one|\d+)(?: [a-z]+)?(?: [a-z]+)?(?: cost| be)?\??$",
    re.I,
)
_PRICE_ZH = re.compile(
    rf"^(?:如果)?(?P<first>每|\d+){_M}(?P<what>[\u3400-\u9fff]{{1,5}}?)(?:的价格)?(?:要|卖|是|售价|需要|花|共"
    r"|一共)*(?P<price>\d+(?:\.\d+)?)(?P<unit>元|块钱?|角),?(?:那么|那)?(?:买)?(?P<many>\d+"
    rf"|每){_M}(?:[\u3400-\u9fff]{{0,5}}?)(?:要|需要|一共|共|得|花|是|卖|要花)*(?:多少|几)(?:元|钱|块钱?|角)$"
)


def price(request: Request, text: str) -> Solution | None:
    """A pen costs 3: what do 7 cost? And with several given, what does one cost?"""
    text = text.strip().rstrip("?。.")
    match = _PRICE_EN.match(text) or _PRICE_ZH.match(text)
    if not match:
        return None
    first, many = (Fraction(word) if word.isdecimal() else Fraction(1) for word in (match["first"], match["many"]))
    if not first or first == many:
        return None
    price = Fraction(match["price"])
    value = price / first * many
    mark = match.groupdict().get("mark") or ""
    unit = match["unit"] or ""
    line = (
        f"{plain(price)} × {plain(many)} = {plain(value)}"
        if first == 1
        else f"{plain(price)} ÷ {plain(first)} × {plain(many)} = {plain(value)}"
    )
    return _simple(
        request,
        f"{mark}{plain(value)} {unit}".strip(),
        line,
        ("the price of one times their number", "总价 = 单价 × 数量"),
    )


_SHARE_EN = re.compile(
    rf"{_N} (?P<what>[a-z]+(?: [a-z]+)?) (?:(?:are|is|were) )?(?:to be )?(?:shared|divided|split|distributed"
    r"|shares?|divides?|splits?)(?: equally| evenly| up| fairly)* (?:among|between|by|amongst|into|with"
    rf"|to) {_N} ?(?P<who>[a-z]+)?(?: equally| evenly)?|(?:shares?|divides?|splits?|distributes?|shared"
    rf"|divided) (?:out )?{_N} (?P<what2>[a-z]+)(?: equally| evenly)* (?:among|between|amongst|into) {_N} ?[a-z]*"
    rf"|{_N} (?:kids|children|people|friends|students) share {_N} (?P<what3>[a-z]+)(?: equally| evenly)?",
    re.I,
)
_SHARE_ZH = re.compile(
    rf"{_N}{_M}(?P<what>[\u3400-\u9fff]{{1,4}}?),?(?:要|想)?(?:平均)(?:分|分配|分成|分给|发)(?:给|成|到)?{_N}"
)


def sharing(request: Request, text: str) -> Solution | None:
    """24 apples are shared among 6 children: how many does each get?"""
    match = _SHARE_EN.search(text) or _SHARE_ZH.search(text)
    if (
        not match
        or _how_many_numbers(text) != 2
        or not re.search(r"each|every|apiece|per|every|left|remain|每|各|剩", text, re.I)
    ):
        return None
    numbers = [Fraction(group) for group in match.groups() if group and re.fullmatch(r"\d+(?:\.\d+)?", group)]
    total, parts = numbers if "what3" not in match.groupdict() or not match["what3"] else reversed(numbers)
    if not parts or parts.denominator != 1 or total.denominator != 1:
        return None
    each, left = divmod(int(total), int(parts))
    asks_left = re.search(r"left(?: over)?|remain|剩", text, re.I)
    say = request.say
    if asks_left and not re.search(r"each|每人|每", text[match.end() :], re.I):
        return _simple(
            request,
            str(left),
            f"{plain(total)} = {plain(parts)} × {each} + {left}",
            ("what does not go round is left over", "分不完的就是余数"),
        )
    if left:
        value = say(f"{each}, and {left} left over", f"{each}，还剩 {left}")
        return _simple(
            request,
            value,
            f"{plain(total)} = {plain(parts)} × {each} + {left}",
            ("the whole divided by the number of shares", "总数 ÷ 份数"),
        )
    return _simple(
        request,
        str(each),
        f"{plain(total)} ÷ {plain(parts)} = {each}",
        ("the whole divided by the number of shares", "总数 ÷ 份数"),
    )


def _how_many_numbers(text: str) -> int:
    return len(re.findall(r"\d+(?:\.\d+)?", _ONE.sub("", text)))
