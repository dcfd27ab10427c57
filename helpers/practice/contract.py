"""What Bailian answers when it refuses: every status, code and text, in one place.

The wording is the service's own, with its spelling. Section numbers are those of the wire contract that the
tests in tests/contract are named after; where it knows several forms, ASSUMPTIONS.md says which one is used here.
"""

import json
from dataclasses import dataclass
from typing import Literal

DOCS = "https://help.aliyun.com/zh/model-studio/error-code"
ROLES = ("system", "assistant", "user", "tool", "function")
MAX_BODY = 16 * 1024 * 1024  # bytes, 7.10
ALGO = "<400> InternalError.Algo.InvalidParameter: "


@dataclass(frozen=True)
class Refusal:
    """An answer that refuses. `layer` decides the shape of the body: contract 7."""

    message: str
    status: int = 400
    code: str | None = "invalid_parameter_error"
    type: str = "invalid_request_error"
    layer: Literal["gateway", "service"] = "service"

    def body(self, call_id: str) -> dict:
        """The JSON body, its keys in the order of the wire."""
        if self.layer == "gateway":
            error = {"message": self.message, "type": self.type, "param": None, "code": self.code}
            return {"error": error, "request_id": call_id}
        error = {"code": self.code, "param": None, "message": self.message, "type": self.type}
        return {"error": error, "id": f"chatcmpl-{call_id}", "request_id": call_id}

    def stream_body(self, call_id: str) -> dict:
        """The JSON of the one SSE line that a refused stream consists of: no request_id (4.5)."""
        return {name: part for name, part in self.body(call_id).items() if name != "request_id"}


