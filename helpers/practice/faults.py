"""What goes wrong on demand: a request header asks for it, and Bailian ignores that header.

    x-practice-fault: cut; after=40      the connection breaks when 40 events have gone out
    x-practice-fault: stall; after=40    after 40 events nothing more comes, and the connection stays open

The value is the kind of fault and what it needs to know, as `name=value`, with semicolons between. Without `after` it
happens before the first event. A stream that has no more events than that is complete. An answer in one piece stops
halfway, whatever `after` says; a call that is refused has no answer to break. The fault belongs to the one request that
carries the header, but the SDK repeats the header when it retries.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NoReturn

from helpers.practice.contract import Refusal, Refused
from helpers.practice.pace import Pace
from helpers.practice.wire import Event

HEADER = "x-practice-fault"
_VALUE = re.compile(r"(?P<kind>cut|stall)(?: *; *after *= *(?P<after>[0-9]{1,6}))?", re.IGNORECASE | re.ASCII)

# The value is not repeated in it: what somebody pasted there by mistake is nobody else's business.
UNREADABLE = Refusal(
    f"This error is the practice endpoint's own, not one of Bailian's: it cannot read the header {HEADER}. Send it "
    "once, with `cut` (the connection breaks) or `stall` (nothing more comes), and with the number of events before "
    "that, 0 to 999999. For example: cut; after=40",
    code="unreadable_fault",
    type="practice_endpoint_error",
    layer="gateway",  # whose errors are plain JSON, for streams too
)


class Cut(Exception):
    """Ends an answer that has begun: the web server closes the connection, for it cannot end the body properly."""


@dataclass(frozen=True)
class Fault:
    """One fault, `after` so many events."""

    kind: Literal["cut", "stall"]
    after: int = 0

    async def stream(
        self, events: Iterator[Event], pace: Pace, prompt_tokens: int, asked: float
    ) -> AsyncIterator[bytes]:
        """The events up to the fault as bytes, at their pace."""
        async for some in pace.out(islice(events, self.after), prompt_tokens, asked):
            yield some
        if next(events, None) is not None:
            await self._happen()

    async def whole(self, body: bytes) -> AsyncIterator[bytes]:
        """The first half of an answer in one piece."""
        yield body[: len(body) // 2]
        await self._happen()

    async def _happen(self) -> NoReturn:
        if self.kind == "stall":
            await asyncio.Event().wait()  # until the client has had enough
        raise Cut


def asked_for(values: Sequence[str]) -> Fault | None:
    """The fault that a request asks for, given the values of all its fault headers; None if it has none.

    Raises Refused unless there is one value, and one that can be read.
    """
    if not values:
        return None
    match = _VALUE.fullmatch(values[0]) if len(values) == 1 else None
    if match is None:
        raise Refused(UNREADABLE)
    return Fault(match["kind"].lower(), int(match["after"] or 0))


def is_news(record: logging.LogRecord) -> bool:
    """A filter for the web server's log: no traceback where a Cut, or Ctrl-C under an open stream, was wanted."""
    return not (record.exc_info and isinstance(record.exc_info[1], Cut | asyncio.CancelledError))
