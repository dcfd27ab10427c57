"""Contract 3: thinking. Which models do, how it is switched and limited, and what it cannot be combined with."""

import pytest
from framing import chunks, joined, message, refused, service_error, streamed_error, whole

THINKING = {"enable_thinking": True}
SHORT_THINKING = {"enable_thinking": True, "thinking_budget": 16}
STREAM = {"stream": True, "stream_options": {"include_usage": True}}
NON_STREAM_REFUSED = "parameter.enable_thinking must be set to false for non-streaming calls"


def reasoning_tokens(body: dict) -> int:
    return (body["usage"].get("completion_tokens_details") or {}).get("reasoning_tokens", 0)


def test_3_1_enable_thinking_is_a_top_level_field_which_the_sdk_takes_in_extra_body(sdk) -> None:
    answer = sdk.chat.completions.create(
        model="qwen-plus",
        messages=[{"role": "user", "content": "Say hello."}],
        max_tokens=16,
        extra_body=SHORT_THINKING,
    )
    assert answer.choices[0].message.reasoning_content


def test_3_1_chat_template_kwargs_is_ignored(chat) -> None:
    refusal = refused(chat(model="qwen3-32b", chat_template_kwargs={"enable_thinking": False}))
    assert refusal == NON_STREAM_REFUSED


@pytest.mark.parametrize("model", ["qwen3.5-flash", "qwen3.5-plus", "qwen3.6-flash"])
def test_3_2_newer_hybrids_think_unless_told_not_to(chat, model: str) -> None:
    assert reasoning_tokens(whole(chat(model=model, thinking_budget=16))) > 0
    assert reasoning_tokens(whole(chat(model=model, enable_thinking=False))) == 0


@pytest.mark.parametrize("model", ["qwen3-32b", "qwen3-8b"])
def test_3_2_open_qwen3_hybrids_think_unless_told_not_to(chat, model: str) -> None:
    assert joined(chat(model=model, thinking_budget=16, **STREAM), "reasoning_content")
    assert not message(chat(model=model, enable_thinking=False)).get("reasoning_content")


@pytest.mark.parametrize("model", ["qwen-plus", "qwen-flash", "qwen3-max"])
def test_3_2_commercial_hybrids_think_only_when_told_to(chat, model: str) -> None:
    assert reasoning_tokens(whole(chat(model=model))) == 0
    assert reasoning_tokens(whole(chat(model=model, **SHORT_THINKING))) > 0


def test_3_2_a_thinking_only_model_cannot_be_told_not_to(chat) -> None:
    refusal = refused(chat(model="qwen3-next-80b-a3b-thinking", enable_thinking=False))
    assert refusal == "The value of the enable_thinking parameter is restricted to True."


@pytest.mark.assumption(2)
def test_3_2_a_model_that_cannot_think_says_so(chat) -> None:
    error = service_error(chat(model="qwen-max", **THINKING))
    assert error["message"] == "The model qwen-max does not support enable_thinking."
    assert error["code"] == "InvalidParameter.NotSupportEnableThinking"


@pytest.mark.assumption(3)
@pytest.mark.parametrize("model", ["qwen3-235b-a22b", "qwen3-32b", "qwen3-30b-a3b", "qwen3-14b", "qwen3-8b"])
def test_3_3_open_qwen3_hybrids_refuse_to_think_without_stream(chat, model: str) -> None:
    assert refused(chat(model=model)) == NON_STREAM_REFUSED
    assert refused(chat(model=model, **THINKING)) == NON_STREAM_REFUSED


def test_3_3_they_answer_without_thinking_or_with_stream(chat) -> None:
    assert message(chat(model="qwen3-32b", enable_thinking=False))["content"]
    assert joined(chat(model="qwen3-32b", stream=True, thinking_budget=16), "content")


@pytest.mark.parametrize("model", ["qwen-plus", "qwen-flash", "qwen3-max", "qwen3.5-27b"])
def test_3_3_others_think_without_stream(chat, model: str) -> None:
    assert message(chat(model=model, **SHORT_THINKING))["reasoning_content"]


def test_3_3_qwq_is_for_streams_only(chat) -> None:
    text = "This model only support stream mode, please enable the stream parameter to access the model. "
    assert refused(chat(model="qwq-plus")) == text


@pytest.mark.assumption(4)
@pytest.mark.parametrize("budget", [0, -1, 81_921])
def test_3_4_thinking_budget_has_a_range(chat, budget: int) -> None:
    refusal = refused(chat(enable_thinking=True, thinking_budget=budget))
    assert refusal == "The thinking_budget parameter must be a positive integer and not greater than 81920"


def test_3_4_thinking_budget_limits_the_thinking(chat) -> None:
    body = whole(chat("What is 17 * 24?", enable_thinking=True, thinking_budget=10))
    assert 0 < reasoning_tokens(body) <= 20


def test_3_4_max_tokens_leaves_the_thinking_alone(chat) -> None:
    body = whole(chat("What is 17 * 24?", enable_thinking=True, thinking_budget=40, max_tokens=2))
    assert reasoning_tokens(body) > 2
    assert body["usage"]["completion_tokens"] - reasoning_tokens(body) <= 2


def test_3_4_max_completion_tokens_covers_thinking_and_answer(chat) -> None:
    body = whole(chat("What is 17 * 24?", model="qwen3.5-flash", max_tokens=None, max_completion_tokens=20))
    assert body["usage"]["completion_tokens"] <= 30  # give or take 10, the documentation says
    assert body["choices"][0]["finish_reason"] == "length"


