"""Contract 7: what is refused, and in which words."""

import openai
import pytest
from framing import gateway_error, message, refused, service_error, streamed_error

MESSAGES = [{"role": "user", "content": "Say hello."}]
BODY = {"model": "qwen-plus", "messages": MESSAGES, "max_tokens": 16}
DOCS = "error-code#apikey-error"


NO_KEY = {
    "message": (
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth "
        "(i.e. Authorization: Bearer YOUR_KEY). "
    ),
    "type": "invalid_request_error",
    "param": None,
    "code": None,
}


@pytest.mark.parametrize("stream", [False, True])
def test_7_1_missing_key(keyless, stream: bool) -> None:
    assert gateway_error(keyless.post("/chat/completions", json={**BODY, "stream": stream}), 401) == NO_KEY


@pytest.mark.assumption(17)
@pytest.mark.parametrize("header", ["Bearer", "sk-without-the-word", "Basic c2s6c2s="])
def test_7_1_a_header_without_bearer_and_key_is_no_key(keyless, header: str) -> None:
    response = keyless.post("/chat/completions", json=BODY, headers={"authorization": header})
    assert gateway_error(response, 401) == NO_KEY


@pytest.mark.assumption(18)
@pytest.mark.parametrize("key", ["sk-mistyped", "sk-" + "other0region" * 2, "nonsense"])
def test_7_1_a_wrong_key(keyless, key: str) -> None:
    response = keyless.post("/chat/completions", json=BODY, headers={"authorization": f"Bearer {key}"})
    error = gateway_error(response, 401)
    assert error["message"].startswith("Incorrect API key provided. For details, see: https://")
    assert error["message"].endswith(DOCS)
    assert (error["type"], error["param"], error["code"]) == ("invalid_request_error", None, "invalid_api_key")
    assert key not in response.text


@pytest.mark.practice_only
def test_7_1_the_link_is_that_of_beijing(keyless) -> None:
    response = keyless.post("/chat/completions", json=BODY, headers={"authorization": "Bearer sk-mistyped"})
    assert "https://help.aliyun.com/zh/model-studio/error-code#apikey-error" in response.text


def test_7_1_the_sdk_raises_an_authentication_error(connect, target) -> None:
    mistaken = openai.OpenAI(base_url=target.base_url, api_key="sk-mistyped", max_retries=0, http_client=connect())
    with pytest.raises(openai.AuthenticationError) as caught:
        mistaken.chat.completions.create(**BODY)
    assert caught.value.code == "invalid_api_key"


def test_7_2_an_unknown_model(chat) -> None:
    assert gateway_error(chat(model="qwen3.5-flash-newkey"), 404) == {
        "message": "The model `qwen3.5-flash-newkey` does not exist or you do not have access to it.",
        "type": "invalid_request_error",
        "param": None,
        "code": "model_not_found",
    }


def test_7_2_the_sdk_raises_a_not_found_error(sdk) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        sdk.chat.completions.create(**{**BODY, "model": "no-such-model"})
    assert caught.value.code == "model_not_found"


@pytest.mark.parametrize("model", ["qwen-image", "text-embedding-v4"])
def test_7_2_a_model_that_is_not_for_chat(chat, model: str) -> None:
    assert gateway_error(chat(model=model), 404) == {
        "message": f"Unsupported model `{model}` for OpenAI compatibility mode.",
        "type": "invalid_request_error",
        "param": None,
        "code": "model_not_supported",
    }


# A real service bills the input if its limit is another than assumed.
@pytest.mark.practice_only
@pytest.mark.assumption(19)
@pytest.mark.parametrize(
    ("model", "thinking", "limit"),
    [
        ("qwen-math-turbo", False, 3_072),
        ("qwen3-32b", False, 129_024),
        ("qwen3-32b", True, 98_304),
        ("qwen3.5-27b", False, 258_048),
    ],
)
def test_7_6_too_long_an_input(chat, model: str, thinking: bool, limit: int) -> None:
    text = "7 " * (limit // 2 + 10)  # every digit and the blank before it is a token
    response = chat(text, model=model, enable_thinking=thinking, stream=thinking)
    error = streamed_error(response) if thinking else service_error(response)
    assert error["message"] == (
        f"<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, {limit}]"
    )
    assert (error["code"], error["type"]) == ("invalid_parameter_error", "invalid_request_error")


@pytest.mark.practice_only
def test_7_6_an_input_of_just_the_limit(chat) -> None:
    text = "7 " * 64_000
    assert message(chat(text, model="qwen3-32b", enable_thinking=False))["content"]


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("max_tokens", 0, "Range of max_tokens should be [1, 32768]"),
        ("max_tokens", -5, "Range of max_tokens should be [1, 32768]"),
        ("max_tokens", 32_769, "Range of max_tokens should be [1, 32768]"),
        ("temperature", 2, "Temperature should be in [0.0, 2.0)"),
        ("temperature", 2.5, "Temperature should be in [0.0, 2.0)"),
        ("temperature", -0.1, "Temperature should be in [0.0, 2.0)"),
        ("temperature", "warm", "'temperature' must be Float"),
        ("top_p", 0, "Range of top_p should be (0.0, 1.0]"),
        ("top_p", 1.01, "Range of top_p should be (0.0, 1.0]"),
        ("top_p", "all", "'top_p' must be Float"),
        ("top_k", -1, "Parameter top_k be greater than or equal to 0"),
        ("repetition_penalty", 0, "Repetition_penalty should be greater than 0.0"),
        ("presence_penalty", 2.1, "Presence_penalty should be in [-2.0, 2.0]"),
        ("presence_penalty", -2.1, "Presence_penalty should be in [-2.0, 2.0]"),
        ("n", 0, "Range of n should be [1, 4]"),
        ("n", 5, "Range of n should be [1, 4]"),
        ("seed", "lucky", "'seed' must be Integer"),
        ("tools", [{"type": "function"}], "'function' is a required property, expected an object - 'tools.0'"),
    ],
)
def test_7_7_a_parameter_out_of_range(chat, field: str, value: object, text: str) -> None:
    assert refused(chat(**{field: value})) == text


