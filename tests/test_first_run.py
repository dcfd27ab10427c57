"""The first run on a machine with nothing but Python: a copy of the repository, the command, a JupyterLab that serves.

It installs everything from the package index, so it runs in CI (or with CI=1), and where learners run the suite it does
not.
"""

import os
import shutil
import sys
import urllib.request
from pathlib import Path

import lab_process
import pytest
import pythons
from project import FILES, ROOT

pytestmark = pytest.mark.skipif(not os.environ.get("CI"), reason="installs from the package index; CI=1 runs it")

BARE = Path(getattr(sys, "_base_executable", sys.executable))


@pytest.fixture
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # A short one: on some Windows a path may have 260 characters, and those in JupyterLab's package have 160.
    root = tmp_path_factory.mktemp("a") / "大模型 课程"
    for file in FILES:
        copy = root / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    return root


def test_one_command_from_nothing_to_a_serving_jupyterlab(checkout: Path, tmp_path: Path) -> None:
    lab = [BARE, "-m", "helpers", "lab", "--no-browser"]
    with lab_process.running(lab, cwd=checkout, seconds=300) as first:
        assert "Making the environment .venv" in first.shown
        assert "/lab/tree/notebooks/01_" in first.address
        assert urllib.request.urlopen(first.address).status == 200
    with lab_process.running(lab, cwd=checkout, seconds=60) as second:
        assert second.shown.startswith("Starting JupyterLab")
        assert urllib.request.urlopen(second.address).status == 200
    if os.name != "nt":
        assert (first.status, second.status) == (0, 0)

    python = checkout / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    imported = pythons.says(python, f"import os; os.chdir({str(tmp_path)!r}); import helpers; print(helpers.__file__)")
    assert Path(imported).samefile(checkout / "helpers" / "__init__.py")
    assert pythons.says(python, "import pip; print(pip.__name__)") == "pip"  # for %pip in a notebook
