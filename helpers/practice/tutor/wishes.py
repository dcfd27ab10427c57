"""What a user asks of the form of a text: its language and its length."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.question import Language
from helpers.practice.tutor.wording import in_digits

Unit = Literal["words", "characters", "hanzi", "tokens", "sentences", "lines", "paragraphs", "items"]

LARGEST = 1_000_000  # no wish counts for more; what is really written is limited by whoever writes it


@dataclass(frozen=True)
class Length:
    """From `low` to `high` of a unit, both included. `each` says that it is meant for every part of the text."""

    unit: Unit
    low: int
    high: int
    each: bool = False


_UNITS = r"""
    (?P<sentences> sentences? | 句话 | 句子? )
  | (?P<lines> lines? | verses? | 行 )
  | (?P<paragraphs> paragraphs? | stanzas? | 段落 | 段话 | 段文字 | 段 | 节(?![日课目]) )
  | (?P<items> bullet\ points? | bullets | (?:key\ |main\ )?points | items | 要点 | 条 )
  | (?P<tokens> tokens? | 词元 )
  | (?P<characters> characters? | chars? | letters? | 字符 )
  | (?P<words> words? | 单词 | 词 )
  | (?P<hanzi> 汉字 | 字 )
"""
_NUMERAL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen"
    "|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen"
)
_NUMBER = rf"""
    (?: (?<![\d.]) (?: \d{{1,3}}(?:,\d{{3}})+ | \d{{1,9}} ) (?: \ ?[千万k](?![a-z]) )?
      | (?<![a-z]) (?:an?\ )?(?:{_NUMERAL})
        (?: (?: [\ -] | (?<=hundred)\ and\ | (?<=thousand)\ and\ ) (?:{_NUMERAL}) ){{0,6}} (?![a-z])
      | (?<![a-z]) (?: a\ few | a\ couple\ of | a\ handful\ of | several | some | an? )(?![a-z])
      | [一二两三四五六七八九十百千万]{{1,9}} | 几 )
"""
_LENGTH = Pattern(
    rf"""
    (?P<each_before> (?: \b(?:each|every)\b (?:\ (?:sentence|paragraph|line|one|item|of\ them))?
                       | 每[句段行条个篇首]?[话子]? ) [\s,]* )?
    (?: (?: (?<![a-z])
            (?: in | of | with | using | about | around | approximately | roughly | exactly | only | just | between
              | from | keep\ it(?:\ to)? | to | it\ should\ be | totall?ing | long\ enough\ for )\b
          | 大约 | 大概 | 约 | 用 | 以 | 写成 | 共 | 一共 | 总共 | 恰好 | 正好 | 刚好
          | 字数 | 篇幅 | 长度 | 在 | ~ | 为 | : ) \s* ){{0,4}}
    (?: (?P<most> (?<![a-z])
                  (?: at\ most | no\ (?:more|longer)\ than | not\ more\ than | up\ to | less\ than | fewer\ than
                    | under | below | within | max(?:imum)?(?:\ of)? | limit(?:ed)?(?:\ it)?\ to )\b
                | 不要?超过 | 不多于 | 少于 | 最多 | 至多 | 控制在 | 限制在 ) \s*
      | (?P<least> (?<![a-z])
                   (?: at\ least | no\ (?:less|fewer)\ than | not\ less\ than | more\ than | over
                     | min(?:imum)?(?:\ of)? )\b
                | 至少 | 不少于 | 不低于 | 多于 | 超过 ) \s* )?
    (?: (?: (?:about|exactly|the|around)\b | 约 | 大约 ) \s* )?
    (?: (?P<low> {_NUMBER} ) (?: \ ?[-~]\ ? | \ (?:to|or|and(?=\ \d))\ | [到至或] ) )?
    (?P<high> {_NUMBER} ) (?P<plus> \ ?\+ | [多来余] )?
    [\s-]{{0,2}}
    (?: (?: short | long | simple | full | complete | brief | single | clear | english | chinese | 个 | 英文 )
        \s? ){{0,2}}
    (?: {_UNITS} ) (?![a-z])
    (?: \s* (?P<most_after> or\ (?:less|fewer) | at\ most | max(?:imum)?\b | 以内 | 之内 | 以下 | 内 )
      | \s* (?P<least_after> or\ more | at\ least | min(?:imum)?\b | 以上 )
      | \s* (?: 左右 | 上下 | long\b | in\ length | in\ total | total\b ) )?
    (?P<each> \s* (?: each\b | apiece\b | per\ \w+ ) )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NEIGHBORS = Pattern("[一二两三四五六七八九]{2}")
