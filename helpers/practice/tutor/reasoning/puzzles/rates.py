"""Puzzles about work: so many machines need so many minutes for so many widgets."""

import re
from dataclasses import dataclass
from fractions import Fraction

from helpers.practice.tutor.reasoning.puzzles.parts import COUNT, TIME, TIME_ZH, as_number, duration, plain, time_units
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request

_WORKED = re.compile(
    r"\b(?:mak|produc|build|catch|lay|laid|paint|typ|dig|eat|print|assembl|pick|bak|sew|wash|clean|cook|finish"
    r"|complet|manufactur|writ|pack|kill|solv|grad|do\b|did)\w*"
    r"|生产|制造|做|抓|捉|吃|下了?\d+[个颗枚]|挖|粉刷|刷|打印|组装|造|加工|完成|洗|缝|印",
    re.I,
)


@dataclass(frozen=True)
class _Run:
    """So many workers need so long for so many pieces; what is not said is None."""

    workers: Fraction | None
    time: Fraction | None
    pieces: Fraction | None


def machines(request: Request, text: str) -> Solution | None:
    """If 5 machines take 5 minutes for 5 widgets, how long do 100 machines take for 100?"""
    start = _query_start(text)
    if not start or not _WORKED.search(text) or len(text) > 400:
        return None
    query = text[start:]
    given, asked = list(COUNT.finditer(text[:start])), list(COUNT.finditer(query))
    times = [count for count in given if count["time"] or count["time_zh"]]
    others = [count for count in given if not (count["time"] or count["time_zh"])]
    if len(times) != 1 or len(others) != 2 or not 1 <= len(asked) <= 2:
        return None
    worker, piece = (_noun(count) for count in others)
    if re.search(r"\bby (?:the )?\d+", text[:start]):  # 5 widgets are made by 5 machines
        worker, piece, others = piece, worker, others[::-1]
    workers, pieces = (as_number(count) for count in others)
    unit = (times[0]["time"] or times[0]["time_zh"]).lower()
    first = _Run(workers, as_number(times[0]), pieces)
    wants = _wanted(query, worker, piece)
    second = _second(asked, wants, worker, piece)
    if not all((first.workers, first.time, first.pieces)) or second is None or wants is None:
        return None
    rate = first.pieces / (first.workers * first.time)
    if wants == "time":
        value = second.pieces / (second.workers * rate)
    elif wants == "workers":
        value = second.pieces / (second.time * rate)
    else:
        value = second.workers * second.time * rate
    return _work_solution(request, first, second, wants, value, unit)


def _query_start(text: str) -> int | None:
    """Where the question begins: at its question word, or as far before it as the clauses that its numbers stand in."""
    words = list(re.finditer(r"how (?:long|many|much time)|多久|多长时间|多少|几", text, re.I))
    if not words:
        return None
    start = words[-1].start()
    while start > 0 and (
        not re.search(r"\d", text[start:]) or (text[words[-1].start()] >= "\u3400" and text[start - 1] not in ",.;?。")
    ):
        start = max(text.rfind(mark, 0, start - 1) for mark in ",.;?。") + 1
    return start or None


def _wanted(query: str, worker: str, piece: str) -> str | None:
    if re.search(
        rf"how long|how much time|how many {TIME}|多久|多长时间|(?:多少|几)个?(?:{TIME_ZH}|时间)", query, re.I
    ):
        return "time"
    noun = re.search(
        r"how many (?:more )?([a-z]+)|(?:多少|几)[个台只名位件条头架辆间面块本]?([\u3400-\u9fff]?)", query, re.I
    )
    if not noun:
        return None
    asked = _stem(noun[1] or noun[2] or "")
    if asked == worker:
        return "workers"
    return "pieces" if asked == piece or not asked else None


def _second(asked: list[re.Match[str]], wants: str | None, worker: str, piece: str) -> _Run | None:
    time = next((as_number(count) for count in asked if count["time"] or count["time_zh"]), None)
    counts = [count for count in asked if not (count["time"] or count["time_zh"])]
    if wants == "time" and time is None and counts:
        named = {_noun(count): as_number(count) for count in counts}
        if len(counts) == 2 and (set(named) <= {worker, piece, ""}):
            return _Run(named.get(worker, as_number(counts[0])), None, named.get(piece, as_number(counts[1])))
        return None
    if time is None or len(counts) != 1:
        return None
    number = as_number(counts[0])
    return _Run(None, time, number) if wants == "workers" else _Run(number, time, None)


