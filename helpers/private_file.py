"""Writing a file that only its owner can read, complete or not at all. Standard library only."""

import os
import re
import stat
import subprocess
import sys
import tempfile
from pathlib import Path


def write(path: Path, data: bytes) -> bool:
    """Put a complete private file in the place of the old one; whether it is private."""
    # mkstemp creates it for the owner only, so there is no moment in which others can read it.
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            private = is_private(temporary)
            if private is None:
                private = _restrict_on_windows(temporary)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return private


def is_private(path: Path) -> bool | None:
    """Whether only the owner can read the file; None on Windows, where the mode says nothing about it."""
    if sys.platform == "win32":
        return None
    return stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def _restrict_on_windows(path: Path) -> bool:
    """Take everyone else from the file's access list; whether that worked. The user is named by id, not by a
    name that may be translated or belong to a domain."""
    try:
        who = subprocess.run(["whoami", "/user", "/fo", "csv", "/nh"], capture_output=True, check=True, timeout=10)
        user = re.search(rb"S-1-[\d-]+", who.stdout)
        if user is None:
            return False
        grant = f"*{user[0].decode('ascii')}:F"
        subprocess.run(
            ["icacls", str(path), "/inheritance:r", "/grant:r", grant], capture_output=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True
