"""One of several names as the answer."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from helpers.judging.clauses import NEGATION, clauses, stands
from helpers.judging.notation import occurrences, readable

_MORE = (
    r"(?:larg|bigg|great|high|tall|heavi|long|old|fast)(?:er|est)|\bmore\b|\bmost\b|\bexceeds?\b"
    r"|大(?!小|约|家|概)|高|重(?!新)|长|多(?!少)|快|超过|>"
)
_LESS = r"(?:small|short|low|light|young|slow|few)(?:er|est)|\bless\b|\bleast\b|(?<!大)小|矮|低|轻|短|(?<!多)少|慢|<"
_COMPARING = re.compile(rf"最?(?:(?P<more>{_MORE})|(?P<less>{_LESS}))", re.I)
_SUPERLATIVE = re.compile(r"最|\w+st", re.I)
_STANDARD = re.compile(r"(?:\bthan|\bto|\bwith|\bversus|\bvs\.?|没有|比|与|跟|和|于|[<>])\s*[\"'“]?$", re.I)
_COPULA = re.compile(r"[^,]*(?:\bis|\bare|\bbe|是|为|[:=])\s*[\"'“]?", re.I)
_LISTING = re.compile(r"\s*,?\s*(?:\band\b|\bor\b|\bvs\.?|和|与|跟|或者?|还是|、|,)\s*", re.I)


@dataclass(frozen=True)
class Choice:
    """One of several names. Where the question compares, the last comparison decides, whichever way round it is put:

    of two, the one that is not larger is the smaller; of more, only a superlative tells. Else it is the one named
    last. Names that are merely listed ("of A and B") are not named for an answer.
    """

    answer: str
    among: tuple[str, ...]
    prompt: str

    def find(self, passage: str) -> str | None:
        """The name to which the passage commits."""
        parts = clauses(passage)
        compared = [name for clause in parts for name in self._compared(clause)]
        named = [
            name
            for clause in parts
            if not (self._asked and _COMPARING.search(clause))
            for name, place in self._mentions(clause)
            if stands(place)
        ]
        return next((names[-1] for names in (compared, named) if names), None)

    @cached_property
    def _asked(self) -> re.Match[str] | None:
        """The comparison for which the question asks, if it does."""
        return max(_COMPARING.finditer(readable(self.prompt)), key=re.Match.start, default=None)

    def _compared(self, clause: str) -> list[str]:
        """The name that each comparison in the clause speaks for."""
        if not self._asked:
            return []
        free = [
            (name, place) for name, place in self._mentions(clause) if not _STANDARD.search(clause[: place.start()])
        ]
        negated = bool(NEGATION.search(clause))
        found = []
        for word in _COMPARING.finditer(clause):
            subject = _subject(word, free)
            opposite = bool(word["more"]) != bool(self._asked["more"])
            if subject and (len(self.among) == 2 or _SUPERLATIVE.match(word[0])):
                others = [name for name in self.among if name != subject]
                found += [subject] if opposite == negated else others if len(others) == 1 else []
        return found

    def _mentions(self, clause: str) -> list[tuple[str, re.Match[str]]]:
        """The names in the clause in their order, without those that are only listed together."""
        found = [(name, place) for name in self.among for place in occurrences(name, clause)]
        found.sort(key=lambda mention: mention[1].start())
        listed = {
            place
            for (_, left), (_, right) in pairwise(found)
            if _LISTING.fullmatch(clause[left.end() : right.start()])
            for place in (left, right)
        }
        return [(name, place) for name, place in found if place not in listed]


def _subject(word: re.Match[str], mentions: list[tuple[str, re.Match[str]]]) -> str | None:
    """Of which name the comparing word speaks: "the larger is B", else "A is larger", else "larger: B"."""
    before = [name for name, place in mentions if place.end() <= word.start()]
    after = [(name, word.string[word.end() : place.start()]) for name, place in mentions if place.start() >= word.end()]
    if after and (not before or _COPULA.fullmatch(after[0][1])):
        return after[0][0]
    return before[-1] if before else None
