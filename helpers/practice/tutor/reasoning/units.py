"""Converting units: miles and kilometers, pounds and kilograms, Fahrenheit and Celsius, hours and seconds."""

from dataclasses import dataclass
from fractions import Fraction

from helpers.practice.tutor.question import Draft, Question
from helpers.practice.tutor.reasoning.numbers import as_decimal, rounded
from helpers.practice.tutor.reasoning.solution import Solution, draft
from helpers.practice.tutor.request import Request, read_request
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wording import Lexicon, Token


@dataclass(frozen=True)
class _Unit:
    """`size` is how many of the first unit of its dimension it is."""

    dimension: str
    size: Fraction
    en: str
    zh: str


# dimension: lines of "size, English plural, Chinese name: other ways to write it". Sizes are exact by definition.
_TABLE = {
    "length": (
        "1 meters 米: m meter metre metres 公尺",
        "1000 kilometers 公里: km kilometer kilometre kilometres kms 千米",
        "1/100 centimeters 厘米: cm centimeter centimetre centimetres 公分",
        "1/1000 millimeters 毫米: mm millimeter millimetre millimetres",
        "1/10 decimeters 分米: dm decimeter",
        "1609.344 miles 英里: mi mile 迈",
        "0.3048 feet 英尺: ft foot 呎",
        "0.0254 inches 英寸: inch 寸",
        "0.9144 yards 码: yd yard",
        "1852 nautical_miles 海里: nautical_mile",
        "500 li 里: 华里",
    ),
    "weight": (
        "1 grams 克: g gram",
        "1000 kilograms 公斤: kg kilogram kilo kilos kgs 千克",
        "1/1000 milligrams 毫克: mg milligram",
        "1000000 metric_tons 吨: ton tons tonne tonnes metric_ton t",
        "453.59237 pounds 磅: lb lbs pound",
        "28.349523125 ounces 盎司: oz ounce",
        "500 jin 斤: 市斤",
        "50 liang 两:",
    ),
    "time": (
        "1 seconds 秒: s sec secs second 秒钟",
        "60 minutes 分钟: min mins minute",
        "3600 hours 小时: h hr hrs hour 个小时 钟头 个钟头",
        "86400 days 天: day 日",
        "604800 weeks 周: week 星期 个星期 礼拜",
        "1/1000 milliseconds 毫秒: ms millisecond",
    ),
    "months": (
        "1 months 个月: month 月",
        "12 years 年: year",
        "120 decades 十年: decade",
        "1200 centuries 世纪: century 个世纪",
    ),
    "volume": (
        "1 liters 升: l liter litre litres 公升",
        "1/1000 milliliters 毫升: ml milliliter millilitre millilitres cc",
        "3.785411784 gallons 加仑: gallon",
        "1000 cubic_meters 立方米: cubic_meter",
        "0.946352946 quarts 夸脱: quart",
        "0.473176473 pints 品脱: pint",
    ),
    "area": (
        "1 square_meters 平方米: square_meter",
        "10000 hectares 公顷: hectare",
        "1000000 square_kilometers 平方公里: square_kilometer 平方千米",
        "4046.8564224 acres 英亩: acre",
        "2000/3 mu 亩:",
    ),
    "data": (
        "1 bytes 字节: byte",
        "1/8 bits 比特: bit 位",
        "1024 KB KB: kb kilobyte kilobytes",
        "1048576 MB MB: mb megabyte megabytes 兆",
        "1073741824 GB GB: gb gigabyte gigabytes",
        "1099511627776 TB TB: tb terabyte terabytes",
    ),
    "temperature": (
        "1 °C 摄氏度: °c c celsius centigrade 度 degrees_celsius degree_celsius 摄氏",
        "1 °F 华氏度: °f f fahrenheit degrees_fahrenheit degree_fahrenheit 华氏",
        "1 kelvin 开尔文: k 开",
    ),
}


def _table() -> dict[str, _Unit]:
    units: dict[str, _Unit] = {}
    for dimension, lines in _TABLE.items():
        for line in lines:
            named, _, also = line.partition(":")
            size, en, zh = named.split()
            unit = _Unit(dimension, Fraction(size), en.replace("_", " "), zh)
            units |= {name.replace("_", " "): unit for name in (en, zh, *also.split())}
    return units


_UNITS = {name.lower(): unit for name, unit in _table().items()}
_LEXICON = Lexicon(
    {
        "unit": {name: name for name in _UNITS},
        "how many": "how many|how much|多少|几|what is|what's|whats",
        "to": "to|into|in|as|成|为|转换成|换算成|转换为|换算为|转成|换成|化成|等于|是|合|equals|equal|make|makes"
        "|make up|=|有|相当于",
        "minus": "-|minus|零下|负",
        "": "convert|conversion|change|express|is|are|there|does|do|a|an|the|of|have|has|equal to|equivalent|each|per"
        "|please|you|me|tell|calculate|would|be|approximately|about|exactly|degrees|degree|转换|换算|一下|把|将|请"
        "|请问|约|大约|等|呢|里|里面|中|共|一共|总共|个|的|可以|需要|能|换|单位|它|这|就是|who|it|contain|contains"
        "|long|for|how|hot|cold|warm|heavy|far|value|result|length|temperature|weight|s",
    }
)


