"""Keeping a list of messages within a budget of tokens, by dropping the oldest turns."""

from collections.abc import Iterable, Sequence

from helpers import tokens
from helpers.history.messages import Counter, Message, as_prompt, check_request, clean
from helpers.history.pins import is_pinned
from helpers.history.talk import parted


class CannotFit(ValueError):
    """What has to stay is more than the budget: how much it is, and what to do."""


def fit(messages: Sequence[Message], budget: int, *, counter: Counter = tokens.count_messages) -> list[Message]:
    """The messages with as many of the newest turns as `budget` prompt tokens have room for.

    Oldest first, turns are dropped, each with its tool calls and their results. Never dropped are system and developer
    messages (so no summary, either), turns with a pinned message, and the last turn. `reasoning_content` goes first of
    all (contract 3.7). The order stays; the dicts are those of the list, except where thinking was taken out.

    `counter` takes (role, text) pairs and counts each for itself, as `tokens.count_messages` does. An estimate may be
    some percent off what the service counts, and tools are counted on top: leave room for both, and for the answer.

    Raises CannotFit where even what has to stay is too much, InvalidMessages where the list could not be sent anyway,
    and TypeError where the budget is no whole number.
    """
    if not isinstance(budget, int) or isinstance(budget, bool):
        raise TypeError(f"The budget is a number of tokens, such as 2000, and not {budget!r}.")
    check_request(messages)
    messages = clean(messages)
    frame = counter([])

    def cost(places: Iterable[int]) -> int:
        return sum(counter([as_prompt(messages[place])]) - frame for place in places)

    preamble, turns = parted(messages)
    pinned = [turn for turn in turns[:-1] if any(is_pinned(messages[place]) for place in turn)]
    needed = {
        "system and developer messages": cost(preamble),
        "pinned turns": sum(map(cost, pinned)),
        "the last turn": cost(turns[-1]),
    }
    left = budget - frame - sum(needed.values())
    if left < 0:
        raise CannotFit(_advice(needed, frame, budget))
    kept = {*preamble, *turns[-1], *(place for turn in pinned for place in turn)}
    for turn in reversed(turns[:-1]):  # From the newest, so that what is dropped need not be counted.
        if kept.issuperset(turn):
            continue
        left -= cost(turn)
        if left < 0:
            break
        kept.update(turn)
    return [message for place, message in enumerate(messages) if place in kept]


def _advice(needed: dict[str, int], frame: int, budget: int) -> str:
    least = frame + sum(needed.values())
    parts = ", ".join(f"{name} {size:,}" for name, size in needed.items() if size)
    largest = max(needed, key=needed.__getitem__)
    remedy = {
        "system and developer messages": "shorten the system messages",
        "pinned turns": "pin less",
        "the last turn": "shorten the last question or its tool results",
    }[largest]
    return (
        f"The budget is {budget:,} tokens, and what has to stay takes {least:,}: {parts}, and {frame:,} around them. "
        f"Give it at least {least:,}, or {remedy}."
    )
