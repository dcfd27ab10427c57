"""Starting the practice endpoint: in a thread of this process, or in the foreground."""

import logging
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address

import uvicorn
from starlette.applications import Starlette

from helpers.practice.place import NEIGHBOR, PRACTICE, DeveloperRole, Pace, Place


@dataclass(frozen=True)
class Endpoint:
    """A running practice endpoint: what a client needs, and a way to stop it."""

    base_url: str
    api_key: str
    model: str
    _server: uvicorn.Server = field(repr=False)
    _thread: threading.Thread = field(repr=False)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def close(self) -> None:
        """Stops the server; calls under way are cut off."""
        self._server.should_exit = self._server.force_exit = True
        self._thread.join()


_started: dict[tuple[str, str], Endpoint] = {}
_lock = threading.Lock()


def start(*, pace: Pace = "realistic", developer_role: DeveloperRole = "accept") -> Endpoint:
    """Starts the practice endpoint on a free port of 127.0.0.1, or returns the one that already runs.

    It loads while the caller goes on; a call that comes sooner waits for it.

    Args:
        pace: "realistic" (time to first token and tokens per second of a real service) or "instant".
        developer_role: "accept" or "refuse" messages of that role (contract 6).

    Raises:
        OSError: where the machine lets no program listen on 127.0.0.1.
    """
    return _running((pace, developer_role), PRACTICE, lambda: _practice(pace, developer_role))


def start_neighbor(*, pace: Pace = "realistic") -> Endpoint:
    """Starts the other vendor's endpoint in the same way: another address, key and model, the same protocol."""
    return _running((pace, "neighbor"), NEIGHBOR, lambda: _neighbor(pace))


def _practice(pace: Pace, developer_role: DeveloperRole) -> Starlette:
    from helpers.practice import app, faults  # with all skills of the tutor, which take a third of a second to load

    logging.getLogger("uvicorn.error").addFilter(faults.is_news)
    return app.create(pace=pace, developer_role=developer_role)


def _neighbor(pace: Pace) -> Starlette:
    from helpers.practice import neighbor  # as above

    return neighbor.create(pace=pace)


def _running(kind: tuple[str, str], place: Place, create: Callable[[], Starlette]) -> Endpoint:
    with _lock:
        endpoint = _started.get(kind)
        if endpoint is None or not endpoint.running:
            endpoint = _started[kind] = _start(place, create)
        return endpoint


def _start(place: Place, create: Callable[[], Starlette]) -> Endpoint:
    server = _server(create)
    # The socket listens from here on: a client that is faster than the thread waits in its queue.
    listening = _listen("127.0.0.1", 0)
    base_url = f"http://127.0.0.1:{listening.getsockname()[1]}{place.path}"

    def run() -> None:
        with listening:  # closed whatever happens: then a client is refused instead of waiting for ever
            server.run([listening])

    thread = threading.Thread(target=run, name="practice endpoint", daemon=True)
    thread.start()
    return Endpoint(base_url, place.key, place.model, server, thread)


def _server(create: Callable[[], Starlette], *, access_log: bool = False) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            create,
            factory=True,  # called by the server, in its own thread
            lifespan="off",
            ws="none",
            log_level="warning",
            access_log=access_log,
            server_header=False,  # the application sends the one of the service
            timeout_keep_alive=75,  # longer than a learner's pause between two cells
            timeout_graceful_shutdown=1,
        )
    )


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    pace: Pace = "realistic",
    developer_role: DeveloperRole = "accept",
) -> int:
    """Runs the practice endpoint in the foreground until Ctrl-C, a line for each request. Returns an exit status."""
    try:
        listening = _listen(host, port)
    except OSError as error:
        print(
            f"Cannot listen on {host} port {port}: {error.strerror or error}.\n"
            f"Another program may hold it. Choose another port: --port {port + 1 if port < 65535 else 8765}"
        )
        return 1
    address = f"[{host}]" if ":" in host else host
    _introduce(f"http://{address}:{listening.getsockname()[1]}{PRACTICE.path}", host)
    server = _server(lambda: _practice(pace, developer_role), access_log=True)
    logging.getLogger("uvicorn.access").setLevel(logging.INFO)
    try:
        server.run([listening])
    except KeyboardInterrupt:
        print("Stopped.")
    return 0


def _listen(host: str, port: int) -> socket.socket:
    # Named IPPROTO_TCP because asyncio looks for that before it turns Nagle's algorithm off: without it, each
    # answer in two parts waits 40 ms for an acknowledgment.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows this option would let two programs share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(1024)
    except OSError:
        listening.close()
        raise
    return listening


def _introduce(base_url: str, host: str) -> None:
    # Double quotes outside and escaped ones inside: this is the form that both sh and cmd.exe take.
    body = r"{\"model\": \"qwen-plus\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]}"
    print(
        f"The practice endpoint: offline, free, scripted answers, no model.\n\n"
        f"  base URL  {base_url}\n"
        f"  API key   {PRACTICE.key}\n\n"
        f"Try it in another terminal:\n\n"
        f'  curl {base_url}/chat/completions -H "Authorization: Bearer {PRACTICE.key}" '
        f'-H "Content-Type: application/json" -d "{body}"\n\n'
        "Ctrl-C stops it.",
        flush=True,
    )
    if not _is_loopback(host):
        print(
            f"Note: {host} is not this machine alone. Everyone who can reach that address can use the endpoint, "
            "and its key is public.",
            flush=True,
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
