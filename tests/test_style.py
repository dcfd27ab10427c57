"""Python and notebooks are linted and formatted by ruff, with the rules in pyproject.toml."""

import subprocess
import sys

import pytest
from project import ROOT


@pytest.mark.parametrize("arguments", [["check"], ["format", "--check", "--diff"]], ids=["lint", "format"])
def test_ruff_has_nothing_to_say(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "ruff", *arguments, "."]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stdout + ran.stderr
