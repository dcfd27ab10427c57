"""Asking an endpoint for its models, which costs no tokens: does it answer, does it take the key, what does it offer?

The doctor and the key form both say what is found here, in the same words. A key goes to the base URL that was
asked for and, once that refused it, to hosts of the catalogue only.
"""

import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from helpers.catalogue import Region
from helpers.config.advice import Advice
from helpers.config.api_key import Secret, holds_key, unlikely
from helpers.config.base_url import host_of, region_of
from helpers.config.settings import SettingsError

if TYPE_CHECKING:
    import httpx2

SECONDS = 8.0
"""How long an endpoint may take for each step: connecting, sending, each piece of the answer."""

_UNUSABLE_CERTIFICATES = Advice(
    "The root certificates cannot be read, so nobody could be trusted.",
    "Let SSL_CERT_FILE name a readable file in PEM form, or unset it and SSL_CERT_DIR.",
)


@dataclass(frozen=True)
class Answer:
    """What one endpoint said to `GET /models`.

    verdict: "accepted" (models is what it offers), "refused" (the key is not one of its own), "unclear" (it
    answered, but not about the key), "unreachable" (nothing was heard). All but the first come with advice.
    """

    verdict: Literal["accepted", "refused", "unclear", "unreachable"]
    models: tuple[str, ...] = ()
    advice: Advice | None = None
    region: Region | None = None  # the region whose key it is, where that was asked and found


def ask(base_url: str, key: Secret, *, seconds: float = SECONDS) -> Answer:
    """`GET {base_url}/models` with the key (contract 10). Never raises for what the network or the server does."""
    # Both come with openai; the doctor has to be able to say that they are missing.
    import httpx2

    from helpers.network import transport_options

    try:
        transport = httpx2.HTTPTransport(**transport_options(base_url))
    except SettingsError as error:  # a proxy that the SDK cannot use
        return Answer("unreachable", advice=error.advice)
    except httpx2.InvalidURL:
        return Answer("unreachable", advice=Advice(f"{base_url} is no web address.", "Correct BAILIAN_BASE_URL."))
    except OSError:
        return Answer("unreachable", advice=_UNUSABLE_CERTIFICATES)
    try:
        with httpx2.Client(transport=transport, timeout=seconds) as client:
            response = client.get(base_url.rstrip("/") + "/models", headers={"Authorization": f"Bearer {key.reveal()}"})
    except (httpx2.HTTPError, OSError, ValueError) as error:
        return Answer("unreachable", advice=_unreachable(error, base_url))
    return _answer(response, base_url, key)


def check(base_url: str, key: Secret, regions: Mapping[str, Region], *, announce: Callable[[str], object]) -> Answer:
    """Ask the endpoint and, if a host of the catalogue refuses the key, find out which other one takes it.

    Before the key goes to another host, `announce` gets a sentence that says to which ones.
    """
    answer = ask(base_url, key)
    if answer.verdict != "refused" or region_of(base_url, regions) is None:
        return answer
    others = [region for region in candidates(key, regions) if host_of(region.shared) != host_of(base_url)]
    if others:
        announce(f"{host_of(base_url)} refuses the key {key}. Asking Alibaba's other hosts: {_names(others)}.")
    for region, other in _asked(key, others):
        if other.verdict == "accepted":
            return Answer("refused", advice=_belongs(key, region, base_url), region=region)
    return Answer("refused", advice=_no_home(f"{host_of(base_url)} refuses the key {key}.", key, regions))


def search(key: Secret, regions: Mapping[str, Region], *, announce: Callable[[str], object]) -> Answer:
    """Find the region that takes the key by asking one host after the other, Beijing first."""
    asked = candidates(key, regions)
    announce(f"Asking Alibaba's hosts in turn with the key {key}: {_names(asked)}.")
    answers = []
    for region, answer in _asked(key, asked):
        if answer.verdict == "accepted":
            return Answer("accepted", answer.models, region=region)
        answers.append(answer)
    if any(answer.verdict == "refused" for answer in answers):
        return Answer("refused", advice=_no_home(f"No host takes the key {key}.", key, regions))
    return answers[0]


def candidates(key: Secret, regions: Mapping[str, Region]) -> list[Region]:
    """The regions that could take the key and have a host for all keys; plans take only their own (contract 1.1)."""
    return [region for region in regions.values() if region.shared and region.plan == key.is_plan_key]


def _asked(key: Secret, regions: Iterable[Region]) -> Iterator[tuple[Region, Answer]]:
    """One after the other, so that the key goes to no more hosts than it has to."""
    return ((region, ask(region.shared, key)) for region in regions)


def _names(regions: Iterable[Region]) -> str:
    return ", ".join(f"{region.name} ({host_of(region.shared)})" for region in regions)


# ── What an answer means ─────────────────────────────────────────────────────────────────────────────────────────


def _answer(response: "httpx2.Response", base_url: str, key: Secret) -> Answer:
    host, status = host_of(base_url), response.status_code
    body = _json(response)
    if status == 200:
        models = _ids(body, key)
        if models is None:
            return Answer("unclear", advice=_not_openai(host))
        return Answer("accepted", models)
    if status == 401:
        problem = f"{host} refuses the key {key} (401)."
        return Answer("refused", advice=Advice(problem, "Copy the key again from the service that it was made by."))
    if 300 <= status < 400:
        return Answer("unclear", advice=_not_openai(host))
    return Answer("unclear", advice=_by_status(status, host, _code(body, key)))


