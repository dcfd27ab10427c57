"""Explains the terms of the series: what one means, several at once, and what sets two apart.

The terms stand in data/terms. A [[term]] has `names` (all that people call it, the English name first), `en` and `zh`
(its explanation, a sentence an entry, the definition first) and perhaps `example_en`, `example_zh` and `see`, the
terms that a longer text goes on to. A [[contrast]]
says in the same way what sets apart the two terms that it is `of`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from helpers.practice.tutor import wishes
from helpers.practice.tutor.data import load
from helpers.practice.tutor.question import Draft, Language, Question
from helpers.practice.tutor.request import read_request
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wishes import Length
from helpers.practice.tutor.wording import Lexicon, Token, kinds, tidy

_FILES = (
    "tokens",
    "sampling",
    "requests",
    "streaming",
    "thinking",
    "models",
    "platform",
    "prompting",
    "reliability",
    "contrasts",
)
_LONGEST = 300  # characters; a longer text asks for more than what a term means

_GENERIC = {"parameter", "role", "message", "api"}  # what another term may be called as well: "the parameter top_p"
_EXAMPLE = re.compile(r"\bexamples?\b|举例|例子", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """A term of the series and its explanation in both languages, sentence by sentence."""

    names: tuple[str, ...]
    en: tuple[str, ...]
    zh: tuple[str, ...]
    example_en: str = ""
    example_zh: str = ""
    see: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.names[0]

    def sentences(self, language: Language) -> tuple[str, ...]:
        return self.zh if language == "zh" else self.en

    def example(self, language: Language) -> str:
        return self.example_zh if language == "zh" else self.example_en


def answer(question: Question, voice: Voice) -> Draft | None:
    """The explanation of the terms that the user asks about; None where the request is about anything else."""
    language = wishes.language(question.text, question.language)
    tokens = _read(question) if len(question.text) <= _LONGEST else []
    if not tokens or not language:
        return None
    terms = _meant(tokens)
    explanation = _explanation(terms, language, compared="difference" in kinds(tokens))
    _, lengths = wishes.lengths(tidy(question.text))
    if any(length.low > _size(explanation, length.unit) for length in lengths):
        return None  # more is wanted than is known here: that is a case for writing
    return Draft(
        _put(explanation, terms, lengths, language, voice, exemplary=bool(_EXAMPLE.search(question.text))),
        thinking=_thinking(terms, language),
    )


def about(topic: str, language: Language) -> list[str]:
    """What is known of the terms that `topic` is about or mentions, as sentences, and of what they lead to."""
    if len(topic) > _LONGEST:
        return []
    terms = _meant(_vocabulary().read(topic) or []) or [_terms()[key] for key in _mentioned(topic)]
    following = [_terms()[key] for term in terms for key in term.see]
    return [sentence for term in dict.fromkeys([*terms, *following]) for sentence in term.sentences(language)]


def all_terms() -> list[Term]:
    """Every term of the series."""
    return list(_terms().values())


def all_contrasts() -> list[tuple[str, str]]:
    """The keys of every two terms whose difference is explained."""
    return [tuple(_keys()[name] for name in entry["of"]) for kind, entry in _entries() if kind == "contrast"]


# ── Reading the question ─────────────────────────────────────────────────────────────────────────────────────────


def _read(question: Question) -> list[Token]:
    """What the words of the question mean, where they ask for terms and for nothing else; else nothing.

    Manners and wishes for length are left out, unless that tears a term apart, as in 请求超时 or 预测下一个token.
    """
    asked, text = read_request(question), tidy(question.text)
    polite = asked.text if asked else text
    for words in (wishes.lengths(polite)[0], polite, wishes.lengths(text)[0], text):
        tokens = _vocabulary().read(words) or []
        if "term" in kinds(tokens) and (kinds(tokens) & {"ask", "difference"} or words.endswith("?")):
            return tokens
    return []


def _meant(tokens: Sequence[Token]) -> list[Term]:
    """The terms that are asked about, each once: not the field that they belong to, as in "tokens in an LLM"."""
    keys: list[str] = []
    between: set[str] = set()
    for token in tokens:
        if token.kind != "term":
            between |= {token.kind}
            continue
        if not keys or "and" in between or "difference" in between:
            keys.append(token.key)
        elif "of" in between:  # the field stands behind in English and before in Chinese
            if re.search("[里中的在]", "".join(t.text for t in tokens if t.kind == "of")):
                keys[-1] = token.key
        elif token.key not in _GENERIC:  # "the parameter top_p"
            keys[-1] = token.key
        between = set()
    return [_terms()[key] for key in dict.fromkeys(keys)]


def _mentioned(topic: str) -> list[str]:
    """The keys of the terms that occur in `topic` by a name that means nothing else in everyday talk."""
    found = [(m.start(), _keys()[m[0].lower()]) for m in _unmistakable().finditer(topic)]
    return list(dict.fromkeys(key for _, key in sorted(found)))


@cache
def _unmistakable() -> re.Pattern[str]:
    """Names of more than one word, with signs in them, or listed as belonging to this field alone."""
    listed = load("asking")["unmistakable"]
    names = [n for n in _keys() if n in listed or re.search(r"[ _/-]", n) or (not n.isascii() and len(n) > 2)]
    ways = [rf"(?<![\w]){re.escape(n)}(?![\w])" if n.isascii() else re.escape(n) for n in sorted(names, key=len)[::-1]]
    return re.compile("|".join(ways), re.IGNORECASE)


@cache
def _keys() -> dict[str, str]:
    return {name: term.key for term in _terms().values() for name in term.names}


@cache
def _vocabulary() -> Lexicon:
    asking = load("asking")
    words = {kind: "|".join(asking[kind]) for kind in ("ask", "difference", "and", "of")}
    return Lexicon({"term": _keys(), **words, "": "|".join(asking["little"])})


@cache
def _terms() -> dict[str, Term]:
    entries = [entry for entry in _entries() if entry[0] == "term"]
    terms = [
        Term(**{name: tuple(v) if isinstance(v, list) else v for name, v in entry.items()}) for _, entry in entries
    ]
    return {term.key: term for term in terms}


@cache
def _contrasts() -> dict[frozenset[str], dict[Language, list[str]]]:
    return {frozenset(_keys()[name] for name in entry["of"]): entry for kind, entry in _entries() if kind == "contrast"}


@cache
def _entries() -> list[tuple[str, dict]]:
    found = []
    for name in _FILES:
        for kind, entries in load(f"terms/{name}").items():
            found += [(kind, entry) for entry in entries]
    return found


# ── Saying it ────────────────────────────────────────────────────────────────────────────────────────────────────


def _explanation(terms: Sequence[Term], language: Language, *, compared: bool) -> list[str]:
    if len(terms) == 1:
        return list(terms[0].sentences(language))
    if not compared:
        return [sentence for term in terms for sentence in term.sentences(language)[:2]]
    contrast = _contrasts().get(frozenset(term.key for term in terms))
    return [*(contrast[language] if contrast else ()), *(term.sentences(language)[0] for term in terms)]


def _put(
    explanation: Sequence[str],
    terms: Sequence[Term],
    lengths: Sequence[Length],
    language: Language,
    voice: Voice,
    *,
    exemplary: bool,
) -> str:
    """The explanation at the length that is wanted: whole sentences, as many as fit, and at least the first."""
    said = list(explanation)
    for length in lengths:
        while len(said) > 1 and _size(said, length.unit) > length.high:
            said.pop()
    if any(length.unit in ("lines", "items") for length in lengths):
        return "\n".join(f"- {sentence}" for sentence in said)
    text = _joined(said, language)
    if lengths:
        return text
    lead = voice.pick(
        ["", "简单地说，", "一句话概括：", "换成大白话："] if language == "zh" else ["", "In short: ", "Put plainly: "]
    )
    example = terms[0].example(language) if len(terms) == 1 else ""
    if example and (exemplary or voice.pick([False, True])):
        text += f"\n\n{'举个例子：' if language == 'zh' else 'An example: '}{example}"
    return lead + text


def _size(sentences: Sequence[str], unit: str) -> int:
    text = "".join(sentences)
    if unit in ("words", "tokens"):
        return sum(len(sentence.split()) for sentence in sentences)
    return len(text) if unit in ("hanzi", "characters") else len(sentences)


def _joined(sentences: Sequence[str], language: Language) -> str:
    return ("" if language == "zh" else " ").join(sentences)


def _thinking(terms: Sequence[Term], language: Language) -> str:
    if language == "zh":
        names = "、".join(next((name for name in term.names if not name.isascii()), term.key) for term in terms)
        return (
            f"用户想知道“{names}”是什么意思。这是本系列的术语。先给出定义，再说明它为什么重要，最后看看对方要求的长度。"
        )
    names = ", ".join(term.key for term in terms)
    return (
        f'The user asks about "{names}", which belongs to the terms of this series. I give the definition first, '
        f"then why it "
        "matters in practice, and keep to the length that was asked for."
    )
