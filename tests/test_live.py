"""A stream shown with live(): what it returns however the stream ends, and what a terminal shows."""

import asyncio
import io
import json
import sys
from collections.abc import Iterable, Iterator
from threading import Event
from typing import Any

import httpx2
import openai
import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from recording import DONE, STREAM, chunk, completion, event
from scripted_server import Reply, serving

from helpers.client import connect, connect_async
from helpers.live import live
from helpers.tap import Exchanges, TapTransport, exchanges

KEY = "sk-" + "test" * 5
QUESTION: dict[str, Any] = {"model": "qwen-plus", "messages": [{"role": "user", "content": "9.9 和 9.11 哪个大？"}]}
USAGE = {"prompt_tokens": 22, "completion_tokens": 9, "total_tokens": 31}
WORDS = [
    chunk({"role": "assistant", "content": None, "reasoning_content": ""}),
    chunk({"content": None, "reasoning_content": "比较"}),
    chunk({"content": None, "reasoning_content": "小数。"}),
    chunk({"content": "9.9 "}),
    chunk({"content": "更大"}),
]
WHOLE = [*WORDS, chunk({"content": ""}, "stop"), chunk(usage=USAGE), DONE]


def parsed(*events: bytes) -> list[ChatCompletionChunk]:
    """Chunks as the SDK would make them, without a server."""
    return [
        ChatCompletionChunk.model_validate_json(each.removeprefix(b"data: ")) for each in events if each is not DONE
    ]


def client(base_url: str, session: Exchanges, **options: Any) -> openai.OpenAI:
    tap = TapTransport(httpx2.HTTPTransport(), session)
    http_client = openai.DefaultHttpxClient(transport=tap)
    return openai.OpenAI(base_url=base_url, api_key=KEY, max_retries=0, http_client=http_client, **options)


def said_by(pieces: Iterable[bytes], *, reset: bool = False, **options: Any):
    """What live() makes of a stream that a server sends, and the exchange that the tap saw."""
    session = Exchanges()
    with serving(lambda request: Reply(pieces, headers=STREAM, reset=reset)) as server:
        with client(server.base_url, session, **options) as ai:
            said = live(ai.chat.completions.create(**QUESTION, stream=True))
        return said, session[-1]


class Interrupted:
    """A stream of the SDK in which somebody presses Ctrl-C after so many chunks."""

    def __init__(self, stream: openai.Stream, after: int) -> None:
        self._stream, self._after = stream, after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def __iter__(self) -> Iterator[ChatCompletionChunk]:
        for number, each in enumerate(self._stream):
            if number == self._after:
                raise KeyboardInterrupt
            yield each


# ── what it returns ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_stream_to_its_end():
    said, exchange = said_by(WHOLE)
    assert (said.reasoning, said.content) == ("比较小数。", "9.9 更大")
    assert (said.finish_reason, said.ending, said.error) == ("stop", "complete", None)
    assert said.usage.completion_tokens == 9
    assert exchange.ending == "complete"


def test_a_plain_list_of_chunks_will_do():
    said = live(parsed(*WHOLE))
    assert (said.reasoning, said.content, said.finish_reason) == ("比较小数。", "9.9 更大", "stop")


def test_without_a_count_there_is_none(capsys):
    said = live(parsed(*WORDS, chunk({"content": ""}, "length")))
    assert said.usage is None
    assert said.finish_reason == "length"
    assert "Cut off: finish_reason is length, so the answer is not whole." in capsys.readouterr().out


def test_a_call_for_a_tool_is_named(capsys):
    live(parsed(chunk({"content": ""}, "tool_calls")))
    assert "The model asks for a tool (finish_reason tool_calls)" in capsys.readouterr().out


def test_a_stream_that_was_read_already_says_what_to_do(capsys):
    chunks = iter(parsed(*WHOLE))
    live(chunks)
    capsys.readouterr()
    assert live(chunks).ending == "broken"
    assert "if this one was read already, make the call again" in capsys.readouterr().out


def test_of_several_choices_the_first_is_read():
    two = [
        {"index": index, "delta": {"content": text}, "finish_reason": "stop"}
        for index, text in [(1, "other"), (0, "first")]
    ]
    body = json.loads(WORDS[0].removeprefix(b"data: ")) | {"choices": two}
    said = live(parsed(event(json.dumps(body))))
    assert said.content == "first"


