"""Calls a declared function where one fits the question, with arguments that are taken from it (contract 4.3, 5.4, 8).

A function fits if it talks of the same things as the question: by the words of its name and description, by the options
of its parameters, or by a common field such as weather or travel (data/concepts.toml). What it requires and the
question does not say is asked for in words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from helpers.practice.tutor.data import load
from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.question import Draft, Question, Tool, ToolCall
from helpers.practice.tutor.structured import finding
from helpers.practice.tutor.structured.schema import Filler, to_json
from helpers.practice.tutor.structured.source import READ, Field, Source, stated_day, words_of
from helpers.practice.tutor.texts import brief
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wording import tidy

_ENOUGH = 2.0  # what a function has to score to be called
_CLOSE = 1.0  # scores that differ by no more are as good as equal
_MOST_TOOLS = 128
_MOST_CALLS = 8
_MOST_PARAMETERS = 60
_COMMON = frozenset(load("concepts")["words"]["common"])
_WRITES = frozenset(load("concepts")["words"]["writing"])
_FOLLOW_UP = Pattern(r"(?:and|what about|how about|also|then|那|那么|还有|换成).{1,60}|.{1,20}呢\??", re.IGNORECASE)


@dataclass(frozen=True)
class _Call:
    """A function that is to be called, with the arguments that were found and the names of those that were not."""

    tool: Tool
    arguments: dict[str, Any]
    missing: tuple[Field, ...] = ()

    def to_wire(self) -> ToolCall:
        return ToolCall(self.tool.name, to_json(self.arguments))


def forced(question: Question, voice: Voice) -> Draft | None:
    """The call that `tool_choice` demands, fitting or not; None where it demands none."""
    tools = question.tools[:_MOST_TOOLS]
    if question.tool_choice in ("auto", "none") or not tools or _answered(question):
        return None
    named = [tool for tool in tools if tool.name == question.tool_choice]
    text = _text(question)
    tool = max(named or tools, key=lambda each: _score(each, text))
    return _draft([_filled(tool, text, question, invents=True)], question)


def answer(question: Question, voice: Voice) -> Draft | None:
    """The call of the function that fits the question, if it has all that it requires; else None."""
    calls = [call for call in _fitting(question) if not call.missing]
    return _draft(calls, question) if calls else None


def ask(question: Question, voice: Voice) -> Draft | None:
    """A question for what is missing, where a function fits but its arguments cannot be found; else None."""
    call = next(iter(_fitting(question)), None)
    return Draft(_asking(call, question)) if call and call.missing else None


# ── Which function ───────────────────────────────────────────────────────────────────────────────────────────────


def _fitting(question: Question) -> list[_Call]:
    """The calls that the question asks for: one, or where that is allowed one for each thing or field it names."""
    if question.tool_choice == "none" or _answered(question):
        return []
    tools = question.tools[:_MOST_TOOLS]
    if brief.read(question):  # a text is wanted, so only a function that writes or sends can be meant
        tools = tuple(tool for tool in tools if words_of(tool.name) & _WRITES)
    text = _text(question)
    scores = {tool.name: _score(tool, text) for tool in tools}
    fitting = sorted((tool for tool in tools if scores[tool.name] >= _ENOUGH), key=lambda tool: -scores[tool.name])
    if not fitting:
        return []
    # Of those that fit about equally well, the one for which the question says all that is needed.
    close = [_filled(tool, text, question) for tool in fitting if scores[fitting[0].name] - scores[tool.name] <= _CLOSE]
    calls = [next((call for call in close if not call.missing), close[0])]
    if question.parallel_tool_calls:
        for tool in fitting:
            if not _shared(tool, text) <= set().union(*(_shared(call.tool, text) for call in calls)):
                calls.append(_filled(tool, text, question))
    if question.parallel_tool_calls:
        calls = [each for call in calls for each in _for_each(call, text)]
    return calls[:_MOST_CALLS]


def _text(question: Question) -> str:
    """What is asked, and behind it the question before it where this one only goes on from there ("And in Paris?")."""
    said = [tidy(m.text[:READ])[:READ] for m in question.messages if m.role == "user" and m.text][-2:]
    if len(said) < 2 or any(_score(tool, said[-1]) >= _ENOUGH for tool in question.tools[:_MOST_TOOLS]):
        return said[-1] if said else ""
    replies = [m.text for m in question.messages if m.role == "assistant"]
    asked_back = bool(replies) and replies[-1].rstrip().endswith(("?", "？"))
    goes_on = _FOLLOW_UP.fullmatch(said[-1]) or (asked_back and len(said[-1]) < 80)
    return f"{said[-1]}\n{said[-2]}" if goes_on else said[-1]


def _answered(question: Question) -> bool:
    return question.messages[-1].role in ("tool", "function") if question.messages else True


def _score(tool: Tool, text: str) -> float:
    """How much `tool` and `text` have in common."""
    said, name, description = _words(text), _words(" ".join(words_of(tool.name))), _words(tool.description[:READ])
    options, fields = _parameters(tool)
    fields_of_name, fields_of_text = _concepts(_spaced(tool.name)), _concepts(text)
    by_name = fields_of_name & fields_of_text
    by_description = (_concepts(tool.description[:READ]) & fields_of_text) - by_name
    return (
        3 * len(name & said)
        + 4 * len(by_name)
        + 2.5 * len(by_description)
        + min(2, 0.7 * len((description - name) & said))
        + min(2, 1.5 * len(options & said))
        + min(1, 0.5 * len(fields & said))
        - 2 * len(fields_of_name - fields_of_text - {"search"})
    )


def _shared(tool: Tool, text: str) -> set[str]:
    """What `tool` and `text` both speak of."""
    about = f"{_spaced(tool.name)} {tool.description[:READ]}"
    return (_concepts(about) & _concepts(text)) | (_words(_spaced(tool.name)) & _words(text))


def _spaced(name: str) -> str:
    return " ".join(words_of(name)) or name


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    """The telling words of a text, plurals as their singulars."""
    words = re.findall(r"[a-z][a-z'-]*[a-z]|\d+|[a-z]", text.lower())
    plural = re.compile(r"[a-z'-]{3,}(?<!s)s")
    return frozenset(word[:-1] if plural.fullmatch(word) else word for word in words) - _COMMON


def _parameters(tool: Tool) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a tool's options and those of its parameters' names."""
    properties = tool.parameters.get("properties") if isinstance(tool.parameters, dict) else None
    parts = list(properties.items())[:_MOST_PARAMETERS] if isinstance(properties, dict) else []
    names = [_words(_spaced(str(name))) for name, _ in parts]
    listed = [rules["enum"] for _, rules in parts if isinstance(rules, dict) and isinstance(rules.get("enum"), list)]
    options = [_words(str(option)[:READ]) for enum in listed for option in enum[:_MOST_PARAMETERS]]
    return frozenset().union(*options), frozenset().union(*names)


