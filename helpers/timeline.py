"""Exchanges as bars over time: waiting, thinking, answer, with the first token and the rhythm of the tokens.

The picture has its words with it. VS Code and nbconvert's classic template make them its alt text; JupyterLab 4.6 gives
no image an alt text, so they stand folded under it as well.
"""

from base64 import b64encode
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from helpers.bars import draw
from helpers.display import escaped, in_notebook, show
from helpers.drawing import INCHES
from helpers.finding import find_exchange
from helpers.phases import Phases, one_line
from helpers.tap import exchanges
from helpers.tap.exchange import Exchange

MOST_BARS = 40  # in one figure
LONGEST_LABEL = 80  # characters


def timeline(*wanted: Exchange | int, labels: Iterable[object] | None = None, title: str | None = None) -> None:
    """Draw what the last call spent its seconds on, or those given, below one another on one axis.

    `wanted` are exchanges or their numbers; a negative number counts from the end: -2 is the last but one. `labels` has
    one text for each. A picture in a notebook, the same in words everywhere else.
    """
    asked = _asked(wanted, labels)
    if isinstance(asked, str):
        show(f"<p>{escaped(asked)}</p>", asked)
        return
    rows = [(label, Phases.of(exchange)) for label, exchange in asked]
    heading = one_line(str(title or "Seconds from the request"), LONGEST_LABEL)
    words = "\n".join([heading, *(f"{label}: {', '.join(phases.words())}" for label, phases in rows)])
    folded = f'<details><summary>In words</summary><pre style="white-space: pre-wrap">{escaped(words)}</pre></details>'
    if not in_notebook():
        show(folded, words)
        return
    from IPython.display import display  # only where a kernel has it loaded anyway

    picture = b64encode(draw(rows, heading if title else None)).decode()
    size_and_alt = {"width": INCHES * 96, "alt": words}  # in CSS pixels
    display({"image/png": picture, "text/plain": words}, metadata={"image/png": size_and_alt}, raw=True)
    display({"text/html": folded}, raw=True)


def _asked(wanted: tuple[Any, ...], labels: Any) -> list[tuple[str, Exchange]] | str:
    """The exchanges, each with its label, or the sentence that says what to do instead."""
    found = []
    for each in wanted or (None,):
        exchange = find_exchange(each, exchanges, "timeline")
        if isinstance(exchange, str):
            return exchange
        found.append(exchange)
    if len(found) > MOST_BARS:
        return f"timeline draws up to {MOST_BARS} exchanges, and these are {len(found)}. Give it fewer of them."
    if labels is None:
        return [(_label(exchange), exchange) for exchange in found]
    if isinstance(labels, str) or not isinstance(labels, Iterable):
        return f"labels takes a list of texts, and {type(labels).__name__} is none. Try labels=[{_quoted(len(found))}]."
    texts = [one_line(str(label), LONGEST_LABEL) for label in labels]
    if len(texts) != len(found):
        return (
            f"There must be as many labels as exchanges, and these are {len(texts)} for {len(found)}. "
            f"Try labels=[{_quoted(len(found))}], or leave labels out."
        )
    return list(zip(texts, found, strict=True))


def _quoted(count: int) -> str:
    names = ['"first"', '"second"', '"third"']
    return ", ".join(names[:count] + ["…"] * (count > len(names)))


def _label(exchange: Exchange) -> str:
    """What sets this request apart from the others: plain facts of it."""
    request = exchange.request
    facts = [str(request.get("model") or f"{exchange.method} {urlsplit(exchange.url).path}")]
    if "messages" in request:
        facts.append("streamed" if exchange.streamed else "full output")
    if isinstance(thinking := request.get("enable_thinking"), bool):
        facts.append(f"thinking {'on' if thinking else 'off'}")
    return one_line(", ".join(facts), LONGEST_LABEL)