def test_a_choice_without_index_or_delta_does_no_harm():
    kept = chunk({"content": "kept"})
    bare = [event(json.dumps(json.loads(kept.removeprefix(b"data: ")) | {"choices": [choice]})) for choice in BARE]
    said, _ = said_by([*bare, DONE])
    assert said.content == "kept"
    assert said.finish_reason == "stop"


BARE = [{"delta": {"content": "kept"}}, {"index": 0, "delta": None, "finish_reason": "stop"}]


def test_the_practice_endpoint_through_connect():
    ai, model = connect()
    stream = ai.chat.completions.create(
        **QUESTION | {"model": model},
        stream=True,
        stream_options={"include_usage": True},
        extra_body={"enable_thinking": True},
    )
    said, exchange = live(stream), exchanges[-1]
    assert said.reasoning == exchange.reasoning != ""
    assert said.content == exchange.content != ""
    assert said.finish_reason == "stop"
    assert said.usage.completion_tokens == exchange.completion_tokens
    assert said.ending == exchange.ending == "complete"


# ── streams that end otherwise ───────────────────────────────────────────────────────────────────────────────────


def stalled() -> Iterator[bytes]:
    yield from WORDS
    Event().wait(2)  # longer than the client waits


NOT_WHOLE = "The stream ended without a finish_reason, so the answer may not be whole."
BREAKS = {
    "cut": ({"pieces": WORDS, "reset": True}, openai.APIConnectionError, "The stream broke: APIConnectionError: "),
    "stall": ({"pieces": stalled(), "timeout": 0.3}, openai.APITimeoutError, "The stream broke: APITimeoutError: "),
    "error event": (
        {"pieces": [*WORDS, event('{"error": {"message": "Too much.", "code": "x"}}')]},
        openai.APIError,
        "The stream broke: APIError: Too much.",
    ),
    "malformed event": (
        {"pieces": [*WORDS, event('{"choices": [')]},
        json.JSONDecodeError,
        "The stream broke: JSONDecodeError: ",
    ),
    "clean end": ({"pieces": WORDS}, type(None), NOT_WHOLE),
    "flat error event": ({"pieces": [*WORDS, event('{"code": "x", "message": "y"}')]}, type(None), NOT_WHOLE),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_a_stream_that_breaks_keeps_what_had_arrived(kind, capsys):
    stream, error, words = BREAKS[kind]
    said, _ = said_by(**stream)
    assert (said.reasoning, said.content) == ("比较小数。", "9.9 更大")
    assert (said.ending, said.finish_reason, type(said.error)) == ("broken", None, error)
    shown = capsys.readouterr().out
    assert shown.startswith("Thinking\n比较小数。\n\nAnswer\n9.9 更大\n\n")
    assert words in shown


def test_broken_at_any_event_it_loses_nothing_that_had_arrived():
    ai, model = connect()
    asked = QUESTION | {"model": model, "stream": True, "extra_body": {"enable_thinking": True}}
    whole = live(ai.chat.completions.create(**asked))
    events = [each for each in exchanges[-1].events if each.json]
    assert whole.reasoning
    assert whole.content
    assert len(events) > 30
    for after in range(len(events)):
        fault = {"x-practice-fault": f"cut; after={after}"}
        said = live(ai.chat.completions.create(**asked, extra_headers=fault))
        before = [each.deltas.get(0, {}) for each in events[:after]]
        assert said.reasoning == "".join(delta.get("reasoning_content") or "" for delta in before)
        assert said.content == "".join(delta.get("content") or "" for delta in before)
        assert said.ending == "broken"


def test_an_interrupt_keeps_what_had_arrived_and_closes_the_connection(capsys):
    session, over = Exchanges(), Event()

    def endless() -> Iterator[bytes]:
        yield from WORDS
        over.wait(10)

    with serving(lambda request: Reply(endless(), headers=STREAM)) as server, client(server.base_url, session) as ai:
        stream = ai.chat.completions.create(**QUESTION, stream=True)
        said = live(Interrupted(stream, after=4))
        over.set()
    assert (said.reasoning, said.content) == ("比较小数。", "9.9 ")
    assert (said.ending, said.finish_reason, said.error) == ("stopped", None, None)
    assert stream.response.is_closed
    assert session[-1].ending == "closed"
    assert "Stopped. What had arrived is kept, and the connection is closed." in capsys.readouterr().out


def test_an_error_of_the_learners_own_is_raised_after_what_had_arrived(capsys):
    def own() -> Iterator[ChatCompletionChunk]:
        yield from parsed(*WORDS)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        live(own())
    assert "9.9 更大" in capsys.readouterr().out


# ── what is no stream ────────────────────────────────────────────────────────────────────────────────────────────


async def asynchronous() -> openai.AsyncStream:
    ai, model = connect_async()
    async with ai:
        stream = await ai.chat.completions.create(**QUESTION | {"model": model}, stream=True)
        await stream.close()
        return stream


ANSWER = ChatCompletion.model_validate(completion())


@pytest.mark.parametrize(
    ("make", "advice"),
    [
        (lambda: ANSWER, "add stream=True"),
        (lambda: asyncio.run(asynchronous()), "async for chunk in stream"),
        (lambda: "Hello!", "not str"),
        (lambda: ANSWER.choices[0].message, "not ChatCompletionMessage"),
        (lambda: {"choices": []}, "not dict"),
        (lambda: None, "not NoneType"),
    ],
    ids=["answer", "asynchronous", "text", "message", "dict", "nothing"],
)
def test_what_is_no_stream_is_refused_with_what_to_do(make, advice, capsys):
    wrong = make()
    capsys.readouterr()
    with pytest.raises(TypeError, match=advice):
        live(wrong)
    assert capsys.readouterr().out == ""


# ── in a terminal ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_terminal_shows_thinking_and_answer_apart(capsys):
    live(parsed(*WHOLE))
    assert capsys.readouterr().out == "Thinking\n比较小数。\n\nAnswer\n9.9 更大\n"


def test_an_answer_without_thinking_needs_no_heading(capsys):
    live(parsed(chunk({"content": "# Hi\n"}), chunk({"content": "**you**"}, "stop")))
    assert capsys.readouterr().out == "# Hi\n**you**\n"


def test_thinking_that_comes_again_is_told_apart_again(capsys):
    parts = [{"reasoning_content": "a"}, {"content": "b"}, {"reasoning_content": "c"}, {"content": "d"}]
    live(parsed(*map(chunk, parts), chunk({}, "stop")))
    assert capsys.readouterr().out == "Thinking\na\n\nAnswer\nb\n\nThinking\nc\n\nAnswer\nd\n"


def test_the_figures_come_last(capsys):
    said_by(WHOLE)
    last = capsys.readouterr().out.splitlines()[-1]
    assert "first token after" in last
    assert "22 prompt tokens · 9 completion tokens" in last


def test_characters_that_act_are_seen(capsys):
    live(parsed(chunk({"reasoning_content": "\x1b[31m"}), chunk({"content": "a\u202eb\rc\x07"}, "stop")))
    assert capsys.readouterr().out == "Thinking\n\\u001b[31m\n\nAnswer\na\\u202eb\\u000dc\\u0007\n"


def test_an_error_of_the_server_is_seen_and_does_not_act(capsys):
    said_by([*WORDS, event(json.dumps({"error": {"message": "\x1b]8;;x\x07 gone"}}))])
    assert "APIError: \\u001b]8;;x\\u0007 gone" in capsys.readouterr().out


@pytest.mark.parametrize(("encoding", "shown"), [("ascii", "\\u5927"), ("cp1252", "\\u5927"), ("gbk", "大")])
def test_a_terminal_of_another_encoding_shows_what_it_can(encoding, shown, monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding, newline=""))
    live(parsed(chunk({"content": "大"}, "stop")))
    assert written.getvalue().decode(encoding) == f"{shown}\n"


def test_each_delta_is_out_before_the_next_comes(capsys):
    seen = []

    def watched() -> Iterator[ChatCompletionChunk]:
        for each in parsed(chunk({"content": "a"}), chunk({"content": "b"}), chunk({}, "stop")):
            yield each
            seen.append(capsys.readouterr().out)

    live(watched())
    assert seen[:2] == ["a", "b"]
