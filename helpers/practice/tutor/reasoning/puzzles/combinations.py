"""Puzzles about how many are needed or possible: socks in the dark, handshakes at a party."""

import re

from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request


def socks(request: Request, text: str) -> Solution | None:
    """Socks in a dark drawer: as many as there are colors, and one more, surely hold a pair."""
    if not re.search(r"\b(?:socks?|gloves|stockings)\b|袜子|手套", text, re.I) or re.search(r"gloves|手套", text, re.I):
        return None
    colors = {
        match.lower()
        for match in re.findall(
            r"\b(?:black|white|blue|red|green|brown|gr[ae]y|yellow|pink|purple|orange)\b"
            r"|[黑白蓝红绿棕灰黄粉紫]色?(?=的?袜|[、和,色双只的\d])",
            text,
            re.I,
        )
    }
    colors = {color.removesuffix("色") for color in colors}
    if (
        len(colors) < 2
        or not re.search(r"how many|least|minimum|sure|guarantee|certain|多少|几|至少|保证", text, re.I)
        or not re.search(r"match|pair|same colou?r|一双|一对|同色|相同颜色|颜色相同|同样颜色", text, re.I)
    ):
        return None
    if not re.search(
        r"dark|without looking|blind|sure|guarantee|certain|at least|least|minimum|黑暗|闭|不看|保证|至少|最少|关灯|摸",
        text,
        re.I,
    ):
        return None
    n, say = len(colors), request.say
    counts = [int(number) for number in re.findall(r"\d+", text)]
    hasty = max(counts, default=n + 1) + 1
    steps = (
        say(
            f"There are {n} colors. How many socks of each there are does not matter yet.",
            f"一共有 {n} 种颜色，每种有多少只暂时不重要。",
        ),
        say(
            f"In the worst case the first {n} socks are all of different colors.",
            f"最坏的情况是，前 {n} 只颜色各不相同。",
        ),
        say(
            f"The next one must repeat one of these colors. So {n} + 1 = {n + 1} socks are sure to hold a pair.",
            f"再拿一只，必定与其中一只同色。所以 {n} + 1 = {n + 1} 只就能保证有一双。",
        ),
    )
    check = say(
        f"with only {n} socks it can still fail, so {n + 1} is the least number.",
        f"只拿 {n} 只仍可能失败，所以 {n + 1} 是最少的数量。",
    )
    slip = (
        Slip(str(hasty), say(f"{hasty}, to be on the safe side.", f"{hasty} 只，这样才保险。"))
        if hasty != n + 1
        else None
    )
    return Solution(
        str(n + 1),
        say(
            f"{n + 1}: with {n} colors, one sock more than there are colors must make a pair.",
            f"{n + 1} 只：共 {n} 种颜色，比颜色数多拿一只就必有一双同色。",
        ),
        steps,
        check,
        slip,
    )


def handshakes(request: Request, text: str) -> Solution | None:
    """Everybody shakes hands with everybody once: each handshake belongs to two."""
    match = re.search(
        r"(\d+) (?:people|persons|friends|guests|colleagues|students|players|teams|men|women)\b", text, re.I
    ) or re.search(r"(\d+)[个位名]?(?:人|朋友|客人|同学|学生|同事|队)", text)
    if (
        not match
        or not re.search(r"handshakes?|shakes? hands|shook hands|握(?:一次|1次|了)?手", text, re.I)
        or not re.search(r"how many|多少|几", text, re.I)
    ):
        return None
    if not re.search(r"each|every|all|once|每|都|互相|两两|彼此", text, re.I):
        return None
    n, say = int(match[1]), request.say
    if n > 10**6:
        return None
    value, hasty = n * (n - 1) // 2, n * (n - 1)
    steps = (
        say(f"Each of the {n} shakes hands with the {n - 1} others.", f"{n} 个人每人与其余 {n - 1} 人握手。"),
        say(
            f"That would be {n} × {n - 1} = {hasty}, but every handshake is counted twice in it, once for each hand.",
            f"{n} × {n - 1} = {hasty}，但这样每次握手被两个人各算了一次。",
        ),
        say(f"So it is {hasty} ÷ 2 = {value}.", f"所以是 {hasty} ÷ 2 = {value}。"),
    )
    check = say(
        "with 2 people the formula gives 1 and with 3 it gives 3, which is right.",
        "用 2 个人验证得 1 次，3 个人得 3 次，都正确。",
    )
    slip = Slip(str(hasty), say(f"{hasty}: {n} × {n - 1}.", f"{hasty} 次：{n} × {n - 1}。")) if n > 1 else None
    return Solution(
        str(value),
        say(
            f"{value}: {n} × {n - 1} ÷ 2, since every handshake takes two.",
            f"{value} 次：{n} × {n - 1} ÷ 2，因为每次握手涉及两个人。",
        ),
        steps,
        check,
        slip,
    )
