"""Numbers as people write them: digits and words, English and Chinese, and back again as exact decimals.

Words come in as a list, one word, Chinese character, digit group or sign at a time; `wording.atoms` cuts a text so.
"""

import re
from collections.abc import Sequence
from fractions import Fraction

LITERAL = r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3}(?![^\W_]))?"
_SMALL = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_PARTS = {
    word: value
    for value, words in enumerate(
        [
            "half halves",
            "third thirds",
            "quarter quarters fourth fourths",
            "fifth fifths",
            "sixth sixths",
            "seventh sevenths",
            "eighth eighths",
            "ninth ninths",
            "tenth tenths",
        ],
        2,
    )
    for word in words.split()
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
}
_CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000}
_CHINESE_WHOLE = "[零〇一二两三四五六七八九十百千万亿]+"
_CHINESE = re.compile(
    rf"(?P<hundredths>百分之)?(?:(?P<below>{_CHINESE_WHOLE})分之)?(?P<whole>{_CHINESE_WHOLE})"
    r"(?:点(?P<digits>[零〇一二三四五六七八九]+|十[一二三四五六七八九]?))?"  # 九点十一 is how some read 9.11 aloud
)
_LITERAL_SCALES = {"hundred": 100, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8} | _SCALES
CHINESE_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿点分之")
ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})"


def read(words: Sequence[str], at: int = 0) -> tuple[Fraction, int] | None:
    """The unsigned number that begins at `words[at]`, and how many words it takes; None where none begins."""
    return _digits(words, at) or _english(words, at) or _chinese(words, at)


def ordinal(text: str) -> int:
    """The place that "third", "3rd" or "3" stands for. Raises ValueError for any other word."""
    word = text.lower()
    return _ORDINALS.get(word) or int(re.sub(r"(?:st|nd|rd|th)$", "", word))


def chinese_whole(text: str) -> int | None:
    """The whole number that Chinese numerals such as 一百零五 or 二〇二六 stand for; None where they stand for none."""
    if not set(text) & {"十", "百", "千", "万", "亿"}:
        return int("".join(str(_CHINESE_DIGITS[digit]) for digit in text))
    for sign, scale in (("亿", 10**8), ("万", 10**4)):
        if sign in text:
            head, _, tail = text.rpartition(sign)
            above = chinese_whole(head) if head else None
            if sign == "万" and len(tail) == 1:  # 一万二 is short for 一万二千
                tail += "千"
            below = _below_ten_thousand(tail) if sign == "万" else chinese_whole(tail or "零")
            return None if above is None or below is None else above * scale + below
    return _below_ten_thousand(text)


def as_decimal(value: Fraction, places: int = 12) -> str | None:
    """`value` as a decimal with at most `places` decimals, without trailing zeros; None where that is not exact."""
    scaled = value * 10**places
    if scaled.denominator != 1:
        return None
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    return ("-" if value < 0 else "") + whole + (f".{decimals}" if decimals else "")


