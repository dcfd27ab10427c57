"""`.venv` is made once, repaired when half made, updated when the requirements change; a learner's own is kept."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import packaging
import pytest
import pythons
from pythons import packages, says

from helpers.setup import environment, installer, requirements
from helpers.setup.console import Problem
from helpers.setup.environment import Environment

PROJECT = "a-project"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with nothing installed, in a folder whose path is not plain ASCII."""
    root = tmp_path / "大模型 课程"
    root.mkdir()
    (root / "requirements.txt").write_text("-e .\n", "utf-8")
    (root / "pyproject.toml").write_text(f'[project]\nname = "{PROJECT}"\n', "utf-8")
    return root


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The Pythons for which packages were installed; nothing really is."""
    done: list[Path] = []
    monkeypatch.setattr(installer, "install", lambda python, _: done.append(python))
    return done


def distribution(folder: Path, name: str, version: str = "1.0", needs: tuple[str, ...] = (), origin: str = "") -> None:
    """Write what an installer records of a package, into a folder of packages."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {n}" for n in needs)]
    (info / "METADATA").write_text("\n".join(lines) + "\n", "utf-8")
    if origin:
        (info / "direct_url.json").write_text(json.dumps({"url": origin, "dir_info": {"editable": True}}), "utf-8")


class TestMaking:
    def test_it_has_a_python_that_runs(self, checkout: Path, installs: list[Path]) -> None:
        python = environment.ready(checkout)
        assert checkout.joinpath(".venv").samefile(says(python, "import sys; print(sys.prefix)"))
        assert installs == [python]

    def test_it_is_made_once(self, checkout: Path, installs: list[Path]) -> None:
        assert environment.ready(checkout) == environment.ready(checkout)
        assert len(installs) == 1

    def test_changed_requirements_are_installed(self, checkout: Path, installs: list[Path]) -> None:
        python = environment.ready(checkout)
        (checkout / "requirements.txt").write_text("-e .\nopenai\n", "utf-8")
        kept = packages(python) / "kept.txt"
        kept.touch()
        assert environment.ready(checkout) == python
        assert len(installs) == 2
        assert kept.exists()

    def test_a_moved_checkout_is_installed_again(self, checkout: Path, installs: list[Path]) -> None:
        environment.ready(checkout)
        moved = checkout.rename(checkout.with_name("moved"))
        environment.ready(moved)
        assert len(installs) == 2

    def test_an_interrupted_one_is_made_anew(self, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(python: Path, _: Path) -> None:
            (packages(python) / "half.txt").touch()
            raise KeyboardInterrupt

        monkeypatch.setattr(installer, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.ready(checkout)
        monkeypatch.setattr(installer, "install", lambda *_: None)
        python = environment.ready(checkout)
        assert not (packages(python) / "half.txt").exists()
        assert Environment(checkout).is_finished()

    def test_one_whose_python_is_gone_is_made_anew(self, checkout: Path, installs: list[Path]) -> None:
        python = environment.ready(checkout)
        python.unlink()
        assert environment.ready(checkout) == python
        assert python.exists()
        assert len(installs) == 2

    def test_two_runs_at_once_install_once(self, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        installed = []

        def slowly(python: Path, _: Path) -> None:
            time.sleep(0.5)
            installed.append(python)

        monkeypatch.setattr(installer, "install", slowly)
        runs = [threading.Thread(target=environment.ready, args=[checkout]) for _ in range(2)]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        assert len(installed) == 1

    def test_a_run_that_died_blocks_nobody(self, checkout: Path, installs: list[Path]) -> None:
        code = (
            "import os, pathlib, sys\n"
            "from helpers.setup.environment import Environment\n"
            "with Environment(pathlib.Path(sys.argv[1]))._locked():\n"
            "    os._exit(9)"
        )
        died = subprocess.run([sys.executable, "-c", code, checkout], cwd=environment.ROOT, check=False)
        assert died.returncode == 9
        environment.ready(checkout)
        assert len(installs) == 1


class TestWhatIsThereAlready:
    def test_a_learners_own_environment_is_kept_and_completed(self, checkout: Path, installs: list[Path]) -> None:
        python = pythons.make(checkout / ".venv")
        own = packages(python) / "own.txt"
        own.touch()
        assert environment.ready(checkout) == python
        assert len(installs) == 1
        assert own.exists()

    def test_a_complete_one_is_used_as_it_is(self, checkout: Path, installs: list[Path]) -> None:
        inside = packages(pythons.make(checkout / ".venv"))
        distribution(inside, PROJECT, origin=checkout.as_uri())
        (inside / "packaging.pth").write_text(str(Path(packaging.__file__).parent.parent), "utf-8")
        environment.ready(checkout)
        assert installs == []

    @pytest.mark.parametrize("make", [Path.touch, lambda path: path.mkdir() or (path / "notes.txt").touch()])
    def test_something_else_of_that_name_is_left_alone(
        self, checkout: Path, make: Callable[[Path], None], installs: list[Path]
    ) -> None:
        folder = checkout / ".venv"
        make(folder)
        before = list(folder.rglob("*")), folder.is_file()
        with pytest.raises(Problem, match="no Python environment"):
            environment.ready(checkout)
        assert (list(folder.rglob("*")), folder.is_file()) == before
        assert installs == []

    def test_a_python_that_has_everything_is_used(self, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(requirements, "met", lambda _: True)
        assert environment.ready(checkout) == Path(sys.executable)
        assert not (checkout / ".venv").exists()


class TestWhatCannotBe:
    def test_a_folder_that_is_read_only(self, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "mkdir", refuse)
        with pytest.raises(Problem, match=r"Permission denied.\nCopy this whole folder"):
            environment.ready(checkout)

    def test_a_python_without_venv(self, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "venv", None)  # as if the module were missing
        with pytest.raises(Problem, match=r"apt install python3\.\d+-venv"):
            environment.ready(checkout)

    def test_a_checkout_without_requirements(self, tmp_path: Path) -> None:
        with pytest.raises(Problem, match="not the whole repository"):
            environment.ready(tmp_path)


class TestRequirements:
    def met(self, checkout: Path, *lines: str) -> bool:
        (checkout / "requirements.txt").write_text("\n".join(["-e .  # itself", "", *lines]), "utf-8")
        return requirements.met(checkout)

    @pytest.fixture(autouse=True)
    def installed(self, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A folder of packages on the path, with the checkout itself installed."""
        folder = tmp_path / "packages"
        distribution(folder, PROJECT, origin=checkout.as_uri())
        monkeypatch.syspath_prepend(folder)
        return folder

    def test_this_python_has_those_of_this_project(self) -> None:
        assert requirements.met(environment.ROOT)

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("pytest", True),
            ("PyTest >= 1 # with a remark", True),
            ("pytest >= 999", False),
            ("no-such-package", False),
            ("no-such-package ; python_version < '3'", True),
        ],
    )
    def test_names_versions_and_markers(self, checkout: Path, line: str, expected: bool) -> None:
        assert self.met(checkout, line) is expected

    def test_what_a_requirement_requires_counts(self, checkout: Path, installed: Path) -> None:
        distribution(installed, "outer", needs=("inner",))
        distribution(installed, "inner", needs=("outer", "no-such-package"))
        assert not self.met(checkout, "outer")

    def test_what_a_build_left_in_the_checkout_does_not_mislead(
        self, checkout: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        left = checkout / f"{PROJECT.replace('-', '_')}.egg-info"
        left.mkdir()
        (left / "PKG-INFO").write_text(f"Metadata-Version: 2.1\nName: {PROJECT}\nVersion: 1.0\n", "utf-8")
        monkeypatch.syspath_prepend(checkout)  # as `python -m` in the checkout has it
        assert self.met(checkout)

    def test_a_circle_ends(self, checkout: Path, installed: Path) -> None:
        distribution(installed, "outer", needs=("inner",))
        distribution(installed, "inner", needs=("outer",))
        assert self.met(checkout, "outer")

    def test_only_the_extras_asked_for_count(self, checkout: Path, installed: Path) -> None:
        distribution(installed, "outer", needs=("no-such-package; extra == 'more'",))
        assert self.met(checkout, "outer")
        assert not self.met(checkout, "outer[more]")

    def test_another_checkout_is_not_this_one(self, checkout: Path) -> None:
        assert self.met(checkout)
        assert not self.met(checkout.rename(checkout.with_name("moved")))

    def test_without_packaging_nothing_is_met(self, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "packaging.requirements", None)
        assert not self.met(checkout)


def test_handing_over_passes_on_arguments_environment_and_status() -> None:
    told = "import os, sys; print(sys.argv[1:], os.environ['PATH'].split(os.pathsep)[0]); sys.exit(7)"
    code = (
        "import pathlib, sys\n"
        "from helpers.setup.environment import hand_over\n"
        f"sys.exit(hand_over(pathlib.Path(sys.executable), '-c', {told!r}, 'a b', '大'))"
    )
    variables = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=environment.ROOT, capture_output=True, encoding="utf-8", env=variables
    )
    assert ran.returncode == 7, ran.stderr
    assert ran.stdout.strip() == f"['a b', '大'] {Path(sys.executable).parent}"
