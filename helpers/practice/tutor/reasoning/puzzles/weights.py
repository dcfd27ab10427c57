"""The kilogram of feathers and the kilogram of steel, and its cousins with unequal weights."""

import re
from dataclasses import dataclass
from fractions import Fraction

from helpers.practice.tutor.reasoning.puzzles.parts import NUMBER, plain
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request

_GRAMS = {
    **dict.fromkeys(("kilogram", "kilograms", "kilo", "kilos", "kg", "公斤", "千克"), Fraction(1000)),
    **dict.fromkeys(("gram", "grams", "g", "克"), Fraction(1)),
    **dict.fromkeys(("pound", "pounds", "lb", "lbs", "磅"), Fraction("453.59237")),
    **dict.fromkeys(("ounce", "ounces", "oz", "盎司"), Fraction("28.349523125")),
    **dict.fromkeys(("ton", "tons", "tonne", "tonnes", "吨"), Fraction(1_000_000)),
    "斤": Fraction(500),
    "两": Fraction(50),
}
_UNIT = "kilograms?|kilos?|kg|grams?|g|pounds?|lbs?|ounces?|oz|tons?|tonnes?"
_LOADS = re.compile(
    rf"(?P<n>{NUMBER}|\ban?\b|\bone\b) ?(?P<unit>{_UNIT}) of (?P<what>[a-z]+(?: [a-z]+)?)\b|(?P<n_zh>{NUMBER}"
    rf"|一)(?P<unit_zh>公斤|千克|斤|两|吨|克|磅)(?:的)?(?P<what_zh>[\u3400-\u9fff]{{1,4}}?)(?=和|与|跟|还是|比|重"
    r"|轻|哪|谁|,|、|\?|$|一样|同|或)",
    re.I,
)


@dataclass(frozen=True)
class _Load:
    written: str
    what: str
    grams: Fraction


def feathers_and_steel(request: Request, text: str) -> Solution | None:
    """Which is heavier? The unit weighs, not the stuff."""
    loads = [_load(match) for match in _LOADS.finditer(text)]
    if len(loads) != 2 or not re.search(
        r"heavier|lighter|weighs? (?:more|less)|the same|heaviest|lightest|which .{0,20}(?:heavy|light)|哪个|谁"
        r"|更?重|更?轻|一样",
        text,
        re.I,
    ):
        return None
    if re.search(r"volume|space|bigger|larger|cost|price|体积|占|贵", text, re.I):
        return None
    a, b = loads
    if a.what.lower() == b.what.lower():
        return None
    lighter = bool(re.search(r"light|weighs? less|轻", text, re.I)) and not re.search(
        r"heav|weighs? more|重", text, re.I
    )
    say = request.say
    heavier, other = (a, b) if a.grams > b.grams else (b, a)
    dense = next(
        (
            load
            for load in loads
            if re.search(
                r"steel|iron|lead|gold|brick|stone|rock|metal|concrete|bowling|铁|钢|铅|金|砖|石", load.what, re.I
            )
        ),
        b,
    )
    airy = a if dense is b else b
    if a.grams == b.grams:
        value = say("they weigh the same", "一样重")
        sentence = say(
            f"They weigh the same: {a.written[0].lower() + a.written[1:]} "
            f"and {b.written[0].lower() + b.written[1:]} differ in volume, not in weight.",
            f"一样重：{a.written}和{b.written}重量相同，与材料无关。",
        )
        guess = airy if lighter else dense
        verb = "are" if guess.what.endswith("s") else "is"
        slip = Slip(
            say(f"the {guess.what}", guess.what),
            say(
                f"The {guess.what} {verb} {'lighter' if lighter else 'heavier'}.",
                f"{guess.what}更{'轻' if lighter else '重'}。",
            ),
        )
        compared = say(
            f"The two amounts: {plain(a.grams)} g on one side, {plain(b.grams)} g on the other.",
            f"{a.written}和{b.written}：重量的数值相等。",
        )
    else:
        chosen = other if lighter else heavier
        more = say("lighter" if lighter else "heavier", "更轻" if lighter else "更重")
        value = say(f"{chosen.written}", chosen.written)
        sentence = say(
            f"{chosen.written[0].upper() + chosen.written[1:]} is {more}: {plain(heavier.grams)} g "
            f"against {plain(other.grams)} g. What it is made of plays no part.",
            f"{chosen.written}{more}：{plain(heavier.grams)} 克对 {plain(other.grams)} 克，与材料无关。",
        )
        slip = Slip(
            say("they weigh the same", "一样重"),
            say("They weigh the same: this is the old trick question.", "一样重，这是一道老的陷阱题。"),
        )
        compared = say(
            f"In grams: {a.written} is {plain(a.grams)} g, {b.written} is {plain(b.grams)} g.",
            f"换算成克：{a.written}是 {plain(a.grams)} 克，{b.written}是 {plain(b.grams)} 克。",
        )
    steps = (
        say(
            "The question compares weights. How light or dense the stuff is changes how much room it takes, not "
            "what the given amount weighs.",
            "题目比较的是重量。材料轻重疏密只影响体积，不影响给定的重量。",
        ),
        say(
            "I must read the amounts closely instead of answering the version of the riddle that everybody knows.",
            "要看清题目里的数值，而不是套用大家熟悉的那道谜语。",
        ),
        compared,
    )
    check = say(
        "on a balance only the weights count, and I have compared exactly those.",
        "放在天平上只看重量，而我比较的正是重量。",
    )
    return Solution(value, sentence, steps, check, slip)


def _load(match: re.Match[str]) -> _Load:
    number, unit, what = (match[name] or match[f"{name}_zh"] for name in ("n", "unit", "what"))
    what = re.sub(
        r" (?:or|and|weigh|weighs|is|are|heavier|lighter|which|the|versus|vs|against|than|compared)$",
        "",
        what,
        flags=re.I,
    )
    amount = Fraction(1) if number.lower() in ("a", "an", "one", "一") else Fraction(number.replace(",", ""))
    written = f"{number} {unit} of {what}" if match["n"] else f"{number}{unit}{what}"
    return _Load(written, what, amount * _GRAMS[unit.lower()])