def rounded(value: Fraction, places: int = 4) -> str:
    """`value` rounded half up to `places` decimals."""
    scaled = abs(value) * 10**places
    nearest = Fraction((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**places)
    return as_decimal(-nearest if value < 0 else nearest, places) or "0"


def _digits(words: Sequence[str], at: int) -> tuple[Fraction, int] | None:
    if at >= len(words) or not re.fullmatch(LITERAL, words[at]):
        return None
    value = Fraction(words[at].replace(",", ""))
    if at + 1 < len(words) and (scale := _LITERAL_SCALES.get(words[at + 1])):
        return value * scale, 2
    return value, 1


def _english(words: Sequence[str], at: int) -> tuple[Fraction, int] | None:
    if _word(words, at) == "half":
        return Fraction(1, 2), 1
    if _word(words, at) in ("a", "an") and _word(words, at + 1) in _PARTS:
        return Fraction(1, _PARTS[words[at + 1]]), 2
    whole, used = _english_whole(words, at)
    if not used:
        return None
    after = at + used
    if _word(words, after) in _PARTS and whole:
        return Fraction(whole, _PARTS[words[after]]), used + 1
    if _word(words, after) == "point":
        digits = ""
        while _SMALL.get(_word(words, after + 1 + len(digits)), 10) < 10:
            digits += str(_SMALL[words[after + 1 + len(digits)]])
        if digits:
            return Fraction(f"{whole}.{digits}"), used + 1 + len(digits)
        if _word(words, after + 1) in _SMALL:  # "nine point eleven", as some read 9.11 aloud
            return Fraction(f"{whole}.{_SMALL[words[after + 1]]}"), used + 2
    return Fraction(whole), used


def _english_whole(words: Sequence[str], at: int) -> tuple[int, int]:
    """The whole number that begins at `words[at]`, and how many words it takes: 0 where none begins."""
    total, group, i = 0, 0, at  # what stands before the last "thousand" or "million", and what came since
    ceiling = 10**15
    if _word(words, at) in ("a", "an") and _word(words, at + 1) in ("hundred", "dozen", *_SCALES):
        group, i = 1, at + 1
    while (word := _word(words, i)) is not None:
        before = _word(words, i - 1) if i > at else None
        if word == "and" and (before == "hundred" or before in _SCALES):
            if _word(words, i + 1) not in _SMALL and _word(words, i + 1) not in _TENS:
                break
        elif word == "-" and before in _TENS:
            if not 0 < _SMALL.get(_word(words, i + 1), 0) < 10:
                break
        elif (
            word in _SMALL
            and before != "zero"
            and (not group % 100 or (_SMALL[word] < 10 and not group % 10 and group % 100 >= 20))
        ):
            group += _SMALL[word]
        elif word in _TENS and before != "zero" and not group % 100:
            group += _TENS[word]
        elif word == "hundred" and 0 < group < 100:
            group *= 100
        elif word == "dozen" and group and not total:
            return group * 12, i + 1 - at
        elif group and _SCALES.get(word, ceiling) < ceiling:
            ceiling = _SCALES[word]
            total, group = total + group * ceiling, 0
        else:
            break
        i += 1
    return total + group, i - at


def _word(words: Sequence[str], at: int) -> str | None:
    return words[at] if at < len(words) else None


def _chinese(words: Sequence[str], at: int) -> tuple[Fraction, int] | None:
    if words[at : at + 3] == ["百", "分", "之"] and (literal := _digits(words, at + 3)):
        return literal[0] / 100, 3 + literal[1]
    end = at
    while end < len(words) and end - at < 24 and words[end] in CHINESE_NUMERALS:
        end += 1
    match = _CHINESE.match("".join(words[at:end]))
    if not match:
        return None
    whole = chinese_whole(match["whole"])
    below = chinese_whole(match["below"]) if match["below"] else 1
    if whole is None or not below:
        return None
    value = Fraction(whole)
    if match["digits"]:
        tens = chinese_whole(match["digits"]) if match["digits"][0] == "十" else None
        value += Fraction(f"0.{tens or ''.join(str(_CHINESE_DIGITS[digit]) for digit in match['digits'])}")
    return value / below / (100 if match["hundredths"] else 1), match.end()


def _below_ten_thousand(text: str) -> int | None:
    """千, 百 and 十 in falling order, each but a leading 十 with its digit; 零 bridges a gap, and 一百五 is 150."""
    total, digit, scale = 0, None, 10**4
    for sign in text:
        if sign in _CHINESE_SCALES:
            if _CHINESE_SCALES[sign] >= scale or (digit is None and sign != "十"):
                return None
            scale = _CHINESE_SCALES[sign]
            total, digit = total + (1 if digit is None else digit) * scale, None
        elif digit:
            return None
        else:
            digit = _CHINESE_DIGITS[sign]
    short = scale > 10 and len(text) > 1 and scale < 10**4 and text[-2] in _CHINESE_SCALES
    return total + (digit or 0) * (scale // 10 if short else 1)