@cache
def _fields_of_talk() -> dict[str, re.Pattern[str]]:
    concepts = load("concepts")["concepts"]
    return {
        name: re.compile(
            "|".join(rf"(?<![a-z]){re.escape(w)}s?(?![a-z])" if w.isascii() else w for w in words), re.IGNORECASE
        )
        for name, words in concepts.items()
    }


@lru_cache(maxsize=512)
def _concepts(text: str) -> frozenset[str]:
    """The fields of talk that `text` touches. Sums need no word for it, and the word "times" alone is none."""
    found = {name for name, pattern in _fields_of_talk().items() if pattern.search(text)}
    if not re.search(r"\d", text):
        return frozenset(found - {"calculate"} if re.search(r"\btimes\b", text) else found)
    if len(finding.currencies(text)) > 1:
        found.add("convert")
    if finding.expressions(text) and not finding.dates(text):
        found.add("calculate")
    return frozenset(found)


# ── With which arguments ─────────────────────────────────────────────────────────────────────────────────────────


def _filled(tool: Tool, text: str, question: Question, *, invents: bool = False) -> _Call:
    source = Source(text, today=stated_day([m.text for m in question.messages]))
    parameters = tool.parameters if isinstance(tool.parameters, dict) else {}
    filler = Filler(parameters, source, invents=invents, unknown="未知" if question.language == "zh" else "unknown")
    arguments = filler.fill({"type": "object", **parameters}, Field("", context=tool.name))
    return _Call(tool, arguments if isinstance(arguments, dict) else {}, tuple(filler.missing))


def _for_each(call: _Call, text: str) -> list[_Call]:
    """The same call once for each of the things that were named for its first argument of that kind."""
    for name, value in call.arguments.items():
        finder = {"place": finding.places, "symbol": finding.symbols, "person": finding.persons}.get(Field(name).kind)
        values = list(dict.fromkeys(find.value for find in finder(text))) if finder and isinstance(value, str) else []
        if len(values) > 1 and value in values:
            return [replace(call, arguments={**call.arguments, name: each}) for each in values]
    return [call]


# ── Saying it ────────────────────────────────────────────────────────────────────────────────────────────────────


def _draft(calls: Sequence[_Call], question: Question) -> Draft:
    names = ", ".join(dict.fromkeys(call.tool.name for call in calls))
    if question.language == "zh":
        thinking = f"用户的问题用声明的函数 {names} 可以解决。参数从问题里取，然后等待函数的结果再回答。"
    else:
        thinking = (
            f"The declared function {names} fits this question. I take the arguments from it, and answer once the "
            f"result is there."
        )
    return Draft("", thinking=thinking, tool_calls=tuple(call.to_wire() for call in calls))


def _asking(call: _Call, question: Question) -> str:
    chinese = question.language == "zh"
    wanted = [
        f"{field.name}（{field.description}）"
        if chinese
        else f"{field.name} ({field.description})"
        if field.description
        else field.name
        for field in call.missing
    ]
    if chinese:
        return f"要调用 {call.tool.name}，还缺少：{'、'.join(wanted)}。请告诉我好吗？"
    return f"To call {call.tool.name} I still need {' and '.join(wanted)}. Could you tell me?"
