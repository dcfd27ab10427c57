"""Contract 5: the answer to a call without a stream, its body and its headers."""

import json
import re
import time

import pytest
from framing import ID, UUID, message, whole

WEATHER = {
    "type": "function",
    "function": {
        "name": "get_current_weather",
        "description": "The weather of a city.",
        "parameters": {"type": "object", "properties": {"location": {"type": "string"}}, "required": ["location"]},
    },
}


@pytest.mark.assumption(12)
def test_5_1_keys_of_an_answer(chat) -> None:
    body = whole(chat())
    assert list(body) == ["choices", "object", "usage", "created", "system_fingerprint", "model", "id"]
    assert list(body["choices"][0]) == ["message", "finish_reason", "index", "logprobs"]


def test_5_1_values_of_an_answer(chat) -> None:
    body = whole(chat(max_tokens=None))
    (choice,) = body["choices"]
    assert (body["object"], body["system_fingerprint"], body["model"]) == ("chat.completion", None, "qwen-plus")
    assert ID.fullmatch(body["id"])
    assert abs(body["created"] - time.time()) < 300
    assert (choice["finish_reason"], choice["index"], choice["logprobs"]) == ("stop", 0, None)
    assert choice["message"]["role"] == "assistant"
    assert choice["message"]["content"]


@pytest.mark.assumption(12)
def test_5_2_a_message_without_thinking_has_two_fields(chat) -> None:
    assert list(message(chat())) == ["content", "role"]


def test_5_2_usage(chat) -> None:
    usage = whole(chat())["usage"]
    assert list(usage) == ["prompt_tokens", "completion_tokens", "total_tokens", "prompt_tokens_details"]
    assert usage["prompt_tokens_details"] == {"cached_tokens": 0}
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert 0 < usage["completion_tokens"] <= 16


def test_5_2_hello_is_a_prompt_of_nine_tokens(chat) -> None:
    assert whole(chat("Hello", model="qwen-flash"))["usage"]["prompt_tokens"] == 9


@pytest.mark.assumption(13)
def test_5_2_newer_models_always_have_reasoning_content(chat) -> None:
    body = whole(chat(model="qwen3.5-flash", enable_thinking=False))
    assert list(body["choices"][0]["message"]) == ["content", "reasoning_content", "role"]
    assert body["choices"][0]["message"]["reasoning_content"] == ""
    assert "cached_tokens" not in body["usage"]["prompt_tokens_details"]


@pytest.mark.assumption(14)
def test_5_3_an_answer_with_thinking(chat) -> None:
    body = whole(chat(enable_thinking=True, thinking_budget=16))
    assert list(body["choices"][0]["message"]) == ["content", "reasoning_content", "role"]
    assert body["choices"][0]["message"]["reasoning_content"]
    assert list(body["usage"]) == [
        "prompt_tokens",
        "completion_tokens",
        "total_tokens",
        "completion_tokens_details",
        "prompt_tokens_details",
    ]
    assert list(body["usage"]["completion_tokens_details"]) == ["reasoning_tokens"]


@pytest.mark.assumption(15)
def test_5_4_a_tool_call(chat) -> None:
    body = whole(chat("What is the weather in Hangzhou?", tools=[WEATHER], max_tokens=200))
    (choice,) = body["choices"]
    (call,) = choice["message"]["tool_calls"]
    assert choice["finish_reason"] == "tool_calls"
    assert set(choice["message"]) == {"content", "role", "tool_calls"}
    assert choice["message"]["content"] == ""
    assert set(call) == {"id", "function", "type", "index"}
    assert (call["type"], call["index"]) == ("function", 0)
    assert re.fullmatch("call_[0-9a-f]{20,24}", call["id"])
    assert set(call["function"]) == {"arguments", "name"}
    assert call["function"]["name"] == "get_current_weather"
    assert list(json.loads(call["function"]["arguments"])) == ["location"]


def test_5_5_an_answer_cut_short_says_so(chat) -> None:
    body = whole(chat("Count from one to a hundred, in words.", max_tokens=5))
    assert body["choices"][0]["finish_reason"] == "length"
    assert body["usage"]["completion_tokens"] == 5


def test_5_6_the_request_id_is_in_the_headers_and_in_the_id(chat) -> None:
    response = chat()
    assert re.fullmatch(UUID, response.headers["x-request-id"])
    assert whole(response)["id"] == f"chatcmpl-{response.headers['x-request-id']}"


def test_5_6_headers_of_the_gateway(chat) -> None:
    headers = chat().headers
    assert headers["content-type"].partition(";")[0] == "application/json"
    assert headers["x-dashscope-call-gateway"] == "true"
    assert headers["x-dashscope-finished"] == "true"
    assert headers["server"] == "istio-envoy"
    assert headers["vary"] == "Origin,Access-Control-Request-Method,Access-Control-Request-Headers, Accept-Encoding"
    assert {"date", "x-dashscope-timeout"} <= set(headers)
    for name in ("x-dashscope-timeout", "req-cost-time", "req-arrive-time", "resp-start-time"):
        assert headers[name].isdecimal()
    assert headers["x-envoy-upstream-service-time"].isdecimal()
    assert int(headers["resp-start-time"]) >= int(headers["req-arrive-time"])


def test_5_6_answers_are_compressed_for_those_who_take_it(http, chat) -> None:
    assert chat().headers["content-encoding"] == "gzip"
    body = {"model": "qwen-plus", "messages": [{"role": "user", "content": "Say hello."}], "max_tokens": 16}
    plain = http.post("/chat/completions", json=body, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert whole(plain)


def test_5_6_no_rate_limits_in_the_headers(chat) -> None:
    for response in (chat(), chat(stream=True), chat(model="no-such-model")):
        assert not [name for name in response.headers if name.startswith("x-ratelimit") or name == "retry-after"]


@pytest.mark.practice_only
def test_5_6_the_practice_endpoint_says_what_it_is(http, chat) -> None:
    responses = [chat(), chat(stream=True), chat(model="no-such-model"), chat(temperature=9), http.get("/models")]
    assert all(response.headers["x-practice-endpoint"] for response in responses)


def test_5_the_sdk_reads_an_answer(sdk) -> None:
    answer = sdk.chat.completions.create(
        model="qwen-plus", messages=[{"role": "user", "content": "Say hello."}], max_tokens=16
    )
    assert answer.choices[0].message.content
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens


def test_5_the_sdk_reads_a_tool_call(sdk) -> None:
    answer = sdk.chat.completions.create(
        model="qwen-plus",
        messages=[{"role": "user", "content": "What is the weather in Hangzhou?"}],
        tools=[WEATHER],
        max_tokens=200,
    )
    assert answer.choices[0].message.tool_calls[0].function.name == "get_current_weather"


@pytest.mark.practice_only
def test_5_the_same_request_has_the_same_answer_but_for_id_and_time(chat) -> None:
    def stable() -> str:
        text = chat("Tell me about tea.", max_tokens=None).text
        return re.sub(rf'"created":\d+|"chatcmpl-{UUID}"', "…", text)

    assert stable() == stable()
