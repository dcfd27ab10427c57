"""Contract 4: streams, byte for byte."""

import json
import re

import openai
import pytest
from framing import DONE, ID, chunks, deltas, joined, streamed_error, whole

CHUNK_KEYS = ["choices", "object", "usage", "created", "system_fingerprint", "model", "id"]
USAGE = {"stream_options": {"include_usage": True}}
THINKING = {"enable_thinking": True, "thinking_budget": 16}
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_current_weather",
        "description": "The weather of a city.",
        "parameters": {"type": "object", "properties": {"location": {"type": "string"}}, "required": ["location"]},
    },
}


def test_4_framing(chat) -> None:
    response = chat(stream=True)
    assert response.headers["content-type"].partition(";")[0] == "text/event-stream"
    assert response.content.endswith(b"\n\n" + DONE)
    assert chunks(response)


def test_4_json_is_written_without_blanks_and_with_its_characters_as_they_are(chat) -> None:
    body = chat("请用中文说：你好。", stream=True).content
    assert re.search("[一-鿿]", body.decode("utf-8"))
    assert b"\\u" not in body
    assert b'{"choices":[{' in body


def test_4_keys_of_a_chunk(chat) -> None:
    assert {tuple(chunk) for chunk in chunks(chat(stream=True, **USAGE))} == {tuple(CHUNK_KEYS)}


def test_4_what_all_chunks_share(chat) -> None:
    shared = {(chunk["id"], chunk["created"], chunk["model"]) for chunk in chunks(chat(stream=True, **USAGE))}
    ((id_, created, model),) = shared
    assert ID.fullmatch(id_)
    assert isinstance(created, int)
    assert model == "qwen-plus"


@pytest.mark.parametrize("options", [{}, USAGE, {"stream_options": {"include_usage": False}}])
def test_4_usage_is_null_but_in_the_usage_chunk(chat, options: dict) -> None:
    found = chunks(chat(stream=True, **options))
    asked_for = options == USAGE
    with_usage = [chunk for chunk in found if chunk["usage"] is not None]
    assert with_usage == (found[-1:] if asked_for else [])
    assert [chunk for chunk in found if not chunk["choices"]] == with_usage


def test_4_the_reason_to_finish_comes_last_and_once(chat) -> None:
    found = [chunk for chunk in chunks(chat(stream=True, max_tokens=None)) if chunk["choices"]]
    reasons = [chunk["choices"][0].get("finish_reason") for chunk in found]
    assert reasons[-1] == "stop"
    assert set(reasons[:-1]) == {None}


def frames(response) -> list[str]:
    """The choices of each chunk as they are written."""
    written = re.findall(r'^data: \{"choices":(\[.*?\]),"object":', response.text, re.MULTILINE)
    assert len(written) == len(chunks(response))
    return written


def test_4_1_the_form_of_an_answer_without_thinking(chat) -> None:
    first, second, *others, last, usage = frames(chat("Count from one to five.", stream=True, max_tokens=None, **USAGE))
    text = r'"(?:[^"\\]|\\.)+"'
    assert first == '[{"delta":{"content":"","role":"assistant"},"index":0,"logprobs":null,"finish_reason":null}]'
    assert re.fullmatch(
        rf'\[\{{"finish_reason":null,"delta":\{{"content":{text}\}},"index":0,"logprobs":null\}}\]', second
    )
    for frame in others:
        assert re.fullmatch(
            rf'\[\{{"delta":\{{"content":{text}\}},"finish_reason":null,"index":0,"logprobs":null\}}\]', frame
        )
    assert last == '[{"finish_reason":"stop","delta":{"content":""},"index":0,"logprobs":null}]'
    assert usage == "[]"


@pytest.mark.assumption(7)
def test_4_1_the_usage_of_an_answer_without_thinking(chat) -> None:
    usage = chunks(chat(stream=True, **USAGE))[-1]["usage"]
    assert list(usage) == ["prompt_tokens", "completion_tokens", "total_tokens", "prompt_tokens_details"]
    assert usage["prompt_tokens_details"] == {"cached_tokens": 0}
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


