"""JSON mode: one JSON object, valid for its schema, with the values that are in the request (contract 8)."""

import json
import re

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.practice import tutor
from helpers.practice.tutor.question import Message, Question


def answered(text: str, schema: dict | None = None, system: str = "") -> dict:
    before = (Message("system", system),) if system else ()
    question = Question((*before, Message("user", text)), json_schema=schema or {})
    return json.loads(tutor.answer(question).content)


# ── Without a schema ─────────────────────────────────────────────────────────────────────────────────────────────

LIU = "大家好，我叫刘五，今年34岁，邮箱是liuwu@example.com，平时喜欢打篮球和旅游"
ALICE = "My name is Alice, I am 30 years old and live in Paris."


@pytest.mark.parametrize(
    ("system", "text", "expected"),
    [
        ("请抽取用户的姓名与年龄信息，以JSON格式返回", LIU, {"姓名": "刘五", "年龄": 34}),
        (
            "请提取姓名、邮箱和爱好，用JSON输出",
            LIU,
            {"姓名": "刘五", "邮箱": "liuwu@example.com", "爱好": ["打篮球", "旅游"]},
        ),
        (
            '输出JSON，例如 {"name":"张三","age":"25岁","hobby":["唱歌"]}',
            LIU,
            {"name": "刘五", "age": "34岁", "hobby": ["打篮球", "旅游"]},
        ),
        ("", f"Extract name, age and city as JSON: {ALICE}", {"name": "Alice", "age": 30, "city": "Paris"}),
        ("", "Return a JSON object with keys name and age. Bob is 42 years old.", {"name": "Bob", "age": 42}),
        (
            'Reply in JSON like {"name": "string", "age": 0, "email": "string"}',
            ALICE,
            {"name": "Alice", "age": 30, "email": None},
        ),
        ('Classify as JSON: {"sentiment": "positive|negative"}', "I love this phone!", {"sentiment": "positive"}),
        (
            'Classify as JSON: {"sentiment": "positive|negative"}',
            "This is terrible, I want a refund.",
            {"sentiment": "negative"},
        ),
    ],
)
def test_keys_and_values_are_those_of_the_request(system: str, text: str, expected: dict) -> None:
    assert answered(text, system=system) == expected


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("What is the capital of France? Reply in JSON.", "What is the capital of France?"),
        ("What is 3+4? answer in json", "What is 3+4?"),
        ("写一首关于春天的诗，用JSON格式输出", "写一首关于春天的诗"),
        ("What is a token? Please return valid JSON only.", "What is a token?"),
        ("What is JSON mode? Answer in JSON.", "What is JSON mode?"),
        ("什么是JSON模式？请用JSON回答", "什么是JSON模式？"),
    ],
)
def test_without_keys_the_answer_in_words_is_the_value(text: str, bare: str) -> None:
    content = tutor.answer(Question((Message("user", bare),), temperature=0)).content
    wrapped = tutor.answer(Question((Message("user", text),), temperature=0, json_schema={})).content
    assert json.loads(wrapped) == {"answer": content}


def test_answer_and_reason_come_from_the_answer_in_words() -> None:
    got = answered("What is the capital of France? Reply in JSON with keys answer and reason.")
    assert list(got) == ["answer", "reason"]
    assert "Paris" in got["answer"]
    assert answered("What is 3+4? Use JSON with a key called sum.") == {"sum": 7}


def test_hasty_answer_slips_in_json_too() -> None:
    assert "9.11 is larger" in answered("Which is larger, 9.9 or 9.11? Reply in JSON.")["answer"]


# ── With a schema ────────────────────────────────────────────────────────────────────────────────────────────────

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}


def schema(**properties) -> dict:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


PERSON = schema(
    name=TEXT, age=WHOLE, email={"type": "string", "format": "email"}, hobbies={"type": "array", "items": TEXT}
)
EVENT = schema(name=TEXT, date=TEXT, participants={"type": "array", "items": TEXT})
MOOD = schema(
    sentiment={"enum": ["positive", "negative", "neutral"]}, confidence={"type": "number", "minimum": 0, "maximum": 1}
)
STEPS = schema(steps={"type": "array", "items": {"$ref": "#/$defs/step"}}, final_answer=TEXT) | {
    "$defs": {"step": schema(explanation=TEXT, output=TEXT)}
}
ADDRESS = schema(person=schema(name=TEXT, home=schema(city=TEXT, country={"type": ["string", "null"]})))


@pytest.mark.parametrize(
    ("text", "rules", "expected"),
    [
        (
            "My name is Alice, I'm 30, alice@example.com and I like hiking and chess",
            PERSON,
            {"name": "Alice", "age": 30, "email": "alice@example.com", "hobbies": ["hiking", "chess"]},
        ),
        (
            "我叫王芳，今年28岁，邮箱wang@example.cn，喜欢游泳、画画",
            PERSON,
            {"name": "王芳", "age": 28, "email": "wang@example.cn", "hobbies": ["游泳", "画画"]},
        ),
        (
            "Alice and Bob are going to a science fair on Friday.",
            EVENT,
            {"name": "science fair", "date": "Friday", "participants": ["Alice", "Bob"]},
        ),
        ("这家餐厅不好吃，服务也差", MOOD, {"sentiment": "negative"}),
        (
            "My name is Alice and I live in Paris",
            ADDRESS,
            {"person": {"name": "Alice", "home": {"city": "Paris", "country": None}}},
        ),
    ],
)
def test_values_are_taken_from_the_request(text: str, rules: dict, expected: dict) -> None:
    got = answered(text, rules)
    jsonschema.validate(got, rules)
    assert {name: got[name] for name in expected} == expected


