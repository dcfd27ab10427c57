"""Who is tallest, when A is taller than B and B than C? Or is it not settled?"""

import re
from collections.abc import Callable, Sequence
from itertools import permutations

from helpers.practice.tutor.reasoning.puzzles.parts import asking
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request

# Comparatives of one scale, the greater end first: (comparative, superlative) in English and in Chinese.
_SCALES = (
    (("taller", "tallest"), ("shorter", "shortest"), "高", "矮低"),
    (("older", "oldest"), ("younger", "youngest"), "大老", "小年轻"),
    (("faster", "fastest"), ("slower", "slowest"), "快", "慢"),
    (("heavier", "heaviest"), ("lighter", "lightest"), "重", "轻"),
    (("bigger", "biggest"), ("smaller", "smallest"), "大", "小"),
    (("larger", "largest"), ("smaller", "smallest"), "大", "小"),
    (("longer", "longest"), ("shorter", "shortest"), "长", "短"),
    (("richer", "richest"), ("poorer", "poorest"), "富", "穷"),
    (("stronger", "strongest"), ("weaker", "weakest"), "强", "弱"),
    (("higher", "highest"), ("lower", "lowest"), "高", "低"),
    (("smarter", "smartest"), ("dumber", "dumbest"), "聪明", "笨"),
    (("hotter", "hottest"), ("colder", "coldest"), "热", "冷"),
    (("better", "best"), ("worse", "worst"), "好", "差"),
    (("thicker", "thickest"), ("thinner", "thinnest"), "厚胖", "薄瘦"),
    (("earlier", "earliest"), ("later", "latest"), "早", "晚"),
)
_MOST_NAMES = 6
_WORDS = sorted({word for scale in _SCALES for pair in scale[:2] for word in pair}, key=len, reverse=True)
_THAN = re.compile(
    r"(?P<a>[a-z]+) (?:is|was|are|runs?|ran|walks?|can run|looks?|arrived|came|finished|weighs)(?: much| a bit"
    rf"| a little| slightly| even)? (?P<word>{'|'.join(_WORDS)})(?: in \w+)? than (?:the |my )?(?P<b>[a-z]+)",
    re.I,
)
_THAN_ZH = re.compile(
    r"(?P<a>[A-Za-z]+|[\u3400-\u9fff]{1,4}?)(?:跑得|长得|来得|的?年龄|的?年纪)?比(?P<b>[A-Za-z]+"
    r"|[\u3400-\u9fff]{1,4}?)(?:跑得|长得|来得|的?年龄|的?年纪)?还?要?更?(?P<word>年轻|聪明"
    r"|[高矮低大老小快慢重轻长短富穷强弱热冷好差厚胖薄瘦笨早晚])"
)
_OPEN = re.compile(r"as \w+ as|not \w+er\b|一样|不比|没有.{1,6}(?:高|大|快|重)", re.I)


