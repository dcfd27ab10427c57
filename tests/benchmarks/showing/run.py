"""One stream shown one way in this process, with what it cost: set up in a cell, gone through in the next."""

import gc
from collections.abc import Iterator
from importlib import import_module
from time import perf_counter, process_time, sleep

from openai.types.chat import ChatCompletionChunk

from showing.answers import chunks
from showing.ways import WAYS


class Run:
    """Made with everything ready: the chunks built, the modules loaded, neither of them measured."""

    def __init__(self, way: str, shape: str, deltas: int, rate: float) -> None:
        self._way = WAYS[way]
        for name in self._way.modules:
            import_module(name)
        self._chunks = chunks(shape, deltas)
        self._gap = 1 / rate if rate else 0
        self._read = 0
        self._first = self._wall = self._cpu = 0.0
        gc.collect()
        gc.freeze()  # the chunks are no work for the collector while others are measured

    def go(self) -> None:
        begin, self._cpu = perf_counter(), process_time()
        try:
            self._way.show(self._paced(begin))
        finally:
            self._wall = perf_counter() - begin

    def _paced(self, begin: float) -> Iterator[ChatCompletionChunk]:
        """The chunks, each when it is due; the first one brings no text, the second one is the first delta."""
        for number, chunk in enumerate(self._chunks):
            wait = begin + number * self._gap - perf_counter()
            if wait > 0:
                sleep(wait)
            if number == 1:
                self._first = perf_counter()
            self._read = number + 1
            yield chunk

    def figures(self) -> dict[str, float]:
        """Chunks read; seconds that showing them took; CPU seconds until now, of all threads; when the first came."""
        return {
            "read": self._read,
            "wall": self._wall,
            "cpu": process_time() - self._cpu,
            "first": self._first,
        }
