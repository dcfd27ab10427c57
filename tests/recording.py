"""Bodies as the service sends them (contract 4 and 5), and exchanges recorded without a server."""

import json
from collections.abc import Iterable
from typing import Any

import httpx2

from helpers.tap.exchange import Exchange

JSON = {"content-type": "application/json"}


def completion(content: str = "Hello!", **more: Any) -> dict[str, Any]:
    """A non-stream answer (contract 5.2)."""
    message = {"content": content, "role": "assistant", **more}
    return {
        "model": "qwen-plus",
        "usage": {"prompt_tokens": 10, "completion_tokens": 20, "total_tokens": 30},
        "choices": [{"message": message, "finish_reason": "stop", "index": 0, "logprobs": None}],
        "object": "chat.completion",
        "created": 1766635351,
        "id": "chatcmpl-120e5847-3394-923c-a494-8eb9f81cb36e",
    }


def chunk(delta: dict[str, Any] | None = None, finish: str | None = None, usage: dict | None = None) -> bytes:
    """One event of a stream (contract 4); without a delta the usage chunk, which has no choices."""
    choices = [] if delta is None else [{"delta": delta, "finish_reason": finish, "index": 0, "logprobs": None}]
    body = {
        "choices": choices,
        "object": "chat.completion.chunk",
        "usage": usage,
        "created": 1764076775,
        "model": "qwen-plus",
        "id": "chatcmpl-9f61858b-7204-4b9b-98cd-66ada377fe7d",
    }
    return event(json.dumps(body, ensure_ascii=False))


def event(data: str) -> bytes:
    """A server-sent event."""
    return f"data: {data}\n\n".encode()


def recorded(
    body: bytes | Iterable[bytes],
    *,
    status: int = 200,
    headers: dict[str, str] = JSON,
    request: dict[str, Any] | None = None,
    key: str = "",
) -> Exchange:
    """A complete exchange whose answer is `body`, in one piece or in several."""
    sent = {"model": "qwen-plus", "messages": [{"role": "user", "content": "你好"}]} | (request or {})
    carrier = {"authorization": f"Bearer {key}"} if key else {}
    url = "http://127.0.0.1:41234/compatible-mode/v1/chat/completions"
    exchange = Exchange(httpx2.Request("POST", url, json=sent, headers=carrier))
    exchange.answered(httpx2.Response(status, headers=headers))
    for piece in [body] if isinstance(body, bytes) else body:
        exchange.arrived(piece)
    exchange.ended("complete")
    return exchange


DONE = event("[DONE]")
STREAM = {"content-type": "text/event-stream;charset=UTF-8"}
