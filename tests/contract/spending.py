"""Adding up what the contract tests cost, from the traffic itself."""

import json

import httpx2
from framing import events


class Spending:
    """The calls and tokens of all that goes through a client with these hooks."""

    def __init__(self) -> None:
        self.hooks = {"request": [self._called], "response": [self._answered]}
        self._calls = 0
        self._usages: list[dict] = []
        self._unreported: list[httpx2.Request] = []

    def total(self, client: httpx2.Client) -> dict[str, int]:
        """Calls, prompt tokens and completion tokens. `client` repeats the streams that reported no usage."""
        for request in self._unreported:
            body = json.loads(request.content) | {"stream_options": {"include_usage": True}}
            headers = {"authorization": request.headers["authorization"]}
            self._note(client.post(request.url, json=body, headers=headers))
        return {
            "calls": self._calls,
            "prompt_tokens": sum(usage["prompt_tokens"] for usage in self._usages),
            "completion_tokens": sum(usage["completion_tokens"] for usage in self._usages),
        }

    def _called(self, _: httpx2.Request) -> None:
        self._calls += 1

    def _answered(self, response: httpx2.Response) -> None:
        response.read()
        if response.status_code == 200 and not self._note(response) and response.request.method == "POST":
            self._unreported.append(response.request)

    def _note(self, response: httpx2.Response) -> bool:
        streamed = response.headers["content-type"].startswith("text/event-stream")
        last = events(response.content)[-1] if streamed else response.json()
        if last.get("usage"):
            self._usages.append(last["usage"])
        return bool(last.get("usage"))
