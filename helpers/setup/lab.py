"""JupyterLab, opened at one of the notebooks."""

import re
import secrets
import signal
import socket
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

from helpers.setup.console import Problem, say

_PORT = 8888


def find_notebook(wanted: str | None, root: Path) -> Path:
    """The notebook that ``wanted`` means: its number, a part of its name, or its path; None is the first.

    Raises Problem, with a list of what there is, when it means none or several.
    """
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    if not notebooks:
        raise Problem(f"There are no notebooks in {root / 'notebooks'}. Get the whole repository again.")
    if wanted is None:
        return notebooks[0]
    for path in (Path(wanted), root / wanted, root / "notebooks" / wanted):
        if path.suffix == ".ipynb" and path.is_file():
            return _of(root, path)
    if wanted.isdecimal():
        found = [notebook for notebook in notebooks if _number(notebook) == int(wanted)]
    else:
        found = [notebook for notebook in notebooks if _words(wanted) in _words(notebook.stem)]
    if len(found) == 1:
        return found[0]
    listed = "\n".join(f"  {notebook.name}" for notebook in found or notebooks)
    raise Problem(f"{wanted!r} fits {'several notebooks' if found else 'no notebook'}. There are:\n{listed}", 2)


def open_lab(notebook: Path, root: Path, *, port: int | None = None, browser: bool = True) -> int:
    """Serve the folder ``root`` in JupyterLab on 127.0.0.1 until Ctrl-C, opened at ``notebook``. Returns 0.

    Without a ``port`` it is 8888, or a free one near it. Raises Problem when a given ``port`` is taken.
    """
    if port and not _is_free(port):
        raise Problem(f"Port {port} is in use. Choose another, or leave --port out to get a free one.")
    say("Starting JupyterLab")
    import zmq
    from jupyterlab.labapp import LabApp  # takes two seconds

    token = secrets.token_urlsafe()  # ours, because Jupyter prints one of its own amid lines of its log
    server = LabApp.initialize_server(
        [
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port or _PORT}",
            f"--ServerApp.root_dir={root}",
            f"--ServerApp.open_browser={browser}",
            "--ServerApp.allow_root=True",  # in a container everyone is root
            f"--IdentityProvider.token={token}",
            f"--LabApp.default_url=/lab/tree/{quote(notebook.relative_to(root).as_posix())}",
            "--Application.log_level=ERROR",
            # Between server and kernel; ipykernel warns in the terminal when it is missing.
            *(["--KernelManager.transport_encryption=auto"] if zmq.has("curve") else []),
        ]
    )
    server.web_app.settings["page_config_hook"] = _without_news
    # In place of Jupyter's own handler, which asks whether one is sure.
    signal.signal(signal.SIGINT, lambda *_: server.stop(from_signal=True))
    address = urlsplit(server.local_url)._replace(query=f"token={token}").geturl()

    def announce() -> None:
        if not port and server.port != _PORT:
            say(f"Port {_PORT} is in use, so it is {server.port}")
        say(f"JupyterLab is running. In case no browser opens, here is the address:\n\n  {address}\n")
        say("Ctrl-C in this terminal stops it.")

    server.io_loop.add_callback(announce)
    server.start()
    say("JupyterLab has stopped. The notebooks are as you last saved them.")
    return 0


def _without_news(_handler: object, page: dict) -> dict:
    """Leave out the part of JupyterLab that asks about news at the first start and looks for updates."""
    page["disabledExtensions"] = [*page["disabledExtensions"], "@jupyterlab/apputils-extension:announcements"]
    return page


def _of(root: Path, path: Path) -> Path:
    if not path.resolve().is_relative_to(root.resolve()):
        raise Problem(f"{path} lies outside of {root}, the folder that JupyterLab shows. Copy it to there.", 2)
    return root / path.resolve().relative_to(root.resolve())


def _number(notebook: Path) -> int | None:
    digits = re.match(r"\d+", notebook.name)
    return int(digits[0]) if digits else None


def _words(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it would allow a port that is in use; here, one that was until just now
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
