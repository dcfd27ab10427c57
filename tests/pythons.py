"""Other Pythons, for the tests of what is installed in them."""

import os
import subprocess
import venv
from pathlib import Path


def make(folder: Path) -> Path:
    """A new environment with nothing in it, not even pip. Returns its Python."""
    venv.EnvBuilder(symlinks=os.name != "nt").create(folder)
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def says(python: Path, code: str) -> str:
    """What ``python`` prints when it runs ``code``."""
    ran = subprocess.run([python, "-X", "utf8", "-c", code], capture_output=True, check=True, encoding="utf-8")
    return ran.stdout.strip()


def packages(python: Path) -> Path:
    """The folder of the packages of ``python``."""
    return Path(says(python, "import sysconfig; print(sysconfig.get_path('purelib'))"))
