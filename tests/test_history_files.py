"""Histories and facts in files, and facts found again."""

import copy
import json
import os
import stat
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import history
from helpers.history import Memory
from helpers.history.files import CannotKeep

TALK = [
    {"role": "system", "content": "You are 皮蛋's teacher."},
    history.pin({"role": "user", "content": "I'm Pidan's Dad. 🐱 \ud83d \u202e\x00"}),
    {
        "role": "assistant",
        "content": None,
        "tool_calls": [
            {"id": "a", "type": "function", "function": {"name": "weather", "arguments": '{"city": "巴黎"}'}}
        ],
    },
    {"role": "tool", "tool_call_id": "a", "content": '{"weather": "sunny"}'},
]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "对话.json"


# ── histories ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_history_comes_back_as_it_was(file):
    history.save(TALK, file)
    assert history.load(str(file)) == TALK
    assert history.is_pinned(history.load(file)[1])
    text = file.read_text(encoding="utf-8")
    assert "皮蛋" in text
    assert json.loads(text) == TALK


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
characters = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
values = st.recursive(
    scalars | characters,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(characters, inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(characters, values, max_size=4).map(lambda m: {**m, "role": "user"}), max_size=5))
def test_any_history_comes_back_as_it_was_or_is_refused(tmp_path_factory, messages):
    path = tmp_path_factory.mktemp("history") / "talk.json"
    try:
        history.save(messages, path)
    except CannotKeep:
        # Two halves of a pair side by side are one character once they are read again; nothing else is refused.
        text = json.dumps(messages)
        assert json.loads(text) != messages
        assert not path.exists()
    else:
        assert history.load(path) == messages


@pytest.mark.parametrize(
    "content", [("a",), {1, 2}, float("nan"), {1: "a"}, b"bytes", object(), "\ud83d" + "\ude00"], ids=repr
)
def test_what_json_would_not_give_back_is_refused_by_name(file, content):
    history.save(TALK, file)
    with pytest.raises(CannotKeep, match=r"messages\[1\] holds something that JSON"):
        history.save([TALK[0], {"role": "user", "content": content}], file)
    assert history.load(file) == TALK


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is not JSON"),
        (b"[{]", "is not JSON"),
        (b'{"role": "user"}', "is a dict, and a history is a list"),
        (b'["hello"]', "item 0 is a str"),
        (b'[{"role": "user"}, {"content": ""}]', "item 1 is a dict without a role"),
        ("[]你".encode("gbk"), "is not in UTF-8"),
        (b"[" * 100_000, "lists within lists"),
    ],
)
def test_a_file_that_holds_no_history_is_refused_with_the_reason(file, data, sentence):
    file.write_bytes(data)
    with pytest.raises(CannotKeep, match=sentence):
        history.load(file)


def test_what_is_no_list_of_messages_is_not_saved(file):
    for wrong in ({"role": "user"}, "text", [1], None):
        with pytest.raises(CannotKeep, match="What is to be saved"):
            history.save(wrong, file)
    assert not file.exists()


def test_a_byte_order_mark_is_read_over(file):
    file.write_bytes(b"\xef\xbb\xbf[]")
    assert history.load(file) == []


def test_a_file_that_is_not_there_is_told_with_the_next_step(file):
    with pytest.raises(FileNotFoundError, match=r"cannot be read: .* Give the path of a file that save"):
        history.load(file)
    with pytest.raises(FileNotFoundError, match=r"cannot be written: .* Make sure that its folder exists"):
        history.save(TALK, file / "no" / "folder.json")


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_is_not_ours_is_told_so(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError, match="cannot be written"):
        history.save(TALK, tmp_path / "talk.json")


def test_a_refusal_of_the_system_is_told_with_the_next_step(file, monkeypatch):
    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    history.save(TALK, file)
    monkeypatch.setattr(type(file), "replace", refuse)
    with pytest.raises(PermissionError, match=r"对话.json cannot be written: Permission denied. Make sure"):
        history.save([], file)
    monkeypatch.undo()
    assert history.load(file) == TALK  # the old file is whole
    assert list(file.parent.iterdir()) == [file]  # and nothing is left beside it


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists instead")
def test_a_conversation_is_for_its_owner_only(file):
    history.save(TALK, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


# ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────────

FACTS = [
    "My daughter is allergic to peanuts.",
    "I live in Toronto and my mother lives in Chengdu.",
    "My cat is called Pidan.",
    "We fly to Lisbon on 3 May.",
    "我女儿对花生过敏。",
    "我的猫叫皮蛋。",
    "我妈妈住在成都，今年七十岁。",
]


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Which snacks can my daughter eat?", 0),
        ("Is anybody ALLERGIC to something?", 0),
        ("Are daughters coming along?", 0),
        ("Where do I live?", 1),
        ("Where is my mother living?", 1),
        ("What's my cat's name?", 2),
        ("When do we fly?", 3),
        ("What happens on 3 May?", 3),
        ("我女儿能吃什么？", 4),
        ("谁对花生过敏？", 4),
        ("猫呢？", 5),
        ("皮蛋是谁？", 5),
        ("妈妈住在哪里？", 6),
    ],
)
def test_a_fact_is_found_by_the_words_of_a_question(question, fact):
    assert Memory(FACTS).recall(question)[0] == FACTS[fact]


