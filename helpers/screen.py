"""Where a stream is shown: in a notebook as a view that grows and then as static output, elsewhere as plain text.

What stays in a notebook is one output of HTML with its plain twin, and no widget: GitHub, print and exports show it.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from helpers.display import NO_FORMULAS, escaped, in_notebook, show, visible
from helpers.figures import figures
from helpers.markdown import html_of
from helpers.readable import shortened
from helpers.tap import exchange_of
from helpers.tap.exchange import Exchange
from helpers.widgets.stream_view import StreamView

if TYPE_CHECKING:
    from helpers.live import Said


@contextmanager
def screen(stream: object, said: "Said") -> Iterator[Callable[[str, str], None]]:
    """A function that shows (thinking, answer) as they arrive; at the end comes what was `said`, with its figures."""
    shown = _Notebook() if in_notebook() else _Terminal()
    response = getattr(stream, "response", None)
    exchange = exchange_of(response) if response is not None else None
    try:
        yield shown.add
    finally:
        # A server may echo the key; what stays in the notebook is without it.
        hidden = exchange.hidden if exchange else str
        shown.end(hidden(said.reasoning), hidden(said.content), [hidden(fact) for fact in _facts(exchange, said)])


class _Notebook:
    def __init__(self) -> None:
        self._view = StreamView()
        self._place = uuid4().hex
        self._publish({"application/vnd.jupyter.widget-view+json": self._view.get_view_spec()})
        self.add = self._view.add

    def end(self, thinking: str, content: str, facts: list[str]) -> None:
        self._view.end()
        # An interrupt may have come between what was said and what was shown.
        answer = self._view.answer if self._view.content == content else html_of(content)
        # The view's output is emptied and not replaced: whoever compares or replays outputs without their updates
        # (nbval does) then still meets the static one.
        self._publish({}, update=True)
        show(_rich(thinking, answer, facts), _plain(thinking, content, facts))
        self._view.close()

    def _publish(self, data: dict[str, object], *, update: bool = False) -> None:
        from IPython.display import publish_display_data  # only where a kernel has it loaded anyway

        publish_display_data(data, transient={"display_id": self._place}, update=update)


class _Terminal:
    def __init__(self) -> None:
        self._part = ""

    def add(self, thinking: str, content: str) -> None:
        for part, text in (("Thinking", thinking), ("Answer", content)):
            if text:
                self._write((self._heading(part) if part != self._part else "") + visible(text))

    def end(self, thinking: str, content: str, facts: list[str]) -> None:
        self._write("\n\n".join(["", *map(visible, facts)]) + "\n")

    def _heading(self, part: str) -> str:
        before, self._part = self._part, part
        if not before and part == "Answer":
            return ""  # without thinking there is nothing to tell it apart from
        return f"\n\n{part}\n" if before else f"{part}\n"

    def _write(self, text: str) -> None:
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        print(text.encode(encoding, errors="backslashreplace").decode(encoding), end="", flush=True)


def _rich(thinking: str, answer: str, facts: list[str]) -> str:
    fold = (
        f'<details style="opacity: 0.7"{"" if answer else " open"}><summary>Thinking</summary>'
        f'<div style="white-space: pre-wrap">{escaped(thinking)}</div></details>'
    )
    return (
        f"<div {NO_FORMULAS}>{fold if thinking else ''}{answer}"
        f'<div style="opacity: 0.7; border-top: 1px solid">{"<br>".join(map(escaped, facts))}</div></div>'
    )


def _plain(thinking: str, content: str, facts: list[str]) -> str:
    parts = [f"Thinking\n{thinking}\n\nAnswer\n{content}" if thinking else content, *facts]
    return visible("\n\n".join(parts))


def _facts(exchange: Exchange | None, said: "Said") -> Iterator[str]:
    """How it ended, where that is worth a word, and the figures."""
    if said.ending == "stopped":
        yield "Stopped. What had arrived is kept, and the connection is closed."
    elif said.error is not None:
        yield f"The stream broke: {type(said.error).__name__}: {shortened(str(said.error))} What had arrived is kept."
    elif said.ending == "broken" and not (said.reasoning or said.content):
        yield "Nothing came. A stream can be read once: if this one was read already, make the call again."
    elif said.ending == "broken":
        yield "The stream ended without a finish_reason, so the answer may not be whole."
    elif said.finish_reason == "length":
        yield "Cut off: finish_reason is length, so the answer is not whole."
    elif said.finish_reason == "tool_calls":
        yield "The model asks for a tool (finish_reason tool_calls), and this view shows text only."
    if exchange:
        yield " · ".join(figures(exchange))
