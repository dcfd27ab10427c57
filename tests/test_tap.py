"""The tap: what it records of each kind of call, what it leaves untouched, and what it never shows."""

import asyncio
import contextlib
import json
import pickle
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import httpx2
import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recording import DONE, JSON, STREAM, chunk, completion, event, recorded
from scripted_server import Received, Reply, serving

from helpers.tap import AsyncTapTransport, Exchanges, TapTransport
from helpers.tap import exchange as exchange_module
from helpers.tap.exchange import Exchange

KEY = "sk-" + "test" * 5 + "-9z8y"
QUESTION = [{"role": "user", "content": "9.9 和 9.11 哪个大？"}]
USAGE = {
    "prompt_tokens": 22,
    "completion_tokens": 9,
    "total_tokens": 31,
    "completion_tokens_details": {"reasoning_tokens": 4},
}
THINKING = [
    chunk({"content": None, "role": "assistant", "reasoning_content": ""}),
    chunk({"content": None, "reasoning_content": "比较小数，"}),
    chunk({"content": None, "reasoning_content": "再想想。"}),
    chunk({"content": "9.9 ", "reasoning_content": None}),
    chunk({"content": "更大", "reasoning_content": None}),
    chunk({"content": "", "reasoning_content": None}, "stop"),
    chunk(usage=USAGE),
    DONE,
]
PLAIN = json.dumps(completion("9.9 更大", reasoning_content="比较小数，再想想。") | {"usage": USAGE}).encode()


def answer(request: Received) -> Reply:
    """The same answer in the form that was asked for."""
    if request.body.get("stream"):
        return Reply(THINKING, headers=STREAM)
    return Reply([PLAIN])


def client(base_url: str, session: Exchanges, **options) -> openai.OpenAI:
    tap = TapTransport(httpx2.HTTPTransport(), session)
    options = {"api_key": KEY, "max_retries": 0, "http_client": openai.DefaultHttpxClient(transport=tap)} | options
    return openai.OpenAI(base_url=base_url, **options)


def async_client(base_url: str, session: Exchanges, **options) -> openai.AsyncOpenAI:
    tap = AsyncTapTransport(httpx2.AsyncHTTPTransport(), session)
    options = {"api_key": KEY, "max_retries": 0, "http_client": openai.DefaultAsyncHttpxClient(transport=tap)} | options
    return openai.AsyncOpenAI(base_url=base_url, **options)


def call(base_url: str, session: Exchanges, *, messages: list = QUESTION, **params) -> str:
    """One synchronous call; the text that the SDK got."""
    with client(base_url, session) as ai:
        response = ai.chat.completions.create(model="qwen-plus", messages=messages, **params)
        if not params.get("stream"):
            return response.choices[0].message.content
        return "".join(each.choices[0].delta.content or "" for each in response if each.choices)


async def async_call(base_url: str, session: Exchanges, *, messages: list = QUESTION, **params) -> str:
    """The same asynchronously."""
    async with async_client(base_url, session) as ai:
        response = await ai.chat.completions.create(model="qwen-plus", messages=messages, **params)
        if not params.get("stream"):
            return response.choices[0].message.content
        return "".join([each.choices[0].delta.content or "" async for each in response if each.choices])


def call_either(kind: str, base_url: str, session: Exchanges, **params) -> str:
    if kind == "sync":
        return call(base_url, session, **params)
    return asyncio.run(async_call(base_url, session, **params))


both = pytest.mark.parametrize("kind", ["sync", "async"])
packed = pytest.mark.parametrize("gzip", [False, True], ids=["plain", "gzip"])


# ── what is recorded ─────────────────────────────────────────────────────────────────────────────────────────────


