"""Base URLs: which ones a key may be sent to, and whose they are. Standard library only."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from helpers.catalogue import Region
from helpers.config.advice import Advice
from helpers.config.api_key import holds_key

_NAMES_OF_LOCAL_NETWORKS = (".localhost", ".local", ".lan", ".internal", ".home.arpa")
_OPERATION = "/chat/completions"


def tidy(text: str, regions: Mapping[str, Region]) -> str:
    """The base URL without spaces and final slashes; a bare API Host of the catalogue gets https:// and its path."""
    url = text.strip().rstrip("/")
    if "://" not in url and region_of(f"https://{url}", regions):
        url = f"https://{url}"
    region = region_of(url, regions)
    if region and not _split(url).path:
        url += _split(regions[region].shared or regions[region].workspace or "").path
    return url


def mistake(url: str, regions: Mapping[str, Region]) -> Advice | None:
    """Why nothing should be sent to this base URL, or None if it can be used.

    Plain http is taken within this machine and the local network only: elsewhere anyone on the way could read the key.
    """
    form = "The form is https://HOST/compatible-mode/v1; the console shows HOST beside a key as API Host."
    if holds_key(url) or "@" in url:
        return Advice(
            "The base URL holds a key or a password.", "A key belongs into DASHSCOPE_API_KEY and nowhere else."
        )
    if "{" in url or "xxxx" in url:
        return Advice(f"The base URL {url} is an example.", f"Put your own workspace's host there. {form}")
    parts = _split(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or any(c.isspace() for c in url):
        return Advice(f"The base URL {url} is not a web address.", form)
    if parts.query or parts.fragment:
        return Advice(f"The base URL {url} has something after the path.", "Leave out the part from ? or # on.")
    if parts.path.endswith(_OPERATION):
        return Advice(f"The base URL {url} names one operation.", f"Leave out {_OPERATION}: the SDK adds it by itself.")
    if parts.scheme == "http" and not is_local(url) and region_of(url, regions) is None:
        return Advice(
            f"The base URL {url} is not encrypted, so anyone on the way could read the key.",
            "Write https:// instead; http:// is taken for this machine and the local network only.",
        )
    return None


def is_local(url: str) -> bool:
    """Whether the host is this machine or one of its local network, judged by address or name without asking DNS."""
    host = (_split(url).hostname or "").lower()
    try:
        address = ip_address(host)
    except ValueError:
        return bool(host) and ("." not in host or host.endswith(_NAMES_OF_LOCAL_NETWORKS))
    return address.is_loopback or address.is_private


def region_of(url: str, regions: Mapping[str, Region]) -> str | None:
    """The id of the region whose shared or workspace host this is, or None for anybody else's (contract 1.1)."""
    host = _split(url).netloc.lower()
    for region in regions.values():
        if region.shared and host == _split(region.shared).netloc:
            return region.id
    for region in regions.values():
        if region.workspace and host.endswith(_split(region.workspace).netloc.removeprefix("{WorkspaceId}")):
            return region.id
    return None


def host_of(url: str) -> str:
    """Host and port, the part of a base URL that a message needs."""
    return _split(url).netloc


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  reading it is what checks it
    except ValueError:  # a malformed port or IPv6 address
        return SplitResult("", "", "", "", "")
    return parts
