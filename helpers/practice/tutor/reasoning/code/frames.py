"""What a run of a program consists of: its record, its frames of names, its functions, and the ways out of a block."""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Run:
    """What a program did. `value` is the repr of its last line where that is an expression, as the prompt shows it."""

    output: str = ""
    value: str | None = None
    error: str | None = None  # "ZeroDivisionError: division by zero"
    variables: dict[str, str] = field(default_factory=dict)  # the repr of each that has one
    trace: list[str] = field(default_factory=list)  # "line 2: x = 3", "print: 3"
    traps: list[str] = field(default_factory=list)  # that a naive reader walked into, see Reader._trap


class Frame:
    """The names of one call, or of the module; `parent` is where the function was defined."""

    def __init__(self, parent: "Frame | None" = None, local: frozenset[str] = frozenset()) -> None:
        self.names: dict[str, Any] = {}
        self.parent = parent
        self.local = local  # names that are assigned somewhere in the function
        self.outside: dict[str, Frame] = {}  # names declared global or nonlocal


class Function:
    """A function of the program. `call` carries it out, so that Python's own sorted() or map() can call it too."""

    def __init__(
        self,
        call: "Callable[[Function, tuple[Any, ...], dict[str, Any]], Any]",
        node: ast.FunctionDef | ast.Lambda,
        frame: Frame,
        defaults: list[Any],
        kw_defaults: list[Any],
    ) -> None:
        self.call = call
        self.node, self.frame = node, frame
        self.defaults, self.kw_defaults = defaults, kw_defaults

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.call(self, args, kwargs)


class Break(Exception):
    """Leaves a loop."""


class Continue(Exception):
    """Begins the next round of a loop."""


class Return(Exception):
    """Leaves a function with a value."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


def assigned(body: list[ast.stmt]) -> frozenset[str]:
    """The names that a function assigns, and so are its own unless it declares them otherwise."""
    names: set[str] = set()
    declared: set[str] = set()
    nodes: list[ast.AST] = list(body)
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
            continue
        if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue
        if isinstance(node, ast.Global | ast.Nonlocal):
            declared |= set(node.names)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        nodes += ast.iter_child_nodes(node)
    return frozenset(names - declared)