def ranking(request: Request, text: str) -> Solution | None:
    """Tom is taller than Ann, Ann is taller than Bob: who is shortest? Or is it not settled?"""
    found = [*_THAN.finditer(text), *_THAN_ZH.finditer(text)]
    query = asking(text)
    if len([*_THAN.finditer(query), *_THAN_ZH.finditer(query)]) > 1:
        query = re.split(r"[,;。.]", query.rstrip("?。. "))[-1]
    stated = [match for match in found if match.end() <= text.rfind(query)]
    words = {match["word"].lower() for match in stated}
    scale = next((scale for scale in _SCALES if all(_sign(scale, word) for word in words)), None)
    if len(stated) < 2 or scale is None or _OPEN.search(text):
        return None
    above = [(m["a"], m["b"]) if _sign(scale, m["word"].lower()) > 0 else (m["b"], m["a"]) for m in stated]
    spelled = {name.lower(): name for pair in above for name in pair}
    pairs = list(dict.fromkeys((a.lower(), b.lower()) for a, b in above))
    names = list(spelled)
    if not 3 <= len(names) <= _MOST_NAMES or any(name in ("he", "she", "it", "they", "who") for name in names):
        return None
    orders = [order for order in permutations(names) if all(order.index(a) < order.index(b) for a, b in pairs)]
    if not orders:
        return None
    say = request.say
    asked = _asked(query, scale, names)
    if asked is None:
        return None
    answers = {asked(order) for order in orders}
    chain = say(" and ", "，").join(
        say(f"{spelled[a]} is {scale[0][0]} than {spelled[b]}", f"{spelled[a]}比{spelled[b]}{_zh(scale, query)}")
        for a, b in sorted(pairs, key=lambda pair: orders[0].index(pair[0]))
    )
    line = " > ".join(spelled[name] for name in orders[0])
    steps = (
        say(f"Put the same way round, the statements are: {chain}.", f"把条件统一成同一个方向：{chain}。"),
        say(
            f"From left to right, from the {scale[0][1]} down, that "
            f"allows {'exactly one order' if len(orders) == 1 else f'{len(orders)} orders'}, for example {line}.",
            f"从左到右排下来，符合条件的顺序{'只有一种' if len(orders) == 1 else f'有 {len(orders)} 种'}：{line}。",
        ),
        say(
            "Now I read the answer off that, and look whether every possible order agrees on it.",
            "再从中读出答案，并看所有可能的顺序是否一致。",
        ),
    )
    check = say(f"each statement holds in {line}.", f"{line} 满足每个条件。")
    if len(answers) > 1:
        first = sorted(answers)[0]
        value = say("it cannot be determined", "无法确定")
        wrong = spelled.get(first, first)
        return Solution(
            value,
            say(
                f"It cannot be determined: {chain}, and that leaves more than one order open.",
                f"无法确定：由“{chain}”得不出唯一的顺序。",
            ),
            steps,
            check,
            Slip(_yes(request, wrong), say(f"{_yes(request, wrong).capitalize()}.", f"{_yes(request, wrong)}。")),
        )
    answer = answers.pop()
    value = _yes(request, spelled.get(answer, answer))
    return Solution(
        value,
        say(
            f"{value[0].upper() + value[1:]}: {chain}, so the order is {line}.",
            f"{value}：{chain}，所以顺序是 {line}。",
        ),
        steps,
        check,
    )


def _asked(query: str, scale: tuple, names: list[str]) -> Callable[[Sequence[str]], str] | None:
    """What the query reads off an order, or None."""
    more, less, zh_more, zh_less = scale
    low = query.lower()
    mentioned = sorted(
        (name for name in names if re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", low)), key=low.index
    )
    if re.search(r"middle|中间|第二|second", low):
        return (lambda order: order[len(order) // 2]) if len(names) == 3 else None
    if len(mentioned) == 2:
        a, b = mentioned
        if match := re.search(rf"\b({more[0]}|{less[0]})\b", low):
            up = match[1] == more[0]
        elif match := re.search(rf"([{zh_more}])|([{zh_less}])", query):
            up = bool(match[1])
        else:
            return None
        if re.search(r"\bwho\b|which|谁|哪", low):
            return lambda order: (
                (a if order.index(a) < order.index(b) else b) if up else (b if order.index(a) < order.index(b) else a)
            )
        return lambda order: "yes" if (order.index(a) < order.index(b)) == up else "no"
    if mentioned or not re.search(r"who|which|what|谁|哪", low):
        return None
    if re.search(rf"\b{more[1]}\b|最(?:年?[{zh_more}])", low):
        return lambda order: order[0]
    if re.search(rf"\b{less[1]}\b|最(?:[{zh_less}]|年轻|年幼)", low):
        return lambda order: order[-1]
    return None


def _yes(request: Request, answer: str) -> str:
    return {"yes": request.say("yes", "是"), "no": request.say("no", "不是")}.get(answer, answer)


def _sign(scale: tuple, word: str) -> int:
    more, less, zh_more, zh_less = scale
    if word in more or word in zh_more:
        return 1
    return -1 if word in less or word in zh_less else 0


def _zh(scale: tuple, query: str) -> str:
    return next((sign for sign in scale[2] if sign in query), scale[2][0])
