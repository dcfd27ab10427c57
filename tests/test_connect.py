"""Connecting: which endpoint, by which way, at what cost in time, and what the badge says of it."""

import asyncio
import importlib
import json
import os
import runpy
import socket
import ssl
from pathlib import Path

import httpx2
import nbformat
import openai
import pytest
from nbclient import NotebookClient
from recording import completion
from scripted_server import Reply, serving

import helpers
from helpers.client import CannotConnect, connect, connect_async, neighbor
from helpers.config.settings import VARIABLES, SettingsError
from helpers.network import keep_loopback_direct, proxy_for, transport_options
from helpers.tap import exchanges

KEY = "sk-" + "test" * 5 + "-9z8y"
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
DEAD = "http://127.0.0.1:9"  # nobody listens on the discard port


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch, tmp_path):
    """No settings, no .env and no proxies but those that a test sets."""
    for name in (*VARIABLES, *PROXIES, *map(str.upper, PROXIES)):
        # Setting first makes monkeypatch remember that it was not there, so what the code sets is undone as well.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("BAILIAN_PRACTICE_PACE", "instant")
    monkeypatch.chdir(tmp_path)
    exchanges.clear()


@pytest.fixture
def no_network(monkeypatch):
    """Whoever opens a connection or asks DNS fails the test."""

    def refuse(*args, **kwargs):
        raise AssertionError("the network was used")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "getfqdn", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


# ── practice ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_a_key_the_plain_sdk_talks_to_the_practice_endpoint(capsys):
    client, model = connect()
    assert type(client) is openai.OpenAI
    assert model == "qwen-plus"
    assert model in [each.id for each in client.models.list()]
    assert exchanges[-1].response_headers["x-practice-endpoint"]
    assert client.base_url.host == "127.0.0.1"
    assert capsys.readouterr().out == ("Practice endpoint: offline, free, scripted answers, model qwen-plus\n")


def test_the_asynchronous_client_is_connected_alike(capsys):
    async def run():
        client, model = connect_async(model="qwen3-32b")
        assert type(client) is openai.AsyncOpenAI
        assert model == "qwen3-32b"
        return [each.id async for each in client.models.list()]

    assert "qwen3-32b" in asyncio.run(run())
    assert exchanges[-1].status == 200
    assert capsys.readouterr().out.endswith("model qwen3-32b\n")


def test_connecting_again_uses_the_same_endpoint():
    assert connect()[0].base_url == connect()[0].base_url


