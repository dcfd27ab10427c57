"""Puzzles that hang on one word: the second runner, months with 28 days, dividing by half."""

import re
from fractions import Fraction

from helpers.practice.tutor.reasoning.numbers import ORDINAL, ordinal
from helpers.practice.tutor.reasoning.puzzles.parts import NUMBER, plain
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request


def overtaking(request: Request, text: str) -> Solution | None:
    """You overtake the second runner: what place are you in? The second."""
    last = re.search(
        r"(?:overtak\w+|overtook|pass(?:ed|es)?|passing) (?:the )?(?:person |runner |one |car |man "
        r"|woman )?(?:who is |that is |in |at )*(?:the )?last\b|超过了?(?:最后一名|最后1名|倒数第[一1]名?)",
        text,
        re.I,
    )
    match = re.search(
        rf"(?:overtak\w+|overtook|pass(?:ed|es)?|passing) (?:the )?(?:\w+ ){{0,2}}?(?:who is "
        rf"|that is )?(?:(?:currently )?(?:in|at|running) )?(?:the )?(?P<n>{ORDINAL})\b",
        text,
        re.I,
    ) or re.search(
        r"(?:超过|赶超|超越|追过|反超)了?(?:跑在|排在|排名|处于|原来的?|原本)?第(?P<n>\d+"
        r"|[一二三四五六七八九十])(?:名|位)?",
        text,
    )
    if not (last or match) or not re.search(
        r"(?:what|which) (?:place|position|rank)|where (?:are|do|would|will)|第几|什么名次|几名|名次|排名|哪个位置",
        text,
        re.I,
    ):
        return None
    say = request.say
    if last:
        steps = (
            say("To overtake somebody I must be behind that one.", "要超过一个人，必须先在他后面。"),
            say(
                "Behind the last one there is nobody; otherwise that one would not be the last.",
                "而最后一名后面没有人，否则他就不是最后一名。",
            ),
            say("So this cannot happen, whatever the number of runners.", "所以无论有多少人参赛，这都不可能发生。"),
        )
        check = say(
            "only on a circular track one could lap the last runner, but that gains no place.",
            "除非在环形跑道上套圈，但那也不改变名次。",
        )
        value = say("that is impossible", "这不可能")
        return Solution(
            value,
            say(
                "That is impossible: nobody runs behind the last one, so nobody can overtake that one.",
                "这不可能：最后一名后面没有人，没有人能超过他。",
            ),
            steps,
            check,
            Slip(say("second to last", "倒数第二名"), say("Second to last.", "倒数第二名。")),
        )
    chinese = "一二三四五六七八九十".find(match["n"])
    n = chinese + 1 if chinese >= 0 else ordinal(match["n"])
    place, before = say(_place(n), f"第 {n} 名"), say(_place(n - 1), f"第 {n - 1} 名")
    steps = (
        say(f"Before it happens the other one is {place}, and I come after.", f"超过之前，对方是{place}，我在他后面。"),
        say(
            f"When I pass, I take exactly that place, and the other one falls back to {_place(n + 1)}.",
            f"超过之后，我正好占了他的位置，他退到第 {n + 1} 名。",
        ),
        say("Those who were further ahead stay where they are.", "再前面的人并没有变动。"),
    )
    check = say(f"{n - 1} are still ahead of me, so I am {place}.", f"前面还有 {n - 1} 个人，所以我是{place}。")
    slip = Slip(before, say(f"{before.capitalize()} place.", f"{before}。")) if n > 1 else None
    return Solution(
        place,
        say(
            f"{place.capitalize()} place: whoever overtakes takes the place of the one who is passed, and "
            f"the {n - 1} further ahead stay there.",
            f"{place}：你占了被超过的人的位置，前面还有 {n - 1} 个人。",
        ),
        steps,
        check,
        slip,
    )


