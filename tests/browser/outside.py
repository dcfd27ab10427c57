"""A server that nothing in an output may ask: it keeps a log, and answers so that the page asking stays where it is."""

from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from scripted_server import running


class Outside(ThreadingHTTPServer):
    """Answers everything with 204, upon which a browser does not leave the page; `asked` has the paths."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Outside

    def _answer(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(204)
        self.send_header("access-control-allow-origin", "*")
        self.send_header("cache-control", "no-store")
        self.end_headers()

    do_GET = do_POST = do_HEAD = do_OPTIONS = _answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        """The log is `asked`."""


def listening() -> AbstractContextManager[Outside]:
    """The server, running; stopped at the end."""
    return running(Outside())
