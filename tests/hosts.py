"""Regions of the service on 127.0.0.1, each taking its own keys, for what asks an endpoint for its models."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from scripted_server import Received, Reply, ScriptedServer, serving

from helpers.catalogue import Region

MODELS = ("qwen-plus", "qwen-flash", "qwen3-32b", "qwen-image", "MiniMax-M2.5")


def key(word: str) -> str:
    """A key of the usual form, made of a word; written out it would look like a real one."""
    return "sk-" + (word * 24)[:24]


def answer(status: int, body: object) -> Reply:
    """A JSON answer with this status."""
    return Reply([json.dumps(body).encode()], status)


def model_list(ids: tuple[str, ...] = MODELS) -> Reply:
    """The list of models (contract 10)."""
    return answer(200, {"object": "list", "data": [{"id": id_, "object": "model"} for id_ in ids]})


def refusal(received: Received) -> Reply:
    """The answer to a wrong key (contract 7.1), by a server that repeats the key, as some do."""
    given = received.headers.get("authorization", "")
    message = f"Incorrect API key provided: {given}"
    return answer(401, {"error": {"message": message, "param": None, "code": "invalid_api_key"}})


@dataclass(frozen=True)
class Hosts:
    """Running regions, and the keys that arrived at each."""

    regions: dict[str, Region]
    servers: dict[str, ScriptedServer]

    def keys_at(self, region: str) -> list[str]:
        return [received.headers["authorization"] for received in self.servers[region].received]


@contextmanager
def hosts(**keys: str) -> Iterator[Hosts]:
    """Regions by id, each with the one key that it takes; an id with `plan` in it is a plan."""
    regions, servers = {}, {}
    with ExitStack() as running:
        for id_, accepted in keys.items():
            servers[id_] = running.enter_context(serving(_taking(accepted)))
            regions[id_] = Region(
                id=id_,
                name=id_.title(),
                name_zh=id_,
                console="https://console.example",
                shared=servers[id_].base_url,
                plan="plan" in id_,
            )
        yield Hosts(regions, servers)


def _taking(accepted: str) -> Callable[[Received], Reply]:
    def respond(received: Received) -> Reply:
        if received.headers.get("authorization") == f"Bearer {accepted}":
            return model_list()
        return refusal(received)

    return respond
