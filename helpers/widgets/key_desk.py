"""What the key form does with a key: test it and save it. No widgets here, so it is tested without a browser."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from helpers import catalogue
from helpers.config import dotenv_file
from helpers.config.api_key import PRACTICE_KEY, Secret, impossible
from helpers.config.base_url import host_of
from helpers.config.settings import Settings, SettingsError
from helpers.doctor import probe

FIND = "find"
"""Instead of a region's id: try the regions until one takes the key."""


class Request(NamedTuple):
    """What is in the form: the key, a region's id or FIND, and the API Host, mostly empty."""

    key: Secret
    region: str = FIND
    api_host: str = ""


class Reply(NamedTuple):
    """What the form answers, whether it is good news, the region that takes the key, and whether that was saved."""

    good: bool
    text: str
    region: str | None = None
    saved: bool = False


class _Finding(NamedTuple):
    """What became of a request: the service's answer, and where the key would be used (None: nobody knows)."""

    answer: probe.Answer
    region: str | None
    base_url: str | None


class KeyDesk:
    """Tests and saves keys. It remembers the last test until the key is saved, so that saving does not ask again."""

    def __init__(
        self,
        *,
        environ: Mapping[str, str] | None = None,
        folder: Path | None = None,
        regions: Mapping[str, catalogue.Region] | None = None,
    ) -> None:
        self._environ = os.environ if environ is None else environ
        self._folder = folder
        self._regions = catalogue.regions() if regions is None else regions
        self._last: tuple[Request, _Finding] | None = None

    def choices(self) -> list[tuple[str, str]]:
        """The regions to choose from: what is shown, and its value."""
        regions = [(f"{region.name} · {region.name_zh}", region.id) for region in self._regions.values()]
        return [("find it for me · 自动查找", FIND), *regions]

    def test(self, request: Request, announce: Callable[[str], object]) -> Reply:
        """Ask for the list of models with the key, which costs nothing. `announce` hears which hosts get the key."""
        if reply := _without_asking(request):
            return reply
        try:
            finding = self._find_out(request, announce)
        except SettingsError as error:
            return Reply(False, str(error))
        return self._judgment(request.key, finding)

    def save(self, request: Request, announce: Callable[[str], object]) -> Reply:
        """Write the key and where it belongs to `.env`, unless the service refuses it."""
        if reply := _without_asking(request):
            return reply
        try:
            finding = self._find_out(request, announce)
        except SettingsError as error:
            return Reply(False, f"Not saved. {error}")
        if finding.answer.verdict == "refused":
            reply = self._judgment(request.key, finding)
            return reply._replace(text=f"Not saved. {reply.text}")
        try:
            saved = self._write(request.key, finding)
        except OSError as error:
            return Reply(
                False,
                f"Not saved: .env cannot be written ({error.strerror}). Copy this folder to a place where you may "
                "write, or set DASHSCOPE_API_KEY in the environment.",
            )
        self._last = None
        tested = finding.answer.verdict == "accepted"
        doubt = "" if tested else f"It could not be tested: {finding.answer.advice}"
        obstacle = self._obstacle(request.key, finding)
        parts = [_told(saved), doubt, obstacle or "Run the cell that connects once more to use it."]
        return Reply(tested and not obstacle, " ".join(filter(None, parts)), finding.region, saved=True)

    def _judgment(self, key: Secret, finding: _Finding) -> Reply:
        answer = finding.answer
        if answer.verdict == "accepted":
            name = self._regions[finding.region].name if finding.region else host_of(finding.base_url)
            offer = f"{name} takes the key {key} and offers {len(answer.models)} models. Now save it."
            return Reply(True, offer, finding.region)
        if answer.region:  # it was refused here, and another region takes it
            return Reply(False, f"{answer.advice} That region is chosen now: save the key.", answer.region.id)
        return Reply(False, str(answer.advice))

    def _find_out(self, request: Request, announce: Callable[[str], object]) -> _Finding:
        """What the service says, or said in the last test of the very same. Raises SettingsError before any call."""
        if self._last and self._last[0] == request:
            return self._last[1]
        if request.region == FIND and not request.api_host:
            finding = self._search(request.key, announce)
        else:
            finding = self._check(request, announce)
        self._last = request, finding
        return finding

    def _search(self, key: Secret, announce: Callable[[str], object]) -> _Finding:
        if advice := impossible(key):
            raise SettingsError(*advice)
        answer = probe.search(key, self._regions, announce=announce)
        region = answer.region
        return _Finding(answer, region.id, region.shared) if region else _Finding(answer, None, None)

    def _check(self, request: Request, announce: Callable[[str], object]) -> _Finding:
        values = {
            "BAILIAN_ENDPOINT": "live",
            "DASHSCOPE_API_KEY": request.key.reveal(),
            "BAILIAN_REGION": "" if request.region == FIND else request.region,
            "BAILIAN_BASE_URL": request.api_host,
        }
        settings = Settings.of(values, "this form", regions=self._regions)
        answer = probe.check(settings.base_url, request.key, self._regions, announce=announce)
        return _Finding(answer, None if request.api_host else settings.region, settings.base_url)

    def _write(self, key: Secret, finding: _Finding) -> dotenv_file.Saved:
        path = dotenv_file.place_for_saving(self._folder)
        values = {"DASHSCOPE_API_KEY": key.reveal()}
        if finding.region:
            values["BAILIAN_REGION"] = finding.region
            if path.exists() and dotenv_file.read(path).values.get("BAILIAN_BASE_URL"):
                values["BAILIAN_BASE_URL"] = ""  # it would win over the region
        elif finding.base_url:
            values["BAILIAN_BASE_URL"] = finding.base_url
        return dotenv_file.save(values, path)

    def _obstacle(self, key: Secret, finding: _Finding) -> str:
        """Why the notebooks would not use the key although it is saved; empty if they do."""
        try:
            settings = Settings.load(environ=self._environ, folder=self._folder, regions=self._regions)
        except SettingsError as error:
            return f"But the settings do not work yet: {error}"
        if settings.mode == "practice":
            return "But calls still go to the practice endpoint, because BAILIAN_ENDPOINT is practice."
        if settings.mode == "local":
            return "But calls still go to the small model on this machine, because BAILIAN_ENDPOINT is local."
        if settings.api_key != key:
            return (
                "But DASHSCOPE_API_KEY in the environment holds another key, and the environment wins: remove it there."
            )
        if finding.base_url and settings.base_url != finding.base_url:
            return (
                f"But calls go to {host_of(settings.base_url)}, because BAILIAN_BASE_URL or BAILIAN_REGION in the "
                "environment wins: remove it there."
            )
        return ""


def _without_asking(request: Request) -> Reply | None:
    if not request.key:
        return Reply(False, "There is no key in the field yet. Paste one first.")
    if request.key.reveal() == PRACTICE_KEY and not request.api_host:
        return Reply(
            True,
            "This is the key of the practice endpoint. It needs no saving: calls go there as long as no key is saved.",
        )
    return None


def _told(saved: dotenv_file.Saved) -> str:
    privately = (
        "which only you can read"
        if saved.private
        else "but this file system keeps no permissions, so others on this machine may read it"
    )
    kept = f" What was there before is in {dotenv_file.shown(saved.backup)}." if saved.backup else ""
    return f"Saved in {dotenv_file.shown(saved.path)}, {privately}.{kept}"
