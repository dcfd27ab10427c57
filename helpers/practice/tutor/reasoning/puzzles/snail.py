"""The snail in the well, the frog, and whatever else climbs by day and slips by night."""

import re
from fractions import Fraction

from helpers.practice.tutor.reasoning.puzzles.intervals import LENGTH
from helpers.practice.tutor.reasoning.puzzles.parts import NUMBER, plain, plural
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request


def snail(request: Request, text: str) -> Solution | None:
    """A snail climbs 3 meters by day and slips back 2 by night: on the last day it does not slip."""
    if not re.search(
        r"\b(?:snail|frog|worm|spider|slug|monkey|ant|caterpillar|lizard|toad|cat|climber|inchworm)\b|蜗牛|青蛙"
        r"|蚂蚁|猴|虫|壁虎",
        text,
        re.I,
    ) or not re.search(r"\b(?:slip|slid|slide|fall|drop|sink)\w*|滑|掉|退|落", text, re.I):
        return None
    number = rf"({NUMBER}) ?{LENGTH}?(?![a-z])"
    up = re.search(
        rf"\b(?:climb|crawl|jump|move|hop|go|goe|ascend)(?:s|ed|es)?(?: up)?(?: by)? {number}|(?:爬|跳|上升|往上"
        rf"|向上)(?:上|升|了|爬|跳|行)*{number}",
        text,
        re.I,
    )
    down = re.search(
        rf"\b(?:slip|slid|slide|fall|drop|sink)\w*(?! into)(?: \w+){{0,3}}? {number}|(?:滑|掉|退|落)(?:下|落|回|去"
        rf"|来|了|滑)*{number}",
        text,
        re.I,
    )
    if not up or not down or not re.search(r"how (?:many|long)|when|which day|what day|几|多少|多久", text, re.I):
        return None
    rest = text.replace(up[0], " ").replace(down[0], " ")
    depths = re.findall(rf"({NUMBER})[ -]?{LENGTH}(?![a-z])", rest, re.I)
    if len(depths) != 1:
        return None
    depth, rise, fall = (Fraction(text.replace(",", "")) for text in (depths[0], up[1] or up[2], down[1] or down[2]))
    say = request.say
    if rise <= fall and rise < depth:
        steps = (
            say(
                f"Every day it gains {plain(rise)} and loses {plain(fall)} again.",
                f"每天上升 {plain(rise)}，又退回 {plain(fall)}。",
            ),
            say(
                f"The top is {plain(depth)} up, more than one day's climb of {plain(rise)}.",
                f"井深 {plain(depth)}，一天爬 {plain(rise)} 到不了顶。",
            ),
            say("So it never gets any higher than on the first day.", "所以它永远不会比第一天更高。"),
        )
        return Solution(
            say("never", "永远爬不出来"),
            say(
                "It never gets out: it loses by night as much as it gained by day, or more.",
                "永远爬不出来：白天爬的，晚上又全退回去了。",
            ),
            steps,
            say("no number of days changes that.", "过多少天都一样。"),
        )
    nights = -(-max(depth - rise, 0) // (rise - fall)) if rise < depth else 0
    value = int(nights) + 1
    hasty = -(-depth // (rise - fall)) if rise > fall else value
    low = nights * (rise - fall)
    steps = (
        say(
            f"A day and a night together bring {plain(rise)} - {plain(fall)} = {plain(rise - fall)}.",
            f"一昼夜净上升 {plain(rise)} - {plain(fall)} = {plain(rise - fall)}。",
        ),
        say(
            "But once it is at the top it is out and does not slip any more. So the last day's climb "
            f"of {plain(rise)} has to be looked at by itself: it needs a start at {plain(depth)} - {plain(rise)} "
            f"= {plain(depth - rise)} or higher.",
            f"但到顶就出来了，不会再滑下去。所以最后一天的 {plain(rise)} 要单独看：那天早上只要在 {plain(depth)} "
            f"- {plain(rise)} = {plain(depth - rise)} 或更高处即可。",
        ),
        say(
            f"After {plural(nights, 'night')} it is at {plain(low)}, which is enough. So it gets out on day {value}.",
            f"经过 {plain(nights)} 个昼夜它在 {plain(low)}，够了。所以在第 {value} 天爬出来。",
        ),
    )
    check = say(
        f"on day {value} it climbs from {plain(low)} to {plain(low + rise)}, and {plain(depth)} is reached; a day "
        "earlier it was not.",
        f"第 {value} 天从 {plain(low)} 爬到 {plain(low + rise)}，达到了 {plain(depth)}；前一天还不够。",
    )
    shown = say(plural(value, "day"), f"{value} 天")
    slip = (
        Slip(
            say(plural(hasty, "day"), f"{hasty} 天"),
            say(
                f"{plural(hasty, 'day')}: {plain(depth)} ÷ {plain(rise - fall)}.",
                f"{hasty} 天：{plain(depth)} ÷ {plain(rise - fall)}。",
            ),
        )
        if hasty != value
        else None
    )
    return Solution(
        shown,
        say(
            f"{shown}: on day {value} it reaches the top from {plain(low)} and does not slip back any more.",
            f"{shown}：第 {value} 天从 {plain(low)} 处直接爬到顶，不再下滑。",
        ),
        steps,
        check,
        slip,
    )