@both
@packed
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_every_kind_of_call_is_recorded_alike(kind, gzip, stream):
    session = Exchanges()
    with serving(lambda request: replace(answer(request), gzip=gzip)) as server:
        text = call_either(kind, server.base_url, session, stream=stream, extra_body={"enable_thinking": True})

    (exchange,) = session
    assert text == exchange.content == "9.9 更大"
    assert exchange.reasoning == "比较小数，再想想。"
    assert exchange.number == 1
    assert (exchange.method, exchange.url) == ("POST", f"{server.base_url}/chat/completions")
    assert exchange.request == server.received[0].body
    assert exchange.request["messages"] == QUESTION
    assert exchange.streamed is stream
    assert (exchange.status, exchange.ending, exchange.failure, exchange.error) == (200, "complete", None, None)
    assert exchange.finish_reason == "stop"
    assert exchange.usage == USAGE
    assert (exchange.prompt_tokens, exchange.completion_tokens, exchange.reasoning_tokens) == (22, 9, 4)
    assert exchange.model == "qwen-plus"
    assert exchange.response_headers["content-type"] == (STREAM if stream else JSON)["content-type"]
    assert exchange.body == (b"".join(THINKING) if stream else PLAIN)
    assert exchange.response == (None if stream else json.loads(PLAIN))
    assert [each.raw + "\n\n" for each in exchange.events] == ([each.decode() for each in THINKING] if stream else [])
    assert 0 < exchange.first_byte <= exchange.seconds
    assert (exchange.ttft is not None) is stream


@both
@packed
def test_each_event_keeps_the_time_at_which_it_arrived(kind, gzip):
    session = Exchanges()
    with serving(lambda request: Reply(THINKING, headers=STREAM, gzip=gzip, pause=0.05)) as server:
        call_either(kind, server.base_url, session, stream=True)

    (exchange,) = session
    times = [each.at for each in exchange.events]
    assert times == sorted(times)
    assert times[-1] - times[0] > 0.2  # seven pauses; where decoding lost the times it would be 0
    assert exchange.ttft == times[1]  # the empty opener is no token
    assert exchange.first_byte <= times[0]
    assert times[-1] <= exchange.seconds
    writing = times[4] - times[1]
    assert exchange.tokens_per_second == pytest.approx(8 / writing)


@both
@packed
def test_bytes_pass_at_once(kind, gzip):
    """The server sends the second piece only when the client has the first: a tap that waited would never see it."""
    arrived = threading.Event()
    waits = []

    def pieces():
        yield THINKING[3]
        waits.append(arrived.wait(10))
        yield DONE

    session = Exchanges()
    with serving(lambda request: Reply(pieces(), headers=STREAM, gzip=gzip)) as server:
        if kind == "sync":
            for _ in client(server.base_url, session).chat.completions.create(
                model="qwen-plus", messages=QUESTION, stream=True
            ):
                assert session[0].ending == "open"
                assert session[0].content == "9.9 "
                arrived.set()
        else:

            async def run():
                async with async_client(server.base_url, session) as ai:
                    create = ai.chat.completions.create
                    async for _ in await create(model="qwen-plus", messages=QUESTION, stream=True):
                        assert session[0].content == "9.9 "
                        arrived.set()

            asyncio.run(run())
    assert waits == [True]
    assert session[0].ending == "complete"


@packed
def test_bytes_and_headers_pass_untouched(gzip):
    reply = Reply(THINKING, headers=STREAM | {"x-request-id": "abc", "set-cookie": "a=1"}, gzip=gzip)
    with serving(lambda request: reply) as server, httpx2.Client() as bare:
        transport = TapTransport(httpx2.HTTPTransport(), Exchanges())
        with httpx2.Client(transport=transport) as tapped:
            results = []
            for either in (bare, tapped):
                with either.stream("POST", server.base_url, json={}) as response:
                    results.append((response.headers.multi_items(), b"".join(response.iter_raw())))
    (bare_headers, bare_bytes), (tapped_headers, tapped_bytes) = results
    assert tapped_bytes == bare_bytes
    assert [pair for pair in tapped_headers if pair[0] != "date"] == [p for p in bare_headers if p[0] != "date"]


