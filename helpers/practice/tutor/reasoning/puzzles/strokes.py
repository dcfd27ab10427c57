"""Puzzles about gaps in time: strokes of a clock, flights between floors, cuts of a log."""

import re
from fractions import Fraction

from helpers.practice.tutor.reasoning.puzzles.parts import ASKS, NUMBER, TIME, TIME_ZH, duration, plain
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request


def cutting(request: Request, text: str) -> Solution | None:
    """Cutting a log into 4 pieces takes 3 cuts."""
    if (
        not re.search(r"\b(?:cut|cuts|cutting|saw|sawing|saws|chop|divide)\b|锯|切|剪|截", text, re.I)
        or not re.search(
            r"\b(?:log|board|plank|stick|rope|pipe|wood|ribbon|bar|rod|string|tree|trunk|wire|pole)\b|木头|木料"
            r"|木棍|绳|钢管|水管|木板|铁丝|圆木|木材|彩带|树干",
            text,
            re.I,
        )
        or not ASKS.search(text)
    ):
        return None
    pieces = [
        int(a or b)
        for a, b in re.findall(
            r"(\d+) (?:equal |smaller |even )?(?:pieces|parts|sections|segments|logs|lengths|halves)|(?:成"
            r"|为)(\d+)[段块份截根]",
            text,
            re.I,
        )
    ]
    cuts = re.search(r"(\d+) cuts|[锯切剪截](\d+)[次下刀]", text, re.I)
    time = re.search(rf"({NUMBER}) ?({TIME})\b|({NUMBER}) ?({TIME_ZH})", text, re.I)
    say = request.say
    unit = (time[2] or time[4]) if time else ""
    minutes = Fraction(time[1] or time[3]) if time else Fraction(0)
    each = re.search(
        r"\b(?:each|every|per|a single|one|1) (?:cut|time)|per cut|每(?:锯|切|剪|截)?(?:一|1)?(?:次|下|刀)"
        r"|[锯切剪截](?:一|1)?(?:次|下|刀)",
        text,
        re.I,
    )
    if len(pieces) == 2 and time and not each and pieces[0] > 1:  # 10 minutes for 2 pieces, how long for 3?
        first, n = pieces
        per_cut = minutes / (first - 1)
        value, hasty = per_cut * (n - 1), minutes * n / first
        given = say(
            f"{first} pieces are {first - 1} cut{'s' if first > 2 else ''}, so one cut takes {plain(per_cut)}.",
            f"{first} 段要锯 {first - 1} 次，所以每次 {plain(per_cut)}。",
        )
    elif len(pieces) == 1 and time and each:
        n, per_cut = pieces[0], minutes
        value, hasty = per_cut * (n - 1), per_cut * n
        given = say(f"One cut takes {plain(per_cut)}.", f"每次用时 {plain(per_cut)}。")
    elif len(pieces) == 1 and not time and re.search(r"how many cuts|how many times|(?:几|多少)[次下刀]", text, re.I):
        n = pieces[0]
        value, hasty, per_cut = Fraction(n - 1), Fraction(n), Fraction(1)
        given = say("Only the cuts are asked for.", "题目只问次数。")
    elif (
        not pieces
        and cuts
        and not time
        and re.search(r"how many (?:pieces|parts|sections|segments)|(?:几|多少)[段块份截根]", text, re.I)
    ):
        n = int(cuts[1] or cuts[2]) + 1
        value, hasty, per_cut = Fraction(n), Fraction(n - 1), Fraction(1)
        given = say("Only the pieces are asked for.", "题目只问段数。")
    else:
        return None
    if n < 1:
        return None

    def said(amount: Fraction) -> str:
        return duration(request, amount, unit) if unit else plain(amount)

    steps = (
        say(f"The question is about {n} pieces.", f"题目涉及的是 {n} 段。"),
        given,
        say(
            f"Each cut adds one piece to the one that was there, so {n} pieces need {n} - 1 = {n - 1} cuts: the "
            "last piece needs none.",
            f"每锯一次多出一段，所以 {n} 段只要 {n} - 1 = {n - 1} 次，最后一段不用再锯。",
        ),
        say(f"That gives {said(value)}.", f"于是结果是 {said(value)}。"),
    )
    check = say("for 2 pieces one cut is enough, and that agrees.", "分成 2 段只需 1 次，与此相符。")
    slip = (
        Slip(said(hasty), say(f"{said(hasty)}, in proportion to the pieces.", f"{said(hasty)}，按段数的比例算。"))
        if hasty != value
        else None
    )
    return Solution(
        said(value),
        say(
            f"{said(value)}: {n} pieces take {n - 1} cut{'' if n == 2 else 's'}.",
            f"{said(value)}：{n} 段要锯 {n - 1} 次。",
        ),
        steps,
        check,
        slip,
    )


