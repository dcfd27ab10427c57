"""The pace of a real service: first token, rhythm, and what a vanished client saves."""

import asyncio
import time
from types import SimpleNamespace

import httpx2
import pytest

from helpers.practice import server
from helpers.practice.pace import PACES, Pace
from helpers.practice.wire import Event


def arrivals(pace: Pace, events: list[Event]) -> tuple[list[float], list[bytes]]:
    """When each write left, in seconds after the start, and what it held."""

    async def collect() -> tuple[list[float], list[bytes]]:
        begin, times, writes = time.monotonic(), [], []
        async for write in pace.out(iter(events), prompt_tokens=0, asked=begin):
            times.append(time.monotonic() - begin)
            writes.append(write)
        return times, writes

    return asyncio.run(collect())


def test_realistic_events_leave_one_by_one_and_not_before_their_time() -> None:
    pace = Pace(first_token=0.1, per_second=100, prompt_per_second=1000)
    times, writes = arrivals(pace, [Event(b"opener"), *(Event(b"chunk", 2) for _ in range(10)), Event(b"done")])
    assert writes[0] == b"opener"
    assert len(writes) >= 10
    assert 0.1 <= times[0] < 0.2
    assert 0.28 <= times[-1] < 0.5  # 0.1 s to the first token, then 20 tokens at 100 a second


def test_instant_events_leave_in_few_writes() -> None:
    times, writes = arrivals(PACES["instant"], [Event(b"x", 1) for _ in range(1000)])
    assert b"".join(writes) == b"x" * 1000
    assert len(writes) < 50
    assert times[-1] < 0.5


def test_the_article_s_figures() -> None:
    pace = PACES["realistic"]
    assert 0.2 < pace.first(50) < 0.5  # first words in a few hundred milliseconds
    assert 9 < pace.first(50) + pace.after(500) < 12  # 500 tokens in full: about 10 s


def test_a_realistic_stream_over_http_starts_early_and_goes_on() -> None:
    endpoint = server.start(pace="realistic")
    body = {
        "model": "qwen-plus",
        "stream": True,
        "messages": [{"role": "user", "content": "Write 40 words about rivers."}],
    }
    headers = {"authorization": f"Bearer {endpoint.api_key}"}
    begin, times = time.monotonic(), []
    with (
        httpx2.Client(base_url=endpoint.base_url, headers=headers, trust_env=False) as http,
        http.stream("POST", "/chat/completions", json=body) as response,
    ):
        times = [time.monotonic() - begin for _ in response.iter_raw()]
    assert 0.3 < times[0] < 0.7
    assert times[-1] - times[0] > 0.4
    assert len(times) > 10


@pytest.mark.parametrize("pace", ["instant", "realistic"])
def test_a_client_that_leaves_costs_the_others_nothing(pace: str) -> None:
    endpoint = server.start(pace=pace)
    body = {
        "model": "qwen-plus",
        "stream": True,
        "messages": [{"role": "user", "content": "Write 3000 words about rivers."}],
    }
    headers = {"authorization": f"Bearer {endpoint.api_key}"}
    with httpx2.Client(base_url=endpoint.base_url, headers=headers, trust_env=False) as http:
        for _ in range(5):
            with http.stream("POST", "/chat/completions", json=body) as response:
                next(response.iter_raw())
        begin = time.monotonic()
        assert http.get("/models").status_code == 200
        assert time.monotonic() - begin < 0.5


def test_composing_is_a_part_of_the_wait() -> None:
    pace = Pace(first_token=0.2, per_second=1000, prompt_per_second=1000)
    reply = SimpleNamespace(prompt_tokens=0, choices=[SimpleNamespace(completion_tokens=0)])
    for asked, least, most in ((0.15, 0.03, 0.15), (5.0, 0.0, 0.1)):
        begin = time.monotonic()
        asyncio.run(pace.whole(reply, begin - asked))
        assert least <= time.monotonic() - begin < most