def test_the_neighbor_is_another_vendor_for_the_plain_sdk(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", DEAD)
    url, key, model = neighbor()
    assert (url, key, model) == neighbor()
    assert url != str(connect()[0].base_url)
    vendor = openai.OpenAI(base_url=url, api_key=key, max_retries=0)
    assert [each.id for each in vendor.models.list()] == [model]


@pytest.mark.parametrize(("start", "connecting"), [("start", connect), ("start_neighbor", neighbor)])
def test_an_endpoint_that_cannot_listen_is_one_sentence(start, connecting, monkeypatch):
    def refuse(**options):
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(f"helpers.practice.server.{start}", refuse)
    with pytest.raises(CannotConnect, match=r"^The practice endpoint cannot listen on this machine: Permission denied"):
        connecting()


# ── live ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("connecting", [connect, connect_async])
def test_a_key_never_leaves_the_machine_before_the_first_call(connecting, monkeypatch, no_network, capsys):
    monkeypatch.setenv("DASHSCOPE_API_KEY", KEY)
    monkeypatch.setenv("HTTPS_PROXY", DEAD)
    client, _ = connecting()
    out = capsys.readouterr().out
    assert client.base_url.host == "dashscope.aliyuncs.com"
    assert client.api_key == KEY
    assert out.count("\n") == 1
    assert "Live Bailian: China (Beijing)" in out
    assert "cost real money" in out
    assert KEY[-4:] in out
    assert KEY[:-4] not in out


@pytest.mark.parametrize(
    ("base_url", "words"),
    [
        ("https://api.example.com/v1", "Live service: api.example.com, key"),
        ("http://127.0.0.1:8080/v1", "Your own server: 127.0.0.1, model"),
        ("https://llm-abc.cn-beijing.maas.aliyuncs.com/compatible-mode/v1", "Live Bailian: China (Beijing)"),
    ],
)
def test_the_badge_names_any_other_server(base_url, words, monkeypatch, capsys):
    monkeypatch.setenv("DASHSCOPE_API_KEY", KEY)
    monkeypatch.setenv("BAILIAN_BASE_URL", base_url)
    connect()
    out = capsys.readouterr().out
    assert out.startswith(words)
    assert "8080" not in out


def test_practice_that_was_not_meant_is_not_silent(tmp_path, capsys):
    (tmp_path / ".env.txt").write_text("DASHSCOPE_API_KEY=sk-something\n", encoding="utf-8")
    connect()
    assert ".env.txt is not read" in capsys.readouterr().out


def test_a_model_that_will_not_be_found_is_named_beforehand(capsys):
    connect(model="Qwen-Plus")
    assert "Did you mean qwen-plus?" in capsys.readouterr().out
    connect()
    assert "Did you mean" not in capsys.readouterr().out


def test_a_call_carries_the_key_and_is_recorded(monkeypatch):
    with serving(lambda request: Reply([json.dumps(completion("Hi")).encode()])) as server:
        monkeypatch.setenv("DASHSCOPE_API_KEY", KEY)
        monkeypatch.setenv("BAILIAN_BASE_URL", server.base_url)
        client, model = connect()
        client.chat.completions.create(model=model, messages=[{"role": "user", "content": "Hi"}])
    assert server.received[0].headers["authorization"] == f"Bearer {KEY}"
    assert exchanges[-1].content == "Hi"


def test_the_sdks_own_defaults_are_kept(monkeypatch):
    monkeypatch.setenv("DASHSCOPE_API_KEY", KEY)
    ours, theirs = connect()[0], openai.OpenAI(api_key=KEY)
    assert (ours.timeout, ours.max_retries) == (theirs.timeout, theirs.max_retries)
    assert transport_options("https://api.example.com/v1")["limits"] == openai.DEFAULT_CONNECTION_LIMITS


def test_settings_that_cannot_work_are_one_message(monkeypatch):
    monkeypatch.setenv("BAILIAN_ENDPOINT", "life")
    with pytest.raises(CannotConnect) as caught:
        connect()
    assert isinstance(caught.value, SettingsError)
    assert caught.value._render_traceback_() == [str(caught.value)]
    assert "life" in str(caught.value)
    assert "\n" not in str(caught.value)


# ── the way there ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("environment", "url", "proxy"),
    [
        ({}, "https://dashscope.aliyuncs.com", None),
        ({"HTTPS_PROXY": "http://p:1"}, "https://dashscope.aliyuncs.com", "http://p:1"),
        ({"https_proxy": "http://p:1"}, "https://dashscope.aliyuncs.com", "http://p:1"),
        ({"HTTPS_PROXY": "p:1"}, "https://dashscope.aliyuncs.com", "http://p:1"),
        ({"HTTP_PROXY": "http://p:1"}, "https://dashscope.aliyuncs.com", None),
        ({"ALL_PROXY": "http://p:1"}, "https://dashscope.aliyuncs.com", "http://p:1"),
        ({"ALL_PROXY": "socks://p:1", "HTTPS_PROXY": "http://p:2"}, "https://a.cn", "http://p:2"),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "*"}, "https://a.cn", None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "b.cn, .aliyuncs.com"}, "https://dashscope.aliyuncs.com", None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "b.cn"}, "https://a.cn", "http://p:1"),
        ({"HTTP_PROXY": "http://p:1", "NO_PROXY": "10.0.0.0/8"}, "http://10.1.2.3:8000", None),
        ({"HTTP_PROXY": "http://p:1", "NO_PROXY": "10.0.0.0/8"}, "http://11.1.2.3:8000", "http://p:1"),
        ({"HTTP_PROXY": "http://p:1", "NO_PROXY": "nonsense/8"}, "http://10.1.2.3:8000", "http://p:1"),
        ({"HTTP_PROXY": "http://p:1", "ALL_PROXY": "http://p:1"}, "http://127.0.0.1:8000", None),
        ({"HTTP_PROXY": "http://p:1"}, "http://127.8.9.1", None),
        ({"HTTP_PROXY": "http://p:1"}, "http://[::1]:8000", None),
        ({"HTTP_PROXY": "http://p:1"}, "http://localhost:8000", None),
        ({"HTTP_PROXY": "http://p:1"}, "http://me.localhost:8000", None),
        ({"HTTP_PROXY": "http://p:1"}, "http://localhost.example.com", "http://p:1"),
    ],
)
def test_the_proxy_is_the_one_that_the_environment_names(environment, url, proxy, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(httpx2.URL(url)) == proxy


@pytest.mark.parametrize(
    "proxy", ["socks5://user:secret@p:1", "socks5h://p:1", "socks://p:1", "socks4://p:1", "ftp://p"]
)
def test_a_proxy_that_cannot_be_used_is_one_sentence_without_its_password(proxy, monkeypatch):
    monkeypatch.setattr("helpers.network.find_spec", lambda name: None)
    monkeypatch.setenv("ALL_PROXY", proxy)
    monkeypatch.setenv("DASHSCOPE_API_KEY", KEY)
    with pytest.raises(CannotConnect) as caught:
        connect()
    assert "prox" in str(caught.value)
    assert "HTTPS_PROXY" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_socks_proxy_is_used_where_its_package_is_there(monkeypatch):
    monkeypatch.setattr("helpers.network.find_spec", lambda name: object())
    monkeypatch.setenv("ALL_PROXY", "socks5://p:1")
    assert proxy_for(httpx2.URL("https://a.cn")) == "socks5://p:1"


def test_remote_calls_go_through_the_proxy(monkeypatch):
    with serving(lambda request: Reply([json.dumps(completion()).encode()])) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.base_url.removesuffix("/v1"))
        tap = httpx2.HTTPTransport(**transport_options("http://model.example/v1"))
        with httpx2.Client(transport=tap) as client:
            client.post("http://model.example/v1", json={})
    assert proxy.received[0].path == "http://model.example/v1"


