"""The choice among wordings: what temperature, top_p and seed do to it."""

import math
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.practice.tutor.question import Message, Question, ToolCall
from helpers.practice.tutor.voice import Voice

QUESTION = Question((Message("user", "Name a color."),), top_p=1.0)
OPTIONS = ["red", "green", "blue", "yellow", "gray"]
SEEDS = range(600)


def picks(**fields) -> Counter:
    return Counter(Voice(replace(QUESTION, seed=seed, **fields)).pick(OPTIONS) for seed in SEEDS)


def entropy(counts: Counter) -> float:
    return -sum(n / len(SEEDS) * math.log(n / len(SEEDS)) for n in counts.values())


def test_without_temperature_the_first_is_always_picked() -> None:
    assert picks(temperature=0.0) == {"red": len(SEEDS)}


def test_usual_temperature_mostly_picks_the_first() -> None:
    assert 0.6 < picks(temperature=0.7)["red"] / len(SEEDS) < 0.8


def test_high_temperature_is_nearly_even() -> None:
    assert entropy(picks(temperature=1.9)) > 0.9 * math.log(len(OPTIONS))


def test_each_degree_flattens_the_choice() -> None:
    spread = [entropy(picks(temperature=t)) for t in (0.0, 0.4, 0.7, 1.0, 1.4, 1.9)]
    assert spread == sorted(spread)


def test_likelier_wordings_are_picked_more_often() -> None:
    counts = picks(temperature=1.0)
    assert [option for option, _ in counts.most_common()] == OPTIONS


def test_top_p_cuts_the_tail_and_leaves_the_rest_in_proportion() -> None:
    counts = picks(temperature=1.9, top_p=0.5)
    assert set(counts) == {"red", "green"}
    assert picks(temperature=1.9, top_p=0.01) == {"red": len(SEEDS)}
    assert set(picks(temperature=1.9, top_p=1.0)) == set(OPTIONS)


def test_temperature_moves_the_thresholds_under_the_same_throw() -> None:
    """Whoever picks a later wording when it is cold does so when it is hot."""
    for seed in SEEDS:
        cold, warm, hot = (
            OPTIONS.index(Voice(replace(QUESTION, seed=seed, temperature=t)).pick(OPTIONS)) for t in (0.5, 1.0, 1.9)
        )
        assert cold <= warm <= hot


@pytest.mark.parametrize(
    "other",
    [
        replace(QUESTION, seed=1),
        replace(QUESTION, choice=1),
        replace(QUESTION, model="qwen-flash"),
        replace(QUESTION, messages=(Message("user", "Name a colour."),)),
        replace(QUESTION, messages=(Message("system", "Name a color."),)),
        replace(QUESTION, messages=(Message("user", "Name a color.", (ToolCall("f", "{}"),)),)),
    ],
)
def test_another_request_is_another_throw(other: Question) -> None:
    def throws(question: Question) -> list[int]:
        voice = Voice(replace(question, temperature=1.9))
        return [voice.pick(range(50)) for _ in range(20)]

    assert throws(other) != throws(QUESTION)
    assert throws(QUESTION) == throws(QUESTION)


def test_later_picks_are_throws_of_their_own() -> None:
    voice = Voice(replace(QUESTION, temperature=1.9))
    assert len({voice.pick(OPTIONS) for _ in range(50)}) == len(OPTIONS)


def test_nothing_to_pick_from_is_an_error() -> None:
    with pytest.raises(IndexError):
        Voice(QUESTION).pick([])


@given(
    temperature=st.floats(),
    top_p=st.floats(),
    seed=st.none() | st.integers(),
    number=st.integers(1, 30),
    text=st.text(),
)
def test_any_setting_picks_one_of_the_options(temperature, top_p, seed, number, text) -> None:
    question = Question((Message("user", text),), temperature=temperature, top_p=top_p, seed=seed)
    assert Voice(question).pick(range(number)) in range(number)
