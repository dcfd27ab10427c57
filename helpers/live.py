"""A stream on the screen as it arrives: thinking and answer apart, the answer as Markdown, figures at the end."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import httpx2
from openai import APIError, AsyncStream, BaseModel
from openai.types import CompletionUsage
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from helpers.screen import screen


@dataclass
class Said:
    """What a stream has said, and how it ended: "stopped" by an interrupt, or "broken" by `error` or by silence."""

    reasoning: str = ""
    content: str = ""
    finish_reason: str | None = None
    usage: CompletionUsage | None = None
    ending: Literal["complete", "stopped", "broken"] = "complete"
    error: Exception | None = None

    def add(self, chunk: ChatCompletionChunk) -> tuple[str, str]:
        """Take in one chunk; the thinking and the text that it brings. Of several choices, only the first is read."""
        self.usage = chunk.usage or self.usage
        for choice in chunk.choices or ():  # the last chunk, with the usage, has none
            if not choice.index:  # some servers leave it out
                self.finish_reason = choice.finish_reason or self.finish_reason
                thinking = getattr(choice.delta, "reasoning_content", None) or ""
                text = getattr(choice.delta, "content", None) or ""
                self.reasoning += thinking
                self.content += text
                return thinking, text
        return "", ""


def live(stream: Iterable[ChatCompletionChunk]) -> Said:
    """Show a stream while it arrives, and return what it said.

    Interrupting the kernel, or the stop button, ends it early: what has arrived stays, the response is closed, so
    that the service stops writing. The same holds for a stream that breaks.

    Raises TypeError, with what to do, for what is no stream.
    """
    _check(stream)
    said = Said()
    with screen(stream, said) as show:
        try:
            for chunk in stream:
                show(*said.add(chunk))
            if said.finish_reason is None:
                said.ending = "broken"
        except KeyboardInterrupt:
            said.ending = "stopped"
        except (APIError, httpx2.HTTPError, json.JSONDecodeError) as error:
            said.ending, said.error = "broken", error
        finally:
            getattr(stream, "close", lambda: None)()
    return said


def _check(stream: object) -> None:
    if isinstance(stream, ChatCompletion):
        raise TypeError("This answer came in one piece. live() shows a stream: add stream=True to the call.")
    if isinstance(stream, AsyncStream):
        raise TypeError(
            "live() reads the stream of OpenAI(). A stream of AsyncOpenAI() is read with `async for chunk in stream`."
        )
    # A part of an answer, such as its message, can be iterated as well.
    if not isinstance(stream, Iterable) or isinstance(stream, str | bytes | dict | BaseModel):
        raise TypeError(
            f"live() takes what client.chat.completions.create(..., stream=True) returns, not {type(stream).__name__}."
        )
