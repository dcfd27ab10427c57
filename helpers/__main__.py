"""`python3 -m helpers`: the commands.

This file and helpers/__init__.py are read by whatever Python the learner has, so they keep to what Python 3.6
understands: an old Python then says that it is too old, where newer syntax would raise a SyntaxError.
"""

import shutil
import sys


def too_old():
    """What to do about this Python, as text: it names a newer one if this machine has one."""
    version = ".".join(map(str, sys.version_info[:3]))
    command = " ".join(sys.argv[1:]) or "lab"
    names = ["python3.14", "python3.13", "python3.12", "python3.11"]
    newer = "py" if sys.platform == "win32" else next(filter(shutil.which, names), None)
    advice = (
        f"Try the newest on this machine: {newer} -m helpers {command}"
        if newer
        else "Install a newer one from https://www.python.org/downloads/ and run the same command with it."
    )
    return f"Python {version} is too old for these notebooks: they need 3.11 or newer.\n{advice}"


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - older ones do get here
        sys.exit(too_old())

    from helpers.commands import main

    sys.exit(main(sys.argv[1:]))
