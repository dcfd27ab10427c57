"""When each event may leave: at the pace of a real service, or at once.

The figures make the article's come out: about 10 s for 500 tokens in full, first words in a few hundred
milliseconds. They are those of a typical hosted model, not measurements of one.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from helpers.practice import place
from helpers.practice.wire import Event, Reply

MOST_EVENTS_A_WRITE = 32  # at instant pace: few writes, and other requests still get their turn


@dataclass(frozen=True)
class Pace:
    """Seconds until the first token, and tokens generated per second after that (0: no limit)."""

    first_token: float
    per_second: float
    prompt_per_second: float

    def first(self, prompt_tokens: int) -> float:
        """Seconds from the request to the first token: a longer prompt takes longer to read."""
        if not self.per_second:
            return 0.0
        return self.first_token + prompt_tokens / self.prompt_per_second

    def after(self, tokens: int) -> float:
        """Seconds from the first token until that many have been generated."""
        return tokens / self.per_second if self.per_second else 0.0

    async def whole(self, reply: Reply, asked: float) -> None:
        """Waits as long as an answer in one piece takes; several choices are generated side by side.

        `asked` is when the request came (time.monotonic): composing the answer is a part of the wait, not added to it.
        """
        longest = max(choice.completion_tokens for choice in reply.choices)
        due = asked + self.first(reply.prompt_tokens) + self.after(longest)
        await asyncio.sleep(max(due - time.monotonic(), 0))

    async def out(self, events: Iterator[Event], prompt_tokens: int, asked: float) -> AsyncIterator[bytes]:
        """The events as bytes, each not before its time; those that are due together leave together."""
        begin = max(asked + self.first(prompt_tokens), time.monotonic())
        generated, batch = 0.0, []
        for event in events:
            generated += event.tokens
            wait = begin + self.after(generated) - time.monotonic()
            if batch and (wait > 0 or len(batch) >= MOST_EVENTS_A_WRITE):
                yield b"".join(batch)
                batch.clear()
            if wait > 0 or not batch:
                await asyncio.sleep(max(wait, 0))
            batch.append(event.data)
        yield b"".join(batch)


PACES: dict[place.Pace, Pace] = {
    "realistic": Pace(first_token=0.35, per_second=50, prompt_per_second=8000),
    "instant": Pace(first_token=0, per_second=0, prompt_per_second=0),
}
