"""Hiding the key of one request wherever it turns up: in headers, in the URL, in bodies, in answers that echo it.

The key to hide is the one that the request itself carries, so this needs no settings and works for any client.
"""

import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote

_CARRIERS = ("authorization", "proxy-authorization", "api-key", "x-api-key")
# Placeholders such as "none" or "EMPTY" are no secret, and hiding them would blot out ordinary words.
_SHORTEST = 8
# Below this, four characters would be too much of the whole.
_SHORTEST_SHOWN = 12


def hidden(key: str, *, stars: int | None = None) -> str:
    """`sk-****last4`. Without a number of stars it is as long as the key, so that offsets in a body still hold."""
    start = "sk-" if key.startswith("sk-") else ""
    end = key[-4:] if len(key) >= _SHORTEST_SHOWN else ""
    return start + "*" * (len(key) - len(start) - len(end) if stars is None else stars) + end


def _spellings(key: str) -> Iterator[str]:
    """The forms in which a server may echo the key: plain, in a URL, in JSON."""
    yield key
    yield quote(key)
    yield quote(key, safe="")
    yield json.dumps(key)[1:-1]
    yield key.replace("/", r"\/")


class Mask:
    """Knows the secrets of one request and replaces them; shows nothing of them, and is pickled without them."""

    __slots__ = ("_pairs",)

    def __init__(self, headers: Mapping[str, str] | None = None) -> None:
        words = {word for name in _CARRIERS for word in (headers or {}).get(name, "").split()}
        keys = (word for word in words if len(word) >= _SHORTEST)
        self._pairs = {spelled: hidden(spelled) for key in keys for spelled in _spellings(key)}

    def text(self, text: str) -> str:
        """`text` with every secret replaced by stars, as many as it had characters."""
        for secret, stars in self._pairs.items():
            text = text.replace(secret, stars)
        return text

    def bytes(self, data: bytes) -> bytes:
        """The same for bytes."""
        for secret, stars in self._pairs.items():
            data = data.replace(secret.encode(), stars.encode())
        return data

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Headers by lower-case name; those that carry a key are shown as `Bearer sk-****last4`."""
        return {
            name.lower(): _carrier(value) if name.lower() in _CARRIERS else self.text(value)
            for name, value in headers.items()
        }

    def __repr__(self) -> str:
        return "Mask()"

    def __reduce__(self) -> tuple[type["Mask"], tuple[()]]:
        return Mask, ()


def _carrier(value: str) -> str:
    scheme, _, key = value.partition(" ")
    return f"{scheme} {hidden(key, stars=4)}" if scheme.lower() == "bearer" else "****"