def test_several_choices_and_tool_calls_are_in_response_and_events():
    call_0 = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{"}}
    second = json.loads(chunk({"content": "B"}).removeprefix(b"data: "))
    second["choices"][0]["index"] = 1
    exchange = recorded(
        [chunk({"content": "A"}), event(json.dumps(second)), chunk({"tool_calls": [call_0]}), DONE], headers=STREAM
    )
    assert exchange.content == "A"
    assert [each.deltas for each in exchange.events] == [
        {0: {"content": "A"}},
        {1: {"content": "B"}},
        {0: {"tool_calls": [call_0]}},
        {},
    ]
    assert exchange.events[2].brings_tokens


def test_without_a_count_of_tokens_there_is_none():
    exchange = recorded([each for each in THINKING if b"prompt_tokens" not in each], headers=STREAM)
    assert exchange.usage is None
    assert exchange.completion_tokens is None
    assert exchange.tokens_per_second is None


def test_concurrent_calls_from_threads_are_kept_apart():
    check_concurrent(lambda url, session, texts: list(ThreadPoolExecutor(8).map(ask(url, session), texts)))


def test_concurrent_calls_of_one_loop_are_kept_apart():
    async def gather(url, session, texts):
        messages = [[{"role": "user", "content": text}] for text in texts]
        return await asyncio.gather(*(async_call(url, session, messages=each, stream=True) for each in messages))

    check_concurrent(lambda url, session, texts: asyncio.run(gather(url, session, texts)))


def ask(url, session):
    return lambda text: call(url, session, messages=[{"role": "user", "content": text}], stream=True)


def check_concurrent(run):
    def echo(request: Received) -> Reply:
        text = request.body["messages"][-1]["content"]
        return Reply([*(chunk({"content": each}) for each in text), DONE], headers=STREAM, pause=0.01)

    session, texts = Exchanges(), [f"question {number}" for number in range(12)]
    with serving(echo) as server:
        assert run(server.base_url, session, texts) == texts
    assert sorted(exchange.number for exchange in session) == list(range(1, 13))
    assert all(exchange.content == exchange.request["messages"][0]["content"] for exchange in session)
    assert {exchange.content for exchange in session} == set(texts)


# ── server-sent events ───────────────────────────────────────────────────────────────────────────────────────────


@given(cuts=st.lists(st.integers(0, 2000)), line_end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_events_are_the_same_however_the_bytes_are_cut(cuts, line_end):
    body = b"".join(THINKING).replace(b"\n", line_end.encode())
    edges = sorted({0, len(body), *(cut for cut in cuts if cut < len(body))})
    exchange = recorded([body[start:end] for start, end in pairwise(edges)], headers=STREAM)
    assert [each.data for each in exchange.events] == [
        each.decode().removeprefix("data: ").strip() for each in THINKING
    ]
    assert exchange.content == "9.9 更大"


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (b"data: a\ndata: b\n\n", ["a\nb"]),
        (b": keep-alive\n\ndata: a\n\n", ["", "a"]),
        (b"event: error\nid: 1\n:HTTP_STATUS/400\ndata:{}\n\n", ["{}"]),
        (b"\xef\xbb\xbfdata: a\n\n", ["a"]),
        (b"\n\n\ndata: a\n\n\n\ndata: b\n\n", ["a", "b"]),
        (b"data: a\n\ndata: unfinished", ["a", "unfinished"]),
        (b'data: {"broken": \n\ndata: [DONE]\n\n', ['{"broken": ', "[DONE]"]),
        ("data: a\u2028b\n\n".encode(), ["a\u2028b"]),
        (b"data: \xff\xfe\n\n", ["\ufffd\ufffd"]),
        (b"", []),
    ],
)
def test_framing(body, data):
    events = recorded(body, headers=STREAM).events
    assert [each.data for each in events] == data
    assert all(each.json is None for each in events if each.data != "{}")


@given(st.recursive(st.none() | st.integers() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3)))
def test_no_shape_of_answer_makes_the_reading_fail(odd):
    fields = ("choices", "usage", "error", "model", "delta", "message", "index", "content", "finish_reason")
    bodies = [
        odd,
        dict.fromkeys(fields, odd),
        {"choices": [dict.fromkeys(fields, odd), odd], "usage": dict.fromkeys(USAGE, odd)},
    ]
    for body in bodies:
        text = json.dumps(body)
        for exchange in (
            recorded(text.encode()),
            recorded(text.encode(), status=500),
            recorded(event(text), headers=STREAM),
            recorded(event(text), status=400, headers=STREAM),
        ):
            read_everything(exchange)


def read_everything(exchange: Exchange) -> str:
    """Every public reading of an exchange and of its events, as one text."""
    names = [name for name in dir(Exchange) if isinstance(getattr(Exchange, name), property)]
    readings = [repr(getattr(exchange, name)) for name in names]
    for each in exchange.events:
        readings += [repr(each), repr(each.json), repr(each.deltas), repr(each.finish_reasons), str(each.brings_tokens)]
    return "\n".join(readings)


