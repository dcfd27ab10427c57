"""A list of messages as what stands for all of it, and as turns: a question with everything that follows from it."""

from collections.abc import Sequence
from typing import NamedTuple

from helpers.history.messages import STANDING, Message, check


class Talk(NamedTuple):
    """`preamble`: the system and developer messages, wherever they stand. `turns`: all the others, in whole turns."""

    preamble: list[Message]
    turns: list[list[Message]]


def turns(messages: Sequence[Message]) -> Talk:
    """The messages as a preamble and turns.

    A turn is a user message with all that follows it up to the next one: answers, tool calls and their results. What
    an assistant says before the first user message, such as a greeting, is a turn of its own.

    Raises InvalidMessages, which names the message, for a list that no request can hold.
    """
    check(messages)
    preamble, places = parted(messages)
    return Talk([messages[index] for index in preamble], [[messages[index] for index in turn] for turn in places])


def parted(messages: Sequence[Message]) -> tuple[list[int], list[list[int]]]:
    """The same as places in the list, which keep the order."""
    preamble: list[int] = []
    found: list[list[int]] = []
    for index, message in enumerate(messages):
        if message["role"] in STANDING:
            preamble.append(index)
        elif message["role"] == "user" or not found:
            found.append([index])
        else:
            found[-1].append(index)
    return preamble, found
