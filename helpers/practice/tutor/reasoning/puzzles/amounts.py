"""Puzzles about two unknown amounts: the bat and the ball, heads and legs."""

import re
from fractions import Fraction

from helpers.practice.tutor.reasoning.puzzles.parts import AMOUNT, Amount, asking, bare, read_amount, sentences, the
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request

_NAME = r"[^\W\d_][\w' -]{0,40}?"
_DIFFERENCE = re.compile(
    rf"(?P<x>{_NAME}) (?:alone |itself )?(?P<verb>costs?|is|was|are|weighs?|has|have|had|owns?|sells for"
    rf"|is priced at|got) (?P<d>{AMOUNT})"
    r"(?: \w+)? (?P<way>more|older|heavier|longer|taller|higher|dearer|less|cheaper|younger|lighter|shorter"
    rf"|fewer)(?: \w+){{0,2}}? than (?:does )?(?P<y>{_NAME})"
    r"(?=\s*(?:[.,;:?!\n]|$)| does\b| do\b| has\b| and\b| how\b| what\b| alone\b)",
    re.I,
)
_DIFFERENCE_ZH = re.compile(
    rf"(?P<verb>)(?P<x>[^\s,.;:?!。、，]{{1,12}}?)(?:的价格|的价钱)?比(?P<y>[^\s,.;:?!。、，]{{1,12}}?)(?:的价格"
    rf"|的价钱)?(?P<way>贵|多|重|大|长|高|便宜|少|轻|小|短)(?:出|了)?(?P<d>{AMOUNT})"
)
_TOTAL = re.compile(
    r"\b(?:together|total|both|altogether|combined|sum|in all|and|plus)\b|一共|总共|共|合计|加起来|合起来|总价|和"
    r"|之和|总和",
    re.I,
)
_LESS = {"less", "cheaper", "younger", "lighter", "shorter", "fewer", "便宜", "少", "轻", "小", "短"}


def bat_and_ball(request: Request, text: str) -> Solution | None:
    """Two things are worth a total together, and one is worth so much more than the other."""
    difference = _DIFFERENCE.search(text) or _DIFFERENCE_ZH.search(text)
    if not difference:
        return None
    x, y = bare(difference["x"]), bare(difference["y"])
    if difference["way"].lower() in _LESS:
        x, y = y, x
    query = asking(text[difference.end() :]) or asking(text)
    total = next(
        (found for s in sentences(text.replace(difference.group(), " . ")) if (found := _total(s, x, y))), None
    )
    gap = read_amount(difference["d"])
    if (
        not x
        or not y
        or x.lower() == y.lower()
        or total is None
        or total.value <= gap.value
        or {total.unit, gap.unit} - {""} - {total.unit or gap.unit}
    ):
        return None
    asked = [name for name in (x, y) if _mentions(query, name)]
    if re.search(r"\b(?:each|both)\b|各|分别", query, re.I):
        asked = [x, y]
    if not asked or not re.search(
        r"how (?:much|many|old|heavy|long|tall)|price|cost|what|多少|几|价格|价钱", query, re.I
    ):
        return None
    say, unit = request.say, total.unit or gap.unit
    verb = difference["verb"] or ("有" if difference["way"] in "多少" else "是")

    def amount(value: Fraction) -> Amount:
        return Amount(value, unit)

    large, small = amount((total.value + gap.value) / 2), amount((total.value - gap.value) / 2)
    t, d, rest = amount(total.value).show(), amount(gap.value).show(), amount(total.value - gap.value).show()

    def tell(of_x: str, of_y: str) -> str:
        told = [(name, worth) for name, worth in ((x, of_x), (y, of_y)) if name in asked]
        said = say(" and ", "，").join(
            say(f"{the(name)} {verb} {worth}", f"{name}{verb} {worth}") for name, worth in told
        )
        return said[0].upper() + said[1:]

    def value_of(of_x: str, of_y: str) -> str:
        return tell(of_x, of_y) if len(asked) == 2 else of_x if asked == [x] else of_y

    value, wrong = value_of(large.show(), small.show()), value_of(d, rest)
    proof = f"{large.show()} + {small.show()} = {t}, {large.show()} - {small.show()} = {d}"
    steps = (
        say(
            f"Let s stand for {the(y)}. Then {the(x)} is s + {d}, since it is {d} more.",
            f"设{y}为 s，那么{x}就是 s + {d}。",
        ),
        say(f"Together: s + (s + {d}) = {t}, so 2s = {rest}.", f"两者相加：s + (s + {d}) = {t}，所以 2s = {rest}。"),
        say(
            f"So s = {small.show()}, and {the(x)} comes to {large.show()}.",
            f"于是 s = {small.show()}，{x}就是 {large.show()}。",
        ),
    )
    return Solution(
        value,
        say(
            f"{tell(large.spelled(), small.spelled())}: {proof}.",
            f"{tell(large.spelled(), small.spelled())}：{proof}。",
        ),
        steps,
        say(
            f"{proof}. Both conditions hold, which they would not with {wrong}.",
            f"{proof}，两个条件都满足；如果答“{wrong}”就不满足。",
        ),
        Slip(wrong, say(f"{tell(d, rest)}, since {t} - {d} = {rest}.", f"{tell(d, rest)}，因为 {t} - {d} = {rest}。")),
    )


