"""The tutor: who answers for the practice endpoint. A router asks one small skill after another.

A skill is a module with `answer(question, voice) -> Draft | None`. The first draft wins, so the order below is one of
certainty: what the request demands by its form, what only one skill can mean, what a skill recognizes by the whole
wording, and at the end what is left for a guess. What would come before all skills, such as the rules of a developer
message, has its place at the top of the list, and what reshapes any answer, such as a persona, after it is resolved.
"""

from collections.abc import Callable
from dataclasses import replace

from helpers import tokens
from helpers.practice.tutor import fallback, greeting, listing, repeating, terms, thinking
from helpers.practice.tutor.privacy import masked
from helpers.practice.tutor.question import Answer, Draft, Question
from helpers.practice.tutor.reasoning import (
    arithmetic,
    code_reading,
    decimals,
    facts,
    letters,
    primes,
    puzzles,
    units,
    word_problems,
)
from helpers.practice.tutor.structured import json_mode, tool_results, tools
from helpers.practice.tutor.texts import writing
from helpers.practice.tutor.voice import Voice

Skill = Callable[[Question, Voice], Draft | None]

SKILLS: tuple[Skill, ...] = (
    tool_results.answer,
    tools.forced,
    greeting.answer,
    terms.answer,
    tools.answer,
    writing.answer,
    listing.answer,
    code_reading.answer,
    decimals.answer,
    letters.answer,
    puzzles.answer,
    word_problems.answer,
    units.answer,
    primes.answer,
    arithmetic.answer,
    facts.answer,
    repeating.answer,
    tools.ask,
    writing.at_length,
)


def answer(question: Question) -> Answer:
    """The answer to one request. It depends on nothing else: the same question has the same answer."""
    voice = Voice(question)
    asked = json_mode.unwrapped(question)
    draft = next((draft for skill in SKILLS if (draft := skill(asked, voice))), None)
    resolved = _resolved(draft or fallback.answer(question, voice), question, voice)
    if question.json_schema is not None and not resolved.tool_calls:
        resolved = replace(
            resolved, content=json_mode.as_object(question, resolved.content, answered=draft is not None)
        )
    return _without_keys(resolved)


def _resolved(draft: Draft, question: Question, voice: Voice) -> Answer:
    """What follows from a draft: the hasty answer without thinking, or where the budget cut the thinking short."""
    hasty = draft.content if draft.hasty is None else draft.hasty
    if not question.thinking:
        return Answer(hasty, tool_calls=draft.tool_calls)
    thought = draft.thinking or thinking.about(question, draft, voice)
    budget = question.thinking_budget
    if budget is None or tokens.count(thought) <= budget:
        return Answer(draft.content, thought, draft.tool_calls)
    return Answer(hasty, tokens.cut(thought, max(0, budget)), draft.tool_calls)


def _without_keys(answer: Answer) -> Answer:
    """Nothing that looks like a key goes out, wherever in the request it came from."""
    return Answer(
        masked(answer.content),
        masked(answer.thinking),
        tuple(replace(call, arguments=masked(call.arguments)) for call in answer.tool_calls),
    )
