"""Counting tokens: how far the estimate is from Qwen's vocabulary, and what holds for both ways of counting."""

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tokens

HELD_OUT = Path(__file__).with_name("token_texts")
RECORDED = json.loads((HELD_OUT / "counts.json").read_text(encoding="utf-8"))
KINDS = ("english", "chinese", "code")

needs_vocabulary = pytest.mark.skipif(
    tokens.installed_vocabulary() is None, reason="counting exactly needs the packages dashscope and tiktoken"
)


@pytest.fixture(autouse=True, scope="module")
def counting_as_installed() -> Iterator[None]:
    """The rest of the suite counts by estimate, so that it is the same everywhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("BAILIAN_PRACTICE_TOKENS")
        yield


def test_the_suite_counts_by_estimate_whatever_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "installed_vocabulary", lambda: "a vocabulary")
    assert tokens.vocabulary() == "a vocabulary"
    monkeypatch.setenv("BAILIAN_PRACTICE_TOKENS", "estimate")
    assert tokens.vocabulary() is None


def held_out(name: str) -> str:
    return (HELD_OUT / name).read_text(encoding="utf-8")


@pytest.fixture
def estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "vocabulary", lambda: None)


@pytest.fixture(params=["estimated", pytest.param("exact", marks=needs_vocabulary)])
def either_way(request: pytest.FixtureRequest) -> str:
    """Once without the vocabulary and, where it is installed, once with it."""
    if request.param == "estimated":
        request.getfixturevalue("estimated")
    return request.param


def test_every_held_out_text_has_a_recorded_count() -> None:
    assert {file.relative_to(HELD_OUT).as_posix() for file in HELD_OUT.glob("*/*")} == set(RECORDED["counts"])
    assert {name.partition("/")[0] for name in RECORDED["counts"]} == set(KINDS)


@pytest.mark.usefixtures("estimated")
@pytest.mark.parametrize("kind", KINDS)
def test_the_estimate_is_within_5_percent_over_each_kind_of_text(kind: str) -> None:
    exact = {name: number for name, number in RECORDED["counts"].items() if name.startswith(kind)}
    assert sum(tokens.count(held_out(name)) for name in exact) == pytest.approx(sum(exact.values()), rel=0.05)


@pytest.mark.usefixtures("estimated")
@pytest.mark.parametrize("name", RECORDED["counts"])
def test_the_estimate_is_within_10_percent_on_each_text(name: str) -> None:
    exact = RECORDED["counts"][name]
    assert exact >= 200
    assert tokens.count(held_out(name)) == pytest.approx(exact, rel=0.1)


@needs_vocabulary
def test_the_recorded_counts_are_those_of_the_vocabulary() -> None:
    assert {name: tokens.count(held_out(name)) for name in RECORDED["counts"]} == RECORDED["counts"], (
        f"recorded with {RECORDED['vocabulary']}, now dashscope {version('dashscope')}: "
        "python tests/benchmarks/tokens.py record"
    )


@needs_vocabulary
def test_exact_counts_are_those_of_dashscopes_own_tokenizer() -> None:
    tokenizers = pytest.importorskip("dashscope.tokenizers", reason="dashscope's own tokenizer needs all of dashscope")
    text = "\n".join(map(held_out, RECORDED["counts"]))
    assert tokens.count(text) == len(tokenizers.get_tokenizer("qwen-plus").encode(text))


@needs_vocabulary
def test_a_long_text_is_counted_as_if_in_one_piece() -> None:
    text = "\n".join(map(held_out, RECORDED["counts"])) * 8
    assert len(text) > 200_000
    assert tokens.count(text) == len(tokens.vocabulary().encode_ordinary(text))


@pytest.mark.parametrize(
    ("messages", "prompt_tokens"),
    [
        ([("user", "Hello")], 9),  # contract 5.2, T3
        ([("user", "Hello!")], 10),  # contract 5.2, T4
        ([("system", "You are a helpful assistant."), ("user", "你是谁？")], 22),  # contract 4.1
    ],
)
@pytest.mark.usefixtures("either_way")
def test_prompts_are_counted_as_the_service_reported_them(messages: list[tuple[str, str]], prompt_tokens: int) -> None:
    assert tokens.count_messages(messages) == prompt_tokens


@pytest.mark.usefixtures("either_way")
def test_a_prompt_grows_with_every_message() -> None:
    history = [("user", "Hi"), ("assistant", "Hello."), ("user", "Who are you?"), ("tool", "")]
    counts = [tokens.count_messages(history[:number]) for number in range(5)]
    assert counts == sorted(set(counts))


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\n", "\r\n\t x", "\x00", "9.11", "⑨½Ⅷ", "don'T", "__init__", "<|im_end|>", "camelCaseHTMLWord"),
        *(
            "用Python写",
            "龘靐齉",
            "𠮷野家",
            "สวัสดี",
            "Привет",
            "안녕",
            "e\u0301",
            "😀\u200d👩",
            "\ud800",
            "a\udfff\ud83d b",
        ),
    ],
)
def test_pieces_join_to_the_text_and_are_as_many_as_its_tokens(text: str) -> None:
    pieces = list(tokens.pieces(text))
    assert "".join(pieces) == text
    assert len(pieces) == tokens.count(text)
    assert bool(pieces) == bool(text)


@pytest.mark.usefixtures("either_way")
def test_every_digit_is_a_token() -> None:
    assert list(tokens.pieces("9.11")) == ["9", ".", "1", "1"]
    assert tokens.count("7" * 50) == 50


@pytest.mark.usefixtures("either_way")
def test_a_character_of_several_tokens_is_held_back_until_it_is_complete() -> None:
    assert list(tokens.pieces("𓀀"))[-1] == "𓀀"
    assert not any(list(tokens.pieces("𓀀"))[:-1])


@pytest.mark.usefixtures("estimated")
@given(st.text(st.characters()))
def test_any_text_is_estimated(text: str) -> None:
    assert "".join(tokens.pieces(text)) == text


@needs_vocabulary
@given(st.text(st.characters()))
def test_any_text_is_counted(text: str) -> None:
    assert "".join(tokens.pieces(text)) == text


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("name", RECORDED["counts"])
def test_cut_takes_as_much_as_the_limit_allows(name: str) -> None:
    text = held_out(name)[:500]
    for limit in range(tokens.count(text)):
        beginning = tokens.cut(text, limit)
        assert text.startswith(beginning)
        assert limit - 2 <= tokens.count(beginning) <= limit


@pytest.mark.usefixtures("either_way")
def test_cut_leaves_a_text_within_the_limit_alone() -> None:
    assert tokens.cut("Hello, 世界!", 100) == "Hello, 世界!"


@pytest.mark.usefixtures("either_way")
def test_cut_never_halves_a_character() -> None:
    text = "龘😀𠮷" * 20
    assert all(text.startswith(tokens.cut(text, limit)) for limit in range(tokens.count(text)))


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    "unit", ["The quick brown fox. ", "今天天气很好。", "x = f(y[0])\n", " ", "a", "=", "😀", "\ud800", "1"]
)
def test_time_grows_in_proportion(unit: str) -> None:
    text = unit * (250_000 // len(unit.encode("utf-8", "replace")))
    start = perf_counter()
    tokens.count(text)
    assert perf_counter() - start < 3  # takes 0.2 s, or 0.8 s where every byte is a token; a quadratic step, minutes
