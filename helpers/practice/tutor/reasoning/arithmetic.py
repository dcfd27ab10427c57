"""Arithmetic: any expression in symbols or words, worked out exactly, and statements such as 17 × 23 = 391 judged.

The slip is that of a model which writes the digits of a long result straight down: one in the middle comes out wrong.
"""

import operator
import re
from collections.abc import Sequence

from helpers.practice.tutor.question import Draft, Question
from helpers.practice.tutor.reasoning.arithmetic_words import VOCABULARY
from helpers.practice.tutor.reasoning.calculating import narrative
from helpers.practice.tutor.reasoning.evaluation import (
    Step,
    TooLarge,
    Undefined,
    Value,
    evaluate,
    show,
    show_number,
    show_value,
)
from helpers.practice.tutor.reasoning.expressions import Expression, Number, Operation, Unclear, parse, parse_side
from helpers.practice.tutor.reasoning.series import series
from helpers.practice.tutor.reasoning.solution import Slip, Solution, draft
from helpers.practice.tutor.request import Request, read_request
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wording import Lexicon, Token, keyed

_LEXICON = Lexicon(
    VOCABULARY
    | {
        "=": "=|==|equals|equal|equal to|等于",
        ">": ">|greater than|larger than|more than|bigger than|大于",
        "<": "<|less than|smaller than|小于",
        ">=": ">=|≥|at least",
        "<=": "<=|≤|at most",
        "≠": "≠|!=",
        "is": "is|是|为|are",
        "claim": "right|correct|true|true or false|is it true|is it true that|is it correct|吗|对吗|对不对|对吧"
        "|是不是|是否|正确吗|成立吗|没错吧|么",
        "choice": keyed(
            {
                ">": "which is larger|which is bigger|which is greater|which is more|which one is larger"
                "|which one is bigger|larger|bigger|greater|哪个大|哪个更大|谁大|谁更大|大|更大",
                "<": "which is smaller|which is less|which one is smaller|smaller|哪个小|哪个更小|谁小|谁更小|小|更小",
            }
        ),
        "or": "or|vs|versus|还是|或",
        "share": "what percent of|what percentage of|what percent is|what percentage is|what is the percentage of"
        "|的百分之几|的百分之多少|what fraction of|的几分之几",
        "": "what|what's|whats|how much|how much is|how many is|the|a|an|calculate|calculating|compute|computing"
        "|evaluate|work out|solve|find|finding|get|determine|result|results|value|answer|total value|expression"
        "|calculation|following|problem|math|maths|sum?|please|do|does|did|give|gives|give me|make|makes|for|me|i|you"
        "|us|we|if|when|then|that|it|this|will|would|be|number|numbers|exact|exactly|exact value|equation|question"
        "|here|so|now|and then|quick|simplify|tell|tell me|know|want|to know|need|come|comes|comes out|out|show|say|s"
        "|result is|only|just|answer is|check|verify|in your head|mentally|dollars|dollar|yuan|euros|rmb|usd|cny|$|¥"
        "|€|£|￥|元|块|块钱|?|:|;|。|.|…|`|¿|which|which one|哪个|比较|compare|\\|\"|'|~|with answer|计算|计算一下|算"
        "|算一算|算算|算一下|求|请|下|一下|出|结果|的结果|的值|的得数|得数|值|答案|口算|心算|帮我|得|一共|总共|呢"
        "|下面|这道题|这个|算式|式子|题|题目|多少|几|等于多少|等于几|等于什么|是多少|是几|是什么|得多少|得几|为多少"
        "|结果是|结果是多少|的结果是|的结果是多少|问|那么|先|再|然后|数|你|我|能|会|知道|告诉我|我们|给我|这|如果"
        "|下列|以下|除出来|了|就是|它|到底|究竟|应该|应|共|答|用|这两个数|这些数|两个数|所有|验证|检查|验算",
    },
    signs=True,
)
_RELATIONS = {"=": operator.eq, "is": operator.eq, "≠": operator.ne} | {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
# Dates, telephone numbers and figures of speech, not tasks.
_NO_TASK = re.compile(
    r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/]\d{1,2}[-/]\d{2,4}\b|\b0\d+-\d|\b\d{3}-\d{3,4}-\d{4}\b"
    r"|^(?:9/11|24/7|50/50)\W*$"
)
_MORE_THAN = re.compile(
    r"^(?P<ask>what is|what's|calculate) (?P<by>\S+) (?P<way>more|less|fewer) than (?P<base>.+)$", re.I
)
_MIXED = re.compile(r"\b(\d+) (\d+/\d+)\b")  # 1 1/2


