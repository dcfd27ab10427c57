"""The project's own files, for the tests that look at them."""

import subprocess
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
IGNORED = {".git", ".venv", "__pycache__", ".ruff_cache", ".pytest_cache", ".hypothesis", ".ipynb_checkpoints"}


def _files() -> list[Path]:
    """What git has or would add; of a copy without git, everything but the usual left-overs."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8")
        paths = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in ROOT.rglob("*") if IGNORED.isdisjoint(path.relative_to(ROOT).parts)]
        paths = [path for path in paths if not any(part.endswith(".egg-info") for part in path.parts)]
        paths = [path for path in paths if path.name != ".env"]
    return sorted(path for path in paths if path.is_file())


FILES = _files()


def notebook(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook(path).cells if cell.cell_type == "code"]


def tags(cell: nbformat.NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])
