"""The small real model, for the tests: the one of this environment, or in CI one that they install for themselves."""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from project import ROOT

from helpers import local
from helpers.setup import installer

REQUIREMENTS = ROOT / "requirements-local.txt"


def on_the_path() -> list[str]:
    """The folders to put on the path so that the model is found; skips the test where there is none."""
    if local.installed():
        return []
    if not os.environ.get("CI"):
        pytest.skip("the small real model is not installed here; python3 -m helpers local does it, and CI=1 as well")
    return [str(_own())]


@cache
def _own() -> Path:
    """A folder inside the environment that CI made, with these requirements in it; nothing else imports from there."""
    version = f"{sys.implementation.cache_tag} {REQUIREMENTS.read_text(encoding='utf-8')}"
    folder = Path(sys.prefix) / f"local-model-{hashlib.sha256(version.encode()).hexdigest()[:16]}"
    if not folder.exists():
        unfinished = Path(mkdtemp(dir=sys.prefix))
        installer.install(Path(sys.executable), REQUIREMENTS, "--no-deps", "--target", str(unfinished))
        unfinished.rename(folder)
    return folder
