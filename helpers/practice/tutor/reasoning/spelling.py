"""The spelling of a text: backwards, letter by letter, the nth one, whether one is in it.

A model reads tokens, not letters, so two letters in the middle of a long word change places, and the nth one is easily
its neighbor. Each function takes what a pattern of `letters` matched: the text is in one of the groups tq, ts, tw and
tr, the letter in one of lq, ls and lw.
"""

import re

from helpers.practice.tutor.reasoning.numbers import ordinal
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request
from helpers.practice.tutor.wording import in_digits

NOUN = r"(?:word|name|term|string|phrase|sentence|text|title|expression)s?(?: is)?:? ?(?:of )?"
NOUN_ZH = r"(?:英文|英语)?(?:单词|词语|字符串|句子|短语|文本|句话|词|字)"
_LONGEST = 60  # letters that the thinking spells out one by one


def given(match: re.Match[str], slot: str) -> str:
    """What was named in quotes, bare or after a colon: the text ("t") or the letter ("l")."""
    groups = match.groupdict()
    return next((text.strip() for form in "qswr" if (text := groups.get(f"{slot}{form}"))), "")


def backwards(request: Request, match: re.Match[str]) -> Solution | None:
    """The text from its end to its beginning."""
    text = given(match, "t")
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
            f'I have to write "{short(text)}" from its last character to its first.',
            f"要把“{short(text)}”从最后一个字符写到第一个。",
        ),
        spelled_out(request, text),
        say(
            f"Read from the end that is {'-'.join(value) if len(value) <= _LONGEST else short(value)}.",
            f"从后往前读就是 {'-'.join(value) if len(value) <= _LONGEST else short(value)}。",
        ),
    )
    check = say(
        f'it begins with "{value[0]}", ends with "{value[-1]}" and has {len(value)} characters like the original; '
        f'turned round again it is "{short(text)}".',
        f"它以“{value[0]}”开头，以“{value[-1]}”结尾，长度同样是 {len(value)}；再倒过来就是“{short(text)}”。",
    )
    return Solution(
        value,
        say(f'"{short(text)}" backwards is "{value}".', f"“{short(text)}”倒过来是“{value}”。"),
        steps,
        check,
        Slip(hasty, say(f'"{short(text)}" backwards is "{hasty}".', f"“{short(text)}”倒过来是“{hasty}”。"))
        if hasty != value
        else None,
    )


def nth(request: Request, match: re.Match[str]) -> Solution | None:
    """The nth character, from the front or from the end."""
    text, groups = given(match, "t"), match.groupdict()
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
        say(f'The question is about {where} of "{short(text)}".', f"问的是“{short(text)}”的{where}。"),
        spelled_out(request, text)
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
            f'"{short(text)}" is "{letter}".',
            f"“{short(text)}”的{where}是“{letter}”。",
        )

    return Solution(value, sentence(value), steps, check, Slip(hasty, sentence(hasty)) if hasty != value else None)


def _no_such(request: Request, text: str, n: int, size: int) -> Solution:
    say = request.say
    value = say("there is none", "没有")
    steps = (
        say(f'The question is about number {n} of "{short(text)}".', f"问的是“{short(text)}”的第 {n} 个。"),
        spelled_out(request, text),
        say(f"It ends at number {size}, before number {n}.", f"它到第 {size} 个就结束了，没有第 {n} 个。"),
    )
    return Solution(
        value,
        say(f'There is none: "{short(text)}" has only {size}.', f"没有：“{short(text)}”只有 {size} 个。"),
        steps,
        say(
            f"{size} is less than {n}, so I had better say that than make one up.",
            f"{size} 小于 {n}，与其编一个，不如直说。",
        ),
    )


def contains(request: Request, match: re.Match[str]) -> Solution | None:
    """Whether a letter occurs at all."""
    text, letter = given(match, "t"), given(match, "l")
    if not text or not letter or len(text) < 2:
        return None
    value, say = letter.lower() in text.lower(), request.say
    count = text.lower().count(letter.lower())
    yes = say("yes" if value else "no", "有" if value else "没有")
    sentence = say(
        f'{"Yes" if value else "No"}, "{short(text)}" contains {count if value else "no"} "{letter}".',
        f"{yes}，“{short(text)}”里{f'有 {count} 个' if value else '没有'}“{letter}”。",
    )
    steps = (
        say(f'I look for "{letter}" in "{short(text)}".', f"要在“{short(text)}”里找“{letter}”。"),
        spelled_out(request, text),
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
    text = given(match, "t")
    plain = re.sub(r"[\W_]", "", text.lower())
    if len(plain) < 2 or plain in ("it", "this", "that"):
        return None
    value, say = plain == plain[::-1], request.say
    yes = say("yes" if value else "no", "是" if value else "不是")
    sentence = say(
        f'{"Yes" if value else "No"}, "{short(text)}" is {"" if value else "not "}a palindrome: backwards it '
        f'reads "{short(plain[::-1])}".',
        f"“{short(text)}”{yes}回文：倒过来是“{short(plain[::-1])}”。",
    )
    steps = (
        say(
            "A palindrome reads the same from either end; blanks, signs and capitals do not count.",
            "回文是正读反读都一样的文字，空格、标点和大小写不计。",
        ),
        spelled_out(request, plain),
        say(
            f"Backwards that is {short(plain[::-1])}, which is {'the same' if value else 'different'}.",
            f"倒过来是 {short(plain[::-1])}，与原来{'相同' if value else '不同'}。",
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
    text = given(match, "t")
    if len(text) < 2:
        return None
    value, say = "-".join(text), request.say
    steps = (
        say(
            f'I take "{short(text)}" apart, one character after the other, and leave none out.',
            f"把“{short(text)}”一个字符一个字符地拆开，不漏掉任何一个。",
        ),
        spelled_out(request, text),
    )
    return Solution(
        value,
        say(f'"{short(text)}" is spelled {value}.', f"“{short(text)}”拼作 {value}。"),
        steps,
        say(
            f'put together again these {len(text)} give "{short(text)}".',
            f"这 {len(text)} 个合起来就是“{short(text)}”。",
        ),
    )


def spelled_out(request: Request, text: str) -> str:
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


def short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