def test_4_2_the_form_of_thinking_and_answer(chat) -> None:
    first, second, *others, last, usage = frames(chat(stream=True, max_tokens=None, **THINKING, **USAGE))
    text = r'"(?:[^"\\]|\\.)+"'
    rest = r'"finish_reason":null,"index":0,"logprobs":null'
    thought = rf'\[\{{"delta":\{{"content":null,"reasoning_content":{text}\}},{rest}\}}\]'
    answer = rf'\[\{{"delta":\{{"content":{text},"reasoning_content":null\}},{rest}\}}\]'
    assert first == (
        '[{"delta":{"content":null,"role":"assistant","reasoning_content":""},'
        '"index":0,"logprobs":null,"finish_reason":null}]'
    )
    assert re.fullmatch(
        rf'\[\{{"finish_reason":null,"logprobs":null,"delta":\{{"content":null,"reasoning_content":{text}\}},"index":0\}}\]',
        second,
    )
    assert all(re.fullmatch(f"{thought}|{answer}", frame) for frame in others)
    assert last == (
        '[{"finish_reason":"stop","delta":{"content":"","reasoning_content":null},"index":0,"logprobs":null}]'
    )
    assert usage == "[]"


def test_4_2_the_usage_of_thinking_and_answer(chat) -> None:
    usage = chunks(chat(stream=True, **THINKING, **USAGE))[-1]["usage"]
    assert list(usage) == [
        "prompt_tokens",
        "completion_tokens",
        "total_tokens",
        "completion_tokens_details",
        "prompt_tokens_details",
    ]
    assert list(usage["completion_tokens_details"]) == ["reasoning_tokens"]


def test_4_3_qwen3_5_opens_with_text(chat) -> None:
    found = chunks(chat(model="qwen3.5-flash", stream=True, thinking_budget=16))
    first = found[0]["choices"][0]
    assert list(first) == ["delta", "finish_reason", "index", "logprobs"]
    assert list(first["delta"]) == ["content", "reasoning_content", "role"]
    assert first["delta"]["content"] is None
    assert first["delta"]["reasoning_content"]
    assert not any("role" in chunk["choices"][0]["delta"] for chunk in found[1:])


@pytest.mark.assumption(8)
def test_4_3_qwen3_32b_opens_as_qwen_plus_does(chat) -> None:
    first = deltas(chat(model="qwen3-32b", stream=True, thinking_budget=16))[0]
    assert first == {"content": None, "role": "assistant", "reasoning_content": ""}


def called(chat, **fields: object) -> list[dict]:
    question = "What is the weather in Hangzhou?"
    return [
        chunk["choices"][0]
        for chunk in chunks(
            chat(question, model="qwen3.5-flash", stream=True, max_tokens=200, tools=[WEATHER], **fields)
        )
    ]


def test_4_3_a_tool_call_in_pieces(chat) -> None:
    choices = called(chat, enable_thinking=False)
    pieces = [choice["delta"]["tool_calls"] for choice in choices if choice["delta"].get("tool_calls")]
    assert all(len(piece) == 1 for piece in pieces)
    first, *others = (piece[0] for piece in pieces)
    assert list(first) == ["index", "id", "type", "function"]
    assert (first["index"], first["type"]) == (0, "function")
    assert re.fullmatch("call_[0-9a-f]{20,24}", first["id"])
    assert first["function"] == {"name": "get_current_weather", "arguments": ""}
    assert all((piece["index"], piece["id"], piece["type"]) == (0, "", "function") for piece in others)
    assert not any("name" in piece["function"] for piece in others)
    arguments = json.loads("".join(piece["function"]["arguments"] for piece in others))
    assert list(arguments) == ["location"]


def test_4_3_the_last_piece_of_a_tool_call_is_empty_and_lacks_keys(chat) -> None:
    *_, last_piece, finish = called(chat, enable_thinking=False)
    assert last_piece == {
        "delta": {"tool_calls": [{"function": {"arguments": ""}, "index": 0, "id": "", "type": "function"}]},
        "index": 0,
    }
    assert list(finish) == ["finish_reason", "delta", "index", "logprobs"]
    assert finish["finish_reason"] == "tool_calls"
    assert finish["delta"] == {"content": "", "reasoning_content": None}


