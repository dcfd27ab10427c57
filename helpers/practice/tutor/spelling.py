"""What can be asked about the letters of a text, and the slips of a reader of tokens.

A model reads tokens, not letters. So a doubled letter is counted once, a long word comes out one letter short, and two
letters in the middle change places. Each function takes what a pattern of `letters` matched: the text is in one of the
groups tq, ts, tw and tr, the letter in one of lq, ls and lw.
"""

import re

from helpers.practice.tutor.numbers import ordinal
from helpers.practice.tutor.reasoning import Slip, Solution
from helpers.practice.tutor.request import Request
from helpers.practice.tutor.wording import in_digits, keyed

NOUN = r"(?:word|name|term|string|phrase|sentence|text|title|expression)s?(?: is)?:? ?(?:of )?"
NOUN_ZH = r"(?:英文|英语)?(?:单词|词语|字符串|句子|短语|文本|句话|词|字)"
_LONGEST = 60  # letters that the thinking spells out one by one
_UNITS = frozenset(["kg", "km", "cm", "mm", "ml", "lb", "lbs", "min", "hr", "ms", "kb", "mb", "gb", "mg"])


def _given(match: re.Match[str], slot: str) -> str:
    """What was named in quotes, bare or after a colon: the text ("t") or the letter ("l")."""
    groups = match.groupdict()
    return next((text.strip() for form in "qswr" if (text := groups.get(f"{slot}{form}"))), "")


def count(request: Request, match: re.Match[str]) -> Solution | None:
    """How often a letter, or a run of letters, occurs."""
    text, letter = _given(match, "t"), _given(match, "l")
    if (
        not text
        or not letter
        or len(letter) > 40
        or len(text) < len(letter)
        or (text.lower() in _UNITS and match["lw"])
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
            f'I look for "{letter}" in "{_short(text)}". Capitals count like small letters.',
            f"要在“{_short(text)}”里找“{letter}”，大小写不区分。",
        ),
        _spelled(request, text),
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
            f'"{letter}" occurs {count} time{"" if count == 1 else "s"} in "{_short(text)}"{places}.',
            f"“{_short(text)}”里有 {count} 个“{letter}”{places}。",
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
    text = _given(match, "t")
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
        say(f'I count the {en} of "{_short(text)}".', f"要数的是“{_short(text)}”里的{zh}。"),
        _spelled(request, text),
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
        return say(f'"{_short(text)}" has {count} {noun}{more}.', f"“{_short(text)}”有 {count} 个{zh}{more}。")

    more = say(f": {listed}", f"：{listed}") if listed else ""
    return Solution(
        str(value),
        sentence(value, more),
        steps,
        check,
        Slip(str(hasty), sentence(hasty, "")) if hasty != value else None,
    )


def backwards(request: Request, match: re.Match[str]) -> Solution | None:
    """The text from its end to its beginning."""
    text = _given(match, "t")
    if len(text) < 2 or text.lower() in (
        "engineering",
        "osmosis",
        "proxy",
        "dns",
        "mortgage",
        "shell",
        "psychology",
        "transcriptase",
        "etl",
        "it",
        "this",
    ):
        return None
    value, say = text[::-1], request.say
    middle = len(value) // 2
    hasty = value[: middle - 1] + value[middle] + value[middle - 1] + value[middle + 1 :] if len(value) > 7 else value
    steps = (
        say(
            f'I have to write "{_short(text)}" from its last character to its first.',
            f"要把“{_short(text)}”从最后一个字符写到第一个。",
        ),
        _spelled(request, text),
        say(
            f"Read from the end that is {'-'.join(value) if len(value) <= _LONGEST else _short(value)}.",
            f"从后往前读就是 {'-'.join(value) if len(value) <= _LONGEST else _short(value)}。",
        ),
    )
    check = say(
        f'it begins with "{value[0]}", ends with "{value[-1]}" and has {len(value)} characters like the original; '
        f'turned round again it is "{_short(text)}".',
        f"它以“{value[0]}”开头，以“{value[-1]}”结尾，长度同样是 {len(value)}；再倒过来就是“{_short(text)}”。",
    )
    return Solution(
        value,
        say(f'"{_short(text)}" backwards is "{value}".', f"“{_short(text)}”倒过来是“{value}”。"),
        steps,
        check,
        Slip(hasty, say(f'"{_short(text)}" backwards is "{hasty}".', f"“{_short(text)}”倒过来是“{hasty}”。"))
        if hasty != value
        else None,
    )


