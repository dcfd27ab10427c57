"""A small memory outside of the messages: facts, found again by the words that a question shares with them."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log
from pathlib import Path

from helpers.history.files import CannotKeep, read_json, write_json
from helpers.history.messages import Message

FACTS = "Facts noted earlier:"

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+")
_COMMON = tomllib.loads(Path(__file__).with_name("common_words.toml").read_text(encoding="utf-8"))
_COMMON_WORDS = frozenset(_COMMON["english"].split())
_COMMON_HAN = re.compile(f"[{_COMMON['chinese']}]+")


class Memory:
    """Facts that must not be lost, kept outside of the messages and looked up when a question needs them.

        memory = Memory()
        memory.remember("My daughter is allergic to peanuts.")
        known = memory.recall("Which snacks can my daughter eat?")
        messages = [memory.as_message(known), *messages]

    A fact is found by the words that it shares with the question; a rare word weighs more than one that many facts
    have. Chinese, which has no blanks between words, is compared by pairs of characters. So "kids" does not find
    "children", and 女儿 does not find "daughter". Retrieval by embeddings does: there a model turns each text into a
    vector, and what is near in meaning is near in space. That takes a call, costs tokens, and cannot tell you why a
    fact was found; here the shared words are the reason.
    """

    def __init__(self, facts: Iterable[str] = ()) -> None:
        self._facts: list[str] = []
        self._terms: list[frozenset[str]] = []
        self._spread: Counter[str] = Counter()  # in how many facts a term occurs
        for fact in facts:
            self.remember(fact)

    @property
    def facts(self) -> list[str]:
        """All of them, oldest first."""
        return list(self._facts)

    def remember(self, text: str) -> None:
        """Keep a fact; one that is already known stays as it is. Raises ValueError where there is no text."""
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f'A fact is a text, such as "My daughter is allergic to peanuts.", and not {text!r}.')
        fact = text.strip()
        if fact not in self._facts:
            self._facts.append(fact)
            self._terms.append(terms(fact, characters=True))
            self._spread.update(self._terms[-1])

    def forget(self, text: str) -> None:
        """Give a fact up. Raises KeyError where it is not known."""
        try:
            place = self._facts.index(text.strip())
        except ValueError:
            raise KeyError(f"There is no such fact: {text}. All of them are in `facts`.") from None
        del self._facts[place]
        self._spread.subtract(self._terms.pop(place))

    def recall(self, question: str, limit: int = 3) -> list[str]:
        """The facts that share words with the question, best first, at most `limit`; of two equal ones the newer."""
        asked = terms(question)
        scored = []
        for place, known in enumerate(self._terms):
            score = sum(log(1 + len(self._facts) / self._spread[term]) for term in asked & known)
            if score:
                scored.append((score, place))
        return [self._facts[place] for _, place in sorted(scored, reverse=True)[: max(0, limit)]]

    def as_message(self, facts: Sequence[str]) -> Message:
        """A system message that gives the facts to the model; it says so where there are none.

        They stand in the order in which they were remembered, so that a correction comes after what it corrects. What
        stands in a system message has more weight than what a user says, so read what you let it remember.
        """
        given = [facts] if isinstance(facts, str) else facts
        when = {fact: place for place, fact in enumerate(self._facts)}
        lines = [f"- {fact}" for fact in sorted(given, key=lambda fact: when.get(fact, len(when)))]
        return {"role": "system", "content": "\n".join([FACTS, *lines]) if lines else f"{FACTS} none on this."}

    def save(self, path: str | Path) -> None:
        """Write the facts to a file as a list of texts. Raises OSError where it cannot be written."""
        write_json(self._facts, path)

    @classmethod
    def load(cls, path: str | Path) -> "Memory":
        """The memory that `save` wrote. Raises CannotKeep for any other file, OSError where it cannot be read."""
        facts = read_json(path)
        if not isinstance(facts, list) or not all(isinstance(fact, str) and fact.strip() for fact in facts):
            raise CannotKeep(f"{Path(path).name} is no memory: it has to be a list of texts.")
        return cls(facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __repr__(self) -> str:
        return "\n".join([f"Memory of {len(self)} fact{'' if len(self) == 1 else 's'}", *self._facts])


def is_facts(message: Message) -> bool:
    """Whether the message was made by `as_message`."""
    content = message.get("content")
    return message.get("role") == "system" and isinstance(content, str) and content.startswith(FACTS)


def terms(text: str, *, characters: bool = False) -> frozenset[str]:
    """What a text is compared by: words without their endings, and Chinese by pairs of characters.

    Common words are left out. With `characters`, single Chinese characters are in it as well: a question may be about
    just one of them, such as 猫.
    """
    found: set[str] = set()
    for match in _WORD.finditer(text.casefold()):
        word = match[0]
        if match["han"]:
            for run in _COMMON_HAN.split(word):
                found.update(map("".join, pairwise(run)) if len(run) > 1 else run)
                found.update(run if characters else "")
        elif word not in _COMMON_WORDS:
            found.add(_stem(word))
    return frozenset(found)


def _stem(word: str) -> str:
    """One allergy or several, living or lives: the same word."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    return word[:-1] + "i" if word.endswith("y") else word
