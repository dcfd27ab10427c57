"""An exchange as a person reads it: the request, the response, the figures.

Everything here comes from a server or a model and is untrusted: it is escaped, and it is cut to a length (readable.py)
that keeps one view under 120 kB in a saved notebook.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http.client import responses
from textwrap import indent
from urllib.parse import urlsplit

from helpers.display import NO_FORMULAS, escaped, show, visible
from helpers.figures import figures
from helpers.finding import find_exchange
from helpers.readable import compact, page, pretty, shortened
from helpers.tap import exchanges
from helpers.tap.answer import Event
from helpers.tap.exchange import Exchange

SHOWN = 4  # events at either end of a stream
FOLDED = 20  # events between them that can be unfolded
LONGEST_EVENT = 400  # characters of one event
LONGEST_TEXT = 2_000  # characters of what the deltas come to

_REQUEST_HEADERS = ("authorization", "content-type")
_RESPONSE_HEADERS = ("content-type", "x-request-id", "x-practice-endpoint", "retry-after")
_PRE = '<pre style="white-space: pre-wrap; overflow-wrap: anywhere; margin: 0.3em 0">'
_CELL = '<td style="text-align: left; font-family: monospace; white-space: pre-wrap; overflow-wrap: anywhere">'
_TABLE = '<table style="width: 100%; table-layout: fixed"><col style="width: 5em"><col style="width: 60%"><col>'


def show_exchange(exchange: Exchange | int | None = None) -> None:
    """Show what went over the wire in the last call, or in the one given, or in the one with that number.

    A negative number counts from the end: -2 is the last but one. Rich in a notebook, plain text elsewhere. Long
    texts and streams are shortened; all of them is in `exchanges`.
    """
    found = find_exchange(exchange, exchanges, "show_exchange")
    if isinstance(found, str):
        show(f"<p>{escaped(found)}</p>", found)
    else:
        view = _View.of(found)
        show(view.rich(), view.plain())


@dataclass(frozen=True)
class _View:
    """The parts of a view as text that is bounded in length but not yet escaped."""

    title: str
    request: str
    status: str
    head: str
    body: str
    events: list[Event]
    joined: dict[str, str]
    figures: str

    @classmethod
    def of(cls, exchange: Exchange) -> "_View":
        url, events = urlsplit(exchange.url), exchange.events
        first = [f"{exchange.method} {shortened(url.path)}", f"host: {shortened(url.netloc)}"]
        asked = "\n".join([*first, *_headers(exchange.request_headers, _REQUEST_HEADERS)])
        return cls(
            title=f"Exchange {exchange.number}",
            request=f"{asked}\n\n{pretty(exchange.request)}" if exchange.request else asked,
            status=_status(exchange),
            head="\n".join(_headers(exchange.response_headers, _RESPONSE_HEADERS)),
            body="" if events else _body(exchange),
            events=events,
            joined=_joined(exchange) if events else {},
            figures=", ".join(figures(exchange)),
        )

    def plain(self) -> str:
        parts = [
            f"{self.title}\n\nRequest",
            indent(self.request, "  "),
            f"\nResponse: {self.status}",
            indent(self.head, "  "),
            indent(f"\n{self.body}", "  ") if self.body else "",
            indent("\n" + "\n".join(_lines(self.events)), "  ") if self.events else "",
            *(f"\n{name}, put together\n{indent(text, '  ')}" for name, text in self.joined.items()),
            f"\nFigures: {self.figures}",
        ]
        return visible("\n".join(part for part in parts if part))

    def rich(self) -> str:
        parts = [
            f"<b>{escaped(self.title)}</b>",
            f"<details open><summary><b>Request</b></summary>{_pre(self.request)}</details>",
            f"<details open><summary><b>Response</b>: {escaped(self.status)}</summary>{_pre(self.head)}",
            _pre(self.body) if self.body else "",
            _table(self.events) if self.events else "",
            *(f"<div>{escaped(name)}, put together</div>{_pre(text)}" for name, text in self.joined.items()),
            f"</details><div><b>Figures</b>: {escaped(self.figures)}</div>",
        ]
        return f"<div {NO_FORMULAS}>" + "\n".join(part for part in parts if part) + "</div>"


def _headers(headers: dict[str, str], wanted: tuple[str, ...]) -> list[str]:
    return [f"{name}: {shortened(headers[name])}" for name in wanted if name in headers]


def _status(exchange: Exchange) -> str:
    if exchange.status is None:
        return shortened(exchange.failure or "none yet")
    line = f"{exchange.status} {responses.get(exchange.status, '')}".rstrip()
    if error := exchange.error:
        code = error.get("code")
        line += f" · {shortened(error['message'])}" + (f" (code {compact(code)})" if code else "")
    return line


def _body(exchange: Exchange) -> str:
    if exchange.response is not None:
        return pretty(exchange.response)
    return page(exchange.body.decode(errors="replace"))


def _joined(exchange: Exchange) -> dict[str, str]:
    """What the deltas of a stream come to."""
    texts = {"reasoning_content": exchange.reasoning, "content": exchange.content}
    return {name: page(text, LONGEST_TEXT) for name, text in texts.items() if text}


# ── streams ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _parted(events: list[Event]) -> tuple[list[Event], list[Event], list[Event]]:
    """First, folded and last events; a fold that hides a single event or two is not worth its line."""
    if len(events) <= 2 * SHOWN + 2:
        return events, [], []
    return events[:SHOWN], events[SHOWN:-SHOWN], events[-SHOWN:]


def _lines(events: list[Event]) -> Iterator[str]:
    first, folded, last = _parted(events)
    yield from (_line(event) for event in first)
    if folded:
        yield f"… {len(folded):,} more events …"
        yield from (_line(event) for event in last)


def _line(event: Event) -> str:
    return f"{event.at:.2f} s  {_raw(event)}\n  → {_parsed(event)}"


def _table(events: list[Event]) -> str:
    first, folded, last = _parted(events)
    if not folded:
        return _rows(first)
    left = len(folded) - FOLDED
    rest = f"<div>… {left:,} more events …</div>" if left > 0 else ""
    return (
        f"{_rows(first)}<details><summary>… {len(folded):,} more events …</summary>"
        f"{_rows(folded[:FOLDED])}{rest}</details>{_rows(last)}"
    )


def _rows(events: list[Event]) -> str:
    rows = (
        f"<tr>{_CELL}{event.at:.2f} s</td>{_CELL}{escaped(_raw(event))}</td>{_CELL}{escaped(_parsed(event))}</td></tr>"
        for event in events
    )
    return f"{_TABLE}{''.join(rows)}</table>"


def _raw(event: Event) -> str:
    return shortened(event.raw, LONGEST_EVENT)


def _parsed(event: Event) -> str:
    """What a program finds in an event, in the words with which it would ask."""
    if event.done:
        return "the end of the stream"
    if event.json is None:
        return "not JSON" if event.data else "a comment"
    found = [
        f"{_of(index)}delta.{name} = {compact(value)}"
        for index, delta in event.deltas.items()
        for name, value in delta.items()
    ]
    found += [f"{_of(index)}finish_reason = {compact(reason)}" for index, reason in event.finish_reasons.items()]
    found += [f"{name} = {compact(event.json[name])}" for name in ("usage", "error") if event.json.get(name)]
    return shortened("; ".join(found) or "nothing new", LONGEST_EVENT)


def _of(index: int) -> str:
    return f"choices[{index}]." if index else ""


def _pre(text: str) -> str:
    return f"{_PRE}{escaped(text)}</pre>"
