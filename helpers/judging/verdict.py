"""Yes or no as the answer."""

import re
from dataclasses import dataclass

from helpers.judging.clauses import NEGATION, clauses

_YES = r"yes|yep|yeah|(?:it|that|this) (?:is|does|can)|correct|right|true|certainly|是的?|对的?|正确|能|可以|会|成立"
_NO = (
    r"no|nope|(?:it|that|this) (?:(?:is|does)(?:n't| not)|can(?:'t|not))|not necessarily|not really"
    r"|incorrect|wrong|false|不一定|不是的?|不对|不能|不可以|不会|不成立|不|否|错误?|没有|并非如此"
)
_SAID = re.compile(
    rf"(?:(?<=[.,:;!?。\n—])|^)[\s\"'“(]*(?:(?:but|and|so)\s+)?(?:(?P<no>{_NO})|(?P<yes>{_YES}))"
    r"(?=\s*(?:[.,:;!?。\n—)\"'”-]|$))",
    re.I,
)
_OPENING = re.compile(
    r"^\W*(?:(?P<no>no\b(?=\s+(?:\d|it|that|the|this|we|you))|不是|不能|不会|不一定|并不)|(?P<yes>yes\b|是的|没错))",
    re.I,
)


@dataclass(frozen=True)
class Verdict:
    """Yes or no: the last one said as such; else what the last clause says that is about what was asked."""

    answer: bool
    about: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # other ways to say the answer

    def find(self, passage: str) -> bool | None:
        """Yes or no, if the passage commits to either."""
        if said := [*_SAID.finditer(passage)] or [*_OPENING.finditer(passage)]:
            return bool(said[-1]["yes"])
        for clause in reversed(clauses(passage)):
            affirmed = not NEGATION.search(clause)
            if _mentions(clause, self.aliases):
                return self.answer is affirmed
            if _mentions(clause, self.about):
                return affirmed
        return None


def _mentions(clause: str, words: tuple[str, ...]) -> bool:
    return any(word.casefold() in clause.casefold() for word in words)
