"""The practice endpoint at instant pace, and a raw HTTP client for it."""

from collections.abc import Iterator

import httpx2
import pytest

from helpers.practice import server


@pytest.fixture(scope="session")
def endpoint() -> server.Endpoint:
    return server.start(pace="instant")


@pytest.fixture(scope="session")
def http(endpoint: server.Endpoint) -> Iterator[httpx2.Client]:
    headers = {"authorization": f"Bearer {endpoint.api_key}"}
    with httpx2.Client(base_url=endpoint.base_url, headers=headers, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def ask(http: httpx2.Client):
    """Sends one user message with further fields and returns the parsed body."""

    def send(text: str = "Hello!", **fields) -> dict:
        body = {"model": "qwen-plus", "messages": [{"role": "user", "content": text}], **fields}
        response = http.post("/chat/completions", json=body)
        assert response.status_code == 200, response.text
        return response.json()

    return send
