"""Counting tokens: exactly where Qwen's vocabulary is installed, otherwise by an estimate that a test holds to 5 %.

The vocabulary comes with the package `dashscope` and is read by `tiktoken`. Neither is required, so the estimate
stands in: it cuts a text where the vocabulary's own first step does, into words, digits, marks and blanks. The
commonest words are known to be one token (`data/token_words.txt.gz`); all else has the number of tokens that its kind
and length take on average (`token_rates.toml`). Fractions are carried over from one word to the next, so that they add
up over a text instead of being rounded away.

Either way a count is the number of `pieces`: what is billed is what a stream sends, token by token. Some characters
take several tokens (many emoji, rare Chinese characters); all but the last of these pieces are "", just as a service
holds an unfinished character back.

Texts are counted as given. The service composes accents first (NFC), which only decomposed text would show.
"""

import base64
import codecs
import gzip
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from itertools import islice, pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

RATES = Path(__file__).with_name("token_rates.toml")
WORDS = Path(__file__).with_name("data") / "token_words.txt.gz"


def count(text: str) -> int:
    """The number of tokens in `text`: any text, unpaired surrogates included."""
    return sum(1 for _ in pieces(text))


def pieces(text: str) -> Iterator[str]:
    """`text` cut into as many pieces as it has tokens. Joined, they are `text` again; some may be ""."""
    return _exact_pieces(text) if vocabulary() else _estimated_pieces(text)


def cut(text: str, limit: int) -> str:
    """The longest beginning of `text` that `limit` tokens can say, never with half a character."""
    beginning = list(islice(pieces(text), limit))
    while count("".join(beginning)) > limit:  # by estimate, half a word may count for more than in the whole word
        beginning.pop()
    return "".join(beginning)


def count_messages(messages: Iterable[tuple[str, str]]) -> int:
    """The number of prompt tokens of a conversation, given as (role, text) pairs.

    Qwen's chat template puts `<|im_start|>role⏎text<|im_end|>⏎` for each message and opens the answer with
    `<|im_start|>assistant⏎`; a name in brackets is one token. "Hello" takes 9 tokens that way, which is what the
    service reported (contract 5.2, T3).
    """
    return sum(count(f"{role}\n{text}") + 3 for role, text in messages) + 3


# ── Exactly ──────────────────────────────────────────────────────────────────────────────────────────────────────

# The first step and the 100,000 are those of dashscope's own tokenizer: longer texts can overflow tiktoken's stack.
_FIRST_STEP = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_STRETCH = re.compile(r"(?s).{1,100000}(?<=[^\W_])(?=\s)|.{1,100000}")  # ends where no token goes across, if it can
_UNPAIRED = re.compile("[\ud800-\udfff]")


def vocabulary() -> "Encoding | None":
    """Qwen's vocabulary to count with; None where it is not installed, or where estimates are asked for.

    BAILIAN_PRACTICE_TOKENS=estimate asks for them: outputs that are committed have to be the same on every machine.
    """
    return None if os.environ.get("BAILIAN_PRACTICE_TOKENS") == "estimate" else installed_vocabulary()


@cache
def installed_vocabulary() -> "Encoding | None":
    """Qwen's vocabulary, or None where dashscope or tiktoken is not installed. Takes about 0.25 s the first time.

    Special tokens are left out, so `<|im_end|>` in a text is text. dashscope itself is not imported: that takes
    another half a second, and the dozen packages that it depends on.
    """
    try:
        from tiktoken import Encoding

        file = distribution("dashscope").locate_file("dashscope/resources/qwen.tiktoken")
        lines = Path(file).read_bytes().splitlines()
    except (ImportError, OSError):  # a distribution that is not found is an ImportError, too
        return None
    ranks = {base64.b64decode(token): int(rank) for token, rank in map(bytes.split, lines)}
    return Encoding("qwen", pat_str=_FIRST_STEP, mergeable_ranks=ranks, special_tokens={})


def _exact_pieces(text: str) -> Iterator[str]:
    encoding = vocabulary()
    decoder = codecs.getincrementaldecoder("utf-8")()
    start = 0
    for stretch in _STRETCH.finditer(_UNPAIRED.sub("\ufffd", text)):
        for token in encoding.encode_ordinary(stretch.group()):
            end = start + len(decoder.decode(encoding.decode_single_token_bytes(token)))
            yield text[start:end]
            start = end


# ── By estimate ──────────────────────────────────────────────────────────────────────────────────────────────────

