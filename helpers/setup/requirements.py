"""Whether the Python in use has what `requirements.txt` asks for. Standard library only, apart from `packaging`."""

import json
import tomllib
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname


def file(root: Path) -> Path:
    """The list of requirements of the checkout ``root``."""
    return root / "requirements.txt"


def met(root: Path) -> bool:
    """Whether this Python has the requirements of ``root``, and what they require in turn, in versions that fit."""
    try:
        from packaging.requirements import Requirement
    except ImportError:
        return False  # several of the requirements need it, so they cannot be there either
    seen = set()

    def has(text: str, extra: str = "") -> bool:
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            return True
        if (text, extra) in seen:
            return True
        seen.add((text, extra))
        try:
            found = metadata.distribution(requirement.name)
        except metadata.PackageNotFoundError:
            return False
        return requirement.specifier.contains(found.version, prereleases=True) and all(
            has(further, extra) for further in found.requires or [] for extra in requirement.extras or {""}
        )

    lines = (line.partition("#")[0].strip() for line in file(root).read_text("utf-8").splitlines())
    return _is_installed(root) and all(has(line) for line in lines if line and not line.startswith("-"))


def _is_installed(root: Path) -> bool:
    """Whether ``root`` itself is installed in this Python, editable, so that notebooks in any folder import it."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["name"]
    # Several may be found: building leaves an .egg-info in the checkout, which says nothing about any installation.
    return any(_is_of(root, found) for found in metadata.distributions(name=project))


def _is_of(root: Path, found: metadata.Distribution) -> bool:
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    folder = Path(url2pathname(urlsplit(origin.get("url", "")).path))
    return origin.get("dir_info", {}).get("editable", False) and folder.exists() and folder.samefile(root)
