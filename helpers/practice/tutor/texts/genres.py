"""The kinds of text that the tutor writes."""

from dataclasses import dataclass
from typing import Literal

Genre = Literal[
    "text",
    "story",
    "poem",
    "haiku",
    "classical",
    "email",
    "slogan",
    "title",
    "name",
    "idea",
    "reason",
    "question",
    "step",
    "post",
    "joke",
    "wish",
]

LISTED: tuple[Genre, ...] = (
    "slogan",
    "title",
    "name",
    "idea",
    "reason",
    "question",
    "step",
    "joke",
    "wish",
)  # asked for by number


@dataclass(frozen=True)
class Wanted:
    """A kind of text that a request names, and what it says of it. An empty topic leaves the choice to the writer."""

    genre: Genre
    topic: str = ""
    count: int = 1  # of the items, where the kind is listed
    recipient: str = ""
    noun: str = ""  # what the request calls it
