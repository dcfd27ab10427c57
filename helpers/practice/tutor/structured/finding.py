"""Finds values of a kind in a text: places, dates, amounts, names, addresses, in English and Chinese.

A finder takes a text in one spelling (wording.tidy) and gives its finds in their order. Finders know nothing of tools
and schemas: `source` decides which kind of value a field wants, and which of the finds it gets.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from helpers.practice.tutor.data import load
from helpers.practice.tutor.pattern import Pattern


@dataclass(frozen=True)
class Find:
    """A value and where it stands in the text."""

    value: str
    start: int
    end: int


Finder = Callable[[str], list[Find]]


def _finder(pattern: str, flags: int = re.IGNORECASE) -> Finder:
    """A finder for `pattern`: the value is the group that took part, or all of it where there are no groups."""
    compiled = Pattern(pattern, flags)

    def find(text: str) -> list[Find]:
        found = ((m[m.lastindex or 0].strip(" ,.;:!?。，"), m.span(m.lastindex or 0)) for m in compiled.finditer(text))
        return [Find(value, *span) for value, span in found if value]

    return find


# ── Forms that stand for themselves ──────────────────────────────────────────────────────────────────────────────

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_LANGUAGES = (
    "english|chinese|mandarin|french|german|spanish|italian|portuguese|japanese|korean|russian|arabic|hindi|dutch|thai"
    "|vietnamese|turkish|latin"
)
_LANGUAGES_ZH = (
    "英语|英文|中文|汉语|法语|法文|德语|德文|西班牙语|意大利语|葡萄牙语|日语|日文|韩语|韩文|俄语|阿拉伯语|泰语|越南语"
)

emails = _finder(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,24}){1,4}")
urls = _finder(r"https?://[^\s\"'<>，。）)]{1,500}")
phones = _finder(r"(?<![\d.])(?:\+\d{1,3}[ -]?)?(?:1[3-9]\d{9}|\d{3,4}[ -]\d{3,4}(?:[ -]?\d{3,4})?)(?!\d)")
files_named = _finder(r"(?<![\w.])[\w-]{1,60}\.(?!com\b|cn\b|org\b|net\b)[A-Za-z][A-Za-z0-9]{1,4}(?![\w@])")
dates = _finder(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]?"
    rf"|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}\b(?: \d{{4}}\b)?"
    r"|\b(?:the day after tomorrow|today|tonight|tomorrow|yesterday|in \d+ days)\b"
    rf"|\b(?:this|next|last) (?:week(?:end)?|month|year|{_DAY})\b|\b{_DAY}\b"
    r"|今天|今日|今晚|明天|明日|大后天|后天|昨天|前天|[这本下上]?(?:周|星期|礼拜)[一二三四五六日天末]|\d+天后"
    r"|[这下上]个?月"
)
times = _finder(
    r"\b\d{1,2}:\d{2}(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} ?[ap]\.?m\b\.?|\b(?:noon|midnight)\b"
    r"|(?:早上|上午|中午|下午|晚上|凌晨)?[\d一二三四五六七八九十两]{1,3}点(?:半|整|[\d一二三四五六七八九十]{1,3}分?)?"
)
languages = _finder(rf"\b(?:{_LANGUAGES})\b|{_LANGUAGES_ZH}")
symbols = _finder(
    r"\b(?!(?:OK|USD|CNY|EUR|JPY|GBP|AI|API|JSON|LLM|US|UK|AM|PM)\b)[A-Z]{2,5}(?:\.[A-Z]{1,2})?\b|(?<!\d)\d{6}(?!\d)", 0
)
identifiers = _finder(r"(?<![\w.-])#?((?=[A-Za-z_-]{0,20}\d)[A-Za-z0-9][A-Za-z0-9_-]{2,40})(?![\w-])")
rooms = _finder(
    r"\b(?:living room|dining room|kitchen|bedroom|bathroom|office|garage|hallway|hall|study|balcony|nursery"
    r"|basement)\b"
    r"|客厅|餐厅|厨房|主卧|次卧|卧室|书房|浴室|卫生间|办公室|阳台|车库|走廊"
)
numbers = _finder(r"(?<![\d.])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
quotations = _finder(r'"([^"\n]{1,2000})"|《([^》\n]{1,200})》|(?<!\w)\'([^\'\n]{2,500})\'(?!\w)')

_CURRENCIES = {
    "USD": "usd|us dollars?|american dollars?|dollars?|美元|美金",
    "CNY": "cny|rmb|renminbi|yuan|chinese yuan|人民币",
    "EUR": "eur|euros?|欧元",
    "JPY": "jpy|yen|japanese yen|日元|日圆",
    "GBP": "gbp|pounds?|british pounds?|英镑",
    "HKD": "hkd|hong kong dollars?|港币|港元",
    "KRW": "krw|won|韩元",
    "SGD": "sgd|singapore dollars?|新加坡元|新币",
    "AUD": "aud|australian dollars?|澳元",
    "CAD": "cad|canadian dollars?|加元",
    "INR": "inr|rupees?|卢比",
}
_CURRENCY = Pattern(
    "|".join(
        f"(?P<{code}>"
        + "|".join(rf"\b{n}\b" if n.isascii() else n for n in sorted(names.split("|"), key=len)[::-1])
        + ")"
        for code, names in sorted(_CURRENCIES.items(), key=lambda item: item[0] in ("USD",))
    ),
    re.IGNORECASE,
)


def currencies(text: str) -> list[Find]:
    """Currencies by whatever name, as their codes."""
    return [Find(m.lastgroup or "", m.start(), m.end()) for m in _CURRENCY.finditer(text)]


_OPERATIONS = (
    ("plus|加上|加", "+"),
    ("minus|减去|减", "-"),
    ("times|multiplied by|乘以|乘", "*"),
    ("divided by|over|除以", "/"),
    ("to the power of|的?次方", "**"),
)
_EXPRESSION = Pattern(
    r"(?<![\d.,])[-(√]{0,3}\d[\d .,()]{0,30}(?:[-+*/^%×÷xX]{1,2}[ (-]{0,4}\d[\d .,()]{0,30}){1,20}[%)]?"
)


def expressions(text: str) -> list[Find]:
    """Sums to work out, with the signs that a calculator takes."""
    for words, sign in _OPERATIONS:
        text = re.sub(rf"(?<=[\d)])\s*(?:{words})\s*(?=[\d(-])", f" {sign} ", text, flags=re.IGNORECASE)
    found = []
    for m in _EXPRESSION.finditer(text):
        value = m[0].strip(" .,").translate(str.maketrans({"×": "*", "÷": "/", "x": "*", "X": "*"}))
        value += ")" * max(0, value.count("(") - value.count(")"))
        found.append(Find(value, m.start(), m.end()))
    return found


# ── Names, by the words around them ──────────────────────────────────────────────────────────────────────────────

_CAPITALS = r"[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|de|of|the|upon|la|el|van|von)(?= [A-Z]|\b)){0,4}"
_NOT_PLACES = (
    "the|a|an|me|my|us|you|your|it|this|that|them|him|her|general|celsius|fahrenheit|english|chinese|json|order"
    "|total|all|each"
    "|one|detail|short|brief|case|fact|advance|time|today|tomorrow|now|tonight|least|most|example|what|which|how|do|be"
)
_places_cued = _finder(
    rf"(?<!\w)(?:in|at|for|of|near|from|to|around|visit|visiting) (?:the city of )?({_CAPITALS}(?:, [A-Z]{{2}}\b)?)", 0
)
_places_lower = _finder(
    rf"\b(?:in|at|near|from|to|around|for|visit) (?!(?:{_NOT_PLACES})\b)([a-z][a-z']*(?: [a-z][a-z']*){{0,2}}?)"
    r"(?= (?:today|tomorrow|tonight|now|right|this|next|please|and|on|for|at|in|to|from|like|is|be)\b| ?[?.!,;]|$)",
    0,
)
_STOPS_ZH = (
    r"今天|明天|后天|现在|这几天|周|的|天气|气温|有|怎么|下雨|下雪|吗|呢|和|到|飞|附近|几|多|冷|热|[,，。?!、\s]|$"
)
_places_zh = _finder(
    rf"(?:在|去|到|从|往|查询|查一下|查查|查|看看|问问|帮我查|告诉我)(?:一下)?(?!今天|明天|后天|现在|一下|这|那|哪"
    rf"|我|你|天气|什么|多少)([\u4e00-\u9fff]{{2,6}}?)(?={_STOPS_ZH})"
    r"|^(?!今天|明天|后天|现在|这|那|哪|我|你|请|帮|天气|什么|查|告诉)([\u4e00-\u9fff]{2,5}?)(?=今天|明天|后天|现在"
    r"|这几天|的?天气|的?气温|冷不冷|热不热)"
    r"|([\u4e00-\u9fff]{2,4}(?:[市省县区镇]|机场|车站|火车站))"
)


def places(text: str) -> list[Find]:
    """Places: well-known ones anywhere, others by what stands around them."""
    known = [Find(m[0], m.start(), m.end()) for m in _known_places().finditer(text)]
    found = _apart([*known, *_places_cued(text)])
    return found or _places_zh(text) or [find for find in _places_lower(text) if not _is_other(find.value)]


@cache
def _known_places() -> re.Pattern[str]:
    longest_first = sorted(load("places")["places"], key=len, reverse=True)
    ways = [rf"(?<![a-zA-Z]){re.escape(n)}(?![a-zA-Z])" if n.isascii() else re.escape(n) for n in longest_first]
    return re.compile("|".join(ways), re.IGNORECASE)


def _is_other(value: str) -> bool:
    """Whether what looks like a place is a day, a language or a currency."""
    return any(finder(value) for finder in (dates, languages, currencies))


def _apart(finds: Iterable[Find]) -> list[Find]:
    """`finds` in order, of those that overlap the longest only, and none that is a day or a language."""
    kept: list[Find] = []
    for find in sorted(finds, key=lambda f: (f.start - f.end, f.start)):
        if all(find.end <= other.start or other.end <= find.start for other in kept) and not _is_other(find.value):
            kept.append(find)
    return sorted(kept, key=lambda f: f.start)


_person_cued = _finder(
    rf"\b(?i:my name is|my name's|i am|i'm|this is|named|called|name is|name's|name ?:|by the name of|mr\.?|ms\.?"
    rf"|mrs\.?|dr\.?) ({_CAPITALS})"
    rf"|\b(?i:to|with|from|for|by|invite|email|call|tell|ask|message|remind|and) ({_CAPITALS})",
    0,
)
_person_zh = _finder(
    r"(?:我叫|名叫|叫做|我是|姓名(?:是|为|叫)?[:：]?|名字(?:是|叫|为)?[:：]?|叫|给|和|跟|同|邀请|联系|通知)(?!我|你"
    r"|他|她|它|做|一|个|这|那|什么|大家)"
    r"([\u4e00-\u9fff·]{2,4}?)(?=[,，。、;!?\s]|今年|的|发|打|开|说|见|聊|写|先生|女士|同学|$)"
)
_person_subject = _finder(
    r"(?:^|[.!?:\n] ?)(?!(?:The|This|That|These|It|He|She|They|We|You|What|Who|My|Your|There|Here|Today|Tomorrow|If"
    r"|In|On|At|A|An)\b)"
    r"([A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20})?)(?= (?:(?:is|was|has|works|lives|likes|loves)\b|and [A-Z]))",
    0,
)
_person_plain = _finder(r"(?<![.!?] )(?<!^)\b([A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20}){0,2})\b", 0)
_job = _finder(
    r"\b(?:i am an?|i'm an?|works? as an?|working as an?|is an?|job ?:"
    r"|occupation ?:) ([a-z]+(?: [a-z]+){0,2}?)(?= (?:and|at|in|from|who|with|for)\b|[,.;!?]|$)"
    r"|(?:职业(?:是|为)?[:：]?|我是一?[名位个]|是一?[名位个]|当|担任)([\u4e00-\u9fff]{2,8}?)(?=[,，。;!?\s]|$)"
)
_company = _finder(
    rf"\b(?i:work(?:s|ing)? (?:at|for)|employed (?:at|by)|company ?:) ({_CAPITALS})|(?:在|就职于"
    rf"|公司[:：])([\u4e00-\u9fffA-Za-z]{{2,12}}?)(?:公司)?(?=工作|上班|任职)",
    0,
)
_likes = Pattern(
    r"\b(?:likes?|loves?|enjoys?|hobb(?:y|ies)(?: is| are| include)?:?|interests?(?: are| include)?:?|fond of"
    r"|interested in)(?: to)? ([^.!?;\n]{2,120})"
    r"|(?:喜欢|爱好(?:是|有|包括|为)?[:：]?|热爱|兴趣(?:是|有|为)?[:：]?)([^。!?;\n,，]{1,60})",
    re.IGNORECASE,
)
_BETWEEN = Pattern(r"\s*(?:,|、|，|;|\band\b|\bor\b|和|以及|还有|与|及)\s*", re.IGNORECASE)


def persons(text: str) -> list[Find]:
    """Names of people, first those that are introduced as such."""
    finders = (_person_cued, _person_zh, _person_subject)
    cued = [find for finder in finders for find in finder(text) if not _known_places().fullmatch(find.value)]
    return sorted(cued, key=lambda find: find.start) or [
        find for find in _person_plain(text) if not _is_other(find.value)
    ]


jobs: Finder = _job
companies: Finder = _company


def likes(text: str) -> list[Find]:
    """What somebody likes, one find for each thing of a list."""
    return [
        Find(thing, m.start(), m.end())
        for m in _likes.finditer(text)
        for thing in _BETWEEN.split(m[m.lastindex or 0])
        if thing.strip()
    ]


# ── What a request is about ──────────────────────────────────────────────────────────────────────────────────────

_ASKED = Pattern(
    r"(?:^|\b)(?:search(?: the (?:web|internet))?(?: online)?(?: for)?|look up|google"
    r"|find(?: me)?(?: (?:some )?(?:information|news|articles|results))?(?: about| on| for)?"
    r"|information (?:about|on)|news (?:about|on)|tell me about|learn about) (?P<en>[^?!\n]{2,200})"
    r"|(?:搜索|搜一下|搜|检索|查询|查一下|查找|查|了解)(?:一下|关于|有关)*(?P<zh>[^。?!\n]{1,100})",
    re.IGNORECASE,
)
_TO_SAY = Pattern(
    rf"\btranslate (?P<a>.{{1,1000}}?) (?:in)?to (?:{_LANGUAGES})\b|[把将](?P<b>.{{1,500}}?)(?:翻译|译)成"
    rf"|翻译(?:一下)?[:：]?(?P<c>.{{1,500}})"
    r"|\b(?:saying|says?|that reads|with the (?:message|text|content)|tell (?:him|her|them"
    r"|[A-Z]\w+)(?: that)?)[:,]? (?P<d>[^\n]{2,500})"
    r"|(?:告诉他|告诉她|内容(?:是|为)?[:：]?|说[:：]?)(?P<e>[^\n]{2,300})|: (?P<f>[^\n]{2,1000})$"
    r"|[:：](?P<g>[^\n]{1,500})$",
    re.IGNORECASE,
)
_OBJECT = Pattern(
    r"\b(?:play|buy|order|find|open|check|track|book|watch|read|add|create|get|show|delete|remove|start|stop|attend"
    r"|join|about|of|for|titled|called|named|to (?=an? |the ))"
    r" ?(?:me |my |the |a |an |some )*(?P<en>(?!order\b|number\b|price\b|cost\b|me\b|my\b)[^,.?!;\n]{2,60}?)"
    r"(?= (?:in|on|at|for|from|to|by|with|please|now|today|tomorrow|and|cost|is|are)\b|[,.?!;\n]|$)"
    r"|(?:播放|购买|买|打开|关闭|预订|订|关于|名为|查询|查一下|添加|创建|看|听|的?价格)(?:一下|一首|一张|一个"
    r"|一份)?(?P<zh>[\u4e00-\u9fffA-Za-z0-9 ]{1,20}?)(?=的|吗|呢|多少|[,，。?!]|$)"
    r"|(?P<price>[\u4e00-\u9fffA-Za-z0-9 ]{1,20}?)(?:的价格|多少钱|卖多少)",
    re.IGNORECASE,
)


def asked(text: str) -> list[Find]:
    """What is to be looked up."""
    return _groups(_ASKED, text)


def to_say(text: str) -> list[Find]:
    """What is to be said, sent or translated."""
    return quotations(text) or _groups(_TO_SAY, text)


def objects(text: str) -> list[Find]:
    """What a verb or preposition points at: the least certain of the finds."""
    capitals = [find for find in _person_plain(text) if not _is_other(find.value)]
    return quotations(text) or _groups(_OBJECT, text) or capitals


def _groups(pattern: Pattern, text: str) -> list[Find]:
    found = []
    for m in pattern.finditer(text):
        name = m.lastgroup
        value = m[name].strip(" ,.?!。，\"'") if name else ""
        if name and value:
            found.append(Find(value, m.start(name), m.end(name)))
    return found
