"""An HTTP server on 127.0.0.1 that answers as a test says, down to the moment at which each piece leaves."""

import json
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

Server = TypeVar("Server", bound=ThreadingHTTPServer)


@dataclass(frozen=True)
class Reply:
    """What to answer. `pause`, in seconds, comes before each piece but the first; `reset` breaks off at the end."""

    pieces: Iterable[bytes]
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    gzip: bool = False
    pause: float = 0.0
    reset: bool = False


@dataclass(frozen=True)
class Received:
    """A request as the server got it."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class ScriptedServer(ThreadingHTTPServer):
    """Answers each request with `answer(request)`, and keeps what it got in `received`."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Received], Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.received: list[Received] = []
        self.base_url = f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the tests."""


def serving(answer: Callable[[Received], Reply]) -> AbstractContextManager[ScriptedServer]:
    """A running server that answers so, stopped at the end."""
    return running(ScriptedServer(answer))


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """The server, running; stopped at the end."""
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: ScriptedServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        received = Received(self.path, headers, json.loads(body or b"{}"))
        self.server.received.append(received)
        self._send(self.server.answer(received))

    do_GET = do_POST  # noqa: N815 -- the name is the base class's

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.gzip:
            self.send_header("content-encoding", "gzip")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        packer = zlib.compressobj(wbits=31)
        for number, piece in enumerate(reply.pieces):
            time.sleep(reply.pause if number else 0)
            self._chunk(packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH) if reply.gzip else piece)
        if reply.reset:
            self._break_off()
            return
        if reply.gzip:
            self._chunk(packer.flush())
        self.wfile.write(b"0\r\n\r\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _break_off(self) -> None:
        # An unread rest with a linger of zero makes the kernel send a reset instead of an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name is the base class's
        """Silent."""
