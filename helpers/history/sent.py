"""What the requests of a conversation carried: tokens by role, and what each left out of the one before. No drawing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from http.client import responses
from itertools import islice
from typing import Any, Literal, get_args

from helpers import tokens
from helpers.history.facts import is_facts
from helpers.history.messages import RESULTS, STANDING, as_prompt, text_of
from helpers.history.pins import PINNED, is_pinned
from helpers.history.summaries import SUMMARY, is_request, is_summary
from helpers.phases import one_line
from helpers.tap.exchange import Exchange

Kind = Literal["system", "summary", "facts", "pinned", "user", "assistant", "tool", "rest"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NAMES: dict[Kind, str] = {
    "system": "system, developer",
    "summary": "summary",
    "facts": "facts looked up",
    "pinned": "pinned",
    "user": "user",
    "assistant": "assistant",
    "tool": "tool",
    "rest": "around them",  # the chat template, and tools
}
Key = tuple[str, str, str]

_LOOK_BACK = 3  # requests: a call for a summary may stand between two of a conversation
_MOST_NAMED = 3  # messages that a line quotes
_LONGEST_QUOTE = 40  # characters


class Said:
    """One message on the wire. It may be anything, because the learner's own code made it."""

    def __init__(self, raw: object) -> None:
        self.raw: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {"role": "?", "content": str(raw)}
        self.role, text = as_prompt(self.raw)
        # A pin, or thinking that is no longer sent, does not make another message of it.
        self.key: Key = (self.role, text.removeprefix(PINNED), str(self.raw.get("tool_call_id")))

    @cached_property
    def kind(self) -> Kind:
        if is_summary(self.raw):
            return "summary"
        if is_facts(self.raw):
            return "facts"
        if self.role in STANDING:
            return "system"
        if is_pinned(self.raw):
            return "pinned"
        if self.role in RESULTS:
            return "tool"
        return "assistant" if self.role == "assistant" else "user"

    @property
    def quoted(self) -> str:
        text = text_of(self.raw).removeprefix(PINNED).removeprefix(SUMMARY) or "a tool call"
        line = one_line(text[: 2 * _LONGEST_QUOTE], 2 * _LONGEST_QUOTE)
        return f"{one_line(self.role, 20)} “{line[:_LONGEST_QUOTE]}{'…' if len(line) > _LONGEST_QUOTE else ''}”"


@dataclass(frozen=True)
class Sent:
    """One request: what it carried, and how it differs from the request before it in the conversation."""

    number: int
    messages: list[Said]
    tokens: dict[Kind, int]  # counted here; together they come to `reported` where the service counts alike
    reported: int | None  # prompt_tokens, as the service counted them
    dropped: list[Said]
    summarized: list[Said]
    dropped_tokens: int
    summarized_tokens: int
    pinned: list[Said]  # for the first time
    asks: bool  # for a summary
    thinking: int  # messages with reasoning_content
    outcome: str  # why it was refused; empty where it was not

    @property
    def size(self) -> int:
        """Prompt tokens: as reported, else as counted here."""
        return sum(self.tokens.values()) if self.reported is None else self.reported

    def words(self) -> Iterator[str]:
        """The request as short phrases."""
        if self.reported is not None:
            yield f"{self.reported:,} prompt tokens"
        elif self.outcome:
            yield f"refused with {self.outcome}, about {self.size:,} tokens"
        else:
            yield f"about {self.size:,} tokens, not reported"
        parts = ", ".join(f"{NAMES[kind]} {size:,}" for kind, size in self.tokens.items())
        yield f"{_counted(len(self.messages), 'message')} ({parts})"
        if self.asks:
            yield "asks for a summary"
        if self.dropped:
            yield f"dropped {_listed(self.dropped)}, {self.dropped_tokens:,} tokens"
        if self.summarized:
            yield f"summarized {_listed(self.summarized)}, {self.summarized_tokens:,} tokens"
        if self.pinned:
            yield f"newly pinned {_listed(self.pinned)}"
        if self.thinking:
            yield f"thinking sent back with {_counted(self.thinking, 'message')}"