def answer(question: Question, voice: Voice) -> Draft | None:
    """A quantity in another unit; None where that is not asked."""
    request = read_request(question)
    if request is None or len(request.text) > 120:
        return None
    asked = _read(request.text)
    return draft(request, _convert(request, *asked), voice) if asked else None


def _read(text: str) -> tuple[Fraction, _Unit, _Unit] | None:
    """How much of what, and in which other unit it is wanted."""
    tokens = _LEXICON.read(text.replace("° ", "°"))
    if not tokens:
        return None
    tokens = _without_echo(tokens)
    units = [token for token in tokens if token.kind == "unit"]
    numbers = [token for token in tokens if token.kind == "number"]
    asks = {token.kind for token in tokens} & {"how many", "to"}
    if len(units) != 2 or len(numbers) > 1 or not asks:
        return None
    one, other = (_UNITS[token.key] for token in units)
    if one.dimension != other.dimension or one == other:
        return None
    if not numbers:
        if tokens[0].kind != "how many" or one.dimension == "temperature":
            return None
        return Fraction(1), other, one
    number = numbers[0]
    at = tokens.index(number)
    value = -number.value if at and tokens[at - 1].kind == "minus" else number.value
    if value < 0 and one.dimension != "temperature":
        return None
    follows = next((token for token in tokens[at + 1 :] if token.kind == "unit"), None)
    if follows is None:
        return None
    source = _UNITS[follows.key]
    target = other if source is one else one
    return value, source, target


def _without_echo(tokens: list[Token]) -> list[Token]:
    """摄氏 37 度: the unit is said in two parts, before and after the number."""
    for i in range(len(tokens) - 2):
        if tokens[i].key in ("摄氏", "华氏", "零下") and tokens[i + 1].kind == "number" and tokens[i + 2].key == "度":
            tokens = [*tokens[:i], tokens[i + 1], tokens[i], *tokens[i + 3 :]]
            return [token for token in tokens if token.key != "度"]
    return tokens


def _convert(request: Request, value: Fraction, source: _Unit, target: _Unit) -> Solution:
    say = request.say
    if source.dimension == "temperature":
        result, rule = _temperature(value, source.en, target.en)
    else:
        factor = source.size / target.size
        result = value * factor
        rule = say(f"1 {_one(source.en)} = {_show(factor)} {target.en}", f"1 {source.zh} = {_show(factor)} {target.zh}")
    shown, given = (
        f"{_show(result)} {say(target.en, target.zh)}",
        f"{_show(value)} {say(_one(source.en) if value == 1 else source.en, source.zh)}",
    )
    equals = "=" if as_decimal(result, 6) else "≈"
    steps = (
        say(f"{given} are to be given in {target.en}.", f"要把 {given}换算成{target.zh}。"),
        say(f"What I need is the relation of the two units: {rule}.", f"先写出两个单位的关系：{rule}。"),
        say(f"Put in, that makes {given} {equals} {shown}.", f"代入得 {given} {equals} {shown}。"),
    )
    check = say(
        "the size is plausible, and the unit that is smaller has the larger number; thinking longer would not "
        "change a fixed factor.",
        "大小合理，单位越小数值越大；换算系数是固定的，想得再久也不会变。",
    )
    return Solution(shown, say(f"{given} {equals} {shown}.", f"{given} {equals} {shown}。"), steps, check)


def _temperature(value: Fraction, source: str, target: str) -> tuple[Fraction, str]:
    celsius = {"°C": value, "°F": (value - 32) * 5 / 9, "kelvin": value - Fraction("273.15")}[source]
    result = {"°C": celsius, "°F": celsius * 9 / 5 + 32, "kelvin": celsius + Fraction("273.15")}[target]
    rules = {
        ("°C", "°F"): "°F = °C × 9/5 + 32",
        ("°F", "°C"): "°C = (°F - 32) × 5/9",
        ("°C", "kelvin"): "K = °C + 273.15",
        ("kelvin", "°C"): "°C = K - 273.15",
        ("°F", "kelvin"): "K = (°F - 32) × 5/9 + 273.15",
        ("kelvin", "°F"): "°F = (K - 273.15) × 9/5 + 32",
    }
    return result, rules[(source, target)]


def _show(value: Fraction) -> str:
    return as_decimal(value, 6) or (rounded(value) if abs(value) >= 1 else rounded(value, 8))


def _one(plural: str) -> str:
    """The singular of a unit's name."""
    return {"feet": "foot", "inches": "inch", "centuries": "century"}.get(plural) or (
        plural.removesuffix("s") if plural.islower() else plural
    )
