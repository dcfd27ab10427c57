"""What a call asks for that only Bailian has, or checks: the small model on this machine says it where it is met.

llama.cpp's server passes over what it does not know. A cell that shows an error of Bailian's then shows none, and a
learner would look for the fault in the cell.
"""

import sys
from collections.abc import Iterator
from threading import Lock
from typing import Any

import httpx2

from helpers.config.settings import LOCAL_MODEL
from helpers.display import escaped, show
from helpers.tap.answer import json_object

ROLES = ("system", "developer", "user", "assistant", "tool", "function")
# Contract 8: the least and the most that Bailian takes.
RANGES = {"temperature": (0, 2), "top_p": (0, 1), "presence_penalty": (-2, 2), "max_tokens": (1, float("inf"))}


class Notes:
    """Looks at requests on their way out, and shows what the model on this machine lacks for them, once in a cell."""

    def __init__(self) -> None:
        self._said: set[tuple[int, str]] = set()
        self._lock = Lock()

    def hear(self, request: httpx2.Request) -> None:
        """A hook for the request of a client."""
        asked = json_object(request.content.decode(errors="replace")) if request.method == "POST" else None
        for note in [*lacking(asked or {}), *_faults(request)]:
            said = (_cell(), note)
            with self._lock:
                news = said not in self._said
                self._said.add(said)
            if news:
                show(f'<div style="opacity: 0.75">Note: {escaped(note)}</div>', f"Note: {note}")

    async def hear_async(self, request: httpx2.Request) -> None:
        """The same for an asynchronous client."""
        self.hear(request)


def lacking(asked: dict[str, Any]) -> Iterator[str]:
    """Each thing in a request for which this endpoint is not like Bailian, as a sentence."""
    model = asked.get("model")
    if isinstance(model, str) and model != LOCAL_MODEL:
        yield (
            f"{LOCAL_MODEL} answers here, whatever id is asked for. Other models, with their thinking and their errors "
            "(404 for an id that there is not, or that does not chat), are on Bailian and the practice endpoint."
        )
    if asked.get("enable_thinking") or asked.get("reasoning_effort"):
        yield f"{LOCAL_MODEL} does not think: it answers at once, as if enable_thinking were off."
    if asked.get("tools"):
        yield f"{LOCAL_MODEL} was not trained to call functions: it passes over tools."
    for name, (least, most) in RANGES.items():
        if _is_number(value := asked.get(name)) and not least <= value <= most:
            yield f"{name}={value:g} is taken here; Bailian refuses it (400)."
    yield from _about_roles(asked.get("messages"))


def _about_roles(messages: object) -> Iterator[str]:
    if not isinstance(messages, list):
        return
    roles = [message.get("role") for message in messages if isinstance(message, dict)]
    if "developer" in roles:
        yield "the server here hands developer messages to the model as system messages."
    if unknown := [role for role in roles if isinstance(role, str) and role not in ROLES]:
        yield f"a message with the role {unknown[0]} is taken here; Bailian refuses it (400)."
    if "user" not in roles:
        yield "messages without one of the role user are taken here; Bailian refuses them (400)."


def _faults(request: httpx2.Request) -> Iterator[str]:
    if "x-practice-fault" in request.headers:
        yield "x-practice-fault is for the practice endpoint: nothing breaks here on purpose."


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cell() -> int:
    """The number of the cell that runs, which is another one whenever it runs again; 0 outside of a notebook."""
    get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)
    return getattr(get_ipython(), "execution_count", 0)