def clock_strokes(request: Request, text: str) -> Solution | None:
    """A clock takes 5 seconds to strike 6: how long for 12? The time lies between the strokes."""
    if (
        not re.search(r"\b(?:clock|bell|chime)s?\b|钟|铃", text, re.I)
        or not re.search(r"\b(?:strik\w+|struck|chim\w+|rings?|toll\w*)\b|敲|响|打", text, re.I)
        or not re.search(r"how (?:long|many seconds|much time)|多久|多长时间|(?:几|多少)秒", text, re.I)
    ):
        return None
    time = re.search(rf"({NUMBER}) ?(?:seconds?|secs?|秒)", text, re.I)
    strokes = [int(number) for number in re.findall(r"(?<![\d.])(\d+)(?! ?(?:seconds?|secs?|秒|\d|\.\d))", text, re.I)]
    if re.search(r"o'clock|点", text):
        strokes = list(dict.fromkeys(strokes))
    if not time or len(strokes) != 2 or strokes[0] < 2:
        return None
    (first, second), total, say = strokes, Fraction(time[1]), request.say
    gap = total / (first - 1)
    value, hasty = gap * (second - 1), total * second / first
    shown, wrong = duration(request, value, "seconds"), duration(request, hasty, "seconds")
    steps = (
        say(
            f"{first} strokes have {first - 1} pauses between them, and these take the {plain(total)} seconds.",
            f"敲 {first} 下，中间有 {first - 1} 个间隔，一共 {plain(total)} 秒。",
        ),
        say(
            f"So one pause is {plain(total)} ÷ {first - 1} = {plain(gap)} seconds.",
            f"所以每个间隔 {plain(total)} ÷ {first - 1} = {plain(gap)} 秒。",
        ),
        say(
            f"{second} strokes have {second - 1} pauses: {second - 1} × {plain(gap)} = {plain(value)} seconds.",
            f"敲 {second} 下有 {second - 1} 个间隔：{second - 1} × {plain(gap)} = {plain(value)} 秒。",
        ),
    )
    check = say(
        "a single stroke would take no time at all by this count, which is right: the time lies in the pauses.",
        "按这个算法，只敲一下不花时间，这是对的：时间都在间隔里。",
    )
    slip = (
        Slip(wrong, say(f"{wrong}, in proportion to the strokes.", f"{wrong}，按次数的比例算。"))
        if hasty != value
        else None
    )
    return Solution(
        shown,
        say(
            f"{shown}: {second} strokes have {second - 1} pauses of {duration(request, gap, 'seconds')} each.",
            f"{shown}：敲 {second} 下有 {second - 1} 个间隔，每个 {plain(gap)} 秒。",
        ),
        steps,
        check,
        slip,
    )


def floors(request: Request, text: str) -> Solution | None:
    """From the first floor to the fourth it takes 30 seconds: how long to the eighth? Three flights against seven."""
    climbs = re.findall(
        r"from (?:the )?(?:floor )?(\d+|first|ground)(?:st|nd|rd|th)?(?: floor)? to (?:the )?(?:floor )?(\d+)(?:st"
        r"|nd|rd|th)?|从(?:第)?(\d+)[楼层](?:爬|走|上|跑)?到(?:了)?(?:第)?(\d+)[楼层]",
        text,
        re.I,
    )
    bare = re.findall(r"(?:to|到)(?: the )?(?:第)?(\d+)(?:st|nd|rd|th)? ?(?:floor|[楼层])", text, re.I)
    time = re.search(rf"({NUMBER}) ?({TIME})\b|({NUMBER}) ?({TIME_ZH})", text, re.I)
    if (
        not time
        or not climbs
        or not re.search(r"floor|楼|层", text, re.I)
        or not re.search(rf"how (?:long|many {TIME}|much)|多久|多长时间|(?:几|多少){TIME_ZH}", text, re.I)
    ):
        return None
    pairs = [(1 if (a or c) in ("first", "ground") else int(a or c), int(b or d)) for a, b, c, d in climbs]
    if len(pairs) == 1 and len(bare) == 2:
        pairs.append((pairs[0][0], int(bare[1])))
    if len(pairs) != 2 or pairs[0][0] == pairs[0][1]:
        return None
    (a, b), (c, d) = pairs
    unit, total, say = time[2] or time[4], Fraction(time[1] or time[3]), request.say
    flight = total / abs(b - a)
    value, hasty = flight * abs(d - c), total * d / b
    steps = (
        say(
            f"From floor {a} to floor {b} there are {abs(b - a)} flights of stairs, not {b}.",
            f"从 {a} 楼到 {b} 楼要爬 {abs(b - a)} 层楼梯，而不是 {b} 层。",
        ),
        say(
            f"So one flight takes {plain(total)} ÷ {abs(b - a)} = {plain(flight)}.",
            f"每层用时 {plain(total)} ÷ {abs(b - a)} = {plain(flight)}。",
        ),
        say(
            f"From floor {c} to floor {d} there are {abs(d - c)} flights: {abs(d - c)} × {plain(flight)} "
            f"= {plain(value)}.",
            f"从 {c} 楼到 {d} 楼有 {abs(d - c)} 层：{abs(d - c)} × {plain(flight)} = {plain(value)}。",
        ),
    )
    shown, wrong = duration(request, value, unit), duration(request, hasty, unit)
    check = say(
        "staying on the same floor would take no time, and with this count it does not.",
        "待在同一层不需要时间，这样算也正好是 0。",
    )
    slip = (
        Slip(wrong, say(f"{wrong}, in proportion to the number of the floor.", f"{wrong}，按楼层数的比例算。"))
        if hasty != value
        else None
    )
    return Solution(
        shown,
        say(
            f"{shown}: {abs(d - c)} flights at {duration(request, flight, unit)} each.",
            f"{shown}：{abs(d - c)} 层楼梯，每层 {duration(request, flight, unit)}。",
        ),
        steps,
        check,
        slip,
    )