def test_what_is_not_said_is_made_up_and_still_valid() -> None:
    got = answered("hello", PERSON)
    jsonschema.validate(got, PERSON)
    assert got["hobbies"] == []


def test_steps_hold_the_answer_in_words() -> None:
    got = answered("What is 3+4?", STEPS)
    jsonschema.validate(got, STEPS)
    assert "7" in got["final_answer"]
    assert "7" in got["steps"][0]["explanation"]
    assert "no skill" in answered("What is love?", STEPS)["final_answer"]


def test_schema_that_contains_itself_comes_to_an_end() -> None:
    node = schema(value=WHOLE) | {"$defs": {}}
    node["properties"]["children"] = {"type": "array", "items": {"$ref": "#"}}
    node["properties"]["next"] = {"$ref": "#"}
    jsonschema.validate(answered("5 nodes", node), node)
    endless = {"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}] * 20}}}
    assert isinstance(answered("hello", endless), str | dict)


def test_pattern_that_could_take_forever_is_not_tried() -> None:
    assert answered("a" * 200, schema(name={"type": "string", "pattern": "^(a+)+$"}))


# ── Any schema ───────────────────────────────────────────────────────────────────────────────────────────────────

NAMES = st.sampled_from(
    [
        "name",
        "age",
        "city",
        "email",
        "date",
        "price",
        "tags",
        "answer",
        "reason",
        "ok",
        "rating",
        "姓名",
        "年龄",
        "x",
        "items",
        "unit",
    ]
)


def strings() -> st.SearchStrategy[dict]:
    def sized(least: int, more: int) -> dict:
        return {"type": "string", "minLength": least, "maxLength": least + more}

    formats = st.sampled_from(["date", "date-time", "email", "uuid", "uri", "ipv4", "time"])
    return st.one_of(
        st.just({"type": "string"}),
        st.builds(sized, st.integers(0, 20), st.integers(0, 50)),
        st.builds(lambda form: {"type": "string", "format": form}, formats),
        st.builds(
            lambda p: {"type": "string", "pattern": p},
            st.sampled_from([r"^[A-Z]{2}\d{2}$", r"^\d+$", "^[a-z]+$", "^#"]),
        ),
        st.builds(
            lambda options: {"enum": options}, st.lists(st.text(max_size=8) | st.integers(), min_size=1, max_size=4)
        ),
    )


def numbers() -> st.SearchStrategy[dict]:
    def ranged(kind: str, low: int, width: int) -> dict:
        return {"type": kind, "minimum": low, "maximum": low + width}

    kinds = st.sampled_from(["integer", "number"])
    return st.one_of(
        st.builds(lambda kind: {"type": kind}, kinds),
        st.builds(ranged, kinds, st.integers(-1000, 1000), st.integers(0, 100)),
        st.builds(lambda low: {"type": "integer", "exclusiveMinimum": low}, st.integers(-50, 50)),
        st.builds(lambda step: {"type": "integer", "multipleOf": step, "minimum": 1}, st.integers(1, 12)),
    )


LEAVES = st.one_of(
    strings(), numbers(), st.just({"type": "boolean"}), st.just({"type": ["string", "null"]}), st.just({"type": "null"})
)


def nested(inner: st.SearchStrategy[dict]) -> st.SearchStrategy[dict]:
    objects = st.dictionaries(NAMES, inner, max_size=4).flatmap(
        lambda parts: (
            st.lists(st.sampled_from(sorted(parts)), unique=True).map(
                lambda needed: {
                    "type": "object",
                    "properties": parts,
                    "required": needed,
                    "additionalProperties": False,
                }
            )
            if parts
            else st.just({"type": "object"})
        )
    )
    arrays = st.builds(
        lambda items, least: {"type": "array", "items": items, "minItems": least, "maxItems": least + 3},
        inner,
        st.integers(0, 3),
    )
    either = st.builds(lambda one, other: {"anyOf": [one, other]}, inner, inner)
    return objects | arrays | either


SCHEMAS = st.dictionaries(NAMES, st.recursive(LEAVES, nested, max_leaves=6), min_size=1, max_size=5).map(
    lambda parts: schema(**parts)
)
TEXTS = st.sampled_from(
    [LIU, ALICE, "hello", "What is 3+4?", "", "价格是25元，评分4.5", "1 2 3 4 5 6", "Alice, Bob and Carol"]
) | st.text(max_size=60)


@settings(deadline=None, max_examples=400)
@given(TEXTS, SCHEMAS)
def test_any_schema_gets_a_valid_instance(text: str, rules: dict) -> None:
    got = answered(text, rules)
    jsonschema.validate(got, rules, format_checker=jsonschema.FormatChecker(["date", "email", "uuid", "ipv4"]))


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=200), st.text(max_size=100))
def test_any_text_gets_one_object(text: str, system: str) -> None:
    assert isinstance(answered(text, system=system), dict)


def test_one_object_and_nothing_around_it() -> None:
    content = tutor.answer(Question((Message("user", "Tell me a joke in JSON"),), json_schema={})).content
    assert re.fullmatch(r"\{.*\}", content, re.DOTALL)
