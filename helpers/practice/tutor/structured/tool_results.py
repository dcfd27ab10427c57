"""Answers in words from what the caller's functions returned: their JSON as sentences. It never calls again."""

import json
import re
from collections.abc import Iterator

from helpers.practice.tutor.data import load
from helpers.practice.tutor.privacy import quoted
from helpers.practice.tutor.question import Draft, Language, Message, Question, ToolCall
from helpers.practice.tutor.voice import Voice

_READ = 20_000  # characters of one result
_MOST_FACTS = 40
_LONGEST_FACT = 300
_DEEPEST = 6
_KEYS_ZH: dict[str, str] = load("results")["chinese"]
_ABOUT = (
    "location",
    "city",
    "place",
    "name",
    "query",
    "symbol",
    "order_id",
    "id",
    "date",
)  # arguments that say what was asked


def answer(question: Question, voice: Voice) -> Draft | None:
    """The results of the last calls in words; None where the last message is no result."""
    results = list(_results(question.messages))
    if not results:
        return None
    language = question.language
    said = [_in_words(call, text, language) for call, text in results]
    if len(said) == 1:
        lead = voice.pick(
            ["查到了：", "结果如下：", "根据函数返回的结果："]
            if language == "zh"
            else ["Here is the result: ", "The function returned: ", "I found this: "]
        )
        content = lead + said[0]
    else:
        lead = "结果如下：" if language == "zh" else "Here are the results:"
        content = "\n".join([lead, *(f"- {each}" for each in said)])
    thinking = (
        "函数的结果已经有了，不必再调用，直接用文字回答。"
        if language == "zh"
        else "The results are there, so no further call is needed. I put them into words."
    )
    return Draft(content, thinking=thinking)


def _results(messages: tuple[Message, ...]) -> Iterator[tuple[ToolCall | None, str]]:
    """The results at the end of the messages, each with the call that it answers where that is known."""
    start = len(messages)
    while start and messages[start - 1].role in ("tool", "function"):
        start -= 1
    calls = messages[start - 1].tool_calls if start else ()
    for number, message in enumerate(messages[start:]):
        yield calls[number] if number < len(calls) else None, message.text


def _in_words(call: ToolCall | None, text: str, language: Language) -> str:
    about = _about(call)
    try:
        returned = json.loads(text[:_READ])
        facts = [] if returned in ([], {}, "") else list(_facts(returned, language, known=about))
        text = text if facts else ""
    except (ValueError, RecursionError):
        facts = []
    if not facts:
        empty = "没有返回内容" if language == "zh" else "it returned nothing"
        return (f"{about}：" if language == "zh" else f"{about}: ") * bool(about) + (quoted(text, 1500) or empty)
    if language == "zh":
        return (f"{about}：" if about else "") + "，".join(facts) + "。"
    return (
        (f"{about}: " if about else "")
        + (", ".join(facts[:-1]) + " and " + facts[-1] if len(facts) > 1 else facts[0])
        + "."
    )


def _about(call: ToolCall | None) -> str:
    """What the call was about: its telling argument, or its name."""
    try:
        arguments = json.loads(call.arguments[:_READ]) if call else {}
    except (ValueError, RecursionError):
        arguments = {}
    values = arguments if isinstance(arguments, dict) else {}
    told = [str(values[name]) for name in _ABOUT if isinstance(values.get(name), str | int)]
    return quoted(told[0] if told else call.name if call else "", 80)


def _facts(value: object, language: Language, *, known: str) -> Iterator[str]:
    """Every value of a JSON text with the name that it has there, up to a limit, but what is `known` already."""
    facts = [fact for fact in _each(value, language, "", 0) if not (known and fact.endswith(f" {known}"))]
    yield from facts[:_MOST_FACTS]
    if len(facts) > _MOST_FACTS:
        more = len(facts) - _MOST_FACTS
        yield f"另有 {more} 项" if language == "zh" else f"{more} more values"


def _each(value: object, language: Language, path: str, depth: int) -> Iterator[str]:
    if isinstance(value, dict) and depth < _DEEPEST:
        for name, part in value.items():
            yield from _each(part, language, f"{path} {_readable(str(name), language)}".strip(), depth + 1)
    elif (
        isinstance(value, list)
        and value
        and depth < _DEEPEST
        and not all(isinstance(part, str | int | float) for part in value)
    ):
        for number, part in enumerate(value, 1):
            yield from _each(part, language, f"{path} {number}".strip(), depth + 1)
    else:
        said = _said(value, language)
        yield f"{path} {said}" if language == "zh" and path else f"{path} is {said}" if path else said


def _said(value: object, language: Language) -> str:
    if isinstance(value, bool):
        return {"zh": "是" if value else "否", "en": "true" if value else "false"}[language]
    if value is None:
        return "无" if language == "zh" else "unknown"
    if isinstance(value, list):
        return quoted(("、" if language == "zh" else ", ").join(map(str, value)) or "-", _LONGEST_FACT)
    return quoted(str(value), _LONGEST_FACT)


def _readable(name: str, language: Language) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]+", " ", name[:60]).lower().strip()
    return _KEYS_ZH.get(words, words) if language == "zh" else words
