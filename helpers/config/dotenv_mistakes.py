"""Why a `.env` does not do what its writer meant: near misses in its name, its lines and its key.

Standard library only, so that the doctor can look before anything is installed. No message holds a value.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from helpers.config.advice import Advice, named
from helpers.config.api_key import Secret, holds_key, impossible
from helpers.config.dotenv_file import NAME, shown, text_of
from helpers.config.settings import VARIABLES

KEY = "DASHSCOPE_API_KEY"

_NEAR_NAME = re.compile(r"[._ -]*env([._ -]*(txt|text|rtf|doc|docx|md|ini|conf|env))*[. ]*", re.IGNORECASE)
_NAMES_FOR_A_KEY = re.compile(r"((QWEN|BAILIAN|DASHSCOPE|ALI\w*|MODEL_?STUDIO|OPENAI|LLM)_?)?(API_?)?(KEY|TOKEN)")
_SHELL_COMMAND = re.compile(r"(setx?\s+|\$env:\s*|declare\s+-x\s+)(.*)", re.IGNORECASE)
_SETTING = re.compile(r"([^=＝:：]*?)(\s*[=＝:：]\s*)(.*)")
_SPACES_AND_DASHES = re.compile(r"[\s\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]+")
_INVISIBLE = ("Cf", "Cc", "Zs", "Zl", "Zp")  # Unicode categories: formats, controls, kinds of spaces


class Line(NamedTuple):
    """One line that sets something, taken apart without mercy for what a parser would refuse."""

    number: int
    command: str  # a command of some shell before the name, such as `set `
    name: str
    equals: str  # what stands between name and value, with the spaces around it
    value: str


def near_names(folders: Iterable[Path]) -> Iterator[Advice]:
    """Files that were meant to be `.env` and have another name, such as `.env.txt`."""
    for folder in dict.fromkeys(folder.resolve() for folder in folders):
        for path in sorted(folder.iterdir()):
            # Full-width letters and dots, typed by a Chinese input method, become plain ones.
            name = unicodedata.normalize("NFKC", path.name).replace("。", ".")
            if not _NEAR_NAME.fullmatch(name) or path.name == NAME or not os.path.isfile(path):  # noqa: PTH113
                continue
            if (folder / NAME).exists() and path.samefile(folder / NAME):
                continue  # .ENV on a file system that takes it for .env
            yield Advice(
                f"{shown(path)} is not read: the name has to be {NAME} and nothing else.",
                f"Rename it to {NAME}, or move its lines there; in Windows Explorer, switch on View > Show > "
                "File name extensions first.",
            )


def key_in_example(folder: Path) -> Advice | None:
    """A key that was written into `.env.example`, which git hands on to everyone."""
    example = folder / f"{NAME}.example"
    if example.is_file() and any(holds_key(line.value) for line in _lines(text_of(example))):
        return Advice(
            f"{example.name} holds a key, and that file is shared through git.",
            f"Move it to {NAME}; if it was ever pushed, disable it in the console and create a new one.",
        )
    return None


def in_text(text: str) -> Iterator[Advice]:
    """What is wrong in the text of a `.env`, line by line. Comments and other programs' variables are let be."""
    lines = list(_lines(text))
    known = {line.name for line in lines if line.value}
    for line in lines:
        advice = _in_name(line, known) or (_in_value(line) if line.name in VARIABLES else None)
        if advice:
            yield Advice(f"line {line.number}: {advice.problem}", advice.next_step)
    yield from _repeated(lines)


def remarks(text: str) -> Iterator[str]:
    """What looks like a mistake in a `.env` and is none here, for those who wonder about it."""
    for line in _lines(text):
        if line.name in VARIABLES and line.equals != "=" and line.equals.strip() == "=":
            yield f"line {line.number}: spaces around = do no harm here, though a shell would not take them"


def _lines(text: str) -> Iterator[Line]:
    for number, written in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        content = re.sub(r"^\s*export\s+", "", written).strip(" \t")
        if not content or content.startswith("#"):
            continue
        command = _SHELL_COMMAND.fullmatch(content)
        setting = command[2] if command else content
        # Without any sign between them, the first space ends the name: `setx NAME value`.
        parts = _SETTING.fullmatch(setting) or re.fullmatch(r"(\S*)(\s*)(.*)", setting)
        yield Line(number, command[1] if command else "", *parts.groups())


