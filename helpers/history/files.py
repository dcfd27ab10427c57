"""A history in a file: JSON in UTF-8 that any program can read, given back exactly as it was."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers import private_file
from helpers.history.messages import Message, named_type

_UNPAIRED = re.compile("[\ud800-\udfff]")


class CannotKeep(ValueError):
    """A file that holds no history, or a history that no file can hold: which one, why, and what to do."""


def save(messages: Sequence[Message], path: str | Path) -> None:
    """Write a list of messages to a file, in place of what it held; pins and tool calls are in it.

    The file is complete or not there at all, and only its owner can read it, for a conversation is private. The folder
    has to exist.

    Raises CannotKeep for what JSON would not give back as it was, and OSError, with what to do, where the file cannot
    be written.
    """
    _check(messages, "What is to be saved")
    for index, message in enumerate(messages):
        if not _survives(message):
            raise CannotKeep(
                f"messages[{index}] holds something that JSON does not give back as it was, such as a tuple, a set, "
                "NaN, or a key that is no text. Put lists, numbers and texts in its place."
            )
    write_json(list(messages), path)


def load(path: str | Path) -> list[Message]:
    """The list of messages that `save` wrote, or that any other program wrote as JSON.

    Raises CannotKeep where the file holds no list of messages, and OSError where it cannot be read.
    """
    messages = read_json(path)
    _check(messages, f"{Path(path).name}")
    return messages


def write_json(value: Any, path: str | Path) -> None:
    """Put a complete file in the place of the old one."""
    path = Path(path)
    try:
        private_file.write(path, _encoded(value))
    except OSError as error:
        raise _explained(error, f"{path} cannot be written", "Make sure that its folder exists and is yours.") from None


def read_json(path: str | Path) -> Any:
    """What the file holds."""
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _explained(error, f"{path} cannot be read", "Give the path of a file that save() wrote.") from None
    try:
        return json.loads(data.decode("utf-8-sig"))  # editors on Windows may have put a mark before it
    except UnicodeDecodeError:
        raise CannotKeep(f"{path.name} is not in UTF-8. Save it as UTF-8 in your editor, then load it again.") from None
    except RecursionError:
        raise CannotKeep(f"{path.name} holds lists within lists beyond any use. Is it the right file?") from None
    except ValueError as error:
        raise CannotKeep(f"{path.name} is not JSON: {error}. Is it the right file?") from None


def _encoded(value: Any) -> bytes:
    """Indented JSON. Half of a surrogate pair is no character that UTF-8 has, so it stands there as \\ud83d does."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)
    return _UNPAIRED.sub(lambda half: f"\\u{ord(half[0]):04x}", text).encode()


def _survives(message: Message) -> bool:
    try:
        return json.loads(_encoded(message)) == message
    except (TypeError, ValueError, RecursionError):
        return False


def _check(messages: object, what: str) -> None:
    if not isinstance(messages, list | tuple):
        raise CannotKeep(f"{what} is {named_type(messages)}, and a history is a list of messages.")
    for index, message in enumerate(messages):
        if not isinstance(message, dict) or not isinstance(message.get("role"), str):
            raise CannotKeep(
                f"{what} is no list of messages: item {index} is {named_type(message)}"
                f"{' without a role' if isinstance(message, dict) else ''}. "
                'A message is a dict such as {"role": "user", "content": "..."}.'
            )


def _explained(error: OSError, what: str, advice: str) -> OSError:
    """The same kind of error with a sentence that helps."""
    return type(error)(f"{what}: {error.strerror or error}. {advice}")
