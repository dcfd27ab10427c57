"""Puts texts together from the frames in data/writing: any topic, any length, no sentence twice within sight.

A text is paragraphs of sentences. A paragraph follows one line of thought (an "angle"), whose sentences keep their
order; the voice decides which angle comes next, which of its sentences are left out, and which words fill the gaps.
Where a size is asked for, a paragraph is filled up to a few sentences before its end, and the rest is chosen so that
the size comes out.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, cycle, islice
from math import ceil
from typing import Generic, TypeVar

from helpers import tokens
from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.question import Language
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wishes import Unit

_HAN = Pattern(r"[\u3400-\u9fff]")
_GAP = Pattern(r"\{([^{}]+)\}")
# About how long a sentence is, and a line of verse: when less than a few of them are left to write, the end is fitted.
_SENTENCE: dict[Unit, float] = {"words": 13, "hanzi": 22, "characters": 75, "tokens": 16}
_LINE: dict[Unit, float] = {"words": 6, "hanzi": 8, "characters": 34, "tokens": 8}
_FIT_WITHIN = 2.5

Card = TypeVar("Card")


class Deck(Generic[Card]):
    """Hands out each of its cards once before any comes again, and none again soon after it was dealt."""

    def __init__(self, voice: Voice, cards: Iterable[Card]) -> None:
        self._voice, self._left = voice, list(cards)
        self._dealt: list[Card] = []

    def draw(self) -> Card:
        """The next card, the likeliest of those left first. Raises IndexError where there never was one."""
        if not self._left:  # shuffle in the half that was dealt longest ago
            half = ceil(len(self._dealt) / 2)
            self._left, self._dealt = self._dealt[:half], self._dealt[half:]
        card = self._left.pop(self._voice.pick(range(len(self._left))))
        self._dealt.append(card)
        return card


class Pen:
    """Fills the gaps of frames: with what is given, or with words drawn from the slots."""

    def __init__(self, voice: Voice, given: Mapping[str, str], slots: Mapping[str, Sequence[str]]) -> None:
        self._given = given
        self._slots = {name: Deck(voice, words) for name, words in slots.items()}

    def write(self, frame: str, *, again: bool = False) -> str:
        """`frame` with its gaps filled; a gap whose name begins with a capital begins with one as well.

        The topic is named in full, or as something known already where it was named shortly before and comes `again`.

        Braces that name nothing known stay as they are: ready sentences may hold JSON.
        """

        def fill(gap: re.Match[str]) -> str:
            name = gap[1][0].lower() + gap[1][1:]
            if again and name == "topic":
                name = "topic again"
            if name not in self._given and name not in self._slots:
                return gap[0]
            words = self._given[name] if name in self._given else self._slots[name].draw()
            return words if gap[1][0].islower() else words[:1].upper() + words[1:]

        return _GAP.sub(fill, frame)


@dataclass(frozen=True)
class Material:
    """What one kind of text is made of.

    `subject` are the words of which each text has to use some. An `ordered` text takes its angles one after another and
    goes on in the next paragraph where it stopped. A text that `skips` leaves out a sentence of an angle now and then.
    """

    subject: Sequence[str]
    openings: Sequence[str]
    angles: Sequence[Sequence[str]]
    closings: Sequence[str]
    short: Sequence[str]
    facts: Sequence[str] = ()  # sentences that are ready, and come before all others
    ordered: bool = False
    skips: bool = True
    joint: str = " "  # between two sentences


@dataclass(frozen=True)
class Part:
    """One paragraph to write: so many sentences, or so much of the unit, or both."""

    sentences: int | None = None
    size: float | None = None


def measure(unit: Unit, language: Language) -> Callable[[str], float]:
    """How much of `unit` a text is. Chinese is counted halfway between with and without its punctuation."""
    if unit == "tokens":
        return tokens.count
    if unit == "characters":
        return len
    if language == "zh":
        return lambda text: (len(_HAN.findall(text)) + len("".join(text.split()))) / 2
    return lambda text: len(text.split())


class Composer:
    """Writes one text, paragraph by paragraph."""

    def __init__(self, pen: Pen, voice: Voice, material: Material, unit: Unit, language: Language) -> None:
        self._pen, self._voice, self._material = pen, voice, material
        self._measure, self._language = measure(unit, language), language
        self._sentence = (_LINE if material.joint == "\n" else _SENTENCE)[unit]
        self._glue = self._measure(material.joint) if unit == "characters" else 0
        self._angles = cycle(material.angles) if material.ordered else iter(Deck(voice, material.angles).draw, None)
        short = Deck(voice, material.short)
        self._short = deque(short.draw() for _ in material.short)  # the one that was used longest ago comes first
        self._facts = deque(material.facts)  # each builds on the one before, so none is left out between two
        self._frames: deque[str] = deque()  # of the angle that is under way
        self._ready: deque[str] = deque()  # sentences that were written and are yet to be used
        self._named = False  # whether this paragraph has named the topic

    def paragraph(self, part: Part, *, first: bool, last: bool) -> str:
        """The next paragraph of the text."""
        self._named = False
        if part.sentences is not None:
            sentences = self._numbered(part.sentences, part.size, first=first, last=last)
        else:
            sentences = self._sized(part.size or 0, first=first, last=last)
        if not self._material.ordered:
            self._frames.clear()
            self._ready.clear()
        return self._material.joint.join(sentences)

    # ── A given number of sentences ──────────────────────────────────────────────────────────────────────────

    def _numbered(self, number: int, size: float | None, *, first: bool, last: bool) -> list[str]:
        if size:
            return self._numbered_and_sized(number, size)
        opens = first and bool(self._material.openings) and not self._facts
        closes = last and bool(self._material.closings) and number > opens + 1 and number > len(self._facts)
        middle = [self._next() for _ in range(number - opens - closes)]
        return [*self._one(self._material.openings, opens), *middle, *self._one(self._material.closings, closes)]

    def _numbered_and_sized(self, number: int, size: float) -> list[str]:
        """Each sentence is the one that comes closest to its share of what is left, so that the sum comes out."""
        choice = list(dict.fromkeys([*self._candidates(60), *(self._next() for _ in range(2 * number))]))
        sentences: list[str] = []
        left = size
        for remaining in range(number, 0, -1):
            choice = choice or [self._next()]
            open_to = [text for text in choice if sentences or self._on_topic(text)] or choice
            nearest = min(open_to, key=lambda text, share=left / remaining: abs(self._size(text) - share))
            choice.remove(nearest)
            sentences.append(nearest)
            left -= self._size(nearest)
        return sentences

    # ── A given size ─────────────────────────────────────────────────────────────────────────────────────────

    def _sized(self, size: float, *, first: bool, last: bool) -> list[str]:
        if size < _FIT_WITHIN * self._sentence:
            return self._fitted_alone(size)
        opens = first and not self._facts
        opening = self._one(self._material.openings, opens)
        closing = self._one(self._material.closings, last and sum(map(self._size, self._facts)) < size / 2)
        left = size - sum(map(self._size, opening + closing))
        middle: list[str] = []
        while self._facts or left > _FIT_WITHIN * self._sentence:
            kept = self._facts if self._facts and not self._ready else self._ready
            following = self._next()
            if self._size(following) > left:
                kept.appendleft(following)
                break
            middle.append(following)
            left -= self._size(following)
        if last or not self._facts or not middle:  # else what is missing here is made up for by the next paragraph
            middle += self._fitted(left)
        return [*opening, *middle, *closing]

    def _fitted(self, size: float) -> list[str]:
        """Some of the next sentences, in their order, and short ones, so that they are about `size` together."""
        self._facts.clear()
        following = [self._next() for _ in range(ceil(max(5, 1.6 * size / self._sentence)))]
        short = {self._pen.write(frame): frame for frame in islice(self._short, 10)}
        chosen = self._best([*following, *short], size, most=4)
        for frame in (short[text] for text in chosen if text in short):
            self._short.remove(frame)
            self._short.append(frame)
        used = max((at + 1 for at, text in enumerate(following) if text in chosen), default=0)
        self._ready.extendleft(reversed(following[used:]))
        return chosen

    def _fitted_alone(self, size: float) -> list[str]:
        """The whole of a text that is too small for an opening, a middle and an end."""
        choice = [text for text in self._candidates(40) if self._size(text) <= size * 1.1]
        chosen = self._best(choice, size, most=2, needed=self._on_topic)
        if chosen and abs(sum(map(self._size, chosen)) - size) <= size * 0.1:
            return chosen
        return [self._elastic(size)]

    def _best(
        self, choice: Sequence[str], size: float, *, most: int, needed: Callable[[str], bool] | None = None
    ) -> list[str]:
        sized = [(self._size(text), text) for text in choice]
        best: list[str] = []
        closest = size if needed is None else float("inf")
        for number in range(1, most + 1):
            for some in combinations(sized, number):
                distance = abs(size - sum(each for each, _ in some))
                if distance < closest and (needed is None or any(needed(text) for _, text in some)):
                    closest, best = distance, [text for _, text in some]
        return best

    def _elastic(self, size: float) -> str:
        """A list of qualities: the one sentence that can have any size."""
        chinese = self._language == "zh"
        colon, comma, stop = ("：", "、", "。") if chinese else (": ", ", ", ".")
        about = self._pen.write("{Topic}")
        if self._measure(about + stop) > size:
            about = self._pen.write("{Word}")
        text, longer = about, about
        words: list[str] = []
        while self._measure(longer + stop) <= size:
            text = longer
            words.append(self._pen.write("{quality}"))
            longer = about + colon + comma.join(words)
        return text + stop

    # ── Sentences ────────────────────────────────────────────────────────────────────────────────────────────

    def _next(self) -> str:
        for written in (self._ready, self._facts):
            if written:
                return written.popleft()
        if not self._frames:
            head, *rest = next(self._angles)
            skips = self._material.skips
            self._frames.extend([head, *(frame for frame in rest if not skips or self._voice.pick((True, False)))])
        return self._write(self._frames.popleft())

    def _one(self, frames: Sequence[str], wanted: bool) -> list[str]:
        return [self._write(self._voice.pick(frames))] if wanted and frames else []

    def _write(self, frame: str) -> str:
        text = self._pen.write(frame, again=self._named)
        self._named = self._named or "{topic}" in frame.lower()
        return text

    def _candidates(self, number: int) -> list[str]:
        """Sentences that can stand anywhere: openings and closings, the heads of angles, and short ones."""
        heads = [angle[0] for angle in self._material.angles]
        frames = [*self._facts, *self._material.openings, *heads, *self._material.short, *self._material.closings]
        deck = Deck(self._voice, frames)
        return [self._pen.write(deck.draw()) for _ in range(min(number, len(frames)))]

    def _size(self, text: str) -> float:
        return self._measure(text) + self._glue

    def _on_topic(self, text: str) -> bool:
        return any(word.lower() in text.lower() for word in self._material.subject)
