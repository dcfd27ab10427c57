"""What the service said: server-sent events split and parsed, and an answer put together from them or from JSON.

An answer may be anything; whatever is not as expected is left out, and nothing here raises.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from helpers.readable import compact

_LINE_END = re.compile(r"\r\n|\n|\r")
_MOST_TOKENS = 10**12  # Beyond that it is no count, and too large a number to compute with.
_BLANK_LINE = re.compile(rb"(?>\r\n|\n|\r){2}")


def json_object(text: str) -> dict[str, Any] | None:
    """The JSON object that the text is, or None."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def split_events(body: bytes) -> Iterator[tuple[int, str]]:
    """The events of a body, each ended by a blank line or by the end of the body: where it ends, and its text."""
    start = 0
    for end in (*(match.end() for match in _BLANK_LINE.finditer(body)), len(body)):
        raw = body[start:end].decode("utf-8-sig", errors="replace").strip("\r\n")
        if raw:
            yield end, raw
        start = end


@dataclass(frozen=True)
class Event:
    """One server-sent event: `raw`, its lines as they came, and `at`, the seconds from request to its last byte."""

    at: float
    raw: str

    @cached_property
    def data(self) -> str:
        """What its `data:` lines say; empty for a comment."""
        fields = (line.partition(":") for line in _LINE_END.split(self.raw))
        return "\n".join(value.removeprefix(" ") for name, _, value in fields if name == "data")

    @cached_property
    def json(self) -> dict[str, Any] | None:
        """The chunk; None for `[DONE]`, for a comment and for what is no JSON object."""
        return json_object(self.data)

    @property
    def done(self) -> bool:
        """Whether this is the `[DONE]` that ends a stream (contract 4)."""
        return self.data.startswith("[DONE]")

    @property
    def deltas(self) -> dict[int, dict[str, Any]]:
        """What this chunk adds, by the index of the choice: `{0: {"content": "Hi"}}`; {} for a usage chunk."""
        return {index: _dict(choice.get("delta")) for index, choice in _choices(self.json).items()}

    @property
    def finish_reasons(self) -> dict[int, Any]:
        """Why choices end with this chunk, by their index; {} while they go on."""
        reasons = {index: choice.get("finish_reason") for index, choice in _choices(self.json).items()}
        return {index: reason for index, reason in reasons.items() if reason is not None}

    @property
    def brings_tokens(self) -> bool:
        """Whether there is text, thinking or a piece of a tool call in any choice; an empty opener has none."""
        return any(value for delta in self.deltas.values() for name, value in delta.items() if name != "role")


@dataclass
class Answer:
    """An answer put together; of several choices, the one with index 0. Times are seconds from the request."""

    content: str = ""
    reasoning: str = ""
    finish_reason: str | None = None
    usage: dict[str, Any] | None = None
    model: str | None = None
    first_token: float | None = None
    last_token: float | None = None
    done: bool = False
    error: dict[str, Any] | None = None

    def add_event(self, event: Event) -> None:
        """Take in one event of a stream."""
        if event.json is not None:
            self.add(event.json, "delta")
        if event.brings_tokens:
            self.first_token = event.at if self.first_token is None else self.first_token
            self.last_token = event.at
        self.done = self.done or event.done

    def count(self, name: str) -> int | None:
        """A number of tokens from the usage, if it is one."""
        usage = _dict(self.usage)
        number = usage.get(name, _dict(usage.get("completion_tokens_details")).get(name))
        return number if isinstance(number, int) and 0 <= number <= _MOST_TOKENS else None

    def add(self, body: dict[str, Any], part: Literal["message", "delta"] = "message") -> None:
        """Take in one JSON object of the service: a whole answer, or one chunk of it."""
        choice = _choices(body).get(0, {})
        said = _dict(choice.get(part))
        self.content += _text(said.get("content"))
        # Bailian says reasoning_content (contract 3.6); some other servers say reasoning.
        self.reasoning += _text(said.get("reasoning_content")) or _text(said.get("reasoning"))
        self.finish_reason = _text(choice.get("finish_reason")) or self.finish_reason
        self.usage = _dict(body.get("usage")) or self.usage
        self.model = _text(body.get("model")) or self.model
        if body.get("error"):
            self.error = service_error(body)


def service_error(body: dict[str, Any] | None, text: str = "") -> dict[str, Any]:
    """The error in a body, in the shapes that servers give it: nested, flat, a bare string, or no JSON but `text`.

    It always has a `message`; mostly `code`, `type` and `param` as well (contract 7).
    """
    error = _dict(body).get("error") or body
    if _text(_dict(error).get("message")):
        return _dict(error)
    said = error if isinstance(error, str) else text.strip() or (compact(error) if error else "")
    return {"message": said or "The service gave no message."}


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _choices(body: object) -> dict[int, dict[str, Any]]:
    """The choices by their index; one without an index counts as the first."""
    choices = _dict(body).get("choices")
    found = [_dict(choice) for choice in choices] if isinstance(choices, list) else []
    return {index if isinstance(index := choice.get("index"), int) else 0: choice for choice in found}