def _work_solution(request: Request, first: _Run, second: _Run, wants: str, value: Fraction, unit: str) -> Solution:
    say = request.say
    each = first.time * first.workers / first.pieces
    value_text = duration(request, value, unit) if wants == "time" else plain(value)
    unit_en, unit_zh = time_units(unit)
    known = {
        "time": (second.workers, second.pieces),
        "workers": (second.time, second.pieces),
        "pieces": (second.workers, second.time),
    }[wants]
    hasty = known[0] if known[0] == known[1] and known[0] != value else None
    if hasty is None and first.workers == first.time == first.pieces:
        hasty = next((number for number in known if number != value), None)
    steps = (
        say(
            f"{plain(first.workers)} at work for {plain(first.time)} {unit_en} finish {plain(first.pieces)}.",
            f"{plain(first.workers)} 个一起干 {plain(first.time)} {unit_zh}，完成 {plain(first.pieces)} 个。",
        ),
        say(
            f"They work side by side. So one of them alone needs {plain(first.workers)} × {plain(first.time)} "
            f"÷ {plain(first.pieces)} = {plain(each)} {unit_en} for one piece.",
            f"它们是同时工作的，所以单独一个完成一件需要 {plain(first.workers)} × {plain(first.time)} "
            f"÷ {plain(first.pieces)} = {plain(each)} {unit_zh}。",
        ),
        {
            "time": say(
                f"Then {_p(second.pieces)} pieces take {_p(second.workers)} of them {_p(second.pieces)} "
                f"× {plain(each)} ÷ {_p(second.workers)} = {plain(value)} {unit_en}.",
                f"那么 {_p(second.workers)} 个完成 {_p(second.pieces)} 件需要 {_p(second.pieces)} "
                f"× {plain(each)} ÷ {_p(second.workers)} = {plain(value)} {unit_zh}。",
            ),
            "workers": say(
                f"For {_p(second.pieces)} in {_p(second.time)} {unit_en} it takes {_p(second.pieces)} "
                f"× {plain(each)} ÷ {_p(second.time)} = {plain(value)} of them.",
                f"要在 {_p(second.time)} {unit_zh}内完成 {_p(second.pieces)} 件，"
                f"需要 {_p(second.pieces)} × {plain(each)} ÷ {_p(second.time)} = {plain(value)} 个。",
            ),
            "pieces": say(
                f"Then {_p(second.workers)} of them finish {_p(second.workers)} × {_p(second.time)} "
                f"÷ {plain(each)} = {plain(value)} in {_p(second.time)} {unit_en}.",
                f"那么 {_p(second.workers)} 个在 {_p(second.time)} {unit_zh}里完成 {_p(second.workers)} "
                f"× {_p(second.time)} ÷ {plain(each)} = {plain(value)} 件。",
            ),
        }[wants],
    )
    reason = say(
        f"one alone needs {plain(each)} {unit_en} for one piece, and they all work at the same time",
        f"单独一个完成一件要 {plain(each)} {unit_zh}，而它们是同时工作的",
    )
    slip = None
    if hasty is not None:
        wrong = duration(request, hasty, unit) if wants == "time" else plain(hasty)
        slip = Slip(wrong, say(f"{wrong}, following the pattern of the numbers.", f"{wrong}，照数字的规律类推。"))
    check = say(
        "more workers and more work in the same proportion leave the time as it is, and that agrees with the result.",
        "人手和工作量同比例增加时，时间不变；这个结果与此相符。",
    )
    return Solution(value_text, f"{value_text}{say(': ', '：')}{reason}{say('.', '。')}", steps, check, slip)


def _stem(noun: str) -> str:
    noun = noun.lower()
    return {"mice": "mouse", "people": "person", "men": "man", "women": "woman"}.get(noun) or noun.removesuffix("s")


def _noun(count: re.Match[str]) -> str:
    return _stem(count["noun"] or count["noun_zh"] or "")


def _p(value: Fraction | None) -> str:
    return plain(value or 0)
