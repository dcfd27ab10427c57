"""What is wrong and what to do next: the two halves of every message for the learner. Standard library only."""

import unicodedata
from typing import NamedTuple


class Advice(NamedTuple):
    """One problem in a sentence, and the next step in another. Neither ever holds a key."""

    problem: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.problem} {self.next_step}"


def named(character: str) -> str:
    """A character by its Unicode name, so that what cannot be seen or told apart can be read."""
    name = unicodedata.name(character, "").lower() or "control character or foreign byte"
    return f"{name} (U+{ord(character):04X})"
