"""Answers with one JSON object where `response_format` asks for it (contract 8).

With a schema, the object fits it. Without one, its keys are those that the messages name, in words or by an example;
where they name none, it holds the answer in words. Values come from the user's text where they can be found there.
"""

import re
from dataclasses import replace

from helpers.practice.tutor import identity
from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.question import Question
from helpers.practice.tutor.structured import json_keys
from helpers.practice.tutor.structured.schema import NOTHING, Filler, to_json
from helpers.practice.tutor.structured.source import READ, Field, Source, stated_day

_NUMBER = r"(-?\d{1,15}(?:\.\d{1,15})?)"
_WISH = Pattern(
    r"[\s,，]{0,4}(?:(?:and|please|then|请|并|且)[\s,，]{0,4}){0,4}(?P<verb>\b(?:answer|reply|respond|return|output|give|write|use|put"
    r"|format|print|produce|provide|generate)\w*\b[^,，:：]{0,40}?)?"
    r"(?P<how>(?:\b(?:in|as|with|using|into)\b|[用以按]|使用|输出|返回) ?)?(?:an? |valid |the |one |a single "
    r"|严格的?|标准的?){0,4}json(?![a-z]).*",
    re.IGNORECASE | re.DOTALL,
)


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
        kept.append(sentence[: wish.start()] if wish and (wish["verb"] or wish["how"]) else sentence)
    return "".join(kept).strip(" ,，:：") if kept else ""


def as_object(question: Question, content: str, *, answered: bool) -> str:
    """The answer as JSON text. `content` is the answer in words; `answered` says that some skill really knew it."""
    source = Source(_material(question), today=stated_day([m.text for m in question.messages]))
    keys = {} if question.json_schema else json_keys.named(question)
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
    number = re.search(rf"(?:=|Answer:|答案：) ?{_NUMBER}", content) or re.search(_NUMBER, content)
    if not number:
        return content
    return float(number[1]) if "." in number[1] else int(number[1])
