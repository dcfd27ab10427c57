"""The doctor's lines: OK, NOTE, or FIX with what to do. Standard library only."""

from collections.abc import Callable

from helpers.config.advice import Advice


class Report:
    """Hands out the lines and counts what has to be fixed."""

    def __init__(self, out: Callable[[str], object]) -> None:
        self._out = out
        self.to_fix = 0

    def ok(self, text: str) -> None:
        """Something that works."""
        self._out(f"OK   {text}")

    def note(self, text: str) -> None:
        """Something that is about to happen, or that is worth knowing; neither good nor bad."""
        self._out(f"NOTE {text}")

    def fix(self, advice: Advice) -> None:
        """Something that does not work, and what to do about it."""
        self.to_fix += 1
        self._out(f"FIX  {advice.problem.rstrip('.')} → {advice.next_step}")
