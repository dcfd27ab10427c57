"""One exchange with the service: what was sent, what came back and when, with the key hidden.

The tap writes it while the bytes pass; everything that shows, measures or judges a call reads it. Bodies are kept
as they came and are decoded when somebody reads them, so that a call pays next to nothing for being recorded.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate
from time import perf_counter
from typing import Any, Literal

import httpx2

from helpers.tap.answer import Answer, Event, json_object, service_error, split_events
from helpers.tap.mask import Mask

Ending = Literal["open", "complete", "closed", "broken"]

MOST_BYTES = 16 * 2**20  # of one answer; what comes after is passed on, but not kept


class Exchange:
    """One request and its answer; for whoever looks at it, to be read only. Times are seconds from `started`.

    `number` counts the session's exchanges from 1. A retry by the SDK is an exchange of its own.
    `failure` says what broke it on the way ("ConnectError: ..."); `error` is what the service itself said.
    """

    def __init__(self, request: httpx2.Request) -> None:
        self._mask = Mask(request.headers)
        self.number = 0
        self.method: str = request.method
        self.url: str = self._mask.text(str(request.url.copy_with(userinfo=b"")))
        self.request_headers: dict[str, str] = self._mask.headers(request.headers)
        self._sent = self._mask.bytes(_content(request))

        self.status: int | None = None
        self.response_headers: dict[str, str] = {}
        self.failure: str | None = None
        self._pieces = _Pieces()
        self._received = 0
        self._ending: Ending = "open"
        self._answer: Answer | None = None

        self.started = datetime.now(UTC)
        self.first_byte: float | None = None
        self.seconds: float | None = None
        self._clock = perf_counter()

    # ── what the tap writes ──────────────────────────────────────────────────────────────────────────────────────

    def answered(self, response: httpx2.Response) -> None:
        """Status and headers have arrived."""
        self.first_byte = perf_counter() - self._clock
        self.status = response.status_code
        self.response_headers = self._mask.headers(response.headers)

    def arrived(self, piece: bytes) -> None:
        """A piece of the body has arrived, still compressed if it was sent so."""
        if self._received < MOST_BYTES:
            self._pieces.append((perf_counter() - self._clock, piece))
            self._received += len(piece)

    def ended(self, ending: Ending) -> None:
        """Nothing more will come. Only the first ending counts: clients close complete answers as well."""
        if self._ending == "open":
            self.seconds = perf_counter() - self._clock
            self._ending = ending

    def failed(self, error: BaseException) -> None:
        """It ended in an exception; one that is no Exception (an interrupt, a cancellation) is the caller's own."""
        broken = isinstance(error, Exception)
        if broken and self._ending == "open":
            self.failure = self._mask.text(f"{type(error).__name__}: {error}".removesuffix(": "))
        self.ended("broken" if broken else "closed")

    # ── the request ──────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def request(self) -> dict[str, Any]:
        """The JSON that was sent; {} where none was."""
        return json_object(self._sent.decode(errors="replace")) or {}

    @property
    def streamed(self) -> bool:
        """Whether the request asked for a stream."""
        return self.request.get("stream") is True

    # ── the answer as it came ────────────────────────────────────────────────────────────────────────────────────

    @property
    def ending(self) -> Ending:
        """How it ended: "complete", "closed" early by the client, "broken" (see `failure`), or "open" until now."""
        if self._ending == "closed" and self._read().done:
            return "complete"  # The SDK closes a stream as soon as it has read [DONE].
        return self._ending

    @property
    def body(self) -> bytes:
        """The bytes of the answer so far, decompressed, the key in them hidden."""
        return self._mask.bytes(_join(self._decompressed()))

    @property
    def echoes_key(self) -> bool:
        """Whether the answer holds the key that the request was sent with."""
        return self.body != _join(self._decompressed())

    def hidden(self, text: str) -> str:
        """The text with the key that the request was sent with hidden in it."""
        return self._mask.text(text)

    @property
    def response(self) -> dict[str, Any] | None:
        """The JSON object of the answer; of an error that came as a server-sent event, too (contract 4.5).

        None for a stream, whose chunks are in `events`, and for what is no JSON object.
        """
        if not self._framed(body := self.body):
            return json_object(body.decode(errors="replace"))
        return next((event.json for event in self.events), None) if self._refused else None

    @property
    def events(self) -> list[Event]:
        """The server-sent events of the answer, each with its time; [] where the answer is no stream.

        They are parsed anew at each reading. What a broken stream left unfinished is the last of them.
        """
        pieces = self._decompressed()
        body = self._mask.bytes(_join(pieces))
        if not self._framed(body):
            return []
        ends = list(accumulate(len(piece) for _, piece in pieces))
        return [Event(pieces[bisect_left(ends, end)][0], raw) for end, raw in split_events(body)]

    # ── the answer as it reads ───────────────────────────────────────────────────────────────────────────────────

    @property
    def content(self) -> str:
        """The text of choice 0, put together; other choices and tool calls are in `response` and `events`."""
        return self._read().content

    @property
    def reasoning(self) -> str:
        """The thinking of choice 0, put together."""
        return self._read().reasoning

    @property
    def finish_reason(self) -> str | None:
        """Why choice 0 ended: stop, length or tool_calls (contract 5.5); None if it has not."""
        return self._read().finish_reason

    @property
    def usage(self) -> dict[str, Any] | None:
        """The tokens that the service counted, or None where it sent no count."""
        return self._read().usage

    @property
    def prompt_tokens(self) -> int | None:
        """Tokens of the request, as the service counted them."""
        return self._read().count("prompt_tokens")

    @property
    def completion_tokens(self) -> int | None:
        """Tokens of the answer, those of its thinking included (contract 3.6)."""
        return self._read().count("completion_tokens")

    @property
    def reasoning_tokens(self) -> int | None:
        """Tokens of the thinking."""
        return self._read().count("reasoning_tokens")

    @property
    def model(self) -> str | None:
        """The model id that the answer names, else the one that was asked for."""
        asked = self.request.get("model")
        return self._read().model or (asked if isinstance(asked, str) else None)

    @property
    def error(self) -> dict[str, Any] | None:
        """The service's error: always a `message`, mostly `code`, `type` and `param` (contract 7)."""
        if not self._refused:
            return self._read().error
        return service_error(self.response, self.body.decode(errors="replace"))

    @property
    def ttft(self) -> float | None:
        """Time to first token of a stream, thinking included, in seconds; None where none came."""
        return self._read().first_token

    @property
    def tokens_per_second(self) -> float | None:
        """Completion tokens per second: of a stream those after the first, of another answer over the whole call."""
        answer = self._read()
        tokens = self.completion_tokens
        if tokens is None or not self.seconds:
            return None
        if answer.first_token is None or answer.last_token is None:
            return None if self.streamed else tokens / self.seconds
        writing = answer.last_token - answer.first_token
        return (tokens - 1) / writing if writing > 0 and tokens > 1 else None

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def size(self) -> int:
        """How many bytes of bodies are kept."""
        return len(self._sent) + self._received

    @property
    def _refused(self) -> bool:
        return self.status is not None and self.status >= 400

    def _framed(self, body: bytes) -> bool:
        # Which type a refused stream has was never seen in public (contract 12.3), so the body has its say, too.
        typed = "text/event-stream" in self.response_headers.get("content-type", "")
        return bool(body) and (typed or body.lstrip().startswith(b"data:"))

    def _decompressed(self) -> list[tuple[float, bytes]]:
        """The pieces decompressed, each with the arrival of the raw piece that it came out of."""
        pieces = self._pieces.copy()  # The tap may be adding to it.
        encoding = self.response_headers.get("content-encoding")
        if not encoding:
            return pieces
        arrival = 0.0

        def replay() -> Iterator[bytes]:
            nonlocal arrival
            for at, piece in pieces:
                arrival = at
                yield piece

        decoded = []
        recorded = httpx2.Response(200, headers={"content-encoding": encoding}, content=replay())
        try:
            for piece in recorded.iter_bytes():
                decoded.append((arrival, piece))
        except httpx2.DecodingError:
            pass  # Damaged on the way; what came out until there is the answer.
        return decoded

    def _read(self) -> Answer:
        """The answer so far, put together; kept once it is all there."""
        if self._answer is not None:
            return self._answer
        whole = self._ending != "open"
        answer = Answer()
        for event in self.events:
            answer.add_event(event)
        if self.response is not None:
            answer.add(self.response)
        # A key that came in several deltas shows only when they are put together.
        answer.content = self._mask.text(answer.content)
        answer.reasoning = self._mask.text(answer.reasoning)
        if whole:
            self._answer = answer
        return answer

    def __getstate__(self) -> dict[str, Any]:
        """For pickle and copy: without the key, and so with an answer that is decompressed and masked."""
        self._read()
        body, pieces, start = self.body, _Pieces(), 0
        for at, piece in self._decompressed():
            pieces.append((at, body[start : start + len(piece)]))
            start += len(piece)
        headers = {name: value for name, value in self.response_headers.items() if name != "content-encoding"}
        return self.__dict__ | {"_mask": Mask(), "_pieces": pieces, "response_headers": headers}

    def __repr__(self) -> str:
        outcome = self.failure or f"{self.status or 'no answer yet'}, {self.ending}"
        return f"<Exchange {self.number}: {self.method} {self.url}: {outcome}>"


class _Pieces(list[tuple[float, bytes]]):
    """The answer as it arrived, with times. It shows nothing of itself, for a server may have echoed the key in it."""

    def __repr__(self) -> str:
        return f"<{len(self)} pieces>"


def _join(pieces: list[tuple[float, bytes]]) -> bytes:
    return b"".join(piece for _, piece in pieces)


def _content(request: httpx2.Request) -> bytes:
    try:
        return request.content
    except httpx2.RequestNotRead:  # an upload in pieces, which must not be read before it is sent
        return b""
