"""Answers with one JSON object where `response_format` asks for it (contract 8).

With a schema, the object fits it. Without one, its keys are those that the messages name, in words or by an example;
where they name none, it holds the answer in words. Values come from the user's text where they can be found there.
"""

import json
import re
from dataclasses import replace

from helpers.practice.tutor import identity
from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.question import Question
from helpers.practice.tutor.schema import NOTHING, Filler, to_json
from helpers.practice.tutor.source import READ, Field, Source, stated_day
from helpers.practice.tutor.wording import tidy

_MOST_KEYS = 40
_NAME = r"[\"'`]?(?:[A-Za-z_][\w-]{0,40}|[\u3400-\u9fff]{1,10}?)[\"'`]?"
_LIST = rf"{_NAME}(?:\s*(?:,\s*and|,|、|，|\band\b|和|与|以及|及)\s*(?:the\s+|an?\s+|his\s+|her\s+|their\s+)?{_NAME})*"
_NAMED = (
    Pattern(
        rf"\b(?:keys?|fields?|propert(?:y|ies)|attributes?)\b(?: (?:called|named|are|is|should be"
        rf"|of))?:?\s*(?P<keys>{_LIST})",
        re.I,
    ),
    Pattern(
        rf"(?:字段|键|属性|key)(?:名)?(?:包括|包含|分别为|分别是|为|是|有|:"
        rf"|：)?\s*(?P<keys>{_LIST})(?=[,，。;；.\n]|$|的|字段|这|两|三|四|几)",
        re.I,
    ),
    Pattern(rf"(?:包含|包括|含有)\s*(?P<keys>{_LIST})(?=等?(?:[,，。;；.\n]|$|的|字段|这|两|三|四|几|信息))"),
    Pattern(
        rf"(?:抽取|提取|返回|输出|给出|识别)(?:出)?(?:用户的|文中的|文本中的|其中的|以下|下面|这段话中的|句子中的"
        rf"|.{{0,12}}?的)?\s*(?P<keys>{_LIST})(?=信息|字段|,|，|。|并|以|$)"
    ),
    Pattern(
        rf"\b(?:extract|return|output|give|find|identify|list|include|containing|contains|with) (?:me )?(?:the |an? "
        rf"|his |her |their |person's |user's )?(?P<keys>{_LIST})"
        r"(?= (?:from|as|in|of|for)\b|\s*[.:;\n(]|$)",
        re.I,
    ),
)
_WISH = Pattern(
    r"[\s,，]{0,4}(?:(?:and|please|then|请|并|且)[\s,，]{0,4}){0,4}(?:\b(?:answer|reply|respond|return|output|give|write|use|put"
    r"|format|print|produce|provide|generate)\w*\b[^,，:：]{0,40}?)?"
    r"(?:(?:\b(?:in|as|with|using|into)\b|[用以按]|使用|输出|返回) ?)?(?:an? |valid |the |one |a single "
    r"|严格的?|标准的?){0,4}json(?![a-z]).*",
    re.IGNORECASE | re.DOTALL,
)
_SPLIT = Pattern(r"\s*(?:,\s*and\b|,|、|，|\band\b|和|与|以及|及)\s*(?:the\s+|an?\s+|his\s+|her\s+|their\s+)?", re.I)
_NO_KEYS = frozenset(
    [
        "json",
        "object",
        "a",
        "an",
        "the",
        "it",
        "this",
        "that",
        "answer-only",
        "valid",
        "only",
        "following",
        "result",
        "data",
        "information",
        "text",
        "format",
        "me",
        "response",
        "your",
        "my",
        "value",
        "values",
        "key",
        "keys",
        "field",
        "fields",
        "name-value",
        "pairs",
        "pair",
        "string",
        "strings",
        "objects",
        "array",
        "list",
        "output",
        "details",
        "words",
        "markdown",
        "no",
        "explanation",
        "them",
        "one",
        "each",
        "all",
        "any",
    ]
) | {"一个", "结果", "信息", "内容", "字段", "对象", "数据", "格式", "以下", "如下", "用户", "关键信息"}


def unwrapped(question: Question) -> Question:
    """The question without the wish for JSON, as the skills for words understand it."""
    at = max((n for n, m in enumerate(question.messages) if m.role == "user"), default=-1)
    if question.json_schema is None or at < 0 or len(question.text) > READ:
        return question
    bare = _without_wish(question.text)
    messages = (*question.messages[:at], replace(question.messages[at], text=bare), *question.messages[at + 1 :])
    return replace(question, messages=messages) if bare else question


def _without_wish(text: str) -> str:
    """`text` without the sentences that are about the form of the answer, and without the ends of others that are."""
    kept = []
    for sentence in re.split(r"(?<=[!?。！？；;\n])|(?<=\.)(?=\s)", text):
        wish = _WISH.search(sentence)
        kept.append(sentence[: wish.start()] if wish else sentence)
    return "".join(kept).strip(" ,，:：") if kept else ""


