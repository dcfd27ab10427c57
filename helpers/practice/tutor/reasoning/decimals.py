"""Comparing numbers: which is larger, is a > b, sort these; and versions and dates, where 3.11 comes after 3.9."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from helpers.practice.tutor.question import Draft, Question
from helpers.practice.tutor.reasoning.comparison import Asked, Figure, Form, solve
from helpers.practice.tutor.reasoning.numbers import as_decimal
from helpers.practice.tutor.reasoning.solution import draft
from helpers.practice.tutor.request import read_request
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wording import Lexicon, Token, keyed, kinds

MOST = 30  # numbers in one question
_COUNTED = "|".join(
    f"{lead}{count}{noun}"
    for count in ("two", "three", "four", "five", "2", "3", "4", "5")
    for lead, noun in (("", " numbers"), ("the ", ""), ("these ", ""), ("", " decimals"), ("these ", " numbers"))
)
_COUNTED_ZH = "|".join(
    f"{lead}{count}{noun}"
    for count in "两二三四五"
    for lead, noun in (("", "个数"), ("", "个数字"), ("这", "个"), ("", "者"), ("", "个"), ("", "个小数"), ("", "数"))
)
_UNITS = (
    "kg|g|m|cm|mm|km|l|ml|meters|metres|kilos|kilograms|grams|dollars|yuan|euros|pounds|seconds|minutes|hours|degrees"
    "|miles|元|块|米|千克|公斤|克|厘米|毫米|公里|度|秒|分钟|小时|$|¥|€|£|￥"
)
_LEXICON = Lexicon(
    {
        "greater": "larger|bigger|greater|higher|more|largest|biggest|greatest|highest|max|maximum|most|large|big"
        "|great|high|heavier|longer|taller|more expensive|worth more|the larger one|the bigger one|the greater one|大"
        "|更大|最大|较大|比较大|大些|大一些|大一点|大点|更大些|更大一些|更大一点|高|更高|最高|较高|高一些|多|更多"
        "|最多|重|更重|长|更长|贵|更贵|最大值|最大数|大的|数值大|数值更大",
        "less": "smaller|less|lower|lesser|fewer|smallest|least|lowest|min|minimum|littlest|littler|small|low|little"
        "|lighter|shorter|cheaper|less expensive|worth less|小|更小|最小|较小|比较小|小些|小一些|小一点|小点|更小些"
        "|更小一些|更小一点|低|更低|最低|较低|少|更少|最少|轻|更轻|短|更短|便宜|更便宜|最小值|最小数|小的|数值小"
        "|数值更小",
        "equal": "equal|equals|same|identical|equivalent|the same as|相等|一样|一样大|等于|相同|同样大|是否相等|=|==",
        "than": "than|比",
        ">": ">|大于|高于|多于|超过|大过|exceeds|exceed|beats",
        "<": "<|小于|低于|少于|小过",
        ">=": ">=|≥|大于等于|大于或等于|不小于|at least|greater than or equal to|larger than or equal to",
        "<=": "<=|≤|小于等于|小于或等于|不大于|at most|less than or equal to|smaller than or equal to",
        "claim": "is it true|true or false|true|false|correct|right|yes or no|吗|么|是否|是不是|对吗|对不对|对么"
        "|是真的吗|真的吗|正确吗|成立吗|没错吧|对吧|真|假|判断|判断对错|whether|if|am i right|is he right"
        "|is she right|are they right|is that right|is this right|is it right|is that true|is this true"
        "|is this correct|is that correct|am i correct|我说得对吗|他说得对吗",
        "which": "which|which one|who|what|what one|whichever|哪个|哪一个|哪|谁|哪个数|哪个数字|哪边|哪些|哪一个数"
        "|什么|wich|witch",
        "or": "or|还是|或|或者",
        "compare": "compare|comparing|comparison|compared|versus|vs|比较|对比|相比|比一比|比比|大小|大小关系|谁大谁小"
        "|比大小|比较大小",
        "sort": "sort|order|arrange|rank|put|sorted|ordered|sorting|reorder|排序|排列|排|排个序|排一下序|排成|排一排"
        "|排队",
        "up": "ascending|increasing|from smallest to largest|smallest to largest|smallest to biggest"
        "|from smallest to biggest|low to high|lowest to highest|from lowest to highest|least to greatest"
        "|from least to greatest|smallest to greatest|small to large|from small to large|smallest first"
        "|smallest number first|从小到大|由小到大|升序|递增|从低到高|小到大",
        "down": "descending|decreasing|from largest to smallest|largest to smallest|biggest to smallest"
        "|from biggest to smallest|high to low|highest to lowest|from highest to lowest|greatest to least"
        "|from greatest to least|large to small|from large to small|largest first|biggest first|从大到小|由大到小"
        "|降序|递减|从高到低|大到小",
        "version": keyed(
            {
                "version": "version order|version numbers|version number|version|versions|release|releases|build|v"
                "|版本|版本号|版|发行版|发布|软件|程序|软件包|系统|software|app|program|package|library|sdk|python"
                "|java|node|nodejs|node.js|numpy|pandas|pytorch|tensorflow|django|flask|react|vue|ubuntu|debian|linux"
                "|kernel|ios|android|macos|windows|openai|chrome|firefox|go|golang|rust|ruby|php|postgres|mysql|redis"
                "|docker|kubernetes|cuda|gcc|cmake|typescript|jupyter|jupyterlab",
                "section": "section|sections|chapter|chapters|章|节|章节|小节",
                "date": "date|dates|day|日期|日子|月日",
            }
        ),
        "first": "first|comes first|comes before|before|earlier one",
        "last": "last|comes last|comes after|after",
        "newer": "newer|newest|latest|later|more recent|most recent|recent|新|更新|最新|较新|新的|新一些|晚|更晚|最晚"
        "|靠后|更靠后",
        "older": "older|oldest|earlier|earliest|旧|更旧|最旧|较旧|老|更老|早|更早|最早|靠前|更靠前|旧的",
        "why": "why|how come|explain why|为什么|为何|为啥|凭什么",
        "another question": "多少|几|how|how much|how many|by how much",
        "minus": "-|minus|negative|负",
        "percent": "%|percent|per cent",
        "/": "/",
        "unit": {unit: unit for unit in _UNITS.split("|")},
        "": "is|are|was|be|does|do|the|a|an|of|in|between|among|amongst|from|and|to|with|number|numbers|decimal"
        "|decimals|value|values|fraction|fractions|output|print|return|the larger one|the smaller one|i think"
        "|i believe|i say|i said|my son says|my daughter says|my friend says|my teacher says|he says|she says"
        "|they say|someone says|somebody said|people say|分数|我觉得|我认为|有人说|他说|她说|我说|朋友说|老师说"
        "|儿子说|孩子说|figure|figures|these|those|following|below|this|that|here|it|its|has|have|as|by|one|ones|out"
        "|them|both|together|given|you|me|i|we|us|think|find|choose|pick|select|identify|determine|decide|tell|say"
        "|show|give|list|write|name|actually|really|mathematically|numerically|just|only|strictly|exactly|each|other"
        "|another|two of them|then|so|comes|come|please|answer|how do|how does|would|bit|even|in terms of|in value"
        "|value of|size|magnitude|s|on|number line|math|maths|quickly|decimal number|decimal numbers|real|order of"
        f"|{_COUNTED}|{_COUNTED_ZH}|for|than the other|than the others|than the rest"
        "|和|与|跟|同|及|以及|的|数|数字|小数|数值|值|是|在|中|里|里面|当中|之中|之间|其中|这|这些|这组|下列|下面"
        "|以下|如下|给出|那个|那|一个|个|到底|究竟|更|最|较|要|呢|请|把|将|按|按照|照|顺序|次序|来|进行|一下|找出"
        "|选出|挑出|求|说|说说|看|看看|算|告诉我|我|你|觉得|认为|知道|会|能|应该|实际上|其实|数学上|从数学上"
        "|从数学角度|来看|来说|上|一些|一点|些|者|两个|一对|关系|相对|而言|下|者中|的话|有|比起来|做|做个",
    }
)
_VERSION = re.compile(r"\d+(?:\.\d+)*")


def answer(question: Question, voice: Voice) -> Draft | None:
    """A comparison of numbers; None where that is not what is asked."""
    request = read_request(question)
    asked = _read(request.text) if request else None
    return draft(request, solve(request, asked), voice) if request and asked else None


def _read(text: str) -> Asked | None:
    tokens = _LEXICON.read(text)
    if tokens is not None and sum(token.kind in ("number", "dotted") for token in tokens) < 2:
        tokens = _LEXICON.read(re.sub(r"(?<=\d),(?=\d)", ", ", text))  # not thousands, but a list: 100,200
    merged = _merged(text, tokens) if tokens else None
    if not merged or len({t.key for t in merged if t.kind == "unit"}) > 1:
        return None
    found = kinds(merged)
    if "another question" in found or re.search(r"\d ?[+*×÷^] ?[\d(]", text):
        return None
    if "than" in found and re.search(
        r"% ?(?:more|less|fewer|higher|lower|larger|smaller)|^what(?:'s| is) \S+ (?:more|less|fewer)", text, re.I
    ):
        return None  # 5 more than 3 is a sum
    field = _field(merged, found)
    figures = [token for token in merged if token.kind == "number" or (field and token.kind == "dotted")]
    if len(figures) > 2:
        figures = [token for token in figures if token.text.lower() != "one"]
    if not 2 <= len(figures) <= MOST or (not field and found & {"dotted", "first", "last"}):
        return None
    if field and not all(_VERSION.fullmatch(token.text) for token in figures):
        return None
    form, relation = _form(merged, found, figures)
    if form is None:
        return None
    return Asked(form, tuple(Figure(token.text, token.value or Fraction(0)) for token in figures), relation, field)


def _merged(text: str, tokens: Sequence[Token]) -> list[Token] | None:
    """`tokens` with signs, fractions and percent signs made part of their numbers; None where one hangs loose."""
    merged: list[Token] = []
    rest = list(reversed(tokens))
    while rest:
        token = rest.pop()
        last = merged[-1] if merged else None
        touches = last is not None and last.kind == "number" and last.end == token.start
        if token.kind == "minus" and token.text == "-":
            follows = rest and rest[-1].kind == "number" and rest[-1].start == token.end
            if follows and (
                touches
                or (re.match(r"[^\W\d_]", text[token.start - 1 : token.start]) and text[token.start - 1] < "\u3400")
            ):
                return None  # 9.9-9.11 is a difference or a range
            if not follows:
                continue  # a dash between clauses
        if token.kind == "minus":
            if not rest or rest[-1].kind != "number":
                return None
            number = rest.pop()
            shown = (
                text[token.start : number.end] if token.text == "-" else f"-{as_decimal(number.value) or number.text}"
            )
            token = Token("number", shown, token.start, number.end, value=-number.value)
        elif token.kind == "/" and touches and rest and rest[-1].kind == "number" and rest[-1].start == token.end:
            below = rest[-1]
            if last.value.denominator == below.value.denominator == 1 and "." not in last.text + below.text:
                rest.pop()
                if not below.value:
                    return None
                merged.pop()
                token = Token(
                    "number", text[last.start : below.end], last.start, below.end, value=last.value / below.value
                )
            else:
                continue  # 9.9/9.11: a divider between two candidates
        elif token.kind == "percent":
            if not last or last.kind != "number":
                return None
            merged.pop()
            token = Token("number", f"{last.text}%", last.start, token.end, value=last.value / 100)
        elif token.kind == "number":
            plain = (
                as_decimal(token.value) if re.search(r"[^\W\d_]", token.text) and token.text.lower() != "one" else None
            )
            token = Token("number", plain or token.text, token.start, token.end, value=token.value)
        if token.kind != "/":
            merged.append(token)
    return merged


def _field(tokens: Sequence[Token], found: set[str]) -> Literal["", "version", "section", "date"]:
    named = next((token.key for token in tokens if token.kind == "version"), "")
    return named or ("version" if found & {"newer", "older", "dotted"} else "")


def _form(tokens: Sequence[Token], found: set[str], figures: Sequence[Token]) -> tuple[Form | None, str]:
    up, down = "up" in found, "down" in found
    if up != down or ("sort" in found and not up):
        return ("descending" if down else "ascending"), ""
    greater = bool(found & {"greater", "newer", "last"})
    less = bool(found & {"less", "older", "first"})
    relation = next((sign for sign in (">=", "<=", ">", "<") if sign in found), "")
    if not relation and greater != less:
        relation = ">" if greater else "<"
    if not relation and not greater and "equal" in found:
        relation = "="
    states = "than" in found or bool(found & {">", "<", ">=", "<="}) or "claim" in found or relation == "="
    if any(token.kind == "than" and token.start < figures[0].start for token in tokens):
        return None, ""  # "what is larger than 9.9?" looks for another number
    if len(figures) == 2 and relation and states and not found & {"which", "or", "why"} and not (greater and less):
        return "claim", relation
    if "why" in found and len(figures) == 2:
        return ("compare", "") if relation else (None, "")
    if greater and not less:
        return "largest", ""
    if less and not greater:
        return "smallest", ""
    return ("compare", "") if greater or found & {"compare", ">", "<", "equal"} else (None, "")
