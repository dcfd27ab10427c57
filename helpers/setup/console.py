"""Talking to a learner in a terminal: plain lines, and a problem told as a sentence with its next step."""

import os
import sys

#: How Python and the commands are typed on this system.
PYTHON = "py" if os.name == "nt" else "python3"
PROGRAM = f"{PYTHON} -m helpers"


class Problem(Exception):
    """Something that a learner can put right. Its text says what is wrong and what to do; no traceback is shown."""

    def __init__(self, text: str, status: int = 1) -> None:
        super().__init__(text)
        self.status = status  # with which the process ends


def say(text: str) -> None:
    """Print ``text`` at once, so that it stands before what a child process prints."""
    print(text, flush=True)


def print_anything() -> None:
    """Let a console that lacks a character (Chinese in a Western code page) show `?` for it, not fail."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