def test_7_7_top_logprobs(chat) -> None:
    assert refused(chat(logprobs=True, top_logprobs=6)) == "Range of top_logprobs should be [0, 5]"


def test_7_7_a_negative_seed_has_a_code_of_its_own(chat) -> None:
    error = service_error(chat(seed=-1))
    assert error["message"] == "-1 is lesser than the minimum of 0 - 'seed'"
    assert error["code"] == "invalid_value"


def test_7_7_a_reserved_tool_name(chat) -> None:
    tool = {"type": "function", "function": {"name": "search", "parameters": {"type": "object", "properties": {}}}}
    assert refused(chat(tools=[tool])) == "Tool names are not allowed to be [search]"


def test_7_7_an_unknown_tool_choice(chat) -> None:
    tool = {"type": "function", "function": {"name": "clock", "parameters": {"type": "object", "properties": {}}}}
    text = 'tool_choice is one of the strings that should be ["none", "auto"]'
    assert refused(chat(tools=[tool], tool_choice="perhaps")) == text


def test_7_7_json_mode_wants_the_word(chat) -> None:
    text = "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
    assert refused(chat(response_format={"type": "json_object"})) == text


def test_7_7_an_unknown_response_format(chat) -> None:
    assert refused(chat(response_format={"type": "xml"})).startswith("Unknown format of response_format")


@pytest.mark.practice_only  # a real service would search, and bill it
@pytest.mark.assumption(26)
@pytest.mark.parametrize("model", ["qwen-plus", "qwen3.5-flash"])
def test_7_7_no_web_search_here(chat, model: str) -> None:
    text = "This model does not support enable_search."
    assert refused(chat(model=model, enable_thinking=False, enable_search=True)) == text
    assert streamed_error(chat(model=model, enable_search=True, stream=True))["message"] == text


@pytest.mark.assumption(20)
@pytest.mark.parametrize("body", [{"messages": MESSAGES}, {"model": "", "messages": MESSAGES}])
def test_7_7_no_model(http, body: dict) -> None:
    response = http.post("/chat/completions", json=body)
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["message"] == "you must provide a model parameter."
    assert error["type"] == "invalid_request_error"


def test_7_7_a_refused_parameter_is_framed_for_streams(chat) -> None:
    error = streamed_error(chat(temperature=3, stream=True))
    assert error["message"].endswith("Temperature should be in [0.0, 2.0)")


@pytest.mark.assumption(21)
@pytest.mark.parametrize("content", [b"{", b"", b"[]", b"null", b'{"model": }', b"\xff\xfe", b'{"model":"qwen-plus",}'])
def test_7_8_a_malformed_body(http, content: bytes) -> None:
    response = http.post("/chat/completions", content=content, headers={"content-type": "application/json"})
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["message"] == "Required body invalid, please check the request body format."
    assert (error["code"], error["type"]) == ("invalid_parameter_error", "invalid_request_error")


@pytest.mark.assumption(21)
@pytest.mark.parametrize("body", [{"model": "qwen-plus"}, {"model": "qwen-plus", "messages": None}])
def test_7_8_no_messages_field(http, body: dict) -> None:
    assert http.post("/chat/completions", json=body).status_code == 400


@pytest.mark.assumption(22)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_7_10_a_wrong_method(http, method: str) -> None:
    response = http.request(method, "/chat/completions")
    assert response.status_code == 405
    assert response.json()["error"]["message"] == f"Request method '{method}' is not supported."


@pytest.mark.practice_only  # 16 MiB of somebody's upload
@pytest.mark.assumption(22)
def test_7_10_too_large_a_body(http) -> None:
    body = {**BODY, "messages": [{"role": "user", "content": "x" * (16 * 1024 * 1024)}]}
    assert http.post("/chat/completions", json=body).status_code == 413
