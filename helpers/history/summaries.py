"""Replacing the old part of a conversation by a summary of it, which a call has to write."""

from collections.abc import Callable, Sequence

from helpers.history.messages import Message, check, clean, text_of
from helpers.history.pins import is_pinned
from helpers.history.talk import parted

SUMMARY = "Summary of the conversation so far:"
REQUEST = (
    "Summarize the conversation so far in at most {words} words. Keep names, numbers, wishes, decisions and open "
    "questions; leave out small talk. Write in the language of the conversation, and write only the summary."
)
_OPENING = REQUEST.partition("{")[0]


def summarize(
    messages: Sequence[Message], ask: Callable[[list[Message]], str], *, keep: int = 4, words: int = 60
) -> list[Message]:
    """The messages with all but the last `keep` turns replaced by one marked summary.

    `ask` is your own function around the call: it takes a list of messages, sends it, and returns the text of the
    answer. It is called once, with the old turns (an earlier summary first) and a request to summarize them in at most
    `words` words, so summarize before all of that is more than the model takes. What a summary leaves out is gone.
    Where there is nothing old, no call is made. System and developer messages and pinned turns stay as they are, and
    `reasoning_content` goes (contract 3.7).

    The summary is a system message, which a user cannot forge. Its words do come of what users said, so a rule that
    must hold belongs into a message of its own, not into what is summarized.

    Raises InvalidMessages for a list that no request can hold, ValueError where `keep` or `words` is no such number or
    `ask` returns no text, and whatever `ask` raises.
    """
    for name, value, least in (("keep", keep, 0), ("words", words, 1)):
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise ValueError(f"{name} has to be a whole number from {least} on, and not {value!r}.")
    request = {"role": "user", "content": REQUEST.format(words=words)}
    check(messages if keep else [*messages, request])
    messages = clean(messages)
    _, turns = parted(messages)
    old = [turn for turn in turns[: max(0, len(turns) - keep)] if not any(is_pinned(messages[place]) for place in turn)]
    if not old:
        return messages
    before = [place for place, message in enumerate(messages) if is_summary(message)]
    places = sorted([*before, *(place for turn in old for place in turn)])
    text = ask([*(messages[place] for place in places), request])
    if not isinstance(text, str) or not text.strip():
        raise ValueError(
            f"ask() returned {text!r} where the text of a summary is needed. "
            "Let it end with: return answer.choices[0].message.content"
        )
    summary = {"role": "system", "content": f"{SUMMARY}\n{text.strip().removeprefix(SUMMARY).strip()}"}
    replaced = set(places)
    kept: list[Message] = []
    for place, message in enumerate(messages):
        if place == places[0]:
            kept.append(summary)
        if place not in replaced:
            kept.append(message)
    return kept


def is_summary(message: Message) -> bool:
    """Whether the message is a summary that stands for older turns."""
    return message.get("role") == "system" and text_of(message).startswith(SUMMARY)


def is_request(message: Message) -> bool:
    """Whether the message asks for such a summary."""
    return message.get("role") == "user" and text_of(message).startswith(_OPENING)
