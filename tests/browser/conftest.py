"""A headless Chromium, and JupyterLab as the command `lab` starts it, over a scratch folder. Skipped without a browser.

Neither sees this machine's settings, and the browser finds no host but 127.0.0.1.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

sys.path.append(str(Path(__file__).parent.parent))  # what tests share

import lab_process
import outside as outside_server
from notebook_page import Lab

from helpers.setup.environment import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"]
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),  # root, as in a container, has none
]
# All cells are in the page, so that all of them can be looked at.
SETTINGS = {"notebook-extension/tracker": {"windowingMode": "none"}}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: opens JupyterLab in a headless browser")


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[[], "Browser"]]:
    """Starts a browser of its own; most tests share `browser`."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install playwright)")
    with api.sync_playwright() as playwright:
        executable = _executable(playwright.chromium)
        started = []

        def start() -> "Browser":
            started.append(playwright.chromium.launch(executable_path=executable, args=FLAGS))
            return started[-1]

        yield start
        for browser in started:
            browser.close()


def _executable(chromium: "BrowserType") -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None) or chromium.executable_path
    if not Path(found).exists():
        pytest.skip("there is no Chromium or Chrome on this machine (playwright install chromium)")
    return found


@pytest.fixture(scope="session")
def browser(launch: Callable[[], "Browser"]) -> "Browser":
    return launch()


@pytest.fixture(scope="session")
def lab(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab over an empty folder, as in a new home."""
    root = tmp_path_factory.mktemp("lab")
    home = tmp_path_factory.mktemp("home")
    folders = {
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
    }
    # So that a test can run and save by the names of JupyterLab's commands.
    _write(home / "config" / "jupyter_lab_config.json", {"LabApp": {"expose_app_in_browser": True}})
    for name, settings in SETTINGS.items():
        _write(home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings", settings)
    code = (
        "import sys\nfrom pathlib import Path\nfrom helpers.setup.lab import open_lab\n"
        "root = Path(sys.argv[1])\nsys.exit(open_lab(root / 'start.ipynb', root, browser=False))"
    )
    command = [sys.executable, "-c", code, root]
    variables = {name: str(folder) for name, folder in folders.items()}
    with lab_process.running(command, cwd=ROOT, seconds=600, **variables) as started:
        address = urlsplit(started.address)
        yield Lab(root, f"{address.scheme}://{address.netloc}", address.query.removeprefix("token="))


def _write(path: Path, content: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture(scope="session")
def outside() -> Iterator[outside_server.Outside]:
    with outside_server.listening() as server:
        yield server
