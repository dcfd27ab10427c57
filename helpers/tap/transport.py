"""The tap: transports that record what passes between the SDK and the service, and the session's list of it.

    OpenAI(..., http_client=DefaultHttpxClient(transport=TapTransport(httpx2.HTTPTransport())))

Bytes pass through untouched and at once, with one exception. The SDK prints the body of an error (status 400 and
above) into the exception it raises; so such a body is read first, and where a server echoes the key in it, the key
is hidden in what is passed on, too.
"""

from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing, closing
from threading import Lock
from typing import overload

import httpx2

from helpers.tap.exchange import Exchange


class Exchanges(Sequence[Exchange]):
    """The exchanges of a session, oldest first, numbered from 1; safe to use from several threads.

    Only the last `most` are kept, and only as many as their bodies fit into `most_bytes`: a session may run for
    days. The numbers count on.
    """

    def __init__(self, *, most: int = 1000, most_bytes: int = 64 * 2**20) -> None:
        self._most_bytes = most_bytes
        self._kept: deque[Exchange] = deque(maxlen=most)
        self._count = 0
        self._lock = Lock()

    def add(self, exchange: Exchange) -> Exchange:
        """Number a new exchange and keep it, for which the oldest may have to go."""
        with self._lock:
            self._count += 1
            exchange.number = self._count
            self._kept.append(exchange)
            excess = sum(kept.size for kept in self._kept) - self._most_bytes
            while excess > 0 and len(self._kept) > 1:
                excess -= self._kept.popleft().size
        return exchange

    def clear(self) -> None:
        """Forget all exchanges; the numbers count on."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, index: int) -> Exchange: ...
    @overload
    def __getitem__(self, index: slice) -> list[Exchange]: ...
    def __getitem__(self, index: int | slice) -> Exchange | list[Exchange]:
        return self._snapshot()[index]

    def __iter__(self) -> Iterator[Exchange]:
        return iter(self._snapshot())

    def __repr__(self) -> str:
        return "\n".join(map(repr, self)) or "no exchanges yet"

    def _snapshot(self) -> list[Exchange]:
        with self._lock:
            return list(self._kept)


exchanges = Exchanges()

_EXTENSION = "bailian.exchange"


def exchange_of(response: httpx2.Response) -> Exchange | None:
    """The exchange that a response belongs to; None where it did not pass through a tap."""
    return response.extensions.get(_EXTENSION)


class _TappedStream(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, exchange: Exchange) -> None:
        self._stream = stream
        self._exchange = exchange

    def __iter__(self) -> Iterator[bytes]:
        try:
            for piece in self._stream:
                self._exchange.arrived(piece)
                yield piece
        except Exception as error:
            self._exchange.failed(error)
            raise
        self._exchange.ended("complete")

    def close(self) -> None:
        self._exchange.ended("closed")
        self._stream.close()


class _AsyncTappedStream(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, exchange: Exchange) -> None:
        self._stream = stream
        self._exchange = exchange

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._stream:
                self._exchange.arrived(piece)
                yield piece
        except Exception as error:
            self._exchange.failed(error)
            raise
        self._exchange.ended("complete")

    async def aclose(self) -> None:
        self._exchange.ended("closed")
        await self._stream.aclose()


class TapTransport(httpx2.BaseTransport):
    """Records every exchange that passes through another transport, in `session`."""

    def __init__(self, inner: httpx2.BaseTransport, session: Exchanges = exchanges) -> None:
        self._inner = inner
        self._session = session

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        exchange = self._session.add(Exchange(request))
        try:
            response = self._inner.handle_request(request)
            exchange.answered(response)
            response.extensions[_EXTENSION] = exchange
            response.stream = _TappedStream(response.stream, exchange)
            if response.is_error:
                with closing(response.stream) as stream:
                    _pass_on(response, b"".join(stream), exchange)
        except BaseException as error:
            exchange.failed(error)
            raise
        return response

    def close(self) -> None:
        self._inner.close()


class AsyncTapTransport(httpx2.AsyncBaseTransport):
    """The same for asynchronous clients."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, session: Exchanges = exchanges) -> None:
        self._inner = inner
        self._session = session

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        exchange = self._session.add(Exchange(request))
        try:
            response = await self._inner.handle_async_request(request)
            exchange.answered(response)
            response.extensions[_EXTENSION] = exchange
            response.stream = _AsyncTappedStream(response.stream, exchange)
            if response.is_error:
                async with aclosing(response.stream) as stream:
                    _pass_on(response, b"".join([piece async for piece in stream]), exchange)
        except BaseException as error:
            exchange.failed(error)
            raise
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


def _pass_on(response: httpx2.Response, body: bytes, exchange: Exchange) -> None:
    """Give an error its body back, as it came unless the key is in it."""
    if exchange.echoes_key:
        body = exchange.body
        for name in ("content-encoding", "content-length"):  # They describe the body as it was.
            response.headers.pop(name, None)
    response.stream = httpx2.ByteStream(body)