def sent(exchanges: Iterable[Exchange]) -> list[Sent]:
    """The requests of a conversation, in the order given."""
    sizes: dict[Key, int] = {}
    frame = tokens.count_messages([])

    def size(said: Said) -> int:
        if said.key not in sizes:
            sizes[said.key] = tokens.count_messages([as_prompt(said.raw)]) - frame
        return sizes[said.key]

    rows: list[Sent] = []
    before: list[Said] = []
    pinned: set[Key] = set()
    for exchange in exchanges:
        messages = messages_of(exchange)
        asks = bool(messages) and is_request(messages[-1].raw)
        gone = [] if asks else _gone(before, messages)
        written = Counter(said.key for said in messages if said.kind == "summary")
        asked = bool(rows) and rows[-1].asks
        new_summary = bool(written) and (asked or bool(written - Counter(said.key for said in before)))
        counted: Counter[Kind] = Counter()
        for said in messages:
            counted[said.kind] += size(said)
        reported = exchange.prompt_tokens
        counted["rest"] = max(frame, (reported or 0) - counted.total())
        rows.append(
            Sent(
                number=exchange.number,
                messages=messages,
                tokens={kind: counted[kind] for kind in KINDS if counted[kind]},
                reported=reported,
                dropped=[] if new_summary else gone,
                summarized=gone if new_summary else [],
                dropped_tokens=0 if new_summary else sum(map(size, gone)),
                summarized_tokens=sum(map(size, gone)) if new_summary else 0,
                pinned=[said for said in messages if said.kind == "pinned" and said.key not in pinned],
                asks=asks,
                thinking=sum(bool(said.raw.get("reasoning_content")) for said in messages),
                outcome=_outcome(exchange),
            )
        )
        pinned |= {said.key for said in messages if said.kind == "pinned"}
        before = before if asks else messages
    return rows


def messages_of(exchange: Exchange) -> list[Said]:
    """The messages of a request; [] where it has none."""
    listed = exchange.request.get("messages")
    return [Said(raw) for raw in listed] if isinstance(listed, list) else []


def latest_conversation(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """The requests that belong to the last one: each shares a message with one shortly before it.

    A request that only repeats the beginning of such a one, as when a talk starts over, begins a conversation.
    """
    talks: list[list[tuple[Exchange, list[Key]]]] = []  # the one that went on last is the last
    for exchange in exchanges:
        keys = [said.key for said in messages_of(exchange) if said.role not in STANDING]
        if keys:
            place = next((at for at in reversed(range(len(talks))) if _continues(keys, talks[at][-_LOOK_BACK:])), None)
            talk = [] if place is None else talks.pop(place)
            talks.append([*talk, (exchange, keys)])
    return [exchange for exchange, _ in talks[-1]] if talks else []


def _continues(keys: list[Key], recent: list[tuple[Exchange, list[Key]]]) -> bool:
    starts_over = any(len(keys) < len(earlier) and earlier[: len(keys)] == keys for _, earlier in recent)
    return not starts_over and any(not set(keys).isdisjoint(earlier) for _, earlier in recent)


def _gone(before: list[Said], now: list[Said]) -> list[Said]:
    """What the request before had and this one has not; notes and summaries are replaced, not lost."""
    left = Counter(said.key for said in now)
    gone = []
    for said in before:
        if left[said.key]:
            left[said.key] -= 1
        elif said.kind not in ("facts", "summary"):
            gone.append(said)
    return gone


def _outcome(exchange: Exchange) -> str:
    status = exchange.status
    return f"{status} {responses.get(status, '')}".rstrip() if status is not None and status >= 400 else ""


def _listed(messages: list[Said]) -> str:
    quotes = ", ".join(said.quoted for said in islice(messages, _MOST_NAMED))
    return f"{_counted(len(messages), 'message')}: {quotes}{', …' if len(messages) > _MOST_NAMED else ''}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
