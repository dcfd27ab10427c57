"""How long a text is to be: the wishes of a brief, or what is usual, as paragraphs, sentences and a size."""

from dataclasses import dataclass
from math import ceil

from helpers.practice.tutor.texts.brief import Brief
from helpers.practice.tutor.wishes import Length, Unit

SIZES: tuple[Unit, ...] = ("words", "hanzi", "characters", "tokens")
_MOST: dict[Unit, int] = {
    "words": 6000,
    "hanzi": 10000,
    "characters": 30000,
    "tokens": 8000,
    "sentences": 400,
    "lines": 400,
    "paragraphs": 80,
    "items": 200,
}
_PER_PARAGRAPH: dict[Unit, int] = {"words": 85, "hanzi": 150, "characters": 500, "tokens": 110}
_USUAL = {  # in English words and Chinese characters
    "story": {"short": (100, 160), "usual": (180, 300), "long": (600, 900)},
    "email": {"short": (30, 50), "usual": (55, 90), "long": (120, 200)},
    "post": {"short": (15, 25), "usual": (25, 45), "long": (60, 100)},
    "text": {"short": (45, 80), "usual": (90, 150), "long": (300, 500)},
}
_USUAL_LINES = {"short": 4, "usual": 8, "long": 16}
_USUAL_SENTENCES = {"short": 2, "usual": 4, "long": 7}  # of a paragraph
_STANZA = 4  # lines


@dataclass(frozen=True)
class Plan:
    """So many paragraphs, with so many sentences (or lines) in all, or with so much of the unit in all, or both."""

    unit: Unit
    paragraphs: int
    sentences: int | None = None
    size: float | None = None
    cut: bool = False  # more was wished for than is written


def plan(brief: Brief) -> Plan:
    """What to write for `brief`. A wish for each paragraph or sentence counts as one for all of them together."""
    verse = brief.genre in ("poem", "haiku")
    paragraphs, size = brief.wish("paragraphs"), brief.wish(*SIZES)
    sentences = brief.wish("lines", "sentences", "items")
    sentences_each, size_each = brief.wish("lines", "sentences", each=True), brief.wish(*SIZES, each=True)
    wished = [length for length in (paragraphs, sentences, size, sentences_each, size_each) if length]

    parts = _amount(paragraphs)
    number = _amount(sentences)
    if not number and parts and sentences_each:
        number = min(parts * middle(sentences_each), _MOST["sentences"])
    unit = _unit(brief, size or size_each)
    amount = _amount(size)
    if not amount and size_each:
        amount = min((number or parts or 1) * middle(size_each), _MOST[size_each.unit])

    if not wished or (not number and not amount):
        if verse:
            number = parts * _STANZA if parts else _USUAL_LINES[brief.scale]
        elif parts:
            number = parts * _USUAL_SENTENCES[brief.scale]
        else:
            amount = _USUAL.get(brief.genre, _USUAL["text"])[brief.scale][brief.language == "zh"]
    if not parts:
        if number:
            parts = ceil(number / _STANZA) if verse else ceil(number / 6)
        else:
            parts = max(1, round(amount / (_PER_PARAGRAPH[unit] / (3 if verse else 1))))
    cut = any(length.low > _MOST[length.unit] for length in wished)
    return Plan(unit, min(parts, number or parts), number, amount, cut)


def middle(length: Length) -> int:
    """What to aim at for a wished length."""
    return min((length.low + length.high) // 2, _MOST[length.unit])


def _amount(length: Length | None) -> int | None:
    return middle(length) if length else None


def _unit(brief: Brief, size: Length | None) -> Unit:
    """The unit to measure in: words are counted in English, characters in Chinese, whichever was said."""
    natural: Unit = "hanzi" if brief.language == "zh" else "words"
    return size.unit if size and size.unit in ("characters", "tokens") else natural
