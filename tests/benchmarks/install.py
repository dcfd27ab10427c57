"""From nothing to a serving JupyterLab: the command `lab` against plain pip, with no cache of packages.

    python tests/benchmarks/install.py [ROUNDS]

Prints what each round took, in seconds, the medians, and how they compare with the time of plain pip, which is
that of `pip install -r requirements.txt` in a new environment and nothing else.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
import lab_process
from project import FILES, ROOT

BARE = Path(getattr(sys, "_base_executable", sys.executable))
NO_CACHE = {"PIP_NO_CACHE_DIR": "1", "UV_NO_CACHE": "1"}


@contextmanager
def checkout() -> Iterator[Path]:
    """A copy of the repository, as it is now, in which nothing was run."""
    with tempfile.TemporaryDirectory() as folder:
        for file in FILES:
            copy = Path(folder, file.relative_to(ROOT))
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
        yield Path(folder)


def plain_pip() -> float:
    """Seconds that pip takes to install the requirements."""
    with checkout() as root:
        subprocess.run([BARE, "-m", "venv", root / ".venv"], check=True)
        python = root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        begun = time.perf_counter()
        command = [python, "-m", "pip", "install", "--quiet", "-r", "requirements.txt"]
        environment = {**os.environ, **NO_CACHE}
        subprocess.run(command, cwd=root, env=environment, stderr=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begun


def two_starts() -> tuple[float, float]:
    """Seconds until JupyterLab serves its page: the first time, with all that it takes, and the second time."""
    taken = []
    with checkout() as root:
        command = [BARE, "-m", "helpers", "lab", "--no-browser"]
        for _ in range(2):
            begun = time.perf_counter()
            with lab_process.running(command, cwd=root, seconds=900, **NO_CACHE) as lab:
                urllib.request.urlopen(lab.address).read()
                taken.append(time.perf_counter() - begun)
    return taken[0], taken[1]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    measured: dict[str, list[float]] = {"plain pip": [], "first start": [], "second start": []}
    for _ in range(rounds):
        first, second = two_starts()
        for name, seconds in zip(measured, (plain_pip(), first, second), strict=True):
            measured[name].append(seconds)
    medians = {name: statistics.median(each) for name, each in measured.items()}
    print(f"{'':14}{'median':>8}{'of pip':>8}   rounds")
    for name, median in medians.items():
        each = " ".join(f"{seconds:.1f}" for seconds in measured[name])
        print(f"{name:14}{median:7.1f}s{median / medians['plain pip']:8.2f}   {each}")


if __name__ == "__main__":
    main()