class Refused(Exception):
    """Raised by a check; carries the refusal to answer with."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def _gateway(status: int, message: str, code: str | None) -> Refusal:
    return Refusal(message, status=status, code=code, layer="gateway")


# ── 7.1, 7.2, 7.8, 7.10: the gateway ─────────────────────────────────────────────────────────────────────────────

NO_KEY = _gateway(
    401,
    "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth "
    "(i.e. Authorization: Bearer YOUR_KEY). ",
    None,
)
WRONG_KEY = _gateway(401, f"Incorrect API key provided. For details, see: {DOCS}#apikey-error", "invalid_api_key")
MALFORMED_BODY = _gateway(
    400, "Required body invalid, please check the request body format.", "invalid_parameter_error"
)
BODY_TOO_LARGE = _gateway(
    413, f"Request body is too large: at most {MAX_BODY} bytes are accepted.", "invalid_parameter_error"
)
NO_MODEL = _gateway(400, "you must provide a model parameter.", None)
NOT_FOUND = _gateway(404, "url error, please check url!", "invalid_parameter_error")


def unknown_model(model: str) -> Refusal:
    return _gateway(404, f"The model `{model}` does not exist or you do not have access to it.", "model_not_found")


def not_a_chat_model(model: str) -> Refusal:
    return _gateway(404, f"Unsupported model `{model}` for OpenAI compatibility mode.", "model_not_supported")


def wrong_method(method: str) -> Refusal:
    return _gateway(405, f"Request method '{method}' is not supported.", "invalid_parameter_error")


# ── 6: messages ──────────────────────────────────────────────────────────────────────────────────────────────────

NO_MESSAGES = Refusal("[] is too short - 'messages'")
NO_USER_MESSAGE = Refusal(f"{ALGO}The input messages do not contain elements with the role of user.")
NO_CONTENT = Refusal("The content field is a required field.")
CONTENT_TYPE = Refusal("input content must be a string.")
NOT_A_MESSAGE = Refusal("Input should be a valid dictionary or instance of GPT3Message")
UNEXPECTED_PART = Refusal("The provided messages input is invalid. The error info is [Unexpected item type in content]")
ORPHAN_TOOL = Refusal('messages with role "tool" must be a response to a preceeding message with "tool_calls".')
LAST_MESSAGE = Refusal(
    f'{ALGO}Role must be in ["user","assistant","system","function","plugin","tool"] and the role in last message '
    'must be in ["user","function","tool"]'
)


def bad_role(role: object, index: int, *, stream: bool) -> Refusal:
    """The role as the service prints it: bare text, `null` for null; no path inside a stream."""
    shown = role if isinstance(role, str) else json.dumps(role, ensure_ascii=False)
    path = "" if stream else f" - 'messages.[{index}].role'"
    return Refusal(f"{shown} is not one of {list(ROLES)}{path}")


# ── 3: thinking ──────────────────────────────────────────────────────────────────────────────────────────────────

THINKING_NEEDS_STREAM = Refusal("parameter.enable_thinking must be set to false for non-streaming calls")
STREAM_ONLY = Refusal("This model only support stream mode, please enable the stream parameter to access the model. ")
THINKING_ONLY = Refusal("The value of the enable_thinking parameter is restricted to True.")
JSON_WHILE_THINKING = Refusal("Json mode response is not supported when enable_thinking is true")
TOOL_CHOICE_WHILE_THINKING = Refusal(
    f"{ALGO}The tool_choice parameter does not support being set to required or object in thinking mode"
)
SEARCH_WHILE_THINKING = Refusal(
    "InternalError.Algo.InvalidParameter: Non-streaming mode does not support Web Search in thinking mode."
)
EFFORT_AND_BUDGET = Refusal(
    "The reasoning_effort and thinking_budget parameters are mutually exclusive and cannot be set at the same time."
)


def cannot_think(model: str) -> Refusal:
    return Refusal(
        f"The model {model} does not support enable_thinking.",
        code="InvalidParameter.NotSupportEnableThinking",
    )


def bad_thinking_budget(limit: int) -> Refusal:
    return Refusal(f"The thinking_budget parameter must be a positive integer and not greater than {limit}")


def bad_effort(value: str, allowed: list[str]) -> Refusal:
    return Refusal(f"{value} is not one of {allowed} - 'reasoning_effort'")


# ── 7.6, 7.7: lengths and parameters ─────────────────────────────────────────────────────────────────────────────

NO_JSON_WORD = Refusal(
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
)
NO_SEARCH = Refusal("This model does not support enable_search.")
TOOL_CHOICE = Refusal('tool_choice is one of the strings that should be ["none", "auto"]')
N_WITH_TOOLS = Refusal("Range of n should be [1, 1] when tools are given")
STREAM_OPTIONS = Refusal("The 'stream_options' parameter is only allowed when 'stream' is enabled.")


def too_long_an_input(limit: int) -> Refusal:
    return Refusal(f"{ALGO}Range of input length should be [1, {limit}]")


def bad_max_tokens(limit: int) -> Refusal:
    return Refusal(f"{ALGO}Range of max_tokens should be [1, {limit}]")


def not_a_tool(index: int) -> Refusal:
    return Refusal(f"'function' is a required property, expected an object - 'tools.{index}'")


def bad_tool_name(name: object) -> Refusal:
    return Refusal(f"Tool names are not allowed to be [{name}]")


def bad_response_format(kind: object) -> Refusal:
    return Refusal(f"Unknown format of response_format: {kind}")


def missing(field: str) -> Refusal:
    return Refusal(f"'{field}' is a required property")


def wrong_type(field: str, kind: str) -> Refusal:
    return Refusal(f"'{field}' must be {kind}")


RANGES = {
    "temperature": "Temperature should be in [0.0, 2.0)",
    "top_p": "Range of top_p should be (0.0, 1.0]",
    "top_k": "Parameter top_k be greater than or equal to 0",
    "presence_penalty": "Presence_penalty should be in [-2.0, 2.0]",
    "repetition_penalty": "Repetition_penalty should be greater than 0.0",
    "n": "Range of n should be [1, 4]",
    "top_logprobs": "Range of top_logprobs should be [0, 5]",
}


def out_of_range(field: str, value: object) -> Refusal:
    """The range error of a parameter; `seed` has a form and a code of its own."""
    if field == "seed":
        beyond = "lesser than the minimum of 0" if value < 0 else "greater than the maximum of 2147483647"
        return Refusal(f"{value} is {beyond} - 'seed'", code="invalid_value")
    return Refusal(RANGES[field])
