"""The form that every notebook keeps: length, rhythm, outputs, template. What it says is run by nbval."""

import re
from pathlib import Path
from statistics import median, quantiles

import nbformat
import pytest
from project import NOTEBOOKS, ROOT, code_cells, notebook, tags

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def lines(cell: nbformat.NotebookNode) -> int:
    return len(cell.source.splitlines())


def prose(path: Path) -> str:
    return "\n".join(cell.source for cell in notebook(path).cells if cell.cell_type == "markdown")


def test_cells_are_short_and_few(path: Path) -> None:
    lengths = [lines(cell) for cell in code_cells(path)]
    assert len(notebook(path).cells) <= 35
    assert median(lengths) <= 6
    assert quantiles(lengths, n=10)[-1] <= 15
    assert max(lengths) <= 30


def test_the_first_answer_comes_early(path: Path) -> None:
    first = next(i for i, cell in enumerate(notebook(path).cells) if "completions.create" in cell.source)
    assert first < 6


def test_prose_and_code_are_in_balance(path: Path) -> None:
    words = len(re.findall(r"\w+", re.sub(r"\]\(.*?\)", "]", prose(path))))  # addresses are not read
    code = sum(map(lines, code_cells(path)))
    assert 6 <= words / code <= 15


def test_it_is_committed_executed_and_without_state(path: Path) -> None:
    cells = code_cells(path)
    worked = [cell for cell in cells if cell.source.strip() and not cell.source.lstrip().startswith("# A cell for")]
    assert "widgets" not in notebook(path).metadata
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert sum(bool(cell.outputs) for cell in worked) >= len(worked) / 2


def test_errors_are_expected_ones(path: Path) -> None:
    failed = [cell for cell in code_cells(path) if any(out.output_type == "error" for out in cell.outputs)]
    assert all("raises-exception" in tags(cell) for cell in failed)


def test_outputs_are_compared(path: Path) -> None:
    cells = code_cells(path)
    ignored = [cell for cell in cells if {"nbval-ignore-output", "nbval-skip"} & set(tags(cell))]
    assert not any("NBVAL_" in cell.source for cell in cells)
    assert len(ignored) * 6 <= len(cells)


def test_model_ids_are_spelled_once_or_for_a_reason(path: Path) -> None:
    plain_calls = [cell for cell in code_cells(path) if "template" not in tags(cell)]
    assert not [cell.source for cell in plain_calls if 'model="qwen-plus"' in cell.source]


def test_opening_and_closing(path: Path) -> None:
    opening, closing = notebook(path).cells[0].source, notebook(path).cells[-1].source
    assert re.match(rf"# {path.stem[:2]} · ", opening)
    assert 3 <= opening.count("\n- ") <= 5
    assert re.search(r"\*\*Time\*\* \d+ minutes · \*\*Live cost\*\* .+ · \*\*Needs\*\* ", opening)
    assert closing.startswith("## What you have now")
    assert closing.count("\n- ") <= 5
    assert "## Your turn" in prose(path)


def test_figures_exist_and_have_words_for_those_who_cannot_see_them(path: Path) -> None:
    for alt, target in re.findall(r"!\[(.*?)\]\((.*?)\)", prose(path)):
        assert len(alt) > 30
        assert (path.parent / target).is_file()


def test_links_between_files_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"(?<!!)\[[^\]]*\]\((?!https?:)([^)#]+)", prose(path))
    assert not [target for target in targets if not (path.parent / target).exists()]


def test_the_stated_cost_covers_what_its_calls_used(path: Path) -> None:
    """Each notebook runs to its end and its calls are added up; the title may round up, never down."""
    stated = re.search(r"about ([\d,]+) tokens, less than ([\d.]+) yuan", notebook(path).cells[0].source)
    tokens, yuan = used(path)
    assert tokens <= int(stated[1].replace(",", "")) <= 1.5 * tokens
    assert yuan <= float(stated[2])


def used(path: Path) -> tuple[int, float]:
    from nbclient import NotebookClient

    book = notebook(path)
    book.cells.append(nbformat.v4.new_code_cell(SPENT))
    NotebookClient(book, resources={"metadata": {"path": str(ROOT / "notebooks")}}, kernel_name="python3").execute()
    tokens, yuan = "".join(output.text for output in book.cells[-1].outputs).split()  # one print may come in pieces
    return int(tokens), float(yuan)


# A stream that was asked for no usage, or was closed before it came, is billed all the same: its texts are counted.
SPENT = """
from helpers import exchanges
from helpers.catalogue import models
from helpers.tokens import count


def spent(exchange):
    prompt, completion = exchange.prompt_tokens, exchange.completion_tokens
    if exchange.usage is None:
        prompt = sum(count(message["content"]) for message in exchange.request["messages"])
        completion = count(exchange.reasoning) + count(exchange.content)
    model = models().get(exchange.model)
    return prompt + completion, model.yuan(prompt, completion, thought=bool(exchange.reasoning)) or 0 if model else 0


spendings = [spent(exchange) for exchange in exchanges if exchange.status == 200 and exchange.request]
print(sum(tokens for tokens, _ in spendings), sum(yuan for _, yuan in spendings))
"""