def months_with_28_days(request: Request, text: str) -> Solution | None:
    """How many months have 28 days? All of them have."""
    match = re.search(
        r"how many months (?:\w+ ){0,6}?(?:have|has|contain|with|got|include) (?:at least )?(28|29"
        r"|30)(?: or more)? days|(?:多少|几)个?月份?(?:里|中)?(?:至少)?(?:有|含有|包含)(28|29|30)(?:天|日)|(?:哪"
        r"|那)些月份?有(28)天|which months? (?:have|has) (28) days",
        text,
        re.I,
    )
    if not match:
        return None
    days = int(next(filter(None, match.groups())))
    value, say = {28: 12, 29: 11, 30: 11}[days], request.say
    exact = {
        28: say("only February ends there", "只有二月到此为止"),
        29: say("February has a 29th only in leap years", "二月只有闰年才有 29 日"),
        30: say("only February is shorter", "只有二月不到 30 天"),
    }[days]
    steps = (
        say(
            f"The question is which months have {days} days, not which have exactly {days} and no more.",
            f"题目问的是哪些月份“有” {days} 天，而不是“正好只有” {days} 天。",
        ),
        say(
            "January has 31 days, so it has a 28th day too, and the same goes for every month with 30 or 31 days.",
            "一月有 31 天，当然也有 28 日；其他 30 天、31 天的月份同理。",
        ),
        say(
            f"The exception to look at is February, which has 28 or 29 days: {exact}.",
            f"需要单独看的只有二月，它有 28 或 29 天：{exact}。",
        ),
    )
    check = say(
        f"going through the twelve months one by one, {value} reach day {days} every year.",
        f"把十二个月逐个数一遍，每年都有第 {days} 天的有 {value} 个。",
    )
    hasty = {28: 1, 29: 1, 30: 4}[days]
    return Solution(
        str(value),
        say(
            f"{'All 12' if value == 12 else value} months have at least {days} days; {exact}.",
            f"{'全部 12' if value == 12 else value} 个月都至少有 {days} 天；{exact}。",
        ),
        steps,
        check,
        Slip(
            str(hasty),
            say(
                f"{hasty}: {'February' if days < 30 else 'April, June, September and November'}.",
                f"{hasty} 个：{'二月' if days < 30 else '四月、六月、九月和十一月'}。",
            ),
        ),
    )


def divided_by_half(request: Request, text: str) -> Solution | None:
    """Divide 30 by half and add 10: by half, not in half."""
    match = re.search(
        rf"divide ({NUMBER}) by (?:a |one )?(?:half|1/2|0\.5)(?:,? (?:and|then)(?: then)? (?:add|plus) ({NUMBER}))?",
        text,
        re.I,
    ) or re.search(rf"({NUMBER})除以(?:一半|半|二分之一|1/2|0\.5)(?:,?(?:然后|再)?加上?({NUMBER}))?", text)
    if not match or len(text) > len(match[0]) + 60:
        return None
    number, added, say = Fraction(match[1]), Fraction(match[2] or 0), request.say
    value, hasty = number * 2 + added, number / 2 + added
    plus = f" + {plain(added)}" if added else ""
    steps = (
        say(
            'It says "by half", not "in half". Dividing by half means dividing by 0.5.',
            "注意是“除以一半”，也就是除以 0.5，而不是“分成两半”。",
        ),
        say(
            f"{plain(number)} ÷ 0.5 = {plain(number * 2)}, since 0.5 fits {plain(number * 2)} times "
            f"into {plain(number)}.",
            f"{plain(number)} ÷ 0.5 = {plain(number * 2)}，因为 {plain(number)} 里面有 {plain(number * 2)} 个 0.5。",
        ),
        say(
            f"With what is added: {plain(number * 2)}{plus} = {plain(value)}.",
            f"再加上后面的数：{plain(number * 2)}{plus} = {plain(value)}。",
        ),
    )
    check = say(
        f"backwards: {plain(number * 2)} × 0.5 = {plain(number)}.",
        f"反过来：{plain(number * 2)} × 0.5 = {plain(number)}。",
    )
    return Solution(
        plain(value),
        say(
            f"{plain(value)}: {plain(number)} ÷ 0.5{plus} = {plain(number * 2)}{plus}.",
            f"{plain(value)}：{plain(number)} ÷ 0.5{plus} = {plain(value)}。",
        ),
        steps,
        check,
        Slip(
            plain(hasty),
            say(
                f"{plain(hasty)}: half of {plain(number)} "
                f"is {plain(number / 2)}{f', and {plain(added)} more' if added else ''}.",
                f"{plain(hasty)}：{plain(number)} "
                f"的一半是 {plain(number / 2)}{f'，再加 {plain(added)}' if added else ''}。",
            ),
        ),
    )


def _place(n: int) -> str:
    """first, second, third, 4th …"""
    return {1: "first", 2: "second", 3: "third"}.get(
        n, f"{n}th" if n % 100 in (11, 12, 13) else f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th') }"
    )
