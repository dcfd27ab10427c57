"""What Bailian refuses, in its order (contract 13.1); what passes comes out as an order to answer."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from helpers import tokens
from helpers.catalogue import Model, models
from helpers.practice import contract
from helpers.practice.contract import Refused
from helpers.practice.place import PRACTICE
from helpers.practice.request import ChatRequest, parse
from helpers.practice.tutor.question import Message, Question, Tool, ToolCall

EFFORT_BUDGETS = {"low": 4096, "medium": 16384, "xhigh": 262144}  # tokens, contract 3.4
EFFORT_ALIASES = {
    "max": "xhigh",
    "high": "xhigh",
    "minimal": "low",
}  # where the model does not take them itself
_SWITCH = re.compile(r"/(?:no_)?think\b")
UNKNOWN_LIMIT = 32_768  # tokens; named in a message where the catalogue has no limit to name
MOST_CHARACTERS_A_TOKEN = 64  # longer on average than any text; beyond it an input is not worth counting


@dataclass(frozen=True)
class Order:
    """A request that passed: what to ask the tutor, and how the answer is to be cut and shaped."""

    request: ChatRequest
    model: Model
    question: Question
    prompt_tokens: int


def key(authorization: str | None) -> None:
    """Raises Refused unless the header carries the practice key (7.1)."""
    scheme, _, given = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not given.strip():
        raise Refused(contract.NO_KEY)
    if given.strip() != PRACTICE.key:
        raise Refused(contract.WRONG_KEY)


async def read(stream: AsyncIterator[bytes]) -> bytes:
    """The request body. Raises Refused as soon as it is longer than the service takes (7.10)."""
    raw = bytearray()
    async for piece in stream:
        raw += piece
        if len(raw) > contract.MAX_BODY:
            raise Refused(contract.BODY_TOO_LARGE)
    return bytes(raw)


def body(raw: bytes) -> dict:
    """The JSON object in the body. Raises Refused where there is none (7.8)."""
    try:
        parsed = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        raise Refused(contract.MALFORMED_BODY) from None
    if not isinstance(parsed, dict):
        raise Refused(contract.MALFORMED_BODY)
    return parsed


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is Python's, not JSON")


def model(name: object) -> Model:
    """The model of that id. Raises Refused where chat/completions has none (7.2)."""
    if not name:
        raise Refused(contract.NO_MODEL)
    if not isinstance(name, str):
        raise Refused(contract.wrong_type("model", "String"))
    found = models().get(name)
    if found is None:
        raise Refused(contract.unknown_model(_text(name)))
    if not found.chats:
        raise Refused(contract.not_a_chat_model(name))
    return found


def order(given: dict, chosen: Model, *, developer_role: str) -> Order:
    """Everything after the model: messages, parameters, thinking, length. Raises Refused."""
    messages = _messages(given, developer_role=developer_role)
    request = parse(given)
    tools, tool_choice = _tools(request)
    schema = _json_schema(request, messages)
    thinking, budget = _thinking(request, chosen)
    _conflicts(request, chosen, thinking=thinking)
    prompt_tokens = _prompt_tokens(request, chosen, messages, thinking=thinking)
    if chosen.soft_switch:
        thinking, messages = _soft_switched(messages, thinking=thinking)
    question = Question(
        messages=messages,
        model=chosen.id,
        thinking=thinking,
        thinking_budget=budget,
        tools=tools,
        tool_choice=tool_choice,
        parallel_tool_calls=bool(request.parallel_tool_calls),
        json_schema=schema,
        seed=request.seed,
        **{name: value for name in ("temperature", "top_p") if (value := getattr(request, name)) is not None},
    )
    return Order(request, chosen, question, prompt_tokens)


# ── Messages (contract 6) ────────────────────────────────────────────────────────────────────────────────────────


def _messages(given: dict, *, developer_role: str) -> tuple[Message, ...]:
    listed = given.get("messages")
    if listed is None:
        raise Refused(contract.missing("messages"))
    if not isinstance(listed, list):
        raise Refused(contract.wrong_type("messages", "Array"))
    if not listed:
        raise Refused(contract.NO_MESSAGES)
    roles = (*contract.ROLES, "developer") if developer_role == "accept" else contract.ROLES
    messages: list[Message] = []
    awaiting: list[object] = []  # ids of tool calls that a tool message may answer
    for index, raw in enumerate(listed):
        if not isinstance(raw, dict):
            raise Refused(contract.NOT_A_MESSAGE)
        role = raw.get("role")
        if role not in roles:
            raise Refused(contract.bad_role(role, index, stream=given.get("stream") is True))
        calls = _tool_calls(raw)
        if role == "tool" and raw.get("tool_call_id") not in awaiting:
            raise Refused(contract.ORPHAN_TOOL)
        awaiting += [call.get("id") for call in raw.get("tool_calls") or ()]
        messages.append(Message(role, _content(raw, optional=bool(calls)), calls))
    if not any(message.role == "user" for message in messages):
        raise Refused(contract.NO_USER_MESSAGE)
    if messages[-1].role == "assistant" and listed[-1].get("partial") is not True:
        raise Refused(contract.LAST_MESSAGE)
    return tuple(messages)


def _content(raw: dict, *, optional: bool) -> str:
    content = raw.get("content")
    if content is None:
        if optional:
            return ""
        raise Refused(contract.NO_CONTENT)
    if isinstance(content, str):
        return _text(content)
    if not isinstance(content, list):
        raise Refused(contract.CONTENT_TYPE)
    for part in content:
        if not isinstance(part, dict) or part.get("type") != "text" or not isinstance(part.get("text"), str):
            raise Refused(contract.UNEXPECTED_PART)
    return _text("".join(part["text"] for part in content))


def _tool_calls(raw: dict) -> tuple[ToolCall, ...]:
    calls = raw.get("tool_calls") or []
    if not isinstance(calls, list) or not all(isinstance(call, dict) for call in calls):
        raise Refused(contract.wrong_type("tool_calls", "Array"))
    functions = [call.get("function") for call in calls]
    if not all(isinstance(function, dict) for function in functions):
        raise Refused(contract.missing("function"))
    return tuple(ToolCall(str(f.get("name", "")), str(f.get("arguments", ""))) for f in functions)


def _text(text: str) -> str:
    """JSON can carry half a surrogate pair, which no encoding of an answer could."""
    return text.encode("utf-8", "replace").decode("utf-8")


# ── Parameters (contract 7.7, 8) ─────────────────────────────────────────────────────────────────────────────────


def _tools(request: ChatRequest) -> tuple[tuple[Tool, ...], str]:
    tools = []
    for index, raw in enumerate(request.tools or ()):
        function = raw.get("function") if isinstance(raw, dict) else None
        if not isinstance(function, dict) or not isinstance(function.get("name"), str):
            raise Refused(contract.not_a_tool(index))
        if function["name"] in ("", "search"):
            raise Refused(contract.bad_tool_name(function["name"]))
        parameters = function.get("parameters")
        tools.append(
            Tool(
                function["name"],
                str(function.get("description") or ""),
                parameters if isinstance(parameters, dict) else {},
            )
        )
    choice = request.tool_choice or "auto"
    if isinstance(choice, dict):
        named = choice.get("function")
        choice = named.get("name") if isinstance(named, dict) else None
        if choice not in [tool.name for tool in tools]:
            raise Refused(contract.TOOL_CHOICE)
    return tuple(tools), str(choice)


def _json_schema(request: ChatRequest, messages: tuple[Message, ...]) -> dict | None:
    if request.response_format is None:
        return None
    kind = request.response_format.get("type")
    if kind == "text":
        return None
    if kind == "json_object":
        if not any("json" in message.text.lower() for message in messages):
            raise Refused(contract.NO_JSON_WORD)
        return {}
    described = request.response_format.get("json_schema")
    if kind == "json_schema" and isinstance(described, dict):
        schema = described.get("schema")
        return schema if isinstance(schema, dict) else {}
    raise Refused(contract.bad_response_format(kind))


def _conflicts(request: ChatRequest, model: Model, *, thinking: bool) -> None:
    """What each field allows but their combination, or this model, does not."""
    if request.stream_options is not None and not request.stream:
        raise Refused(contract.STREAM_OPTIONS)
    limit = (model.max_output_thinking if thinking else None) or model.max_output
    for asked in (request.max_tokens, request.max_completion_tokens):
        if asked is not None and (asked < 1 or (limit and asked > limit)):
            raise Refused(contract.bad_max_tokens(limit or UNKNOWN_LIMIT))
    if request.tools and (request.n or 1) > 1:
        raise Refused(contract.N_WITH_TOOLS)
    forced = isinstance(request.tool_choice, dict) or request.tool_choice == "required"
    if forced and thinking:
        raise Refused(contract.TOOL_CHOICE_WHILE_THINKING)
    if isinstance(request.tool_choice, str) and request.tool_choice not in ("none", "auto"):
        raise Refused(contract.TOOL_CHOICE)
    if request.enable_search:
        raise Refused(contract.SEARCH_WHILE_THINKING if thinking and not request.stream else contract.NO_SEARCH)
    if thinking and (request.response_format or {}).get("type") in ("json_object", "json_schema"):
        raise Refused(contract.JSON_WHILE_THINKING)
    if not request.stream and model.needs_stream == "always":
        raise Refused(contract.STREAM_ONLY)
    if not request.stream and thinking and model.needs_stream == "thinking":
        raise Refused(contract.THINKING_NEEDS_STREAM)


# ── Thinking (contract 3) ────────────────────────────────────────────────────────────────────────────────────────


def _thinking(request: ChatRequest, model: Model) -> tuple[bool, int | None]:
    """Whether this call thinks, and for how many tokens at the most (None: as long as it takes)."""
    switch, budget = request.enable_thinking, request.thinking_budget
    if model.thinking == "none":
        if switch:
            raise Refused(contract.cannot_think(model.id))
        return False, None
    if budget is not None and (budget < 1 or (model.max_thinking and budget > model.max_thinking)):
        raise Refused(contract.bad_thinking_budget(model.max_thinking or UNKNOWN_LIMIT))
    if request.reasoning_effort is not None and model.effort:
        if budget is not None:
            raise Refused(contract.EFFORT_AND_BUDGET)
        switch, budget = _effort(request.reasoning_effort, model, switch)
    if model.thinking == "only":
        if switch is False:
            raise Refused(contract.THINKING_ONLY)
        return True, budget
    return (model.thinking == "on" if switch is None else switch), budget


def _effort(asked: str, model: Model, switch: bool | None) -> tuple[bool | None, int | None]:
    if asked == "none":
        return False, None
    level = asked if asked in model.effort else EFFORT_ALIASES.get(asked)
    if level not in model.effort:
        raise Refused(contract.bad_effort(asked, [*model.effort, "none"]))
    return switch, EFFORT_BUDGETS.get(level)


def _soft_switched(messages: tuple[Message, ...], *, thinking: bool) -> tuple[bool, tuple[Message, ...]]:
    """`/no_think` in a prompt turns thinking off where it is on; the last word counts, and is no part of the text."""
    words = [
        word for message in messages if message.role in ("system", "user") for word in _SWITCH.findall(message.text)
    ]
    stripped = tuple(replace(message, text=_SWITCH.sub("", message.text)) for message in messages)
    return thinking and words[-1:] != ["/no_think"], stripped


# ── Length (contract 7.6) ────────────────────────────────────────────────────────────────────────────────────────


def _prompt_tokens(request: ChatRequest, model: Model, messages: tuple[Message, ...], *, thinking: bool) -> int:
    said = [(message.role, _as_prompt(message)) for message in messages]
    if _preserves(request, model):
        said += [
            ("", _text(raw["reasoning_content"]))
            for raw in request.messages
            if isinstance(raw.get("reasoning_content"), str)
        ]
    if request.tools:
        said.append(("", json.dumps(request.tools, ensure_ascii=False, default=str)))
    limit = (model.max_input_thinking if thinking else None) or model.max_input or model.context
    if limit and sum(len(text) for _, text in said) > limit * MOST_CHARACTERS_A_TOKEN:
        raise Refused(contract.too_long_an_input(limit))
    counted = tokens.count_messages(said)
    if limit and counted > limit:
        raise Refused(contract.too_long_an_input(limit))
    return counted


def _as_prompt(message: Message) -> str:
    return message.text + "".join(f"{call.name}{call.arguments}" for call in message.tool_calls)


def _preserves(request: ChatRequest, model: Model) -> bool:
    """Whether the thinking of earlier turns is part of the prompt, and billed (3.7)."""
    if model.preserve is None:
        return False
    return model.preserve if request.preserve_thinking is None else request.preserve_thinking