def as_object(question: Question, content: str, *, answered: bool) -> str:
    """The answer as JSON text. `content` is the answer in words; `answered` says that some skill really knew it."""
    source = Source(_material(question), today=stated_day([m.text for m in question.messages]))
    keys = {} if question.json_schema else _keys_named(question)
    schema = question.json_schema or {"type": "object", "properties": keys, "required": list(keys)}
    if not question.json_schema and not keys:
        return to_json({"answer": content})
    filler = Filler(
        schema,
        source,
        invents=True,
        unknown="未知" if question.language == "zh" else "unknown",
        answer=content if answered else identity.UNABLE[question.language],
        answered=answered,
    )
    value = filler.fill(schema, Field(""))
    if keys and answered and isinstance(value, dict):
        value = {name: _from_words(content) if part is None else part for name, part in value.items()}
    return to_json({} if value is NOTHING else value)


def _material(question: Question) -> str:
    """Where values are taken from: the last words of the user, and behind them the earlier ones."""
    said = [re.sub(r"\{[^{}]{0,2000}\}", " ", m.text[:READ]) for m in question.messages if m.role == "user"]
    return "\n".join(reversed(said[-3:]))


def _from_words(content: str) -> object:
    """What an answer in words comes to: its first number where it has one, else all of it."""
    number = re.search(r"(?:=|Answer:|答案：) ?(-?\d+(?:\.\d+)?)", content) or re.search(r"(-?\d+(?:\.\d+)?)", content)
    if not number:
        return content
    return float(number[1]) if "." in number[1] else int(number[1])


# ── Which keys ───────────────────────────────────────────────────────────────────────────────────────────────────


def _keys_named(question: Question) -> dict[str, dict]:
    """The keys that the messages ask for, each with the schema of its value; the rules' before the user's."""
    ranked = sorted(question.messages, key=lambda m: m.role not in ("system", "developer"))
    texts = [tidy(m.text[:READ]) for m in ranked if m.role in ("system", "developer", "user")]
    for text in texts:
        if keys := _by_example(text):
            return keys
    for text in texts:
        if keys := _by_name(text):
            return keys
    return {}


def _by_example(text: str) -> dict[str, dict]:
    """The keys of the first object that `text` shows."""
    decoder = json.JSONDecoder()
    at = text.find("{")
    for _ in range(20):
        if at < 0:
            return {}
        try:
            shown, _ = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            if names := re.findall(r"[{,]\s*[\"']?([\w-]{1,40})[\"']?\s*:", text[at : at + 1000]):
                return {name: _schema_of_name(name) for name in names[:_MOST_KEYS]}
        else:
            if isinstance(shown, dict) and shown:
                return {name: _schema_of(name, part) for name, part in list(shown.items())[:_MOST_KEYS]}
        at = text.find("{", at + 1)
    return {}


def _by_name(text: str) -> dict[str, dict]:
    """The keys that `text` lists in words: "with keys name and age", 包含姓名和年龄."""
    for pattern in _NAMED:
        for found in pattern.finditer(text):
            names = [name.strip("\"'` ") for name in _SPLIT.split(found["keys"])]
            names = [name for name in names if name and name.lower() not in _NO_KEYS][:_MOST_KEYS]
            if names:
                return {name: _schema_of_name(name) for name in dict.fromkeys(names)}
    return {}


def _schema_of(name: str, shown: object) -> dict:
    """The schema of a value like the one that is shown, which may be the name of a type."""
    if isinstance(shown, dict):
        return {
            "type": "object",
            "properties": {k: _schema_of(k, v) for k, v in list(shown.items())[:_MOST_KEYS]},
            "required": list(shown)[:_MOST_KEYS],
        }
    if isinstance(shown, list):
        return {"type": "array", "items": _schema_of(name, shown[0]) if shown else {"type": "string"}}
    if isinstance(shown, bool):
        return {"type": ["boolean", "null"]}
    if isinstance(shown, int | float):
        return {"type": ["number", "null"]}
    said = str(shown).strip("<>[] .").lower()
    if options := re.fullmatch(r"[\w-]{1,30}(?:\s*[|/]\s*[\w-]{1,30}){1,20}", said):
        return {"enum": re.split(r"\s*[|/]\s*", options[0])}
    kinds = {
        "number": "number",
        "int": "integer",
        "integer": "integer",
        "float": "number",
        "bool": "boolean",
        "boolean": "boolean",
        "整数": "integer",
        "数字": "number",
    }
    return {"type": [kinds.get(said, "string"), "null"]}


def _schema_of_name(name: str) -> dict:
    """The schema of a value of which only the name is known."""
    field = Field(name)
    if field.is_number:
        return {"type": ["number", "null"]}
    if field.kind == "likes":
        return {"type": "array", "items": {"type": "string"}}
    return {"type": ["string", "null"]}
