"""The tutor's texts and word lists, as TOML files."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def load(name: str) -> dict:
    """What stands in data/`name`.toml; `name` may hold folders, as in "writing/en"."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
