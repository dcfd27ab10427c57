"""Plain facts, where thinking changes nothing: capitals, elements, planets, authors, months, records."""

import calendar
import re
from collections.abc import Callable, Mapping

from helpers.practice.tutor.data import load
from helpers.practice.tutor.question import Draft, Question
from helpers.practice.tutor.reasoning.almanac import (
    MONTHS_ZH,
    PLANETS,
    content_words,
    countries,
    elements,
    lexicon,
    records,
)
from helpers.practice.tutor.reasoning.numbers import ordinal
from helpers.practice.tutor.reasoning.solution import Solution, draft
from helpers.practice.tutor.request import Request, read_request
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wording import Token

Found = Mapping[str, list[Token]]
Fact = tuple[str, str, str]
"""The bare answer, the sentence, and what the question is about."""


def answer(question: Question, voice: Voice) -> Draft | None:
    """A fact that is on file; None where something else is asked."""
    request = read_request(question)
    if request is None or len(request.text) > 160:
        return None
    fact = _symbol(request) or _record(request) or _lookup(request)
    return draft(request, _as_solution(request, *fact), voice) if fact else None


def _as_solution(request: Request, value: str, sentence: str, subject: str) -> Solution:
    say = request.say
    steps = (
        say(f"The question is about {subject}.", f"问题问的是{subject}。"),
        say(
            "That is a plain fact that one either knows or not; there is nothing to derive here, so more thinking "
            "would not make the answer any better.",
            "这是一个常识性的事实，知道就是知道，没有什么需要推导的，想得再久答案也不会更好。",
        ),
        sentence,
    )
    return Solution(
        value,
        sentence,
        steps,
        say(
            "I see no trap in the wording, and the fact is well established.",
            "题目的表述没有陷阱，这个事实也没有争议。",
        ),
    )


def _lookup(request: Request) -> Fact | None:
    tokens = lexicon().read(request.text)
    if not tokens:
        return None
    found: dict[str, list[Token]] = {}
    for token in tokens:
        found.setdefault(token.kind, []).append(token)
    asked = frozenset(found) - {"claim", "which", "is"}
    solve = _FACTS.get(asked)
    if solve is None or any(
        len(each) > 1 and kind not in ("is", "which", "claim", "capital", "ordinal") for kind, each in found.items()
    ):
        return None
    starts_with_is = tokens[0].kind == "is" and "which" not in found
    return solve(request, found, starts_with_is or "claim" in found)


def _capital_of(request: Request, found: Found, claims: bool) -> Fact:
    country = countries()[found["country"][0].key]
    en, zh = country["capital"]
    fact = request.say(f"The capital of {country['en']} is {en.removesuffix('.')}.", f"{country['zh']}的首都是{zh}。")
    return request.say(en, zh), fact, request.say(f"the capital of {country['en']}", f"{country['zh']}的首都")


def _is_capital(request: Request, found: Found, claims: bool) -> Fact | None:
    country, city = countries()[found["country"][0].key], found["city"][0]
    if not claims:
        return None
    en, zh = country["capital"]
    subject = request.say(f"the capital of {country['en']}", f"{country['zh']}的首都")
    if city.key == en:
        return (
            request.say("yes", "是"),
            request.say(f"Yes, the capital of {country['en']} is {en}.", f"是的，{country['zh']}的首都是{zh}。"),
            subject,
        )
    return (
        request.say("no", "不是"),
        request.say(
            f"No, the capital of {country['en']} is {en}, not {city.text}.",
            f"不是，{country['zh']}的首都是{zh}，不是{city.text}。",
        ),
        subject,
    )


def _country_of(request: Request, found: Found, claims: bool) -> Fact | None:
    city = found["city"][0].key
    country = next((country for country in countries().values() if country["capital"][0] == city), None)
    if country is None:
        return None
    en, zh = country["capital"]
    return (
        request.say(country["en"], country["zh"]),
        request.say(f"{en} is the capital of {country['en']}.", f"{zh}是{country['zh']}的首都。"),
        request.say(f"the country that {en} is the capital of", f"{zh}是哪国首都"),
    )


