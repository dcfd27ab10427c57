"""What the tutor is asked and what it answers: the border between the wire and the skills."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Language = Literal["en", "zh"]


@dataclass(frozen=True)
class ToolCall:
    """A declared function and the arguments to call it with, as JSON text."""

    name: str
    arguments: str


@dataclass(frozen=True)
class Message:
    """One message of the request, its content flattened to text."""

    role: str
    text: str
    tool_calls: tuple[ToolCall, ...] = ()


@dataclass(frozen=True)
class Tool:
    """A function that the caller declared; `parameters` is its JSON schema."""

    name: str
    description: str = ""
    parameters: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One request, as far as it bears on the answer. The same question always has the same answer."""

    messages: tuple[Message, ...]
    model: str = "qwen-plus"
    thinking: bool = False
    thinking_budget: int | None = None  # tokens; None where the model's own limit is far off
    tools: tuple[Tool, ...] = ()
    tool_choice: str = "auto"  # "auto", "none", "required" or the name of one tool
    parallel_tool_calls: bool = False
    json_schema: dict | None = None  # {} asks for any JSON object
    temperature: float = 0.7
    top_p: float = 0.8
    seed: int | None = None
    choice: int = 0  # which of the `n` answers this is

    @property
    def text(self) -> str:
        """The last thing that the user said."""
        return next((m.text for m in reversed(self.messages) if m.role == "user"), "")

    @cached_property
    def language(self) -> Language:
        """The language to answer in: Chinese as soon as the user's last words hold Chinese characters."""
        return "zh" if re.search(r"[\u3400-\u9fff]", self.text) else "en"


@dataclass(frozen=True)
class Draft:
    """What a skill offers. `hasty` is the answer it would blurt out without thinking, where that differs."""

    content: str
    thinking: str = ""
    hasty: str | None = None
    tool_calls: tuple[ToolCall, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What goes out: the thinking that fitted the budget, and the content that follows from it."""

    content: str
    thinking: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
