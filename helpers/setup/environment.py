"""The Python that runs the notebooks: the one in use if it has all they need, otherwise that of `.venv`, made here.

Standard library only: this runs before anything is installed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from helpers.setup import installer, requirements
from helpers.setup.console import Problem, say

ROOT = Path(__file__).resolve().parents[2]

_UNFINISHED = "unfinished"


def ready(root: Path = ROOT) -> Path:
    """The Python that has all that the checkout ``root`` requires; makes, repairs or updates `.venv` where needed.

    Raises Problem when there is no way to such a Python.
    """
    if not requirements.file(root).exists():
        raise Problem(f"{root} is not the whole repository: requirements.txt is missing. Get the repository again.")
    environment = Environment(root)
    if not environment.is_in_use() and requirements.met(root):
        return Path(sys.executable)
    if not environment.is_finished():
        environment.finish()
    return Path(sys.executable) if environment.is_in_use() else environment.python


def hand_over(python: Path, *arguments: str) -> int:
    """Go on as ``python *arguments``, with the environment of ``python`` active. Returns the exit status, if at all."""
    variables = {**os.environ, "VIRTUAL_ENV": str(python.parent.parent)}
    variables["PATH"] = os.pathsep.join([str(python.parent), os.environ.get("PATH", os.defpath)])
    variables.pop("PYTHONHOME", None)  # it would lead the environment's Python to another standard library
    command = [str(python), *arguments]
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(python, command, variables)
    # Windows cannot replace a process. Ctrl-C reaches the child as well, and the child decides what comes of it.
    with subprocess.Popen(command, env=variables) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue


@dataclass(frozen=True)
class Environment:
    """`.venv` of the checkout ``root``.

    A file in it says how far it is: "unfinished", or a fingerprint of what it was made for. There is no such file in a
    `.venv` that the learner made; packages are added to that one, but it is not made anew as long as its Python works.
    """

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def _state_file(self) -> Path:
        return self.folder / "bailian-state"

    @property
    def _lock_file(self) -> Path:
        return self.folder / "bailian-lock"

    def is_in_use(self) -> bool:
        """Whether this very Python is the one of the environment."""
        return self.folder.exists() and self.folder.samefile(sys.prefix)

    def is_finished(self) -> bool:
        """Whether everything is installed that this checkout requires now, for a Python that still works."""
        state = self._state()
        return state not in {None, _UNFINISHED} and state == self._fingerprint()

    def finish(self) -> None:
        """Make, repair or update the environment, one process at a time.

        Raises Problem when that cannot be done.
        """
        if not self._is_free_for_use():
            raise Problem(f"{self.folder} is no Python environment. Move it away, then run the same command again.")
        with self._locked():
            if self.is_finished():
                return  # another run has done it meanwhile
            state = self._state()
            if state == _UNFINISHED or not self._version():
                self._create()
            elif state is None and self._has_everything():
                self._note(self._fingerprint())
                return
            elif state:
                say("The requirements have changed; updating the environment .venv")
                self._note(_UNFINISHED)
            installer.install(self.python, requirements.file(self.root))
            self._note(self._fingerprint())

    def _create(self) -> None:
        try:
            import venv
        except ImportError:
            raise installer.lacking("venv") from None
        version = ".".join(map(str, sys.version_info[:3]))
        say(f"Making the environment .venv with Python {version}")
        try:
            self._note(_UNFINISHED)
            for item in self.folder.iterdir():
                if item.is_dir() and not item.is_symlink():
                    shutil.rmtree(item)
                elif item not in {self._state_file, self._lock_file}:
                    item.unlink()
            venv.EnvBuilder(symlinks=os.name != "nt").create(self.folder)
        except OSError as error:
            raise Problem(
                f"The environment {self.folder} cannot be made: {error}.\n"
                "Close what may be using it (JupyterLab, VS Code, a terminal), then run the same command again."
            ) from error

    def _is_free_for_use(self) -> bool:
        """Whether `.venv` is absent, empty, or an environment, whatever its condition."""
        if not self.folder.is_dir():
            return not self.folder.exists()
        names = {item.name for item in self.folder.iterdir()} - {self._lock_file.name}
        return not names or bool(names & {"pyvenv.cfg", self._state_file.name})

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.folder.mkdir(exist_ok=True)
            lock = self._lock_file.open("w", encoding="utf-8")
        except OSError as error:
            raise Problem(
                f"The environment {self.folder} cannot be made: {error.strerror}.\n"
                "Copy this whole folder to a place where you may write, for the notebooks are saved in it as well, "
                "then run the same command there."
            ) from error
        with lock:
            announced = False
            while not _try_lock(lock.fileno()):
                if not announced:
                    say("Another run is preparing the environment; waiting for it")
                    announced = True
                time.sleep(0.2)
            yield  # closing the file releases the lock, and so does the end of the process

    def _state(self) -> str | None:
        return self._state_file.read_text("utf-8") if self._state_file.exists() else None

    def _note(self, state: str) -> None:
        self._state_file.write_text(state, "utf-8")

    def _fingerprint(self) -> str:
        """What the environment depends on: its Python, the requirements, the folder that is installed as editable."""
        parts = [self._version(), str(self.root), requirements.file(self.root).read_text("utf-8")]
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()

    def _version(self) -> str:
        """The version of the environment's Python, "3.11"; "" if it is gone, does not run, or is too old."""
        probe = (
            "import os, sys\n"
            "if sys.version_info >= (3, 11) and os.path.samefile(sys.prefix, sys.argv[1]):\n"
            "    print('%d.%d' % sys.version_info[:2])"
        )
        return self._run("-I", "-c", probe, str(self.folder)).stdout.strip()

    def _has_everything(self) -> bool:
        probe = (
            "import pathlib, sys\n"
            "from helpers.setup import requirements\n"
            "sys.exit(not requirements.met(pathlib.Path(sys.argv[1])))"
        )
        return self._run("-c", probe, str(self.root)).returncode == 0

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.python), *arguments]
        try:
            return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        except OSError:  # the Python that it was made with is gone
            return subprocess.CompletedProcess(command, returncode=1, stdout="", stderr="")


def _try_lock(descriptor: int) -> bool:
    """Lock an open file for this process; whether that could be done at once."""
    if os.name == "nt":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: going on is better than waiting for ever
    return True