@pytest.mark.parametrize("question", ["What is it?", "How are you?", "", "你是谁？", "Tell me about physics", "?!"])
def test_nothing_shared_finds_nothing(question):
    assert Memory(FACTS).recall(question) == []


def test_meaning_alone_is_not_found():
    assert Memory(FACTS).recall("Do your kids have any food intolerance?") == []  # embeddings would find it


def test_a_rare_word_weighs_more_than_a_frequent_one():
    memory = Memory(["A red kite flies.", "The red car is fast.", "The blue car is slow.", "The green car is old."])
    assert memory.recall("Which kite is a car?")[0] == "A red kite flies."


def test_the_limit_and_the_order():
    memory = Memory(f"Trip number {number} went to sea." for number in range(10))
    assert memory.recall("a trip") == [f"Trip number {number} went to sea." for number in (9, 8, 7)]
    assert len(memory.recall("a trip", limit=50)) == 10
    assert memory.recall("a trip", limit=0) == []


def test_facts_are_kept_once_and_can_be_given_up():
    memory = Memory()
    for fact in (" I like tea. ", "I like tea.", "I like coffee."):
        memory.remember(fact)
    assert memory.facts == ["I like tea.", "I like coffee."]
    memory.forget("I like tea.")
    assert memory.recall("tea?") == []
    assert memory.recall("What do I like?") == ["I like coffee."]
    assert repr(memory) == "Memory of 1 fact\nI like coffee."
    with pytest.raises(KeyError, match="no such fact"):
        memory.forget("I like tea.")
    for wrong in ("", "  ", None, 5):
        with pytest.raises(ValueError, match="A fact is a text"):
            memory.remember(wrong)


def test_facts_go_into_a_request_as_a_message():
    memory = Memory(FACTS)
    message = memory.as_message(FACTS[:2])
    assert message == {"role": "system", "content": f"Facts noted earlier:\n- {FACTS[0]}\n- {FACTS[1]}"}
    assert memory.as_message(FACTS[0]) == memory.as_message(FACTS[:1])
    assert memory.as_message([])["content"] == "Facts noted earlier: none on this."
    history.fit([message, {"role": "user", "content": "Hi"}], 200)


def test_a_correction_stands_after_what_it_corrects():
    """The best match comes first where facts are found; what a model reads last is what it takes for true."""
    memory = Memory(["We fly on 9 May.", "I like tea.", "Actually, we will fly on 12 May, not on 9 May."])
    found = memory.recall("When do we fly, 12 May?")
    assert found[0].startswith("Actually")
    assert memory.as_message(found) == memory.as_message(found[::-1])
    assert memory.as_message(found)["content"].splitlines()[1:] == [
        "- We fly on 9 May.",
        "- Actually, we will fly on 12 May, not on 9 May.",
    ]
    assert memory.as_message(["never remembered", "I like tea."])["content"].endswith(
        "- I like tea.\n- never remembered"
    )


def test_a_memory_is_saved_and_loaded(tmp_path):
    path = tmp_path / "facts.json"
    memory = Memory([*FACTS, "half a pair: \ud83d"])
    memory.save(path)
    assert Memory.load(path).facts == memory.facts
    for data in ("{}", '["a", 5]', '[""]'):
        path.write_text(data, encoding="utf-8")
        with pytest.raises(CannotKeep, match="is no memory"):
            Memory.load(path)


@given(st.lists(characters.filter(str.strip), max_size=8), characters, st.integers(-2, 9))
def test_any_question_finds_facts_that_it_was_told(facts, question, limit):
    memory = Memory(facts)
    before = copy.copy(memory.facts)
    found = memory.recall(question, limit)
    assert len(found) == len(set(found)) <= max(0, limit)
    assert set(found) <= set(memory.facts) == set(before)
