"""Puzzles about ages: the distance between two people stays the same."""

import re
from fractions import Fraction

from helpers.practice.tutor.reasoning.puzzles.parts import plain, sentences
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request

_SHARES = {
    "half": Fraction(1, 2),
    "一半": Fraction(1, 2),
    "twice": Fraction(2),
    "2倍": Fraction(2),
    "double": Fraction(2),
}


def age_gap(request: Request, text: str) -> Solution | None:
    """When I was 6 my sister was half my age. Now I am 70: how old is she? The distance stays the same."""
    then = re.search(
        r"\bwhen (?:I|he|she|[A-Z][a-z]+) was (\d+)|(?:当)?[我他她\u3400-\u9fff]{1,4}(\d+)岁(?:的时候|时|那年)",
        text,
        re.I,
    )
    share = re.search(
        r"\b(half|twice|double) (?:my|his|her|of my|[A-Z][a-z]+'s|as old|the)|(?:年龄|岁数)?(?:是|只有"
        r"|才)[我他她]的?(?:年龄的)?(一半|2倍)",
        text,
        re.I,
    )
    now = re.search(
        r"\b(?:now|today|currently)[^.?\d]{0,24}(\d+)|\b(?:I am|I'm|he is|she is|[A-Z][a-z]+ is) (?:now )?(\d+)"
        r"|(?:现在|今年|如今)[^,.?\d]{0,6}(\d+)岁?",
        text,
        re.I,
    )
    if (
        not then
        or not share
        or not now
        or not re.search(r"how old|what age|what is .{0,12}age|多大|几岁|多少岁", text, re.I)
    ):
        return None
    early, late = int(next(filter(None, then.groups()))), int(next(filter(None, now.groups())))
    factor = _SHARES[next(filter(None, share.groups())).lower()]
    other = early * factor
    if late < early:
        return None
    value, hasty, say = other + late - early, late * factor, request.say
    steps = (
        say(f"At {early} the other one was {plain(other)}.", f"{early} 岁的时候，另一个人是 {plain(other)} 岁。"),
        say(
            f"So the distance between the two is {plain(abs(early - other))} years, and a distance in age never "
            "changes.",
            f"两人相差 {plain(abs(early - other))} 岁，而年龄差永远不变。",
        ),
        say(
            f"Now at {late}, the other one is {late} {'-' if other < early else '+'} {plain(abs(early - other))} "
            f"= {plain(value)}.",
            f"现在 {late} 岁，另一个人就是 {late} {'-' if other < early else '+'} {plain(abs(early - other))} "
            f"= {plain(value)} 岁。",
        ),
    )
    check = say(
        f"from {early} to {late} pass {late - early} years, for both of them: {plain(other)} + {late - early} "
        f"= {plain(value)}.",
        f"从 {early} 岁到 {late} 岁过了 {late - early} 年，两人都一样：{plain(other)} + {late - early} "
        f"= {plain(value)}。",
    )
    slip = (
        Slip(
            plain(hasty),
            say(
                f"{plain(hasty)}, {'half' if factor < 1 else 'twice'} of {late}.",
                f"{plain(hasty)} 岁，也就是 {late} 的{'一半' if factor < 1 else '两倍'}。",
            ),
        )
        if hasty != value
        else None
    )
    return Solution(
        plain(value),
        say(
            f"{plain(value)} years old: the distance of {plain(abs(early - other))} years stays the same.",
            f"{plain(value)} 岁：年龄差 {plain(abs(early - other))} 岁始终不变。",
        ),
        steps,
        check,
        slip,
    )


def twice_as_old(request: Request, text: str) -> Solution | None:
    """A father is 40 and his son 10: in how many years will he be three times as old?"""
    ages = [
        int(age)
        for age in re.findall(
            r"\b(?:is|am|are|aged|'s|:) (?:now |currently )?(\d+)(?! times)|今年(\d+)|(\d+)岁",
            " ".join(sentences(text)),
            re.I,
        )
        for age in age
        if age
    ]
    factor = re.search(r"\b(twice|double|thrice|(\d+) times) (?:as old|the age|his|her|my)|(\d+)倍", text, re.I)
    when = re.search(
        r"in how many years|how many years (?:from now|later|until|till|before|will|does it)|after how many years"
        r"|when will|几年(?:后|以后|之后)|多少年(?:后|以后|之后)|再过(?:几|多少)年|过(?:几|多少)年",
        text,
        re.I,
    )
    if len(ages) != 2 or not factor or not when:
        return None
    old, young = max(ages), min(ages)
    k = {"twice": 2, "double": 2, "thrice": 3}.get((factor[1] or "").lower()) or int(factor[2] or factor[3])
    if k < 2 or (old - young) % (k - 1) or old - k * young < 0:
        return None
    value, gap, say = (old - k * young) // (k - 1), old - young, request.say
    steps = (
        say(
            f"The distance in age is {old} - {young} = {gap} years and stays so.",
            f"年龄差是 {old} - {young} = {gap} 岁，始终不变。",
        ),
        say(
            f"When the older one is {k} times as old, the distance is {k} - 1 = {k - 1} times the younger one's "
            f"age. So that age is {gap} ÷ {k - 1} = {gap // (k - 1)}.",
            f"当年长者是年幼者的 {k} 倍时，年龄差是年幼者的 {k} - 1 = {k - 1} 倍，所以年幼者那时是 {gap} "
            f"÷ {k - 1} = {gap // (k - 1)} 岁。",
        ),
        say(
            f"From {young} to {gap // (k - 1)} it is {value} years.",
            f"从 {young} 岁到 {gap // (k - 1)} 岁要 {value} 年。",
        ),
    )
    check = say(
        f"then they are {old + value} and {young + value}, and {young + value} × {k} = {old + value}.",
        f"那时两人分别是 {old + value} 岁和 {young + value} 岁，{young + value} × {k} = {old + value}。",
    )
    hasty = old - k * young
    slip = (
        Slip(
            str(hasty),
            say(
                f"In {hasty} years: {old} - {k} × {young} = {hasty}.",
                f"{hasty} 年后：{old} - {k} × {young} = {hasty}。",
            ),
        )
        if hasty != value
        else None
    )
    return Solution(
        str(value),
        say(
            f"In {value} years: then they are {old + value} and {young + value}.",
            f"{value} 年后：那时分别是 {old + value} 岁和 {young + value} 岁。",
        ),
        steps,
        check,
        slip,
    )
