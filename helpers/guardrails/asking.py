"""What to ask: the cases of the financial assistant, and the texts with which people try to talk a model out of a rule.

cases.toml and injections.toml say what their fields mean.
"""

import re
import tomllib
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_PLACEHOLDER = re.compile(r"\{(question|base64)\}")


@dataclass(frozen=True)
class Case:
    """A question, and whether it should be refused ("refuse") or answered ("answer"). Raises ValueError for others."""

    question: str
    expected: str
    kind: str = "own"
    language: str = "en"
    reason: str = ""

    def __post_init__(self) -> None:
        if self.expected not in ("refuse", "answer"):
            raise ValueError(f'What is expected of a case is "refuse" or "answer", and {self.expected!r} is neither.')

    @property
    def should_refuse(self) -> bool:
        return self.expected == "refuse"


@dataclass(frozen=True)
class Injection:
    """A text that tries to get round a rule, with a place for the question that the rule forbids."""

    technique: str
    language: str
    text: str

    def around(self, question: str) -> str:
        """The text with the question in its place."""
        forms = {"question": question, "base64": b64encode(question.encode()).decode()}
        return _PLACEHOLDER.sub(lambda match: forms[match[1]], self.text)


def cases(*, kind: str | None = None, language: str | None = None, expected: str | None = None) -> list[Case]:
    """The cases of the financial assistant in the file's order: all of them, or those of a kind, language, verdict.

    Raises ValueError, which names what there is, for one of which there is no case.
    """
    return _matching(_cases(), kind=kind, language=language, expected=expected)


def injections(*, technique: str | None = None, language: str | None = None) -> list[Injection]:
    """The injections in the file's order, each technique once in English and once in Chinese. Raises as `cases`."""
    return _matching(_injections(), technique=technique, language=language)


@cache
def _cases() -> tuple[Case, ...]:
    return tuple(
        Case(**case, kind=group["kind"], expected=group["expected"])
        for group in _read("cases.toml")["group"]
        for case in group["case"]
    )


@cache
def _injections() -> tuple[Injection, ...]:
    return tuple(
        Injection(each["technique"], language, each[language].strip())
        for each in _read("injections.toml")["injection"]
        for language in ("en", "zh")
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


def _matching(everything: Iterable[Any], **wanted: str | None) -> list[Any]:
    everything = list(everything)
    for name, value in wanted.items():
        there = list(dict.fromkeys(getattr(each, name) for each in everything))
        if value is not None and value not in there:
            raise ValueError(f"There is no {name} {value!r}; there are {', '.join(map(repr, there))}.")
    return [
        each
        for each in everything
        if all(value is None or getattr(each, name) == value for name, value in wanted.items())
    ]
