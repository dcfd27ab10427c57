"""From the settings to a client: the plain SDK with the tap under it, and a badge that says where calls go."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx2
from openai import AsyncOpenAI, DefaultAsyncHttpxClient, DefaultHttpxClient, OpenAI

from helpers import local
from helpers.badge import badge
from helpers.catalogue import models
from helpers.config.api_key import Secret
from helpers.config.dotenv_file import REPOSITORY
from helpers.config.dotenv_mistakes import near_names
from helpers.config.settings import Settings, SettingsError
from helpers.display import show
from helpers.local.lacks import Notes
from helpers.network import keep_loopback_direct, transport_options
from helpers.tap import AsyncTapTransport, TapTransport

if TYPE_CHECKING:
    from helpers.practice.server import Endpoint


class CannotConnect(SettingsError):
    """Why there is no client, and what to do. A notebook shows this one message instead of a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def connect(*, model: str | None = None) -> tuple[OpenAI, str]:
    """A plain `openai.OpenAI` and the id of the model to call; shows the badge.

    Without a key the client talks to the practice endpoint, which is started for it on this machine; with one, to
    Bailian or to the server that BAILIAN_BASE_URL names; with BAILIAN_ENDPOINT=local, to a small real model on this
    machine. Nothing is sent before the first call. `model` goes before BAILIAN_MODEL.

    Raises CannotConnect with one sentence and the next step where the settings cannot work.
    """
    target = _target(model)
    tap = TapTransport(httpx2.HTTPTransport(**target.transport))
    client = OpenAI(
        base_url=target.base_url,
        api_key=target.api_key.reveal(),
        http_client=DefaultHttpxClient(transport=tap, event_hooks={"request": [note.hear for note in target.notes]}),
    )
    show(*target.badge)
    return client, target.model


def connect_async(*, model: str | None = None) -> tuple[AsyncOpenAI, str]:
    """The same with a plain `openai.AsyncOpenAI`, whose calls are awaited."""
    target = _target(model)
    tap = AsyncTapTransport(httpx2.AsyncHTTPTransport(**target.transport))
    client = AsyncOpenAI(
        base_url=target.base_url,
        api_key=target.api_key.reveal(),
        http_client=DefaultAsyncHttpxClient(
            transport=tap, event_hooks={"request": [note.hear_async for note in target.notes]}
        ),
    )
    show(*target.badge)
    return client, target.model


def neighbor() -> tuple[str, str, str]:
    """Base URL, key and model of another vendor: a second server on this machine, for the lesson on migration.

    It is the small real model where that is installed and the calls do not go to it anyway (BAILIAN_ENDPOINT=local),
    nor to nothing but the practice endpoint (BAILIAN_ENDPOINT=practice); otherwise another practice endpoint.

    Raises CannotConnect as `connect` does.
    """
    with _in_one_message():
        settings = Settings.load()
        if settings.endpoint in ("auto", "live") and local.installed():
            endpoint = _local()
        else:
            from helpers.practice.server import start_neighbor  # a web server, which live calls have no use for

            endpoint = _started(start_neighbor, pace=settings.pace)
    return endpoint.base_url, endpoint.api_key, endpoint.model


class _Target(NamedTuple):
    base_url: str
    api_key: Secret
    model: str
    transport: dict[str, Any]
    badge: tuple[str, str]
    notes: list[Notes]


@contextmanager
def _in_one_message() -> Iterator[None]:
    try:
        yield
    except SettingsError as error:
        raise CannotConnect(*error.advice) from None


def _target(model: str | None) -> _Target:
    with _in_one_message():
        settings = Settings.load()
        base_url, key = _place(settings)
        model = model or settings.model
        return _Target(
            base_url,
            key,
            model,
            transport_options(base_url),
            badge(settings, model, list(_remarks(settings, model))),
            [Notes()] if settings.mode == "local" else [],
        )


def _remarks(settings: Settings, model: str) -> Iterator[str]:
    """What will surprise the learner at the first call, or already should: offline, nothing else would say it."""
    if settings.mode != "practice":
        return
    if settings.env_file is None:
        yield from map(str, near_names((Path.cwd(), REPOSITORY)))
    if model not in models():
        nearest = get_close_matches(model.lower(), models(), n=1)
        meant = f" Did you mean {nearest[0]}?" if nearest else ""
        yield f"There is no model {model} in the catalogue; ids are case-sensitive.{meant}"


def _place(settings: Settings) -> tuple[str, Secret]:
    """Base URL and key; an endpoint of this machine is started for it."""
    if settings.base_url is not None:
        return settings.base_url, settings.api_key
    endpoint = _local() if settings.mode == "local" else _practice(settings)
    return endpoint.base_url, Secret(endpoint.api_key)


def _local() -> local.Endpoint:
    keep_loopback_direct()
    return local.start()


def _practice(settings: Settings) -> "Endpoint":
    from helpers.practice.server import start  # as above

    return _started(start, pace=settings.pace, developer_role=settings.developer_role)


def _started(start: "Callable[..., Endpoint]", **options: str) -> "Endpoint":
    keep_loopback_direct()
    try:
        return start(**options)
    except OSError as error:
        raise SettingsError(
            f"The practice endpoint cannot listen on this machine: {error.strerror or error}.",
            "Let Python open a port on 127.0.0.1 in your firewall or sandbox, or add a key to .env to call Bailian.",
        ) from None
