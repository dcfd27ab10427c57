"""Every wording of the table gets the right answer from the right skill, and what belongs to none of them gets none."""

import os
import re
import subprocess
import sys

import pytest
from reasoning_skills import SKILLS, Wording, asked, draft_of, skill_named, strangers, taker, wordings

BARE = "Answer with only the final answer."
WORDINGS = list(wordings())


def by_text(wording: Wording) -> str:
    return wording.text[:60].encode("unicode_escape").decode()


@pytest.mark.parametrize("wording", WORDINGS, ids=by_text)
def test_right_answer_from_the_right_skill(wording):
    assert taker(wording.text) == wording.skill
    draft = draft_of(skill_named(wording.skill), wording.text, rule=BARE)
    assert (draft.content, draft.hasty) == (wording.value, wording.slip)


@pytest.mark.parametrize("text", strangers())
def test_nobody_takes_what_is_no_question_of_these_kinds(text):
    assert taker(text) is None


def test_the_table_is_large_and_in_both_languages():
    chinese = sum(asked(wording.text).language == "zh" for wording in WORDINGS)
    assert len(WORDINGS) >= 300
    assert chinese >= 100
    assert len(strangers()) >= 150
    assert {wording.skill for wording in WORDINGS} == {skill.__name__.rpartition(".")[2] for skill in SKILLS}


@pytest.mark.parametrize("skill", SKILLS, ids=lambda skill: skill.__name__.rpartition(".")[2])
def test_drafts_read_like_a_model(skill):
    for wording in WORDINGS:
        if wording.skill != skill.__name__.rpartition(".")[2]:
            continue
        question = asked(wording.text)
        draft = draft_of(skill, wording.text)
        assert wording.value.split()[0].lower() in draft.content.lower(), wording.text
        if question.language == "zh":
            assert 80 <= len(draft.thinking) <= 3000, wording.text
            assert re.search(r"[\u3400-\u9fff]", draft.thinking)
        else:
            assert 55 <= len(draft.thinking.split()) <= 400, wording.text
            assert not re.search(r"[\u3400-\u9fff]", re.sub(r"[元米公斤]", "", draft.content)), wording.text
        assert draft.hasty is None or draft.hasty != draft.content
        assert wording.value.replace("\n", " ⏎ ").rstrip(".。") in draft.thinking, wording.text


@pytest.mark.parametrize(
    "around",
    [
        "Hi! {} Thanks!",
        "Hello, {}",
        "Please answer this question: {}",
        "{} Please explain your answer.",
        "Can you tell me: {}",
        "{}\n\nExplain briefly.",
    ],
)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Which is larger, 9.9 or 9.11?", "9.9"),
        ("How many r's are in strawberry?", "3"),
        ("What is 1234 * 5678?", "7006652"),
        ("What is the capital of France?", "Paris"),
        ("A farmer has 17 sheep. All but 9 die. How many are left?", "9"),
        ("How many km is 5 miles?", "8.04672"),
    ],
)
def test_manners_around_a_question_change_nothing(around, text, value):
    assert value in draft_of(skill_named(taker(text)), around.format(text)).content


@pytest.mark.parametrize("around", ["你好,{}谢谢!", "请问{}", "请告诉我,{}", "{}请说明理由。", "麻烦问一下,{}"])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9.9和9.11哪个大?", "9.9"),
        ("strawberry里有几个r?", "3"),
        ("17乘以23是多少?", "391"),
        ("法国的首都是哪里?", "巴黎"),
    ],
)
def test_manners_in_chinese_change_nothing(around, text, value):
    assert value in draft_of(skill_named(taker(text)), around.format(text)).content


@pytest.mark.parametrize(
    ("order", "content"),
    [
        ("Answer with only the number.", "9.9"),
        ("Just the number, no explanation.", "9.9"),
        ("Reply with just one number", "9.9"),
        ("只回答数字", "9.9"),
        ("直接给出答案,不要解释。", "9.9"),
    ],
)
def test_whoever_wants_only_the_answer_gets_only_that(order, content):
    draft = draft_of(skill_named("decimals"), f"9.9, 9.11: which is larger? {order}")
    assert draft.content == content
    assert draft.hasty == "9.11"


@pytest.mark.parametrize(
    "order", ["Think step by step.", "Let's think step by step.", "Show your work.", "请一步一步思考"]
)
def test_writing_the_steps_out_is_thinking_too(order):
    draft = draft_of(skill_named("decimals"), f"Which is larger, 9.9 or 9.11? {order}")
    assert draft.hasty is None
    assert draft.content.startswith("1. ")
    assert "9.90" in draft.content


def test_temperature_changes_the_wording_and_not_the_answer():
    drafts = {
        draft_of(skill_named("decimals"), "Which is larger, 9.9 or 9.11?", temperature=1.9, seed=seed).content
        for seed in range(20)
    }
    assert len(drafts) > 1
    assert all("9.9 is larger than 9.11" in content for content in drafts)


def test_the_same_question_has_the_same_draft_in_another_process():
    program = (
        "import hashlib\n"
        "from reasoning_skills import draft_of, skill_named, wordings\n"
        "drafts = [draft_of(skill_named(wording.skill), wording.text) for wording in wordings()]\n"
        "print(hashlib.sha256(str(drafts).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
