"""Which keys the messages want a JSON answer to have: by an example of it, or by their names."""

import json
import re

from helpers.practice.tutor.data import load
from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.question import Question
from helpers.practice.tutor.structured.source import READ, Field
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
_SPLIT = Pattern(r"\s*(?:,\s*and\b|,|、|，|\band\b|和|与|以及|及)\s*(?:the\s+|an?\s+|his\s+|her\s+|their\s+)?", re.I)
_NO_KEYS = frozenset(load("schema")["fields"]["never"])


def named(question: Question) -> dict[str, dict]:
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
