"""What a stream has said so far, drawn in the browser while it goes on.

Only what is new is sent, about six times a second, by a thread of its own: so each word of a long answer costs as
much as one of a short answer, and what has arrived is seen even when nothing follows. It goes as custom messages:
nothing of it is in the widget's state, where it would be saved with the notebook.
"""

import _thread
import signal
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any

from anywidget import AnyWidget

from helpers.display import visible
from helpers.markdown import Blocks, block_html

INTERVAL = 0.16  # seconds between two drawings
SHARE = 8  # a drawing that took t seconds is followed by a pause of 8 t or more, so that it never holds up reading


class StreamView(AnyWidget):
    """Show the widget, `add` what arrives, and `end`; then `answer` is the HTML of the whole answer."""

    _esm = Path(__file__).with_suffix(".js")

    def __init__(self) -> None:
        super().__init__()
        self._arrived: deque[tuple[str, str]] = deque()
        self._news, self._over = threading.Event(), threading.Event()
        self._drawing = _Drawing()
        self._views_wait = False
        self._stop_lock = threading.Lock()
        self._stoppable = threading.current_thread() is threading.main_thread()
        # ipykernel 7.4 hands what a browser sends to the shell that spoke last, which is the one that is busy here;
        # without this, it goes to the subshell that the browser chose, and is heard at once.
        self.comm._reply_subshell_for = None
        self.on_msg(self._hear)
        self._painter = threading.Thread(target=self._paint, name="stream view", daemon=True)
        self._painter.start()

    def add(self, thinking: str, content: str) -> None:
        """More of the thinking or of the answer has arrived."""
        if thinking or content:  # the chunks that open and end a stream bring neither
            self._arrived.append((thinking, content))
            self._news.set()

    def end(self) -> None:
        """Nothing more will come. The browser's copy goes when the widget is closed."""
        with self._stop_lock:
            self._stoppable = False
        self._over.set()
        self._news.set()
        self._painter.join()
        self._take_in()

    def close(self) -> None:
        """Take the widget away, and with it the layout that comes with every widget and would stay."""
        super().close()
        self.layout.close()

    @property
    def content(self) -> str:
        """The answer that was taken in."""
        return "".join(self._drawing.content)

    @property
    def answer(self) -> str:
        """Safe HTML of it."""
        return "".join([*self._drawing.finished, self._drawing.open])

    def _take_in(self) -> None:
        arrived = [self._arrived.popleft() for _ in range(len(self._arrived))]
        self._drawing.add("".join(thinking for thinking, _ in arrived), "".join(content for _, content in arrived))

    def _paint(self) -> None:
        while True:
            self._news.wait()
            if self._over.is_set():
                return
            self._news.clear()
            begun = time.perf_counter()
            views_wait, self._views_wait = self._views_wait, False
            self._take_in()
            self.send(self._drawing.message(whole=views_wait))
            self._over.wait(max(INTERVAL, SHARE * (time.perf_counter() - begun)))

    def _hear(self, widget: Any, content: dict[str, Any], buffers: Any) -> None:
        """A message of the browser. While a cell runs, only a front end that has subshells gets through.

        So a view that was heard in time can be told to show its stop button; elsewhere there is none, and the
        notebook's own (■) does the same.
        """
        if content.get("kind") == "here":
            self._drawing.stoppable = self._stoppable
            self._views_wait = True
            self._news.set()
        elif content.get("kind") == "stop":
            with self._stop_lock:
                if self._stoppable:
                    self._stoppable = False
                    _interrupt_main_thread()


class _Drawing:
    """What the browser has of a stream, and the messages that bring it up to date."""

    def __init__(self) -> None:
        self.content: list[str] = []
        self.finished: list[str] = []  # HTML of blocks that will not change
        self.open = ""  # HTML of the block that still grows
        self.stoppable = False
        self._blocks = Blocks()
        self._thinking: list[str] = []
        self._sent = 0  # finished blocks
        self._sent_open = ""
        self._sent_thinking = 0  # pieces
        self._size = 0  # characters taken in
        self._next_whole = 0
        self._number = 0

    def add(self, thinking: str, content: str) -> None:
        if thinking:
            self._thinking.append(visible(thinking))
        if content:
            self.content.append(content)
            self.finished += map(block_html, self._blocks.add(content))
            self.open = block_html(self._blocks.open)
        self._size += len(thinking) + len(content)

    def message(self, *, whole: bool = False) -> dict[str, Any]:
        """What is new since the last message, or everything.

        Everything goes whenever the text has doubled, too, because a view may come up late, and not be able to say so.
        """
        whole = whole or (self._size >= self._next_whole and not self.stoppable)
        if whole:
            self._sent, self._sent_open, self._sent_thinking = 0, "", 0
            self._next_whole = 2 * self._size
        finished = "".join(self.finished[self._sent :])
        kept = "" if finished else _common_beginning(self._sent_open, self.open)
        message = {
            "number": self._number,
            "whole": whole,
            "thinking": "".join(self._thinking[self._sent_thinking :]),
            "finished": finished,
            "open": [len(kept.encode("utf-16-le")) // 2, self.open[len(kept) :]],  # JavaScript counts UTF-16 units
            "answering": bool(self.finished or self.open),
            "stoppable": self.stoppable,
        }
        self._number += 1
        self._sent, self._sent_open, self._sent_thinking = len(self.finished), self.open, len(self._thinking)
        return message


def _common_beginning(one: str, other: str) -> str:
    length = min(len(one), len(other))
    return one[: next((i for i in range(length) if one[i] != other[i]), length)]


def _interrupt_main_thread() -> None:
    """What interrupting the kernel does."""
    if hasattr(signal, "pthread_kill"):  # wakes the thread even where it waits for the network
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        _thread.interrupt_main()
