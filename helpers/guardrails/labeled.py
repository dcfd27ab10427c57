"""The judge judged: answers whose verdict a person gave, and the judge's own confusion matrix over them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from helpers.guardrails.rates import Matrix
from helpers.guardrails.refusal import refused

_FILE = Path(__file__).with_name("labeled_answers.toml")

Part = Literal["tuning", "held out"]


class LabeledAnswer(NamedTuple):
    """An answer, and whether a person says that it refuses; labeled_answers.toml says what the fields mean."""

    text: str
    refused: bool
    sort: str
    part: Part


@cache
def labeled_answers() -> tuple[LabeledAnswer, ...]:
    """All of them, in the file's order."""
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))["answers"]
    return tuple(
        LabeledAnswer(text, entry["refused"], entry["sort"], entry["part"])
        for entry in entries
        for text in entry["texts"]
    )


def judge_matrix(part: Part = "held out") -> Matrix:
    """The judge against a person: on the answers it never saw, or on those to which it was fitted ("tuning").

    Raises ValueError for another part.
    """
    if part not in ("tuning", "held out"):
        raise ValueError(f'The labeled answers have two parts, "tuning" and "held out", and {part!r} is neither.')
    return Matrix.of(
        ((answer.refused, refused(answer.text)) for answer in labeled_answers() if answer.part == part),
        rows=("a person: refuses", "a person: does not"),
        columns=("the judge: refuses", "the judge: does not"),
        title=f"Answers, {part}",
    )