def heads_and_legs(request: Request, text: str) -> Solution | None:
    """Chickens and rabbits in one cage: so many heads, so many legs."""
    heads = re.search(
        r"(\d+) (?:heads|animals)|(?:头|脑袋)(?:共|一共|总共|有|数|是|为)*(\d+)个?|(\d+)个?(?:头|脑袋)"
        r"|共(?:有)?(\d+)只",
        text,
        re.I,
    )
    legs = re.search(
        r"(\d+) (?:legs|feet)|(?:脚|腿|足)(?:共|一共|总共|有|数|是|为)*(\d+)[只条个]?|(\d+)[只条个]?(?:脚|腿|足)",
        text,
        re.I,
    )
    kinds = [
        (match.start(), legs_of, en, zh) for word, legs_of, en, zh in _ANIMALS if (match := re.search(word, text, re.I))
    ]
    if not heads or not legs or len(kinds) != 2 or {kind[1] for kind in kinds} != {2, 4}:
        return None
    if not re.search(r"how many|多少|几", text, re.I):
        return None
    h, n = (int(next(group for group in match.groups() if group)) for match in (heads, legs))
    four, odd = divmod(n - 2 * h, 2)
    if odd or not 0 <= four <= h:
        return None
    (_, _, *two_names), (_, _, *four_names) = sorted(kinds, key=lambda kind: kind[1])
    say, two = request.say, h - four
    a, b = say(*two_names), say(*four_names)

    def tell(of_two: int, of_four: int) -> str:
        return say(f"{of_two} {a} and {of_four} {b}", f"{a} {of_two} 只，{b} {of_four} 只")

    steps = (
        say(
            f"Suppose all {h} animals were {a}: that makes 2 × {h} = {2 * h} legs.",
            f"先假设 {h} 只全是{a}，共有 2 × {h} = {2 * h} 条腿。",
        ),
        say(f"There are {n} legs, {n - 2 * h} more.", f"实际有 {n} 条腿，多出 {n - 2 * h} 条。"),
        say(
            f"Each of the {b} brings 2 more, so there are {n - 2 * h} ÷ 2 = {four} of them, and {h} - {four} "
            f"= {two} {a}.",
            f"每只{b}比{a}多 2 条腿，所以{b}有 {n - 2 * h} ÷ 2 = {four} 只，{a}有 {h} - {four} = {two} 只。",
        ),
    )
    check = say(
        f"2 × {two} + 4 × {four} = {n} legs, and {two} + {four} = {h} heads.",
        f"2 × {two} + 4 × {four} = {n} 条腿，{two} + {four} = {h} 个头。",
    )
    slip = None if two == four else Slip(tell(four, two), say(f"There are {tell(four, two)}.", f"{tell(four, two)}。"))
    return Solution(
        tell(two, four),
        say(
            f"There are {tell(two, four)}: 2 × {two} + 4 × {four} = {n} legs.",
            f"{tell(two, four)}：2 × {two} + 4 × {four} = {n} 条腿。",
        ),
        steps,
        check,
        slip,
    )


_ANIMALS = (
    (r"chickens?\b|hens?\b|鸡", 2, "chickens", "鸡"),
    (r"ducks?\b|鸭", 2, "ducks", "鸭"),
    (r"ostrich(?:es)?\b|鸵鸟", 2, "ostriches", "鸵鸟"),
    (r"turkeys?\b|geese|鹅", 2, "birds", "鹅"),
    (r"rabbits?\b|bunnies|兔", 4, "rabbits", "兔子"),
    (r"cows?\b|(?<!蜗)牛", 4, "cows", "牛"),
    (r"pigs?\b|猪", 4, "pigs", "猪"),
    (r"sheep\b|羊", 4, "sheep", "羊"),
    (r"goats?\b", 4, "goats", "山羊"),
    (r"horses?\b|马", 4, "horses", "马"),
    (r"dogs?\b|狗", 4, "dogs", "狗"),
)


def _total(sentence: str, x: str, y: str) -> Amount | None:
    """The amount of a sentence that names both and says that it is for both."""
    amounts = re.findall(AMOUNT, sentence, re.I)
    if not _TOTAL.search(sentence) or not (_mentions(sentence, x) and _mentions(sentence, y)):
        together = re.search(
            r"\b(?:together|in total|altogether|combined|the total)\b|一共|总共|合计|加起来", sentence, re.I
        )
        if not together:
            return None
    amounts = [amount for amount in amounts if not re.fullmatch(r"[12]", amount)] or amounts
    return read_amount(amounts[-1]) if amounts and len({*amounts}) == 1 else None


def _mentions(text: str, name: str) -> bool:
    if re.search(r"[\u3400-\u9fff]", name):
        return name in text
    return re.search(rf"\b{re.escape(name.split()[-1])}\b", text, re.I) is not None
