"""The ways to show a stream that are compared, each as a cell would have it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter

from IPython.display import Markdown, display
from openai.types.chat import ChatCompletionChunk

Stream = Iterable[ChatCompletionChunk]


def texts(stream: Stream) -> Iterator[str]:
    """The deltas of a stream, thinking and answer alike."""
    for chunk in stream:
        for choice in chunk.choices:
            if text := getattr(choice.delta, "reasoning_content", None) or choice.delta.content:
                yield text


class Beat:
    """Asked again and again, says yes at most so many times a second, the first time at once."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1 / per_second
        self._next = 0.0

    def __call__(self) -> bool:
        now = perf_counter()
        if now < self._next:
            return False
        self._next = now + self._gap
        return True


def read_only(stream: Stream) -> None:
    for _ in texts(stream):
        pass


def printed(stream: Stream) -> None:
    for text in texts(stream):
        print(text, end="", flush=True)


def markdown(stream: Stream) -> None:
    whole = ""
    handle = display(Markdown(whole), display_id=True)
    for text in texts(stream):
        whole += text
        handle.update(Markdown(whole))


def throttled(stream: Stream) -> None:
    whole, due = "", Beat(8)
    handle = display(Markdown(whole), display_id=True)
    for text in texts(stream):
        whole += text
        if due():
            handle.update(Markdown(whole))
    handle.update(Markdown(whole))


def blocks(stream: Stream) -> None:
    """A block ends at a blank line that is not inside a fence."""
    last, due = "", Beat(8)
    handle = display(Markdown(last), display_id=True)
    for text in texts(stream):
        last += text
        finished, gap, rest = last.rpartition("\n\n")
        if gap and finished.count("```") % 2 == 0:
            handle.update(Markdown(finished))
            last = rest
            handle = display(Markdown(last), display_id=True)
        elif due():
            handle.update(Markdown(last))
    handle.update(Markdown(last))


def chatlas(stream: Stream) -> None:
    """The display that its chat() streams into when it runs in a notebook."""
    from chatlas._display import EchoDisplayOptions, IPyMarkdownDisplay

    options = EchoDisplayOptions(css_styles={}, tool_result_max_height=None)
    with IPyMarkdownDisplay(options) as shown:
        for text in texts(stream):
            shown.echo(text)


def rich(stream: Stream) -> None:
    from rich.live import Live
    from rich.markdown import Markdown

    whole = ""
    with Live(refresh_per_second=8) as shown:
        for text in texts(stream):
            whole += text
            shown.update(Markdown(whole))


def widget(stream: Stream) -> None:
    import anywidget

    class Deltas(anywidget.AnyWidget):
        _esm = """
        function render({ model, el }) {
            el.style.whiteSpace = "pre-wrap";
            model.on("msg:custom", (message) => el.append(message.delta));
        }
        export default { render };
        """

    shown, waiting, due = Deltas(), "", Beat(15)
    display(shown)
    for text in texts(stream):
        waiting += text
        if due():
            shown.send({"delta": waiting})
            waiting = ""
    shown.send({"delta": waiting})


def ours(stream: Stream) -> None:
    from helpers.live import live

    live(stream)


@dataclass(frozen=True)
class Way:
    """One of the ways: its title, what shows, and the modules that it needs, loaded before anything is measured."""

    title: str
    show: Callable[[Stream], None]
    modules: tuple[str, ...] = ()


WAYS = {
    "none": Way("reading, nothing shown", read_only),
    "print": Way("print(flush=True)", printed),
    "markdown": Way("Markdown at every delta", markdown),
    "throttled": Way("Markdown 8 times a second", throttled),
    "blocks": Way("last block 8 times a second", blocks),
    "chatlas": Way("chatlas", chatlas, ("chatlas._display",)),
    "rich": Way("rich.live", rich, ("rich.live", "rich.markdown", "ipywidgets")),
    "anywidget": Way("anywidget 15 times a second", widget, ("anywidget",)),
    "live": Way("helpers.live", ours, ("helpers.live",)),
}
