"""The shapes of an answer, key by key in the order of the wire (contract 4 and 5).

Two families differ: the evergreen one opens a stream with an empty chunk and counts cached tokens; the newer one
(`opening = "text"` in the catalogue) opens with text, always has a `reasoning_content`, and counts text tokens.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from helpers.catalogue import Model
from helpers.practice.tutor.question import ToolCall

DONE = b"data: [DONE]\n\n"
EVENT_STREAM = {"content-type": "text/event-stream"}  # given as a header: a media type would get a charset added


@dataclass(frozen=True)
class Choice:
    """One finished answer, already cut to what goes out, in pieces of about a chunk each."""

    thinking: tuple[str, ...]
    content: tuple[str, ...]
    finish_reason: str
    thinking_tokens: int
    completion_tokens: int  # thinking included
    tool_calls: tuple[tuple[str, ToolCall], ...] = ()  # (call id, call)


@dataclass(frozen=True)
class Reply:
    """All that one response says."""

    model: Model
    thinks: bool
    choices: tuple[Choice, ...]
    prompt_tokens: int
    id: str
    created: int  # Unix time, seconds


@dataclass(frozen=True)
class Event:
    """One SSE event, and how many more tokens had to be generated before it could leave."""

    data: bytes
    tokens: float = 0


def to_json(value: object) -> bytes:
    """JSON as the service writes it: one line, no spaces, characters of any language as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def sse(value: object) -> bytes:
    return b"data: " + to_json(value) + b"\n\n"


def usage(reply: Reply) -> dict:
    """Token counts of a reply; the prompt counts once, however many choices were asked for."""
    completion = sum(choice.completion_tokens for choice in reply.choices)
    reasoning = sum(choice.thinking_tokens for choice in reply.choices)
    counted = {
        "prompt_tokens": reply.prompt_tokens,
        "completion_tokens": completion,
        "total_tokens": reply.prompt_tokens + completion,
    }
    reasoned = {"reasoning_tokens": reasoning} if reply.thinks else {}
    if reply.model.opening == "text":
        counted["prompt_tokens_details"] = {"text_tokens": reply.prompt_tokens}
        counted["completion_tokens_details"] = {**reasoned, "text_tokens": completion - reasoning}
    else:
        if reasoned:
            counted["completion_tokens_details"] = reasoned
        counted["prompt_tokens_details"] = {"cached_tokens": 0}
    return counted


def completion(reply: Reply) -> dict:
    """The body of an answer in one piece (5.1, 5.2, 5.3)."""
    return {
        "choices": [
            {
                "message": _message(reply, choice),
                "finish_reason": choice.finish_reason,
                "index": index,
                "logprobs": None,
            }
            for index, choice in enumerate(reply.choices)
        ],
        "object": "chat.completion",
        "usage": usage(reply),
        "created": reply.created,
        "system_fingerprint": None,
        "model": reply.model.id,
        "id": reply.id,
    }


def _message(reply: Reply, choice: Choice) -> dict:
    message = {"content": "".join(choice.content)}
    if reply.thinks or reply.model.opening == "text":
        message["reasoning_content"] = "".join(choice.thinking)
    message["role"] = "assistant"
    if choice.tool_calls:
        message["tool_calls"] = [
            {
                "id": call_id,
                "function": {"arguments": call.arguments, "name": call.name},
                "type": "function",
                "index": index,
            }
            for index, (call_id, call) in enumerate(choice.tool_calls)
        ]
    return message


# ── Streams (contract 4) ─────────────────────────────────────────────────────────────────────────────────────────


def events(reply: Reply, *, include_usage: bool) -> Iterator[Event]:
    """The events of a stream, in order. The choices of one request take turns."""
    # Only the choices differ from chunk to chunk: the rest is written once.
    tail = to_json(
        {
            "object": "chat.completion.chunk",
            "usage": None,
            "created": reply.created,
            "system_fingerprint": None,
            "model": reply.model.id,
            "id": reply.id,
        }
    )[1:]
    streams = [_choice_chunks(reply, index, choice) for index, choice in enumerate(reply.choices)]
    for turn in zip_longest(*streams):
        for chunk, tokens in filter(None, turn):
            # The choices are generated side by side, so each one's tokens take their share of the time.
            yield Event(b'data: {"choices":[' + to_json(chunk) + b"]," + tail + b"\n\n", tokens / len(streams))
    if include_usage:
        yield Event(
            sse(
                {
                    "choices": [],
                    "object": "chat.completion.chunk",
                    "usage": usage(reply),
                    "created": reply.created,
                    "system_fingerprint": None,
                    "model": reply.model.id,
                    "id": reply.id,
                }
            )
        )
    yield Event(DONE)


def _choice_chunks(reply: Reply, index: int, choice: Choice) -> Iterator[tuple[dict, float]]:
    """The chunks of one choice with their tokens; the first three have key orders of their own (4.1 to 4.3)."""
    has_reasoning = reply.thinks or reply.model.opening == "text"
    deltas = _deltas(choice, has_reasoning=has_reasoning)
    if reply.model.opening == "text":
        delta, tokens = next(deltas, ({"content": "", "reasoning_content": None}, 0))
        yield _plain({**delta, "role": "assistant"}, index), tokens
    else:
        opener = {"content": None if reply.thinks else "", "role": "assistant"}
        if has_reasoning:
            opener["reasoning_content"] = ""
        yield {"delta": opener, "index": index, "logprobs": None, "finish_reason": None}, 0
        if second := next(deltas, None):
            delta, tokens = second
            if reply.thinks:
                yield {"finish_reason": None, "logprobs": None, "delta": delta, "index": index}, tokens
            else:
                yield {"finish_reason": None, "delta": delta, "index": index, "logprobs": None}, tokens
    for delta, tokens in deltas:
        yield _plain(delta, index), tokens
    if choice.tool_calls:
        last = len(choice.tool_calls) - 1
        empty = {"function": {"arguments": ""}, "index": last, "id": "", "type": "function"}
        yield {"delta": {"tool_calls": [empty]}, "index": index}, 0
    end = {"content": "", "reasoning_content": None} if has_reasoning else {"content": ""}
    yield {"finish_reason": choice.finish_reason, "delta": end, "index": index, "logprobs": None}, 0


def _plain(delta: dict, index: int) -> dict:
    return {"delta": delta, "finish_reason": None, "index": index, "logprobs": None}


def _deltas(choice: Choice, *, has_reasoning: bool) -> Iterator[tuple[dict, float]]:
    pieces = len(choice.thinking) + len(choice.content) + len(choice.tool_calls) * 2
    each = choice.completion_tokens / max(pieces, 1)
    for piece in choice.thinking:
        yield {"content": None, "reasoning_content": piece}, each
    quiet = {"reasoning_content": None} if has_reasoning else {}
    for piece in choice.content:
        yield {"content": piece, **quiet}, each
    for index, (call_id, call) in enumerate(choice.tool_calls):
        parts = [
            {"id": call_id, "type": "function", "function": {"name": call.name, "arguments": ""}},
            {"id": "", "type": "function", "function": {"arguments": call.arguments}},
        ]
        for part in parts:
            yield {"content": None, **quiet, "tool_calls": [{"index": index, **part}]}, each
