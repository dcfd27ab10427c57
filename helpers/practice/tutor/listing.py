"""Names examples of common kinds, counts, and picks at random: "Name three colors", "Count from 1 to 20", 抛硬币.

People ask for these first when they try streaming, stop sequences, or temperature. A request is one of them only if all
of its words are understood: "Name three colors" is, "Name three countries in Europe" is not.
"""

import re
from collections.abc import Sequence
from functools import cache

from helpers.practice.tutor.data import load
from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.question import Draft, Language, Question
from helpers.practice.tutor.texts.prose import Deck
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wording import Lexicon, in_digits, kinds, tidy

_LONGEST = 200  # characters
_MOST_NUMBERS = 2000
_LIKED = (7, 42, 37, 73, 3, 8, 5, 17, 27, 64, 4, 6, 2, 9, 88, 1, 10, 50, 100)  # what models say when asked for any

_LEAD = r"(?:(?:please|can you|could you|now|ok|请|帮我|你|麻烦)[, ]{0,2}){0,3}"
_N = r"(-?\d{1,9})"
_TAIL = (
    r"(?P<tail>(?:[\s,.!。]|(?:one|1)(?: number)? per line|each on (?:a|its) (?:new|own) line|line by line"
    r"|separated by (?:commas|spaces)"
    r"|comma.separated|backwards?|please|only|slowly|in order|with nothing else|每行一个|一行一个|用逗号(?:分隔"
    r"|隔开)|的?(?:数字|整数|自然数|数)"
    r"|所有的?|慢慢数?|只要数字|即可){0,6})"
)
_RANGES = (
    Pattern(
        rf"{_LEAD}(?:count|list|print|write|say|recite|output|show)(?: (?:all|the|me|out|down|up|whole|integers"
        rf"|numbers)){{0,5}}(?: from)?"
        rf" {_N} ?(?:to|through|until|up to|down to|-|~) ?{_N}(?:,? (?:by"
        rf"|in steps of) (?P<step>\d{{1,4}})(?:'?s)?)?{_TAIL}",
        re.IGNORECASE,
    ),
    Pattern(
        rf"{_LEAD}(?:列出|写出|输出|说出|打印|依次){{0,2}}从?{_N}(?:开始)?,?(?:一直)?倒?(?:数到|到|至|-"
        rf"|~){_N}(?P<step>(?!x)x)?{_TAIL}"
    ),
)
_UP_TO = Pattern(rf"{_LEAD}(?:count (?:up )?to|从1?开始数到|数数?到) ?{_N}{_TAIL}", re.IGNORECASE)
_DOWN_FROM = Pattern(
    rf"{_LEAD}(?:count (?:down|backwards?)(?: from)?|从?{_N}?倒数|倒计时|倒着数) ?{_N}?{_TAIL}", re.IGNORECASE
)
_ANY_NUMBER = (
    Pattern(
        rf"{_LEAD}(?:pick|choose|give me|generate|tell me|say|think of|name|guess)(?: me)? (?:a|any"
        rf"|one)?(?: single)? ?(?P<random>random )?(?:whole )?"
        rf"(?:number|integer)(?: (?:between|from|in the range)(?: of)? {_N} (?:and|to"
        rf"|-) {_N})?(?:,? inclusive)?{_TAIL}",
        re.IGNORECASE,
    ),
    Pattern(
        rf"{_LEAD}(?:给我|随机|随便|任意|说|选|生成|挑|想|出|来|取){{0,4}}(?:一?1?个)?(?:在|从)?(?:{_N}(?:到|和|至|-|~){_N}"
        rf"(?:之间|中|里|以内)?)?的?,?(?:给我|随机|随便|任意|说|选|生成|挑|想|出|来|取){{0,4}}(?:一?1?个)?(?P<random>随机|任意)?的?"
        rf"(?:整数|数字|数){_TAIL}"
    ),
)
_CHANCES: tuple[tuple[Pattern, dict[Language, Sequence[str]]], ...] = (
    (
        Pattern(
            rf"{_LEAD}(?:flip|toss) (?:a|1|the) coin{_TAIL}|{_LEAD}(?:抛|扔|掷)(?:一?1?[枚个次])?硬币[。!]?",
            re.IGNORECASE,
        ),
        {"en": ("Heads.", "Tails."), "zh": ("正面。", "反面。")},
    ),
    (
        Pattern(
            rf"{_LEAD}(?:roll|throw) (?:a|1|the)(?: six.sided)? (?:die|dice){_TAIL}|{_LEAD}(?:掷|扔"
            rf"|投)(?:一?1?[个次颗])?骰子(?P<zh>[。!]?)",
            re.IGNORECASE,
        ),
        {"en": ("4", "3", "6", "2", "5", "1"), "zh": ("4", "3", "6", "2", "5", "1")},
    ),
)


