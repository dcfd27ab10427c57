"""What the commands accept, what they answer to a mistake, and to which part they pass the work."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import commands
from helpers.doctor import checkup
from helpers.practice import server
from helpers.setup import environment, real_model

COMMANDS = ["lab", "test", "serve", "local", "doctor"]


def run(*arguments: str, before: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the commands as a program of their own; ``before`` is code that runs first in that process."""
    program = ["-m", "helpers"]
    if before:
        program = ["-c", f"{before}\nimport runpy; runpy.run_module('helpers', run_name='__main__', alter_sys=True)"]
    return subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=environment.ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **variables},
        capture_output=True,
        encoding="utf-8",
    )


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ready", lambda: Path(sys.executable))


class TestHelp:
    @pytest.mark.parametrize("arguments", [[], ["-h"], ["--help"]])
    def test_the_overview_names_every_command(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert commands.main(arguments) == 0
        shown = capsys.readouterr().out
        assert all(f"helpers {name} " in shown for name in COMMANDS)

    @pytest.mark.parametrize("name", COMMANDS)
    def test_each_command_has_its_own(
        self, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(environment, "ready", lambda: pytest.fail("help needs no environment"))
        with pytest.raises(SystemExit) as ended:
            commands.main([name, "--help"])
        assert ended.value.code == 0
        assert f"helpers {name}" in capsys.readouterr().out


class TestMistakes:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["lba"], "no command 'lba'. Did you mean lab?"),
            (["xyzzy"], "no command 'xyzzy'. See "),
            (["lab", "--prot", "3"], "no option '--prot'. Did you mean --port?"),
            (["lab", "—port", "3"], "no option '—port'. Did you mean --port?"),
            (["lab", "--no-browsr=1"], "no option '--no-browsr'. Did you mean --no-browser?"),
            (["lab", "--port", "many"], "--port: 'many' is no port number"),
            (["lab", "--port", "70000"], "--port: '70000' is no port number"),
            (["lab", "1", "2"], "unrecognized arguments: 2"),
            (["serve", "--pace", "slow"], "--pace: invalid choice: 'slow'"),
            (["doctor", "now"], "unrecognized arguments: now"),
        ],
    )
    def test_the_answer_is_a_line_with_the_next_step(
        self, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert commands.main(arguments) == 2
        shown = capsys.readouterr()
        assert said in shown.err
        assert shown.err.endswith(" --help\n")
        assert shown.err.count("\n") == 1
        assert not shown.out

    def test_an_interrupted_set_up_says_what_is_kept(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def interrupted() -> Path:
            raise KeyboardInterrupt

        monkeypatch.setattr(environment, "ready", interrupted)
        assert commands.main(["doctor"]) == 130
        said = capsys.readouterr().err
        assert "kept" in said
        assert said.count("\n") == 1

    def test_a_console_without_chinese_shows_what_it_can(self) -> None:
        ran = run("课程", PYTHONIOENCODING="cp1252")
        assert ran.returncode == 2
        assert "no command '??'" in ran.stderr


@pytest.mark.usefixtures("ready")
class TestWork:
    def test_test_passes_everything_on_to_pytest(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        called = []

        def pytest_main(arguments: list[str]) -> int:
            called.append((arguments, Path.cwd()))
            return 5

        monkeypatch.setattr(pytest, "main", pytest_main)
        monkeypatch.chdir(tmp_path)
        assert commands.main(["test", "-k", "tap", "--maxfail=1", "tests"]) == 5
        assert called == [(["-k", "tap", "--maxfail=1", "tests"], environment.ROOT)]

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            ([], {"host": "127.0.0.1", "port": 8765, "pace": "realistic", "developer_role": "accept"}),
            (
                ["--host", "::1", "--port=9", "--pace", "instant", "--developer-role", "refuse"],
                {"host": "::1", "port": 9, "pace": "instant", "developer_role": "refuse"},
            ),
        ],
    )
    def test_serve(self, arguments: list[str], expected: dict, monkeypatch: pytest.MonkeyPatch) -> None:
        called = []
        monkeypatch.setattr(server, "serve", lambda **options: called.append(options) or 3)
        assert commands.main(["serve", *arguments]) == 3
        assert called == [expected]

    def test_local(self, monkeypatch: pytest.MonkeyPatch) -> None:
        called = []
        monkeypatch.setattr(real_model, "set_up", lambda root: called.append(root) or 5)
        assert commands.main(["local"]) == 5
        assert called == [environment.ROOT]

    @pytest.mark.parametrize("options", [[], ["--contract"], ["--contract", "--yes"]])
    def test_doctor(self, options: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        called = []
        monkeypatch.setattr(checkup, "run", lambda **asked: called.append(asked) or 4)
        assert commands.main(["doctor", *options]) == 4
        assert called == [{"contract": "--contract" in options, "yes": "--yes" in options}]


def test_another_python_gets_the_whole_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    handed = []
    monkeypatch.setattr(environment, "ready", lambda: tmp_path / "python")
    monkeypatch.setattr(environment, "hand_over", lambda *arguments: handed.append(arguments) or 6)
    assert commands.main(["test", "-x", "大"]) == 6
    assert handed == [(tmp_path / "python", "-m", "helpers", "test", "-x", "大")]


def test_the_program_ends_with_the_status_of_the_command() -> None:
    ran = run("test", "--no-such-option-of-pytest")
    assert ran.returncode == 4, ran.stderr
    assert "no-such-option-of-pytest" in ran.stderr


@pytest.mark.parametrize("version", ["(3, 6, 15, 'final', 0)", "(3, 10, 13, 'final', 0)"])
def test_an_old_python_says_that_it_is_too_old(version: str) -> None:
    ran = run("lab", before=f"import sys; sys.version_info = {version}")
    assert ran.returncode == 1
    assert "is too old for these notebooks: they need 3.11 or newer.\n" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_an_old_python_can_read_so_far(name: str) -> None:
    source = (environment.ROOT / "helpers" / name).read_text("utf-8")
    ast.parse(source, feature_version=(3, 6))
    # What `list[str]` outside of quotes is to Python 3.8: an expression that fails.
    annotations = [node.returns for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    assert not [ast.unparse(node) for node in annotations if isinstance(node, ast.Subscript)]
