"""Whether an answer in free text gives the right value. It is judged by what it commits to, not by how it says so.

The rule, in plain words:

1. What comes after the last correction ("wait", "actually", "不对") counts before what was said until then.
2. A question is no claim. Checks, what only seems so, asides in parentheses, and the reasons behind a value are read
   only where nothing else holds a value.
3. Of the claims, the most committed one that holds a value decides: the boxed one, then what follows "the answer
   is", then the only one in bold or in code, then what follows "so" or "therefore", then what is claimed last.
4. What is negated ("not 2") or offered as an alternative ("2 or 3") is no value.

What a value is depends on the question: `amount`, `verdict`, `choice` and `wording` have the four kinds. An answer
without a value is wrong. It is a rule about wording, so an answer that nobody would word like that can fool it.
"""

from fractions import Fraction
from typing import Protocol

from helpers.judging.commitment import passages
from helpers.judging.notation import readable

LONGEST = 4_000  # characters: of a longer answer only the beginning and the end are read, mostly the end


class Expected(Protocol):
    """What a question wants: the right value, and how to find the one to which a passage commits."""

    @property
    def answer(self) -> Fraction | bool | str:
        """The right value."""

    def find(self, passage: str) -> Fraction | bool | str | None:
        """The value in the passage, or None where it holds none."""


def judge(expected: Expected, text: str) -> bool:
    """Whether the value that the text commits to is the expected one, by the rule above."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 4]}\n{text[-LONGEST * 3 // 4 :]}"
    values = map(expected.find, passages(readable(text), lambda part: expected.find(part) is not None))
    return next((value == expected.answer for value in values if value is not None), False)
