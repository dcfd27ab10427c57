"""The doctor: every fault gets its own words and a next step, and no line shows a key."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import httpx2
import local_model
import pytest
from hosts import MODELS, Hosts, answer, hosts, key, model_list
from scripted_server import Reply, serving

from helpers import catalogue, local
from helpers.config import dotenv_file
from helpers.config.api_key import Secret
from helpers.config.settings import Settings
from helpers.doctor import checkup, contract_run, probe
from helpers.doctor.report import Report
from helpers.setup import requirements

KEY, PLAN_KEY = key("test"), "sk-sp-" + "test" * 5
NAME = "DASHSCOPE_API_KEY"


@pytest.fixture(autouse=True)
def only_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dotenv_file, "REPOSITORY", tmp_path)
    monkeypatch.setattr(requirements, "met", lambda root: True)  # this suite may run in any environment
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def service() -> Iterator[Hosts]:
    with hosts(beijing=key("bj"), singapore=key("sg"), virginia=key("us"), coding_plan=PLAN_KEY) as running:
        yield running


def examine(regions: dict | None = None, **environ: str) -> tuple[int, list[str]]:
    lines: list[str] = []
    status = checkup.run(out=lines.append, environ=environ, folder=Path.cwd(), regions=regions)
    for line in lines:
        assert line.startswith(("OK   ", "FIX  ", "NOTE "))
        assert ("→" in line) == line.startswith("FIX")
        for secret in (KEY, PLAN_KEY, key("bj"), key("sg"), key("us")):
            assert secret[3:-4] not in line
    assert status == any(line.startswith("FIX") for line in lines)
    return status, lines


def to_fix(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line.startswith("FIX"))


class TestThisMachine:
    def test_an_old_python(self):
        lines: list[str] = []
        checkup.check_python(checkup.Report(lines.append), (3, 10, 4))
        assert "3.10.4" in to_fix(lines)
        assert "3.11" in to_fix(lines)

    def test_packages_are_held_against_the_list(self, tmp_path: Path):
        root = Path(checkup.__file__).parents[2]
        shutil.copy(root / "pyproject.toml", tmp_path)
        wanted = "# comment\nopenai>=1\nno-such-package-here>=2 # why\npytest<1\n-e .\n"
        (tmp_path / "requirements.txt").write_text(wanted, encoding="utf-8")
        lines: list[str] = []
        checkup.check_packages(checkup.Report(lines.append), tmp_path)
        assert "no-such-package-here is missing" in to_fix(lines)
        assert f"pytest is {pytest.__version__}" in to_fix(lines)
        assert "openai" not in to_fix(lines)

    def test_it_can_say_what_is_missing_where_everything_is(self):
        script = (
            "import sys; from helpers.doctor import checkup; print(*{name.partition('.')[0] for name in sys.modules})"
        )
        root = Path(checkup.__file__).parents[2]
        command = [sys.executable, "-S", "-c", script]  # without site-packages
        bare = {**os.environ, "PYTHONPATH": str(root)}
        result = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=bare)
        assert not {"openai", "httpx2", "dotenv"} & set(result.stdout.split())


class TestEnvFile:
    def test_without_one(self):
        lines: list[str] = []
        checkup.check_env_file(checkup.Report(lines.append), Path.cwd())
        assert not to_fix(lines)

    def test_all_near_misses_at_once(self, service: Hosts):
        Path(".env.txt").touch()
        Path(".env").write_text(f"DASHSCOPE_KEY={KEY}\nBAILIAN_ENDPOINT＝live\n", encoding="utf-8")
        Path(".env").chmod(0o600)
        status, lines = examine(service.regions)
        assert status == 1
        assert [text in to_fix(lines) for text in (".env.txt", "line 1", "line 2")] == [True] * 3

    @pytest.mark.skipif(sys.platform == "win32", reason="permissions are access lists on Windows")
    def test_permissions(self):
        Path(".env").write_text("BAILIAN_MODEL=qwen-plus\n", encoding="utf-8")
        Path(".env").chmod(0o640)
        lines: list[str] = []
        checkup.check_env_file(checkup.Report(lines.append), Path.cwd())
        assert "chmod 600 .env" in to_fix(lines)
        Path(".env").chmod(0o600)
        lines.clear()
        checkup.check_env_file(checkup.Report(lines.append), Path.cwd())
        assert not to_fix(lines)

    @pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
    def test_git(self):
        def fixes() -> str:
            lines: list[str] = []
            checkup.check_env_file(checkup.Report(lines.append), Path.cwd())
            return to_fix(lines)

        Path(".env").touch(mode=0o600)
        assert not fixes()  # no repository
        subprocess.run(["git", "init", "--quiet"], check=True)
        assert ".gitignore" in fixes()
        subprocess.run(["git", "add", ".env"], check=True)
        assert "git rm --cached .env" in fixes()
        subprocess.run(["git", "rm", "--quiet", "--cached", ".env"], check=True)
        Path(".gitignore").write_text(".env\n", encoding="utf-8")
        assert not fixes()

    def test_a_key_of_the_environment_hides_the_one_in_the_file(self, service: Hosts):
        Path(".env").write_text(f"{NAME}={KEY}\n", encoding="utf-8")
        Path(".env").chmod(0o600)
        status, lines = examine(service.regions, **{NAME: key("bj")})
        assert status == 0
        assert [line for line in lines if line.startswith("NOTE") and "environment" in line]


class TestKey:
    def test_all_is_well(self, service: Hosts):
        status, lines = examine(service.regions, **{NAME: key("sg"), "BAILIAN_REGION": "singapore"})
        assert status == 0
        assert any("accepts the key" in line for line in lines)
        assert service.keys_at("beijing") == []  # where the key is taken, no other host sees it

    def test_a_key_of_another_region(self, service: Hosts):
        status, lines = examine(service.regions, **{NAME: key("sg")})
        assert status == 1
        assert "Set BAILIAN_REGION=singapore" in to_fix(lines)
        warning = next(number for number, line in enumerate(lines) if line.startswith("NOTE"))
        assert "Singapore" in lines[warning]  # before the key goes anywhere else
        assert "FIX" in lines[warning + 1]
        assert service.keys_at("virginia") == []  # asked in turn, and no further than needed

    def test_a_key_that_nobody_takes(self, service: Hosts):
        _, lines = examine(service.regions, **{NAME: KEY})
        assert "BAILIAN_REGION=" not in to_fix(lines)
        assert "Copy the key again" in to_fix(lines)
        assert service.keys_at("coding_plan") == []  # a plan takes only its own keys

    def test_a_key_that_seems_to_be_something_else(self, service: Hosts):
        _, lines = examine(service.regions, **{NAME: "abcd" * 6})
        assert "does not begin with sk-" in to_fix(lines)
        _, lines = examine(service.regions, **{NAME: "sk-abc123"})
        assert "cut off" in to_fix(lines)

    def test_another_vendors_refusal_sends_the_key_nowhere_else(self, service: Hosts):
        with serving(lambda request: answer(401, {"error": {"message": KEY, "code": KEY}})) as vendor:
            _, lines = examine(service.regions, **{NAME: KEY, "BAILIAN_BASE_URL": vendor.base_url})
        assert "refuses the key" in to_fix(lines)
        assert "workspace" not in to_fix(lines)
        assert not [id_ for id_ in service.regions if service.keys_at(id_)]


class TestModel:
    @pytest.mark.parametrize(
        ("model", "advice"),
        [
            ("Qwen-Plus", "BAILIAN_MODEL=qwen-plus"),
            ("minimax-m2.5", "BAILIAN_MODEL=MiniMax-M2.5"),
            ("Qwen/Qwen3-32B", "qwen3-32b"),
            ("qwen-flsh", "qwen-flash"),
            ("gpt-nine", catalogue.default_model()),
            ("qwen-image", "text model"),
        ],
    )
    def test_a_model_that_cannot_be_called(self, service: Hosts, model: str, advice: str):
        status, lines = examine(service.regions, **{NAME: key("bj"), "BAILIAN_MODEL": model})
        assert status == 1
        assert advice in to_fix(lines)

    def test_a_model_that_only_the_endpoint_knows(self, service: Hosts):
        with serving(lambda request: model_list(("my-own-model",))) as server:
            status, _ = examine(service.regions, BAILIAN_BASE_URL=server.base_url, BAILIAN_MODEL="my-own-model")
        assert status == 0


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class TestEndpoint:
    """What the network and the server do: each its own words."""

    def problem(self, base_url: str, seconds: float = probe.SECONDS) -> str:
        found = probe.ask(base_url, Secret(KEY), seconds=seconds)
        assert found.verdict in ("unreachable", "unclear", "refused")
        assert found.advice.next_step
        assert KEY not in str(found)
        return str(found.advice)

    def test_nothing_listens(self):
        assert "nothing listens" in self.problem(f"http://127.0.0.1:{closed_port()}/v1")

    def test_no_such_name(self):
        assert "DNS" in self.problem("http://no-such-host.invalid/v1")

    def test_no_answer_in_time(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            assert "in time" in self.problem(f"http://127.0.0.1:{port}/v1", seconds=0.3)

    def test_no_tls_there(self):
        with serving(lambda request: model_list()) as server:
            assert "TLS" in self.problem(server.base_url.replace("http://", "https://"))

    def test_a_connection_that_breaks_off(self):
        with serving(lambda request: Reply([b"{"], reset=True)) as server:
            assert "broke the connection off" in self.problem(server.base_url)

    def test_a_certificate_that_nobody_vouches_for(self, monkeypatch: pytest.MonkeyPatch):
        def distrust(self: httpx2.HTTPTransport, request: httpx2.Request):
            try:
                raise ssl.SSLCertVerificationError(1, "certificate verify failed: self-signed certificate")
            except ssl.SSLError as error:
                raise httpx2.ConnectError(str(error)) from error

        monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", distrust)
        assert "certificate of service.invalid cannot be trusted" in self.problem("https://service.invalid/v1")

    def test_certificates_that_cannot_be_read(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("SSL_CERT_FILE", "no-such-file.pem")
        assert "SSL_CERT_FILE" in self.problem("https://service.invalid/v1")

    def test_a_proxy_that_is_not_there(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:geheim@127.0.0.1:{closed_port()}")
        problem = self.problem("https://service.invalid/v1")
        assert "proxy 127.0.0.1" in problem
        assert "geheim" not in problem

    def test_a_proxy_that_refuses(self, monkeypatch: pytest.MonkeyPatch):
        with socket.create_server(("127.0.0.1", 0)) as proxy:

            def refuse() -> None:
                connection, _ = proxy.accept()
                with connection:
                    connection.recv(4096)
                    connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n")

            Thread(target=refuse, daemon=True).start()
            monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.getsockname()[1]}")
            assert "does not let the call" in self.problem("https://service.invalid/v1")

    @pytest.mark.parametrize("proxy", ["socks4://127.0.0.1:1", "nonsense://127.0.0.1:1"])
    def test_a_proxy_of_an_unusable_kind(self, monkeypatch: pytest.MonkeyPatch, proxy: str):
        monkeypatch.setenv("ALL_PROXY", proxy)
        assert "proxy" in self.problem("https://service.invalid/v1")

    @pytest.mark.parametrize(
        ("status", "body", "word"),
        [
            (403, {"error": {"code": "Workspace.AccessDenied"}}, "IP 白名单"),
            (404, {"error": {"code": None}}, "/compatible-mode/v1"),
            (400, {"error": {"code": "Arrearage"}}, "arrears"),
            (429, {"error": {"code": "limit_requests"}}, "Wait"),
            (500, {"error": "x"}, "its side"),
            (302, {}, "sign in"),
            (200, "hello", "not as an OpenAI-compatible endpoint"),
            (200, {"data": "x"}, "not as an OpenAI-compatible endpoint"),
            (418, [], "BAILIAN_BASE_URL"),
        ],
    )
    def test_answers_that_are_no_list(self, status: int, body: object, word: str):
        with serving(lambda request: answer(status, body)) as server:
            assert word in self.problem(server.base_url)

    def test_a_page_instead_of_an_answer(self):
        with serving(
            lambda request: Reply([b"<html>Please sign in</html>"], 200, {"content-type": "text/html"})
        ) as server:
            assert "sign in" in self.problem(server.base_url)

    def test_a_list_with_odd_entries(self):
        entries = [{"id": "good"}, {"id": 1}, {}, "x", {"id": "\x1b[2J"}, {"id": KEY}]
        with serving(lambda request: answer(200, {"data": entries})) as server:
            assert probe.ask(server.base_url, Secret(KEY)).models == ("good",)

    def test_a_redirect_does_not_carry_the_key_away(self):
        with serving(lambda request: model_list()) as other:
            moved = {"location": f"{other.base_url}/models"}
            with serving(lambda request: Reply([b"{}"], 307, moved)) as server:
                self.problem(server.base_url)
            assert other.received == []

    def test_settings_that_make_no_sense(self, service: Hosts):
        status, lines = examine(service.regions, BAILIAN_REGION="mars")
        assert status == 1
        assert "mars" in to_fix(lines)


class TestContract:
    BUDGET = {"calls": 50, "prompt_tokens": 100_000, "completion_tokens": 25_000}  # noqa: RUF012

    @pytest.fixture
    def suite(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A suite that passes where it is to run against the configured endpoint."""
        folder = tmp_path / "contract"
        folder.mkdir()
        (folder / "budget.json").write_text(json.dumps(self.BUDGET), encoding="utf-8")
        (folder / "conftest.py").write_text(
            "def pytest_addoption(parser):\n    parser.addoption('--endpoint')\n", encoding="utf-8"
        )
        (folder / "test_one.py").write_text(
            "def test_one(request):\n    assert request.config.getoption('--endpoint') == 'configured'\n",
            encoding="utf-8",
        )
        monkeypatch.setattr(contract_run, "FOLDER", folder)
        monkeypatch.setattr(contract_run, "REPOSITORY", tmp_path)
        return folder

    def run(self, service: Hosts, *, yes: bool, **environ: str) -> tuple[int, str]:
        lines: list[str] = []
        environ = {NAME: key("bj"), **environ}
        status = checkup.run(
            contract=True, yes=yes, out=lines.append, environ=environ, folder=Path.cwd(), regions=service.regions
        )
        return status, "\n".join(lines)

    def test_it_says_what_it_costs_and_does_not_go_on_by_itself(self, service: Hosts, suite: Path):
        status, text = self.run(service, yes=False)
        assert status == 1
        assert "50 calls" in text
        price = catalogue.models()["qwen-plus"].yuan(2_000, 500, thought=True) * 50
        assert f"{price:.2f} yuan" in text
        assert "--yes" in text

    def test_once_agreed_it_runs(self, service: Hosts, suite: Path, capfd: pytest.CaptureFixture[str]):
        status, _ = self.run(service, yes=True)
        assert status == 0
        assert "1 passed" in capfd.readouterr().out

    def test_a_failure_is_the_answer(self, service: Hosts, suite: Path):
        (suite / "test_one.py").write_text("def test_one():\n    assert False\n", encoding="utf-8")
        assert self.run(service, yes=True)[0] == 1

    @pytest.mark.parametrize(("typed", "ran"), [("yes", True), ("", False), ("no", False)])
    def test_in_a_terminal_it_asks(
        self, service: Hosts, suite: Path, monkeypatch: pytest.MonkeyPatch, typed: str, ran: bool
    ):
        started = []

        def start(command: list[str]) -> subprocess.CompletedProcess:
            started.append(command)
            return subprocess.CompletedProcess(command, 0)

        monkeypatch.setattr(subprocess, "run", start)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda prompt: typed)
        assert (self.run(service, yes=False)[0] == 0) == ran
        assert bool(started) == ran

    def test_it_does_not_start_on_an_endpoint_that_does_not_work(self, service: Hosts, suite: Path):
        status, text = self.run(service, yes=True, **{NAME: KEY})
        assert status == 1
        assert "50 calls" not in text

    def test_without_a_known_price_it_says_so(self):
        settings = Settings.of({NAME: KEY, "BAILIAN_MODEL": "my-own"}, "a test")
        assert "does not know" in contract_run.announcement(settings, **self.BUDGET)
        practice = Settings.of({}, "a test")
        assert "no cost" in contract_run.announcement(practice, **self.BUDGET)

    def test_without_the_suite_it_says_so(self, service: Hosts, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
        monkeypatch.setattr(contract_run, "FOLDER", tmp_path)
        status, text = self.run(service, yes=True)
        assert status == 1
        assert "clone" in text


class TestPractice:
    def test_without_a_key_the_practice_endpoint_is_started_and_called(self):
        status, lines = examine()
        assert status == 0, lines
        assert any("practice endpoint starts and answers" in line for line in lines)

    def test_a_model_that_it_does_not_know(self):
        _, lines = examine(BAILIAN_MODEL="qwen3.5-32b")
        assert "qwen3.5-3" in to_fix(lines)

    def test_a_machine_that_lets_nothing_listen(self, monkeypatch: pytest.MonkeyPatch):
        from helpers.practice import server

        def refuse(**options):
            raise PermissionError("no")

        monkeypatch.setattr(server, "start", refuse)
        _, lines = examine()
        assert "firewall" in to_fix(lines)


class TestLocal:
    def test_where_it_is_not_installed_the_next_step_is_to_install_it(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(local, "installed", lambda: False)
        monkeypatch.setattr(local, "_endpoint", None)
        status, lines = examine(BAILIAN_ENDPOINT="local")
        assert status == 1
        assert "-m helpers local" in to_fix(lines)

    def test_where_it_is_installed_it_is_started_and_called(self, monkeypatch: pytest.MonkeyPatch):
        for folder in local_model.on_the_path():
            monkeypatch.syspath_prepend(folder)
        status, lines = examine(BAILIAN_ENDPOINT="local")
        assert status == 0, lines
        assert "OK   the small real model starts and answers a call" in lines

    def test_it_is_not_held_against_the_contract(self):
        lines = []
        status = contract_run.run(Settings.of({"BAILIAN_ENDPOINT": "local"}, "a test"), Report(lines.append), yes=True)
        assert status == 1
        assert "BAILIAN_ENDPOINT to practice or live" in to_fix(lines)


def test_the_fake_hosts_offer_models_of_the_catalogue():
    assert not [id_ for id_ in MODELS if id_ not in catalogue.models()]
