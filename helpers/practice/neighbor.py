"""Another vendor next door, for the lesson on migration: the same protocol behind another address, key and model.

It answers as plain OpenAI-compatible servers do (llama.cpp, vLLM, Ollama): OpenAI's key order, no headers of
Bailian's, errors with `error` alone, any key. The tutor behind it is the same, and says so.
"""

import time
import uuid
from collections.abc import Iterator

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from helpers.catalogue import Model
from helpers.practice import checks, wire
from helpers.practice.compose import compose
from helpers.practice.contract import Refused
from helpers.practice.pace import PACES, Pace
from helpers.practice.place import NEIGHBOR
from helpers.practice.place import Pace as PaceName

MODEL = Model(id=NEIGHBOR.model, maker="the practice endpoint", context=32_768, max_input=32_768, max_output=8_192)
HEADERS = {"x-practice-endpoint": "scripted answers, no model"}


def create(*, pace: PaceName = "realistic") -> Starlette:
    """The application. It keeps nothing between two requests."""
    app = Starlette(
        routes=[
            Route(f"{NEIGHBOR.path}/chat/completions", chat, methods=["POST"]),
            Route(f"{NEIGHBOR.path}/models", list_models, methods=["GET"]),
        ],
        exception_handlers={Refused: _refused},
    )
    app.state.pace = PACES[pace]
    return app


async def list_models(request: Request) -> Response:
    """GET models: the one it has."""
    return _json(
        {"object": "list", "data": [{"id": MODEL.id, "object": "model", "created": 0, "owned_by": MODEL.maker}]}
    )


async def chat(request: Request) -> Response:
    """POST chat/completions."""
    asked = time.monotonic()
    given = checks.body(await checks.read(request.stream()))
    if given.get("model") != MODEL.id:
        wanted = given.get("model")
        return _error(404, f"model '{wanted}' not found; this server has '{MODEL.id}'", "model_not_found")
    order = await run_in_threadpool(checks.order, given, MODEL, developer_role="accept")
    reply = await run_in_threadpool(compose, order, uuid.uuid4().hex)
    pace: Pace = request.app.state.pace
    if order.request.stream:
        events = _events(reply, include_usage=order.request.include_usage)
        content = pace.out(events, reply.prompt_tokens, asked)
        return StreamingResponse(content, headers=HEADERS | wire.EVENT_STREAM)
    await pace.whole(reply, asked)
    return _json(_completion(reply))


def _completion(reply: wire.Reply) -> dict:
    return {
        "id": reply.id,
        "object": "chat.completion",
        "created": reply.created,
        "model": reply.model.id,
        "choices": [
            {
                "index": index,
                "message": {"role": "assistant", "content": "".join(choice.content), **_calls(choice)},
                "logprobs": None,
                "finish_reason": choice.finish_reason,
            }
            for index, choice in enumerate(reply.choices)
        ],
        "usage": _usage(reply),
    }


def _events(reply: wire.Reply, *, include_usage: bool) -> Iterator[wire.Event]:
    frame = {
        "id": reply.id,
        "object": "chat.completion.chunk",
        "created": reply.created,
        "model": reply.model.id,
    }
    for index, choice in enumerate(reply.choices):
        deltas = [{"role": "assistant", "content": ""}, *({"content": piece} for piece in choice.content)]
        if choice.tool_calls:
            deltas.append(_calls(choice))
        each = choice.completion_tokens / len(deltas)
        for delta in deltas:
            part = {"index": index, "delta": delta, "logprobs": None, "finish_reason": None}
            yield wire.Event(wire.sse({**frame, "choices": [part]}), each)
        end = {"index": index, "delta": {}, "logprobs": None, "finish_reason": choice.finish_reason}
        yield wire.Event(wire.sse({**frame, "choices": [end]}))
    if include_usage:
        yield wire.Event(wire.sse({**frame, "choices": [], "usage": _usage(reply)}))
    yield wire.Event(wire.DONE)


def _usage(reply: wire.Reply) -> dict:
    counted = wire.usage(reply)
    return {name: counted[name] for name in ("prompt_tokens", "completion_tokens", "total_tokens")}


def _calls(choice: wire.Choice) -> dict:
    calls = [
        {
            "index": index,
            "id": call_id,
            "type": "function",
            "function": {"name": call.name, "arguments": call.arguments},
        }
        for index, (call_id, call) in enumerate(choice.tool_calls)
    ]
    return {"tool_calls": calls} if calls else {}


def _json(value: object, status: int = 200) -> Response:
    return Response(wire.to_json(value), status, HEADERS, "application/json")


def _error(status: int, message: str, code: str | None) -> Response:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    return _json({"error": error}, status)


async def _refused(request: Request, error: Refused) -> Response:
    return _error(error.refusal.status, error.refusal.message, error.refusal.code)
