"""Reading code: what does this Python snippet print? The slips are the traps that a naive reader walks into."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.practice.tutor.question import Draft, Question
from helpers.practice.tutor.reasoning.code.frames import Run
from helpers.practice.tutor.reasoning.code.interpreter import LONGEST, run
from helpers.practice.tutor.reasoning.code.limits import Unsupported
from helpers.practice.tutor.reasoning.solution import Slip, Solution, draft
from helpers.practice.tutor.request import Request, read_request
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wording import Lexicon, kinds

_LEXICON = Lexicon(
    {
        "ask": "print|prints|printed|printing|output|outputs|outputted|result|results|evaluate|evaluates|evaluate to"
        "|return|returns|returned|display|displays|displayed|value|values|produce|produces|happens|happen|yield|give"
        "|gives|show|shows|error|打印|输出|结果|返回|值|运行结果|执行结果|报错|得到|显示|打印出",
        "python": "python|python 3|python3|py|in python|python code",
        "": "what|what's|whats|which|does|do|did|will|would|is|are|be|the|this|that|these|of|for|following|below"
        "|above|code|codes|snippet|program|script|function|lines|line|block|piece|fragment|expression|statement"
        "|statements|when|if|i|you|we|it|run|runs|running|ran|executed|execute|executing|executes|after|get|got"
        "|expected|exact|exactly|final|here|here's|look|at|consider|given|predict|determine|tell|me|and|then|to|a|an"
        "|its|screen|console|see|please|can|could|say|find|out|think|with|in|on|by|call|called|calling|interpreter"
        "|using|standard|so|now|guess|question|answer|variable|variables|last|first|there|any|will be|end|s|evaluated"
        "|work|read|trace|下面|以下|如下|这段|这个|这|那段|代码|程序|片段|函数|脚本|语句|表达式|的|会|将|将会|是|什么"
        "|多少|是什么|运行|执行|后|之后|时|最终|最后|请|请问|问|问题|一下|看|看看|预测|说出|请说出|在|中|里|里面|用"
        "|给出|什么样|怎样|会不会|了|吗|呢|上面|上述|段|几|哪些|哪|内容|到底|究竟|下列|行|变量|出|来|我|你|告诉"
        "|得到的|到|屏幕|控制台|如果|那么|并|写出|求|，",
    }
)
_FENCE = re.compile(r"```[ \t]*(?P<language>[\w+#.-]*)[ \t]*\r?\n(?P<code>.*?)\r?\n?[ \t]*```", re.S)
_INLINE = re.compile(r"`(?P<code>[^`\n]+)`")
_ONE_LINE = (
    re.compile(
        r"(?:in python,? )?(?:what (?:does|will|would|is|do)(?: the)? (?:output of |result of |value of )?"
        r"|evaluate |python中,?|在python[中里],?)?"
        r"(?P<code>[^\s?？].*?[\])\"'}\w])\s*(?:in python ?3? )?"
        r"(?:print|output|return|evaluate to|give|produce|display|会?(?:将会|将)?(?:输出|打印|返回"
        r"|得到)(?:的?结果)?(?:是)?(?:什么|多少)|的(?:值|结果|输出|返回值)是(?:什么|多少)|(?:等于|是)(?:什么"
        r"|多少))"
        r"(?: in python ?3?)?(?: as a result)?\s*[?？。.]*",
        re.I,
    ),
    re.compile(
        r"(?:in python,? )?(?:what(?:'s| is| will be| would be) )?(?:the )?(?:output|result|value"
        r"|return value) of (?P<code>\S.*?)(?: in python ?3?| be)?\s*[?？。.]*",
        re.I,
    ),
)
_ASKED_NAME = re.compile(
    r"(?:values?|contents?) of (?:the )?(?:variable )?[`'\"]?(?P<a>[A-Za-z_]\w*)[`'\"]?(?! (?:code|snippet"
    r"|program))|(?:变量)? ?[`'\"]?(?P<b>[A-Za-z_]\w*)[`'\"]? ?的(?:最终)?(?:值|结果)"
    r"|what(?: is|'s) [`'\"]?(?P<c>[A-Za-z_]\w*)[`'\"]? (?:after|at the end)|what (?:will"
    r"|would) [`'\"]?(?P<d>[A-Za-z_]\w*)[`'\"]? (?:be|contain|hold|equal)|(?P<e>[A-Za-z_]\w*) ?(?:等于|是)(?:多少"
    r"|什么|几)",
    re.I,
)
_MOST_TRACE = 12
_WHY = {
    "default": (
        "a default value is made once, when the function is defined, and the same list is used by every call",
        "默认参数只在定义函数时创建一次，之后每次调用共用同一个列表",
    ),
    "closure": (
        "a function looks its variables up when it is called, and by then the loop has reached the last value",
        "函数在被调用时才去查找变量的值，那时循环变量已经是最后一个值",
    ),
    "rounding down": (
        "// and % round down, toward minus infinity, not toward zero",
        "// 和 % 向下取整（朝负无穷方向），而不是向零取整",
    ),
    "rows": (
        "the multiplied list holds the same inner list several times, not copies of it",
        "列表乘法得到的是同一个内层列表的多个引用，而不是副本",
    ),
    "floats": (
        "most decimal fractions cannot be held exactly in binary, and the small error shows",
        "大多数十进制小数不能用二进制精确表示，误差就显示出来了",
    ),
    "alias": (
        "both names stand for one and the same object, and nothing was copied",
        "两个名字指向同一个对象，并没有复制",
    ),
    "rounding": (
        "round() goes to the even neighbor when the number is exactly in the middle",
        "round() 在正好一半时取偶数",
    ),
    "nothing returned": ("a method that changes a list in place returns None", "原地修改列表的方法返回 None"),
    "changing list": (
        "removing items while walking along a list makes the loop skip some of them",
        "一边遍历一边修改列表，循环会跳过一些元素",
    ),
}


@dataclass(frozen=True)
class _Snippet:
    code: str
    prose: str  # what stands around it
    inline: bool = False


def answer(question: Question, voice: Voice) -> Draft | None:
    """What a snippet prints; None where that is not asked, or where this reader of Python cannot tell."""
    text = question.text
    if not 0 < len(text) <= LONGEST + 600 or not re.search(r"[()\[\]=+*/]", text):
        return None
    for snippet in _snippets(text):
        prose, name = _without_name(snippet.prose)
        request = read_request(question, prose)
        if request and _asks(request.text):
            solution = _read(request, snippet, name)
            return draft(request, solution, voice) if solution else None
    return None


def _snippets(text: str) -> Iterator[_Snippet]:
    """What may be the code and what the question around it, likeliest first."""
    fences = list(_FENCE.finditer(text))
    if fences:
        if len(fences) == 1 and fences[0]["language"].lower() in ("", "python", "py", "python3", "py3"):
            yield _Snippet(fences[0]["code"], text[: fences[0].start()] + "\n" + text[fences[0].end() :])
        return
    inline = [match for match in _INLINE.finditer(text) if not match["code"].isidentifier()]
    if len(inline) == 1:
        yield _Snippet(inline[0]["code"], text[: inline[0].start()] + " " + text[inline[0].end() :], inline=True)
        return
    lines = text.strip("\n").split("\n")
    for first in range(min(4, len(lines))):
        for last in range(len(lines), max(first, len(lines) - 3), -1):
            if first or last < len(lines):
                yield _Snippet("\n".join(lines[first:last]), "\n".join(lines[:first] + lines[last:]))
    before, colon, code = text.partition(":")
    if colon and _is_programming(code, before):
        yield _Snippet(code.strip(), before, inline=True)
    for pattern in _ONE_LINE:
        if (match := pattern.fullmatch(text.strip())) and _is_programming(match["code"], text):
            yield _Snippet(
                match["code"],
                text.strip()[: match.start("code")] + " " + text.strip()[match.end("code") :],
                inline=True,
            )


def _read(request: Request, snippet: _Snippet, name: str | None) -> Solution | None:
    try:
        right, naive = run(snippet.code), run(snippet.code, naive=True)
    except (Unsupported, SyntaxError):
        return None
    unknown = re.match(r"NameError: name '(\w+)'", right.error or "")
    if unknown and (snippet.inline or re.search(rf"\b{unknown[1]}\.", snippet.code)):
        return None  # a piece of a larger program
    if (name and name not in right.variables) or (
        snippet.inline and not (name or right.output or right.value or right.error)
    ):
        return None
    return _solve(request, right, naive, name)


def _is_programming(code: str, text: str) -> bool:
    """Whether it is about Python, and not about the arithmetic that both share."""
    return bool(re.search(r"\bpython", text, re.I) or re.search(r"\w\(|\[|\bfor\b|\bnot\b", code))


def _without_name(prose: str) -> tuple[str, str | None]:
    """The prose without the variable that it asks for, and that variable."""
    match = _ASKED_NAME.search(prose)
    name = next((match[group] for group in "abcde" if match[group]), None) if match else None
    if name is None or name.lower() in (
        "this",
        "the",
        "that",
        "it",
        "python",
        "code",
        "each",
        "all",
        "result",
        "output",
        "following",
    ):
        return prose, None
    return prose[: match.start()] + " value " + prose[match.end() :], name


def _asks(prose: str) -> bool:
    if re.search(r"[(\[=]", re.sub(r"\((?:in )?python[^)]*\)|\bprint\(\)", " ", prose, flags=re.I)):
        return False  # that is code itself
    tokens = _LEXICON.read(re.sub(r"\bprint\(\)", "print", prose))
    return tokens is not None and "ask" in kinds(tokens)


def _outcome(read: Run, name: str | None) -> str:
    """What is asked for, as text: the value of a variable, else what was printed, else the value of the last line."""
    if name:
        return read.variables.get(name, "")
    printed = read.output.rstrip()
    if read.error:
        return f"{printed}\n{read.error}" if printed else read.error
    return printed if read.output else read.value or ""


def _solve(request: Request, right: Run, naive: Run, name: str | None) -> Solution | None:
    say = request.say
    value, hasty = _outcome(right, name), _outcome(naive, name)
    if name and right.error:
        return None
    why = None
    if hasty != value:
        why = next((say(*_WHY[trap]) for trap in sorted(set(naive.traps), key=list(_WHY).index) if trap in _WHY), None)
    sentence = _tell(request, right, value, name)
    if not value and not right.output:
        value = say("nothing", "什么都不输出")
    steps = [
        say(
            "I read the program line by line and keep track of the variables, as Python does.",
            "我按照 Python 的规则逐行阅读程序，记录每个变量的变化。",
        )
    ]
    if right.trace:
        shown = right.trace[:_MOST_TRACE]
        steps.append(
            say("Going along: ", "依次执行：")
            + "; ".join(shown)
            + (say("; and so on.", "；以此类推。") if len(right.trace) > _MOST_TRACE else say(".", "。"))
        )
    else:
        steps.append(
            say(
                "There is nothing to keep in mind on the way, so everything depends on how the expression is "
                "evaluated.",
                "关键在于表达式如何求值。",
            )
        )
    if why:
        steps.append(say(f"Here is the point where one easily goes wrong: {why}.", f"这里容易出错：{why}。"))
        sentence += say(f"\n\nThe reason: {why}.", f"\n\n原因：{why}。")
    if right.error:
        steps.append(say(f"At that point Python raises {right.error}.", f"执行到这里，Python 抛出 {right.error}。"))
    one_line = value.replace("\n", " ⏎ ")
    steps.append(say(f"So the outcome is {_cut(one_line)}.", f"所以结果是 {_cut(one_line)}。"))
    check = say(
        "running through it once more with only the final values in mind leads to the same outcome.",
        "带着最后的值再走一遍，结果相同。",
    )
    slip = Slip(hasty, _tell(request, naive, hasty, name)) if hasty != value and hasty else None
    return Solution(value, sentence, tuple(steps), check, slip)


def _tell(request: Request, read: Run, value: str, name: str | None) -> str:
    say = request.say
    if name:
        return say(f"`{name}` is `{value}`.", f"`{name}` 的值是 `{value}`。")
    if read.error:
        printed = read.output.rstrip("\n")
        first = (
            say(
                f"It first prints:\n\n```\n{printed}\n```\n\nand then raises",
                f"先输出：\n\n```\n{printed}\n```\n\n然后抛出",
            )
            if printed
            else say("It raises", "会抛出")
        )
        return f"{first} `{read.error}`{say('.', '。')}"
    if not read.output:
        if read.value is not None:
            return say(f"The value is `{read.value}`.", f"值是 `{read.value}`。")
        return say("It prints nothing.", "什么都不会输出。")
    if "\n" in value:
        return say(f"It prints:\n\n```\n{value}\n```", f"输出：\n\n```\n{value}\n```")
    return say(f"It prints `{value}`.", f"输出 `{value}`。")


def _cut(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:197]}..."
