"""The body of POST chat/completions, typed (contract 8). What is not listed here is ignored, as the service does."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from helpers.practice import contract
from helpers.practice.contract import Refusal, Refused


class StreamOptions(BaseModel):
    model_config = ConfigDict(strict=True)

    include_usage: bool | None = False


class ChatRequest(BaseModel):
    """One request. An explicit null counts as not given. The order of the fields is the order of the complaints."""

    model_config = ConfigDict(strict=True, extra="ignore")

    messages: list[Any]
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    temperature: Annotated[float, Field(ge=0, lt=2, allow_inf_nan=False)] | None = None
    top_p: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] | None = None
    top_k: Annotated[int, Field(ge=0)] | None = None
    presence_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    frequency_penalty: float | None = None
    repetition_penalty: Annotated[float, Field(gt=0)] | None = None
    max_tokens: int | None = None
    max_completion_tokens: int | None = None
    n: Annotated[int, Field(ge=1, le=4)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    stop: str | list[str] | list[int] | None = None
    response_format: dict[str, Any] | None = None
    tools: list[Any] | None = None
    tool_choice: str | dict[str, Any] | None = None
    parallel_tool_calls: bool | None = False
    logprobs: bool | None = None
    top_logprobs: Annotated[int, Field(ge=0, le=5)] | None = None
    enable_search: bool | None = False
    enable_thinking: bool | None = None
    thinking_budget: int | None = None
    preserve_thinking: bool | None = None
    reasoning_effort: str | None = None

    @property
    def stop_sequences(self) -> list[str]:
        """The stop strings that can match; token ids are accepted, and match nothing here."""
        given = [self.stop] if isinstance(self.stop, str) else self.stop or []
        return [text for text in given if isinstance(text, str) and text]

    @property
    def include_usage(self) -> bool:
        return bool(self.stream_options and self.stream_options.include_usage)


# What pydantic calls a kind of value, in the words of the service (7.7).
_KINDS: tuple[tuple[str, str], ...] = (
    ("float", "Float"),
    ("int", "Integer"),
    ("bool", "Boolean"),
    ("string", "String"),
    ("list", "Array"),
    ("dict", "Object"),
    ("model", "Object"),
)
_OF_RANGE: tuple[Literal["greater", "less"], ...] = ("greater", "less")


def parse(body: dict) -> ChatRequest:
    """Reads a request body. Raises Refused with the service's words for the first field that is wrong."""
    try:
        return ChatRequest.model_validate(body)
    except ValidationError as error:
        order = list(ChatRequest.model_fields)
        first = min(error.errors(), key=lambda fault: order.index(fault["loc"][0]))
        raise Refused(_refusal(first)) from None


def _refusal(fault: dict) -> Refusal:
    field, kind = str(fault["loc"][0]), fault["type"]
    if kind == "missing":
        return contract.missing(field)
    if kind.startswith(_OF_RANGE) or kind == "finite_number":
        return contract.out_of_range(field, fault["input"])
    word = next((word for name, word in _KINDS if kind.startswith(name)), "String")
    return contract.wrong_type(field, word)
