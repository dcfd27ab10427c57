"""Contract 6: roles, and what a list of messages may look like."""

import httpx2
import pytest
from framing import refused, service_error, streamed_error, whole

USER = {"role": "user", "content": "Say hello."}
ROLES = "['system', 'assistant', 'user', 'tool', 'function']"
TOOL = {"type": "function", "function": {"name": "clock", "parameters": {"type": "object", "properties": {}}}}
CALL = {"id": "call_1", "type": "function", "function": {"name": "clock", "arguments": "{}"}}


@pytest.fixture(scope="module")
def refusing(connect, target, bearer) -> httpx2.Client:
    """A client of the endpoint that refuses the developer role; a real service always does."""
    return connect(target.refusing_base_url, auth=bearer)


def developer(**fields: object) -> dict:
    return {"model": "qwen-plus", "messages": [{"role": "developer", "content": "Be brief."}, USER], **fields}


@pytest.mark.parametrize("role", ["system", "assistant", "user"])
def test_6_accepted_roles(chat, role: str) -> None:
    assert whole(chat(messages=[{"role": role, "content": "I am polite."}, USER]))["choices"]


def test_6_tool_messages_answer_a_call(chat) -> None:
    messages = [
        {"role": "user", "content": "What time is it?"},
        {"role": "assistant", "content": "", "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "call_1", "content": "12:30"},
    ]
    assert whole(chat(messages=messages, tools=[TOOL]))["choices"][0]["finish_reason"] in ("stop", "length")


@pytest.mark.assumption(16)
def test_6_the_developer_role_is_refused(refusing) -> None:
    refusal = refused(refusing.post("/chat/completions", json=developer()))
    assert refusal == f"developer is not one of {ROLES} - 'messages.[0].role'"


@pytest.mark.assumption(16)
def test_6_the_developer_role_is_refused_to_streams_without_a_place(refusing) -> None:
    error = streamed_error(refusing.post("/chat/completions", json=developer(stream=True)))
    assert error["message"] == f"developer is not one of {ROLES}"


@pytest.mark.practice_only
@pytest.mark.parametrize("stream", [False, True])
def test_6_the_developer_role_is_accepted_in_the_other_world(http, stream: bool) -> None:
    assert http.post("/chat/completions", json=developer(stream=stream)).status_code == 200


@pytest.mark.assumption(16)
def test_6_the_place_is_that_of_the_message(chat) -> None:
    refusal = refused(chat(messages=[USER, USER, {"role": "context", "content": "…"}]))
    assert refusal == f"context is not one of {ROLES} - 'messages.[2].role'"


@pytest.mark.assumption(16)
def test_6_a_null_role_is_called_null(chat) -> None:
    assert refused(chat(messages=[{"role": None, "content": "Hello!"}])).startswith(f"null is not one of {ROLES}")


def test_6_no_messages(chat) -> None:
    assert refused(chat(messages=[])) == "[] is too short - 'messages'"


@pytest.mark.parametrize("role", ["system", "assistant"])
def test_6_no_user_message(chat, role: str) -> None:
    refusal = refused(chat(messages=[{"role": role, "content": "Hello!"}]))
    assert refusal == "The input messages do not contain elements with the role of user."


def test_6_a_message_without_content(chat) -> None:
    assert refused(chat(messages=[{"role": "user"}])) == "The content field is a required field."


@pytest.mark.parametrize("content", [42, {"text": "Hello!"}, True])
def test_6_content_of_a_wrong_type(chat, content: object) -> None:
    assert refused(chat(messages=[{"role": "user", "content": content}])) in (
        "input content must be a string.",
        "Input should be a valid dictionary or instance of GPT3Message",
    )


def test_6_content_in_parts(chat) -> None:
    parts = [{"type": "text", "text": "Say "}, {"type": "text", "text": "hello."}]
    assert whole(chat(messages=[{"role": "user", "content": parts}]))["choices"]


def test_6_an_image_for_a_text_model(chat) -> None:
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
    error = service_error(chat(messages=[{"role": "user", "content": [image]}]))
    assert "[Unexpected item type in content]" in error["message"]


def test_6_a_tool_message_without_a_call(chat) -> None:
    messages = [USER, {"role": "tool", "tool_call_id": "call_1", "content": "12:30"}]
    text = 'messages with role "tool" must be a response to a preceeding message with "tool_calls".'
    assert refused(chat(messages=messages)) == text


def test_6_system_messages_may_be_several_and_anywhere(chat) -> None:
    system = {"role": "system", "content": "Be brief."}
    answered = {"role": "assistant", "content": "Hello!"}
    assert whole(chat(messages=[system, system, USER, answered, system, USER]))["choices"]


def test_6_partial_mode(chat) -> None:
    beginning = {"role": "assistant", "content": "Hello, ", "partial": True}
    assert whole(chat(messages=[USER, beginning]))["choices"][0]["message"]["role"] == "assistant"


@pytest.mark.assumption(27)
def test_6_the_last_message_is_not_the_assistants(chat) -> None:
    refusal = refused(chat(messages=[USER, {"role": "assistant", "content": "Hello!"}]))
    assert refusal == (
        'Role must be in ["user","assistant","system","function","plugin","tool"] '
        'and the role in last message must be in ["user","function","tool"]'
    )
