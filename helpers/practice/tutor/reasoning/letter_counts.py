"""Counting in a text: how often a letter occurs, how many letters, vowels or characters there are.

The slips are those of a reader of tokens: a doubled letter is counted once, a long word comes out one letter short.
"""

import re

from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.reasoning.spelling import NOUN, NOUN_ZH, given, short, spelled_out
from helpers.practice.tutor.request import Request
from helpers.practice.tutor.wording import keyed

_UNITS = frozenset(["kg", "km", "cm", "mm", "ml", "lb", "lbs", "min", "hr", "ms", "kb", "mb", "gb", "mg"])
_SMALLER = frozenset(["g", "m", "l", "s", "b"])  # what those are multiples of


def count(request: Request, match: re.Match[str]) -> Solution | None:
    """How often a letter, or a run of letters, occurs."""
    text, letter = given(match, "t"), given(match, "l")
    if (
        not text
        or not letter
        or len(letter) > 40
        or len(text) < len(letter)
        or (text.lower() in _UNITS and letter.lower() in _SMALLER)
    ):
        return None  # how many g in kg: that is about units
    low, wanted = text.lower(), letter.lower()
    value = low.count(wanted)
    places = [i + 1 for i in range(len(low)) if low.startswith(wanted, i)]
    if len(wanted) > 1:
        places = places[:value] if len(places) == value else []
    say = request.say
    times = say(f"{value} time{'' if value == 1 else 's'}", f"{value} 次")
    where = ", ".join(map(str, places[:30]))
    at = (
        ""
        if not places or len(places) > 12
        else say(
            f", at position{'' if value == 1 else 's'} {where}",
            f"，分别在第 {where} 位" if value > 1 else f"，在第 {where} 位",
        )
    )
    run = len(re.findall(f"(?:{re.escape(wanted)})+", low))
    hasty = run if len(wanted) == 1 and run < value else value - 1 if value > 2 else value
    steps = (
        say(
            f'I look for "{letter}" in "{short(text)}". Capitals count like small letters.',
            f"要在“{short(text)}”里找“{letter}”，大小写不区分。",
        ),
        spelled_out(request, text),
        say(f'Going along it, "{letter}" turns up {times}{at}.', f"逐个看过去，“{letter}”出现了 {times}{at}。"),
    )
    check = say(
        f'without "{letter}" the text keeps {len(text) - value * len(letter)} of its {len(text)} characters, '
        f"and {len(text)} - {len(text) - value * len(letter)} = {value * len(letter)}.",
        f"去掉“{letter}”之后，{len(text)} 个字符还剩 {len(text) - value * len(letter)} 个，{len(text)} "
        f"- {len(text) - value * len(letter)} = {value * len(letter)}。",
    )

    def sentence(count: int, places: str) -> str:
        return say(
            f'"{letter}" occurs {count} time{"" if count == 1 else "s"} in "{short(text)}"{places}.',
            f"“{short(text)}”里有 {count} 个“{letter}”{places}。",
        )

    slip = Slip(str(hasty), sentence(hasty, "")) if hasty != value else None
    return Solution(str(value), sentence(value, at), steps, check, slip)


_NO_WORDS = frozenset(
    [
        "word",
        "name",
        "sentence",
        "alphabet",
        "text",
        "string",
        "language",
        "english",
        "chinese",
        "it",
        "this",
        "that",
        "them",
        "page",
        "paragraph",
        "book",
        "here",
        "total",
    ]
)


_NAMED = re.compile(f"{NOUN}|{NOUN_ZH}", re.I)


_CLASSES = {
    "vowels": (re.compile(r"[aeiouàáâãäåèéêëìíîïòóôõöùúûü]", re.I), "vowels", "元音字母"),
    "consonants": (re.compile(r"(?![aeiouàáâãäåèéêëìíîïòóôõöùúûü])[^\W\d_]", re.I), "consonants", "辅音字母"),
    "letters": (re.compile(r"[^\W\d_]"), "letters", "字母"),
    "characters": (re.compile(r".", re.S), "characters", "字符"),
    "han": (re.compile(r"[\u3400-\u9fff]"), "Chinese characters", "汉字"),
    "digits": (re.compile(r"\d"), "digits", "数字"),
    "capitals": (re.compile(r"[A-Z]"), "capital letters", "大写字母"),
    "small letters": (re.compile(r"[a-z]"), "small letters", "小写字母"),
    "words": (re.compile(r"[^\s,.;:!?]+"), "words", "单词"),
    "spaces": (re.compile(r" "), "spaces", "空格"),
}


KINDS = keyed(
    {
        "vowels": "vowels|vowel|元音|元音字母",
        "consonants": "consonants|consonant|辅音|辅音字母",
        "letters": "letters|letter|alphabets|字母|英文字母",
        "characters": "characters|character|chars|symbols|字符",
        "han": "字|汉字",
        "digits": "digits|数字",
        "capitals": "capital letters|capitals|uppercase letters|大写字母",
        "small letters": "lowercase letters|small letters|小写字母",
        "words": "words|单词|词",
        "spaces": "spaces|空格",
    }
)


def size(request: Request, match: re.Match[str]) -> Solution | None:
    """How many letters, vowels, characters and so on there are."""
    text = given(match, "t")
    kind = KINDS.get((match.groupdict().get("kind") or "letters").lower().strip(), "letters")
    if not text or (kind == "letters" and not re.search(r"[^\W\d_]", text)):
        return None
    if match.groupdict().get("tw") and (
        kind in ("words", "spaces", "digits")
        or text.lower() in _NO_WORDS
        or (kind == "characters" and not _NAMED.search(match[0]))
    ):
        return None  # how many characters in Hamlet, how many words in English: not about the word
    if kind in ("letters", "characters") and re.fullmatch(r"[\u3400-\u9fff\W]+", text):
        kind = "han" if kind == "letters" else kind
    pattern, en, zh = _CLASSES[kind]
    found = pattern.findall(text)
    value, say = len(found), request.say
    doubles = (
        len(re.findall(r"([a-z])\1", text.lower())) if kind in ("letters", "vowels", "consonants", "characters") else 0
    )
    hasty = value - 1 if (doubles and value > 5) or value > 10 else value
    if value == 1:
        en = en.removesuffix("s")
    listed = (
        say(", ", "、").join(found)
        if kind in ("vowels", "consonants", "digits", "capitals") and 0 < value <= 20
        else ""
    )
    steps = (
        say(f'I count the {en} of "{short(text)}".', f"要数的是“{short(text)}”里的{zh}。"),
        spelled_out(request, text),
        say(
            f"Those that count are {listed or 'the ones just listed'}: {value} in all."
            if kind != "words"
            else f"That makes {value} words.",
            f"符合条件的{f'是 {listed}' if listed else '就是上面数到的'}，一共 {value} 个。",
        ),
    )
    check = say(
        f"counting once more from the end, in groups of three, gives {value} again.",
        f"从后往前三个一组再数一遍，还是 {value} 个。",
    )

    def sentence(count: int, more: str) -> str:
        noun = en if count != 1 else en.removesuffix("s")
        return say(f'"{short(text)}" has {count} {noun}{more}.', f"“{short(text)}”有 {count} 个{zh}{more}。")

    more = say(f": {listed}", f"：{listed}") if listed else ""
    return Solution(
        str(value),
        sentence(value, more),
        steps,
        check,
        Slip(str(hasty), sentence(hasty, "")) if hasty != value else None,
    )