def test_4_3_a_tool_call_after_thinking(chat) -> None:
    choices = called(chat, thinking_budget=32)
    assert choices[0]["delta"]["reasoning_content"]
    assert choices[-1]["finish_reason"] == "tool_calls"


def test_4_4_qwen3_5_counts_text_tokens(chat) -> None:
    usage = whole(chat(model="qwen3.5-flash", enable_thinking=False))["usage"]
    assert usage["prompt_tokens_details"]["text_tokens"] == usage["prompt_tokens"]
    assert usage["completion_tokens_details"]["text_tokens"] == usage["completion_tokens"]


BAD = {"top_logprobs": 9, "logprobs": True}
BAD_TEXT = "Range of top_logprobs should be [0, 5]"


def test_4_5_a_refused_stream_is_one_frame(chat) -> None:
    assert streamed_error(chat(stream=True, **BAD)) == {
        "code": "invalid_parameter_error",
        "param": None,
        "message": BAD_TEXT,
        "type": "invalid_request_error",
    }


@pytest.mark.assumption(9)
def test_4_5_content_type_of_a_refused_stream(chat) -> None:
    assert chat(stream=True, **BAD).headers["content-type"].partition(";")[0] == "text/event-stream"


def test_4_5_the_sdk_loses_the_reason_of_a_refused_stream(sdk) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        sdk.chat.completions.create(
            model="qwen-plus",
            messages=[{"role": "user", "content": "Hello!"}],
            stream=True,
            logprobs=True,
            top_logprobs=9,
        )
    assert str(caught.value) == "Error code: 400"
    assert caught.value.code is None
    assert caught.value.body.startswith('data: {"error":')
    assert BAD_TEXT in caught.value.body


def test_4_5_the_sdk_keeps_the_reason_without_a_stream(sdk) -> None:
    with pytest.raises(openai.BadRequestError, match=r"^Error code: 400 - .*Range of top_logprobs") as caught:
        sdk.chat.completions.create(
            model="qwen-plus", messages=[{"role": "user", "content": "Hello!"}], logprobs=True, top_logprobs=9
        )
    assert caught.value.code == "invalid_parameter_error"


@pytest.mark.assumption(10)
def test_4_5_the_gateway_answers_streams_in_plain_json(chat) -> None:
    response = chat(model="qwen3.5-32b", stream=True)
    assert response.status_code == 404
    assert response.headers["content-type"].partition(";")[0] == "application/json"
    assert response.json()["error"]["code"] == "model_not_found"


@pytest.mark.assumption(11)
def test_4_5_stream_options_need_a_stream(chat) -> None:
    assert chat(stream=False, **USAGE).status_code == 400
    assert chat(**USAGE).status_code == 400


def test_4_the_sdk_reads_a_stream(sdk) -> None:
    stream = sdk.chat.completions.create(
        model="qwen-plus",
        messages=[{"role": "user", "content": "Say hello."}],
        max_tokens=16,
        stream=True,
        **USAGE,
        extra_body=THINKING,
    )
    found = list(stream)
    reasoning = "".join(chunk.choices[0].delta.reasoning_content or "" for chunk in found if chunk.choices)
    content = "".join(chunk.choices[0].delta.content or "" for chunk in found if chunk.choices)
    assert reasoning
    assert content
    assert found[-1].usage.completion_tokens_details.reasoning_tokens > 0


def test_4_a_stream_and_a_whole_answer_count_alike(chat) -> None:
    usage = whole(chat("Say hello.", max_tokens=4))["usage"]
    assert chunks(chat("Say hello.", max_tokens=4, stream=True, **USAGE))[-1]["usage"] == usage


@pytest.mark.practice_only
def test_4_a_stream_and_a_whole_answer_say_the_same(chat) -> None:
    question = "Write a sentence about rain."
    whole_answer = whole(chat(question, max_tokens=None))["choices"][0]["message"]["content"]
    assert joined(chat(question, max_tokens=None, stream=True), "content") == whole_answer
