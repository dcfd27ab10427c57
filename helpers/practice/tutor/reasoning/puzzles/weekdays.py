"""What day of the week it is so many days from a known one."""

import re

from helpers.practice.tutor.reasoning.puzzles.parts import plural, sentences
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = (
    r"(?P<day>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\b|(?:星期|礼拜|周)(?P<day_zh>[一二三四五六日天1-6])"
)
_SHIFTS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
    "it is": 0,
    "it's": 0,
    "now": 0,
    "前天": -2,
    "昨天": -1,
    "今天": 0,
    "明天": 1,
    "后天": 2,
    "大后天": 3,
    "大前天": -3,
    "昨日": -1,
    "今日": 0,
    "明日": 1,
    "现在": 0,
}
_SHIFT = "|".join(sorted(map(re.escape, _SHIFTS), key=len, reverse=True))
_KNOWN = re.compile(rf"(?P<shift>{_SHIFT})(?:'s| is| was| were| will be|,)?(?: a)? ?(?:是|为)?(?:{_DAY})", re.I)
_FROM_DAY = re.compile(
    rf"(?:\d+ (?:days?|weeks?) (?:after|before|from) |(?=\S{{1,6}}的?\d{{1,6}}[天日周]))(?:{_DAY})", re.I
)
_ASKS = re.compile(r"(?:what|which) (?:day|weekday)|what will|what was|星期几|周几|礼拜几|哪一?天|星期多少", re.I)
_FAR = re.compile(
    r"(?:in|after|within) (?P<n>\d{1,12}) (?P<unit>days?|weeks?)|(?P<n2>\d{1,12}) (?P<unit2>days?"
    r"|weeks?) (?P<way>from|later|after|hence|ago|before|earlier|prior)"
    r"|(?P<n3>\d{1,12})个?(?P<unit3>天|日|周|星期|礼拜)(?:之|以)?(?P<way3>后|前)"
    r"|(?:再)?过(?P<n4>\d{1,12})个?(?P<unit4>天|日|周|星期)",
    re.I,
)


def weekday(request: Request, text: str) -> Solution | None:
    """Today is Monday: what day is it in 100 days? Weeks do not matter, only what remains of 7."""
    known = _KNOWN.search(text)
    if not known and (named := _FROM_DAY.search(text)):  # three days after Tuesday: as if today were Tuesday
        text = f"today is {named['day'] or '星期' + named['day_zh']}, {text}"
        known = _KNOWN.search(text)
    if not known or not _ASKS.search(text) or len(sentences(text)) > 4 or len(text) > 240:
        return None
    if len(_KNOWN.findall(text)) > 1:
        return None
    start = _index(known) - _SHIFTS[known["shift"].lower()]  # the day of the week that is today
    rest = text[: known.start()] + " | " + text[known.end() :]
    far = _FAR.findall(rest)
    if len(far) > 1:
        return None
    days = _distance(_FAR.search(rest)) if far else 0
    named = re.findall(_SHIFT, re.sub(r"(?:it is|it's|now|现在)", " ", rest), re.I)
    from_named = [word for word in named if word.lower() not in ("today", "今天", "今日")]
    if len(from_named) > 1 or (not far and not named):
        return None
    if not far and not re.search(
        rf"(?:what|which).*(?:{_SHIFT})|(?:{_SHIFT}).*(?:几|what|which|哪)", rest, re.I | re.S
    ):
        return None
    days += sum(_SHIFTS[word.lower()] for word in from_named)
    target = (start + days) % 7
    say, today = request.say, start % 7
    name, base = _name(request, target), _name(request, today)
    weeks, left = divmod(abs(days), 7)
    back = days < 0
    steps = (
        say(
            f"What is known: {known[0].strip()}. So today is {base}."
            if _SHIFTS[known["shift"].lower()]
            else f"The start is {base}.",
            f"已知：{known[0].strip()}，所以今天是{base}。" if _SHIFTS[known["shift"].lower()] else f"起点是{base}。",
        ),
        say(
            f"The day asked for is {plural(abs(days), 'day')} {'before' if back else 'after'} today, and the days "
            "of the week repeat every 7.",
            f"要求的是今天{'之前' if back else '之后'} {abs(days)} 天，而星期每 7 天一循环。",
        ),
        say(
            f"{abs(days)} = 7 × {weeks} + {left}, so all that counts is "
            f"going {plural(left, 'day')} {'back' if back else 'on'}.",
            f"{abs(days)} = 7 × {weeks} + {left}，所以只需{'往前' if back else '往后'}数 {left} 天。",
        ),
        say(
            f"Counting {left} from {base} without counting {base} itself leads to {name}.",
            f"从{base}开始（它本身不算）数 {left} 天，得到{name}。",
        ),
    )
    check = say(
        f"{weeks} full weeks lead to {base} again, and {left} more to {name}.",
        f"{weeks} 个整周之后还是{base}，再数 {left} 天就是{name}。",
    )
    wrong = _name(request, (target + (1 if back else -1)) % 7)
    slip = Slip(wrong, say(f"It {'was' if back else 'will be'} {wrong}.", f"是{wrong}。")) if weeks else None
    counted = say(
        f"{plural(abs(days), 'day')} {'back' if back else 'on'} from {base}",
        f"从{base}{'往前' if back else '往后'}数 {abs(days)} 天",
    )
    if weeks:
        counted += say(f", that is {plural(weeks, 'week')} and {plural(left, 'day')}", f"，即 {weeks} 周零 {left} 天")
    return Solution(name, say(f"{name}: {counted}.", f"{name}：{counted}。"), steps, check, slip)


def _index(match: re.Match[str]) -> int:
    if match["day"]:
        return next(i for i, day in enumerate(_DAYS) if day[:3].lower() == match["day"][:3].lower())
    return (
        "一二三四五六日天".find(match["day_zh"]) % 7
        if match["day_zh"] in "一二三四五六日"
        else 6
        if match["day_zh"] == "天"
        else int(match["day_zh"]) - 1
    )


def _distance(match: re.Match[str]) -> int:
    number = int(next(match[name] for name in ("n", "n2", "n3", "n4") if match[name]))
    unit = next(match[name] for name in ("unit", "unit2", "unit3", "unit4") if match[name])
    way = (match["way"] or match["way3"] or "").lower()
    return (
        number
        * (7 if unit.lower().startswith("week") or unit in ("周", "星期", "礼拜") else 1)
        * (-1 if way in ("ago", "before", "earlier", "prior", "前") else 1)
    )


def _name(request: Request, day: int) -> str:
    return request.say(_DAYS[day], "星期" + "一二三四五六日"[day])
