"""What the README claims is so."""

import re
import subprocess
import sys

import pytest
from project import NOTEBOOKS, ROOT, notebook

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"python3 -m helpers (\w+)", README)))


def test_it_fits_one_screen() -> None:
    assert len(README.splitlines()) <= 60


def test_its_two_commands_come_first() -> None:
    assert re.findall(r"```\n(.+)\n```", README) == ["python3 -m helpers lab", "python3 -m helpers test"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_exists_and_explains_itself(command: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "helpers", command, "--help"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stderr
    assert "usage" in ran.stdout.lower()


def test_no_command_is_left_out() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "helpers", "--help"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert sorted(set(re.findall(r"-m helpers (\w+)", ran.stdout))) == COMMANDS


def test_the_map_agrees_with_the_notebooks() -> None:
    rows = re.findall(r"\| \[(.+?)\]\((.+?)\) \| .+? \| (\d+) \| < ([\d.]+) yuan \|", README)
    assert [target for _, target, _, _ in rows] == [f"notebooks/{path.name}" for path in NOTEBOOKS]
    for (title, _, minutes, yuan), path in zip(rows, NOTEBOOKS, strict=True):
        opening = notebook(path).cells[0].source
        assert opening.startswith(f"# {title}:")
        assert f"**Time** {minutes} minutes" in opening
        assert f"less than {yuan} yuan" in opening


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)]+)\)", README)
    assert targets
    assert not [target for target in targets if not (ROOT / target).exists()]
