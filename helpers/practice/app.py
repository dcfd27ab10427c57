"""The routes of the practice endpoint: an ASGI application, with the headers of the service (contract 5.6)."""

import gzip
import time
import uuid
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from helpers.catalogue import models
from helpers.practice import checks, contract, faults, wire
from helpers.practice.compose import compose
from helpers.practice.contract import Refused
from helpers.practice.pace import PACES, Pace
from helpers.practice.place import PRACTICE
from helpers.practice.place import Pace as PaceName

MODELS_CREATED = 1752741600  # the one date seen in a list of models (contract 10)


def create(*, pace: PaceName = "realistic", developer_role: str = "accept") -> Starlette:
    """The application. It keeps nothing between two requests."""
    app = Starlette(
        routes=[
            Route(f"{PRACTICE.path}/chat/completions", chat, methods=["POST"]),
            Route(f"{PRACTICE.path}/models", list_models, methods=["GET"]),
        ],
        exception_handlers={Refused: _refused, HTTPException: _no_such_route, ClientDisconnect: _gone},
    )
    app.state.pace, app.state.developer_role = PACES[pace], developer_role
    return app


# ── Routes ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def list_models(request: Request) -> Response:
    """GET models: every id that chat/completions answers for."""
    call = _Call(request)
    checks.key(request.headers.get("authorization"))
    listed = [
        {"id": model.id, "object": "model", "created": MODELS_CREATED, "owned_by": "system"}
        for model in models().values()
        if model.chats
    ]
    return call.json({"object": "list", "data": listed})


async def chat(request: Request) -> Response:
    """POST chat/completions."""
    call = _Call(request)
    fault = faults.asked_for(request.headers.getlist(faults.HEADER))
    checks.key(request.headers.get("authorization"))
    given = checks.body(await checks.read(request.stream()))
    call.streams = given.get("stream") is True
    # Counting and composing are plain computing: in a thread they do not hold up the streams of others.
    order = await run_in_threadpool(
        checks.order, given, checks.model(given.get("model")), developer_role=request.app.state.developer_role
    )
    reply = await run_in_threadpool(compose, order, call.id)

    pace: Pace = request.app.state.pace
    if call.streams:
        events = wire.events(reply, include_usage=order.request.include_usage)
        if fault:
            return call.stream(fault.stream(events, pace, reply.prompt_tokens, call.asked))
        return call.stream(pace.out(events, reply.prompt_tokens, call.asked))
    await pace.whole(reply, call.asked)
    whole = call.json(wire.completion(reply))
    return StreamingResponse(fault.whole(whole.body), headers=whole.headers) if fault else whole


# ── Responses ────────────────────────────────────────────────────────────────────────────────────────────────────


class _Call:
    """One call's id and the moment it arrived, and the responses that carry them."""

    def __init__(self, request: Request) -> None:
        self.id = _call_id()
        self.arrived, self.asked = time.time(), time.monotonic()
        self.streams = False
        self.gzips = "gzip" in request.headers.get("accept-encoding", "")
        request.state.call = self

    def json(self, value: object, status: int = 200) -> Response:
        body, headers = wire.to_json(value), self._headers(finished=True)
        if self.gzips:
            body, headers["content-encoding"] = gzip.compress(body, mtime=0), "gzip"
        return Response(body, status, headers, "application/json")

    def stream(self, content: AsyncIterator[bytes]) -> Response:
        return StreamingResponse(content, 200, self._headers(finished=False) | wire.EVENT_STREAM)

    def refuse(self, refusal: contract.Refusal) -> Response:
        """The refusal as its layer and the kind of call have it: a refused stream is one SSE line (4.5)."""
        if self.streams and refusal.layer == "service":
            line = wire.sse(refusal.stream_body(self.id))
            return Response(line, refusal.status, self._headers(finished=True) | wire.EVENT_STREAM)
        return self.json(refusal.body(self.id), refusal.status)

    def _headers(self, *, finished: bool) -> dict[str, str]:
        now = time.time()
        took = str(round((now - self.arrived) * 1000))
        return {
            "vary": "Origin,Access-Control-Request-Method,Access-Control-Request-Headers, Accept-Encoding",
            "x-request-id": self.id,
            "x-dashscope-call-gateway": "true",
            "x-dashscope-finished": "true" if finished else "false",
            "x-dashscope-timeout": "3600",
            "req-cost-time": took,
            "req-arrive-time": str(round(self.arrived * 1000)),
            "resp-start-time": str(round(now * 1000)),
            "x-envoy-upstream-service-time": took,
            "server": "istio-envoy",
            "x-practice-endpoint": "scripted answers, no model",
        }


def _call_id() -> str:
    """A uuid whose third group begins with 9, as most of the service's do (contract 7)."""
    drawn = str(uuid.uuid4())
    return f"{drawn[:14]}9{drawn[15:]}"


async def _refused(request: Request, error: Refused) -> Response:
    return request.state.call.refuse(error.refusal)


async def _gone(request: Request, error: ClientDisconnect) -> Response:
    """The client left before its request was whole: nobody reads this."""
    return Response(status_code=400)


async def _no_such_route(request: Request, error: HTTPException) -> Response:
    wrong_method = error.status_code == 405
    refusal = contract.wrong_method(request.method) if wrong_method else contract.NOT_FOUND
    return _Call(request).refuse(refusal)
