"""The facts on file, and the vocabulary that asks for them."""

import calendar
import re
from functools import cache

from helpers.practice.tutor.data import load
from helpers.practice.tutor.wording import Lexicon, keyed

PLANETS = (
    "Mercury 水星",
    "Venus 金星",
    "Earth 地球",
    "Mars 火星",
    "Jupiter 木星",
    "Saturn 土星",
    "Uranus 天王星",
    "Neptune 海王星",
)
_POLYGONS = {
    "3": "triangle|三角形",
    "4": "square|rectangle|quadrilateral|rhombus|trapezoid|parallelogram|正方形|长方形|矩形|四边形|菱形|梯形"
    "|平行四边形",
    "5": "pentagon|五边形",
    "6": "hexagon|六边形",
    "7": "heptagon|七边形",
    "8": "octagon|八边形",
    "9": "nonagon|九边形",
    "10": "decagon|十边形",
    "12": "dodecagon|十二边形",
}
MONTHS_ZH = ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"]


def content_words(text: str) -> frozenset[str]:
    """The words that matter; Chinese goes character by character."""
    return frozenset(re.findall(r"[a-z0-9]+|[\u3400-\u9fff]", _LITTLE_ZH.sub("", text.lower()))) - _LITTLE


_LITTLE = frozenset(
    [
        "what",
        "which",
        "who",
        "is",
        "are",
        "was",
        "were",
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "to",
        "from",
        "for",
        "at",
        "there",
        "does",
        "do",
        "did",
        "has",
        "have",
        "s",
        "solar",
        "system",
        "world",
        "our",
        "it",
        "known",
        "as",
        "called",
        "by",
        "you",
        "tell",
        "me",
        "please",
        "name",
        "can",
    ]
)
_LITTLE_ZH = re.compile(
    r"是什么|是哪一?[个颗座条种]?|哪一?[个颗座条种只位]|是谁|是多少|是几|什么|多少度|谁|请问|世界上|世界|地球上"
    r"|太阳系[中里]?|[的是有在呢啊吗里中上叫为]"
)


@cache
def records() -> dict[frozenset[str], dict]:
    """By the content words of a question."""
    return {content_words(ask): record for record in load("facts/records")["record"] for ask in record["ask"]}


@cache
def countries() -> dict[str, dict]:
    """By English name: how it is called in either language, its capital in both, its continent."""
    return {
        name: {
            "en": also.partition("|")[0] if also.startswith("the ") else name,
            "zh": zh.partition("|")[0],
            "capital": (capital.partition("|")[0], capital_zh.partition("|")[0]),
            "continent": continent,
        }
        for name, (also, zh, capital, capital_zh, continent) in load("facts/countries")["countries"].items()
    }


@cache
def elements() -> dict[str, tuple[str, str, str, int]]:
    """By English name: symbol, English name, Chinese name, atomic number."""
    entries = (
        entry.split() for entry in load("facts/elements")["elements"].replace("\n", " ").split(",") if entry.strip()
    )
    return {en: (symbol, en, zh, number) for number, (symbol, en, zh) in enumerate(entries, 1)}


@cache
def lexicon() -> Lexicon:
    world, chemistry = load("facts/countries"), elements()
    names: dict[str, str] = {}
    cities: dict[str, str] = {}
    for name, (also, zh, capital, capital_zh, _) in world["countries"].items():
        names |= {each: name for each in f"{name}|{also}|{zh}".split("|") if each}
        cities |= {
            each: capital.partition("|")[0] for each in f"{capital}|{capital_zh}".split("|") if each not in names
        }
    for en, zh in world["not_capitals"].items():
        cities |= {en: en, zh: en}
    symbols = {each: en for en, (_, _, zh, _) in chemistry.items() for each in (en, zh)} | load("facts/elements")[
        "also"
    ]
    works = {each: work[0] for work in load("facts/works")["works"] for each in f"{work[0]}|{work[1]}".split("|")}
    months = {name.lower(): str(number) for number, name in enumerate(calendar.month_name) if name}
    months |= {name: str(number) for number, name in enumerate(MONTHS_ZH, 1)} | {
        f"{number}月": str(number) for number in range(1, 13)
    }
    return Lexicon(
        {
            "country": names,
            "city": cities,
            "element": symbols,
            "work": works,
            "month": months,
            "polygon": keyed(_POLYGONS),
            "continent": {each: en for en, zh in world["continents"].items() for each in (en, zh)},
            "capital": "capital|capital city|capitol|首都|国都|首府",
            "country word": "country|nation|国家|国|哪国|哪个国家",
            "continent word": "continent|which continent|what continent|大洲|洲|哪个洲|哪个大洲|哪洲",
            "symbol": "symbol|chemical symbol|element symbol|元素符号|化学符号|符号|化学元素符号",
            "atomic number": "atomic number|原子序数|原子序号",
            "element word": "element|chemical element|元素|化学元素|哪个元素|什么元素",
            "planet word": "planet|行星|星球",
            "from the sun": "from the sun|from our sun|离太阳|距太阳|距离太阳|从太阳往外数|从太阳数起|太阳系",
            "ordinal": "first|second|third|fourth|fifth|sixth|seventh|eighth",
            "author": "who wrote|wrote|author|author of|the author of|written by|who is the author of|writer of"
            "|who authored|writer|谁写的|写的|作者|作者是谁|是谁写的|谁写|谁的作品|谁的著作|是谁的作品|出自谁手",
            "author word": "book|novel|play|poem|小说|书|名著|作品|这本书|一书|诗",
            "sides": "sides|side|edges|angles|corners|vertices|条边|边|个角|角|个顶点|顶点|多少条边|几条边|几个角"
            "|几个顶点",
            "days": "days|how many days|多少天|几天|天|多少日",
            "months": "how many months|which months|哪几个月|几个月|多少个月|哪些月份|几个月份",
            "leap": "leap year|leap|闰年",
            "claim": "right|correct|true|吗|是不是|是否|对吗|对不对|is it true that|么",
            "which": "what|which|who|what's|whats|who's|how many|name|哪|哪个|什么|谁|多少|几|哪里|哪座城市|哪个城市"
            "|where|where's",
            "is": "is|are|was|does|do|did",
            "": "the|of|a|an|in|for|on|s|its|it|there|have|has|had|by|to|with|called|known as|located|lie|situated"
            "|belong to|belong|city|city of|please|tell|tell me|me|you|know|name|world|in the world|earth|on earth"
            "|of the world|solar system|our|that|this|year|number|at what|at|sea level|degrees|celsius|temperature"
            "|century|regular|famous|classic|officially|current|的|是|在|于|有|位于|属于|所在|座|城市|这|那|个|一|呢"
            "|请|请问|你|知道|告诉|我|世界|世界上|全世界|地球|地球上|中|里|上|年|份|叫|叫做|叫什么|名字|共|一共|总共"
            "|第|颗|近|远|往外|本|部|书名|为|度|摄氏度|温度|时|代表|第几|太阳系|太阳系中|？",
        }
    )
