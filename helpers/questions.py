"""The questions of the thinking experiment in questions.toml, each able to judge an answer to it."""

import tomllib
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from helpers.judging import Expected, judge
from helpers.judging.amount import Amount
from helpers.judging.choice import Choice
from helpers.judging.verdict import Verdict
from helpers.judging.wording import Wording

FILE = Path(__file__).with_name("questions.toml")

Kind = Literal["decimals", "arithmetic", "letters", "logic", "code", "facts"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Question:
    """A question with a known answer; questions.toml says what each field is for."""

    id: str
    kind: Kind
    prompt: str
    answer: Fraction | bool | str
    units: dict[str, Fraction] = field(default_factory=dict, hash=False)
    about: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @classmethod
    def read(cls, entry: dict[str, Any]) -> "Question":
        """The question of an entry as it stands in questions.toml. Raises TypeError for a field that there is not."""
        answer, units = entry["answer"], entry.get("units", {})
        return cls(
            **entry
            | {name: tuple(entry[name]) for name in ("about", "among", "aliases") if name in entry}
            | {"units": {name: Fraction(worth) for name, worth in units.items()}}
            | {"answer": answer if isinstance(answer, bool | str) else Fraction(answer)}
            | {"prompt": entry["prompt"].strip()}
        )

    def judge(self, text: str) -> bool:
        """Whether the text, in English or Chinese, commits to the right value; helpers.judging has the rule."""
        return judge(self._expected, text.replace(self.prompt, ""))  # the question repeated is no answer

    @property
    def _expected(self) -> Expected:
        if isinstance(self.answer, bool):
            return Verdict(self.answer, self.about, self.aliases)
        if isinstance(self.answer, Fraction):
            return Amount(self.answer, self.prompt, self.units, self.about)
        if self.among:
            return Choice(self.answer, self.among, self.prompt)
        return Wording(self.answer, self.aliases)


@cache
def questions() -> tuple[Question, ...]:
    """Every question of the set, in the file's order, which is by kind."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Fraction)["question"]
    return tuple(map(Question.read, entries))
