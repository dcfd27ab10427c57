"""Executes notebooks against the practice endpoint and saves them as they are committed.

    python tests/execute.py                       all of them
    python tests/execute.py notebooks/02_*.ipynb  some

The pace is the realistic one, so that the times in the saved outputs are those that a learner will see; the suite,
which compares everything else, runs them at once. Look at the difference before you commit it.
"""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

sys.path.insert(0, str(Path(__file__).parent.parent))

from project import NOTEBOOKS

from conftest import PRACTICE
from helpers.config.settings import VARIABLES

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def execute(path: Path) -> None:
    """Runs every cell in a fresh kernel and writes the notebook back, with outputs and without state."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        coalesce_streams=True,  # else it depends on the moment whether two prints are one output or two
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            # The view needs widget state, which is not committed; its static twin stays.
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
        if cell.cell_type == "code":  # the place where a stream was drawn is empty at its end
            cell.outputs = [output for output in cell.outputs if output.get("data", True)]
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for name in VARIABLES:
        os.environ.pop(name, None)
    os.environ.update(PRACTICE | {"BAILIAN_PRACTICE_PACE": "realistic"})
    for path in [Path(argument).resolve() for argument in sys.argv[1:]] or NOTEBOOKS:
        print(path.name, flush=True)
        execute(path)