def answer(question: Question, voice: Voice) -> Draft | None:
    """The value of an expression, or whether a statement about values is true; None where neither is asked."""
    request = read_request(question)
    if (
        request is None
        or not re.search(r"\d|[^\W\d_]{3}|[\u3400-\u9fff]", request.text)
        or _NO_TASK.search(request.text)
    ):
        return None
    try:
        solution = series(request) or _solve(request)
    except Unclear:
        return None
    return draft(request, solution, voice)


def _solve(request: Request) -> Solution:
    text = _MORE_THAN.sub(_as_change, _MIXED.sub(r"(\1+\2)", request.text))
    tokens = _LEXICON.read(text) or []
    claims = any(token.kind == "claim" for token in tokens)
    tokens = [token for token in tokens if token.kind != "claim"]
    while tokens and tokens[0].kind in ("=", "is"):
        tokens = tokens[1:]
    while tokens and tokens[-1].kind in ("=", "is", "and"):
        tokens = tokens[:-1]
    if not tokens:
        raise Unclear
    tokens = _without_exclamation(text, tokens)
    if any(token.kind == "share" for token in tokens):
        return _share(request, tokens)
    if any(token.kind == "choice" for token in tokens):
        return _choice(request, tokens)
    relations = [i for i, token in enumerate(tokens) if token.kind in _RELATIONS and (token.kind != "is" or claims)]
    if len(relations) == 1:
        left, right = (_no_fillers(side) for side in (tokens[: relations[0]], tokens[relations[0] + 1 :]))
        return _judgment(request, tokens[relations[0]].kind, parse_side(left), parse_side(right))
    if relations:
        raise Unclear
    return _calculation(request, parse(_no_fillers(tokens)))


def _as_change(match: re.Match[str]) -> str:
    """5 more than 3 is 3 increased by 5."""
    way = "increased" if match["way"].lower() == "more" else "decreased"
    return f"{match['ask']} {match['base'].rstrip('?. ')} {way} by {match['by']}"


def _no_fillers(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.kind != "is"]


