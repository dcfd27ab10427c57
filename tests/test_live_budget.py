"""What live() may send to the browser and cost the kernel, measured in a real kernel by tests/benchmarks/live.py."""

import runpy
from pathlib import Path

DELTAS = 2_000
RATE = 650  # a second: slow enough to be drawn two dozen times, fast enough for a test


def test_a_stream_is_shown_at_once_and_cheaply() -> None:
    """The whole text again eight times a second is too many bytes; the bounds of time leave room for a busy machine."""
    benchmark = runpy.run_path(str(Path(__file__).parent / "benchmarks" / "live.py"))
    cost = benchmark["measure"]("live", benchmark["Work"](DELTAS, RATE))
    assert not cost.note
    assert cost.sent < 75 * DELTAS
    assert cost.cpu < 0.9
    assert cost.first is not None
    assert cost.first < 1
