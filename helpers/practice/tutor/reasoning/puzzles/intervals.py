"""Puzzles about gaps and ends: posts of a fence, pages of a book, pills every half hour."""

import re
from fractions import Fraction

from helpers.practice.tutor.reasoning.puzzles.parts import ASKS, NUMBER, TIME, TIME_ZH, duration, plain
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request

LENGTH = r"(?:m|meters?|metres?|km|cm|feet|foot|ft|yards?|miles?|米|厘米|公里|千米)"


def fence_posts(request: Request, text: str) -> Solution | None:
    """A fence of 30 meters with a post every 3: one post more than there are gaps, unless it closes into a ring."""
    if not re.search(
        r"\b(?:posts?|trees?|poles?|lamps?|lampposts?|stakes?|flags?|pillars?|streetlights?)\b|树|电线杆|路灯|桩|旗|柱",
        text,
        re.I,
    ) or not ASKS.search(text):
        return None
    gap = re.search(
        rf"(?:every|each|apart by|spaced|at intervals of|intervals? of) ({NUMBER})[ -]?{LENGTH}\b"
        rf"|({NUMBER})[ -]?{LENGTH} (?:apart|between|from each other)|每(?:隔|相隔|间隔)?({NUMBER}){LENGTH}"
        rf"|(?:间隔|间距|相距|距离)(?:是|为)?({NUMBER}){LENGTH}",
        text,
        re.I,
    )
    if not gap:
        return None
    rest = text.replace(gap[0], " ")
    lengths = re.findall(rf"({NUMBER})[ -]?{LENGTH}(?![a-z])", rest, re.I)
    if len(lengths) != 1:
        return None
    length, step = Fraction(lengths[0].replace(",", "")), Fraction(next(filter(None, gap.groups())).replace(",", ""))
    if not step or (length / step).denominator != 1:
        return None
    gaps, say = int(length / step), request.say
    ring = re.search(
        r"\b(?:circular|round|ring|circle|closed|pond|lake|perimeter|around)\b|圆形|环形|池塘|湖|一圈|一周|四周"
        r"|周围|周长",
        text,
        re.I,
    )
    neither = re.search(r"neither end|no (?:tree|post)s? at (?:the|either) end|[两2](?:端|头)(?:都)?不", text, re.I)
    one_end = re.search(r"only one end|one end only|at one end\b|一端不|只(?:在)?一端|一头不", text, re.I)
    sides = 2 if re.search(r"both sides|each side|two sides|[两2](?:侧|旁|边)", text, re.I) else 1
    extra = 0 if ring or one_end else -1 if neither else 1
    value, hasty = (gaps + extra) * sides, gaps * sides
    why = {
        1: say("there is one at either end, so one more than there are gaps", "两端都有，所以比间隔数多 1"),
        0: say(
            "the last gap closes at the first one, so there are as many as gaps"
            if ring
            else "only one end has one, so there are as many as gaps",
            "首尾相接，数量等于间隔数" if ring else "只有一端有，数量等于间隔数",
        ),
        -1: say("neither end has one, so one less than there are gaps", "两端都没有，所以比间隔数少 1"),
    }[extra]
    twice = say(f", and twice that for both sides: {value}", f"，两侧再乘 2，共 {value}") if sides == 2 else ""
    steps = (
        say(
            f"The length of {plain(length)} divided by {plain(step)} makes {gaps} gaps.",
            f"总长 {plain(length)} 除以间距 {plain(step)}，得到 {gaps} 个间隔。",
        ),
        say(
            "What is asked is not the gaps but what stands at their ends.", "题目问的不是间隔数，而是间隔端点上的数量。"
        ),
        say(f"Here {why}: {gaps + extra}{twice}.", f"这里{why}：{gaps + extra}{twice}。"),
    )
    check = say(
        "with a single gap there would be two ends, so counting gaps alone must fall short."
        if extra == 1
        else "a small drawing with two or three gaps shows the same.",
        "只有一个间隔时就有两个端点，所以只数间隔会少算。" if extra == 1 else "画两三个间隔的小图验证，结果一致。",
    )
    slip = (
        Slip(
            str(hasty),
            say(
                f"{hasty}: {plain(length)} ÷ {plain(step)}{' × 2' if sides == 2 else ''}.",
                f"{hasty}：{plain(length)} ÷ {plain(step)}{' × 2' if sides == 2 else ''}。",
            ),
        )
        if hasty != value
        else None
    )
    return Solution(
        str(value),
        say(
            f"{value}: {plain(length)} ÷ {plain(step)} = {gaps} gaps, and {why}{twice}.",
            f"{value}：{plain(length)} ÷ {plain(step)} = {gaps} 个间隔，{why}{twice}。",
        ),
        steps,
        check,
        slip,
    )


