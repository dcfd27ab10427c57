"""Faults on demand: what had arrived when a stream broke is all there, and the endpoint goes on for everyone else."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx2
import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.practice import server
from helpers.practice.contract import Refused
from helpers.practice.faults import HEADER, Fault, asked_for
from helpers.tap import AsyncTapTransport, Exchanges, TapTransport
from helpers.tap.exchange import Exchange

ASKED = {"model": "qwen-plus", "messages": [{"role": "user", "content": "Which is larger, 9.9 or 9.11?"}]}
STREAMED = ASKED | {
    "stream": True,
    "stream_options": {"include_usage": True},
    "extra_body": {"enable_thinking": True},
}
BAD_VALUES = [
    "",
    "broken",
    "cutter",
    "cut after=4",
    "cut;",
    "cut; after",
    "cut; after=",
    "cut; after=-1",
    "cut; after=1.5",
    "cut; after=1000000",
    "cut; after=" + "9" * 5000,
    "cut; after=1; after=2",
    "cut; before=1",
    "cut; after=1, cut; after=1",
    "stall; after=４",
    "切断",
]


@dataclass
class Outcome:
    """What a client got of one call: the chunks, the exception that ended it, and the exchange on the wire."""

    chunks: list[dict[str, Any]]
    error: Exception | None
    exchange: Exchange

    @property
    def events(self) -> list[dict[str, Any] | str]:
        return [unstamped(event.json) if event.json else event.data for event in self.exchange.events]


def unstamped(chunk: dict[str, Any]) -> dict[str, Any]:
    """The chunk without what differs from call to call."""
    return {name: value for name, value in chunk.items() if name not in ("id", "created")}


class Asker:
    """A plain SDK client over a tap."""

    def __init__(self, endpoint: server.Endpoint, **options: Any) -> None:
        self.session = Exchanges()
        tap = TapTransport(httpx2.HTTPTransport(), self.session)
        self.client = openai.OpenAI(
            base_url=endpoint.base_url,
            api_key=endpoint.api_key,
            http_client=openai.DefaultHttpxClient(transport=tap),
            **{"max_retries": 0} | options,
        )

    def stream(self, fault: str | None = None) -> Outcome:
        chunks, error = [], None
        try:
            for chunk in self.client.chat.completions.create(**STREAMED, extra_headers=header(fault)):
                chunks.append(unstamped(chunk.model_dump()))
        except openai.APIError as raised:
            error = raised
        return Outcome(chunks, error, self.session[-1])


async def async_stream(endpoint: server.Endpoint, fault: str, **options: Any) -> Outcome:
    session = Exchanges()
    tap = AsyncTapTransport(httpx2.AsyncHTTPTransport(), session)
    chunks, error = [], None
    async with openai.AsyncOpenAI(
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        http_client=openai.DefaultAsyncHttpxClient(transport=tap),
        **{"max_retries": 0} | options,
    ) as client:
        try:
            async for chunk in await client.chat.completions.create(**STREAMED, extra_headers=header(fault)):
                chunks.append(unstamped(chunk.model_dump()))
        except openai.APIError as raised:
            error = raised
    return Outcome(chunks, error, session[-1])


def header(fault: str | None) -> dict[str, str]:
    return {} if fault is None else {HEADER: fault}


@pytest.fixture(scope="module")
def asker(endpoint: server.Endpoint) -> Asker:
    return Asker(endpoint)


@pytest.fixture(scope="module")
def whole(asker: Asker) -> Outcome:
    """The stream when nothing breaks it: long enough to leave in several writes at instant pace, too."""
    outcome = asker.stream()
    assert outcome.error is None
    assert outcome.events[-1] == "[DONE]"
    assert len(outcome.events) > 70
    return outcome


def check_cut(cut: Outcome, whole: Outcome, k: int) -> None:
    """The first k events arrived, nothing of the next, and the client was told unless there was no next."""
    assert cut.events == whole.events[:k]
    assert cut.chunks == whole.chunks[:k]
    if k >= len(whole.events):
        assert cut.error is None
        assert (cut.exchange.ending, cut.exchange.failure) == ("complete", None)
    else:
        assert type(cut.error) is openai.APIConnectionError
        assert cut.exchange.ending == "broken"
        assert cut.exchange.failure.startswith("RemoteProtocolError: ")


# ── cut ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_stream_cut_after_any_event_loses_nothing_that_had_arrived(asker: Asker, whole: Outcome) -> None:
    for k in range(len(whole.events) + 1):
        check_cut(asker.stream(f"cut; after={k}"), whole, k)


def test_a_cut_beyond_the_end_changes_nothing(asker: Asker, whole: Outcome) -> None:
    check_cut(asker.stream("cut; after=999999"), whole, 999999)


def test_a_cut_without_a_number_comes_before_the_first_event(asker: Asker, whole: Outcome) -> None:
    check_cut(asker.stream("cut"), whole, 0)


def test_async_clients_lose_nothing_either(endpoint: server.Endpoint, whole: Outcome) -> None:
    end = len(whole.events)
    numbers = [0, 1, 2, 31, 32, 33, end // 2, end - 2, end - 1, end, end + 1]

    async def all_at_once() -> list[Outcome]:
        return await asyncio.gather(*(async_stream(endpoint, f"cut; after={k}") for k in numbers))

    for k, cut in zip(numbers, asyncio.run(all_at_once()), strict=True):
        check_cut(cut, whole, k)


def test_it_is_exact_at_realistic_pace(whole: Outcome) -> None:
    endpoint = server.start(pace="realistic")

    async def all_at_once() -> list[Outcome]:
        return await asyncio.gather(*(async_stream(endpoint, f"cut; after={k}") for k in range(6)))

    for k, cut in enumerate(asyncio.run(all_at_once())):
        check_cut(cut, whole, k)


def test_an_answer_in_one_piece_breaks_off_in_every_attempt(endpoint: server.Endpoint) -> None:
    asker = Asker(endpoint, max_retries=1)
    with pytest.raises(openai.APIConnectionError) as raised:
        asker.client.chat.completions.create(**ASKED, extra_headers=header("cut; after=40"))
    assert type(raised.value) is openai.APIConnectionError
    assert [(exchange.status, exchange.ending) for exchange in asker.session] == [(200, "broken")] * 2
    assert all(exchange.body and exchange.response is None for exchange in asker.session)


# ── stall ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("k", [0, 40])
def test_of_a_stalled_stream_what_had_arrived_stays(endpoint: server.Endpoint, whole: Outcome, k: int) -> None:
    fault, timeout = f"stall; after={k}", httpx2.Timeout(5, read=0.3)
    outcomes = [
        Asker(endpoint, timeout=timeout).stream(fault),
        asyncio.run(async_stream(endpoint, fault, timeout=timeout)),
    ]
    for stalled in outcomes:
        assert type(stalled.error) is openai.APITimeoutError
        assert stalled.chunks == whole.chunks[:k]
        assert stalled.events == whole.events[:k]
        assert stalled.exchange.ending == "broken"
        assert stalled.exchange.failure.startswith("ReadTimeout")


def test_a_stall_beyond_the_end_changes_nothing(asker: Asker, whole: Outcome) -> None:
    check_cut(asker.stream(f"stall; after={len(whole.events)}"), whole, len(whole.events))


def test_an_answer_in_one_piece_stalls_halfway(endpoint: server.Endpoint) -> None:
    asker = Asker(endpoint, timeout=httpx2.Timeout(5, read=0.3))
    with pytest.raises(openai.APITimeoutError):
        asker.client.chat.completions.create(**ASKED, extra_headers=header("stall"))
    assert asker.session[-1].body


# ── the others, and the log ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def own_endpoint(monkeypatch: pytest.MonkeyPatch) -> server.Endpoint:
    """One that no other test uses, so that this one may close it."""
    monkeypatch.setattr(server, "_started", {})
    return server.start(pace="instant")


@pytest.fixture
def log(own_endpoint: server.Endpoint) -> Iterator[list[logging.LogRecord]]:
    """What the web server writes to its log, once it has started: until then it replaces handlers."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = records.append
    logger = logging.getLogger("uvicorn.error")
    logger.addHandler(handler)
    yield records
    logger.removeHandler(handler)


