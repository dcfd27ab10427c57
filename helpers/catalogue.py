"""The models, prices, limits and addresses of catalogue.toml, typed. Standard library only."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

FILE = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True)
class Price:
    """What a call costs, per million tokens, while the prompt has at most `up_to` tokens."""

    input: float
    output: float
    thinking_output: float | None = None  # price of all output of a call that thought, where it differs
    up_to: int | None = None

    def of(self, prompt_tokens: int, completion_tokens: int, *, thought: bool = False) -> float:
        """The price of one call, in the currency of this price."""
        output = self.thinking_output if thought and self.thinking_output is not None else self.output
        return (prompt_tokens * self.input + completion_tokens * output) / 1_000_000


@dataclass(frozen=True)
class Model:
    """One model id and what is known of it; None where nothing is. Lengths are in tokens."""

    id: str
    maker: str
    kind: Literal["text", "omni", "image", "embedding"] = "text"
    thinking: Literal["on", "off", "only", "none"] = "none"
    needs_stream: Literal["never", "thinking", "always"] = "never"
    opening: Literal["empty", "text"] = "empty"
    context: int | None = None
    max_input: int | None = None
    max_input_thinking: int | None = None
    max_output: int | None = None
    max_output_thinking: int | None = None
    max_thinking: int | None = None
    soft_switch: bool = False
    effort: tuple[str, ...] = ()
    preserve: bool | None = None
    price: tuple[Price, ...] = ()
    usd: Price | None = None

    @property
    def chats(self) -> bool:
        """Whether chat/completions answers for this model at all."""
        return self.kind in ("text", "omni")

    def yuan(self, prompt_tokens: int, completion_tokens: int, *, thought: bool = False) -> float | None:
        """The price of one call in yuan (Beijing), or None where the catalogue has none for that length."""
        for tier in self.price:
            if tier.up_to is None or prompt_tokens <= tier.up_to:
                return tier.of(prompt_tokens, completion_tokens, thought=thought)
        return None


@dataclass(frozen=True)
class Region:
    """A place where the service runs, with the base URL that all its keys share, if it has one."""

    id: str
    name: str
    name_zh: str
    console: str
    aliases: tuple[str, ...] = ()
    shared: str | None = None
    workspace: str | None = None
    plan: bool = False


@cache
def _file() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def models() -> dict[str, Model]:
    """Every model of the catalogue by its id. Ids are case-sensitive, as they are for the service."""
    found = {}
    for entry in _file()["model"]:
        fields = {name: value for name, value in entry.items() if name != "ids"}
        fields["price"] = tuple(Price(**tier) for tier in fields.get("price", ()))
        fields["usd"] = Price(**fields["usd"]) if "usd" in fields else None
        fields["effort"] = tuple(fields.get("effort", ()))
        found.update((id_, Model(id=id_, **fields)) for id_ in entry["ids"])
    return found


@cache
def regions() -> dict[str, Region]:
    """Every region of the catalogue by its id, in the file's order."""
    return {entry["id"]: Region(**{**entry, "aliases": tuple(entry["aliases"])}) for entry in _file()["region"]}


def default_model() -> str:
    """The model that the notebooks call unless BAILIAN_MODEL names another."""
    return _file()["default_model"]


def checked() -> str:
    """The day on which the catalogue was last held against its sources, as YYYY-MM-DD."""
    return _file()["checked"]
