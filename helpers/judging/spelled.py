"""Numbers written as words, put in digits: "twenty-four" becomes "24", "三个" becomes "3个". Standard library only."""

import re

_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH = {
    **{word: value for value, word in enumerate(_TO_TWENTY.split())},
    **{word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)},
    "hundred": 100,
    "thousand": 1000,
}
_WORD = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_ENGLISH_RUN = re.compile(rf"(?<![\w-])(?:{_WORD})(?:(?:-|\s+(?:and\s+)?)(?:{_WORD}))*(?![\w-])", re.I)
_PRONOUN = re.compile(r"\b(?:the|this|that|which|each|every|no|any|another|first|last|other|\w+er)\s+$", re.I)
_DIGITS = {"零": 0, "〇": 0, "两": 2} | {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
# Most of these characters are also part of other words; before a measure word, or alone, they count something.
_CHINESE_RUN = re.compile(
    r"(?<![每另同某任统唯])(?P<number>[零〇一两二三四五六七八九十百千万]+)"
    r"(?=\s*(?:个|次|只|天|分|元|块|位|名|条|件|台|岁|年|月|小时|秒|字|行|$|[\s.,;:!?。）)*]))"
)


def in_digits(text: str) -> str:
    """The text with the numbers that it spells out written in digits; "one" as a pronoun stays as it is."""
    return _CHINESE_RUN.sub(lambda match: str(_chinese(match["number"])), _ENGLISH_RUN.sub(_english, text))


def _english(match: re.Match[str]) -> str:
    words = re.findall(_WORD, match[0].lower())
    if words[0] == "one" and _PRONOUN.search(match.string[: match.start()]):
        return match[0]
    total = current = 0
    for word in words:
        value = _ENGLISH[word]
        if value >= 100:
            current = max(current, 1) * value
            if value == 1000:
                total, current = total + current, 0
        else:
            current += value
    return str(total + current)


def _chinese(number: str) -> int:
    total = section = digit = 0
    for character in number:
        if character == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        elif character in _SCALES:
            section, digit = section + max(digit, 1) * _SCALES[character], 0
        else:
            digit = _DIGITS[character]
    return total + section + digit