def test_the_practice_endpoint_is_reached_without_the_proxy(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, DEAD)
    client, _ = connect()
    assert client.models.list().data
    # and so is it by a client that a learner makes by hand
    by_hand = openai.OpenAI(base_url=client.base_url, api_key=client.api_key, max_retries=0)
    assert by_hand.models.list().data


@pytest.mark.parametrize(
    ("environment", "spared"),
    [
        ({}, None),
        ({"NO_PROXY": "a.cn"}, "a.cn"),
        ({"http_proxy": DEAD}, "127.0.0.1,localhost"),
        ({"HTTPS_PROXY": DEAD, "NO_PROXY": "a.cn, localhost"}, "a.cn,localhost,127.0.0.1"),
        ({"ALL_PROXY": DEAD, "no_proxy": "*"}, "*"),
        ({"ALL_PROXY": ""}, None),
    ],
)
def test_no_proxy_is_extended_only_where_the_environment_names_a_proxy(environment, spared, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    keep_loopback_direct()
    keep_loopback_direct()  # twice is once
    assert (os.environ.get("no_proxy") or os.environ.get("NO_PROXY")) == spared


def test_only_plain_http_to_this_machine_goes_without_the_systems_certificates():
    context = transport_options("http://127.0.0.1:1/v1")["verify"]
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.get_ca_certs() == []
    for base_url in ("https://127.0.0.1:1/v1", "http://192.168.0.5/v1", "https://dashscope.aliyuncs.com/v1"):
        assert "verify" not in transport_options(base_url)


# ── in a notebook, and what it costs ─────────────────────────────────────────────────────────────────────────────


def test_a_notebook_shows_the_badge_the_exchange_and_a_clean_error():
    cells = [
        "from helpers import connect, show_exchange\nclient, MODEL = connect()",
        "ids = client.models.list()\nshow_exchange()",
        "import os\nos.environ['BAILIAN_REGION'] = 'mars'\nconnect()",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=60, kernel_name="python3", allow_errors=True).execute()
    badge, exchange, error = (cell.outputs for cell in notebook.cells)
    assert [output.output_type for output in badge + exchange] == ["display_data", "display_data"]
    assert badge[0].data["text/plain"] == "Practice endpoint: offline, free, scripted answers, model qwen-plus"
    assert "<b>Practice endpoint</b>" in badge[0].data["text/html"]
    assert "GET /compatible-mode/v1/models" in exchange[0].data["text/plain"]
    assert "GET /compatible-mode/v1/models" in exchange[0].data["text/html"]
    assert error[0].ename == "CannotConnect"
    assert error[0].traceback == [error[0].evalue]
    assert "mars" in error[0].evalue


def test_the_package_hands_out_functions_also_after_its_modules_were_imported():
    """An imported module becomes an attribute of its package, where it must not hide a function of the same name."""
    for module in ("badge", "client", "display", "network", "tap", "wire"):
        importlib.import_module(f"helpers.{module}")
    assert helpers.connect is connect
    assert helpers.connect_async is connect_async
    assert helpers.neighbor is neighbor
    assert helpers.exchanges is exchanges
    assert callable(helpers.show_exchange)


def test_import_and_connecting_keep_their_budgets():
    """60 ms for the import, 300 ms for the practice endpoint, beyond `import openai`.

    The fastest run of each counts. A busy machine makes single runs slow, so too slow a result is measured longer.
    """
    measure = runpy.run_path(str(Path(__file__).parent / "benchmarks" / "imports.py"))["measure"]
    budgets = {"import helpers": 0.060, "import its names": 0.060, "connect()": 0.300}
    for rounds in (3, 6, 12):
        fastest = {name: min(times) for name, times in measure(rounds).items()}
        beyond = {name: fastest[name] - fastest["import openai"] for name in budgets}
        if all(beyond[name] < budget for name, budget in budgets.items()):
            return
    pytest.fail(f"seconds beyond import openai: {beyond}")
