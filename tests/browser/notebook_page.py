"""A notebook in JupyterLab in a browser: written, opened, run, saved, opened again, exported."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

if TYPE_CHECKING:
    from playwright.sync_api import Page

_READY = """() => {
    const panel = window.jupyterapp?.shell.currentWidget;
    return panel?.sessionContext?.session?.kernel?.status === "idle" && panel.content.widgets.length > 0;
}"""
_RUN = """() => {
    window.ran = false;
    window.jupyterapp.commands.execute("notebook:run-all-cells").then(() => { window.ran = true; });
}"""
_SAVE = "() => window.jupyterapp.commands.execute('docmanager:save').then(() => null)"


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: the folder it shows, its origin (http://127.0.0.1:8888) and its token."""

    root: Path
    origin: str
    token: str

    def write(self, name: str, cells: list[str]) -> Path:
        """A notebook of these code cells in the folder."""
        path = self.root / f"{name}.ipynb"
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, cells)], metadata=kernel), path)
        return path

    def open(self, page: "Page", name: str) -> None:
        """Open a notebook in a workspace of its own, and wait for its kernel."""
        page.goto(f"{self.origin}/lab/workspaces/{name}/tree/{name}.ipynb?token={self.token}")
        page.wait_for_function(_READY, timeout=60_000)


def start_running(page: "Page") -> None:
    """Run every cell of the open notebook, without waiting for the end."""
    page.evaluate(_RUN)


def run_all(page: "Page", *, seconds: float) -> None:
    """Run every cell of the open notebook. Raises playwright's TimeoutError after ``seconds``."""
    start_running(page)
    page.wait_for_function("() => window.ran", timeout=1000 * seconds)


def save(page: "Page") -> None:
    page.evaluate(_SAVE)


def export(notebook: Path) -> Path:
    """The page that nbconvert makes of a notebook, beside it."""
    from nbconvert import HTMLExporter

    page = notebook.with_suffix(".html")
    page.write_text(HTMLExporter().from_filename(str(notebook))[0], encoding="utf-8")
    return page