# ── errors ───────────────────────────────────────────────────────────────────────────────────────────────────────

REFUSAL = {
    "error": {"code": "invalid_parameter_error", "param": None, "message": "no", "type": "x"},
    "id": "chatcmpl-1",
}


@both
@packed
@pytest.mark.parametrize(
    ("body", "headers"),
    [(json.dumps(REFUSAL).encode(), JSON), (event(json.dumps(REFUSAL)), STREAM), (event(json.dumps(REFUSAL)), JSON)],
    ids=["json", "sse", "sse typed json"],
)
def test_a_refusal_is_read_in_either_form(kind, gzip, body, headers):
    """Contract 4.5: under stream the body of a 400 is a server-sent event, whatever its type says."""
    session = Exchanges()
    with (
        serving(lambda request: Reply([body], status=400, headers=headers, gzip=gzip)) as server,
        pytest.raises(openai.BadRequestError),
    ):
        call_either(kind, server.base_url, session, stream=headers is STREAM)
    (exchange,) = session
    assert (exchange.status, exchange.ending, exchange.failure) == (400, "complete", None)
    assert exchange.response == REFUSAL
    assert exchange.error == REFUSAL["error"]
    assert exchange.body == body


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (502, b"<html>Bad Gateway</html>", "<html>Bad Gateway</html>"),
        (400, b'{"code":"InvalidParameter","message":"flat"}', "flat"),
        (404, b'{"error":"not found"}', "not found"),
        (422, b'{"detail":[1]}', '{"detail":[1]}'),
        (500, b"", "The service gave no message."),
        (200, event('{"error":{"message":"in a stream","code":"x"}}'), "in a stream"),
    ],
)
def test_errors_of_other_shapes_have_a_message(status, body, message):
    assert recorded(body, status=status, headers=STREAM if status == 200 else JSON).error["message"] == message


@both
def test_a_connection_that_is_refused(kind):
    session = Exchanges()
    with serving(answer) as server:
        base_url = server.base_url  # free again when the server is gone
    with pytest.raises(openai.APIConnectionError):
        call_either(kind, base_url, session)
    (exchange,) = session
    assert (exchange.status, exchange.ending, exchange.response, exchange.events) == (None, "broken", None, [])
    assert exchange.failure.startswith("ConnectError")
    assert exchange.seconds > 0


@both
@packed
def test_a_stream_that_breaks_keeps_what_came(kind, gzip):
    session = Exchanges()
    with (
        serving(lambda request: Reply(THINKING[:4], headers=STREAM, gzip=gzip, reset=True, pause=0.02)) as server,
        pytest.raises(openai.APIConnectionError),
    ):
        call_either(kind, server.base_url, session, stream=True)
    (exchange,) = session
    assert (exchange.status, exchange.ending) == (200, "broken")
    assert exchange.failure.partition(":")[0] in ("ReadError", "RemoteProtocolError")
    assert len(exchange.events) >= 1
    assert "比较小数，再想想。".startswith(exchange.reasoning)
    assert exchange.finish_reason is None


@both
def test_a_timeout(kind):
    session, gate = Exchanges(), threading.Event()

    def late(request: Received) -> Reply:
        gate.wait(10)
        return Reply([PLAIN])

    with serving(late) as server, pytest.raises(openai.APITimeoutError):
        call_either(kind, server.base_url, session, timeout=0.1)
    gate.set()
    assert session[0].ending == "broken"
    assert session[0].failure.startswith("ReadTimeout")


def test_a_retry_is_an_exchange_of_its_own():
    replies = iter([Reply([b"{}"], status=503, headers=JSON | {"retry-after-ms": "1"}), Reply([PLAIN])])
    session = Exchanges()
    with serving(lambda request: next(replies)) as server:
        client(server.base_url, session, max_retries=1).chat.completions.create(model="qwen-plus", messages=QUESTION)
    assert [(exchange.number, exchange.status) for exchange in session] == [(1, 503), (2, 200)]


