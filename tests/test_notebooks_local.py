"""Every notebook runs to its end on the small real model. What the model says is nobody's to compare."""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import local_model
import nbformat
import pytest
from nbclient import NotebookClient
from project import NOTEBOOKS, code_cells, notebook

SECONDS = 180  # for one cell, on a busy machine


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[Path, Future]]:
    """The notebooks as they come out, two at a time: each has a server of its own, which uses one core of two."""
    path = [*local_model.on_the_path(), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"BAILIAN_ENDPOINT": "local", "PYTHONPATH": os.pathsep.join(filter(None, path))}
    with ThreadPoolExecutor(max(1, min(4, os.cpu_count() or 1))) as pool:
        yield {path: pool.submit(run, path, environment) for path in NOTEBOOKS}
        pool.shutdown(cancel_futures=True)


def run(path: Path, environment: dict[str, str]) -> nbformat.NotebookNode:
    client = NotebookClient(
        notebook(path), kernel_name="python3", timeout=SECONDS, resources={"metadata": {"path": str(path.parent)}}
    )
    return client.execute(env=environment)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_to_its_end_on_a_real_model(path: Path, runs: dict[Path, Future]) -> None:
    done = runs[path].result()
    outputs = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    shown = "\n".join(output.get("data", {}).get("text/plain", "") for output in outputs)
    assert "Small real model on this machine: offline, free" in shown
    assert len([cell for cell in done.cells if cell.get("execution_count")]) == len(code_cells(path))
