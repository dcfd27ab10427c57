"""JSON and text as a person reads them, at a length that fits on a page. Pure functions.

Whatever comes in, what comes out is short: an answer of megabytes must not end up in a saved notebook.
"""

import json
from typing import Any

WIDTH = 100  # characters up to which a list or an object stays on one line
LONGEST_TEXT = 1_000  # characters of one JSON string
MOST_ITEMS = 40  # of one list or object
DEEPEST = 20  # levels
LONGEST_PAGE = 8_000  # characters of one JSON value or text


def shortened(text: str, most: int = LONGEST_TEXT) -> str:
    """The text, or its beginning and end with the number of characters that are left out between them."""
    if len(text) <= most:
        return text
    head, tail = most * 2 // 3, most // 3
    return f"{text[:head]} … {len(text) - head - tail:,} more characters … {text[-tail:]}"


def page(text: str, most: int = LONGEST_PAGE) -> str:
    """The text, or its first and last lines with the number of lines that are left out between them."""
    lines = [shortened(line, most // 2) for line in text.split("\n")]
    head = _fitting(lines, most * 2 // 3)
    tail = _fitting(reversed(lines[head:]), most // 3)
    left_out = len(lines) - head - tail
    if not left_out:
        return "\n".join(lines)
    return "\n".join([*lines[:head], f"… {left_out:,} more lines …", *lines[len(lines) - tail :]])


def pretty(value: Any) -> str:
    """JSON as a person reads it: each field and each message on a line of its own, Chinese unescaped, cut to a page."""
    return page(_pretty(_bounded(value, DEEPEST), ""))


def compact(value: Any) -> str:
    """JSON on one line, its strings shortened."""
    return json.dumps(_bounded(value, DEEPEST), ensure_ascii=False)


def _fitting(lines: Any, most: int) -> int:
    """How many of the lines, from the first, fit into `most` characters."""
    count = 0
    for line in lines:
        most -= len(line) + 1
        if most < 0:
            break
        count += 1
    return count


def _bounded(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return shortened(value)
    if not isinstance(value, dict | list) or not value:
        return value
    if not depth:
        return "… more levels …"
    if isinstance(value, list):
        items = [_bounded(item, depth - 1) for item in _ends(value)]
        return items if len(items) == len(value) else [*items[:-5], _more(value), *items[-5:]]
    pairs = {shortened(name): _bounded(item, depth - 1) for name, item in _ends(list(value.items()))}
    return pairs if len(value) <= MOST_ITEMS else pairs | {"…": _more(value)}


def _ends(items: list) -> list:
    return items if len(items) <= MOST_ITEMS else items[: MOST_ITEMS - 5] + items[-5:]


def _more(items: Any) -> str:
    return f"… {len(items) - MOST_ITEMS:,} more …"


def _pretty(value: Any, indent: str) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    outermost = not indent
    fits = len(indent) + len(flat) <= WIDTH and not outermost and not _holds_rows(value)
    if fits or not value or not isinstance(value, dict | list):
        return flat
    inner = indent + "  "
    if isinstance(value, dict):
        opening, closing = "{}"
        items = [f"{json.dumps(name, ensure_ascii=False)}: {_pretty(item, inner)}" for name, item in value.items()]
    else:
        opening, closing = "[]"
        items = [_pretty(item, inner) for item in value]
    return f"{opening}\n{inner}" + f",\n{inner}".join(items) + f"\n{indent}{closing}"


def _holds_rows(value: Any) -> bool:
    """Whether there is a list of objects in it, such as messages or choices, of which each deserves a line."""
    if isinstance(value, dict):
        return any(map(_holds_rows, value.values()))
    return isinstance(value, list) and any(isinstance(item, dict | list) for item in value)