def _in_name(line: Line, known: set[str]) -> Advice | None:
    meant = _meant(line.name)
    if meant is None:
        return _another_name(line, known)
    form = f"Write {meant}=value, in plain letters."
    sign = line.equals.strip()
    if line.command:
        return Advice(f"a command of a shell ({line.command.strip()}) stands before {meant}.", form)
    if line.name != meant:
        return Advice(f"the name is not {meant}{_difference(line.name, meant)}.", form)
    if not sign:
        return Advice(f"{meant} is followed by no =.", form)
    if sign != "=":
        return Advice(f"{meant} is followed by {named(sign)} where = should be.", form)
    return None


def _meant(name: str) -> str | None:
    """Which variable the name is, once case, width, dashes, spaces, quotes and invisible characters are set aside."""
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKC", name)
        if unicodedata.category(character) not in ("Cf", "Cc") and not _is_quote(character)
    )
    plain = _SPACES_AND_DASHES.sub("_", plain.strip()).upper()
    return plain if plain in VARIABLES else None


def _another_name(line: Line, known: set[str]) -> Advice | None:
    name = line.name.upper()
    near = get_close_matches(name, VARIABLES, n=1, cutoff=0.9)
    if near and near[0] not in known:
        return Advice(f"the name is nearly {near[0]}, but another one.", f"Write {near[0]}=value.")
    if KEY not in known and (holds_key(f"{line.name} {line.value}") or _NAMES_FOR_A_KEY.fullmatch(name)):
        return Advice(f"there is a key, but not under the name {KEY}.", f"Write {KEY}=sk-…")
    if name.startswith("BAILIAN_"):
        return Advice("no setting has this name.", f"The settings are {', '.join(VARIABLES)}.")
    return None


def _in_value(line: Line) -> Advice | None:
    value = line.value.strip()
    opening, closing = value[:1], _unquoted(value)[-1:]
    if opening and opening in "\"'" and (len(value) < 2 or opening not in value[1:]):
        return Advice(
            f"the quote mark before the value of {line.name} has no partner.",
            "Take it away, or put the same one at the end.",
        )
    if opening and opening not in "\"'" and (_is_quote(opening) or _is_quote(closing)):
        mark = opening if _is_quote(opening) else closing
        return Advice(
            f"the value of {line.name} has {named(mark)} at one end.", "Take the quote marks away; none are needed."
        )
    value = _unquoted(value)
    if line.name == KEY:
        return _in_key(value)
    for character in value:
        if unicodedata.category(character) in _INVISIBLE and character != " ":
            return Advice(
                f"the value of {line.name} holds {named(character)}, which is hard to see.", "Type the value again."
            )
    return None


def _in_key(value: str) -> Advice | None:
    advice = impossible(Secret(value)) if value else None
    return advice and Advice(advice.problem[0].lower() + advice.problem[1:], advice.next_step)


def _repeated(lines: list[Line]) -> Iterator[Advice]:
    last: dict[str, Line] = {}
    for line in lines:
        before = last.get(line.name)
        if before and line.name in VARIABLES and _unquoted(before.value) != _unquoted(line.value):
            yield Advice(
                f"line {line.number}: {line.name} was set in line {before.number} already; the last one counts.",
                "Keep one of them.",
            )
        last[line.name] = line


def _unquoted(value: str) -> str:
    if value[:1] in ("'", '"'):
        return value[1:].partition(value[0])[0]
    return re.sub(r"\s+#.*", "", value).rstrip()


def _is_quote(character: str) -> bool:
    return unicodedata.category(character) in ("Pi", "Pf") or character in "\"'`´＂＇「」『』"


def _difference(name: str, meant: str) -> str:
    if name.upper() == meant:
        return ": case matters"
    odd = next((c for c in name if not (c.isascii() and (c.isalnum() or c == "_"))), None)
    return f": it holds {named(odd)}" if odd else ""
