"""Contract 8: the parameters that are taken, and what they do."""

import json

import pytest
from framing import chunks, message, whole

CLOCK = {
    "type": "function",
    "function": {
        "name": "get_time",
        "description": "The time in a city.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("temperature", value) for value in (0, 1, 1.99)),
        *(("top_p", value) for value in (0.01, 1)),
        *(("top_k", value) for value in (0, 1, 200, None)),
        *(("presence_penalty", value) for value in (-2, 0, 2)),
        ("frequency_penalty", 0.5),
        ("repetition_penalty", 1.1),
        *(("max_tokens", value) for value in (1, 32_768)),
        ("n", 1),
        *(("seed", value) for value in (0, 2**31 - 1)),
        *(("stop", value) for value in ("§", ["§", "¶"], None)),
        *(("parallel_tool_calls", value) for value in (True, False)),
        ("response_format", {"type": "text"}),
        ("stream", False),
    ],
)
def test_8_values_in_range(chat, field: str, value: object) -> None:
    question = "Reply with one word: yes"  # short by itself, where max_tokens is large
    assert whole(chat(question, **{field: value}))["choices"]


def test_8_unknown_fields_are_ignored(chat) -> None:
    fields = {"chat_template_kwargs": {"enable_thinking": True}, "no_such_field": [1, {"a": None}], "user": "me"}
    assert "reasoning_content" not in message(chat(**fields))


@pytest.mark.parametrize("limit", ["max_tokens", "max_completion_tokens"])
def test_8_a_limit_of_tokens(chat, limit: str) -> None:
    body = whole(chat("Count from one to a hundred, in words.", **{"max_tokens": None, limit: 6}))
    assert body["choices"][0]["finish_reason"] == "length"
    assert body["usage"]["completion_tokens"] == 6


def test_8_a_limit_of_tokens_in_a_stream(chat) -> None:
    found = chunks(chat("Count from one to a hundred, in words.", stream=True, max_tokens=6))
    assert found[-1]["choices"][0]["finish_reason"] == "length"


def test_8_n_answers(chat) -> None:
    body = whole(chat(n=3, max_tokens=8))
    assert [choice["index"] for choice in body["choices"]] == [0, 1, 2]
    assert all(choice["message"]["content"] for choice in body["choices"])
    assert body["usage"]["prompt_tokens"] == whole(chat(max_tokens=8))["usage"]["prompt_tokens"]


def test_8_n_answers_in_one_stream(chat) -> None:
    choices = [choice for chunk in chunks(chat(n=2, max_tokens=8, stream=True)) for choice in chunk["choices"]]
    assert {choice["index"] for choice in choices} == {0, 1}
    finished = [choice["index"] for choice in choices if choice.get("finish_reason")]
    assert sorted(finished) == [0, 1]


@pytest.mark.assumption(23)
def test_8_one_answer_with_tools(chat) -> None:
    assert chat(n=2, tools=[CLOCK]).status_code == 400


@pytest.mark.parametrize("stop", ["o", ["§", "o"]])
def test_8_stop_ends_the_answer_before_it(chat, stop: object) -> None:
    body = whole(chat("Repeat exactly: Hello world", stop=stop, max_tokens=32))
    assert "o" not in body["choices"][0]["message"]["content"]
    assert body["choices"][0]["finish_reason"] == "stop"


def test_8_the_same_seed_gives_the_same_answer(chat) -> None:
    def answer() -> str:
        return message(chat("Name a color.", seed=7, temperature=0))["content"]

    assert answer() == answer()


def test_8_json_mode(chat) -> None:
    question = "Give me a json object with the key name and the value Ada."
    assert isinstance(
        json.loads(message(chat(question, response_format={"type": "json_object"}, max_tokens=200))["content"]), dict
    )


def test_8_json_schema(chat) -> None:
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
        "required": ["name", "age"],
        "additionalProperties": False,
    }
    wanted = {"type": "json_schema", "json_schema": {"name": "person", "strict": True, "schema": schema}}
    question = "Ada is 36 years old. Give me that as json."
    found = json.loads(
        message(chat(question, model="qwen3.8-flash", enable_thinking=False, response_format=wanted, max_tokens=200))[
            "content"
        ]
    )
    assert set(found) == {"name", "age"}
    assert isinstance(found["age"], int)


@pytest.mark.parametrize("choice", [None, "auto", {"type": "function", "function": {"name": "get_time"}}])
def test_8_a_tool_is_called(chat, choice: object) -> None:
    fields = {} if choice is None else {"tool_choice": choice}
    body = whole(chat("What time is it in Paris?", tools=[CLOCK], max_tokens=200, **fields))
    assert body["choices"][0]["message"]["tool_calls"][0]["function"]["name"] == "get_time"


def test_8_tool_choice_none(chat) -> None:
    assert not message(chat("What time is it in Paris?", tools=[CLOCK], tool_choice="none")).get("tool_calls")


def test_8_tools_are_part_of_the_prompt(chat) -> None:
    question = "What time is it in Paris?"
    with_tools = whole(chat(question, tools=[CLOCK], tool_choice="none"))["usage"]["prompt_tokens"]
    assert with_tools > whole(chat(question))["usage"]["prompt_tokens"]


def test_8_a_poor_schema_is_accepted(chat) -> None:
    tool = {"type": "function", "function": {"name": "get_time", "parameters": {"type": "nonsense"}}}
    assert whole(chat("Say hello.", tools=[tool], tool_choice="none"))["choices"]


def test_8_logprobs_are_taken(chat) -> None:
    fields = {"model": "qwen3-32b", "enable_thinking": False, "logprobs": True}
    assert message(chat(top_logprobs=0, **fields))["content"]
    assert message(chat(top_logprobs=5, **fields))["content"]
