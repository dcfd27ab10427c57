"""The doctor: what is configured and whether it works, one line for each thing: OK, or FIX and what to do.

Importing it needs the standard library only, so that it can say which packages are missing.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import catalogue, local, private_file
from helpers.config import dotenv_file, dotenv_mistakes
from helpers.config.advice import Advice
from helpers.config.api_key import Secret, unlikely
from helpers.config.base_url import host_of
from helpers.config.settings import NO_KEY, Settings, SettingsError
from helpers.doctor import contract_run, probe
from helpers.doctor.report import Report
from helpers.setup import requirements
from helpers.setup.console import PROGRAM, PYTHON, say

if TYPE_CHECKING:
    import httpx2

OLDEST_PYTHON = (3, 11)


def run(
    *,
    contract: bool = False,
    yes: bool = False,
    out: Callable[[str], object] = say,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
    regions: Mapping[str, catalogue.Region] | None = None,
) -> int:
    """Check everything and say so line by line; 0 if nothing is to be fixed, otherwise 1.

    A refused key is tried at Alibaba's other hosts, after a line that says so. With `contract`, the contract
    tests run afterwards against the configured endpoint and their exit status is the answer; where that costs
    money it asks first, unless `yes`. `environ`, `folder` and `regions` are as in Settings.load.
    """
    regions = catalogue.regions() if regions is None else regions
    environ = os.environ if environ is None else environ
    report = Report(out)
    check_python(report)
    check_packages(report)
    check_real_model(report)
    check_env_file(report, folder or Path.cwd())
    # A package in the wrong version may still do for the rest; one that is not there does not.
    possible = all(find_spec(name) for name in ("dotenv", "openai", "httpx2"))
    settings = load_settings(report, environ, folder, regions) if possible else None
    endpoint_works = settings is not None and check_endpoint(report, settings, regions)
    if not contract:
        return min(report.to_fix, 1)
    if not endpoint_works:
        report.note("The contract tests do not run before the endpoint works.")
        return 1
    return contract_run.run(settings, report, yes=yes)


def check_python(report: Report, version: tuple[int, ...] = tuple(sys.version_info[:3])) -> None:
    """The version of this Python."""
    dotted = ".".join(map(str, version))
    oldest = ".".join(map(str, OLDEST_PYTHON))
    if version < OLDEST_PYTHON:
        report.fix(
            Advice(f"Python {dotted} is too old.", f"Install Python {oldest} or newer from python.org and run it.")
        )
    else:
        report.ok(f"Python {dotted}")


def check_packages(report: Report, root: Path = dotenv_file.REPOSITORY) -> None:
    """The installed packages against requirements.txt."""
    wrong = list(_wrong_packages(requirements.file(root)))
    if not wrong and not requirements.met(root):
        wrong = ["the series itself, or something that a package needs in turn, is not installed"]
    if wrong:
        report.fix(
            Advice(
                f"packages: {'; '.join(wrong)}.",
                f"Run: {PYTHON} -m pip install -r requirements.txt (or {PYTHON} -m helpers lab, which does that).",
            )
        )
    else:
        report.ok("packages: as requirements.txt asks")


def check_real_model(report: Report) -> None:
    """Whether the optional model of requirements-local.txt is here."""
    if local.installed():
        report.ok("small real model: installed; BAILIAN_ENDPOINT=local calls it")
    else:
        report.ok(f"small real model: not installed, and nothing needs it ({PROGRAM} local installs it)")


def _wrong_packages(file: Path) -> Iterator[str]:
    try:
        from packaging.requirements import Requirement
    except ImportError:
        yield "they are not installed"
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line[:1].isalpha():
            continue
        requirement = Requirement(line.partition("#")[0])
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            yield f"{requirement.name} is missing"
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            yield f"{requirement.name} is {version}, not {requirement.specifier}"


def check_env_file(report: Report, folder: Path) -> None:
    """The `.env`: near misses of its name, its lines, its permissions, and whether git could take it along."""
    for advice in dotenv_mistakes.near_names((folder, dotenv_file.REPOSITORY)):
        report.fix(advice)
    if advice := dotenv_mistakes.key_in_example(dotenv_file.REPOSITORY):
        report.fix(advice)
    path = dotenv_file.find(folder)
    if path is None:
        report.ok("no .env, so the environment alone counts")
        return
    name = dotenv_file.shown(path)
    try:
        text = dotenv_file.text_of(path)
    except OSError as error:
        report.fix(Advice(f"{name} cannot be read ({error.strerror}).", "Give yourself the right to read it."))
        return
    mistakes = list(dotenv_mistakes.in_text(text))
    for advice in mistakes:
        report.fix(Advice(f"{name}, {advice.problem}", advice.next_step))
    if not mistakes:
        report.ok(f"{name} can be read, and each line that concerns the series is in order")
    for remark in dotenv_mistakes.remarks(text):
        report.note(f"{name}, {remark}")
    if private_file.is_private(path) is False:
        report.fix(Advice(f"{name} can be read by other users of this machine.", f"Run: chmod 600 {name}"))
    _check_git(report, path, name)


def _check_git(report: Report, path: Path, name: str) -> None:
    """Whether a commit holds the file or `git add .` would take it. Without git, or outside a repository, silent."""
    if _git(path, "ls-files", "--error-unmatch") == 0:
        report.fix(
            Advice(
                f"{name} is tracked by git, so the key goes wherever the commits go.",
                f"Run: git rm --cached {name}, then commit; if it was ever pushed, disable the key in the console.",
            )
        )
    elif _git(path, "check-ignore", "--quiet") == 1:
        report.fix(Advice(f"git does not ignore {name}, so git add could take it.", "Add .env to .gitignore."))


def _git(path: Path, *command: str) -> int | None:
    try:
        return subprocess.run(
            ["git", *command, "--", path.name], cwd=path.parent, capture_output=True, timeout=10
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return None


def load_settings(
    report: Report, environ: Mapping[str, str], folder: Path | None, regions: Mapping[str, catalogue.Region]
) -> Settings | None:
    """The settings in one line, or what keeps them from making sense."""
    try:
        settings = Settings.load(environ=environ, folder=folder, regions=regions)
    except SettingsError as error:
        report.fix(error.advice)
        return None
    if settings.mode == "practice":
        report.ok(f"settings: practice endpoint (no network, no cost), model {settings.model}")
        return settings
    if settings.mode == "local":
        report.ok(f"settings: small real model on this machine (no network, no cost), model {settings.model}")
        return settings
    where = regions[settings.region].name if settings.region else "an address of your own"
    key = "no key" if settings.api_key == NO_KEY else f"key {settings.api_key}"
    report.ok(f"settings: live, {where}, {host_of(settings.base_url)}, model {settings.model}, {key}")
    in_file = dotenv_file.read(settings.env_file).values.get(dotenv_mistakes.KEY) if settings.env_file else None
    if in_file and Secret(in_file.strip()) != settings.api_key:
        report.note(
            f"{dotenv_mistakes.KEY} in the environment wins over another key in {dotenv_file.shown(settings.env_file)}"
        )
    return settings


def check_endpoint(report: Report, settings: Settings, regions: Mapping[str, catalogue.Region]) -> bool:
    """The endpoint that the notebooks would call: does it answer, take the key, know the model?"""
    if settings.mode == "practice":
        return _check_practice(report, settings)
    if settings.mode == "local":
        return _check_local(report)
    answer = probe.check(settings.base_url, settings.api_key, regions, announce=report.note)
    if answer.verdict != "accepted":
        report.fix(answer.advice)
        if answer.verdict == "unreachable" and settings.region and (advice := unlikely(settings.api_key)):
            report.fix(advice)
        return False
    report.ok(f"{host_of(settings.base_url)} answers and accepts the key")
    return _check_model(report, settings.model, answer.models)


def _check_practice(report: Report, settings: Settings) -> bool:
    import httpx2

    from helpers.practice import server

    try:
        endpoint = server.start(pace="instant", developer_role=settings.developer_role)
        answer = probe.ask(endpoint.base_url, Secret(endpoint.api_key))
        call = _call(endpoint.base_url, endpoint.api_key, settings.model, stream=True)
    except (OSError, httpx2.HTTPError) as error:
        report.fix(
            Advice(
                f"the practice endpoint cannot be called ({type(error).__name__}).",
                "Allow Python to listen on 127.0.0.1 in your firewall or antivirus, then run the doctor again.",
            )
        )
        return False
    if not _check_model(report, settings.model, answer.models):
        return False
    if call.status_code != 200:
        report.fix(
            Advice(
                f"the practice endpoint answers a call with status {call.status_code}.",
                "This is a fault of the series: please report it with the lines above.",
            )
        )
        return False
    report.ok("the practice endpoint starts and answers a call")
    return True


def _check_local(report: Report) -> bool:
    import httpx2

    try:
        endpoint = local.start()
        status = _call(endpoint.base_url, endpoint.api_key, endpoint.model, max_tokens=1).status_code
    except SettingsError as error:
        report.fix(error.advice)
        return False
    except httpx2.HTTPError as error:
        status = type(error).__name__
    if status != 200:
        report.fix(
            Advice(
                f"the small real model starts, but a call ends with {status}.",
                "Set BAILIAN_ENDPOINT to auto, and report this with the lines above.",
            )
        )
        return False
    report.ok("the small real model starts and answers a call")
    return True


def _call(base_url: str, key: str, model: str, **options: object) -> "httpx2.Response":
    import httpx2

    return httpx2.post(
        f"{base_url}/chat/completions",
        headers={"Authorization": f"Bearer {key}"},
        json={"model": model, "messages": [{"role": "user", "content": "Hello"}], **options},
        timeout=probe.SECONDS,
        trust_env=False,  # a proxy has no business between two programs of one machine
    )


def _check_model(report: Report, model: str, offered: tuple[str, ...]) -> bool:
    """Whether the endpoint offers the model, and whether it is one that chats at all."""
    known = catalogue.models().get(model)
    if known and not known.chats:
        report.fix(
            Advice(
                f"model {model} is of the kind {known.kind}, which chat/completions refuses.",
                f"Set BAILIAN_MODEL to a text model such as {catalogue.default_model()}.",
            )
        )
        return False
    if model in offered:
        report.ok(f"model {model} is offered")
        return True
    report.fix(
        Advice(f"model {model} is not among the {len(offered)} that this endpoint offers.", _nearest(model, offered))
    )
    return False


def _nearest(model: str, offered: tuple[str, ...]) -> str:
    by_lower_case = {id_.lower(): id_ for id_ in offered}
    exact = by_lower_case.get(model.lower())
    if exact:
        return f"Set BAILIAN_MODEL={exact}: ids are case-sensitive."
    # Hugging Face names carry the maker in front: Qwen/Qwen3-32B.
    near = get_close_matches(model.lower().rpartition("/")[2], by_lower_case, n=3, cutoff=0.5)
    names = ", ".join(by_lower_case[name] for name in near) or catalogue.default_model()
    return f"Set BAILIAN_MODEL to one that it offers; nearest: {names}."
