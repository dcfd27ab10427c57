"""A mark on a message whose turn has to stay, whatever else is dropped or summarized.

The mark is a part of the content of its own, `{"type": "text", "text": "[pinned]\\n"}`, before the text. It was weighed
against three others:

- A key such as "pinned": True would be sent, and what a service does with a key it does not know is its own affair.
- A subclass of dict is not sent, but `dict(message)`, `{**message}` and `json.dumps` lose it without a word, and so
  the turn is lost later, where nobody looks for the reason.
- A mark in front of the text itself could be typed by whoever writes the text. What a user types arrives as one text;
  a part of its own is made by the program alone.

So the mark survives every copy and every JSON file, can be seen in a printout and on the wire, and the model may read
it: it takes about three tokens. A content in parts is what Bailian documents for explicit caching of text.
"""

from helpers.history.messages import Message, named_type

PINNED = "[pinned]\n"
_MARK = {"type": "text", "text": PINNED}


def pin(message: Message) -> Message:
    """A copy of a user's or an assistant's message, marked. Its whole turn then stays, because half a turn misleads.

    Raises ValueError where there is nothing to mark, with what to do.
    """
    if not isinstance(message, dict):
        raise ValueError(f"pin() takes one message, a dict, and this is {named_type(message)}. Try pin(messages[1]).")
    role, content = message.get("role"), message.get("content")
    if role in ("system", "developer"):
        raise ValueError(f"A {role} message always stays. There is no need to pin it.")
    if role not in ("user", "assistant") or not isinstance(content, str | list):
        raise ValueError("A pin keeps a whole turn, tool calls and all. Pin the user message that begins the turn.")
    if is_pinned(message):
        return dict(message)
    parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
    return {**message, "content": [dict(_MARK), *parts]}


def is_pinned(message: Message) -> bool:
    """Whether the message carries the mark."""
    content = message.get("content")
    return isinstance(content, list) and content[:1] == [_MARK]