def _continent_of(request: Request, found: Found, claims: bool) -> Fact | None:
    country = countries()[found["country"][0].key]
    continent = country["continent"]
    en, zh = continent, load("facts/countries")["continents"][continent]
    subject = request.say(f"the continent of {country['en']}", f"{country['zh']}所在的大洲")
    if "continent" in found:
        true = found["continent"][0].key == continent
        if not claims or country["en"] in (
            "Russia",
            "Turkey",
            "Egypt",
            "Kazakhstan",
            "Georgia",
            "Azerbaijan",
            "Armenia",
            "Cyprus",
        ):
            return None  # these lie on two continents, or nearly
        return (
            request.say("yes" if true else "no", "是" if true else "不是"),
            request.say(
                f"{'Yes' if true else 'No'}, {country['en']} is in {en}.",
                f"{'是的' if true else '不是'}，{country['zh']}位于{zh}。",
            ),
            subject,
        )
    both = {
        "Russia": (" and Asia", "和亚洲"),
        "Turkey": (" and Europe", "和欧洲"),
        "Egypt": (" and, with the Sinai, Asia", "，西奈半岛部分在亚洲"),
    }.get(country["en"], ("", ""))
    return (
        request.say(en + both[0], zh + both[1]),
        request.say(f"{country['en']} is in {en}{both[0]}.", f"{country['zh']}位于{zh}{both[1]}。"),
        subject,
    )


def _element_symbol(request: Request, found: Found, claims: bool) -> Fact:
    symbol, en, zh, _ = elements()[found["element"][0].key]
    return (
        symbol,
        request.say(f"The symbol of {en} is {symbol}.", f"{zh}的元素符号是 {symbol}。"),
        request.say(f"the chemical symbol of {en}", f"{zh}的元素符号"),
    )


def _element_number(request: Request, found: Found, claims: bool) -> Fact:
    _, en, zh, number = elements()[found["element"][0].key]
    return (
        str(number),
        request.say(f"The atomic number of {en} is {number}.", f"{zh}的原子序数是 {number}。"),
        request.say(f"the atomic number of {en}", f"{zh}的原子序数"),
    )


def _element_of_number(request: Request, found: Found, claims: bool) -> Fact | None:
    wanted = found["number"][0].value
    element = next((element for element in elements().values() if element[3] == wanted), None)
    return (
        _named(request, element, request.say(f"the element with atomic number {wanted}", f"原子序数为 {wanted} 的元素"))
        if element
        else None
    )


def _symbol(request: Request) -> Fact | None:
    """A symbol is told from a word by its capitals: He, In, As, No."""
    match = _SYMBOL.fullmatch(request.text)
    element = (
        next((element for element in elements().values() if element[0] in match.groups()), None) if match else None
    )
    return (
        _named(request, element, request.say(f"the element with the symbol {element[0]}", f"元素符号 {element[0]}"))
        if element
        else None
    )


def _named(request: Request, element: tuple[str, str, str, int], subject: str) -> Fact:
    symbol, en, zh, number = element
    return (
        request.say(en, zh),
        request.say(f"{symbol} is {en}, element number {number}.", f"{symbol} 是{zh}，原子序数 {number}。"),
        subject,
    )


def _planet(request: Request, found: Found, claims: bool) -> Fact | None:
    place = int(found["number"][0].value) if "number" in found else ordinal(found["ordinal"][0].text)
    if not 1 <= place <= len(PLANETS):
        return None
    en, zh = PLANETS[place - 1].split()
    return (
        request.say(en, zh),
        request.say(f"Planet number {place} from the sun is {en}.", f"从太阳往外数第 {place} 颗行星是{zh}。"),
        request.say("the order of the planets", "行星的顺序"),
    )


def _author(request: Request, found: Found, claims: bool) -> Fact:
    title_en, title_zh, author_en, author_zh = next(
        work for work in load("facts/works")["works"] if work[0] == found["work"][0].key
    )
    title_en, title_zh = title_en.partition("|")[0], title_zh.partition("|")[0]
    return (
        request.say(author_en, author_zh),
        request.say(f"{title_en} was written by {author_en}.", f"《{title_zh}》的作者是{author_zh}。"),
        request.say(f"the author of {title_en}", f"《{title_zh}》的作者"),
    )


def _sides(request: Request, found: Found, claims: bool) -> Fact:
    polygon = found["polygon"][0]
    return (
        polygon.key,
        request.say(
            f"A {polygon.text.lower()} has {polygon.key} sides and {polygon.key} corners.",
            f"{polygon.text}有 {polygon.key} 条边、{polygon.key} 个角。",
        ),
        request.say(f"the {polygon.text.lower()}", polygon.text),
    )


