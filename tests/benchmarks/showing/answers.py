"""Answers made by a program, always the same ones, as the chunks that the SDK gives.

An answer has as many bytes as a mean of 5.5 to a delta comes to, and is cut at uneven places, in words and marks alike.
"""

from collections.abc import Callable, Iterator
from itertools import count, pairwise
from random import Random

from openai.types.chat import ChatCompletionChunk

MARK = "Rivers"  # every first delta brings it, so one can tell when it is shown
BYTES_A_DELTA = 5.5

ENGLISH = (
    "a the of and to in water river bank delta rain flows slowly under bridges while mountains feed every valley "
    "because snow melts early in spring and carries fine sand toward old towns, where people measure its depth daily"
)
CHINESE = (
    "河流 从 高山 流向 大海，沿途 经过 许多 城市 和 农田。每年 春天 积雪 融化，水位 慢慢 上升，人们 在 岸边 记录 数据。"
)


class Writer:
    """Words of a small vocabulary in an order that looks like chance and is the same on every machine."""

    def __init__(self) -> None:
        self._english, self._chinese = ENGLISH.split(), CHINESE.split()
        self._chance = Random(20).random  # of all that Random has, Python promises only this sequence for good

    def number(self, most: int) -> int:
        return int(self._chance() * most)

    def english(self, words: int) -> str:
        return " ".join(self._english[self.number(len(self._english))] for _ in range(words))

    def chinese(self, words: int) -> str:
        return "".join(self._chinese[self.number(len(self._chinese))] for _ in range(words))

    def cuts(self, first: int, end: int, number: int) -> list[int]:
        """So many different places from `first` on and before `end`."""
        return sorted(sorted(range(first, end), key=lambda _: self._chance())[:number])


def _mixed(writer: Writer) -> Iterator[str]:
    yield f"# {MARK}\n\n"
    for number in count(1):
        yield f"## {number}. {writer.english(4).capitalize()}\n\n"
        yield f"The **{writer.english(2)}** {writer.english(45)} `{writer.english(1)}()`. {writer.english(30)}.\n\n"
        yield from (f"- *{writer.english(1)}*: {writer.english(9)}\n" for _ in range(4))
        yield f"\n{writer.chinese(40)}**{writer.chinese(2)}**{writer.chinese(30)}\n\n```python\n"
        yield from _code(writer, 8)
        yield f"```\n\n{writer.english(35)}.\n\n| {writer.english(1)} | 水位 | m³/s |\n|---|---|---:|\n"
        yield from (f"| {writer.english(2)} | {writer.chinese(2)} | {writer.number(9000)} |\n" for _ in range(5))
        yield f"\n1. {writer.english(12)}\n2. {writer.chinese(8)}\n3. {writer.english(10)}\n\n"


def _code(writer: Writer, lines: int) -> Iterator[str]:
    for number in range(lines):
        yield f"{'    ' * (number % 3)}level_{number} = measure({writer.english(1)!r}, day={writer.number(365)})\n"


def _prose(writer: Writer) -> Iterator[str]:
    yield f"{MARK} "
    while True:
        yield f"{writer.english(60)}.\n\n{writer.chinese(40)}\n\n"


def _list(writer: Writer) -> Iterator[str]:
    yield f"- {MARK}\n"
    while True:
        yield f"- **{writer.english(2)}**: {writer.english(12)}\n  - {writer.chinese(9)}\n"


def _fence(writer: Writer) -> Iterator[str]:
    yield f"```python\n# {MARK}\n"
    while True:
        yield from _code(writer, 12)
        yield "\n"


def _table(writer: Writer) -> Iterator[str]:
    yield f"| {MARK} | 水位 | m³/s |\n|---|---|---:|\n"
    while True:
        yield f"| {writer.english(3)} | {writer.chinese(3)} | {writer.number(9000)} |\n"


FORMS: dict[str, Callable[[Writer], Iterator[str]]] = {
    "mixed": _mixed,  # headings, paragraphs, lists, fences, tables, Chinese
    "prose": _prose,
    "list": _list,  # one list, one fence, one table from the beginning to the end
    "fence": _fence,
    "table": _table,
}
SHAPES = (*FORMS, "thinking")  # prose as thinking, and then a mixed answer, half of the deltas each


def deltas(form: str, number: int) -> list[str]:
    """A text of this form in so many pieces."""
    writer = Writer()
    size = round(number * BYTES_A_DELTA)
    encoded = bytearray()
    for part in FORMS[form](writer):
        encoded += part.encode()
        if len(encoded) >= size:
            break
    text = encoded[:size].decode(errors="ignore")
    first = text.index(MARK) + len(MARK)
    places = [0, *writer.cuts(first, len(text), number - 1), len(text)]
    return [text[start:end] for start, end in pairwise(places)]


def chunks(shape: str, number: int) -> list[ChatCompletionChunk]:
    """A stream with so many deltas, between the chunks that open and close one (contract 4.1 and 4.2)."""
    thoughts = deltas("prose", number // 2) if shape == "thinking" else []
    answer = deltas("mixed" if thoughts else shape, number - len(thoughts))
    usage = {"prompt_tokens": 22, "completion_tokens": number, "total_tokens": number + 22}
    if thoughts:
        usage["completion_tokens_details"] = {"reasoning_tokens": len(thoughts)}
    return [
        _chunk({"role": "assistant", "content": ""}),
        *(_chunk({"content": None, "reasoning_content": thought}) for thought in thoughts),
        *(_chunk({"content": piece, "reasoning_content": None}) for piece in answer),
        _chunk({"content": ""}, finish_reason="stop"),
        _chunk(None, usage=usage),
    ]


def _chunk(delta: dict | None, finish_reason: str | None = None, usage: dict | None = None) -> ChatCompletionChunk:
    return ChatCompletionChunk.model_validate(
        {
            "choices": [] if delta is None else [{"delta": delta, "finish_reason": finish_reason, "index": 0}],
            "object": "chat.completion.chunk",
            "usage": usage,
            "created": 1764076775,
            "model": "qwen-plus",
            "id": "chatcmpl-9f61858b-7204-4b9b-98cd-66ada377fe7d",
        }
    )