_VAGUE = {"a few": 3, "a couple of": 2, "a handful of": 4, "several": 4, "some": 3, "a": 1, "an": 1, "几": 3}
_ARTICLES = ("a", "an", "some")
_A_FEW_WORDS = 10  # what "words" are multiplied by when their number is vague

_LANGUAGES: dict[str, Language | None] = {
    r"\b(?:in|into) (?:plain |simple |easy )?english\b|\benglish version\b|[用以](?:简单的?)?(?:英文|英语)"
    r"|(?:英文|英语)(?:写|版|回答)": "en",
    r"\b(?:in|into) (?:plain |simple |easy |simplified |mandarin )?(?:chinese|mandarin)\b"
    r"|[用以](?:简单的?)?(?:中文|汉语|普通话)|(?:中文|汉语)(?:写|版|回答)": "zh",
    r"\b(?:in|into) (?:french|german|spanish|italian|portuguese|japanese|korean|russian|arabic|hindi|latin|dutch"
    r"|thai|vietnamese"
    r"|turkish|polish|swedish|cantonese|another language)\b"
    r"|[用以](?:法语|德语|西班牙语|意大利语|葡萄牙语|日语|日文|韩语|韩文|俄语|法文|德文|阿拉伯语|粤语|文言文?)": None,
}
_LANGUAGE = Pattern("|".join(f"(?:{pattern})" for pattern in _LANGUAGES), re.IGNORECASE)


def language(text: str, default: Language) -> Language | None:
    """The language that `text` asks for, else `default`; None where it asks for one that the tutor does not write."""
    wish = _LANGUAGE.search(text)
    if not wish:
        return default
    return next(meant for pattern, meant in _LANGUAGES.items() if re.fullmatch(pattern, wish[0], re.IGNORECASE))


def lengths(text: str) -> tuple[str, list[Length]]:
    """`text` without its wishes for length and language, and its wishes for length in their order."""
    found: list[Length] = []

    def take(wish: re.Match[str]) -> str:
        length = _length(wish)
        if not length:
            return wish[0]
        found.append(length)
        return " "

    left = _LENGTH.sub(take, text)
    return " ".join(_LANGUAGE.sub(" ", left).split()), found


def _length(wish: re.Match[str]) -> Length | None:
    unit = next(unit for unit in get_args(Unit) if wish[unit])
    if wish["high"].lower() in _ARTICLES and unit not in ("sentences", "lines", "paragraphs"):
        return None  # "what is a token" wishes for nothing
    if _NEIGHBORS.fullmatch(wish["high"]):  # 两三句 is two or three, not 23
        low, high = (_count(digit, unit) for digit in wish["high"])
    else:
        high = _count(wish["high"], unit)
        low = _count(wish["low"], unit) if wish["low"] else high
    if not 0 < low <= high:
        return None
    if wish["most"] or wish["most_after"]:
        low = max(1, round(high * 0.8)) if low == high else low
    elif wish["least"] or wish["least_after"] or wish["plus"]:
        high = round(high * 1.1)
    return Length(unit, low, high, each=bool(wish["each"] or wish["each_before"]))


def _count(number: str, unit: Unit) -> int:
    number = number.lower().strip()
    if number in _VAGUE:
        return _VAGUE[number] * (_A_FEW_WORDS if unit in ("words", "hanzi", "tokens", "characters") else 1)
    number = re.sub(r"(?<=\d) ?k$", "000", number)
    digits = re.sub(r"\D", "", in_digits(number))
    return min(int(digits), LARGEST) if digits else 0