def answer(question: Question, voice: Voice) -> Draft | None:
    """Examples, numbers in a row, or a pick; None where the request is for anything else."""
    if len(question.text) > _LONGEST:
        return None
    text = tidy(question.text).rstrip("?。. ")
    said = _counted(in_digits(text)) or _picked(in_digits(text), question, voice) or _examples(text, question, voice)
    return Draft(said, thinking=_thinking(question)) if said else None


def _counted(text: str) -> str | None:
    """Numbers in a row."""
    step, numbers = 1, None
    for pattern in _RANGES:
        if found := pattern.fullmatch(text):
            numbers, step = (int(found[1]), int(found[2])), int(found["step"] or 1)
            break
    else:
        if found := _UP_TO.fullmatch(text):
            numbers = (1, int(found[1]))
        elif (found := _DOWN_FROM.fullmatch(text)) and (start := found[1] or found[2]):
            numbers = (int(start), 1)
    if not numbers or not step:
        return None
    first, last = numbers
    if re.search(r"backward|倒", text) and first < last:
        first, last = last, first
    row = range(first, last + (1 if first <= last else -1), step if first <= last else -step)[:_MOST_NUMBERS]
    tail = found["tail"].lower()
    joint = "\n" if re.search("line|行", tail) else " " if "spaces" in tail else ", "
    return joint.join(map(str, row))


def _picked(text: str, question: Question, voice: Voice) -> str | None:
    """A number out of a range, or how a coin or a die falls."""
    for pattern, sides in _CHANCES:
        if pattern.fullmatch(text):
            return voice.pick(sides[question.language])
    found = next((found for pattern in _ANY_NUMBER if (found := pattern.fullmatch(text))), None)
    if not found or not (found["random"] or found[1] or found[2] or "随" in text):
        return None
    low, high = sorted(int(end) for end in found.groups()[:3] if end and re.fullmatch(r"-?\d+", end)) or (1, 100)
    liked = [number for number in _LIKED if low <= number <= high]
    spread = [low + (high - low) * part // 7 for part in range(1, 7)]
    return str(voice.pick(list(dict.fromkeys([*liked, *spread]))))


def _examples(text: str, question: Question, voice: Voice) -> str | None:
    """Members of a common kind: as many as are asked for, or all where there are few and no number is said."""
    tokens = _vocabulary().read(text) or []
    named = {token.key for token in tokens if token.kind == "kind"}
    amounts = [int(token.value) for token in tokens if token.kind == "number"]
    if len(named) != 1 or not kinds(tokens) & {"ask", "list"} or len(amounts) > 1:
        return None
    kind = load("kinds")["kind"][int(named.pop())]
    members = kind[f"members_{question.language}"]
    several = re.search(r"s\b|alphabet|哪|所有|全部|表|四季", text) is not None
    wanted = amounts[0] if amounts else len(members) if kind.get("all") and several else 5 if several else 1
    if not 0 < wanted <= len(members):
        return None
    if kind.get("all") and "random" not in kinds(tokens):
        chosen = members[:wanted]
    else:
        deck = Deck(voice, members)
        chosen = [deck.draw() for _ in range(wanted)]
    return _put(chosen, question.language, in_lines="list" in kinds(tokens))


def _put(members: Sequence[str], language: Language, *, in_lines: bool) -> str:
    if len(members) == 1:
        return members[0][:1].upper() + members[0][1:]
    if in_lines:
        return "\n".join(f"{number}. {member}" for number, member in enumerate(members, 1))
    if language == "zh":
        return "、".join(members) + "。"
    listed = ", ".join(members[:-1]) + f" and {members[-1]}."
    return listed[:1].upper() + listed[1:]


def _thinking(question: Question) -> str:
    if question.language == "zh":
        return "用户要的是简单的列举、数数或随机挑选。直接给出，数量对上就好。"
    return (
        "The user wants a simple list, a count or a random pick. I give just that, and make sure that the number is "
        "right."
    )


@cache
def _vocabulary() -> Lexicon:
    data = load("kinds")
    names = {}
    for number, kind in enumerate(data["kind"]):
        for name in kind["en"]:
            names |= {name: str(number), f"{name}s": str(number)}
        names |= {name: str(number) for name in kind["zh"]}
    words = {role: "|".join(data["words"][role]) for role in ("list", "random", "ask")}
    return Lexicon({"kind": names, **words, "": "|".join(data["words"]["little"])})
