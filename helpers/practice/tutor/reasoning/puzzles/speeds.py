"""Puzzles about time: what happens to all at once, and the way there and back."""

import re
from fractions import Fraction

from helpers.practice.tutor.reasoning.puzzles.parts import COUNT, NUMBER, TIME, TIME_ZH, as_number, duration, plain
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request


def side_by_side(request: Request, text: str) -> Solution | None:
    """What happens to all at once takes no longer for more of them: shirts on a line, eggs in a pot, an orchestra."""
    drying = re.search(r"\b(?:dry|dries|drying)\b|晒干|晾干|晒|晾|烘干", text, re.I) and re.search(
        r"\b(?:line|sun|outside|clothesline|shirts?|towels?|clothes|sheets?)\b|衣服|衬衫|毛巾|床单|被子", text, re.I
    )
    boiling = (re.search(r"\bboil", text, re.I) and re.search(r"\beggs?\b|potato", text, re.I)) or re.search(
        r"煮.{0,8}鸡蛋|鸡蛋.{0,12}煮", text
    )
    playing = re.search(
        r"\b(?:orchestra|symphony|choir|musicians?|players?|singers?)\b|乐队|乐团|合唱|交响", text, re.I
    ) and re.search(r"\b(?:play|perform|sing)|演奏|唱", text, re.I)
    if not (drying or boiling or playing) or not re.search(
        rf"how (?:long|much time|many {TIME})|多久|多长时间|(?:多少|几)个?(?:{TIME_ZH})", text, re.I
    ):
        return None
    counts = list(COUNT.finditer(text))
    times = [count for count in counts if count["time"] or count["time_zh"]]
    items = [count for count in counts if count not in times]
    if (
        len(times) != 1
        or not 1 <= len(items) <= 3
        or re.search(r"one (?:at a time|after)|逐个|一个一个|依次|line only|fits? only", text, re.I)
    ):
        return None
    first, last, time = as_number(items[0]), as_number(items[-1]), as_number(times[0])
    if len(items) == 1:
        first = Fraction(1)
    unit = (times[0]["time"] or times[0]["time_zh"]).lower()
    say = request.say
    value = duration(request, time, unit)
    hasty = time * last / first if first else time
    wrong = duration(request, hasty, unit)
    steps = (
        say(
            f"{plain(first)} take {value}, and the question is about {plain(last)}.",
            f"{plain(first)} 个需要 {value}，现在问的是 {plain(last)} 个。",
        ),
        say(
            "Do they take their turns one after the other, or does it happen to all of them at once?",
            "关键是：它们是一个接一个进行，还是同时进行？",
        ),
        say(
            "It happens to all at once, side by side; none has to wait for another. So the number does not "
            "matter, as long as there is room.",
            "它们是同时进行的，谁也不用等谁。只要放得下，数量并不影响时间。",
        ),
    )
    check = say(
        f"a single one would also need {value}, no less, so proportion was the wrong idea here.",
        f"只有一个也同样需要 {value}，不会更短，所以这里不能按比例算。",
    )
    return Solution(
        value,
        say(
            f"{value}: all of them go on at the same time, so more of them take no longer.",
            f"{value}：它们是同时进行的，数量多了也不会更久。",
        ),
        steps,
        check,
        Slip(
            wrong,
            say(
                f"{wrong}: {plain(hasty / time)} times as many take {plain(hasty / time)} times as long.",
                f"{wrong}：数量是 {plain(hasty / time)} 倍，时间也是 {plain(hasty / time)} 倍。",
            ),
        )
        if hasty != time
        else None,
    )


def there_and_back(request: Request, text: str) -> Solution | None:
    """The same way there at one speed and back at another: the average is not the one in the middle."""
    speeds = re.findall(
        rf"({NUMBER}) ?(?:km/h|kmh|kph|mph|km per hour|kilometers? (?:per|an|1) hour|kilometres? (?:per|an|1) hour"
        r"|miles? (?:per|an|1) hour|km an hour|公里/小时|千米/小时|公里每小时|千米每小时|公里|千米)",
        text,
        re.I,
    )
    if not re.search(r"average|mean speed|平均速度|平均时速", text, re.I) or not re.search(
        r"\b(?:back|return|returns|returning|round trip|uphill|downhill)\b|返回|回来|回程|往返|下山|原路", text, re.I
    ):
        return None
    if len(speeds) != 2:
        return None
    a, b = map(Fraction, speeds)
    if not a or not b:
        return None
    value = 2 * a * b / (a + b)
    unit = "mph" if re.search(r"mph|miles", text, re.I) else "km/h"
    say = request.say
    unit = say(unit, "公里/小时")
    shown, wrong = f"{plain(value)} {unit}", f"{plain((a + b) / 2)} {unit}"
    steps = (
        say(
            "Average speed is the whole distance over the whole time, not the mean of the speeds.",
            "平均速度是总路程除以总时间，不是两个速度的平均数。",
        ),
        say(
            f"Call the one-way distance d. There it takes d/{plain(a)}, back d/{plain(b)}.",
            f"设单程为 d，去程用时 d/{plain(a)}，回程用时 d/{plain(b)}。",
        ),
        say(
            f"Together 2d ÷ (d/{plain(a)} + d/{plain(b)}) = 2 × {plain(a)} × {plain(b)} ÷ ({plain(a)} "
            f"+ {plain(b)}) = {plain(value)}.",
            f"平均速度 = 2d ÷ (d/{plain(a)} + d/{plain(b)}) = 2 × {plain(a)} × {plain(b)} ÷ ({plain(a)} "
            f"+ {plain(b)}) = {plain(value)}。",
        ),
    )
    check = say(
        "more time is spent at the lower speed, so the average must lie nearer to it, and it does.",
        "慢的那段花的时间更多，平均速度应该更靠近较小的那个，结果正是如此。",
    )
    slip = (
        Slip(
            wrong,
            say(
                f"{wrong}, the mean of {plain(a)} and {plain(b)}.", f"{wrong}，就是 {plain(a)} 和 {plain(b)} 的平均数。"
            ),
        )
        if a != b
        else None
    )
    return Solution(
        shown,
        say(
            f"{shown}: the whole distance over the whole time is 2 × {plain(a)} × {plain(b)} ÷ ({plain(a)} "
            f"+ {plain(b)}).",
            f"{shown}：总路程除以总时间，2 × {plain(a)} × {plain(b)} ÷ ({plain(a)} + {plain(b)})。",
        ),
        steps,
        check,
        slip,
    )
