"""The corpus of what a model could be made to write: hostile.toml, with the addresses of this run put in."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

KINDS = {"script", "request", "navigation", "element", "overlay", "character", "hidden"}
# 100 kB of what makes Markdown parsers go back again and again.
RUNS = {
    "brackets": "[a](" * 25_000,
    "asterisks": "*a **a " * 14_000,
    "backticks": "".join("`" * length + " " for length in range(1, 446)),
}


@dataclass(frozen=True)
class Payload:
    """One text and what shows that it acted; see the head of hostile.toml."""

    id: str
    row: str
    text: str
    acts: frozenset[str]
    naive: str
    seen: str

    @property
    def mark(self) -> str:
        return f"acted-{self.id}"


def payloads(*, outside: str, server: str) -> list[Payload]:
    """All of the file; ``outside`` and ``server`` are origins, such as http://127.0.0.1:8888."""
    corpus = tomllib.loads(Path(__file__).with_name("hostile.toml").read_text(encoding="utf-8"))
    return [_payload(name, entry, outside, server) for name, entry in corpus.items()]


def runs() -> list[Payload]:
    """Those that would keep a page or a kernel busy."""
    return [Payload(f"run-{name}", "run", text, frozenset(), "markdown", "") for name, text in RUNS.items()]


def _payload(name: str, entry: dict, outside: str, server: str) -> Payload:
    acts = frozenset(entry["acts"])
    assert acts <= KINDS, name
    mark = f"acted-{name}"
    text = entry["text"]
    for place, value in {
        "@act@": f"parent.acted('{name}')",
        "@outside@": f"{outside}/{mark}",
        "@server@": server,
        "@mark@": mark,
    }.items():
        text = text.replace(place, value)
    return Payload(name, entry["row"], text, acts, entry.get("naive", "markdown"), entry.get("seen", ""))


def marked(address: str) -> str | None:
    """The mark of the payload that an address comes from."""
    _, found, rest = unquote(address).partition("acted-")
    end = next((n for n, letter in enumerate(rest) if not (letter.isalnum() or letter == "-")), len(rest))
    return f"acted-{rest[:end]}" if found else None
