"""What the helpers cost beyond `import openai`: whole processes, interleaved, by the clock on the wall.

    python tests/benchmarks/imports.py [ROUNDS]

Prints the fastest run and the median of each program, and how much each is above `import openai`.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

PROGRAMS = {
    "import openai": "import openai",
    "import helpers": "import openai, helpers",
    "import its names": "import openai\nfrom helpers import connect, connect_async, exchanges, neighbor, show_exchange",
    "connect()": "import openai\nfrom helpers import connect\nconnect()",
}


def measure(rounds: int) -> dict[str, list[float]]:
    """Seconds that each program took, start and end of Python included, once a round."""
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory() as folder:  # with no .env in it
        environment = _environment(bytecode=folder)
        for number in range(rounds + 1):
            for name, program in PROGRAMS.items():
                start = time.perf_counter()
                command = [sys.executable, "-c", program]
                subprocess.run(command, check=True, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
                if number:  # the first round fills the cache of bytecode
                    times[name].append(time.perf_counter() - start)
    return times


def _environment(bytecode: str) -> dict[str, str]:
    """The practice endpoint, whatever is configured here; compiled once, whether or not this machine keeps bytecode."""
    ignored = ("BAILIAN_", "DASHSCOPE_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(ignored)}
    return kept | {"BAILIAN_ENDPOINT": "practice", "PYTHONPYCACHEPREFIX": bytecode}


def main(rounds: int) -> None:
    times = measure(rounds)
    base = times["import openai"]
    print(f"{'ms, of ' + str(rounds) + ' runs':<20}{'fastest':>10}{'median':>10}{'beyond openai':>22}")
    for name, taken in times.items():
        fastest, median = min(taken), statistics.median(taken)
        beyond = f"{(fastest - min(base)) * 1000:+.0f} / {(median - statistics.median(base)) * 1000:+.0f}"
        print(f"{name:<20}{fastest * 1000:>10.0f}{median * 1000:>10.0f}{beyond:>22}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