def _without_exclamation(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Drops a final "!" that is no factorial: in 2+2! it is joy, while 5! alone is 120."""
    *rest, last = tokens
    if last.kind == "!" and last.text == "!" and (len(rest) > 1 or text[last.start - 1] == " " or not rest):
        return rest
    return list(tokens)


def _share(request: Request, tokens: Sequence[Token]) -> Solution:
    """20 is what percent of 80; what percent of 80 is 20; 20是80的百分之几: one number over the other."""
    kinds = [token.kind for token in tokens if token.kind != "is"]
    numbers = [Number(token.value) for token in tokens if token.kind == "number"]
    if len(numbers) != 2 or sorted(kinds) != ["number", "number", "share"]:
        raise Unclear
    part, whole = numbers if kinds[0] == "number" else reversed(numbers)
    return _calculation(request, Operation("/", (part, whole)), percent=True)


def _choice(request: Request, tokens: Sequence[Token]) -> Solution:
    """Which of two expressions is worth more, or less."""
    wanted = {token.key for token in tokens if token.kind == "choice"}
    rest = [token for token in tokens if token.kind not in ("choice", "is")]
    dividers = [i for i, token in enumerate(rest) if token.kind in ("or", "and")]
    dividers = dividers[1:] if dividers and not dividers[0] else dividers
    if len(dividers) != 1 or len(wanted) != 1:
        raise Unclear
    sides = [parse_side(rest[rest[0].kind == "and" : dividers[0]]), parse_side(rest[dividers[0] + 1 :])]
    if all(isinstance(side, Number) for side in sides):
        raise Unclear  # a mere comparison of numbers
    (a, before), (b, after) = map(_evaluated, sides)
    facts = request.say(" and ", "，").join(
        f"{show(side)} = {show_value(value)}"
        for side, value in zip(sides, (a, b), strict=True)
        if isinstance(side, Operation)
    )
    told, check = narrative(request, f"{show(sides[0])}, {show(sides[1])}", [*before, *after])
    if a.number == b.number:
        return Solution(
            request.say("they are equal", "一样大"),
            request.say(f"They are equal: {facts}.", f"一样大：{facts}。"),
            told,
            check,
        )
    first = (a.number > b.number) == (wanted == {">"})
    value = show(sides[0] if first else sides[1])
    more = request.say("larger", "更大") if wanted == {">"} else request.say("smaller", "更小")
    return Solution(value, request.say(f"{value} is {more}: {facts}.", f"{value} {more}：{facts}。"), told, check)


def _evaluated(side: Expression) -> tuple[Value, list[Step]]:
    """What a side of a comparison is worth. Raises Unclear where that is nothing, or too large."""
    try:
        return evaluate(side)
    except (Undefined, TooLarge):
        raise Unclear from None


def _calculation(request: Request, expression: Expression, *, percent: bool = False) -> Solution:
    say, shown = request.say, show(expression)
    try:
        value, steps = evaluate(expression)
    except Undefined as undefined:
        return _without_value(request, shown, undefined)
    except TooLarge as large:
        return _too_large(request, shown, large)
    sign = "=" if value.exact and "≈" not in show_value(value) else "≈"
    result = show_value(Value(value.number * 100, value.exact) if percent else value).removeprefix("≈ ")
    if percent:
        result = f"{result.rpartition('≈ ')[2]}%"
    slip = None
    if value.exact and _is_long(steps) and (wrong := _misremembered(result)):
        slip = Slip(wrong, say(f"{shown} = {wrong}.", f"{shown} = {wrong}。"))
    if sign == "≈" and "≈" in result:
        sign = "="
    told, check = narrative(request, shown, steps)
    return Solution(result, say(f"{shown} {sign} {result}.", f"{shown} {sign} {result}。"), told, check, slip)


def _judgment(request: Request, relation: str, left: Expression, right: Expression) -> Solution:
    if isinstance(left, Number) and isinstance(right, Number):
        raise Unclear  # a mere comparison of numbers
    say = request.say
    (a, before), (b, after) = _evaluated(left), _evaluated(right)
    if not (a.exact and b.exact):
        raise Unclear
    true = _RELATIONS[relation](a.number, b.number)
    facts = [
        f"{show(side)} = {show_value(value)}" for side, value in ((left, a), (right, b)) if isinstance(side, Operation)
    ]
    fact = say(" and ", "，").join(facts)
    if relation not in ("=", "is"):
        actual = "=" if a.number == b.number else ">" if a.number > b.number else "<"
        fact += say(", and ", "，") + f"{show_value(a)} {actual} {show_value(b)}"
    elif not true and isinstance(right, Number):
        fact += say(f", not {show_value(b)}", f"，而不是 {show_value(b)}")
    sentence = say(f"{'Yes' if true else 'No'}, {fact}.", f"{'对' if true else '不对'}，{fact}。")
    told, check = narrative(request, f"{show(left)}, {show(right)}", [*before, *after])
    return Solution(say("yes", "对") if true else say("no", "不对"), sentence, told, check)


def _without_value(request: Request, shown: str, undefined: Undefined) -> Solution:
    say = request.say
    value, reason = {
        "zero": (
            say("undefined", "没有意义"),
            say(
                "nothing can be divided by zero, because no number times 0 gives anything but 0",
                "0 不能作除数：任何数乘以 0 都只能得到 0",
            ),
        ),
        "root": (
            say("not a real number", "不是实数"),
            say("no real number has a negative square", "没有任何实数的平方是负数"),
        ),
        "factorial": (
            say("undefined", "没有意义"),
            say("the factorial is only defined for whole numbers from 0 up", "阶乘只对非负整数有定义"),
        ),
        "whole": (say("undefined", "没有意义"), say("that is only defined for whole numbers", "这只对整数有定义")),
    }[undefined.cause]
    steps = (
        say(f"The task is to work out {shown}.", f"题目要求计算 {shown}。"),
        say(
            f"Before working anything out, I look whether it has a value at all. Here is the catch: {reason}.",
            f"动手之前，先看它有没有值。问题就在这里：{reason}。",
        ),
        say(
            f"So {shown} is {value}, and any number that I gave would be made up.",
            f"所以 {shown} {value}，随便给出一个数都是编造的。",
        ),
    )
    check = say(
        "could a limit save it? The question does not ask for one, so no.", "题目没有问极限，所以不能用极限来绕过去。"
    )
    return Solution(value, say(f"{shown} is {value}: {reason}.", f"{shown} {value}：{reason}。"), steps, check)


def _too_large(request: Request, shown: str, large: TooLarge) -> Solution:
    say = request.say
    if large.digits is None:
        size = say("more digits than could ever be written down", "位数多到根本写不下")
    else:
        size = say(f"about {large.digits} digits", f"大约 {large.digits} 位数字")
    sentence = say(
        f"{shown} has {size}, so I will not write it out here; a program with big integers is the right tool.",
        f"{shown} 的结果有{size}，这里就不写出来了；这种计算适合交给支持大整数的程序。",
    )
    steps = (
        say(f"The task is to work out {shown}.", f"题目要求计算 {shown}。"),
        say(
            "Before I begin, I estimate how long the result gets, by way of logarithms: the number of digits is "
            "one more than the base-10 logarithm, rounded down.",
            "动手之前先用对数估计结果有多长：位数等于以 10 为底的对数取整再加一。",
        ),
        say(f"That gives {size}.", f"估计下来是{size}。"),
        say("Writing that out by hand would only invite mistakes.", "这样的结果靠手写只会出错。"),
    )
    return Solution(size, sentence, steps, say("the order of magnitude is plausible.", "数量级是合理的。"))


def _is_long(steps: Sequence[Step]) -> bool:
    """Whether the calculation holds a multiplication, division or power that one does not do in one's head."""
    return any(
        (step.name == "*" and min(sizes) >= 2 and sum(sizes) >= 6)
        or (step.name == "/" and min(sizes) >= 2 and sum(sizes) >= 7)
        or (step.name == "^" and sizes[0] >= 2 and _digits(step.result) >= 6)
        or (step.name == "!" and _digits(step.result) >= 8)
        for step in steps
        if (sizes := [_digits(operand) for operand in step.operands])
    )


def _digits(value: Value) -> int:
    """How many digits one has to work with: 1200 has two, 0.5 one."""
    return len(re.sub(r"\D", "", show_number(value.number)).strip("0"))


def _misremembered(result: str) -> str | None:
    """`result` with its middle digit one too small, as if a carry had been forgotten."""
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", result):
        return None
    places = [i for i, sign in enumerate(result) if sign.isdecimal()]
    if len(places) < 4:
        return None
    at = places[len(places) // 2]
    return f"{result[:at]}{(int(result[at]) - 1) % 10}{result[at + 1 :]}"
