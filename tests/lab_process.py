"""The command `lab` as a process of its own: started, looked at while it serves, stopped as by Ctrl-C."""

import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Lab:
    """What it printed until it served, the address it named; once stopped, the rest and the exit status."""

    shown: str
    address: str
    rest: str = ""
    status: int | None = None


@contextmanager
def running(command: list[str | Path], *, cwd: Path, seconds: float, **variables: str) -> Iterator[Lab]:
    """Run ``command`` until it serves; stop it at the end. It is killed after ``seconds`` in all."""
    # With a terminal to type in, where there are such: Jupyter by itself would ask there whether to stop.
    terminal, stdin = os.openpty() if os.name != "nt" else (None, None)
    process = subprocess.Popen(
        command,
        stdin=stdin,
        cwd=cwd,
        env={**_without_python_settings(os.environ), "PYTHONIOENCODING": "utf-8", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        creationflags=subprocess.CREATE_NEW_PROCESS_GROUP if os.name == "nt" else 0,
    )
    alarm = threading.Timer(seconds, process.kill)
    alarm.start()
    with process:
        try:
            shown = ""
            while "stops it" not in shown and (line := process.stdout.readline()):
                shown += line
            address = re.search(r"http://\S+/lab/\S+", shown)
            assert address, f"It did not start:\n{shown}"
            lab = Lab(shown, address[0])
            yield lab
        finally:
            # On Windows only a console can send Ctrl-C; Ctrl-Break ends it and its children at once.
            process.send_signal(signal.CTRL_BREAK_EVENT if os.name == "nt" else signal.SIGINT)
            rest = process.stdout.read()
            alarm.cancel()
            for end in filter(None, (terminal, stdin)):
                os.close(end)
    lab.rest, lab.status = rest, process.returncode


def _without_python_settings(variables: Mapping[str, str]) -> dict[str, str]:
    """Without those of an active environment or of this process, as in a terminal just opened."""
    return {name: value for name, value in variables.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
