"""From an order to the reply: ask the tutor, cut what it says to the limits asked for, count it."""

import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import cycle, islice

from helpers import tokens
from helpers.practice import tutor
from helpers.practice.checks import Order
from helpers.practice.wire import Choice, Reply

# How many tokens a chunk carries, over and over: the service sends uneven little pieces (contract 4.2).
CHUNK_SIZES = (1, 2, 3, 2, 1, 3, 4, 2)


def compose(order: Order, call_id: str) -> Reply:
    """The reply to an order that passed all checks."""
    return Reply(
        model=order.model,
        thinks=order.question.thinking,
        choices=tuple(_choice(order, index) for index in range(order.request.n or 1)),
        prompt_tokens=order.prompt_tokens,
        id=f"chatcmpl-{call_id}",
        created=int(time.time()),
    )


def _choice(order: Order, index: int) -> Choice:
    request, question = order.request, replace(order.question, choice=index)
    answer = tutor.answer(question)
    calls = tuple((_call_id(question, n), call) for n, call in enumerate(answer.tool_calls))
    called = sum(tokens.count(call.name) + tokens.count(call.arguments) for _, call in calls)
    thinking, content = answer.thinking, _until_stop(answer.content, request.stop_sequences)
    finish_reason = "tool_calls" if calls else "stop"

    # max_completion_tokens covers thinking and answer, max_tokens the answer alone (3.4).
    whole = request.max_completion_tokens
    if whole is not None and tokens.count(thinking) >= whole:
        thinking, content, finish_reason = tokens.cut(thinking, whole), "", "length"
    thought = tokens.count(thinking)
    limits = [request.max_tokens, order.model.max_output, None if whole is None else whole - thought]
    limit = min((each for each in limits if each is not None), default=None)
    if limit is not None and tokens.count(content) > limit:
        content, finish_reason = tokens.cut(content, limit), "length"

    return Choice(
        thinking=tuple(_chunks(thinking)),
        content=tuple(_chunks(content)),
        finish_reason=finish_reason,
        thinking_tokens=thought,
        completion_tokens=thought + tokens.count(content) + called,
        tool_calls=calls,
    )


def _until_stop(content: str, stops: list[str]) -> str:
    """The text before the first stop sequence, which is itself not part of the answer."""
    found = [at for stop in stops if (at := content.find(stop)) >= 0]
    return content[: min(found)] if found else content


def _chunks(text: str) -> Iterator[str]:
    pieces = tokens.pieces(text)
    for size in cycle(CHUNK_SIZES):
        group = list(islice(pieces, size))
        if not group:
            return
        if chunk := "".join(group):  # a piece is "" while its character is not complete
            yield chunk


def _call_id(question: object, index: int) -> str:
    """The same call gets the same id, so that an answer depends on the request alone."""
    return "call_" + sha256(f"{question!r}{index}".encode("utf-8", "replace")).hexdigest()[:24]
