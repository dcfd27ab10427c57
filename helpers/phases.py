"""What an exchange spent its seconds on: waiting, thinking, answer. Figures and words, no drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import responses
from typing import Literal

from helpers.display import visible
from helpers.figures import UNFINISHED
from helpers.readable import shortened
from helpers.tap.answer import Event
from helpers.tap.exchange import Exchange

LONGEST_OUTCOME = 300  # characters of what a service or a connection gave as its reason

Kind = Literal["waiting", "whole", "thinking", "answer"]
Ending = Literal["complete", "closed", "broken", "open", "failed"]

NAMES: dict[Kind, str] = {
    "waiting": "waiting",
    "whole": "waiting for the whole answer",
    "thinking": "thinking",
    "answer": "answer",
}


@dataclass(frozen=True)
class Phases:
    """What one exchange spent its time on. All times are seconds from its request.

    `spans` are in the order of time, each with its beginning and end. Before the first token there is `waiting`; of an
    answer that comes in one piece nothing can be seen before its end, and there is only `whole`. What a stream brings
    up to the first piece of its answer is `thinking` (contract 3.6). `ticks` are the events that brought tokens.
    """

    spans: dict[Kind, tuple[float, float]]
    ticks: list[float]
    end: float
    ending: Ending
    outcome: str  # how it ended, in words; empty where it is complete

    @classmethod
    def of(cls, exchange: Exchange) -> "Phases":
        """The phases so far."""
        events = exchange.events
        arrivals = [(event.at, _only_thinks(event)) for event in events if event.brings_tokens]
        ticks = [at for at, _ in arrivals]
        ending, outcome = _outcome(exchange, events)
        end = exchange.seconds
        if end is None:
            now = (datetime.now(UTC) - exchange.started).total_seconds()
            end = ticks[-1] if ticks else max(now, 0.0)
        if not ticks:
            in_one_piece = not exchange.streamed or exchange.response is not None
            if in_one_piece and ending != "failed":
                return cls({"whole": (0.0, end)}, ticks, end, ending, outcome)
            return cls({"waiting": (0.0, end)}, ticks, end, ending, outcome or "ended without a token")
        first, last = ticks[0], ticks[-1]
        answered = next((at for at, thinks in arrivals if not thinks), None)
        spans: dict[Kind, tuple[float, float]] = {"waiting": (0.0, first)}
        if arrivals[0][1]:
            spans["thinking"] = (first, last if answered is None else answered)
        if answered is not None:
            spans["answer"] = (answered, last)
        return cls(spans, ticks, end, ending, outcome)

    @property
    def ttft(self) -> float | None:
        """Time to first token, thinking included; None where no event brought one."""
        return self.ticks[0] if self.ticks else None

    def words(self) -> Iterator[str]:
        """The figures as short phrases, always in seconds with two decimals."""
        for kind, (start, end) in self.spans.items():
            until = " until the first token (TTFT)" if kind == "waiting" and self.ticks else ""
            yield f"{NAMES[kind]} {end - start:.2f} s{until}"
        if self.ending == "complete" and self.ticks:  # Where in a stream it was cut is another event in each run.
            yield f"{len(self.ticks):,} event{'s' if len(self.ticks) > 1 else ''} with tokens"
        if len(self.spans) > 1:
            yield f"{self.end:.2f} s in all"
        if self.outcome:
            yield self.outcome


def _only_thinks(event: Event) -> bool:
    brought = (name for delta in event.deltas.values() for name, value in delta.items() if value and name != "role")
    return all(name.startswith("reasoning") for name in brought)


def _outcome(exchange: Exchange, events: list[Event]) -> tuple[Ending, str]:
    status, ending = exchange.status, exchange.ending
    # Asking a long stream for its error parses all of it again, and nearly all streams have none.
    may_have_failed = not events or any(event.json and "error" in event.json for event in events)
    if may_have_failed and (error := exchange.error):
        said = one_line(str(error["message"]), LONGEST_OUTCOME)
        if status is None or status < 400:
            return "failed", f"ended by an error: {said}"
        return "failed", f"refused with {status} {responses.get(status, '')}".rstrip() + f": {said}"
    if ending == "broken":
        reason = one_line(exchange.failure or "", LONGEST_OUTCOME)
        return ending, f"{'failed before any answer' if status is None else 'broken off'}: {reason}"
    return ending, UNFINISHED.get(ending, "")


def one_line(text: str, most: int) -> str:
    """Untrusted text as one line of at most about `most` characters that acts on nothing."""
    return shortened(visible(" ".join(text.split())), most)
