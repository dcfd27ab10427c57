"""Environment variables and `.env` → one frozen Settings: which endpoint, which model, which key."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from helpers import catalogue
from helpers.config import base_url as urls
from helpers.config import dotenv_file
from helpers.config.advice import Advice
from helpers.config.api_key import PRACTICE_KEY, Secret, holds_key, impossible, unsendable

__all__ = ["LOCAL_MODEL", "NO_KEY", "VARIABLES", "Secret", "Settings", "SettingsError"]

VARIABLES = (
    "DASHSCOPE_API_KEY",
    "BAILIAN_ENDPOINT",
    "BAILIAN_REGION",
    "BAILIAN_BASE_URL",
    "BAILIAN_MODEL",
    "BAILIAN_PRACTICE_PACE",
    "BAILIAN_PRACTICE_DEVELOPER_ROLE",
)

# Servers on one's own machine mostly want no key, and clients refuse to work without any.
NO_KEY = Secret("no-key")

# The one model of the server that BAILIAN_ENDPOINT=local starts.
LOCAL_MODEL = "smollm2-135m"


class SettingsError(ValueError):
    """A setting that cannot work. `advice` holds the problem and the next step; str() gives both."""

    def __init__(self, problem: str, next_step: str) -> None:
        self.advice = Advice(problem, next_step)
        super().__init__(str(self.advice))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where calls go and how. Made by `Settings.load()`; safe to print.

    In practice and local mode `region` and `base_url` are None and the key is empty: those endpoints have an address
    and a key only once they run. In local mode `model` is the one that is there, whatever BAILIAN_MODEL says. In live
    mode `region` is None where the base URL is not one of the catalogue.
    """

    endpoint: Literal["auto", "practice", "live", "local"]  # what was asked for
    mode: Literal["practice", "live", "local"]  # what came of it
    region: str | None
    base_url: str | None
    model: str
    api_key: Secret
    pace: Literal["realistic", "instant"]
    developer_role: Literal["accept", "refuse"]
    env_file: Path | None = field(repr=False)  # a path of this machine, which no output should show

    @classmethod
    def load(
        cls,
        *,
        environ: Mapping[str, str] | None = None,
        folder: Path | None = None,
        regions: Mapping[str, catalogue.Region] | None = None,
    ) -> "Settings":
        """Read the environment, then the `.env` found from `folder` (by default the current one).

        The environment wins over the file, and an empty value counts as none. Nothing is written to os.environ.
        Raises SettingsError for a value that is not allowed, or a combination that no endpoint would take.
        """
        given = _Given(os.environ if environ is None else environ, "the environment", dotenv_file.find(folder))
        return cls._decide(given, catalogue.regions() if regions is None else regions)

    @classmethod
    def of(
        cls, values: Mapping[str, str], origin: str, *, regions: Mapping[str, catalogue.Region] | None = None
    ) -> "Settings":
        """The same from these variables alone, which messages say are from `origin`. Raises SettingsError."""
        return cls._decide(_Given(values, origin), catalogue.regions() if regions is None else regions)

    @classmethod
    def _decide(cls, given: "_Given", regions: Mapping[str, catalogue.Region]) -> "Settings":
        endpoint = given.choice("BAILIAN_ENDPOINT", ("auto", "practice", "live", "local"))
        common = {
            "endpoint": endpoint,
            "model": LOCAL_MODEL if endpoint == "local" else given.model(),
            "pace": given.choice("BAILIAN_PRACTICE_PACE", ("realistic", "instant")),
            "developer_role": given.choice("BAILIAN_PRACTICE_DEVELOPER_ROLE", ("accept", "refuse")),
            "env_file": given.env_file,
        }
        here = {"region": None, "base_url": None, "api_key": Secret("")}
        if endpoint in ("practice", "local"):
            return cls(mode=endpoint, **here, **common)  # whatever else is set wrong does not matter then
        base_url = given.base_url(regions)
        # Other servers may take what would be no more than a placeholder for Bailian.
        key = given.key(impossible if base_url is None or urls.region_of(base_url, regions) else unsendable)
        region = given.region(regions)
        local = base_url is not None and urls.is_local(base_url)
        usable_key = bool(key) and (local or key.reveal() != PRACTICE_KEY)
        if endpoint == "auto" and not usable_key and not local:
            return cls(mode="practice", **here, **common)
        if not usable_key and not local:
            raise _no_key(key, given)
        if base_url is None:
            region = region or _default_region(key, regions)
            base_url = _shared_host(regions[region])
        else:
            region = urls.region_of(base_url, regions)
        if region is not None:
            _check_plan(key, regions[region], regions)
        return cls(mode="live", region=region, base_url=base_url, api_key=key or NO_KEY, **common)


