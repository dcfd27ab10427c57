"""A number as the answer."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from helpers.judging.clauses import stands
from helpers.judging.notation import HAN, number, numbers, readable
from helpers.judging.spelled import in_digits

_LIST = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True)
class Amount:
    """A number; what stands in a list is none.

    Of several numbers it is, in this order: the one with which the passage opens, the one that follows what was asked
    about, one with the right unit, one that is not merely repeated from the question; and among equals the last.
    """

    answer: Fraction
    prompt: str
    units: dict[str, Fraction] = field(default_factory=dict)  # what one of each is worth
    about: tuple[str, ...] = ()

    def find(self, passage: str) -> Fraction | None:
        """The number to which the passage commits."""
        passage = in_digits(_LIST.sub("", passage))
        found = [(match, *self._measured(match)) for match in numbers(passage) if stands(match)]
        new = [each for each in found if each[1] not in self._given]
        ranks = (
            [value for match, value, _ in found if _opens(match)],
            [value for match, value, _ in new if self._is_about(match)],
            [value for _, value, has_unit in new if has_unit],
            [value for _, value, has_unit in found if has_unit],
            [value for _, value, _ in new],
            [value for _, value, _ in found],
        )
        return next((rank[-1] for rank in ranks if rank), None)

    @cached_property
    def _given(self) -> set[Fraction]:
        return set(map(number, numbers(_LIST.sub("", readable(self.prompt)))))

    def _measured(self, match: re.Match[str]) -> tuple[Fraction, bool]:
        """The value in the unit of the answer, and whether it has a unit at all."""
        after = match.string[match.end() :]
        for unit, worth in self.units.items():
            name = re.escape(unit) + ("(?:'?e?s)?(?![a-z])" if unit.isascii() else "")
            if re.match(rf"(?:\s*[\"']?[a-z]+[\"']?(?=\s))?\s*[\"'“]?{name}", after, re.I):
                return number(match) * worth, True
        return number(match), False

    def _is_about(self, match: re.Match[str]) -> bool:
        before = match.string[: match.start()]
        return any(re.search(rf"{re.escape(thing)}[^\d.,;:。\n+*/×-]{{0,30}}$", before, re.I) for thing in self.about)


def _opens(match: re.Match[str]) -> bool:
    """Whether the passage opens with this number, up to its unit, and then pauses."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    return not before.strip(" \n\"'") and bool(re.match(rf"\s*[a-z{HAN}']*\s*(?:[,.;:!?。\n(]|$)", after, re.I))
