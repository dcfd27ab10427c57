"""Who has how many of what: the events of a story, and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from helpers.practice.tutor.reasoning.puzzles.parts import plain


class Unclear(Exception):
    """The story leaves something open that matters."""


@dataclass(frozen=True)
class Event:
    """Something that the story tells. Empty names mean whoever or whatever was spoken of before."""

    kind: Literal["have", "gain", "lose", "each"]
    number: Fraction
    what: str = ""
    who: str = ""
    group: str = ""  # what is counted as one: each box holds `number` of `what`; 3盒铅笔 are counted in 盒
    size: Fraction | None = None  # how many groups of `number` there are
    to: str = ""  # who receives what is lost


@dataclass(frozen=True)
class Query:
    """What is asked: how many of `what` does `who` have, or all `together`?"""

    what: str = ""
    who: str = ""
    together: bool = False


@dataclass
class _Ledger:
    held: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    who: str = ""
    measure: str = ""  # what the first things were counted in
    pending: Event | None = None  # how many each group holds, told before how many groups there are

    def tell(self, event: Event) -> None:
        if event.kind == "each":
            self._fill(event)
        elif event.kind == "have" or not self.held:
            if event.kind == "lose":
                raise Unclear
            self._begin(event)
        else:
            self._change(event)

    def _begin(self, event: Event) -> None:
        who = event.who or self.who
        count, what = event.number, event.what
        if event.size is not None:
            count = event.number * event.size
            self.lines.append(f"{plain(event.size)} × {plain(event.number)} = {plain(count)}")
        if (who, what) in self.held or (not what and self.held):
            raise Unclear
        self.held[who, what] = count
        self.who, self.measure = who, event.group
        if self.pending:
            each, self.pending = self.pending, None
            self._fill(each)

    def _fill(self, event: Event) -> None:
        """The groups are counted already, or will be: 4 boxes, each with 12 eggs."""
        if not self.held:
            self.pending = event
            return
        if len(self.held) > 1 or self.lines:
            raise Unclear
        (((who, group), count),) = self.held.items()
        if event.group and event.group not in (group, self.measure):
            raise Unclear
        self.held = {(who, event.what or group): count * event.number}
        self.lines.append(f"{plain(count)} × {plain(event.number)} = {plain(count * event.number)}")

    def _change(self, event: Event) -> None:
        who = event.who or self.who
        what = self._noun(who, event.what)
        if what is None and event.kind == "gain" and event.what and self._nouns(who):
            self.held[who, event.what] = event.number  # other things than before
            return
        if what is None:
            raise Unclear
        old = self.held[who, what]
        new = old + event.number if event.kind == "gain" else old - event.number
        if new < 0:
            raise Unclear
        self.lines.append(f"{plain(old)} {'+' if event.kind == 'gain' else '-'} {plain(event.number)} = {plain(new)}")
        self.held[who, what] = new
        self.who = who
        if (event.to, what) in self.held and event.to != who:
            before = self.held[event.to, what]
            self.lines.append(f"{plain(before)} + {plain(event.number)} = {plain(before + event.number)}")
            self.held[event.to, what] = before + event.number

    def _nouns(self, who: str) -> list[str]:
        return [what for holder, what in self.held if holder == who]

    def _noun(self, who: str, what: str) -> str | None:
        nouns = self._nouns(who)
        if what in nouns:
            return what
        return nouns[0] if len(nouns) == 1 and (not what or not nouns[0]) else None

    def ask(self, query: Query) -> Fraction:
        holders = {holder for holder, _ in self.held}
        if query.together and len(self.held) > 1:
            counted = {key: count for key, count in self.held.items() if key[1] == query.what} or self.held
            if len({what for _, what in counted}) > 1 and query.what in {what for _, what in self.held}:
                raise Unclear
            total = sum(counted.values(), Fraction(0))
            self.lines.append(f"{' + '.join(map(plain, counted.values()))} = {plain(total)}")
            return total
        asked = [holder for holder in holders if not query.who or holder == query.who or _ends(holder, query.who)]
        if len(asked) != 1:
            raise Unclear
        (who,) = asked
        what = self._noun(who, query.what)
        if what is None and len(self._nouns(who)) == 1 and query.together:
            what = self._nouns(who)[0]
        if what is None:
            raise Unclear
        return self.held[who, what]


def _ends(name: str, short: str) -> bool:
    """公交车 is 车 for short."""
    return not short.isascii() and name.endswith(short)


def settle(events: Sequence[Event], query: Query) -> tuple[Fraction, list[str]]:
    """The number that is asked for, and the calculations that lead to it. Raises Unclear."""
    ledger = _Ledger()
    for event in events:
        ledger.tell(event)
    value = ledger.ask(query)
    if not ledger.lines or ledger.pending:
        raise Unclear  # nothing was to be worked out: this is no word problem
    return value, ledger.lines