_LETTER, _MARK, _ASCII_MARK = r"[^\W\d_]", r"(?:[^\w\s]|_)", r"[!-/:-@\[-`{-~]"
_KINDS = {
    "clitic": r"(?i:'(?:s|t|re|ve|m|ll|d))",
    "spaced": " [A-Za-z]+",
    "joined": r"[\t(\[=:/._-][A-Za-z]+",
    "marked": rf"(?:{_MARK}|[^\S\r\n])[A-Za-z]+",
    "inner": rf"(?<={_LETTER})[A-Za-z]+",
    "bare": "[A-Za-z]+",
    "han": "[\u4e00-\u9fff]+",
    "latin": "[\u00c0-\u024f\u1e00-\u1eff]",
    "greek": "[\u0370-\u03ff]",
    "cyrillic": "[\u0400-\u052f]",
    "kana": "[\u3040-\u30ff]",
    "hangul": "[\uac00-\ud7a3]",
    "letter": _LETTER,
    "digits": r"\d+",
    "rule": rf" ?(?P<same>{_ASCII_MARK}|[—…─-╿])(?P=same)+[\r\n]*",  # such as -----
    "ascii_marks": rf" ?{_ASCII_MARK}+[\r\n]*",
    "wide_mark": "[\u2010-\u2027\u3000-\u303f\uff00-\uffef][\r\n]*",
    "symbol": rf" ?{_MARK}",
    "break": r"\s*[\r\n]+",
    "blank": r"\s+(?!\S)|\s",
}
_ATOM = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
_WORDS = {"spaced", "joined", "marked", "inner", "bare"}
_PART = re.compile(r"[^A-Za-z]?(?:(?P<upper>[A-Z]{2,}(?![a-z]))|(?P<title>[A-Z][a-z]*)|(?P<lower>[a-z]+))")


def _estimated_pieces(text: str) -> Iterator[str]:
    rates = _table().rates
    owed, held = 0.0, ""
    for kind, atom in _atoms(text):
        by_length, more = rates[kind]
        beyond = len(atom) - len(by_length)
        owed += by_length[-1] + beyond * more if beyond > 0 else by_length[len(atom) - 1]
        held += atom
        tokens = round(owed)
        if tokens:
            yield from _parts(held, tokens)
            owed, held = owed - tokens, ""
    if held:
        yield held


def _parts(text: str, number: int) -> Iterator[str]:
    """`text` in `number` parts of nearly equal length, the shorter ones first."""
    edges = [len(text) * part // number for part in range(number + 1)]
    return (text[start:end] for start, end in pairwise(edges))


def _atoms(text: str) -> Iterator[tuple[str, str]]:
    """The words, digits, marks and blanks of `text` in order, each with its kind."""
    for found in _ATOM.finditer(text):
        kind, atom = found.lastgroup, found.group()
        if kind == "han":
            yield from _han(atom)
        elif kind in _WORDS:
            yield from _latin(kind, atom)
        else:
            yield kind, atom


def _latin(before: str, word: str) -> Iterator[tuple[str, str]]:
    """A listed word, or else its parts: `parseHTMLText` has three."""
    words = _table().words
    if _plain(word) in words:
        yield f"{before}_listed", word
        return
    for found in _PART.finditer(word):
        part = found.group()
        yield f"{before}_{'listed' if _plain(part) in words else found.lastgroup}", part
        before = "inner"


def _plain(word: str) -> str:
    """As the list has it: without what stands before it, and without the capital of a sentence."""
    letters = word if word[0].isalpha() else word[1:]
    return letters.lower() if letters.istitle() else letters


def _han(run: str) -> Iterator[tuple[str, str]]:
    """Chinese has no blanks between words: the longest listed word, or else one character."""
    table = _table()
    start = 0
    while start < len(run):
        for size in (4, 3, 2):
            if run[start : start + size] in table.words:
                kind = "han_listed"
                break
        else:
            size = 1
            kind = "han_common" if run[start] in table.common else "han_rare"
        yield kind, run[start : start + size]
        start += size


@dataclass(frozen=True)
class _Table:
    """What the estimate knows."""

    rates: dict[str, tuple[list[float], float]]  # tokens by length from 1 on, and for each character beyond
    words: frozenset[str]  # one token each
    common: frozenset[str]  # the Chinese characters of GB 2312, nearly all of them one token


@cache
def _table() -> _Table:
    rates = tomllib.loads(RATES.read_text(encoding="utf-8"))
    words, pairs = gzip.decompress(WORDS.read_bytes()).decode().splitlines()
    level_1_and_2 = product(range(0xB0, 0xF8), range(0xA1, 0xFF))
    return _Table(
        rates={kind: (rate["by_length"], rate["more"]) for kind, rate in rates.items()},
        words=frozenset(words.split()).union(group[0] + second for group in pairs.split() for second in group[1:]),
        common=frozenset(bytes(place).decode("gb2312", "ignore") for place in level_1_and_2),
    )
