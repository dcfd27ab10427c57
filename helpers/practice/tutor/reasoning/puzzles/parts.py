"""What the puzzles share: amounts with their units, the sentence that asks, names without their articles."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from helpers.practice.tutor.reasoning.numbers import as_decimal, rounded
from helpers.practice.tutor.reasoning.solution import Solution
from helpers.practice.tutor.request import Request

Puzzle = Callable[[Request, str], Solution | None]
"""Solves one kind of puzzle, given the request and its text with all numbers in digits; None for another kind."""

NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
TIME = r"(?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?)"
TIME_ZH = r"(?:秒钟?|分钟|小时|个小时|个钟头|天|日|周|星期|个月|年)"
COUNT = re.compile(
    rf"(?P<n>{NUMBER}) ?(?:(?P<time>{TIME})\b|(?P<time_zh>{TIME_ZH})|(?P<noun>[a-z]+)"
    r"|[个台只名位件条头架辆间面块本]?(?P<noun_zh>[\u3400-\u9fff]?))",
    re.I,
)
ASKS = re.compile(r"how (?:many|long|much)|多少|几|多久|多长时间", re.I)
_SENTENCE = re.compile(r"(?:[^.?!;\n。]|\.(?=\d))+[.?!;\n。]*")

# unit word: (unit of the answer, how many of those it is)
_UNITS = {
    **dict.fromkeys(("$", "dollar", "dollars", "usd", "buck", "bucks"), ("$", Fraction(1))),
    **dict.fromkeys(("cent", "cents", "c"), ("$", Fraction(1, 100))),
    **dict.fromkeys(("€", "euro", "euros"), ("€", Fraction(1))),
    **dict.fromkeys(("£", "pound", "pounds"), ("£", Fraction(1))),
    **dict.fromkeys(("¥", "￥"), ("¥", Fraction(1))),
    **dict.fromkeys(("yuan", "rmb"), ("yuan", Fraction(1))),
    **dict.fromkeys(("元", "块", "块钱"), ("元", Fraction(1))),
    **dict.fromkeys(("角", "毛", "毛钱"), ("元", Fraction(1, 10))),
    "分": ("元", Fraction(1, 100)),
}
AMOUNT = (
    rf"(?:[$€£¥￥] ?{NUMBER}|{NUMBER} ?(?:dollars?|usd|bucks?|cents?|c\b|euros?|pounds?|yuan|rmb|元|块钱|块|角"
    r"|毛钱|毛|分)?)"
    r"(?:(?: and |, )?\d{1,2} ?(?:cents?|角|毛|分)|\d(?![\d.]))?"
)
_AMOUNT_PART = re.compile(
    rf"([$€£¥￥]?) ?({NUMBER}) ?(dollars?|usd|bucks?|cents?|c\b|euros?|pounds?|yuan|rmb|元|块钱|块|角|毛钱|毛|分)?",
    re.I,
)
_TIMES = {
    "seconds": "秒",
    "minutes": "分钟",
    "mins": "分钟",
    "hours": "小时",
    "days": "天",
    "weeks": "周",
    "months": "个月",
    "years": "年",
}
_TIMES_EN = {chinese: english for english, chinese in _TIMES.items() if english != "mins"} | {
    "日": "days",
    "个小时": "hours",
    "秒钟": "seconds",
}


@dataclass(frozen=True)
class Amount:
    """So much of something; `unit` is "$", "€", "£", "¥", "yuan", "元" or "" for plain numbers."""

    value: Fraction
    unit: str = ""

    def show(self) -> str:
        """As a price tag or plain number: $0.05, 0.05 元, 12."""
        if self.unit in ("$", "€", "£", "¥"):
            cents = as_decimal(self.value, 2)
            whole = self.value.denominator == 1
            return (
                f"{self.unit}{cents if whole else f'{float(self.value):.2f}'}"
                if cents
                else f"{self.unit}{rounded(self.value)}"
            )
        number = plain(self.value)
        return f"{number} {self.unit}" if self.unit else number

    def spelled(self) -> str:
        """Like `show`, with less than a dollar in cents too: $0.05 (5 cents)."""
        if self.unit in ("$", "元") and 0 < self.value < 1:
            small = plain(self.value * 100)
            return (
                f"{self.show()} ({small} cent{'' if self.value * 100 == 1 else 's'})"
                if self.unit == "$"
                else f"{self.show()}（{small} 分）"
            )
        return self.show()


def read_amount(text: str) -> Amount:
    """The amount that AMOUNT matched, such as "$1.10", "1 dollar and 10 cents" or 1元1角."""
    total, unit = Fraction(0), ""
    for mark, number, word in _AMOUNT_PART.findall(text):
        known, size = _UNITS.get((mark or word or "").lower(), ("", Fraction(1)))
        if not known and unit == "元":  # 1块1 is 1块1毛
            size = Fraction(1, 10)
        unit = unit or known
        total += Fraction(number.replace(",", "")) * size
    return Amount(total, unit)


def plain(value: Fraction | int) -> str:
    """A number as people write it: exact where that is short, else as a fraction and rounded."""
    value = Fraction(value)
    return as_decimal(value, 6) or f"{value.numerator}/{value.denominator} (≈ {rounded(value)})"


def sentences(text: str) -> list[str]:
    """The sentences of `text`."""
    return [match.group().strip() for match in _SENTENCE.finditer(text) if match.group().strip()]


def asking(text: str) -> str:
    """What is asked: from the last question word on, or the last sentence."""
    last = (sentences(text) or [""])[-1]
    starts = [
        match.start()
        for match in re.finditer(r"\b(?:how (?:many|much|long|old|far|heavy)|what|which|who|when|where)\b", last, re.I)
    ]
    return last[starts[-1] :] if starts else last


def bare(name: str) -> str:
    """`name` without what stands before it: "and the bat" becomes "bat", 一个球 becomes 球."""
    name = re.sub(
        r".*\b(?:the|a|an|that|and|if|but|my|his|her|our|one|1|where|while|with|of|both)\s+",
        "",
        name.strip(),
        flags=re.I,
    )
    return re.sub(
        r".*?(?:\d+|这|那|每|[买有]了?)?(?:\d+|这|那|一)(?:个|副|支|只|本|把|件|瓶|杯|张|条|头|台|双|块|根|枝|颗"
        r"|份|位)",
        "",
        name,
    ).strip()


def the(name: str, *, start: bool = False) -> str:
    """`name` with its article, unless it is somebody's name."""
    if name[:1].isupper():
        return name
    return f"{'The' if start else 'the'} {name}"


def time_units(unit: str) -> tuple[str, str]:
    """A unit of time in English (plural) and in Chinese, from how it was written in either."""
    english = unit.lower().rstrip("s") + "s"
    return (english, _TIMES[english]) if english in _TIMES else (_TIMES_EN.get(unit, unit), unit)


def duration(request: Request, value: Fraction | int, unit: str) -> str:
    """The value with its unit of time: "1 day", "5 days", 5 天."""
    english, chinese = time_units(unit)
    if request.language == "zh" or not english.isascii():
        return f"{plain(value)} {chinese}"
    return plural(value, english)


def plural(count: Fraction | int, noun: str) -> str:
    """The count with its noun: "1 day", "5 days"."""
    noun = noun.lower().removesuffix("s")
    return f"{plain(count)} {noun}{'' if count == 1 else 's'}"


def as_number(count: re.Match[str]) -> Fraction:
    """The number of something that COUNT matched."""
    return Fraction(count["n"].replace(",", ""))
