"""Clauses of a sentence, and what a value must not stand in: a negation, or a choice that is left open."""

import re

NEGATION = re.compile(
    r"\b(?:not|no|cannot|never|neither|nor|without|fails? to|false|wrong|incorrect|invalid|fallacy)\b"
    r"|n't\b|不|没|无法|并非|错",
    re.I,
)
_END = re.compile(
    r"[!?;。、\n]|[.,:](?!\d)|(?<!\d)[.,:]|\b(?:but|while|whereas|however)\b|但是?|而(?!不是|非)|因此|所以", re.I
)
_NEARBY = 60  # characters around a value that are looked at
_NEGATED_BEFORE = re.compile(
    r"(?:\bnot|n't|\bcannot|\brather than|\binstead of|不是|并非|而非|不等于|≠|!=)\s*"
    r"(?:just |only |the |an? |be |to be )*[\"'“‘$]*$",
    re.I,
)
_OR_BEFORE = re.compile(r"(?:\bor|或者?|还是)\s*[\"'“‘]*$", re.I)
_OR_AFTER = re.compile(r"^[\"'”’]*\s*[a-z]*\s*(?:\bor\b|或|还是)", re.I)


def clauses(passage: str) -> list[str]:
    """The clauses of a passage, split where one statement ends and another may begin."""
    return _END.split(passage)


def stands(value: re.Match[str]) -> bool:
    """Whether what was found is neither negated nor one of several alternatives."""
    before = value.string[max(0, value.start() - _NEARBY) : value.start()]
    after = value.string[value.end() : value.end() + _NEARBY]
    return not (_NEGATED_BEFORE.search(before) or _OR_BEFORE.search(before) or _OR_AFTER.search(after))
