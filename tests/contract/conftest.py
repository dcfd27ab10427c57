"""The contract tests' endpoint: the practice endpoint, or with --endpoint=configured the one that is configured.

Each test is named after the section of the wire contract that it holds the endpoint to. Marks:

    practice_only    makes no sense, or costs too much, against a real service; left out with --endpoint=configured
    assumption(n)    the contract is unsure here; row n of helpers/practice/ASSUMPTIONS.md says what is assumed
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx2
import openai
import pytest
from spending import Spending

from helpers.config.settings import Secret, Settings
from helpers.practice import server

Connect = Callable[..., httpx2.Client]
Chat = Callable[..., httpx2.Response]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("contract tests")
    group.addoption(
        "--endpoint",
        choices=("practice", "configured"),
        default="practice",
        help="what the contract tests call: the practice endpoint, or what .env and the environment configure",
    )
    group.addoption("--spent", type=Path, help="a file for what the contract tests cost, as JSON")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "practice_only: left out when the configured endpoint is tested")
    config.addinivalue_line("markers", "assumption(number): rests on that row of helpers/practice/ASSUMPTIONS.md")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not configured(config):
        return
    left_out = [item for item in items if item.get_closest_marker("practice_only")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def configured(config: pytest.Config) -> bool:
    return config.getoption("--endpoint", "practice") == "configured"


@dataclass(frozen=True)
class Target:
    """The endpoint under test, and one that refuses the developer role: of a real service, the same."""

    base_url: str
    refusing_base_url: str
    api_key: Secret
    live: bool


@pytest.fixture(scope="session")
def target(pytestconfig: pytest.Config) -> Target:
    if configured(pytestconfig):
        settings = Settings.load()
        if settings.mode == "live":
            return Target(settings.base_url, settings.base_url, settings.api_key, live=True)
    accepting = server.start(pace="instant", developer_role="accept")
    refusing = server.start(pace="instant", developer_role="refuse")
    return Target(accepting.base_url, refusing.base_url, Secret(accepting.api_key), live=False)


@pytest.fixture(scope="session")
def connect(pytestconfig: pytest.Config, target: Target) -> Iterator[Connect]:
    """Makes HTTP clients of the endpoint, without a key. With --spent, what their calls cost is added up."""
    file, spending = pytestconfig.getoption("--spent", None), Spending()
    with ExitStack() as open_clients:

        def connect(base_url: str = target.base_url, **options: object) -> httpx2.Client:
            # A proxy of this machine leads to a real service, but not to its own loopback address.
            options = {
                "timeout": 120,
                "trust_env": target.live,
                "event_hooks": spending.hooks if file else {},
                **options,
            }
            return open_clients.enter_context(httpx2.Client(base_url=base_url, **options))

        yield connect
        if file:
            file.write_text(json.dumps(spending.total(connect(event_hooks={}))), encoding="utf-8")


class Bearer(httpx2.Auth):
    """The key, in a form that no traceback prints."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    def auth_flow(self, request: httpx2.Request) -> Iterator[httpx2.Request]:
        request.headers["authorization"] = f"Bearer {self._key.reveal()}"
        yield request


@pytest.fixture(scope="session")
def bearer(target: Target) -> Bearer:
    return Bearer(target.api_key)


@pytest.fixture(scope="session")
def http(connect: Connect, bearer: Bearer) -> httpx2.Client:
    """A plain HTTP client with the key, for what the SDK would hide."""
    return connect(auth=bearer)


@pytest.fixture(scope="session")
def keyless(connect: Connect) -> httpx2.Client:
    """One that sends no key by itself."""
    return connect()


@pytest.fixture(scope="session")
def sdk(connect: Connect, target: Target) -> openai.OpenAI:
    """The official SDK, which here refuses every answer that has not the documented shape."""
    return openai.OpenAI(
        base_url=target.base_url,
        api_key=target.api_key.reveal(),
        max_retries=0,
        http_client=connect(),
        _strict_response_validation=True,
    )


@pytest.fixture(scope="session")
def chat(http: httpx2.Client) -> Chat:
    """Posts a chat completion and returns the raw response. Answers are short, unless `max_tokens` is None."""

    def post(
        text: str = "Say hello.", *, model: str = "qwen-plus", max_tokens: int | None = 16, **fields: object
    ) -> httpx2.Response:
        body = {"model": model, "messages": [{"role": "user", "content": text}], **fields}
        if max_tokens is not None:
            body["max_tokens"] = max_tokens
        return http.post("/chat/completions", json=body)

    return post