@both
def test_a_stream_closed_early_is_told_apart_from_a_complete_one(kind):
    session = Exchanges()

    async def run(url):
        async with async_client(url, session) as ai:
            stream = await ai.chat.completions.create(model="qwen-plus", messages=QUESTION, stream=True)
            await anext(aiter(stream))
            await stream.close()

    with serving(lambda request: Reply(THINKING, headers=STREAM, pause=0.02)) as server:
        if kind == "sync":
            with client(server.base_url, session) as ai:
                stream = ai.chat.completions.create(model="qwen-plus", messages=QUESTION, stream=True)
                next(stream)
                assert session[0].ending == "open"
                stream.close()
        else:
            asyncio.run(run(server.base_url))
    (exchange,) = session
    assert exchange.ending == "closed"
    assert 1 <= len(exchange.events) < len(THINKING)
    assert exchange.failure is None


def test_a_cancelled_call_counts_as_closed_by_the_client():
    session, gate = Exchanges(), threading.Event()

    async def run(url):
        async with async_client(url, session) as ai:
            create = ai.chat.completions.create(model="qwen-plus", messages=QUESTION)
            await asyncio.wait_for(create, timeout=0.1)

    def late(request: Received) -> Reply:
        gate.wait(10)
        return Reply([PLAIN])

    with serving(late) as server, pytest.raises(TimeoutError):
        asyncio.run(run(server.base_url))
    gate.set()
    assert (session[0].ending, session[0].failure) == ("closed", None)


# ── the key ──────────────────────────────────────────────────────────────────────────────────────────────────────


def everything(exchange: Exchange) -> str:
    """All that a learner, a variable inspector or a file could come to see of an exchange."""
    pickled = pickle.dumps(exchange)
    again = pickle.loads(pickled)
    seen = [repr(exchange), str(vars(exchange)), read_everything(exchange), read_everything(again), str(vars(again))]
    seen += [repr([*again._pieces]), pickled.decode("latin-1"), repr(exchange.request_headers)]
    return "\n".join(seen)


def echo_in_body(request: Received) -> Reply:
    error = {"message": f"Incorrect API key: {request.headers['authorization']}", "code": "invalid_api_key"}
    return Reply([json.dumps({"error": error, "path": request.path}).encode()], status=401)


def echo_in_whole_answer(request: Received) -> Reply:
    return Reply([json.dumps(completion(f"Your key is {KEY}.")).encode()], headers=JSON | {"x-debug": KEY})


def echo_in_deltas(request: Received) -> Reply:
    halves = KEY[:11], KEY[11:]
    return Reply([*(chunk({"content": half, "reasoning_content": half}) for half in halves), DONE], headers=STREAM)


def echo_in_pieces(request: Received) -> Reply:
    body = chunk({"content": f"Your key is {KEY}."}) + DONE
    middle = body.index(KEY.encode()) + 9
    return Reply([body[:middle], body[middle:]], headers=STREAM, pause=0.05)


@both
@packed
@pytest.mark.parametrize("echo", [echo_in_body, echo_in_whole_answer, echo_in_deltas, echo_in_pieces])
def test_the_key_is_hidden_in_whatever_is_recorded(kind, gzip, echo):
    session = Exchanges()
    with serving(lambda request: replace(echo(request), gzip=gzip)) as server, contextlib.suppress(openai.APIError):
        call_either(
            kind,
            server.base_url,
            session,
            messages=[{"role": "user", "content": f"My key is {KEY}."}],
            stream=echo in (echo_in_deltas, echo_in_pieces),
            extra_query={"api_key": KEY},
        )
    (exchange,) = session
    assert KEY in server.received[0].path  # it was sent, in all of these places
    assert KEY in server.received[0].body["messages"][0]["content"]
    assert exchange.request_headers["authorization"] == f"Bearer sk-****{KEY[-4:]}"
    assert exchange.request["messages"][0]["content"] == f"My key is sk-{'*' * (len(KEY) - 7)}{KEY[-4:]}."
    seen = everything(exchange)
    assert KEY not in seen
    assert KEY[:11] not in seen or echo is echo_in_deltas  # half a key in an event of its own is no key


