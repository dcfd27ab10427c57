"""What a message is, what it says, what it counts for, and which list of them Bailian takes (contract 6)."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from helpers import tokens

Message = dict[str, Any]
Counter = Callable[[Iterable[tuple[str, str]]], int]

STANDING = ("system", "developer")  # rules for the whole conversation; all other roles take part in it
RESULTS = ("tool", "function")
ROLES = (*STANDING, "user", "assistant", *RESULTS)


_UNPAIRED = re.compile("[\ud800-\udfff]")  # halves of a pair, as they are left where a text was cut within an emoji


class InvalidMessages(ValueError):
    """A list that the service would refuse: which message, why, and what to do."""


def text_of(message: Mapping[str, Any]) -> str:
    """The text of a message, its parts put together; "" where it has none."""
    content = message.get("content")
    if isinstance(content, list):
        texts = (part.get("text") for part in content if isinstance(part, Mapping))
        return "".join(text for text in texts if isinstance(text, str))
    return content if isinstance(content, str) else ""


def calls_of(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The tool calls of a message."""
    calls = message.get("tool_calls")
    return [call for call in calls if isinstance(call, Mapping)] if isinstance(calls, list) else []


def as_prompt(message: Mapping[str, Any]) -> tuple[str, str]:
    """Role and text as a counter takes them; a tool call counts with its name and arguments."""
    functions = [call.get("function") for call in calls_of(message)]
    said = (f"{f.get('name', '')}{f.get('arguments', '')}" for f in functions if isinstance(f, Mapping))
    return str(message.get("role")), text_of(message) + "".join(said)


def count(messages: Sequence[Message], *, counter: Counter = tokens.count_messages) -> int:
    """The prompt tokens of a list of messages, as they would be billed.

    `counter` takes (role, text) pairs. It counts each message for itself, and whatever frames them all on top. Tools
    and pictures are not in the count; `usage` of a call has them.
    """
    return counter(map(as_prompt, messages))


def clean(messages: Sequence[Message]) -> list[Message]:
    """The messages without `reasoning_content`, which does not belong into a history (contract 3.7)."""
    return [_without_reasoning(message) if "reasoning_content" in message else message for message in messages]


def _without_reasoning(message: Message) -> Message:
    return {name: value for name, value in message.items() if name != "reasoning_content"}


# ── What is wrong with a list ────────────────────────────────────────────────────────────────────────────────────


def check(messages: Sequence[Message]) -> None:
    """Raises InvalidMessages for a list that no request can hold; it may still lack its next question."""
    _check_calls(messages)


def check_request(messages: Sequence[Message]) -> None:
    """Raises InvalidMessages for a list that cannot be sent as it is."""
    waiting = _check_calls(messages)
    if not any(message["role"] == "user" for message in messages):
        raise InvalidMessages(
            "There is no user message among these messages, and a request needs one. "
            'Append {"role": "user", "content": "..."}.'
        )
    last, place = messages[-1], len(messages) - 1
    if waiting is not None:
        raise InvalidMessages(_unanswered(waiting))
    if last["role"] == "assistant" and last.get("partial") is not True:
        raise InvalidMessages(
            f"messages[{place}], the last one, is the assistant's, and a request ends with what is to be answered. "
            "Append the next user message first."
        )


def _check_calls(messages: Sequence[Message]) -> int | None:
    """Checks each message and the order of tool calls; the index of a message whose calls are open at the end."""
    if not isinstance(messages, list | tuple):
        raise InvalidMessages(f"A list of messages is needed, and this is {named_type(messages)}.")
    open_calls: list[str] = []
    caller: int | None = None
    for index, message in enumerate(messages):
        if wrong := _wrong(message):
            raise InvalidMessages(f"messages[{index}] {wrong}")
        role = message["role"]
        if role == "tool":
            if message.get("tool_call_id") not in open_calls:
                raise InvalidMessages(
                    f"messages[{index}] is the result of a tool call that no assistant message right before it has "
                    f"made (tool_call_id {message.get('tool_call_id')!r}). Keep a call and its results together."
                )
            open_calls.remove(message["tool_call_id"])
        elif role in ("user", "assistant"):
            if open_calls:
                raise InvalidMessages(_unanswered(caller))
            open_calls = [call["id"] for call in calls_of(message)]
            caller = index
    return caller if open_calls else None


def _unanswered(index: int | None) -> str:
    return (
        f"messages[{index}] calls a tool, and not every call has its result after it. "
        'Append {"role": "tool", "tool_call_id": "...", "content": "..."} for each call, or take the call out.'
    )


def _wrong(message: object) -> str:
    """What is wrong with a message for itself; "" where nothing is."""
    if hasattr(message, "model_dump"):
        return f"is {named_type(message)}, not a dict. Append message.model_dump(exclude_none=True) in its place."
    if not isinstance(message, dict):
        return f'is {named_type(message)}, not a dict such as {{"role": "user", "content": "..."}}.'
    role = message.get("role")
    if role not in ROLES:
        return f"has the role {role!r}, and the roles are {', '.join(ROLES)}."
    if calls := message.get("tool_calls"):
        return _wrong_calls(role, calls) or _wrong_content(message, optional=True)
    return _wrong_content(message, optional=False)


def _wrong_calls(role: str, calls: object) -> str:
    if role != "assistant":
        return f"is a {role} message with tool_calls, and only the assistant calls tools."
    well_formed = isinstance(calls, list) and all(
        isinstance(call, dict) and isinstance(call.get("id"), str) and isinstance(call.get("function"), dict)
        for call in calls
    )
    if not well_formed:
        return 'has tool_calls that are no list of {"id": "...", "type": "function", "function": {...}}.'
    return ""


def _wrong_content(message: Message, *, optional: bool) -> str:
    content = message.get("content")
    if content is None:
        return "" if optional else 'has no content. An empty one is "content": "".'
    if not isinstance(content, str | list):
        return f"has a content that is {named_type(content)}. It has to be text, or a list of text parts."
    for part in content if isinstance(content, list) else []:
        if not isinstance(part, dict) or part.get("type") != "text" or not isinstance(part.get("text"), str):
            return (
                'has a part that is no {"type": "text", "text": "..."}. '
                "Only text is counted here; what a picture takes, the service alone knows."
            )
    if _UNPAIRED.search(text_of(message)):
        return 'holds half an emoji, which cannot be sent. Mend it with text.encode("utf-8", "replace").decode().'
    return ""


def named_type(value: object) -> str:
    """The type of a value for a sentence: "a list"."""
    name = type(value).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"
