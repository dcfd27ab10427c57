"""The question set of the thinking experiment, and its judge against answers that a person has judged."""

import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

from helpers import connect
from helpers.judging.spelled import in_digits
from helpers.questions import KINDS, Question, questions

ANSWERS = Path(__file__).with_name("judged_answers.toml")
BY_ID = {question.id: question for question in questions()}


def labeled() -> Iterator[tuple[Question, str, bool]]:
    """Each answer of the file with its question, and whether it is right."""
    for entry in tomllib.loads(ANSWERS.read_text(encoding="utf-8"), parse_float=Fraction)["question"]:
        answers = {True: entry.pop("right"), False: entry.pop("wrong")}
        question = BY_ID[entry["id"]] if "id" in entry else Question.read({"id": "other", "kind": "logic"} | entry)
        yield from ((question, text, right) for right, texts in answers.items() for text in texts)


LABELED = list(labeled())


def escaped(value: object) -> str | None:
    return value[:40].encode("unicode_escape").decode() if isinstance(value, str) else getattr(value, "id", None)


@pytest.mark.parametrize(("question", "text", "right"), LABELED, ids=escaped)
def test_an_answer_is_judged_by_its_value(question, text, right):
    assert question.judge(text) is right


def test_the_labeled_answers_are_of_all_sorts():
    assert Counter(right for _, _, right in LABELED).keys() == {True, False}
    assert min(Counter((type(question.answer), right) for question, _, right in LABELED).values()) >= 20
    chinese = [text for _, text, _ in LABELED if any("\u3400" <= character <= "\u9fff" for character in text)]
    assert len(chinese) >= 60


@pytest.mark.parametrize(
    "text",
    ["1+" * 50_000, "1 = " * 25_000, "twenty " * 15_000, "so 3, " * 15_000, "**3** " * 15_000, "(" * 100_000],
    ids=escaped,
)
def test_a_long_answer_takes_no_long_time(text):
    begin = time.perf_counter()
    BY_ID["short-product"].judge(text)
    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize("question", questions(), ids=escaped)
def test_what_says_nothing_is_wrong(question):
    assert not question.judge("")
    assert not question.judge("I cannot help with that, sorry.")
    assert not question.judge(question.prompt)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("twenty-four", "24"),
        ("four hundred and eight", "408"),
        ("seven thousand and seventeen", "7017"),
        ("one r and two more", "1 r and 2 more"),
        ("the larger one, and the one before", "the larger one, and the one before"),
        ("三个", "3个"),
        ("一百二十天", "120天"),
        ("四百零八", "408"),
        ("两千零六万个", "20060000个"),
        ("一样，每一个都一起", "一样，每一个都一起"),
    ],
    ids=escaped,
)
def test_spelled_numbers_come_out_in_digits(text, digits):
    assert in_digits(text) == digits


def test_the_set_has_every_kind_in_both_languages():
    count = Counter(question.kind for question in questions())
    assert tuple(count) == KINDS
    assert count.total() >= 20
    assert min(count.values()) >= 3
    assert count["facts"] >= 5
    assert len(BY_ID) == count.total()
    assert sum(not question.prompt.isascii() for question in questions()) >= 4


def test_a_misspelled_field_is_an_error():
    with pytest.raises(TypeError, match="unit"):
        Question.read({"id": "x", "kind": "facts", "prompt": "How many days?", "answer": 7, "unit": {"day": 1}})


@pytest.fixture(scope="module")
def right() -> dict[bool, set[str]]:
    """The questions that the practice endpoint answers right, by whether it thinks."""
    client, model = connect()

    def is_right(question: Question, thinking: bool) -> bool:
        messages = [{"role": "user", "content": question.prompt}]
        answer = client.chat.completions.create(
            model=model, messages=messages, extra_body={"enable_thinking": thinking}
        )
        return question.judge(answer.choices[0].message.content)

    with ThreadPoolExecutor(6) as pool:
        return {
            thinking: {
                question.id
                for question, judged in zip(
                    questions(), pool.map(is_right, questions(), [thinking] * len(questions())), strict=True
                )
                if judged
            }
            for thinking in (False, True)
        }


def test_thinking_gets_every_question_right(right):
    assert right[True] == set(BY_ID)


def test_without_thinking_facts_are_right_and_many_others_are_not(right):
    assert {question.id for question in questions() if question.kind == "facts"} <= right[False]
    assert 0.35 <= len(right[False]) / len(questions()) <= 0.7
    for kind in set(KINDS) - {"facts"}:
        assert not {question.id for question in questions() if question.kind == kind} <= right[False]