def _days_in_month(request: Request, found: Found, claims: bool) -> Fact | None:
    month = int(found["month"][0].key)
    year = found["number"][0].value if "number" in found else None
    if year is not None and (year.denominator != 1 or not 1 <= year <= 9999):
        return None
    named_en, named_zh = calendar.month_name[month], MONTHS_ZH[month - 1]
    subject = request.say(f"the length of {named_en}", f"{named_zh}的天数")
    if month == 2 and year is None:
        return (
            request.say("28 (29 in a leap year)", "28（闰年 29）"),
            request.say("February has 28 days, and 29 in a leap year.", "二月有 28 天，闰年有 29 天。"),
            subject,
        )
    days = calendar.monthrange(int(year or 2001), month)[1]
    when_en, when_zh = (f"{named_en} {year}", f"{year} 年{named_zh}") if year else (named_en, named_zh)
    return str(days), request.say(f"{when_en} has {days} days.", f"{when_zh}有 {days} 天。"), subject


def _months_of(request: Request, found: Found, claims: bool) -> Fact | None:
    days = found["number"][0].value
    if days not in (30, 31):
        return None
    months = [month for month in range(1, 13) if calendar.monthrange(2001, month)[1] == days]
    named = request.say(
        ", ".join(calendar.month_name[month] for month in months), "、".join(MONTHS_ZH[month - 1] for month in months)
    )
    return (
        str(len(months)),
        request.say(
            f"{len(months)} months have {days} days: {named}.", f"有 {days} 天的月份有 {len(months)} 个：{named}。"
        ),
        request.say("the lengths of the months", "各月的天数"),
    )


def _leap_year(request: Request, found: Found, claims: bool) -> Fact | None:
    year = found["number"][0].value
    if year.denominator != 1 or not 1 <= year <= 99999:
        return None
    leap = calendar.isleap(int(year))
    if year % 100:
        why = request.say(
            f"{year} is {'' if leap else 'not '}divisible by 4", f"{year} {'能' if leap else '不能'}被 4 整除"
        )
    else:
        why = request.say(
            f"a year that ends in 00 is one only if it is divisible by 400, and {year} is{'' if leap else ' not'}",
            f"整百年份要能被 400 整除才是闰年，{year} {'能' if leap else '不能'}",
        )
    return (
        request.say("yes" if leap else "no", "是" if leap else "不是"),
        request.say(
            f"{'Yes' if leap else 'No'}, {year} {'is' if leap else 'is not'} a leap year: {why}.",
            f"{'是' if leap else '不是'}，{year} 年{'是' if leap else '不是'}闰年：{why}。",
        ),
        request.say("the leap years", "闰年"),
    )


def _record(request: Request) -> Fact | None:
    """A fact of records.toml: the question has its content words, in whatever order, and no other."""
    record = records().get(content_words(request.text))
    return (
        (
            request.say(*record["value"]),
            request.say(*record["sentence"]),
            request.say("a piece of general knowledge", "一个常识"),
        )
        if record
        else None
    )


_SYMBOL = re.compile(
    r"(?:[Ww]hat|[Ww]hich)(?: chemical)? element (?:is|has the (?:chemical )?symbol|has symbol|is represented by"
    r"|is denoted by) (?P<a>[A-Z][a-z]?)\W*"
    r"|[Ww]hat does (?:the )?(?:chemical )?symbol (?P<b>[A-Z][a-z]?) (?:stand for|represent|mean)\W*"
    r"|(?:化学)?(?:元素)?(?:符号)?(?P<c>[A-Z][a-z]?) ?(?:是|代表|表示)(?:哪|什么|哪个|哪种)(?:化学)?元素\W*"
)
_FACTS: dict[frozenset[str], Callable[[Request, Found, bool], Fact | None]] = {
    frozenset({"capital", "country"}): _capital_of,
    frozenset({"capital", "country", "city"}): _is_capital,
    frozenset({"capital", "city"}): _country_of,
    frozenset({"capital", "city", "country word"}): _country_of,
    frozenset({"continent word", "country"}): _continent_of,
    frozenset({"continent", "country"}): _continent_of,
    frozenset({"symbol", "element"}): _element_symbol,
    frozenset({"symbol", "element", "element word"}): _element_symbol,
    frozenset({"atomic number", "element"}): _element_number,
    frozenset({"atomic number", "number", "element word"}): _element_of_number,
    frozenset({"planet word", "from the sun", "ordinal"}): _planet,
    frozenset({"planet word", "from the sun", "number"}): _planet,
    frozenset({"author", "work"}): _author,
    frozenset({"author", "work", "author word"}): _author,
    frozenset({"sides", "polygon"}): _sides,
    frozenset({"days", "month"}): _days_in_month,
    frozenset({"days", "month", "number"}): _days_in_month,
    frozenset({"months", "number", "days"}): _months_of,
    frozenset({"leap", "number"}): _leap_year,
}
