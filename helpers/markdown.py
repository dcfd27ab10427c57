"""Model output as HTML that shows it and does nothing else.

JupyterLab does not sanitize what a cell has just displayed, so nothing that a model wrote may reach it as Markdown or
as HTML of the model's own. Here Markdown is read with raw HTML off, an image becomes a link with its text, a fence
becomes plain code, and what comes out passes an allow-list: no style but the alignment of table cells, no class, no
id, no address but http, https and mailto.
"""

import io
import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from helpers.display import escaped, visible

SHORTEST_BLOCK = 300  # characters; a shorter one takes in what follows, because each block has a cost of its own
LONGEST_BLOCK = 4_000  # a longer one goes on in a new one, so that what is still open stays cheap to draw

_MARKS = re.compile(r"[\[\]()*_`~|<>!&\\]")
_GARBLE = 2_000  # characters from which a block that is a third marks is no text: drawing it would take for ever
_SHORTEST_LINE = 5  # characters on average, because each line costs as much as many characters
_MOST_BRACKETS = 400  # in a block, for each that is never closed is looked for until its end
_FENCE = re.compile(r" {0,3}(?P<list>(?:(?:[-+*]|[0-9]{1,9}[.)]) {1,4}+)*+)(?P<marks>`{3,}+(?!.*`)|~{3,}+)")
_TABLE_RULE = re.compile(r"\|?\s*:?-+:?(\s*\|\s*:?-+:?)*\s*\|?")

_TAGS = {"p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "a", "em", "strong", "s", "code", "pre", "blockquote"}
_TAGS |= {"ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
_CELL = {"style"}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href", "title"}, "ol": {"start"}, "td": _CELL, "th": _CELL},
    filter_style_properties={"text-align"},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",  # in JupyterLab it would be an address of the learner's own server, such as /logout
    link_rel="noopener noreferrer",
    set_tag_attribute_values={"a": {"target": "_blank"}},
)


def html_of(markdown: str) -> str:
    """Safe HTML of a whole text."""
    blocks = Blocks()
    return "".join(map(block_html, [*blocks.add(markdown), blocks.open]))


def block_html(markdown: str) -> str:
    """Safe HTML of one block, as `Blocks` cuts them."""
    if _is_garble(markdown):
        return f"<pre>{escaped(markdown)}</pre>"
    # Once more at the end, because an entity such as &#x202e; becomes its character only when it is read.
    return visible(_CLEANER.clean(_PARSER.render(visible(markdown))))


def _is_garble(markdown: str) -> bool:
    fence = _FENCE.match(markdown)
    if len(markdown) < _GARBLE or (fence and not fence["list"]):
        return False
    short_lines = markdown.count("\n") * _SHORTEST_LINE > len(markdown)
    return short_lines or 3 * len(_MARKS.findall(markdown)) > len(markdown) or markdown.count("[") > _MOST_BRACKETS


class Blocks:
    """Cuts Markdown that is still arriving into blocks: finished ones, which never change again, and an open one."""

    def __init__(self) -> None:
        self._newlines = io.IncrementalNewlineDecoder(None, translate=True)
        self._lines: list[str] = []  # of the open block, with their ends
        self._size = 0
        self._partial = ""
        self._fence: re.Match[str] | None = None  # what opened the fence we are in

    @property
    def open(self) -> str:
        """The block that may still grow."""
        return "".join(self._lines) + self._partial

    def add(self, text: str) -> list[str]:
        """Take in what has arrived; the blocks that are finished by it."""
        return list(self._finished(self._newlines.decode(text)))

    def _finished(self, text: str) -> Iterator[str]:
        *lines, last = (self._partial + text).split("\n")
        for line in lines:
            *parts, end = _parts(line)
            for part in [*parts, end + "\n"]:
                yield from self._line(part)
        *parts, self._partial = _parts(last)
        for part in parts:
            yield from self._line(part)

    def _line(self, line: str) -> Iterator[str]:
        if self._fence:
            self._keep(line)
            if _closes(line, self._fence):
                self._fence = None
                yield self._cut()
        else:
            fence = _FENCE.match(line)
            long_enough = self._size >= SHORTEST_BLOCK and not self._lines[-1].strip() and not line[0].isspace()
            if self._lines and (fence or long_enough):
                yield self._cut()
            self._keep(line)
            self._fence = fence
        if self._size > LONGEST_BLOCK:
            head = self._head()
            yield self._cut()
            for again in head:
                self._keep(again)

    def _keep(self, line: str) -> None:
        self._lines.append(line)
        self._size += len(line)

    def _cut(self) -> str:
        block = "".join(self._lines)
        self._lines, self._size = [], 0
        return block

    def _head(self) -> list[str]:
        """The lines that a block needs to go on as what it is: those that open a fence, or the head of a table."""
        if self._fence:
            head = [self._fence[0] + "\n"]
        else:
            last = [*takewhile(str.strip, reversed(self._lines))][::-1]  # the lines since a blank one
            head = next(([names, rule] for names, rule in pairwise(last) if _opens_table(names, rule)), [])
        return head if sum(map(len, head)) < LONGEST_BLOCK // 2 else []


def _parts(line: str) -> list[str]:
    """A line in parts none of which is longer than a block; the last one may be empty."""
    return [line[start : start + LONGEST_BLOCK] for start in range(0, max(1, len(line)), LONGEST_BLOCK)]


def _closes(line: str, fence: re.Match[str]) -> bool:
    marks = line.strip(" \t\n")
    if not marks.startswith(fence["marks"]) or marks.strip(marks[0]):
        return False
    # In a list, how far the closing marks are indented depends on the list; elsewhere four spaces make them code.
    return bool(fence["list"]) or not line.expandtabs(4).startswith("    ")


def _opens_table(names: str, rule: str) -> bool:
    return "|" in names and _TABLE_RULE.fullmatch(rule.strip()) is not None


def _image_as_link(renderer: object, tokens: list, index: int, options: object, env: object) -> str:
    image = tokens[index]
    return f'<a href="{escapeHtml(image.attrGet("src") or "")}">{escapeHtml(image.content) or "image"}</a>'


def _parser() -> MarkdownIt:
    # A reference could stand in another block than its definition; a single line break is meant where models write one.
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    parser.disable(["reference", "html_block", "html_inline"]).add_render_rule("image", _image_as_link)
    return parser


_PARSER = _parser()