def test_faults_leave_the_others_alone_and_no_traceback_in_the_log(
    own_endpoint: server.Endpoint, whole: Outcome, log: list[logging.LogRecord]
) -> None:
    asker = Asker(own_endpoint)
    create = asker.client.chat.completions.create
    with create(**STREAMED, extra_headers=header("stall; after=3")) as stalled:
        next(stalled)
        check_cut(asker.stream("cut; after=3"), whole, 3)
        with pytest.raises(openai.APIConnectionError):
            create(**ASKED, extra_headers=header("cut"))
        check_cut(asker.stream(), whole, len(whole.events))
        own_endpoint.close()
    assert [record.getMessage() for record in log] == []


def test_accidents_are_still_logged(log: list[logging.LogRecord]) -> None:
    try:
        raise RuntimeError("an accident")
    except RuntimeError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    assert len(log) == 1


def test_a_refused_call_is_refused_as_ever(asker: Asker) -> None:
    with pytest.raises(openai.NotFoundError, match="does not exist"):
        asker.client.chat.completions.create(**ASKED | {"model": "no-such"}, extra_headers=header("cut"))


# ── the header ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("cut", Fault("cut")),
        ("cut; after=40", Fault("cut", 40)),
        ("cut;after=040", Fault("cut", 40)),
        ("stall ; after=0", Fault("stall", 0)),
        ("Cut; AFTER = 40", Fault("cut", 40)),
        ("stall; after=999999", Fault("stall", 999_999)),
    ],
)
def test_what_the_header_takes(value: str, fault: Fault) -> None:
    assert asked_for([value]) == fault