def _by_status(status: int, host: str, code: str) -> Advice:
    said = f"{host} answers with status {status}{f' ({code})' if code else ''}."
    if status == 403:
        return Advice(
            f"{said} It knows the key, but does not allow this.",
            "Look at the key's rights in the console: workspace, models, IP addresses (权限、IP 白名单).",
        )
    if status == 404:
        return Advice(
            f"{said} There is no list of models under this base URL.",
            "Check the path of BAILIAN_BASE_URL: for Bailian it ends with /compatible-mode/v1.",
        )
    if status == 429:
        return Advice(f"{said} Too many requests.", "Wait a minute and try again.")
    if code == "Arrearage":
        return Advice(f"{said} The account is in arrears.", "Top it up in the console (费用 / Billing).")
    if status >= 500:
        return Advice(f"{said} The trouble is on its side.", "Try again in a few minutes.")
    return Advice(said, "Check BAILIAN_BASE_URL.")


def _not_openai(host: str) -> Advice:
    return Advice(
        f"{host} answers, but not as an OpenAI-compatible endpoint.",
        "Check BAILIAN_BASE_URL; a network that wants you to sign in first, or a proxy, may answer in its place.",
    )


def _no_home(problem: str, key: Secret, regions: Mapping[str, Region]) -> Advice:
    """For a key that Alibaba's shared hosts refuse, all of them."""
    if advice := unlikely(key):
        return Advice(f"{problem} {advice.problem}", advice.next_step)
    without_shared_host = " or ".join(region.name for region in regions.values() if not region.shared)
    elsewhere = f"another workspace or to {without_shared_host}" if without_shared_host else "another workspace"
    return Advice(
        problem,
        "Copy the key again from the console. A key that is right there was disabled or reset, or belongs to "
        f"{elsewhere}: then set BAILIAN_BASE_URL to the API Host that the console shows beside it.",
    )


def _belongs(key: Secret, region: Region, base_url: str) -> Advice:
    return Advice(
        f"{host_of(base_url)} refuses the key {key}, but {region.name} takes it.",
        f"Set BAILIAN_REGION={region.id}, without BAILIAN_BASE_URL: a key works only where it was made.",
    )


def _json(response: "httpx2.Response") -> object:
    try:
        return response.json()
    except ValueError:
        return None


def _ids(body: object, key: Secret) -> tuple[str, ...] | None:
    """The ids of a model list, or None if this is none. What could not be shown safely is left out."""
    data = body.get("data") if isinstance(body, dict) else None
    if not isinstance(data, list):
        return None
    ids = (entry.get("id") for entry in data if isinstance(entry, dict))
    return tuple(id_ for id_ in ids if isinstance(id_, str) and id_.isprintable() and not _leaks(id_, key))


def _code(body: object, key: Secret) -> str:
    """The error code, if it is a plain word: the rest of an answer might repeat the key."""
    error = body.get("error") if isinstance(body, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    if isinstance(code, str) and re.fullmatch(r"(?a)[\w.-]{1,60}", code) and not _leaks(code, key):
        return code
    return ""


def _leaks(text: str, key: Secret) -> bool:
    return holds_key(text) or bool(key and key.reveal() in text)


# ── Why nothing was heard ────────────────────────────────────────────────────────────────────────────────────────


def _unreachable(error: Exception, base_url: str) -> Advice:
    import httpx2

    host = host_of(base_url)
    causes = list(_causes(error))
    proxy = _proxy(base_url)
    via = f" (through the proxy {proxy})" if proxy else ""

    def caused_by(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if caused_by(httpx2.ProxyError):
        return Advice(
            f"The proxy {proxy or 'of this machine'} does not let the call to {host} through.",
            "Check HTTPS_PROXY or the system's proxy, or add the host to NO_PROXY.",
        )
    if caused_by(ssl.SSLCertVerificationError):
        return Advice(
            f"The certificate of {host}{via} cannot be trusted.",
            "Check the clock of this machine; in a company network that reads along, let SSL_CERT_FILE name the "
            "file with the company's root certificate.",
        )
    if caused_by(ssl.SSLError):
        return Advice(
            f"{host}{via} does not speak TLS as expected.",
            "Check whether https:// or http:// is the right beginning of the address.",
        )
    if caused_by(socket.gaierror):
        what = f"the proxy {proxy}" if proxy else host
        return Advice(
            f"The name of {what} cannot be found (DNS).",
            "Check the spelling and whether this machine is online: does a browser open the console?",
        )
    if caused_by(httpx2.TimeoutException, TimeoutError):
        return Advice(
            f"{host}{via} does not answer in time.",
            "Check the network, a firewall, or whether a proxy is needed (HTTPS_PROXY); then try again.",
        )
    if caused_by(ConnectionRefusedError):
        what = f"The proxy {proxy}" if proxy else host
        return Advice(
            f"{what} refuses the connection: nothing listens there.",
            "Start the server or the proxy program, or correct the address.",
        )
    if caused_by(ConnectionResetError, httpx2.RemoteProtocolError, httpx2.ReadError):
        return Advice(
            f"{host}{via} broke the connection off.",
            "Check whether https:// or http:// is the right beginning of the address; a firewall does this as well.",
        )
    return Advice(
        f"{host}{via} cannot be reached ({type(error).__name__}).", "Check the network and the address, then try again."
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _proxy(base_url: str) -> str:
    """Host and port of the proxy that calls to this URL take, without the password that it may have; "" if none."""
    import httpx2

    from helpers.network import proxy_for

    proxy = proxy_for(httpx2.URL(base_url))
    return host_of(proxy).rpartition("@")[2] if proxy else ""
