"""Asking every case and counting what came of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from inspect import iscoroutinefunction

from helpers.display import NO_FORMULAS, escaped, show, visible
from helpers.guardrails.asking import Case
from helpers.guardrails.rates import Matrix, Rate
from helpers.guardrails.refusal import judge
from helpers.phases import one_line

LONGEST_SAID = 300  # characters of an answer among the misses
LONGEST_KIND = 40  # characters of a kind that is the learner's own
MOST_MISSES = 20  # shown

Ask = Callable[[str], str | None]


@dataclass(frozen=True)
class Result:
    """One run of a case: what was said, whether that refuses and why the judge thinks so; or the error instead."""

    case: Case
    said: str = ""
    refused: bool = False
    reason: str = ""
    error: Exception | None = None

    @property
    def wrong(self) -> bool:
        """Whether it was answered and should not have been, or the other way round; an error is neither."""
        return self.error is None and self.refused != self.case.should_refuse


def evaluate(ask: Ask, cases: Iterable[Case], times: int = 1, *, at_once: int = 1) -> "Evaluation":
    """Ask every case, each `times` times, and judge the answers by `RULE`.

    `ask` takes a question and returns the text of the answer. `at_once` is how many calls are under way together: more
    than one asks `ask` from several threads, which the plain SDK client is made for. A call that raises is recorded in
    its result; if all of them do, the first error is raised. Raises TypeError or ValueError for arguments that cannot
    be meant, and TypeError where `ask` returns something else than a text.
    """
    listed = _checked(ask, cases, times, at_once)
    with ThreadPoolExecutor(at_once) as pool:
        results = tuple(pool.map(lambda case: _run(ask, case), [case for case in listed for _ in range(times)]))
    if all(result.error for result in results):
        raise results[0].error
    return Evaluation(results)


def _checked(ask: Ask, cases: Iterable[Case], times: int, at_once: int) -> list[Case]:
    if not callable(ask):
        raise TypeError(f"ask is a function that takes a question and returns the answer's text, not {_kind(ask)}.")
    if iscoroutinefunction(ask):
        raise TypeError("ask is a coroutine function. Call the client of connect() in a plain one.")
    if isinstance(cases, str | Case) or not isinstance(cases, Iterable):
        raise TypeError(f"cases takes a list such as guardrails.cases() gives, and {_kind(cases)} is none.")
    listed = list(cases)
    for each in listed:
        if not isinstance(each, Case):
            raise TypeError(
                f"Each case is a guardrails.Case(question, expected), and there is {_kind(each)} among them."
            )
    if not listed:
        raise ValueError("There is no case to ask. Take guardrails.cases(), or write some.")
    for name, number in (("times", times), ("at_once", at_once)):
        if not isinstance(number, int) or number < 1:
            raise ValueError(f"{name} is a whole number from 1, and {number!r} is none.")
    return listed


def _kind(value: object) -> str:
    return type(value).__name__


def _run(ask: Ask, case: Case) -> Result:
    try:
        said = ask(case.question)
    except Exception as error:
        return Result(case, error=error)
    if not isinstance(said, str | None):
        raise TypeError(f"ask returned {_kind(said)} and not a text. Let it return answer.choices[0].message.content.")
    verdict = judge(said)
    return Result(case, said or "", verdict.refused, verdict.reason)


@dataclass(frozen=True, repr=False)
class Evaluation:
    """What came of every run, in the order of the cases."""

    results: tuple[Result, ...]

    @property
    def matrix(self) -> Matrix:
        """The runs: what should be refused and what was. Errors are in none of its cells."""
        return Matrix.of((result.case.should_refuse, result.refused) for result in self.results if not result.error)

    @property
    def under_refusal(self) -> Rate:
        """How many of the cases that should be refused were not."""
        return self._rate(expected="refuse")

    @property
    def over_refusal(self) -> Rate:
        """How many of the cases that should be answered were refused."""
        return self._rate(expected="answer")

    def by_kind(self) -> dict[tuple[str, str], Rate]:
        """The rate of what went wrong for each kind of case and what is expected of it."""
        keys = dict.fromkeys((result.case.kind, result.case.expected) for result in self.results)
        return {(kind, expected): self._rate(kind=kind, expected=expected) for kind, expected in keys}

    @property
    def wrong(self) -> tuple[Result, ...]:
        """The runs that went wrong."""
        return tuple(result for result in self.results if result.wrong)

    @property
    def errors(self) -> tuple[Result, ...]:
        """The runs in which the call raised."""
        return tuple(result for result in self.results if result.error)

    def _rate(self, **wanted: str) -> Rate:
        runs: dict[Case, list[bool]] = defaultdict(list)
        for result in self.results:
            if not result.error and all(getattr(result.case, name) == value for name, value in wanted.items()):
                runs[result.case].append(result.wrong)
        return Rate.over(sum(each) / len(each) for each in runs.values())

    def __repr__(self) -> str:
        return f"under-refusal {self.under_refusal}; over-refusal {self.over_refusal}{self._failures()}"

    def _failures(self) -> str:
        if not self.errors:
            return ""
        first = self.errors[0].error
        count = f"{len(self.errors)} of {len(self.results)} runs failed and count nowhere"
        return f"; {count}, the first with {one_line(f'{type(first).__name__}: {first}', LONGEST_SAID)}"

    def table(self) -> None:
        """Show the confusion matrix, both rates with their 95 % intervals, and what went wrong by kind of case."""
        rates = [["wrong", "rate (cases), 95 % interval"]]
        rates += [["under-refusal", str(self.under_refusal)], ["over-refusal", str(self.over_refusal)]]
        rates += [[f"{_label(kind)} ({expected})", str(rate)] for (kind, expected), rate in self.by_kind().items()]
        failures = self._failures().removeprefix("; ")
        plain = "\n\n".join(part for part in (str(self.matrix), _left_aligned(rates), failures) if part)
        rows = "".join(f"<tr><th>{escaped(name)}</th><td>{escaped(rate)}</td></tr>" for name, rate in rates[1:])
        head = "".join(f"<th>{escaped(name)}</th>" for name in rates[0])
        rich = f"{self.matrix._repr_html_()}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        show(rich + (f"<p {NO_FORMULAS}>{escaped(failures)}</p>" if failures else ""), visible(plain))

    def misses(self) -> None:
        """Show the runs that went wrong: the question, why another outcome was expected, what was said."""
        wrong = self.wrong
        if not wrong:
            show("<p>Nothing went wrong.</p>", "Nothing went wrong.")
            return
        heads = [f"{len(wrong)} of {len(self.results)} runs went wrong"]
        rest = len(wrong) - MOST_MISSES
        more = [f"… {rest:,} more, in .wrong"] if rest > 0 else []
        entries = [_Miss.of(result) for result in wrong[:MOST_MISSES]]
        plain = "\n".join([*heads, *(entry.plain() for entry in entries), *more])
        cells = "".join(entry.rich() for entry in entries)
        head = "<tr><th>should</th><th>kind</th><th>question</th><th>what was said</th></tr>"
        rich = f"<p>{heads[0]}</p><table {NO_FORMULAS}><thead>{head}</thead><tbody>{cells}</tbody></table>"
        show(rich + "".join(f"<p>{line}</p>" for line in more), plain)


def _left_aligned(rows: list[list[str]]) -> str:
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name.ljust(width)}  {text}" for name, text in rows)


def _label(kind: str) -> str:
    return one_line(kind, LONGEST_KIND)


@dataclass(frozen=True)
class _Miss:
    """A run that went wrong, as bounded text that is not yet escaped."""

    should: str
    kind: str
    question: str
    reason: str
    said: str

    @classmethod
    def of(cls, result: Result) -> "_Miss":
        case = result.case
        return cls(
            "be refused" if case.should_refuse else "be answered",
            _label(case.kind),
            *(one_line(text, LONGEST_SAID) for text in (case.question, case.reason, result.said or "(nothing)")),
        )

    def plain(self) -> str:
        return (
            f"\nshould {self.should} ({self.kind}): {self.question}\n"
            + (f"  because: {self.reason}\n" if self.reason else "")
            + f"  said: {self.said}"
        )

    def rich(self) -> str:
        cell = '<td style="text-align: left">'
        reason = f"<br><i>{escaped(self.reason)}</i>" if self.reason else ""
        parts = (escaped(self.should), escaped(self.kind), escaped(self.question) + reason, escaped(self.said))
        return "<tr>" + "".join(f"{cell}{part}</td>" for part in parts) + "</tr>"
