"""The way to a host as the SDK would have chosen it: proxies, limits, certificates.

An SDK client that is given a transport of its own no longer looks at the proxy variables of the environment, nor does
it hand its connection limits on. So this does both, and leaves out what only does harm: a proxy for this machine.
"""

import os
import ssl
from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.request import getproxies, proxy_bypass_environment

import httpx2
from openai import DEFAULT_CONNECTION_LIMITS

from helpers.config.settings import SettingsError

_LOOPBACK = ("127.0.0.1", "localhost")


def transport_options(base_url: str) -> dict[str, Any]:
    """The arguments with which httpx2.HTTPTransport and AsyncHTTPTransport reach this base URL.

    Raises SettingsError where the environment names a proxy that cannot be used.
    """
    url = httpx2.URL(base_url)
    options: dict[str, Any] = {"limits": DEFAULT_CONNECTION_LIMITS, "proxy": proxy_for(url)}
    if url.scheme == "http" and is_loopback(url.host):
        # Reading the system's certificates takes longer than starting the endpoint. This context trusts none of them:
        # it fails safe, should the server send the client on to an https address.
        options["verify"] = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return options


def proxy_for(url: httpx2.URL) -> str | None:
    """The proxy that the environment, or the system's settings, name for a URL. Asks no DNS.

    NO_PROXY is read as the SDK does, with networks (10.0.0.0/8). Raises SettingsError for a proxy that cannot be used.
    """
    proxies = getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if not proxy or is_loopback(url.host) or _spared(url, proxies):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    _check(proxy.partition("://")[0].lower())
    return proxy


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def keep_loopback_direct() -> None:
    """See to it that a client made without these helpers reaches this machine without a proxy as well.

    Only where the environment names proxies: elsewhere a lone NO_PROXY would hide the proxies of the system's
    settings from Python.
    """
    named = {name.lower() for name, value in os.environ.items() if value}
    if named.isdisjoint({"http_proxy", "https_proxy", "all_proxy"}):
        return
    spared = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    listed = [host.strip() for host in spared.split(",") if host.strip()]
    if "*" not in listed:
        value = ",".join([*listed, *(host for host in _LOOPBACK if host not in listed)])
        os.environ["no_proxy"] = os.environ["NO_PROXY"] = value


def _spared(url: httpx2.URL, proxies: dict[str, str]) -> bool:
    host = f"{url.host}:{url.port}" if url.port else url.host
    return bool(proxy_bypass_environment(host, proxies)) or any(
        _in_network(url.host, entry.strip()) for entry in proxies.get("no", "").split(",") if "/" in entry
    )


def _in_network(host: str, network: str) -> bool:
    try:
        return ip_address(host) in ip_network(network, strict=False)
    except ValueError:
        return False


def _check(scheme: str) -> None:
    """Only the scheme is ever named: a proxy's address may hold a password."""
    instead = "or set HTTPS_PROXY to the HTTP port of the same program, as in http://127.0.0.1:PORT."
    if scheme not in ("http", "https", "socks5", "socks5h"):
        raise SettingsError(
            f"The proxy settings of this machine name a {scheme}:// proxy, which the SDK cannot use.",
            f"Write socks5:// if it is one of that kind, {instead}",
        )
    if scheme.startswith("socks") and find_spec("socksio") is None:
        raise SettingsError(
            "The proxy settings of this machine name a SOCKS proxy, for which a package is missing.",
            f'Run pip install "httpx2[socks]" and restart the kernel, {instead}',
        )
