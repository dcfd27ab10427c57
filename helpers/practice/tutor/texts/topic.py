"""A topic as a writer needs it: its words, and whether it is somebody that a story can be about."""

import re
from dataclasses import dataclass
from functools import cached_property

from helpers.practice.tutor.data import load
from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.question import Language

_WORDS = load("writing/words")
_SMALL_WORDS = frozenset(_WORDS["small"])
_LIVING, _LIVING_ZH = "|".join(_WORDS["en"]), "|".join(_WORDS["zh"])
_PEOPLE_ZH = Pattern(f"(?:{'|'.join(_WORDS['people_zh'])})$")
_QUESTION = Pattern(r"(?:why|how|what|whether|when|where|who|which|if)\b", re.I)
_QUESTION_ZH = Pattern("为什么|为何|怎么|怎样|如何|什么|哪|吗$|是否|多少")
_HERO = Pattern(
    rf"(?:an?|one|two|three|four|five|my|our|the) (?:[\w-]+ ){{0,4}}?(?:{_LIVING})(?= (?:who|that|which|in|on"
    rf"|with|from|and|of|named|called|at)\b|,|$)",
    re.I,
)
_HERO_ZH = Pattern(rf"(?P<some>[一两三]\S?)?.{{0,30}}?(?P<who>[小大老]?(?:{_LIVING_ZH}))")


@dataclass(frozen=True)
class Topic:
    """What a text is about, in the words of the user."""

    text: str
    language: Language

    @cached_property
    def thing(self) -> str:
        """The topic as something that one can speak of, even where it is a question: "why cats purr"."""
        if self.language == "zh":
            return f"{self.text}这个问题" if _QUESTION_ZH.search(self.text) else self.text
        return f"the question of {self.text}" if _QUESTION.match(self.text) else self.text

    @cached_property
    def again(self) -> str:
        """How to speak of the topic once it was named: a long one is not said in full each time."""
        asks = self.thing != self.text
        if self.language == "zh":
            return self.thing if len(self.thing) < 12 else "这个问题" if asks else "这个话题"
        return self.thing if len(self.thing.split()) < 5 else "this question" if asks else "this subject"

    @cached_property
    def words(self) -> list[str]:
        """Its telling words, or all of it where none stands out."""
        if self.language == "zh":
            pieces = re.split(r"[的和与在，、,\s]+", self.text)
            return [piece for piece in pieces if 1 < len(piece) < 7] or [self.text[:8]]
        words = [word.strip("\"'.,:;()") for word in self.text.split()]
        return [word for word in words if len(word) > 2 and word.lower() not in _SMALL_WORDS] or [self.text]

    @cached_property
    def title(self) -> str:
        """The topic in the capital letters of a headline."""
        words = self.text.split(" ")
        return " ".join(w if i and w.lower() in _SMALL_WORDS else w[:1].upper() + w[1:] for i, w in enumerate(words))

    @cached_property
    def hero(self) -> tuple[str, str] | None:
        """Where the topic is somebody: how to introduce them and how to name them afterwards."""
        if self.language == "en":
            found = _HERO.match(self.text)
            return (
                (self.text, re.sub(r"^(?:an?|one|my|our|the)\b", "the", self._named(found), flags=re.I))
                if found
                else None
            )
        found = _HERO_ZH.fullmatch(self.text)
        if not found:
            return None
        who = found["who"]
        if found["some"]:
            return self.text, f"那{found['some'][1:]}{who}" if found["some"][0] == "一" else f"这{found['some']}{who}"
        return ("一位" if _PEOPLE_ZH.search(who) else "一只") + self.text, who

    @staticmethod
    def _named(found: re.Match[str]) -> str:
        name = found[0]
        return name if name.lower().startswith(("a ", "an ", "one ", "my ", "our ", "the ")) else f"the {name}"