class _Given:
    """The variables as they were given, and where each came from."""

    def __init__(self, values: Mapping[str, str], origin: str, env_file: Path | None = None) -> None:
        self.env_file = env_file
        self._first, self._origin = values, origin
        self._file: dict[str, str] = {}
        self._unread: dict[int, Secret] = {}
        if env_file is not None:
            try:
                contents = dotenv_file.read(env_file)
            except OSError as error:
                raise SettingsError(
                    f"{dotenv_file.shown(env_file)} cannot be read ({error.strerror}).",
                    "Give yourself the right to read it, or remove it.",
                ) from None
            self._file, self._unread = contents

    def text(self, name: str) -> str:
        """The value, or "" for none. Raises SettingsError for a line that was meant to give one and does not."""
        if text := self._first.get(name, "").strip() or self._file.get(name, "").strip():
            return text
        for line, written in self._unread.items():
            if name in written.reveal():
                raise SettingsError(
                    f"Line {line} of {dotenv_file.shown(self.env_file)} should set {name}, but cannot be read.",
                    f"The form is {name}=value, with no quote mark or with one at each end.",
                )
        return ""

    def source(self, name: str) -> str:
        if self.env_file and not self._first.get(name, "").strip():
            return dotenv_file.shown(self.env_file)
        return self._origin

    def invalid(self, name: str, problem: str, next_step: str) -> SettingsError:
        text = self.text(name)
        value = "what looks like a key" if holds_key(text) else f'"{text}"'
        return SettingsError(f"{name} is {value} (from {self.source(name)}){problem}", next_step)

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """One of the allowed words, in any case; the first is the default."""
        text = self.text(name).lower() or allowed[0]
        if text not in allowed:
            raise self.invalid(
                name, f", which is none of {', '.join(allowed)}.", "Correct it, or remove it for the first of them."
            )
        return text

    def key(self, mistake: Callable[[Secret], Advice | None]) -> Secret:
        key = Secret(self.text("DASHSCOPE_API_KEY"))
        if key.reveal() == PRACTICE_KEY and not self._first.get("BAILIAN_BASE_URL"):
            # Notebooks lend this one to the environment, for their template cells; it must not hide a saved key.
            key = Secret(self._file.get("DASHSCOPE_API_KEY", "").strip()) or key
        if key and (advice := mistake(key)):
            raise SettingsError(
                f"{advice.problem} (DASHSCOPE_API_KEY, from {self.source('DASHSCOPE_API_KEY')})", advice.next_step
            )
        return key

    def region(self, regions: Mapping[str, catalogue.Region]) -> str | None:
        name = self.text("BAILIAN_REGION").lower()
        for region in regions.values():
            if name in (region.id, *region.aliases):
                return region.id
        if name:
            raise self.invalid("BAILIAN_REGION", ", which is no region.", f"Allowed: {', '.join(regions)}.")
        return None

    def base_url(self, regions: Mapping[str, catalogue.Region]) -> str | None:
        url = urls.tidy(self.text("BAILIAN_BASE_URL"), regions)
        if not url:
            return None
        if advice := urls.mistake(url, regions):
            raise SettingsError(
                f"{advice.problem} (BAILIAN_BASE_URL, from {self.source('BAILIAN_BASE_URL')})", advice.next_step
            )
        return url

    def model(self) -> str:
        model = self.text("BAILIAN_MODEL") or catalogue.default_model()
        if holds_key(model) or any(character.isspace() for character in model):
            raise self.invalid(
                "BAILIAN_MODEL", ", which is no model id.", f"An id looks like {catalogue.default_model()}."
            )
        return model


def _no_key(key: Secret, given: _Given) -> SettingsError:
    if key:
        return SettingsError(
            f"BAILIAN_ENDPOINT is live, but the key (from {given.source('DASHSCOPE_API_KEY')}) is the practice "
            "endpoint's.",
            "Put your own key into DASHSCOPE_API_KEY, or set BAILIAN_ENDPOINT to auto or practice.",
        )
    return SettingsError(
        f"BAILIAN_ENDPOINT is live (from {given.source('BAILIAN_ENDPOINT')}), but there is no key.",
        "Put DASHSCOPE_API_KEY=sk-… into .env (the key form in notebook 01 does it), "
        "or set BAILIAN_ENDPOINT to auto to practice without a key.",
    )


def _default_region(key: Secret, regions: Mapping[str, catalogue.Region]) -> str:
    if key.is_plan_key:
        raise SettingsError(
            "The key begins with sk-sp-, so it is one of a plan, and plans have hosts of their own.",
            f"Set BAILIAN_REGION to your plan: {_plans(regions)}.",
        )
    return next(iter(regions))


def _shared_host(region: catalogue.Region) -> str:
    if region.shared is None:
        raise SettingsError(
            f"{region.name} has no host that all keys share, only one for each workspace.",
            f"Set BAILIAN_BASE_URL to {region.workspace} with your own WorkspaceId; the console "
            f"({region.console}) shows the host beside the key as API Host.",
        )
    return region.shared


def _check_plan(key: Secret, region: catalogue.Region, regions: Mapping[str, catalogue.Region]) -> None:
    """Keys and hosts of a plan do not mix with the others; the service would say no more than 401 (contract 1.1)."""
    if key.is_plan_key and not region.plan:
        raise SettingsError(
            f"The key begins with sk-sp-, so it is one of a plan, and {region.name} does not take it.",
            f"Set BAILIAN_REGION to your plan ({_plans(regions)}) and remove BAILIAN_BASE_URL, or use another key.",
        )
    if region.plan and not key.is_plan_key:
        raise SettingsError(
            f"{region.name} takes only the keys of that plan, which begin with sk-sp-.",
            "Use the plan's key, or set BAILIAN_REGION to the region of the key that you have.",
        )


def _plans(regions: Mapping[str, catalogue.Region]) -> str:
    return ", ".join(region.id for region in regions.values() if region.plan)
