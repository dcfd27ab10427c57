"""Which notebook is meant, and JupyterLab as it is started: where it listens, what it opens, how it ends."""

import json
import os
import re
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lab_process
import pytest

from helpers.setup import lab
from helpers.setup.console import Problem
from helpers.setup.environment import ROOT

NAMES = ["01_key_setup.ipynb", "02_first_answer.ipynb", "10_密钥_and_more.ipynb"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "大模型 课程"
    (root / "notebooks").mkdir(parents=True)
    for name in NAMES:
        (root / "notebooks" / name).write_text(
            '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "utf-8"
        )
    return root


class TestFinding:
    @pytest.mark.parametrize(
        ("wanted", "number"),
        [
            (None, 0),
            ("1", 0),
            ("02", 1),
            ("10", 2),
            ("First Answer", 1),
            ("first-answer", 1),
            ("密钥", 2),
            ("02_first_answer.ipynb", 1),
            ("notebooks/02_first_answer.ipynb", 1),
        ],
    )
    def test_by_number_name_or_path(self, root: Path, wanted: str | None, number: int) -> None:
        assert lab.find_notebook(wanted, root) == root / "notebooks" / NAMES[number]

    def test_by_a_path_from_where_one_is(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (root / "mine.ipynb").touch()
        monkeypatch.chdir(root / "notebooks")
        assert lab.find_notebook(os.path.join("..", "mine.ipynb"), root) == root / "mine.ipynb"  # noqa: PTH118

    @pytest.mark.parametrize(("wanted", "listed"), [("7", NAMES), ("nothing", NAMES), ("e", NAMES), ("an", NAMES[1:])])
    def test_none_or_several_are_answered_with_a_list(self, root: Path, wanted: str, listed: list[str]) -> None:
        with pytest.raises(Problem) as told:
            lab.find_notebook(wanted, root)
        assert re.findall(r"\S+\.ipynb", str(told.value)) == listed

    def test_one_outside_of_the_folder(self, root: Path, tmp_path: Path) -> None:
        (tmp_path / "else.ipynb").touch()
        with pytest.raises(Problem, match="outside"):
            lab.find_notebook(str(tmp_path / "else.ipynb"), root)

    def test_no_notebooks_at_all(self, tmp_path: Path) -> None:
        with pytest.raises(Problem, match="no notebooks"):
            lab.find_notebook(None, tmp_path)


@contextmanager
def listening(port: int) -> Iterator[int]:
    """A program that holds ``port`` of 127.0.0.1, or already did before; 0 is any."""
    with socket.socket() as held:
        if os.name != "nt":  # a port that was let go a moment ago can be had as well
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind(("127.0.0.1", port))
            held.listen()
        except OSError:
            assert port
        yield held.getsockname()[1]


class TestRunning:
    def test_opened_at_the_notebook_and_stopped(self, root: Path, tmp_path: Path) -> None:
        notebook = root / "notebooks" / NAMES[2]
        code = (
            "import sys\nfrom pathlib import Path\nfrom helpers.setup.lab import open_lab\n"
            "sys.exit(open_lab(Path(sys.argv[2]), Path(sys.argv[1]), browser=False))"
        )
        # As in a new home: none of the settings of whoever runs the test, and nothing written there.
        home = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
        command = [sys.executable, "-c", code, root, notebook]
        with listening(8888), lab_process.running(command, cwd=ROOT, seconds=60, **home) as started:
            assert "Port 8888 is in use, so it is " in started.shown
            parts = urlsplit(started.address)
            assert parts.hostname == "127.0.0.1"
            assert unquote(parts.path) == f"/lab/tree/notebooks/{notebook.name}"
            self.look_at_page(started.address)
            self.look_at_files(parts.netloc, parts.query.removeprefix("token="))
        if os.name != "nt":
            assert started.rest.strip() == "JupyterLab has stopped. The notebooks are as you last saved them."
            assert started.status == 0

    @staticmethod
    def look_at_page(address: str) -> None:
        with urllib.request.urlopen(address) as answer:
            page = answer.read().decode("utf-8")
        settings = json.loads(re.search(r'(?s)id="jupyter-config-data"[^>]*>(.*?)</script>', page)[1])
        assert "@jupyterlab/apputils-extension:announcements" in settings["disabledExtensions"]

    @staticmethod
    def look_at_files(host: str, token: str) -> None:
        files = f"http://{host}/api/contents/notebooks"
        with urllib.request.urlopen(f"{files}?token={token}") as answer:
            assert sorted(file["name"] for file in json.load(answer)["content"]) == sorted(NAMES)
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(files)

    def test_a_port_that_was_asked_for_and_is_taken(self, root: Path) -> None:
        with listening(0) as port, pytest.raises(Problem, match=f"Port {port} is in use. Choose another"):
            lab.open_lab(root / "notebooks" / NAMES[0], root, port=port, browser=False)