@pytest.mark.parametrize("effort", ["xhigh", "medium", "low", "max", "high", "minimal"])
def test_3_4_reasoning_effort_has_three_levels_and_three_other_names(chat, effort: str) -> None:
    limits = {"max_tokens": None, "max_completion_tokens": 12}
    assert reasoning_tokens(whole(chat(model="qwen3.8-flash", reasoning_effort=effort, **limits))) > 0


def test_3_4_reasoning_effort_none_switches_thinking_off(chat) -> None:
    assert reasoning_tokens(whole(chat(model="qwen3.8-flash", reasoning_effort="none"))) == 0


@pytest.mark.assumption(5)
def test_3_4_other_reasoning_efforts_are_refused(chat) -> None:
    assert refused(chat(model="qwen3.8-flash", reasoning_effort="enormous"))


@pytest.mark.assumption(5)
def test_3_4_reasoning_effort_and_thinking_budget_exclude_each_other(chat) -> None:
    assert refused(chat(model="qwen3.8-flash", reasoning_effort="low", thinking_budget=100))


def test_3_4_no_think_in_the_prompt_switches_open_hybrids_off(chat) -> None:
    assert not joined(chat("Say hello. /no_think", model="qwen3-8b", stream=True), "reasoning_content").strip()


@pytest.mark.assumption(6)
def test_3_5_qwen3_5_27b_thinks_without_a_budget(chat) -> None:
    body = whole(chat(model="qwen3.5-27b", max_tokens=None, max_completion_tokens=16, **THINKING))
    assert reasoning_tokens(body) > 0


def test_3_6_completion_tokens_include_reasoning_tokens(chat) -> None:
    usage = whole(chat(**SHORT_THINKING))["usage"]
    reasoning = usage["completion_tokens_details"]["reasoning_tokens"]
    assert 0 < reasoning < usage["completion_tokens"] <= reasoning + 16
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


def test_3_6_thinking_and_answer_never_share_a_chunk(chat) -> None:
    fields = [(delta["reasoning_content"], delta["content"]) for delta in thinking_deltas(chat)]
    assert all(content is None or reasoning is None for reasoning, content in fields)
    answering = [content is not None for _, content in fields]
    assert answering == sorted(answering), "thinking comes first"
    assert any(reasoning for reasoning, _ in fields)
    assert any(content for _, content in fields)


def thinking_deltas(chat) -> list[dict]:
    return [chunk["choices"][0]["delta"] for chunk in chunks(chat(stream=True, **SHORT_THINKING)) if chunk["choices"]]


HISTORY = [
    {"role": "user", "content": "Say hello."},
    {"role": "assistant", "content": "Hello!"},
    {"role": "user", "content": "Again."},
]
THOUGHTFUL = [HISTORY[0], {**HISTORY[1], "reasoning_content": "They want a greeting. " * 10}, HISTORY[2]]


def prompt_tokens(chat, messages: list[dict], **fields: object) -> int:
    return whole(chat(messages=messages, enable_thinking=False, max_tokens=4, **fields))["usage"]["prompt_tokens"]


@pytest.mark.parametrize("model", ["qwen-plus", "qwen3.6-plus"])
def test_3_7_reasoning_content_in_the_history_is_ignored(chat, model: str) -> None:
    assert prompt_tokens(chat, THOUGHTFUL, model=model) == prompt_tokens(chat, HISTORY, model=model)


def test_3_7_preserve_thinking_puts_it_into_the_prompt(chat) -> None:
    ignored = prompt_tokens(chat, THOUGHTFUL, model="qwen3.6-plus", preserve_thinking=False)
    assert prompt_tokens(chat, THOUGHTFUL, model="qwen3.6-plus", preserve_thinking=True) > ignored + 30


def test_3_7_preserve_thinking_is_the_default_of_qwen3_8(chat) -> None:
    ignored = prompt_tokens(chat, THOUGHTFUL, model="qwen3.8-flash", preserve_thinking=False)
    assert prompt_tokens(chat, THOUGHTFUL, model="qwen3.8-flash") > ignored + 30


def test_3_8_json_mode_excludes_thinking(chat) -> None:
    refusal = refused(chat("Say hello in json.", response_format={"type": "json_object"}, **THINKING))
    assert refusal == "Json mode response is not supported when enable_thinking is true"


TOOL = {"type": "function", "function": {"name": "greet", "parameters": {"type": "object", "properties": {}}}}


@pytest.mark.parametrize("choice", ["required", {"type": "function", "function": {"name": "greet"}}])
def test_3_8_a_forced_tool_excludes_thinking(chat, choice: object) -> None:
    refusal = refused(chat(tools=[TOOL], tool_choice=choice, **THINKING))
    assert refusal == "The tool_choice parameter does not support being set to required or object in thinking mode"


def test_3_8_web_search_excludes_thinking_without_stream(chat) -> None:
    error = service_error(chat(enable_search=True, **THINKING))
    assert error["message"].endswith("Non-streaming mode does not support Web Search in thinking mode.")


def test_3_8_conflicts_are_reported_to_streams_in_a_frame(chat) -> None:
    error = streamed_error(chat("Say hello in json.", response_format={"type": "json_object"}, stream=True, **THINKING))
    assert error["message"].endswith("Json mode response is not supported when enable_thinking is true")
