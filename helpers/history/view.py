"""The history view: what each request of a conversation carried, and what it left out of the one before.

It reads exchanges and nothing else, so it shows what was sent, whoever put the list together. The picture has its words
with it, as the timeline has.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from typing import Any

from helpers.display import NO_FORMULAS, escaped, in_notebook, show
from helpers.drawing import INCHES
from helpers.finding import find_exchange
from helpers.history.picture import draw
from helpers.history.sent import Sent, latest_conversation, messages_of, sent
from helpers.tap import exchanges
from helpers.tap.exchange import Exchange

MOST_REQUESTS = 200  # in one figure
_SPELLED_OUT = 40  # requests that have their words; of more, the first and the last


def show_history(*wanted: Exchange | int, total: bool = False) -> None:
    """Draw the prompt tokens of the latest conversation's requests by role, one bar for each request.

    Below the line stands what the request before still had, and what is now dropped or summarized. A conversation is
    found by the messages that its requests share; a request that shares none, or only repeats the beginning, starts
    another one. For any others give the exchanges or their numbers in `wanted`; a negative number counts from the end.
    With `total` a second plot stands beside it: what all requests together have come to. A picture in a notebook, the
    same in words everywhere else.
    """
    asked = _asked(wanted)
    if isinstance(asked, str):
        show(f"<p>{escaped(asked)}</p>", asked)
        return
    rows = sent(asked)
    heading = _heading(rows)
    words = "\n".join([heading, *_lines(rows)])
    folded = _folded(heading, rows)
    if not in_notebook():
        show(folded, words)
        return
    from IPython.display import display  # only where a kernel has it loaded anyway

    picture = b64encode(draw(rows, total=total)).decode()
    size_and_alt = {"width": INCHES * 96, "alt": words}  # in CSS pixels
    display({"image/png": picture, "text/plain": words}, metadata={"image/png": size_and_alt}, raw=True)
    display({"text/html": folded}, raw=True)


def _asked(wanted: tuple[Any, ...]) -> list[Exchange] | str:
    """The exchanges, or the sentence that says what to do instead."""
    if not wanted:
        latest = find_exchange(None, exchanges, "show_history")
        if isinstance(latest, str):
            return latest
        found = latest_conversation(exchanges[-5 * MOST_REQUESTS :])[-MOST_REQUESTS:]
        return (
            found or "No exchange of this session has messages. Make a call with client.chat.completions.create(...)."
        )
    found = []
    for each in wanted:
        exchange = find_exchange(each, exchanges, "show_history")
        if isinstance(exchange, str):
            return exchange
        if not messages_of(exchange):
            return f"Exchange {exchange.number} sent no messages, so there is no history in it."
        found.append(exchange)
    if len(found) > MOST_REQUESTS:
        return f"show_history draws up to {MOST_REQUESTS} requests, and these are {len(found)}. Give it fewer of them."
    return found


def _heading(rows: Sequence[Sent]) -> str:
    sizes = [row.size for row in rows]
    if len(rows) == 1:
        return f"1 request with {sizes[0]:,} prompt tokens"
    span = f"{sizes[0]:,} in the first, {sizes[-1]:,} in the last, {max(sizes):,} at most"
    return f"{len(rows)} requests with {sum(sizes):,} prompt tokens in all: {span}"


def _spelled(rows: Sequence[Sent]) -> Iterator[tuple[str, Sequence[str]]]:
    """Number and words of each request; those in the middle of many are only counted."""
    half = _SPELLED_OUT // 2
    left_out = len(rows) - 2 * half if len(rows) > _SPELLED_OUT else 0
    for place, row in enumerate(rows, 1):
        if not left_out or not half < place <= half + left_out:
            yield str(place), list(row.words())
        elif place == half + 1:
            yield "…", [f"{left_out:,} more requests"]


def _lines(rows: Sequence[Sent]) -> Iterator[str]:
    for number, words in _spelled(rows):
        yield f"{number}: {'; '.join(words)}"


def _folded(heading: str, rows: Sequence[Sent]) -> str:
    cell = '<td style="text-align: left; vertical-align: top">'
    lines = "".join(
        f"<tr>{cell}{number}</td>{cell}{'<br>'.join(map(escaped, words))}</td></tr>" for number, words in _spelled(rows)
    )
    return f"<details {NO_FORMULAS}><summary>{escaped(heading)}</summary><table>{lines}</table></details>"
