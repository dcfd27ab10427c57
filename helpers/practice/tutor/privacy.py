"""What may be repeated of a user's words: never a key, and never more than a few of them."""

import re

# Kinds of keys: sk-…, sk-sp-… (contract 1.3). Their tail's alphabet is not documented, so take what could be one.
_KEY = re.compile(r"(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)*", re.IGNORECASE)
_READ = 4000  # characters; a quotation needs no more than the beginning


def masked(text: str) -> str:
    """`text` with everything that looks like a key cut down to its last four characters."""
    return _KEY.sub(lambda key: f"sk-…{key[0][-4:]}", text)


def quoted(text: str, limit: int) -> str:
    """The beginning of `text` on one line, without keys, in at most `limit` characters."""
    line = masked(" ".join(text[:_READ].split()))
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
