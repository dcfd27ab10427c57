"""Wordings: one spelling for every text, cut into words and numbers, and read in a closed vocabulary.

Most skills know their kind of request by its vocabulary: a comparison of numbers needs numbers, words for comparing and
little words, in any order. A text that needs any other word ("a story about 9.9 and 9.11") is another kind of request.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from helpers.practice.tutor.reasoning import numbers

_BEFORE_NFKC = str.maketrans(
    {"²": "^2", "³": "^3"}
    | dict(zip("“”„‟«»「」『』", '""""""""""', strict=True))
    | dict(zip("‘’‚‛´`", "''''''", strict=True))
    | dict(zip("−‐‑‒–﹣", "------", strict=True))
    # The little words of questions; what is asked about keeps its own characters.
    | dict(
        zip(
            "個較於還幾數誰嗎為請問單詞現裡裏寫圓紅兩間麼號時從開過對說樣給這們點無減後",
            "个较于还几数谁吗为请问单词现里里写圆红两间么号时从开过对说样给这们点无减后",
            strict=True,
        )
    )
)
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_ATOM = re.compile(
    rf"(?P<dotted>\d+(?:\.\d+){{2,}})|(?P<number>{numbers.LITERAL})|[\u3400-\u9fff〇]"
    r"|(?P<word>(?:(?![\u3400-\u9fff])[^\W\d_])+(?:'(?![\u3400-\u9fff])[^\W\d_]+)?)|(?P<sign>\S)"
)


def tidy(text: str) -> str:
    """`text` in one spelling: full-width forms, quotes, dashes and blanks made alike, invisible characters dropped."""
    text = re.sub(r"(?<=\d)(?=[¼-¾⅐-⅞])", " ", text.translate(_BEFORE_NFKC))
    text = unicodedata.normalize("NFKC", text).replace("⁄", "/")
    return re.sub(r"[^\S\n]+", " ", _INVISIBLE.sub(" ", text)).strip()


@dataclass(frozen=True)
class Token:
    """A word, number or sign of a text. `kind` is what the vocabulary says it means."""

    kind: str
    text: str
    start: int
    end: int
    key: str = ""  # which of its kind: the country, the unit
    value: Fraction | None = None  # of a number


class Lexicon:
    """A closed vocabulary: kinds of meaning, each with its words and phrases in every language.

    Words of the kind "" mean nothing and are dropped. A kind may map each phrase to a key (see `keyed`). English words
    are forgiven a slip of the keyboard, two in a text, if `forgiving`. Signs outside the vocabulary mean nothing;
    but those of mathematics, and all of them if `signs` is True, are unknown words.
    """

    def __init__(
        self, kinds: Mapping[str, str | Mapping[str, str]], *, signs: bool = False, forgiving: bool = True
    ) -> None:
        """`kinds` maps each kind to its phrases, divided by "|", or to a dictionary from phrase to key."""
        self._meanings: dict[tuple[str, ...], tuple[str, str]] = {}
        for kind, phrases in kinds.items():
            for phrase in phrases.split("|") if isinstance(phrases, str) else phrases:
                key = "" if isinstance(phrases, str) else phrases[phrase]
                words = tuple(text for _, text, _ in _atoms(phrase.strip().lower()))
                self._meanings.setdefault(words, (kind, key))
        self._longest = max(map(len, self._meanings))
        self._spellings = sorted({words[0] for words in self._meanings if len(words) == 1 and len(words[0]) > 3})
        self._signs = signs
        self._slips = 2 if forgiving else 0

    def read(self, text: str) -> list[Token] | None:
        """What the words of `text` mean, in order; None where one of them is not in the vocabulary."""
        atoms = _atoms(text)
        words = [word.lower() for _, word, _ in atoms]
        tokens: list[Token] = []
        slips, at = 0, 0
        while at < len(atoms):
            kind, key, value, used = "", "", None, 1
            number = numbers.read(words, at)
            used_by_phrase = self._phrase(words, at)
            if number and number[1] > used_by_phrase:
                kind, (value, used) = "number", number
            elif used_by_phrase:
                used = used_by_phrase
                kind, key = self._meanings[tuple(words[at : at + used])]
            elif atoms[at][0] == "dotted":
                kind = "dotted"
            elif atoms[at][0] == "word" and slips < self._slips and (meant := self._meant(words[at])):
                slips += 1
                kind, key = self._meanings[(meant,)]
            elif atoms[at][0] != "sign" or self._signs or unicodedata.category(words[at][0]) == "Sm":
                return None
            start, end = atoms[at][2], atoms[at + used - 1][2] + len(atoms[at + used - 1][1])
            if kind:
                tokens.append(Token(kind, text[start:end], start, end, key, value))
            at += used
        return tokens

    def _phrase(self, words: Sequence[str], at: int) -> int:
        """How many words the longest known phrase at `at` has; 0 where there is none."""
        longest = min(self._longest, len(words) - at)
        return next((n for n in range(longest, 0, -1) if tuple(words[at : at + n]) in self._meanings), 0)

    def _meant(self, word: str) -> str | None:
        close = get_close_matches(word, self._spellings, n=1, cutoff=0.8) if 3 < len(word) < 20 else []
        return close[0] if close and close[0][0] == word[0] else None


def keyed(phrases: Mapping[str, str]) -> dict[str, str]:
    """The dictionary from phrase to key, made from one that gives for each key its phrases, divided by "|"."""
    return {phrase: key for key, group in phrases.items() for phrase in group.split("|")}


def kinds(tokens: Iterable[Token]) -> set[str]:
    """The kinds of meaning that occur."""
    return {token.kind for token in tokens}


def in_digits(text: str) -> str:
    """`text` with its number words as digits: "a hundred cats" as "100 cats", 三只猫 as 3只猫."""
    atoms = _atoms(text)
    words = [word.lower() for _, word, _ in atoms]
    parts, at, done = [], 0, 0
    while at < len(atoms):
        found = numbers.read(words, at)
        if not found or not _counts(words, at, found[1]):
            at += found[1] if found else 1
            continue
        value, used = found
        end = atoms[at + used - 1][2] + len(atoms[at + used - 1][1])
        parts += [text[done : atoms[at][2]], numbers.as_decimal(value) or text[atoms[at][2] : end]]
        done, at = end, at + used
    return "".join([*parts, text[done:]])


_NOT_COUNTING = re.compile(
    "一(?:共|样|起|半|倍|边|下|些|定|直|旦|致|番|般|切|路|次性|天天|段时|侧|面|生|向|再|会儿)|万一|两两|十分|零(?:件"
    "|食|钱|售|头)|十字|百万富翁|千万(?:别|不|要)|三角|四边|五边|六边|八边|千克|千米|百货"
)


def _counts(words: Sequence[str], at: int, used: int) -> bool:
    """Whether the number at `at` counts something, and is no part of another word such as 一共 or "no one"."""
    if words[at] in numbers.CHINESE_NUMERALS:
        return not (
            _NOT_COUNTING.match("".join(words[at : at + 3]))
            or (at and words[at - 1] in "第统唯任周期拜万" and words[at - 1] not in numbers.CHINESE_NUMERALS)
        )
    if words[at] == "half":
        return False
    return (
        words[at] != "one"
        or used > 1
        or not at
        or words[at - 1] not in ("which", "no", "any", "every", "this", "that", "the")
    )


def _atoms(text: str) -> list[tuple[str, str, int]]:
    """What each piece of `text` is ("dotted", "number", "word", "sign", "" for Chinese), the piece, and its place."""
    return [(match.lastgroup or "", match.group(), match.start()) for match in _ATOM.finditer(text)]
