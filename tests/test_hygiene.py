"""What must not be in the repository: keys, paths of a machine, widget state, names that Windows refuses, bulk."""

import re
from pathlib import Path

import pytest
from project import FILES, ROOT

TEXTS = [path for path in FILES if path.suffix not in {".gif", ".gz", ".pdf", ".png", ".woff2"}]
KEY = re.compile(r"sk-(?!practice|x|your|\*|\.)[A-Za-z0-9]{16,}")
HOMES = re.compile(r"/(?:home|Users|root)/\w|[A-Za-z]:\\+Users\\+\w")
RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
MOST_BYTES = 1_000_000


def contents(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_there_is_something_to_look_at() -> None:
    assert ROOT / "README.md" in FILES
    assert len(TEXTS) > 50


@pytest.mark.parametrize(
    "pattern", [KEY, HOMES, re.compile(re.escape(str(ROOT)) + r"[/\\]")], ids=["key", "home", "checkout"]
)
def test_no_key_and_no_path_of_a_machine(pattern: re.Pattern[str]) -> None:
    found = [(path.relative_to(ROOT), match[0]) for path in TEXTS if (match := pattern.search(contents(path)))]
    assert not found


def test_every_text_is_utf_8_with_plain_line_ends() -> None:
    raw = {path: path.read_bytes() for path in TEXTS}
    assert not [path for path, data in raw.items() if b"\r\n" in data or data.startswith(b"\xef\xbb\xbf")]


def test_names_are_portable() -> None:
    names = [path.relative_to(ROOT) for path in FILES]
    strange = [name for name in names if not re.fullmatch(r"[\w./-]+", name.as_posix(), re.ASCII)]
    reserved = [name for name in names for part in name.parts if RESERVED.match(part) or part.endswith(".")]
    lower = [name.as_posix().lower() for name in names]
    assert not strange
    assert not reserved
    assert len(set(lower)) == len(lower)
    assert max(map(len, lower)) <= 120


def test_no_file_is_bulky() -> None:
    assert not [(path, path.stat().st_size) for path in FILES if path.stat().st_size > MOST_BYTES]


@pytest.mark.parametrize("text", ["sk-" + "abcd" * 5, "sk-" + "A1b2" * 8])
def test_the_key_pattern_finds_keys(text: str) -> None:
    assert KEY.search(f"key = '{text}'")


@pytest.mark.parametrize("text", ["sk-practice", "sk-from-another-region", "sk-xxxxxxxxxxxxxxxxxxxx", "sk-…"])
def test_the_key_pattern_leaves_examples_alone(text: str) -> None:
    assert not KEY.search(text)