def nth(request: Request, match: re.Match[str]) -> Solution | None:
    """The nth character, from the front or from the end."""
    text, groups = _given(match, "t"), match.groupdict()
    place = (groups.get("place") or "").lower().strip()
    from_end = bool(groups.get("end")) or place in ("last", "final", "最后一", "最后1", "末")
    if place in ("last", "final", "最后一", "最后1", "末", "", "最后"):
        n = 1
    elif place in ("middle", "中间", "正中间"):
        n = (len(text) + 1) // 2 if len(text) % 2 else 0
    elif place in ("penultimate", "second to last", "second-to-last", "second last"):
        n, from_end = 2, True
    else:
        n = ordinal(in_digits(place.replace("第", "")) or "0")
    units = (
        re.findall(r"[^\s,.;:!?，。！？；：、]+", text) if groups.get("unit") in ("word", "词", "单词") else list(text)
    )
    if not text or not 1 <= n <= len(units):
        return _no_such(request, text, n, len(units)) if n > len(units) else None
    index = len(units) - n if from_end else n - 1
    value, say = units[index], request.say
    hasty = (
        units[index - 1] if len(units) > 4 and index + 1 > 3 and units[index - 1].lower() != value.lower() else value
    )
    where = say(
        f"number {n} from the end" if from_end else f"number {n}", f"倒数第 {n} 个" if from_end else f"第 {n} 个"
    )
    steps = (
        say(f'The question is about {where} of "{_short(text)}".', f"问的是“{_short(text)}”的{where}。"),
        _spelled(request, text)
        if len(units) == len(text)
        else say(f"In order: {', '.join(units[:30])}.", f"依次是：{'、'.join(units[:30])}。"),
        say(f'There {where} is "{value}".', f"{where}就是“{value}”。"),
    )
    check = say(
        f"before it come {index} and after it {len(units) - index - 1}, together with itself {len(units)}.",
        f"它前面有 {index} 个，后面有 {len(units) - index - 1} 个，加上它自己共 {len(units)} 个。",
    )

    def sentence(letter: str) -> str:
        return say(
            f"The {groups.get('unit') or 'letter'} at position {n}{' from the end' if from_end else ''} of "
            f'"{_short(text)}" is "{letter}".',
            f"“{_short(text)}”的{where}是“{letter}”。",
        )

    return Solution(value, sentence(value), steps, check, Slip(hasty, sentence(hasty)) if hasty != value else None)


def _no_such(request: Request, text: str, n: int, size: int) -> Solution:
    say = request.say
    value = say("there is none", "没有")
    steps = (
        say(f'The question is about number {n} of "{_short(text)}".', f"问的是“{_short(text)}”的第 {n} 个。"),
        _spelled(request, text),
        say(f"It ends at number {size}, before number {n}.", f"它到第 {size} 个就结束了，没有第 {n} 个。"),
    )
    return Solution(
        value,
        say(f'There is none: "{_short(text)}" has only {size}.', f"没有：“{_short(text)}”只有 {size} 个。"),
        steps,
        say(f"{size} is less than {n}.", f"{size} 小于 {n}。"),
    )


def contains(request: Request, match: re.Match[str]) -> Solution | None:
    """Whether a letter occurs at all."""
    text, letter = _given(match, "t"), _given(match, "l")
    if not text or not letter or len(text) < 2:
        return None
    value, say = letter.lower() in text.lower(), request.say
    count = text.lower().count(letter.lower())
    yes = say("yes" if value else "no", "有" if value else "没有")
    sentence = say(
        f'{"Yes" if value else "No"}, "{_short(text)}" contains {count if value else "no"} "{letter}".',
        f"{yes}，“{_short(text)}”里{f'有 {count} 个' if value else '没有'}“{letter}”。",
    )
    steps = (
        say(f'I look for "{letter}" in "{_short(text)}".', f"要在“{_short(text)}”里找“{letter}”。"),
        _spelled(request, text),
        say(
            f'Comparing each of them with "{letter}" gives {count} hit{"" if count == 1 else "s"}.',
            f"逐个与“{letter}”比较，找到 {count} 处。",
        ),
    )
    return Solution(
        yes,
        sentence,
        steps,
        say("I go through it from the end as well, with the same outcome.", "从后往前再看一遍，结果相同。"),
    )


def palindrome(request: Request, match: re.Match[str]) -> Solution | None:
    text = _given(match, "t")
    plain = re.sub(r"[\W_]", "", text.lower())
    if len(plain) < 2 or plain in ("it", "this", "that"):
        return None
    value, say = plain == plain[::-1], request.say
    yes = say("yes" if value else "no", "是" if value else "不是")
    sentence = say(
        f'{"Yes" if value else "No"}, "{_short(text)}" is {"" if value else "not "}a palindrome: backwards it '
        f'reads "{_short(plain[::-1])}".',
        f"“{_short(text)}”{yes}回文：倒过来是“{_short(plain[::-1])}”。",
    )
    steps = (
        say(
            "A palindrome reads the same from either end; blanks, signs and capitals do not count.",
            "回文是正读反读都一样的文字，空格、标点和大小写不计。",
        ),
        _spelled(request, plain),
        say(
            f"Backwards that is {_short(plain[::-1])}, which is {'the same' if value else 'different'}.",
            f"倒过来是 {_short(plain[::-1])}，与原来{'相同' if value else '不同'}。",
        ),
    )
    return Solution(
        yes,
        sentence,
        steps,
        say(
            "comparing the first with the last, the second with the one before it and so on leads to the same result.",
            "首尾两两对比，结论一致。",
        ),
    )


def spell(request: Request, match: re.Match[str]) -> Solution | None:
    text = _given(match, "t")
    if len(text) < 2:
        return None
    value, say = "-".join(text), request.say
    steps = (say(f'I take "{_short(text)}" apart.', f"把“{_short(text)}”逐个拆开。"), _spelled(request, text))
    return Solution(
        value,
        say(f'"{_short(text)}" is spelled {value}.', f"“{_short(text)}”拼作 {value}。"),
        steps,
        say(
            f'put together again these {len(text)} give "{_short(text)}".',
            f"这 {len(text)} 个合起来就是“{_short(text)}”。",
        ),
    )


def _spelled(request: Request, text: str) -> str:
    """Character by character, with numbers, as far as that is bearable."""
    shown = " ".join(f"{character}({number})" for number, character in enumerate(text[:_LONGEST].replace(" ", "␣"), 1))
    rest = len(text) - _LONGEST
    if rest > 0:
        return request.say(
            f"Spelled out: {shown} and so on for the other {rest}.", f"逐个写出来：{shown}，其余 {rest} 个照样数下去。"
        )
    return request.say(
        f"Spelled out with numbers: {shown}. That makes {len(text)}.",
        f"逐个写出来并编号：{shown}。一共 {len(text)} 个。",
    )


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
