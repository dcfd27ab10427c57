"""Showing a stream in a notebook: what each way to do it sends to the browser and costs the kernel.

    python tests/benchmarks/live.py                      every way, an answer of 22 kB in 4,000 deltas in 20 seconds
    python tests/benchmarks/live.py --only live print    some of them
    python tests/benchmarks/live.py --scaling            one of them, with ever longer answers

Each way runs in a fresh Jupyter kernel. Counted are the messages of that cell on iopub, with the bytes of their frames
on the websocket; CPU seconds of the kernel's process, all threads, until its last message is out; seconds by the clock;
and milliseconds from the first delta's arrival until a message that shows it arrives here. The libraries are loaded and
the chunks are built before that. Ways whose library is not installed (chatlas, rich) are named and skipped.
"""

import argparse
import ast
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import zmq
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

sys.path.append(str(Path(__file__).parent))

from showing.answers import BYTES_A_DELTA, MARK, SHAPES
from showing.ways import WAYS

FEWEST = 20  # deltas in which a text of any shape can begin
LENGTHS = (1_000, 2_000, 4_000, 8_000, 16_000)
PACKAGES = ("openai", "ipykernel", "ipython", "ipywidgets", "jupyter_server", "chatlas", "rich", "anywidget")
PATIENCE = 60  # seconds that a kernel gets to start, to prepare, to stop


@dataclass(frozen=True)
class Work:
    """What is to be shown, how fast it comes (deltas a second, 0 for at once), and the seconds after which to stop."""

    deltas: int = 4_000
    rate: float = 200
    shape: str = "mixed"
    limit: float = 60


@dataclass(frozen=True)
class Cost:
    """What showing took; `first` is None if no message showed the first delta; `note` says what went wrong."""

    sent: int
    messages: int
    cpu: float
    wall: float
    first: float | None
    note: str


@dataclass(frozen=True)
class Message:
    """One from iopub: when it came, its bytes as a websocket frame (protocol v1), what it says and to which request."""

    at: float
    size: int
    parent: str
    content: bytes


def measure(way: str, work: Work) -> Cost:
    """Shows this work this way in a kernel of its own.

    Raises RuntimeError if the kernel cannot prepare it, TimeoutError if it does not stop when it is told to.
    """
    with _kernel() as kernel:
        kernel.do(f"import sys; sys.path.append({str(Path(__file__).parent)!r}); from showing.run import Run")
        kernel.do(f"run = Run({way!r}, {work.shape!r}, {work.deltas}, {work.rate})")
        messages, reply, stopped = kernel.show("run.go()", work.limit)
        late, figures = kernel.ask("run.figures()")
    note = ""
    if stopped:
        note = f"stopped after {work.limit:g} s, {figures['read']:,} chunks in"
    elif reply["status"] == "error":
        note = f"failed: {reply['ename']}: {reply['evalue']}"
    messages += late
    shown = next((each.at for each in messages if MARK.encode() in each.content), None)
    return Cost(
        sent=sum(each.size for each in messages),
        messages=len(messages),
        cpu=figures["cpu"],
        wall=figures["wall"],
        first=None if shown is None else shown - figures["first"],
        note=note,
    )