@both
@packed
@pytest.mark.parametrize("stream", [False, True])
def test_no_exception_shows_a_key_that_the_server_echoes(kind, gzip, stream):
    def answer(request: Received) -> Reply:
        reply = echo_in_body(request)
        if not stream:
            return replace(reply, gzip=gzip)
        return replace(reply, pieces=[b"data: " + b"".join(reply.pieces) + b"\n\n"], headers=STREAM, gzip=gzip)

    with serving(answer) as server:
        error = failure(kind, server.base_url, stream=stream)
    assert isinstance(error, openai.AuthenticationError)
    assert "Incorrect API key" in str(error.body)
    shown = "\n".join(
        [str(error), repr(error), repr(error.body), error.response.text, str(dict(error.response.headers))]
    )
    assert KEY not in shown
    assert f"sk-{'*' * (len(KEY) - 7)}{KEY[-4:]}" in error.response.text
    assert KEY not in frames(error)


@both
def test_no_traceback_of_a_failed_connection_shows_the_key(kind):
    with serving(answer) as server:
        base_url = server.base_url
    assert KEY not in frames(failure(kind, base_url))


def failure(kind: str, base_url: str, **params) -> Exception:
    try:
        call_either(kind, base_url, Exchanges(), **params)
    except openai.APIError as error:
        return error
    raise AssertionError("the call should have failed")


def frames(error: BaseException) -> str:
    """The traceback with all local variables, as verbose tracebacks print it."""
    return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


def test_error_bodies_without_the_key_pass_untouched():
    body = json.dumps(REFUSAL).encode()
    with serving(lambda request: Reply([body], status=400, gzip=True)) as server:
        tap = TapTransport(httpx2.HTTPTransport(), Exchanges())
        with httpx2.Client(transport=tap, headers={"authorization": f"Bearer {KEY}"}) as tapped:
            with tapped.stream("POST", server.base_url, json={}) as response:
                raw = b"".join(response.iter_raw())
            assert response.headers["content-encoding"] == "gzip"
            assert raw.startswith(b"\x1f\x8b")
            assert tapped.post(server.base_url, json={}).content == body


@pytest.mark.parametrize("key", ["none", "EMPTY", "ollama"])
def test_a_placeholder_is_no_secret_that_would_blot_out_words(key):
    text = f"There is {key} of it."
    assert recorded(json.dumps(completion(text)).encode(), key=key).content == text


def test_keys_in_other_spellings_are_hidden():
    key = "id/123+456=secret"
    body = f"{key} id%2F123%2B456%3Dsecret id\\/123+456=secret".encode()
    shown = recorded(body, status=400, key=key).body
    assert b"123" not in shown
    assert len(shown) == len(body)


# ── the session's list ───────────────────────────────────────────────────────────────────────────────────────────


def request_of(size: int = 0) -> Exchange:
    return Exchange(httpx2.Request("POST", "http://127.0.0.1/v1", content=b"x" * size))


def test_the_list_keeps_the_last_ones_and_numbers_on():
    session = Exchanges(most=3)
    added = [session.add(request_of()) for _ in range(5)]
    assert [exchange.number for exchange in session] == [3, 4, 5]
    assert session[-1] is added[-1]
    assert session[:2] == added[2:4]
    session.clear()
    assert len(session) == 0
    assert session.add(request_of()).number == 6


def test_the_list_keeps_a_bounded_number_of_bytes():
    session = Exchanges(most_bytes=1000)
    for _ in range(20):
        session.add(request_of(300)).arrived(b"y" * 100)
    assert sum(exchange.size for exchange in session) <= 1000
    assert session[-1].number == 20
    session.add(request_of(5000))
    assert [exchange.number for exchange in session] == [21]  # the last one stays, whatever its size


def test_one_answer_keeps_a_bounded_number_of_bytes(monkeypatch):
    monkeypatch.setattr(exchange_module, "MOST_BYTES", 1000)
    exchange = recorded([b"z" * 100] * 50)
    assert len(exchange.body) == 1000


def test_an_upload_in_pieces_is_not_read_before_it_is_sent():
    def upload():
        yield b'{"model"'
        yield b': "x"}'

    session = Exchanges()
    with serving(answer) as server, httpx2.Client(transport=TapTransport(httpx2.HTTPTransport(), session)) as tapped:
        content = b"".join(upload())
        tapped.post(server.base_url, content=upload(), headers={"content-length": str(len(content))})
    assert server.received[0].body == {"model": "x"}
    assert session[0].request == {}
    assert session[0].status == 200
