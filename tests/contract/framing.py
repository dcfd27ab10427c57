"""Reading what the endpoint sends, as strictly as the contract describes it."""

import json
import re
from typing import Any

import httpx2

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
ID = re.compile(f"chatcmpl-({UUID})")
DONE = b"data: [DONE]\n\n"
ALGORITHM = "<400> InternalError.Algo.InvalidParameter: "  # stands before many a message, and before many not


def events(body: bytes) -> list[dict[str, Any]]:
    """The chunks of a complete stream, each `data: ` + one line of JSON + a blank line, then [DONE] (contract 4)."""
    assert body.endswith(DONE), body[-200:]
    frames = body.removesuffix(DONE).split(b"\n\n")
    assert frames.pop() == b""
    assert all(frame.startswith(b"data: {") and b"\n" not in frame for frame in frames), body[:400]
    return [json.loads(frame.removeprefix(b"data: ")) for frame in frames]


def chunks(response: httpx2.Response) -> list[dict[str, Any]]:
    """The chunks of a stream that was answered."""
    assert response.status_code == 200, response.text
    return events(response.content)


def deltas(response: httpx2.Response) -> list[dict[str, Any]]:
    """What each chunk with a choice adds."""
    return [chunk["choices"][0]["delta"] for chunk in chunks(response) if chunk["choices"]]


def whole(response: httpx2.Response) -> dict[str, Any]:
    """The body of a call that was answered without a stream."""
    assert response.status_code == 200, response.text
    return response.json()


def message(response: httpx2.Response) -> dict[str, Any]:
    """The one message of a call that was answered without a stream."""
    return whole(response)["choices"][0]["message"]


def joined(response: httpx2.Response, field: str) -> str:
    """All that a stream adds to `content` or `reasoning_content`."""
    return "".join(delta.get(field) or "" for delta in deltas(response))


def gateway_error(response: httpx2.Response, status: int) -> dict[str, Any]:
    """The error of the gateway: message, type, param, code and a request id, in this order (contract 7)."""
    assert response.status_code == status, response.text
    body = response.json()
    assert list(body) == ["error", "request_id"]
    assert list(body["error"]) == ["message", "type", "param", "code"]
    assert re.fullmatch(UUID, body["request_id"])
    return body["error"]


def service_error(response: httpx2.Response, status: int = 400) -> dict[str, Any]:
    """The error of the model service: code, param, message, type; id and request id of one uuid (contract 7)."""
    assert response.status_code == status, response.text
    body = response.json()
    assert list(body) == ["error", "id", "request_id"]
    assert list(body["error"]) == ["code", "param", "message", "type"]
    assert ID.fullmatch(body["id"])[1] == body["request_id"]
    return body["error"]


def streamed_error(response: httpx2.Response, status: int = 400) -> dict[str, Any]:
    """The error of the model service to a call with stream: true: one SSE line, no request id (contract 4.5)."""
    assert response.status_code == status, response.text
    assert response.content.startswith(b'data: {"error":{"code":')
    assert response.content.endswith(b"}\n\n")
    assert response.content.count(b"\n") == 2
    body = json.loads(response.content.removeprefix(b"data: "))
    assert list(body) == ["error", "id"]
    assert list(body["error"]) == ["code", "param", "message", "type"]
    assert ID.fullmatch(body["id"])
    return body["error"]


def refused(response: httpx2.Response) -> str:
    """What the model service says against a parameter (contract 7.7), without the prefix that it has at times."""
    error = service_error(response)
    assert (error["code"], error["type"], error["param"]) == ("invalid_parameter_error", "invalid_request_error", None)
    return error["message"].removeprefix(ALGORITHM)
