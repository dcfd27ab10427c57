"""One notation for what models write in many: digits, punctuation, LaTeX, Markdown; and the numbers in it."""

import re
import unicodedata
from fractions import Fraction

HAN = "\u3400-\u9fff"  # Chinese characters, for use within brackets

_NUMBER = re.compile(
    r"(?<![a-z0-9_.])(?:(?<![\w)\]])-)?[$¥€£]?-?(?=\.?\d)(?P<whole>\d{1,3}(?:,\d{3})+(?!\d)|\d+)?(?P<part>\.\d+)?"
    r"(?:/(?P<under>[1-9]\d*)(?![\d/]))?",
    re.I,
)


def readable(text: str) -> str:
    """The text with plain digits and punctuation, and with the operators of LaTeX as characters."""
    text = unicodedata.normalize("NFKC", text).replace("−", "-").replace("’", "'").replace("{,}", ",")
    text = re.sub(r"\\(?:times|cdot)\b", "×", text).replace(r"\div", "÷").replace(r"\approx", "≈")
    text = re.sub(r"\\d?frac\{(\d+)\}\{(\d+)\}", r"\1/\2", text)
    text = re.sub(r"\\(?:text|mathrm|mathbf)\{([^{}]*)\}", r"\1", text)
    return re.sub(r"\\[()\[\],;! ]|\\(?=[$%])|\$(?!-?\.?\d)|(?<=\d)\$", "", text)


def plain(text: str) -> str:
    """The text without its Markdown."""
    return re.sub(r"```\w*\n?|\*\*|__|[`*]|^\s*(?:#+|>)\s*", "", text, flags=re.MULTILINE)


def numbers(text: str) -> list[re.Match[str]]:
    """Where the text has numbers. A minus counts as a sign where nothing stands before it to be subtracted from."""
    return list(_NUMBER.finditer(text))


def number(match: re.Match[str]) -> Fraction:
    """The value of one of the `numbers`."""
    digits = (match["whole"] or "0").replace(",", "") + (match["part"] or "")
    value = Fraction(digits) / int(match["under"] or 1)
    return -value if "-" in match[0] else value


def occurrences(name: str, text: str) -> list[re.Match[str]]:
    """Where a name stands in the text: a number by its value, anything else as a whole word in any case."""
    if value := _NUMBER.fullmatch(name):
        return [match for match in numbers(text) if number(match) == number(value)]
    edges = (r"(?<![a-z0-9])", r"(?![a-z0-9])") if name.isascii() else ("", "")
    return list(re.finditer(edges[0] + re.escape(name) + edges[1], text, re.I))
