"""The `.env` file: saving loses nothing and exposes nothing; near misses are found and named."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from helpers.config import dotenv_file, dotenv_mistakes

OLD, NEW = "sk-" + "old0" * 5, "sk-" + "new1" * 5
NAME = "DASHSCOPE_API_KEY"

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="permissions are access lists on Windows")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".env"


class TestSaving:
    def test_a_new_file_holds_what_was_given(self, path: Path):
        saved = dotenv_file.save({NAME: NEW, "BAILIAN_REGION": "singapore"}, path)
        assert path.read_bytes() == f"{NAME}={NEW}\nBAILIAN_REGION=singapore\n".encode()
        assert (saved.path, saved.backup) == (path.resolve(), None)

    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_one_line_changes_and_nothing_else(self, path: Path, newline: str):
        before = [
            "# 我的设置",
            "",
            "OTHER = 'two words'  # of another program",
            "",
            f"export {NAME} = '{OLD}'  # mine",
            "broken line 'without end",
            "LAST=1",
        ]
        path.write_bytes(newline.join(before).encode())
        dotenv_file.save({NAME: NEW}, path)
        after = [*before[:4], f"export {NAME}={NEW} # mine", *before[5:]]
        assert path.read_bytes() == newline.join(after).encode()

    def test_each_place_that_sets_it_is_changed(self, path: Path):
        path.write_text(f"{NAME}={OLD}\nA=1\n{NAME}={OLD}\n", encoding="utf-8")
        dotenv_file.save({NAME: NEW}, path)
        assert path.read_text(encoding="utf-8") == f"{NAME}={NEW}\nA=1\n{NAME}={NEW}\n"

    def test_a_last_line_without_an_end_is_not_run_into(self, path: Path):
        path.write_text("A=1", encoding="utf-8")
        dotenv_file.save({NAME: NEW}, path)
        assert path.read_text(encoding="utf-8") == f"A=1\n{NAME}={NEW}\n"

    def test_what_is_replaced_is_kept_beside_it(self, path: Path):
        path.write_text(f"{NAME}={OLD}\n", encoding="utf-8")
        first = dotenv_file.save({NAME: NEW}, path)
        second = dotenv_file.save({NAME: OLD}, path)
        assert [first.backup.name, second.backup.name] == [".env.backup", ".env.backup.2"]
        assert first.backup.read_text(encoding="utf-8") == f"{NAME}={OLD}\n"
        assert second.backup.read_text(encoding="utf-8") == f"{NAME}={NEW}\n"

    def test_without_a_loss_there_is_no_copy(self, path: Path):
        path.write_text(f"{NAME}=\nBAILIAN_REGION=us\n", encoding="utf-8")
        assert dotenv_file.save({NAME: NEW}, path).backup is None  # it was empty
        assert dotenv_file.save({NAME: NEW}, path).backup is None  # it is the same
        assert dotenv_file.save({"BAILIAN_MODEL": "qwen-max"}, path).backup is None  # it is another
        assert [child.name for child in path.parent.iterdir()] == [".env"]

    @posix_only
    def test_only_the_owner_can_read_it_and_its_copy(self, path: Path):
        path.write_text(f"{NAME}={OLD}\n", encoding="utf-8")
        path.chmod(0o644)
        saved = dotenv_file.save({NAME: NEW}, path)
        assert saved.private
        assert [p.stat().st_mode & 0o777 for p in (path, saved.backup)] == [0o600, 0o600]

    @posix_only
    def test_it_is_private_before_the_first_byte_is_in_it(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        modes = []
        fdopen = os.fdopen

        def looking(descriptor: int, *arguments):
            modes.append(os.fstat(descriptor).st_mode & 0o777)
            return fdopen(descriptor, *arguments)

        monkeypatch.setattr(os, "fdopen", looking)
        previous = os.umask(0)
        try:
            dotenv_file.save({NAME: NEW}, path)
        finally:
            os.umask(previous)
        assert modes == [0o600]

    def test_a_failure_leaves_the_old_file_and_no_remains(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        path.write_text(f"{NAME}={OLD}\n", encoding="utf-8")

        def full(descriptor: int) -> None:
            raise OSError("no space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="no space"):
            dotenv_file.save({NAME: NEW}, path)
        assert path.read_text(encoding="utf-8") == f"{NAME}={OLD}\n"
        assert [child.name for child in path.parent.iterdir()] == [".env"]

    @posix_only
    def test_a_symbolic_link_stays_one(self, path: Path, tmp_path: Path):
        (tmp_path / "secrets").mkdir()
        target = tmp_path / "secrets" / "env"
        target.write_text("A=1\n", encoding="utf-8")
        path.symlink_to(target)
        dotenv_file.save({NAME: NEW}, path)
        assert path.is_symlink()
        assert target.read_text(encoding="utf-8") == f"A=1\n{NAME}={NEW}\n"

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_what_notepad_saved_keeps_its_text(self, path: Path, encoding: str):
        path.write_bytes(f"# 我的\r\n{NAME}={OLD}\r\n".encode(encoding))
        dotenv_file.save({NAME: NEW}, path)
        assert path.read_bytes().decode() == f"# 我的\r\n{NAME}={NEW}\r\n"

    def test_bytes_of_an_old_code_page_survive(self, path: Path):
        comment = "# 密钥\n".encode("gb18030")
        path.write_bytes(comment + f"{NAME}={OLD}\n".encode())
        dotenv_file.save({NAME: NEW}, path)
        assert path.read_bytes() == comment + f"{NAME}={NEW}\n".encode()

    @pytest.mark.parametrize("value", ["a\nB=1", "a\rb", "a\0b", "\x7f"])
    def test_a_value_cannot_bring_another_line(self, path: Path, value: str):
        with pytest.raises(ValueError, match="control"):
            dotenv_file.save({NAME: value}, path)
        assert not path.exists()

    @given(
        value=st.text(st.characters(exclude_categories=["Cc", "Cs"])),
        others=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=4),
    )
    def test_what_is_saved_is_what_is_read(
        self, tmp_path_factory: pytest.TempPathFactory, value: str, others: list[str]
    ):
        path = tmp_path_factory.mktemp("env") / ".env"
        path.write_bytes("\n".join(others).encode())
        before = dotenv_file.read(path).values
        dotenv_file.save({"BAILIAN_MODEL": value}, path)
        assert dotenv_file.read(path).values == {**before, "BAILIAN_MODEL": value}
        text = dotenv_file.text_of(path)
        assert dotenv_values(stream=StringIO(text), interpolate=False)["BAILIAN_MODEL"] == value

    def test_on_windows_the_access_list_is_cut_down_to_the_user(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        calls = []

        def run(command: list[str], **options) -> subprocess.CompletedProcess:
            calls.append(command)
            return subprocess.CompletedProcess(command, 0, stdout=b'"host\\me","S-1-5-21-1-2-3-1001"\r\n')

        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(subprocess, "run", run)
        assert dotenv_file.save({NAME: NEW}, path).private
        assert calls[1][0] == "icacls"
        assert calls[1][2:] == ["/inheritance:r", "/grant:r", "*S-1-5-21-1-2-3-1001:F"]

    def test_where_windows_does_not_do_that_it_is_said(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        def run(command: list[str], **options) -> subprocess.CompletedProcess:
            raise FileNotFoundError(command[0])

        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(subprocess, "run", run)
        assert not dotenv_file.save({NAME: NEW}, path).private
        assert NEW in path.read_text(encoding="utf-8")


class TestPlace:
    def test_a_new_file_goes_where_every_notebook_finds_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        checkout = tmp_path / "checkout"
        checkout.mkdir()
        (checkout / "pyproject.toml").touch()
        monkeypatch.setattr(dotenv_file, "REPOSITORY", checkout)
        place = dotenv_file.place_for_saving(tmp_path / "elsewhere")
        assert place == checkout / ".env"
        place.touch()
        assert dotenv_file.find(tmp_path / "elsewhere") == place

    def test_names_in_messages_tell_nothing_of_the_machine(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        (tmp_path / "course" / "notebooks").mkdir(parents=True)
        monkeypatch.chdir(tmp_path / "course" / "notebooks")
        assert dotenv_file.shown(tmp_path / "course" / "notebooks" / ".env") == ".env"
        assert dotenv_file.shown(tmp_path / "course" / ".env") == "../.env"
        assert dotenv_file.shown(tmp_path / "other" / ".env") == "other/.env"


class TestNearMisses:
    """Each kind of slip is found, in any of the variables, and no finding shows a key."""

    def findings(self, text: str) -> list[str]:
        found = [str(advice) for advice in dotenv_mistakes.in_text(text)]
        assert not [message for message in found if NEW in message or "new1new1" in message]
        return found

    @pytest.mark.parametrize(
        "line",
        [
            f"{NAME}={NEW}",
            f"{NAME}='{NEW}'",
            f'{NAME}="{NEW}" # mine',
            f"{NAME} = {NEW}",
            f"  export {NAME}={NEW}",
            f"# {NAME}=",
            f"{NAME}=",
            f"{NAME}=sk-practice",
            "BAILIAN_REGION=beijing # “Peking”",
            "OTHER_KEY=x",
            "path: /usr/bin",
            "BAILIAN_BASE_URL=http://[::1]:8080/v1",
        ],
    )
    def test_what_works_is_let_be(self, line: str):
        assert self.findings(line) == []

    @pytest.mark.parametrize(
        ("line", "word"),
        [
            (f'{NAME}="{NEW}', "quote"),
            (f"{NAME}='{NEW}\"", "quote"),
            (f"{NAME}={NEW}'", "quote"),
            (f"{NAME}=“{NEW}”", "left double quotation mark"),
            (f"{NAME}=「{NEW}」", "bracket"),
            (f"{NAME}＝{NEW}", "fullwidth equals sign"),
            (f"{NAME}: {NEW}", "colon"),
            (f"{NAME} {NEW}", "no ="),
            (f"DASHSCOPE-API-KEY={NEW}", "hyphen"),
            (f"DASHSCOPE–API—KEY={NEW}", "en dash"),
            (f"DASHSCOPE API KEY={NEW}", "space"),
            (f"ＤＡＳＨＳＣＯＰＥ_API_KEY={NEW}", "fullwidth"),
            (f"\u200b{NAME}={NEW}", "zero width space"),
            (f"{NAME}\u2060={NEW}", "word joiner"),
            (f"dashscope_api_key={NEW}", "case"),
            (f"Bailian_Region=beijing\n{NAME}={NEW}", "BAILIAN_REGION"),
            (f"DASHSCOPE_KEY={NEW}", NAME),
            (f"DASHSCOPE_APIKEY={NEW}", NAME),
            (f"OPENAI_API_KEY={NEW}", NAME),
            (f"BAILIAN_API_KEY={NEW}", NAME),
            (f"my_secret={NEW}", NAME),
            (NEW, NAME),
            (f"set {NAME}={NEW}", "set"),
            (f"setx {NAME} {NEW}", "setx"),
            (f'$env:{NAME}="{NEW}"', "$env:"),
            (f"{NAME}={NEW[:9]} {NEW[9:]}", "space"),
            (f"{NAME}={NEW.replace('-', '—')}", "em dash"),
            (f"{NAME}=ｓｋ-{NEW[3:]}", "fullwidth"),
            (f"{NAME}={NEW}\u200b", "zero width space"),
            (f"{NAME}=Bearer {NEW}", "Bearer"),
            (f"{NAME}=sk-xxxxxxxx", "placeholder"),
            (f"{NAME}=YOUR_API_KEY", "placeholder"),
            (f"{NAME}=你的密钥", "placeholder"),
            (f"{NAME}=sk-****new1", "shortened"),
            ("BAILIAN_REGIN=beijing", "BAILIAN_REGION"),
            ("BAILIAN_COLOR=blue", "BAILIAN_MODEL"),
            ("BAILIAN_REGION=bei\u200bjing", "zero width space"),
            (f"{NAME}={OLD}\nA=1\n{NAME}={NEW}", "line 1"),
        ],
    )
    def test_what_does_not_work_is_named(self, line: str, word: str):
        found = self.findings(line)
        assert len(found) == 1
        assert word in found[0]

    def test_the_line_is_counted_as_an_editor_counts(self):
        assert self.findings(f"# one\r\n\r\n{NAME}＝{NEW}\r\n")[0].startswith("line 3:")

    def test_spaces_around_the_sign_are_worth_a_remark(self):
        assert "line 1" in next(dotenv_mistakes.remarks(f"{NAME} = {NEW}"))
        assert list(dotenv_mistakes.remarks(f"{NAME}={NEW}\nOTHER = 1")) == []

    @pytest.mark.parametrize(
        "name", [".env.txt", "env", "env.txt", ".env.env", "_env", ".ENV.TXT", "．env", ".env.txt.txt"]
    )
    def test_a_file_of_nearly_the_right_name(self, tmp_path: Path, name: str):
        (tmp_path / name).touch()
        (found,) = dotenv_mistakes.near_names([tmp_path, tmp_path])
        assert name in found.problem

    @pytest.mark.parametrize("name", [".env", ".env.example", ".env.backup", ".envrc", "environment.txt", "env.py"])
    def test_files_that_mean_something_else(self, tmp_path: Path, name: str):
        (tmp_path / name).touch()
        (tmp_path / "env").mkdir()  # what many call an environment of Python
        assert list(dotenv_mistakes.near_names([tmp_path])) == []

    def test_a_key_in_the_file_that_git_shares(self, tmp_path: Path):
        example = tmp_path / ".env.example"
        example.write_text(f"# {NAME}={NEW}\n{NAME}=\n", encoding="utf-8")
        assert dotenv_mistakes.key_in_example(tmp_path) is None
        example.write_text(f"{NAME}={NEW}\n", encoding="utf-8")
        assert NEW not in str(dotenv_mistakes.key_in_example(tmp_path))
        assert ".env.example" in dotenv_mistakes.key_in_example(tmp_path).problem


def test_the_example_is_in_order_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from helpers.config.settings import VARIABLES, Settings

    example = Path(__file__).parent.parent / ".env.example"
    text = example.read_text(encoding="utf-8")
    assert list(dotenv_mistakes.in_text(text)) == []
    assert dotenv_file.read(example).values == {NAME: ""}
    assert not [name for name in VARIABLES if name not in text]
    monkeypatch.setattr(dotenv_file, "REPOSITORY", tmp_path / "none")
    plain = Settings.load(environ={}, folder=tmp_path)
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    copied = Settings.load(environ={}, folder=tmp_path)
    assert (copied.mode, copied.model, copied.pace) == (plain.mode, plain.model, plain.pace)
