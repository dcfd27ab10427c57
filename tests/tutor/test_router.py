"""From a question to an answer: thinking and its budget, order, determinism, keys, and any input at all."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import tokens
from helpers.practice import tutor
from helpers.practice.tutor.question import Answer, Draft, Message, Question, Tool, ToolCall

KEY = "sk-" + "test" * 5


def asked(*texts: str, **fields) -> Question:
    """A question whose messages are from the user and the assistant in turn."""
    roles = ("user", "assistant")
    return Question(tuple(Message(roles[at % 2], text) for at, text in enumerate(texts)), **fields)


@pytest.fixture
def only(monkeypatch):
    """Lets one draft be the answer to everything."""

    def use(draft: Draft | None) -> None:
        monkeypatch.setattr(tutor, "SKILLS", (lambda question, voice: draft,))

    return use


# ── Thinking ─────────────────────────────────────────────────────────────────────────────────────────────────────

DRAFT = Draft("9.9", thinking="Nine tenths are more than eleven hundredths, so it is 9.9.", hasty="9.11")
NEEDED = tokens.count(DRAFT.thinking)


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"thinking": False}, Answer("9.11")),
        ({"thinking": True}, Answer("9.9", DRAFT.thinking)),
        ({"thinking": True, "thinking_budget": NEEDED}, Answer("9.9", DRAFT.thinking)),
        ({"thinking": False, "thinking_budget": 1}, Answer("9.11")),
    ],
)
def test_thinking_decides_between_the_hasty_answer_and_the_other(only, fields, answer) -> None:
    only(DRAFT)
    assert tutor.answer(asked("Which?", **fields)) == answer


@pytest.mark.parametrize("budget", [0, 1, 2, NEEDED // 2, NEEDED - 1])
def test_too_small_a_budget_cuts_the_thinking_and_brings_the_slip_back(only, budget: int) -> None:
    only(DRAFT)
    answer = tutor.answer(asked("Which?", thinking=True, thinking_budget=budget))
    assert answer.content == "9.11"
    assert tokens.count(answer.thinking) <= budget
    assert DRAFT.thinking.startswith(answer.thinking)


def test_draft_that_cannot_slip_is_the_same_with_and_without_thinking(only) -> None:
    only(Draft("Paris", thinking="The capital of France."))
    assert tutor.answer(asked("Capital?")).content == "Paris"
    assert tutor.answer(asked("Capital?", thinking=True, thinking_budget=1)).content == "Paris"


@pytest.mark.parametrize(
    "text", ["Hello", "What is a token?", "Write a poem about tea.", "What is love?", "你好", "写一首诗"]
)
def test_thinking_is_never_empty_where_it_is_wanted(text: str) -> None:
    assert tutor.answer(asked(text, thinking=True)).thinking
    assert not tutor.answer(asked(text)).thinking


def test_draft_without_thinking_gets_some_in_the_language_of_the_question(only) -> None:
    only(Draft("Yes."))
    assert "Is it so?" in tutor.answer(asked("Is it so?", thinking=True)).thinking
    assert "是吗" in tutor.answer(asked("是吗", thinking=True)).thinking


# ── Order ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_first_draft_wins(monkeypatch) -> None:
    monkeypatch.setattr(tutor, "SKILLS", (lambda q, v: None, lambda q, v: Draft("one"), lambda q, v: Draft("two")))
    assert tutor.answer(asked("?")).content == "one"


def test_fallback_answers_where_no_skill_does(only) -> None:
    only(None)
    assert "not a model" in tutor.answer(asked("Hm?")).content


def test_only_the_request_is_remembered() -> None:
    alone = tutor.answer(asked("Who am I?"))
    tutor.answer(asked("I'm Pidan's Dad."))
    assert tutor.answer(asked("Who am I?")) == alone


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        f"My key is {KEY}, does it work?",
        f"Say {KEY}",
        f"Write a poem about {KEY}",
        f"写一首关于{KEY}的诗",
        f"What is {KEY}?",
        f"这是{KEY}吗",
        "What is love? " + "x " * 18 + KEY,
    ],
)
def test_no_key_goes_out(text: str) -> None:
    tool = Tool("search", "Search the web", {"properties": {"query": {"type": "string"}}, "required": ["query"]})
    for fields in ({}, {"thinking": True}, {"json_schema": {}}, {"tools": (tool,), "tool_choice": "search"}):
        answer = tutor.answer(asked(text, **fields))
        assert KEY[:12] not in f"{answer}"


def test_masked_key_keeps_its_last_four_characters() -> None:
    assert f"sk-…{KEY[-4:]}" in tutor.answer(asked(f"Is {KEY} fine with you")).content


# ── Any input ────────────────────────────────────────────────────────────────────────────────────────────────────

WORDS = st.sampled_from(
    [
        "\n",
        *re.findall(
            r"\S+",
            """write a poem about of for the in 100 words sentences what is token temperature difference between and
            which larger 9.9 9.11 how many json with keys name age weather Hangzhou say reply hello thanks count from 1
            to list three colors { } [ ] " ' : ; , . ? ! ( ) ` # % $ / - + * = 写 一首 关于 的 诗 什么是 区别 和 用
            三句话 100字 杭州 天气 今天 你好 包含 字段 姓名 翻译 再来一个 数到 ， 。 ？ “ ” 《 》 一 百 万 两三 每""",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(WORDS, max_size=40).map(" ".join),
    st.lists(WORDS, max_size=40).map("".join),
)
MESSAGES = st.lists(
    st.builds(
        Message,
        st.sampled_from(["system", "developer", "user", "assistant", "tool", "function", "other"]),
        TEXTS,
        st.lists(st.builds(ToolCall, st.text(max_size=20), st.text(max_size=50)), max_size=2).map(tuple),
    ),
    max_size=6,
).map(tuple)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
RULES = st.sampled_from(
    re.findall(
        r"\S+",
        """type properties required items enum const default anyOf allOf $ref minimum maximum minItems minLength
        pattern format description multipleOf uniqueItems prefixItems""",
    )
)
SCHEMAS = st.dictionaries(RULES | st.text(max_size=5), JSON, max_size=6)
TOOLS = st.lists(st.builds(Tool, st.text(max_size=20), TEXTS, SCHEMAS), max_size=3).map(tuple)
QUESTIONS = st.builds(
    Question,
    MESSAGES,
    thinking=st.booleans(),
    thinking_budget=st.none() | st.integers(-5, 60),
    tools=TOOLS,
    tool_choice=st.sampled_from(["auto", "none", "required", "search"]),
    parallel_tool_calls=st.booleans(),
    json_schema=st.none() | st.just({}) | SCHEMAS,
    temperature=st.floats(0, 2),
    top_p=st.floats(0, 1),
    seed=st.none() | st.integers(0, 2**31),
    choice=st.integers(0, 3),
)


@settings(deadline=None, max_examples=400)
@given(QUESTIONS)
def test_anything_gets_the_same_sound_answer_twice(question: Question) -> None:
    answer = tutor.answer(question)
    assert answer == tutor.answer(replace(question))
    assert answer.content or answer.tool_calls
    assert question.thinking or not answer.thinking
    if question.thinking and question.thinking_budget is not None:
        assert tokens.count(answer.thinking) <= max(0, question.thinking_budget)
    for call in answer.tool_calls:
        assert isinstance(json.loads(call.arguments), dict)
    if question.json_schema is not None and not answer.tool_calls:
        json.loads(answer.content)


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.sampled_from([{}, {"thinking": True}, {"json_schema": {}}]))
def test_any_text_is_answered(text: str, fields: dict) -> None:
    assert tutor.answer(asked(text, **fields)).content


def test_answer_is_the_same_in_another_process() -> None:
    """Python orders sets anew in each process, and no answer may depend on that."""
    script = (
        "from helpers.practice import tutor\n"
        "from helpers.practice.tutor.question import Message, Question, Tool\n"
        "tool = Tool('book_hotel_room', 'Book a room', {'properties': {n: {'type': 'boolean'} for n in"
        " ('with_breakfast_included', 'sea_view')}, 'required': []})\n"
        "for text in ('Hello', 'Write 80 words about tea', 'Book a room, breakfast included, no sea view', 'Hm?'):\n"
        "    for fields in ({}, {'json_schema': {}}, {'tools': (tool,)}, {'thinking': True, 'seed': 3}):\n"
        "        print(tutor.answer(Question((Message('user', text),), temperature=1.5, **fields)))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
