"""What helpers/tokens.py rests on: the rates it estimates by, and the counts its tests compare with.

    python tests/benchmarks/tokens.py               speed, and the estimate's error on the texts held out
    python tests/benchmarks/tokens.py record        counts those texts anew: tests/token_texts/counts.json
    python tests/benchmarks/tokens.py fit FOLDER    measures rates and words anew, in helpers/practice

FOLDER has a folder for each kind of text (English, Chinese, code, …), each with files of that kind, none of them held
out. Every kind weighs the same, whatever its size. Needs the packages dashscope and tiktoken.
"""

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from statistics import mean
from time import perf_counter

from helpers import tokens

HELD_OUT = Path(__file__).parents[1] / "token_texts"
COUNTS = HELD_OUT / "counts.json"

SHARE = 1_500_000  # characters of each kind of text
CHINESE, LATIN = 4500, 3900  # words to list, the commonest ones of the texts
LONGEST = 12  # characters; beyond it a rate grows by so much a character
ENOUGH = 20  # atoms to take a mean of


def report() -> None:
    """Prints the speed of both ways on about a megabyte, and the estimate's error on each held-out text."""
    print(f"loading the vocabulary {seconds(tokens.vocabulary.__wrapped__):6.2f} s")
    print(f"loading the rates      {seconds(tokens._table.__wrapped__):6.2f} s")
    for kind in sorted(folder for folder in HELD_OUT.iterdir() if folder.is_dir()):
        texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(kind.iterdir())}
        megabyte = "\n".join(texts.values())
        megabyte *= 1_000_000 // len(megabyte.encode()) + 1
        exactly, roughly = (
            seconds(lambda way=way, text=megabyte: sum(1 for _ in way(text)))
            for way in (tokens._exact_pieces, tokens._estimated_pieces)
        )
        print(f"{kind.name:10} {len(megabyte.encode()):,} bytes: exact {exactly:.2f} s, estimated {roughly:.2f} s")
        for name, text in texts.items():
            exact, estimate = (sum(1 for _ in way(text)) for way in (tokens._exact_pieces, tokens._estimated_pieces))
            print(f"    {name:18} {exact:6,} exact {estimate:6,} estimated {estimate / exact - 1:+6.1%}")


def seconds(work) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def record() -> None:
    counts = {
        file.relative_to(HELD_OUT).as_posix(): tokens.count(file.read_text(encoding="utf-8"))
        for file in sorted(HELD_OUT.glob("*/*"))
    }
    source = {"vocabulary": f"dashscope {version('dashscope')}", "counted": date.today().isoformat()}
    COUNTS.write_text(json.dumps({**source, "counts": counts}, indent=1) + "\n", encoding="utf-8", newline="\n")


def read(folder: Path) -> str:
    texts = (file.read_text(encoding="utf-8", errors="replace") for file in sorted(folder.iterdir()))
    return "\n".join(texts)[:SHARE]


def fit(folder: Path) -> None:
    texts = [read(kind) for kind in sorted(folder.iterdir())]
    write_words([*chinese_words(texts), *latin_words(texts)])
    write_rates({})
    tokens._table.cache_clear()
    write_rates(rates(texts))


def chinese_words(texts: list[str]) -> Iterator[str]:
    """The Chinese words that are one token, commonest first."""
    found = Counter(piece for text in texts for piece in tokens._exact_pieces(text))
    words = (word for word, _ in found.most_common() if 2 <= len(word) <= 4 and is_han(word))
    return islice(words, CHINESE)


def latin_words(texts: list[str]) -> Iterator[str]:
    """The words in Latin letters that are one token where others of their length are not.

    Lower-case words after a blank need no list: nearly all of them are one token.
    """
    pattern = r"(?<![A-Za-z ])[A-Za-z]{3,}|(?<= )[A-Z][A-Za-z]{2,}"
    found = Counter(tokens._plain(word) for text in texts for word in re.findall(pattern, text))
    return islice((word for word, _ in found.most_common() if tokens.count(word) == 1), LATIN)


def is_han(word: str) -> bool:
    return all("\u4e00" <= letter <= "\u9fff" for letter in word)


def rates(texts: list[str]) -> dict[str, tuple[list[float], float]]:
    """The tokens that begin in an atom, on average, by its kind and length."""
    begun = defaultdict(lambda: defaultdict(list))
    for text in texts:
        starts = token_starts(text)
        position = 0
        for kind, atom in tokens._atoms(text):
            end = position + len(atom)
            length = 1 if kind.endswith("_listed") else len(atom)
            begun[kind][length].append(sum(starts[position:end]))
            position = end
    return {kind: row(begun[kind]) for kind in sorted(begun)}


def token_starts(text: str) -> list[int]:
    """For each character, how many tokens begin in it."""
    starts = [0] * (len(text) + 1)
    position = 0
    for piece in tokens._exact_pieces(text):
        starts[position] += 1
        position += len(piece)
    return starts


def row(begun: dict[int, list[int]]) -> tuple[list[float], float]:
    """The mean by length, in proportion to the lengths nearby where one is rare; then the growth beyond LONGEST."""
    known = []
    for size in range(1, min(max(begun), LONGEST) + 1):
        for reach in range(LONGEST):
            near = range(size - reach, size + reach + 1)
            seen = [number * size / length for length in near for number in begun.get(length, [])]
            if len(seen) >= ENOUGH:
                break
        known.append(round(mean(seen), 2))
    growth = [(mean(seen) - known[-1]) / (size - LONGEST) for size, seen in begun.items() if size > LONGEST]
    return known, round(max(mean(growth), 0), 2) if growth else 0.0


def write_words(words: list[str]) -> None:
    """Two lines: words; then the Chinese pairs in groups, each a character and all that may follow it."""
    pairs = defaultdict(str)
    for word in sorted(words):
        if len(word) == 2:
            pairs[word[0]] += word[1]
    others = " ".join(sorted(word for word in words if len(word) > 2))
    groups = " ".join(first + seconds for first, seconds in pairs.items())
    tokens.WORDS.write_bytes(gzip.compress(f"{others}\n{groups}\n".encode(), mtime=0))


def write_rates(rates: dict[str, tuple[list[float], float]]) -> None:
    lines = (
        f"{kind} = {{ by_length = [{', '.join(f'{rate:g}' for rate in known)}], more = {more:g} }}"
        for kind, (known, more) in rates.items()
    )
    comment = [
        "# How many tokens words and marks take in Qwen's vocabulary on average, by kind and length in characters,",
        "# from 1 on; `more` for each character beyond the last. Words in data/token_words.txt.gz are one token.",
        f"# Both were measured by tests/benchmarks/tokens.py, with dashscope {version('dashscope')}.",
        "",
    ]
    tokens.RATES.write_text("\n".join([*comment, *lines]) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case _ if tokens.vocabulary() is None:
            sys.exit("This needs Qwen's vocabulary: pip install dashscope tiktoken")
        case []:
            report()
        case ["record"]:
            record()
        case ["fit", folder]:
            fit(Path(folder))
        case _:
            sys.exit(__doc__)
