"""The `.env` file: found, read, and saved without losing or exposing what is in it.

python-dotenv parses it. Its own set_key() is not used for saving: it drops blank lines, inline comments and
`export` around the changed line, turns the line endings of the whole file around, keeps a file that everyone
may read as open as it was, and makes no copy of what it replaces.
"""

import codecs
import os
import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from helpers import private_file
from helpers.config.api_key import Secret

NAME = ".env"
REPOSITORY = Path(__file__).resolve().parents[2]
"""The folder that holds helpers/: the checkout, where the series is installed as README says."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Patterns are compiled when first used: importing this costs next to nothing.
_PLAIN_VALUE = r"(?a)[\w.:/@%+,~-]*"
_ASSIGNMENT = r"""(?sx)
    (?P<before>\s*(?:export[^\S\r\n]+)?)
    [^=\#\s]+ [^\S\r\n]*
    (?:=[^\S\r\n]* (?: '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | [^\r\n]*? ))?
    (?P<comment>(?: [^\S\r\n]+ | (?<=['"]) ) \#[^\r\n]*)?
    (?P<end>[^\S\r\n]*(?:\r\n|\n|\r)?)"""


class Contents(NamedTuple):
    """What a `.env` says: its variables as written, and the lines that look like one and set none."""

    values: dict[str, str]
    unread: dict[int, Secret]  # line number -> that line, which may hold a key


class Saved(NamedTuple):
    """What `save` did."""

    path: Path
    backup: Path | None  # the copy of the file as it was, where a value was replaced
    private: bool  # whether only its owner can read the file now; some file systems cannot promise that


def find(folder: Path | None = None) -> Path | None:
    """The `.env` of the folder (by default the current one), else of its parents, else of the repository."""
    start = (folder or Path.cwd()).resolve()
    candidates = (place / NAME for place in (start, *start.parents, REPOSITORY))
    # os.path.isfile says False, where Path.is_file raises, for a folder that one may not look into.
    return next((path for path in candidates if os.path.isfile(path)), None)  # noqa: PTH113


def place_for_saving(folder: Path | None = None) -> Path:
    """The `.env` that is read, else where a new one is found from every notebook."""
    if found := find(folder):
        return found
    is_checkout = (REPOSITORY / "pyproject.toml").is_file()
    return (REPOSITORY if is_checkout else (folder or Path.cwd()).resolve()) / NAME


def shown(path: Path) -> str:
    """The file as a message names it: relative to the current folder, never the path of this machine."""
    here = Path.cwd()
    for up, folder in enumerate((here, *here.parents)):
        if path.parent == folder:
            return "../" * up + path.name if up < 3 else f"{folder.name}/{path.name}"
    return f"{path.parent.name}/{path.name}"


def text_of(path: Path) -> str:
    """The text of a file in UTF-8 or UTF-16, with or without a byte order mark, line endings untouched.

    Bytes that are neither (an old Windows code page in a comment, say) survive reading and saving unchanged.
    Raises OSError if the file cannot be read.
    """
    data = path.read_bytes()
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.removeprefix(bom).decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
    if b"\0" in data[:2]:
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", "replace")
    return data.decode("utf-8", "surrogateescape")


def read(path: Path) -> Contents:
    """The variables of the file, without expanding `$` and without touching os.environ. Raises OSError."""
    from dotenv.parser import parse_stream  # 20 ms that only those pay who have a .env

    text = text_of(path)
    values, unread = {}, {}
    for binding in parse_stream(StringIO(text)):
        if binding.error or (binding.key is not None and binding.value is None):
            piece = binding.original.string
            blank_lines = piece[: len(piece) - len(piece.lstrip())].count("\n")
            unread[binding.original.line + blank_lines] = Secret(piece.strip())
        elif binding.key is not None:
            values[binding.key] = binding.value
    return Contents(values, unread)


def save(values: Mapping[str, str], path: Path | None = None) -> Saved:
    """Set these variables in the `.env`, every other line, comment and the order kept; owner-only, in one step.

    A file that does not exist is created. Where a value is replaced, the file as it was stays beside it as
    `.env.backup` (then `.env.backup.2`, and so on), as private as the file itself. Raises ValueError for a
    value with a line break or another control character, and OSError if the folder cannot be written.
    """
    path = (path or place_for_saving()).resolve()  # through a symbolic link, so that the link stays one
    text = text_of(path) if path.exists() else ""
    before = read(path).values if text else {}
    backup = None
    if any(before.get(name) not in (None, "", value) for name, value in values.items()):
        backup = _free_name(path)
        private_file.write(backup, path.read_bytes())
    for name, value in values.items():
        text = _with(text, name, value)
    private = private_file.write(path, text.encode("utf-8", "surrogateescape"))
    return Saved(path, backup, private)


def _with(text: str, name: str, value: str) -> str:
    """The text with the variable set wherever it stands, or added at the end."""
    from dotenv.parser import parse_stream

    assignment = f"{name}={_quoted(value)}"
    newline = "\r\n" if "\r\n" in text else "\n"
    pieces, found = [], False
    for binding in parse_stream(StringIO(text)):
        piece = binding.original.string
        if binding.key == name and (match := re.fullmatch(_ASSIGNMENT, piece)):
            comment = (match["comment"] or "").strip()
            piece = match["before"] + assignment + (comment and f" {comment}") + match["end"]
            found = True
        pieces.append(piece)
    if not found:
        if text and not text.endswith(("\n", "\r")):
            pieces.append(newline)
        pieces.append(assignment + newline)
    return "".join(pieces)


def _quoted(value: str) -> str:
    if any(ord(character) < 32 or ord(character) == 127 for character in value):
        raise ValueError("A value in .env cannot hold line breaks or other control characters.")
    if re.fullmatch(_PLAIN_VALUE, value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _free_name(path: Path) -> Path:
    backup, number = path.with_name(f"{path.name}.backup"), 1
    while backup.exists():
        number += 1
        backup = path.with_name(f"{path.name}.backup.{number}")
    return backup
