"""Runs in the kernel: shows what a hostile model wrote, in the ways that are compared.

Each is called with a name from hostile.json, which the test has put beside the notebook.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
from IPython.display import HTML, Markdown, display
from openai import APIError, OpenAI
from recording import DONE, JSON, STREAM, chunk, event

from helpers.tap import TapTransport
from helpers.wire import show_exchange

LETTERS = 7  # in a delta: few enough to cut through every tag, address and marker
SECONDS = 0.08  # that an answer takes: long enough for a display to show it half done


def naive(name: str) -> None:
    """As a careless cell does it, the last but one delta included."""
    payload = _hostile(name)
    if payload["naive"] == "print":
        print(payload["text"])
        return
    form = {"markdown": Markdown, "html": HTML}[payload["naive"]]
    shown = display(form(payload["text"][:-LETTERS]), display_id=True)
    shown.update(form(payload["text"]))


def wire(name: str) -> None:
    """The wire view of a stream and of an error."""
    text = _hostile(name)["text"]
    for answer in (_stream(text, letters=1000), _refusal(text)):
        with suppress(APIError), _calling(answer, text) as stream:
            list(stream)
        show_exchange()


def live(name: str) -> None:
    """The live display of a stream that ends well, and of one that breaks with an error."""
    from helpers.live import live

    text = _hostile(name)["text"]
    for answer in (_stream(text, letters=LETTERS, seconds=SECONDS), _broken(text)):
        with suppress(APIError):
            live(_calling(answer, text))


def live_run(name: str) -> None:
    """The live display of a long text in deltas of a token or so, and after it the CPU seconds it took."""
    from helpers.live import live

    chunks = list(_calling(_content(_hostile(name)["text"], letters=25), ""))
    started = time.process_time()
    live(chunks)
    print(f"{name}: {time.process_time() - started:.2f} s")


def _hostile(name: str) -> dict[str, str]:
    return json.loads(Path("hostile.json").read_text(encoding="utf-8"))[name]


Answer = Callable[[], httpx2.Response]


def _calling(answer: Answer, prompt: str) -> Any:
    """The SDK's own stream, through the tap, from a server that the text also was sent to."""
    transport = TapTransport(httpx2.MockTransport(lambda request: answer()))
    client = OpenAI(
        base_url="http://127.0.0.1/v1",
        api_key="sk-practice",
        http_client=httpx2.Client(transport=transport),
        max_retries=0,
    )
    return client.chat.completions.create(
        model="qwen-plus", messages=[{"role": "user", "content": prompt}], stream=True
    )


def _stream(text: str, *, letters: int, seconds: float = 0) -> Answer:
    """The text as thoughts, as the answer, and in every other field of a stream."""

    def body() -> Iterator[bytes]:
        deltas = [{name: piece} for name in ("reasoning_content", "content") for piece in _cut(text, letters)]
        for delta in deltas:
            yield chunk(delta)
            time.sleep(seconds / len(deltas))
        strange = dict.fromkeys(("id", "model", "object", "system_fingerprint", "service_tier"), text)
        usage = dict.fromkeys(("prompt_tokens", "completion_tokens", "total_tokens"), text)
        last = {"delta": {"role": text, "content": "", text: text}, "finish_reason": text, "index": 0}
        yield event(json.dumps({"choices": [last], "created": 0, "usage": None, **strange}))
        yield event(json.dumps({"choices": [], "created": 0, "usage": {**usage, text: {text: text}}, **strange}))
        yield DONE

    return lambda: httpx2.Response(200, headers={**STREAM, **_headers(text)}, content=body())


def _broken(text: str) -> Answer:
    error = event(json.dumps({"error": {"message": text, "type": text, "code": text, "param": text}}))
    return lambda: httpx2.Response(200, headers=STREAM, content=iter([chunk({"content": text}), error]))


def _refusal(text: str) -> Answer:
    error = {"error": {"message": text, "type": text, "code": text, "param": text}, "request_id": text}
    return lambda: httpx2.Response(400, headers={**JSON, **_headers(text)}, json=error)


def _content(text: str, *, letters: int) -> Answer:
    return lambda: httpx2.Response(
        200, headers=STREAM, content=(chunk({"content": piece}) for piece in _cut(text, letters))
    )


def _headers(text: str) -> dict[str, str]:
    """The text as far as a header can carry it."""
    line = "".join(letter for letter in text if " " <= letter <= "~")
    return {"x-request-id": line, "retry-after": line}


def _cut(text: str, letters: int) -> list[str]:
    return [text[start : start + letters] for start in range(0, len(text), letters)]
