"""Contract 13: the order of checks, and what holds for every answer."""

import pytest
from framing import ID, chunks, service_error, streamed_error, whole

USER = {"role": "user", "content": "Say hello."}
STRANGE = {"role": "stranger", "content": "Hello!"}


@pytest.mark.assumption(24)
@pytest.mark.parametrize(
    ("headers", "status", "message"),
    [({}, 401, "You didn't provide an API key."), ({"authorization": "Bearer sk-mistyped"}, 401, "Incorrect API key")],
)
def test_13_1_the_key_is_checked_before_the_body(keyless, headers: dict, status: int, message: str) -> None:
    response = keyless.post("/chat/completions", headers=headers, content=b"{")
    assert response.status_code == status
    assert message in response.json()["error"]["message"]


# Each body has all the faults of those after it, so the message says which check comes first.
@pytest.mark.assumption(24)
@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"messages": [STRANGE], "temperature": 9}, 400, "you must provide a model parameter."),
        ({"model": "no-such-model", "messages": [STRANGE], "temperature": 9}, 404, "The model `no-such-model`"),
        ({"model": "qwen3-32b", "messages": [STRANGE], "temperature": 9}, 400, "stranger is not one of"),
        ({"model": "qwen3-32b", "messages": [USER], "temperature": 9}, 400, "Temperature should be in"),
        ({"model": "qwen3-32b", "messages": [USER]}, 400, "parameter.enable_thinking must be set to false"),
    ],
    ids=["no model", "unknown model", "role", "parameter", "thinking"],
)
def test_13_1_order_of_checks(http, body: dict, status: int, message: str) -> None:
    response = http.post("/chat/completions", json=body)
    assert response.status_code == status
    assert message in response.json()["error"]["message"]


def test_13_6_one_uuid_for_each_call(chat) -> None:
    answered, refused, streamed = chat(), chat(temperature=9), chat(stream=True)
    for response, id_ in [
        (answered, whole(answered)["id"]),
        (refused, f"chatcmpl-{refused.json()['request_id']}"),
        (streamed, chunks(streamed)[0]["id"]),
    ]:
        assert id_ == f"chatcmpl-{response.headers['x-request-id']}"
    assert service_error(refused)
    assert whole(answered)["id"] != chunks(streamed)[0]["id"]


def test_13_6_a_refused_stream_has_its_uuid_in_the_headers(chat) -> None:
    response = chat(temperature=9, stream=True)
    assert streamed_error(response)
    assert ID.search(response.text)[1] == response.headers["x-request-id"]


@pytest.mark.assumption(25)
def test_13_6_a_gateway_error_has_its_uuid_in_the_headers(chat) -> None:
    response = chat(model="no-such-model")
    assert response.json()["request_id"] == response.headers["x-request-id"]


@pytest.mark.parametrize("model", ["qwen-flash", "qwen3.5-flash", "qwen-plus-latest"])
def test_13_9_the_model_is_the_one_that_was_asked_for(chat, model: str) -> None:
    assert whole(chat(model=model, enable_thinking=False))["model"] == model


@pytest.mark.practice_only
def test_13_a_call_leaves_no_trace_for_the_next(chat) -> None:
    before = whole(chat("Who am I?"))["choices"]
    assert whole(chat("My name is Ada."))
    assert whole(chat("Who am I?"))["choices"] == before
