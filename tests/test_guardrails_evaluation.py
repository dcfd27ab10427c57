"""What an evaluation counts, how sure it is of its rates, and what it shows."""

import json
import re
import threading
from xml.etree import ElementTree

import openai
import pytest
from recording import JSON, completion
from scripted_server import Reply, serving

from helpers.guardrails import Case, Matrix, Rate, cases, compare, comparison, evaluate, evaluation

REFUSAL = "I'm sorry, I can't answer questions about cross-border transfers."
ANSWER = "1. Open the app.\n2. Choose Transfer.\n3. Confirm."
HOSTILE = "<img src=x onerror=alert(1)>\n\x1b[2J\u202e$\\frac{1}{$ \ud800"

FOUR = [
    Case("a", "refuse", "direct"),
    Case("b", "refuse", "injection"),
    Case("c", "answer", "look-alike"),
    Case("d", "answer", "look-alike"),
]


def answering(refusing: str):
    """An `ask` that refuses the questions whose letters are given."""
    return lambda question: REFUSAL if question in refusing else ANSWER


@pytest.fixture
def shown(monkeypatch):
    """What was shown: pairs of HTML and plain text."""
    outputs = []
    for module in (evaluation, comparison):
        monkeypatch.setattr(module, "show", lambda rich, plain: outputs.append((rich, plain)))
    return outputs


# ── counting ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("refusing", "counts", "under", "over"),
    [
        ("ab", (2, 0, 0, 2), 0, 0),
        ("a", (1, 1, 0, 2), 0.5, 0),
        ("abc", (2, 0, 1, 1), 0, 0.5),
        ("cd", (0, 2, 2, 0), 1, 1),
    ],
)
def test_both_ways_to_go_wrong_are_counted(refusing, counts, under, over):
    found = evaluate(answering(refusing), FOUR)
    assert found.matrix == Matrix(*counts)
    assert (found.under_refusal.value, found.over_refusal.value) == (under, over)
    assert {result.case.question for result in found.wrong} == set("ab") ^ set(refusing)


def test_by_kind():
    rates = evaluate(answering("bc"), FOUR).by_kind()
    assert rates == {
        ("direct", "refuse"): Rate(1, 1),
        ("injection", "refuse"): Rate(0, 1),
        ("look-alike", "answer"): Rate(1, 2),
    }


def test_a_case_is_asked_as_often_as_said_and_counts_as_one():
    asked = []

    def ask(question):
        asked.append(question)
        return REFUSAL if len(asked) % 2 else ANSWER

    found = evaluate(ask, FOUR[:2], times=4)
    assert asked == ["a"] * 4 + ["b"] * 4
    assert found.matrix.total == 8
    assert found.under_refusal == Rate(1.0, 2)  # each case in half of its runs
    assert found.under_refusal.interval == Rate(1, 2).interval


def test_every_result_keeps_what_was_said_and_why():
    first = evaluate(answering("ab"), FOUR).results[0]
    assert (first.said, first.refused, first.wrong) == (REFUSAL, True, False)
    assert first.reason.startswith("declines: ")


def test_no_text_at_all_is_no_refusal():
    assert evaluate(lambda _: None, FOUR).under_refusal.value == 1


def test_the_results_have_the_order_of_the_cases_however_many_are_asked_at_once():
    together = threading.Barrier(4, timeout=10)

    def ask(question):
        together.wait()
        return answering("ab")(question)

    found = evaluate(ask, FOUR, at_once=4)
    assert [result.case for result in found.results] == FOUR


def test_an_error_is_kept_and_counts_nowhere(shown):
    def ask(question):
        if question == "b":
            raise RuntimeError(HOSTILE)
        return answering("a")(question)

    found = evaluate(ask, FOUR)
    assert found.matrix.total == 3
    assert found.under_refusal == Rate(0, 1)
    assert [result.case.question for result in found.errors] == ["b"]
    assert isinstance(found.errors[0].error, RuntimeError)
    assert not found.errors[0].wrong
    assert "1 of 4 runs failed and count nowhere" in repr(found)
    found.table()
    assert_harmless(*shown[0])
    assert "RuntimeError" in shown[0][1]


def test_where_every_call_fails_the_first_error_is_raised():
    def ask(question):
        raise RuntimeError(question)

    with pytest.raises(RuntimeError, match=r"^a$"):
        evaluate(ask, FOUR)


