"""A text as the answer."""

from dataclasses import dataclass

from helpers.judging.clauses import stands
from helpers.judging.notation import occurrences, readable


@dataclass(frozen=True)
class Wording:
    """A text: it is there as a whole word, neither negated nor as one of several alternatives."""

    answer: str
    aliases: tuple[str, ...] = ()  # other spellings

    def find(self, passage: str) -> str | None:
        """The answer, if the passage has it in any spelling."""
        spellings = map(readable, (self.answer, *self.aliases))
        there = any(stands(place) for spelling in spellings for place in occurrences(spelling, passage))
        return self.answer if there else None
