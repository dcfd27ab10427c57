"""Whatever is sent, the endpoint answers, and never with a 500."""

import json

import httpx2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.practice.request import ChatRequest

# Lone surrogates are legal in JSON text and must survive the way there and back.
texts = st.text(st.characters(exclude_categories=()), max_size=40)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8
)
roles = st.sampled_from(["system", "user", "assistant", "tool", "function", "developer"])
parts = st.lists(st.fixed_dictionaries({"type": st.just("text"), "text": texts}), max_size=3)
messages = st.lists(
    st.fixed_dictionaries(
        {"role": roles | scalars, "content": texts | parts | values},
        optional={"tool_calls": values, "tool_call_id": scalars, "partial": values, "reasoning_content": values},
    )
    | values,
    max_size=5,
)
fields = [name for name in ChatRequest.model_fields if name != "messages"]
models = st.sampled_from(["qwen-plus", "qwen3-32b", "qwen3.5-27b", "qwen3.8-max", "qwq-plus", "qwen-max"])
patient = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(response: httpx2.Response) -> None:
    assert response.status_code < 500
    text = response.text
    if text.startswith("data: "):
        events = [line.removeprefix("data: ") for line in text.split("\n\n") if line]
        parsed = [json.loads(event) for event in events if event != "[DONE]"]
        assert (events[-1] == "[DONE]") == (response.status_code == 200)
    else:
        parsed = [response.json()]
    assert all(("error" in each) != ("choices" in each) for each in parsed)


@patient
@given(body=st.binary(max_size=200))
def test_any_bytes(http: httpx2.Client, body: bytes) -> None:
    check(http.post("/chat/completions", content=body))


@patient
@given(body=values)
def test_any_json(http: httpx2.Client, body: object) -> None:
    check(http.post("/chat/completions", content=json.dumps(body)))


@patient
@given(model=models, messages=messages, more=st.dictionaries(st.sampled_from(fields), values, max_size=3))
def test_any_values_in_the_right_places(http: httpx2.Client, model: str, messages: list, more: dict) -> None:
    check(http.post("/chat/completions", content=json.dumps({"model": model, "messages": messages, **more})))


@patient
@given(text=st.text(st.characters(exclude_categories=()), min_size=1, max_size=200), stream=st.booleans())
def test_any_text_is_answered(http: httpx2.Client, text: str, stream: bool) -> None:
    body = {"model": "qwen-plus", "messages": [{"role": "user", "content": text}], "stream": stream}
    response = http.post("/chat/completions", content=json.dumps(body))
    check(response)
    assert response.status_code == 200


def test_deep_json(http: httpx2.Client) -> None:
    response = http.post("/chat/completions", content=b"[" * 200_000)
    assert response.status_code == 400
    assert response.json()["error"]["message"] == "Required body invalid, please check the request body format."


def test_a_number_too_long_for_python(http: httpx2.Client) -> None:
    response = http.post("/chat/completions", content=b'{"model": ' + b"9" * 10_000 + b"}")
    assert response.status_code == 400


def test_a_body_over_the_limit_is_refused_before_it_is_read(http: httpx2.Client) -> None:
    response = http.post("/chat/completions", content=b" " * (16 * 1024 * 1024 + 1))
    assert response.status_code == 413