def test_without_the_header_nothing_happens() -> None:
    assert asked_for([]) is None


@given(st.lists(st.text() | st.from_regex(r"(cut|stall)( *;.*)?"), min_size=1, max_size=2))
def test_any_value_is_taken_or_refused(values: list[str]) -> None:
    with suppress(Refused):
        fault = asked_for(values)
        assert len(values) == 1
        assert values[0].casefold().startswith(fault.kind)
        assert 0 <= fault.after < 1_000_000


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("values", [*([value] for value in BAD_VALUES), ["cut", "cut"], ["stall", "cut; after=1"]])
def test_what_it_cannot_read_it_says_and_not_as_bailian(http: httpx2.Client, values: list[str], stream: bool) -> None:
    headers = [(HEADER.encode(), value.encode()) for value in values]
    response = http.post("/chat/completions", json=ASKED | {"stream": stream}, headers=headers)
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["type"] == "practice_endpoint_error"
    assert "not one of Bailian's" in error["message"]
    assert "cut; after=40" in error["message"]


def test_the_example_in_the_message_works(http: httpx2.Client) -> None:
    response = http.post("/chat/completions", json=ASKED, headers={HEADER: "?"})
    example = response.json()["error"]["message"].rpartition(": ")[2]
    assert asked_for([example]) == Fault("cut", 40)


def test_the_sdk_shows_the_message_and_does_not_retry(endpoint: server.Endpoint) -> None:
    asker = Asker(endpoint, max_retries=2)
    with pytest.raises(openai.BadRequestError, match="cannot read the header x-practice-fault"):
        asker.client.chat.completions.create(**STREAMED, extra_headers=header("cut; after=-1"))
    assert len(asker.session) == 1
