"""The contract tests' own books: what they assume, what they cost, what they are called."""

import importlib
import re
from collections.abc import Callable
from pathlib import Path

import budget
import pytest

from helpers import practice

pytestmark = pytest.mark.practice_only

HERE = Path(__file__).parent
TABLE = Path(practice.__file__).with_name("ASSUMPTIONS.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \| ([\d.]+) \| .+ \| .+ \| (`.+`) \|$", re.MULTILINE)
ROWS = {int(number): (section, re.findall(r"`(\w+)`", tests)) for number, section, tests in ROW.findall(TABLE)}


def contract_tests() -> dict[str, Callable]:
    """Every test of the contract by its name."""
    modules = [importlib.import_module(file.stem) for file in sorted(HERE.glob("test_[0-9]*.py"))]
    return {name: each for module in modules for name, each in vars(module).items() if name.startswith("test_")}


def assumptions(test: Callable) -> set[int]:
    return {mark.args[0] for mark in getattr(test, "pytestmark", []) if mark.name == "assumption"}


def test_rows_are_numbered_from_one_on() -> None:
    assert list(ROWS) == list(range(1, len(ROWS) + 1))
    assert len(ROWS) == TABLE.count("\n| ") - 1, "a row that is not of the form | No. | Contract | … | … | `test` |"


@pytest.mark.parametrize("number", ROWS)
def test_the_tests_that_a_row_names_are_those_marked_with_its_number(number: int) -> None:
    _, named = ROWS[number]
    assert set(named) == {name for name, test in contract_tests().items() if number in assumptions(test)}


@pytest.mark.parametrize("number", ROWS)
def test_the_tests_of_a_row_are_of_its_section(number: int) -> None:
    section, named = ROWS[number]
    assert all(re.match(rf"test_{section.partition('.')[0]}_", name) for name in named)


def test_every_mark_has_a_row() -> None:
    assert set().union(*map(assumptions, contract_tests().values())) == set(ROWS)


def test_every_test_is_named_after_its_section() -> None:
    assert not [name for name in contract_tests() if not re.match(r"test_\d+_([\d]+_)?[a-z]", name)]


def test_the_budget_is_what_the_suite_spends() -> None:
    recorded, measured = budget.recorded(), budget.measured()
    rewrite = "python tests/contract/budget.py records it anew"
    assert measured["calls"] == recorded["calls"], rewrite
    # Tokens depend on the tutor's wording and on whether Qwen's vocabulary is installed.
    assert measured == pytest.approx(recorded, rel=0.1), rewrite
