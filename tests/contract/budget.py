"""What the contract tests cost where calls cost something: measured on the practice endpoint, kept in budget.json.

python tests/contract/budget.py    measures anew
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FILE = HERE / "budget.json"


def recorded() -> dict[str, int]:
    """Calls, prompt tokens and completion tokens, as `doctor --contract` announces them."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def measured() -> dict[str, int]:
    """The same for the suite as it is now, run the way the doctor runs it. A test that fails may leave calls out.

    Raises RuntimeError if the suite did not run to its end.
    """
    environment = {
        **os.environ,
        "BAILIAN_ENDPOINT": "practice",
        "BAILIAN_PRACTICE_PACE": "instant",
        "BAILIAN_PRACTICE_TOKENS": "estimate",
    }
    with tempfile.TemporaryDirectory() as folder:
        spent = Path(folder) / "spent.json"
        options = [
            f"--rootdir={HERE.parents[1]}",
            "--endpoint=configured",
            f"--spent={spent}",
            "-p",
            "no:cacheprovider",
        ]
        command = [sys.executable, "-m", "pytest", "-q", str(HERE), *options]
        run = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", errors="replace")
        if not spent.exists():
            raise RuntimeError(f"The contract tests did not run to their end:\n{run.stdout}{run.stderr}")
        return json.loads(spent.read_text(encoding="utf-8"))


if __name__ == "__main__":
    FILE.write_text(json.dumps(measured()) + "\n", encoding="utf-8", newline="\n")
    print(FILE.read_text(encoding="utf-8"), end="")
