"""Where the endpoints of this package answer, for whom and how fast: what is known before anything is loaded."""

from dataclasses import dataclass
from typing import Literal

from helpers.catalogue import default_model

Pace = Literal["realistic", "instant"]
DeveloperRole = Literal["accept", "refuse"]


@dataclass(frozen=True)
class Place:
    """The path under which an endpoint answers, the key it takes, and a model to ask there."""

    path: str
    key: str
    model: str


PRACTICE = Place("/compatible-mode/v1", "sk-practice", default_model())
NEIGHBOR = Place("/v1", "any-key-will-do", "neighbor-mini")