def test_who_interrupts_is_obeyed():
    def ask(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(ask, FOUR)


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"ask": "How?"}, TypeError, "ask is a function that takes a question"),
        ({"cases": "direct"}, TypeError, "cases takes a list"),
        ({"cases": FOUR[0]}, TypeError, "cases takes a list"),
        ({"cases": None}, TypeError, "NoneType is none"),
        ({"cases": ["How?"]}, TypeError, "there is str among them"),
        ({"cases": [*FOUR, ""]}, TypeError, "there is str among them"),
        ({"cases": []}, ValueError, "There is no case to ask"),
        ({"times": 0}, ValueError, "times is a whole number from 1, and 0 is none"),
        ({"times": 1.5}, ValueError, "times is a whole number"),
        ({"at_once": -1}, ValueError, "at_once is a whole number"),
    ],
)
def test_wrong_arguments_are_named(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        evaluate(**{"ask": answering(""), "cases": FOUR} | arguments)


def test_an_ask_that_returns_the_whole_answer_is_told_what_to_return():
    with pytest.raises(TypeError, match=r"ask returned dict and .* answer\.choices\[0\]\.message\.content"):
        evaluate(lambda _: {"choices": []}, FOUR)


def test_a_coroutine_is_no_ask():
    async def ask(question):
        return question

    with pytest.raises(TypeError, match="coroutine"):
        evaluate(ask, FOUR)


def test_with_the_plain_sdk_against_a_server():
    def reply(request):
        text = REFUSAL if "Toronto" in request.body["messages"][-1]["content"] else ANSWER
        return Reply([json.dumps(completion(text)).encode()], headers=JSON)

    with serving(reply) as server:
        client = openai.OpenAI(base_url=server.base_url, api_key="none")

        def ask(question):
            answer = client.chat.completions.create(model="qwen-plus", messages=[{"role": "user", "content": question}])
            return answer.choices[0].message.content

        found = evaluate(ask, cases(language="en"), at_once=4)
    refused = [result.case.question for result in found.results if result.refused]
    assert refused == [case.question for case in cases(language="en") if "Toronto" in case.question]
    assert found.over_refusal.value == 0


# ── rates ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("wrong", "of", "low", "high"),
    [  # of published tables (Newcombe 1998, and textbooks)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(wrong, of, low, high):
    assert Rate(wrong, of).interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("of", [1, 2, 28, 52, 10_000])
def test_an_interval_holds_its_rate_and_mirrors(of):
    for wrong in {0, 1, of // 2, of}:
        low, high = Rate(wrong, of).interval
        assert 0 <= low <= wrong / of + 1e-12
        assert wrong / of - 1e-12 <= high <= 1
        assert Rate(of - wrong, of).interval == pytest.approx((1 - high, 1 - low))


def test_no_cases_is_no_rate():
    assert (Rate(0, 0).value, Rate(0, 0).interval, str(Rate(0, 0))) == (None, (0, 1), "no cases")


def test_a_rate_in_words():
    assert str(Rate(11, 52)) == "21 % (11 of 52), 12–34 %"
    assert str(Rate(1.5, 52)) == "3 % (1.5 of 52), 1–12 %"


# ── showing ──────────────────────────────────────────────────────────────────────────────────────────────────────


def assert_harmless(rich: str, plain: str) -> None:
    assert not re.search("[\x1b\u202e\ud800]", rich + plain)
    elements = set(re.findall(r"<([a-z]+)", rich))
    allowed = {"p", "b", "i", "br", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "pre"}
    assert elements <= allowed | {"svg", "title", "text", "line", "rect"}


def test_the_matrix_as_text_and_as_html():
    matrix = evaluate(answering("ac"), FOUR).matrix
    assert str(matrix).splitlines() == [
        "Runs                refused  not refused",
        "should be refused         1            1",
        "should be answered        1            1",
    ]
    assert matrix._repr_html_().count("<b>1</b>") == 2


def test_the_table_has_the_matrix_the_rates_and_the_kinds(shown):
    evaluate(answering("ac"), FOUR).table()
    rich, plain = shown[0]
    for words in ("should be refused", "under-refusal", "over-refusal", "injection (refuse)", "50 % (1 of 2), 9–91 %"):
        assert words in plain
        assert words in rich


def test_the_misses_show_what_was_said_and_it_does_nothing(shown):
    evaluate(lambda _: HOSTILE * 300, [Case(HOSTILE, "refuse", reason=HOSTILE, kind=HOSTILE)]).misses()
    rich, plain = shown[0]
    assert_harmless(rich, plain)
    assert "&lt;img src=x" in rich
    assert "mathjax_ignore" in rich
    assert len(rich) < 5_000


def test_many_misses_are_cut(shown):
    evaluate(answering(""), [Case(f"question {number}", "refuse") for number in range(200)]).misses()
    rich, plain = shown[0]
    assert "200 of 200 runs went wrong" in plain
    assert "… 180 more, in .wrong" in plain
    assert rich.count("<tr>") == 21


def test_no_misses_are_said_to_be_none(shown):
    evaluate(answering("ab"), FOUR).misses()
    assert shown[0][1] == "Nothing went wrong."


def test_evaluations_are_compared_in_a_picture_and_in_words(shown):
    none, all_of_them = evaluate(answering(""), FOUR), evaluate(answering("abcd"), FOUR)
    compare({"no rules": none, "both 开发者": all_of_them})
    rich, plain = shown[0]
    assert_harmless(rich, plain)
    lines = plain.splitlines()
    assert lines[3].split() == ["no", "rules", "#" * 30, "100", "%", "(2", "of", "2),", "34–100", "%"]
    assert lines[4].split()[2:] == ["0", "%", "(0", "of", "2),", "0–66", "%"]
    picture = ElementTree.fromstring(rich.partition("<details>")[0])
    widths = [float(bar.get("width")) for bar in picture.iter("rect")]
    assert widths == [210, 0, 0, 210]
    assert "currentColor" in rich


def test_a_rate_without_cases_is_drawn_as_that(shown):
    compare({"only refusals": evaluate(answering("ab"), FOUR[:2])})
    rich, plain = shown[0]
    assert "no cases" in rich
    assert "no cases" in plain


def test_labels_of_others_do_nothing_in_the_picture(shown):
    compare({HOSTILE: evaluate(answering("ab"), FOUR), "长" * 500: evaluate(answering("ab"), FOUR)}, title=HOSTILE)
    assert_harmless(*shown[0])
    ElementTree.fromstring(shown[0][0].partition("<details>")[0])
    assert len(shown[0][0]) < 12_000


@pytest.mark.parametrize(
    ("evaluations", "error", "sentence"),
    [
        ([1], TypeError, "list is no dict. Try compare"),
        ({}, ValueError, "1 to 12 evaluations, and these are 0"),
        ({"first": 1}, TypeError, "'first' is int and not what guardrails.evaluate"),
        (dict.fromkeys(range(13)), ValueError, "these are 13"),
    ],
)
def test_what_cannot_be_compared_is_named(evaluations, error, sentence):
    with pytest.raises(error, match=sentence):
        compare(evaluations)
