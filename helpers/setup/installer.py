"""Installing packages: with uv, itself put there by pip, or with plain pip where uv cannot do it.

Nothing here compiles bytecode: for all packages that would double the wait, and for those that are used Python does it
anyway, when they are first imported.
"""

import ast
import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.request import getproxies

from helpers.setup.console import PYTHON, Problem, say

# pip's option -> the variable by which uv is told the same. Where it is a list, both separate by spaces.
_TOLD_BY = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "constraint": "UV_CONSTRAINT",
    "client-cert": "SSL_CLIENT_CERT",
    "retries": "UV_HTTP_RETRIES",
    "no-cache-dir": "UV_NO_CACHE",
}


def install(python: Path, requirements: Path, *options: str) -> None:
    """Install the packages of ``requirements``, and pip, into the environment of ``python``; progress is printed.

    The ``options`` are those that uv and pip both understand.

    Raises Problem when neither uv nor pip can do it.
    """
    pip = _pip_for(python)
    wanted = [*options, "-r", requirements.name, "pip"]  # with pip, `%pip install` works in a notebook

    def succeeds(*command: str | Path, **variables: str) -> bool:
        # With `user = true` in its settings pip would refuse to install into an environment.
        environment = {**variables, **os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        # A requirement like `-e .` is relative to the folder in which the installer runs.
        return subprocess.run(command, cwd=requirements.parent, env=environment, check=False).returncode == 0

    say("Fetching the installer, uv")
    # Without a wheel for this system, pip would try for minutes to build uv. Without a network, one retry is enough.
    if succeeds(*pip, "install", "--only-binary=:all:", "--retries=1", "uv"):
        say("Installing the packages")
        settings = pip_settings(_output(*pip, "config", "list"))
        if succeeds(*uv_command(python, settings), *wanted, **uv_variables(settings)):
            return
    say("uv could not do it, so plain pip does, which takes longer")
    if not succeeds(*pip, "install", *wanted):
        raise Problem(
            "The packages could not be installed; the reason stands above.\n"
            "If the package index was out of reach, check the network. pip's settings are used here as well:\n"
            f"  behind a proxy:      {PYTHON} -m pip config set global.proxy http://HOST:PORT\n"
            f"  with a near mirror:  {PYTHON} -m pip config set global.index-url https://MIRROR/simple\n"
            "Then run the same command again. What was downloaded is kept."
        )


def pip_settings(listing: str) -> dict[str, str]:
    """The options that hold for `pip install`, read from what `pip config list` printed.

    The listing has a line like `global.index-url='https://…'` for each; pip lets a setting of the command win over a
    global one, and the environment (`:env:`) over both.
    """
    settings = {}
    for section in ("global.", "install.", ":env:."):
        for line in listing.splitlines():
            name, _, value = line.partition("=")
            if name.startswith(section):
                settings[name.removeprefix(section)] = str(ast.literal_eval(value))
    return settings


def uv_command(python: Path, settings: Mapping[str, str]) -> list[str | Path]:
    """uv's counterpart of `pip install` for the environment of ``python``; requirements are to follow."""
    offline = settings.get("no-index", "").lower() in {"1", "true", "yes", "on"}
    return [python, "-m", "uv", "pip", "install", "--python", python, *(["--no-index"] if offline else [])]


def uv_variables(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment variables that make uv, which reads no settings of pip, work by pip's ``settings``.

    Variables and not options: an address may hold a password, and options show in the list of processes.
    """
    told = {name: " ".join(settings[option].split()) for option, name in _TOLD_BY.items() if option in settings}
    told["UV_SYSTEM_CERTS"] = "1"  # as pip does: a company's own certificate is known to the system only
    if "extra-index-url" in settings:
        told["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # as pip does: the best of all indexes, not of the first
    # pip passes over a folder that is missing, uv stops at it.
    if links := [link for link in settings.get("find-links", "").split() if "://" in link or Path(link).exists()]:
        told["UV_FIND_LINKS"] = ",".join(links)
    bundles = (settings.get("cert"), os.environ.get("REQUESTS_CA_BUNDLE"), os.environ.get("CURL_CA_BUNDLE"))
    if certificates := next(filter(None, bundles), None):
        told["SSL_CERT_FILE"] = certificates
    if timeout := settings.get("timeout") or settings.get("default-timeout"):
        told["UV_HTTP_TIMEOUT"] = str(round(float(timeout)))
    for scheme, system_proxy in getproxies().items():
        told[f"{scheme.upper()}_PROXY"] = system_proxy  # of Windows or macOS too, which uv does not ask
    if proxy := settings.get("proxy"):
        told |= {"HTTP_PROXY": proxy, "HTTPS_PROXY": proxy}
    return told


def lacking(module: str) -> Problem:
    """The Problem that this Python came without ``module`` of the standard library, as those of Debian do."""
    return Problem(
        f"This Python ({sys.executable}) comes without its module {module}.\n"
        f"On Debian and Ubuntu: sudo apt install python{sys.version_info.major}.{sys.version_info.minor}-venv\n"
        "Elsewhere: install Python from https://www.python.org/downloads/\n"
        "Then run the same command again."
    )


def _pip_for(python: Path) -> list[str | Path]:
    """A command that runs pip on the environment of ``python``: with this Python's pip, or with one put there."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", python]
    if subprocess.run([python, "-m", "ensurepip"], capture_output=True, check=False).returncode:
        raise lacking("ensurepip")
    return [python, "-m", "pip"]


def _output(*command: str | Path) -> str:
    utf8 = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=utf8, check=False).stdout
