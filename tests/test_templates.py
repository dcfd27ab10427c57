"""The template cells run where nothing but `openai` is installed, outside this repository."""

import os
import re
import shutil
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

import pytest
from project import NOTEBOOKS, ROOT, code_cells, tags

from helpers.practice import server

TEMPLATES = {path.stem: cell.source for path in NOTEBOOKS for cell in code_cells(path) if "template" in tags(cell)}


def needed(name: str, seen: set[str]) -> set[str]:
    """A distribution and everything that it needs, optional extras left out, as far as it is installed here."""
    name = re.sub(r"[-_.]+", "-", name).lower()
    if name in seen:
        return seen
    try:
        wanted = metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # needed on another platform only
        return seen
    seen.add(name)
    for requirement in wanted:
        if "extra ==" not in requirement:
            needed(re.match(r"[\w.-]+", requirement)[0], seen)
    return seen


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds copies of openai and what it needs, and nothing else."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, with_pip=False)
    windows = os.name == "nt"
    site = home / (
        "Lib/site-packages" if windows else f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
    )
    for name in needed("openai", set()):
        for file in metadata.files(name) or ():
            source = Path(file.locate())
            if ".." not in file.parts and source.is_file():
                target = site / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
    return home / ("Scripts/python.exe" if windows else "bin/python")


def run(python: Path, script: Path) -> subprocess.CompletedProcess[str]:
    endpoint = server.start(pace="instant")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("BAILIAN", "PYTHON"))}
    environment |= {
        "DASHSCOPE_API_KEY": endpoint.api_key,
        "DASHSCOPE_COMPATIBLE_BASE_URL": endpoint.base_url,
        "PYTHONUTF8": "1",
    }
    command = [str(python), "-I", str(script)]
    return subprocess.run(
        command, cwd=script.parent, env=environment, capture_output=True, encoding="utf-8", timeout=60
    )


def test_every_notebook_has_one() -> None:
    assert sorted(TEMPLATES) == [path.stem for path in NOTEBOOKS]


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_runs_with_openai_alone(name: str, bare_python: Path, tmp_path: Path) -> None:
    assert ROOT not in tmp_path.parents
    script = tmp_path / "template.py"
    script.write_text(TEMPLATES[name], encoding="utf-8")
    ran = run(bare_python, script)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip()


def test_the_bare_environment_has_no_helpers(bare_python: Path, tmp_path: Path) -> None:
    script = tmp_path / "probe.py"
    script.write_text("import helpers", encoding="utf-8")
    assert "ModuleNotFoundError" in run(bare_python, script).stderr
