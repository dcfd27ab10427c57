"""What the tap costs: a stream of 4,000 chunks read by the SDK's client, with the tap under it and without.

    python tests/benchmarks/tap.py [ROUNDS]

The server runs in a process of its own and sends as fast as the client reads. Runs are interleaved; both are measured
by the clock on the wall, from the call to the last chunk.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CHUNKS = 4_000
KEY = "sk-" + "bench" * 4


def stream() -> list[bytes]:
    """The events, in the form of contract 4.2, each as a piece of a chunked body."""
    rest = {
        "object": "chat.completion.chunk",
        "usage": None,
        "created": 1764076775,
        "system_fingerprint": None,
        "model": "qwen-plus",
        "id": "chatcmpl-9f61858b-7204-4b9b-98cd-66ada377fe7d",
    }
    events = []
    for number in range(CHUNKS):
        delta = {"content": f"令牌{number} ", "reasoning_content": None}
        choice = {"delta": delta, "finish_reason": None, "index": 0, "logprobs": None}
        events.append(f"data: {json.dumps({'choices': [choice]} | rest, ensure_ascii=False)}\n\n")
    pieces = [event.encode() for event in [*events, "data: [DONE]\n\n"]]
    return [f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces] + [b"0\r\n\r\n"]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    pieces = stream()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for piece in self.pieces:
            self.wfile.write(piece)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is the base class's
        """Silent."""


@contextmanager
def server() -> Iterator[str]:
    """The base URL of a server in another process."""
    process = subprocess.Popen([sys.executable, __file__, "serve"], stdout=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def serve() -> None:
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(listening.server_address[1], flush=True)
    listening.serve_forever()


def measure(rounds: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds of each run without the tap and with it, and of reading what the tap recorded."""
    import httpx2
    from openai import DefaultHttpxClient, OpenAI

    from helpers.tap import Exchanges, TapTransport

    session = Exchanges()
    bare = DefaultHttpxClient(transport=httpx2.HTTPTransport())
    tapped = DefaultHttpxClient(transport=TapTransport(httpx2.HTTPTransport(), session))
    times: dict[object, list[float]] = {bare: [], tapped: []}
    reading = []
    with server() as base_url:
        clients = {each: OpenAI(base_url=base_url, api_key=KEY, http_client=each) for each in times}
        for number in range(rounds + 1):
            for http_client, client in clients.items():
                start = time.perf_counter()
                chunks = list(client.chat.completions.create(model="qwen-plus", messages=[], stream=True))
                if number:  # the first round warms up
                    times[http_client].append(time.perf_counter() - start)
                assert len(chunks) == CHUNKS
            start = time.perf_counter()
            assert len(session[-1].content) > CHUNKS
            reading.append(time.perf_counter() - start)
    return times[bare], times[tapped], reading


def main(rounds: int) -> None:
    without, with_tap, reading = measure(rounds)
    for name, times in (("without the tap", without), ("with the tap", with_tap), ("reading it later", reading)):
        print(f"{name:<18} fastest {min(times) * 1000:6.0f} ms   median {statistics.median(times) * 1000:6.0f} ms")
    extra = statistics.median(with_tap) - statistics.median(without)
    print(
        f"The tap adds {extra * 1000:.1f} ms to a stream of {CHUNKS:,} chunks: {extra / CHUNKS * 1e6:.2f} µs a chunk, "
        f"{extra / statistics.median(without):.1%}."
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