class Kernel:
    """A Jupyter kernel, and what it says on iopub."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self._manager = manager
        self._client = client

    def do(self, code: str) -> None:
        """Runs what is not measured; raises RuntimeError if that fails."""
        _, reply, _ = self.show(code, PATIENCE)
        if reply["status"] != "ok":
            raise RuntimeError(f"{code}: " + "\n".join(reply.get("traceback", [reply["status"]])))

    def show(self, code: str, limit: float) -> tuple[list[Message], dict, bool]:
        """Runs a cell: its messages, its reply, and whether it was interrupted because it took longer than this."""
        request = self._client.execute(code)
        messages, stopped = self._until_idle(request, limit)
        return messages, self._reply(request), stopped

    def ask(self, expression: str) -> tuple[list[Message], dict]:
        """What the cell before still sent, by a thread of its own for example; and the value of an expression."""
        request = self._client.execute("", silent=True, user_expressions={"asked": expression})
        messages, _ = self._until_idle(request, PATIENCE)
        value = self._reply(request)["user_expressions"]["asked"]["data"]["text/plain"]
        return [each for each in messages if each.parent != request], ast.literal_eval(value)

    def _until_idle(self, request: str, limit: float) -> tuple[list[Message], bool]:
        messages, stopped = [], False
        deadline = time.monotonic() + limit
        while True:
            wait = deadline - time.monotonic()
            if wait > 0 and self._client.iopub_channel.socket.poll(wait * 1000):
                messages.append(message := self._receive())
                if message.parent == request and b'"idle"' in message.content:
                    return messages, stopped
            elif wait <= 0 and stopped:
                raise TimeoutError(f"The kernel did not stop within {PATIENCE} s of being interrupted.")
            elif wait <= 0:
                self._manager.interrupt_kernel()
                stopped, deadline = True, time.monotonic() + PATIENCE

    def _receive(self) -> Message:
        frames = self._client.iopub_channel.socket.recv_multipart()
        at = time.perf_counter()  # the same clock in all processes of a machine
        _, (_, *frames) = self._client.session.feed_identities(frames)
        parent = json.loads(frames[1]).get("msg_id", "")
        return Message(at, len(serialize_msg_to_ws_v1(frames, "iopub")), parent, b"".join(frames[3:]))

    def _reply(self, request: str) -> dict:
        while True:
            message = self._client.get_shell_msg(timeout=PATIENCE)
            if message["parent_header"]["msg_id"] == request:
                return message["content"]


@contextmanager
def _kernel() -> Iterator[Kernel]:
    context = zmq.Context()
    context.rcvhwm = 0  # else messages are dropped when more than 1,000 wait, as they do at --rate 0
    manager = KernelManager(context=context)
    # Its warnings about this connection would stand between the lines of the table.
    manager.start_kernel(stderr=subprocess.DEVNULL)
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        context.destroy(linger=0)


def missing(way: str) -> str | None:
    """The package that this way needs and that is not installed."""
    packages = (module.partition(".")[0] for module in WAYS[way].modules)
    return next((package for package in packages if find_spec(package) is None), None)


def compare(ways: list[str], work: Work) -> None:
    size = f"{work.deltas:,} deltas, {work.deltas * BYTES_A_DELTA / 1000:g} kB"
    print(f"{size:<30}{'MB':>8}{'messages':>10}{'CPU s':>8}{'seconds':>9}{'first ms':>10}")
    for way in ways:
        title = WAYS[way].title
        if package := missing(way):
            print(f"{title:<30}  skipped: {package} is not installed")
            continue
        cost = measure(way, work)
        first = "never" if cost.first is None else f"{cost.first * 1000:.0f}"
        figures = f"{cost.sent / 1e6:>8.2f}{cost.messages:>10,}{cost.cpu:>8.2f}{cost.wall:>9.1f}{first:>10}"
        print(f"{title:<30}{figures}  {cost.note}".rstrip(), flush=True)


def scale(way: str, work: Work) -> None:
    print(f"{WAYS[way].title:<30}{'MB':>8}{'bytes a delta':>15}{'CPU s':>8}{'µs a delta':>12}{'seconds':>9}")
    for deltas in LENGTHS:
        cost = measure(way, replace(work, deltas=deltas, limit=work.limit * deltas / work.deltas))
        figures = f"{cost.sent / 1e6:>8.2f}{cost.sent / deltas:>15.0f}{cost.cpu:>8.2f}{cost.cpu / deltas * 1e6:>12.0f}"
        print(f"{f'{deltas:,} deltas':<30}{figures}{cost.wall:>9.1f}  {cost.note}".rstrip(), flush=True)


def describe(work: Work) -> None:
    """The machine, the versions and the work, so that two tables can be told apart."""
    print(f"Python {platform.python_version()}, {platform.platform()}, {os.cpu_count()} cores{load()}")
    print(", ".join(installed()))
    pace = f"{work.rate:g} deltas a second" if work.rate else "deltas as fast as they are taken"
    print(f"shape {work.shape}, {pace}\n")


def installed() -> Iterator[str]:
    for package in PACKAGES:
        with suppress(PackageNotFoundError):
            yield f"{package} {version(package)}"


def load() -> str:
    """How busy the machine is, where it tells: figures count only when nothing else runs."""
    return f", load {os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deltas", type=int, default=Work.deltas)
    parser.add_argument("--rate", type=float, default=Work.rate, help="deltas a second; 0: as fast as they are taken")
    parser.add_argument("--shape", choices=SHAPES, default=Work.shape)
    parser.add_argument("--limit", type=float, default=Work.limit, help="seconds after which a way is interrupted")
    parser.add_argument("--only", choices=WAYS, nargs="+", metavar="NAME", help=", ".join(WAYS))
    parser.add_argument("--scaling", action="store_true", help=f"`live`, or what --only names, with {LENGTHS} deltas")
    options = parser.parse_args()
    if options.deltas < FEWEST:
        parser.error(f"--deltas: at least {FEWEST}")
    work = Work(options.deltas, options.rate, options.shape, options.limit)
    describe(work)
    if options.scaling:
        for way in options.only or ["live"]:
            scale(way, work)
    else:
        compare(options.only or list(WAYS), work)
    print(f"\nat the end{load()}")


if __name__ == "__main__":
    main()
