"""What the tests of the reasoning skills share: the skills in the order they are asked, and the table of wordings."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from helpers.practice.tutor.question import Draft, Message, Question
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
from helpers.practice.tutor.voice import Voice

SKILLS: tuple[ModuleType, ...] = (
    code_reading,
    decimals,
    letters,
    puzzles,
    word_problems,
    primes,
    arithmetic,
    units,
    facts,
)
TABLE = Path(__file__).with_name("reasoning_wordings.txt")


@dataclass(frozen=True)
class Wording:
    """A line of the table: a question, the skill that takes it, the bare answer and the slip."""

    skill: str
    text: str
    value: str
    slip: str | None


def wordings() -> Iterator[Wording]:
    """The questions that have an answer."""
    for skill, line in _lines():
        if skill != "none":
            text, _, answer = line.rpartition(" => ")
            value, _, slip = answer.partition(" ~ ")
            yield Wording(skill, text, value, slip or None)


def strangers() -> list[str]:
    """The questions that none of the skills may take."""
    return [line for skill, line in _lines() if skill == "none"]


def asked(text: str, *, rule: str | None = None, **fields) -> Question:
    """A question of the user, with a system message where there is a rule."""
    said = [Message("system", rule)] if rule else []
    return Question((*said, Message("user", text)), **{"temperature": 0.0} | fields)


def draft_of(skill: ModuleType, text: str, **fields) -> Draft | None:
    """What one skill makes of a question."""
    question = asked(text, **fields)
    return skill.answer(question, Voice(question))


def taker(text: str) -> str | None:
    """The name of the first skill that takes a question."""
    return next((skill.__name__.rpartition(".")[2] for skill in SKILLS if draft_of(skill, text)), None)


def skill_named(name: str) -> ModuleType:
    """The skill of that name."""
    return next(skill for skill in SKILLS if skill.__name__.endswith(f".{name}"))


def _lines() -> Iterator[tuple[str, str]]:
    skill = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].replace("_", "").isalpha():
            skill = line[1:-1]
        elif line and not line.startswith("; "):
            yield skill, line.replace("⏎", "\n")
