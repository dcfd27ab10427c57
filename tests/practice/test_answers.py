"""What a request asks of the form of its answer, it gets: cut, stopped, counted, repeated."""

import json
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

STORY = "Write a story about the sea in 200 words."


def content(body: dict, choice: int = 0) -> str:
    return body["choices"][choice]["message"]["content"]


def without_ids(body: dict) -> dict:
    return {name: value for name, value in body.items() if name not in ("id", "created")}


def test_the_same_request_has_the_same_answer(ask) -> None:
    assert without_ids(ask(STORY)) == without_ids(ask(STORY))


def test_seed_and_temperature_vary_it(ask) -> None:
    warm = {content(ask(STORY, temperature=1.5, seed=seed)) for seed in range(8)}
    cold = {content(ask(STORY, temperature=0, seed=seed)) for seed in range(8)}
    assert len(cold) == 1 < len(warm)


def test_n_gives_several_choices_and_counts_them_all(ask) -> None:
    one, three = ask(STORY, temperature=1.5), ask(STORY, temperature=1.5, n=3)
    assert [choice["index"] for choice in three["choices"]] == [0, 1, 2]
    assert len({content(three, index) for index in range(3)}) > 1
    assert three["usage"]["prompt_tokens"] == one["usage"]["prompt_tokens"]
    assert three["usage"]["completion_tokens"] > 2 * one["usage"]["completion_tokens"]


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_a_limit_cuts_the_answer_and_says_so(ask, name: str) -> None:
    whole, cut = ask(STORY), ask(STORY, **{name: 12})
    assert cut["choices"][0]["finish_reason"] == "length"
    assert cut["usage"]["completion_tokens"] == 12
    assert content(whole).startswith(content(cut))
    assert whole["choices"][0]["finish_reason"] == "stop"


def test_max_tokens_leaves_the_thinking_alone_and_max_completion_tokens_does_not(ask) -> None:
    question = {"text": "Which is larger, 9.9 or 9.11?", "enable_thinking": True}
    answer_only, both = ask(**question, max_tokens=3), ask(**question, max_completion_tokens=5)
    details = answer_only["usage"]["completion_tokens_details"]
    assert answer_only["usage"]["completion_tokens"] == details["reasoning_tokens"] + 3
    assert both["usage"]["completion_tokens"] == 5
    assert content(both) == ""
    assert both["choices"][0]["finish_reason"] == "length"


def test_stop_ends_before_the_sequence(ask) -> None:
    whole = content(ask(STORY))
    word = whole.split()[5]
    stopped = ask(STORY, stop=["never in there 42", word])
    assert content(stopped) == whole[: whole.index(word)]
    assert stopped["choices"][0]["finish_reason"] == "stop"


def test_prompt_tokens_grow_with_what_is_sent(ask) -> None:
    short, long = ask("Hello!"), ask("Hello! " * 50)
    assert long["usage"]["prompt_tokens"] > short["usage"]["prompt_tokens"] + 49


def test_a_thinking_call_pays_for_its_thinking(ask) -> None:
    question = "Which is larger, 9.9 or 9.11?"
    fast, slow = ask(question), ask(question, enable_thinking=True)
    assert slow["choices"][0]["message"]["reasoning_content"]
    assert slow["usage"]["completion_tokens_details"]["reasoning_tokens"] > 20
    assert slow["usage"]["completion_tokens"] > fast["usage"]["completion_tokens"] + 20


def test_a_stream_says_what_the_whole_says(ask, http: httpx2.Client) -> None:
    body = {"model": "qwen3.5-27b", "messages": [{"role": "user", "content": "12.5 × 8 = ?"}], "n": 2}
    whole = http.post("/chat/completions", json=body).json()
    told = {"content": ["", ""], "reasoning_content": ["", ""]}
    stream = http.post("/chat/completions", json={**body, "stream": True, "stream_options": {"include_usage": True}})
    chunks = [json.loads(line[6:]) for line in stream.text.split("\n\n") if line and line != "data: [DONE]"]
    for choice in (choice for chunk in chunks for choice in chunk["choices"]):
        for name, sides in told.items():
            sides[choice["index"]] += choice["delta"].get(name) or ""
    assert told["content"] == [content(whole, 0), content(whole, 1)]
    assert told["reasoning_content"][0] == whole["choices"][0]["message"]["reasoning_content"]
    assert chunks[-1]["usage"] == whole["usage"]


def test_preserved_thinking_is_billed_and_other_history_thinking_is_not(http: httpx2.Client) -> None:
    def prompt_tokens(model: str, **fields) -> int:
        history = [
            {"role": "user", "content": "Hello!"},
            {"role": "assistant", "content": "Hi!", "reasoning_content": "A greeting. " * 20},
            {"role": "user", "content": "Thanks."},
        ]
        body = {"model": model, "messages": history, "enable_thinking": False, **fields}
        return http.post("/chat/completions", json=body).json()["usage"]["prompt_tokens"]

    plain = prompt_tokens("qwen-plus")
    assert prompt_tokens("qwen3.6-plus") == plain
    assert prompt_tokens("qwen3.6-plus", preserve_thinking=True) > plain + 40
    assert prompt_tokens("qwen3.8-max") > plain + 40
    assert prompt_tokens("qwen3.8-max", preserve_thinking=False) == plain


def test_a_small_thinking_budget_is_kept_and_spoils_the_answer(ask) -> None:
    question = {"text": "Which is larger, 9.9 or 9.11?", "enable_thinking": True}
    enough, scarce = ask(**question), ask(**question, thinking_budget=5)
    assert scarce["usage"]["completion_tokens_details"]["reasoning_tokens"] <= 5
    assert content(scarce) != content(enough)


def test_parallel_tool_calls_are_made_where_they_are_allowed(ask) -> None:
    place = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
    tools = [{"type": "function", "function": {"name": "get_weather", "description": "Weather", "parameters": place}}]

    def calls(**fields) -> list[str]:
        message = ask("What is the weather in Paris and in Rome?", tools=tools, **fields)["choices"][0]["message"]
        return [json.loads(call["function"]["arguments"])["city"] for call in message["tool_calls"]]

    assert calls() == ["Paris"]
    assert calls(parallel_tool_calls=True) == ["Paris", "Rome"]


def test_many_at_once(ask) -> None:
    alone = without_ids(ask(STORY))
    with ThreadPoolExecutor(16) as pool:
        assert all(without_ids(body) == alone for body in pool.map(lambda _: ask(STORY), range(64)))


def test_the_neighbor_answers_in_its_own_shape() -> None:
    from helpers.practice import server

    neighbor = server.start_neighbor(pace="instant")
    body = {"model": neighbor.model, "messages": [{"role": "user", "content": "Hello!"}]}
    with httpx2.Client(base_url=neighbor.base_url, trust_env=False) as http:
        answer = http.post("/chat/completions", json=body).json()
        wrong = http.post("/chat/completions", json={**body, "model": "qwen-plus"})
        streamed = http.post("/chat/completions", json={**body, "stream": True}).text
    assert list(answer) == ["id", "object", "created", "model", "choices", "usage"]
    assert wrong.status_code == 404
    assert "request_id" not in wrong.json()
    assert streamed.endswith("data: [DONE]\n\n")
