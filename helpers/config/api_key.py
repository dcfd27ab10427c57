"""The API key: kept out of sight, and what its look tells before it is sent anywhere. Standard library only."""

import hmac
import re
from typing import NoReturn

from helpers.config.advice import Advice, named

PRACTICE_KEY = "sk-practice"
"""The one key that the endpoints of this series on this machine take, and that no other ever sees."""

_KEY_INSIDE = re.compile(r"(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{8,}")
_PLACEHOLDER = re.compile(r"(?:sk-)?x{3,}|.*(?:your|my)[-_ ]?.*key.*|.*[<>{}].*|.*(?:替换|你的|您的).*", re.IGNORECASE)
_SHORTEST_SHOWN = 12  # below this, four characters would be too much of the whole
_SHORTEST_LIKELY = 16  # the length of a key is not documented; every one seen in public is longer


class Secret:
    """Text that is seen only through `reveal()`.

    str(), repr(), format() and f-strings show `sk-****` and its last four characters at most, and none of them
    of a text under twelve. It compares and hashes by its text, survives `copy` and `dataclasses.asdict`, and
    refuses pickling, so that neither `%store` nor a cache can write it down.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself. Hand it to an HTTP client or to the `.env` file; never print it."""
        return self._text

    @property
    def is_plan_key(self) -> bool:
        """Whether the key is one of a Coding Plan or Token Plan (contract 1.1)."""
        return self._text.startswith("sk-sp-")

    def __str__(self) -> str:
        if not self._text:
            return "none"
        start = "sk-" if self._text.startswith("sk-") else ""
        return f"{start}****{self._text[-4:] if len(self._text) >= _SHORTEST_SHOWN else ''}"

    def __repr__(self) -> str:
        return f"Secret({str(self)!r})"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(
            self._text.encode(errors="surrogatepass"), other._text.encode(errors="surrogatepass")
        )

    def __hash__(self) -> int:
        return hash(self._text)

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, memo: dict) -> "Secret":
        return self

    def __reduce_ex__(self, protocol: int) -> NoReturn:
        raise TypeError("A Secret cannot be pickled: that would write the key down. Keep it in .env and load it.")


def holds_key(text: str) -> bool:
    """Whether something in the text looks like a key, so that the text must not be shown."""
    return bool(re.search(_KEY_INSIDE, text))


def unsendable(key: Secret) -> Advice | None:
    """Why no HTTP header can carry this, or None."""
    for character in key.reveal():
        if not "!" <= character <= "~":
            return Advice(
                f"The key holds a character that no key has: {named(character)}.",
                "Copy the key again from where it was created and paste it; chat and office programs change "
                "dashes, quotes and spaces.",
            )
    return None


def impossible(key: Secret) -> Advice | None:
    """Why this cannot be a key of Bailian, or None. Certain enough to send nothing."""
    text = key.reveal()
    if text.lower().startswith("bearer"):
        return Advice(
            "The key begins with the word Bearer, which belongs to the HTTP header.",
            "Keep only the part from sk- on.",
        )
    if any(part in text for part in ("*", "…", "...")):
        return Advice(
            "The key is the shortened form that the console lists.",
            "A key is shown in full only once, when it is created: create a new one (创建 API Key) and copy that.",
        )
    if re.fullmatch(_PLACEHOLDER, text):
        return Advice(
            "The key is a placeholder from an example.",
            "Put your own key there, from the console's API Key page.",
        )
    if advice := unsendable(key):
        return advice
    if text[0] in "\"'`" or text[-1] in "\"'`":
        return Advice(
            "The key has a quote mark at one of its ends.",
            "Take the quote marks away, or give both the same straight one.",
        )
    if text.startswith("LTAI"):
        return Advice(
            "This is an AccessKey ID of Alibaba Cloud, which is another thing than a Bailian API key.",
            "Create an API key on the API Key page of the Bailian console; it begins with sk-.",
        )
    return None


def unlikely(key: Secret) -> Advice | None:
    """Why this is probably not a Bailian key, or None. Other makers' keys may look so (contract 1.3)."""
    text = key.reveal()
    if not text.startswith("sk-"):
        return Advice(
            "The key does not begin with sk-, as the keys of Bailian do.",
            "Copy the whole key from the console's API Key page.",
        )
    if len(text) < _SHORTEST_LIKELY and text != PRACTICE_KEY:
        return Advice(
            f"The key has only {len(text)} characters and seems to be cut off.",
            "Copy the whole key again from where it was created.",
        )
    return None