def pages(request: Request, text: str) -> Solution | None:
    """From page 15 to page 27 there are 13 pages, both ends counted."""
    match = re.search(
        r"(?:from )?pages? (\d+) (?:to|through|until|-) (?:page )?(\d+)|第?(\d+)页(?:开始)?(?:读|看|一直读"
        r"|一直看)?(?:到|至)(?:了)?第?(\d+)页",
        text,
        re.I,
    )
    if (
        not match
        or not re.search(r"how many pages|(?:几|多少)页", text, re.I)
        or re.search(r"exclusive|without|not count|不算|不包括|each|per|每", text, re.I)
    ):
        return None
    first, last = int(match[1] or match[3]), int(match[2] or match[4])
    if last < first:
        return None
    value, say = last - first + 1, request.say
    steps = (
        say(f"Both page {first} and page {last} are read.", f"第 {first} 页和第 {last} 页都读了。"),
        say(
            f"{last} - {first} = {last - first} is the distance between the two, the number of times a page is "
            "turned over to the next.",
            f"{last} - {first} = {last - first} 是两者之间的距离，也就是翻到下一页的次数。",
        ),
        say(
            f"The page that it began with is missing from it, so one more: {value}.",
            f"这里漏了开头的那一页，所以要加 1：{value}。",
        ),
    )
    check = say(
        f"from page {first} to page {first} it would be 1 page, not 0, and the formula gives 1.",
        f"从第 {first} 页读到第 {first} 页是 1 页而不是 0 页，公式也给出 1。",
    )
    return Solution(
        str(value),
        say(
            f"{value} pages: {last} - {first} + 1, since both ends count.",
            f"{value} 页：{last} - {first} + 1，首尾两页都要算。",
        ),
        steps,
        check,
        Slip(
            str(last - first), say(f"{last - first} pages: {last} - {first}.", f"{last - first} 页：{last} - {first}。")
        ),
    )


def pills(request: Request, text: str) -> Solution | None:
    """Three pills, one every half hour: they last an hour, for the first is taken at once."""
    count = re.search(r"(\d+) (?:pills?|tablets?|capsules?)|(\d+)[片粒颗](?:药)?", text, re.I)
    every = re.search(rf"every (?:(\d+|half) ?(?:an )?)?({TIME})\b|每(?:隔|过)?(\d+|半)个?({TIME_ZH}|小时)", text, re.I)
    if (
        not count
        or not every
        or not re.search(r"how (?:long|many|much)|多久|多长时间|多少|几", text, re.I)
        or not re.search(r"pill|tablet|capsule|药", text, re.I)
    ):
        return None
    n, unit, say = int(count[1] or count[2]), every[2] or every[4], request.say
    amount = every[1] or every[3] or "1"
    step = Fraction(1, 2) if amount in ("half", "半") else Fraction(amount)
    if unit.rstrip("s") in ("hour", "小时", "个小时") and step.denominator > 1:
        step, unit = step * 60, say("minutes", "分钟")
    value, hasty = step * (n - 1), step * n
    shown, wrong = duration(request, value, unit), duration(request, hasty, unit)
    hours = (
        f" ({duration(request, value / 60, 'hours')})"
        if unit in ("minutes", "分钟") and value and not value % 30
        else ""
    )
    steps = (
        say("The first one is taken at the beginning, at time 0.", "第一片在一开始就吃，时间是 0。"),
        say(
            f"After it come {n - 1} more, each {duration(request, step, unit)} after the one before.",
            f"之后还有 {n - 1} 片，每片相隔 {duration(request, step, unit)}。",
        ),
        say(f"{n - 1} × {plain(step)} = {plain(value)}.", f"{n - 1} × {plain(step)} = {plain(value)}。"),
    )
    check = say(
        "a single one would be gone at once, and the count says 0 for it.",
        "如果只有一片，马上就吃完了，按这个算法正好是 0。",
    )
    slip = Slip(wrong, say(f"{wrong}: {n} × {plain(step)}.", f"{wrong}：{n} × {plain(step)}。")) if n else None
    return (
        Solution(
            shown,
            say(
                f"{shown}{hours}: between {n} there are only {n - 1} intervals.",
                f"{shown}{hours}：{n} 片之间只有 {n - 1} 个间隔。",
            ),
            steps,
            check,
            slip,
        )
        if n
        else None
    )
