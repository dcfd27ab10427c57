"""The history view: what it reads from exchanges, what it says and draws, and what it never does."""

import base64
import json
import re
import struct
import subprocess
import sys
import time
import warnings
from html import unescape

import pytest
from recording import completion, recorded

from helpers import connect, exchanges, history
from helpers.history import view
from helpers.history.picture import draw
from helpers.history.sent import latest_conversation, sent
from helpers.history.view import show_history
from helpers.tap.exchange import Exchange

SYSTEM = {"role": "system", "content": "You are a teacher."}
SUMMARY = {"role": "system", "content": f"{history.SUMMARY}\nPidan's Dad came by."}
ASK = {"role": "user", "content": history.summaries.REQUEST.format(words=60)}


def user(text: str) -> dict:
    return {"role": "user", "content": text}


def assistant(text: str) -> dict:
    return {"role": "assistant", "content": text}


def request(*messages: object, tokens: int | None = None, status: int = 200, number: int = 0, **more) -> Exchange:
    """An exchange that sent these messages; by default it reports what they count for."""
    count = history.count([each for each in messages if isinstance(each, dict)]) if tokens is None else tokens
    body = completion() | {"usage": {"prompt_tokens": count, "completion_tokens": 1, "total_tokens": count + 1}}
    if status >= 400:
        body = {"error": {"message": "Range of input length should be [1, 3072]"}}
    exchange = recorded(
        json.dumps(body).encode(), status=status, request={"model": "qwen-plus", "messages": messages, **more}
    )
    exchange.number = number
    return exchange


def talk(turns: int) -> list[dict]:
    pairs = [(user(f"question {each}"), assistant(f"answer {each}")) for each in range(turns)]
    return [SYSTEM, *(message for pair in pairs for message in pair)]


def growing(turns: int) -> list[Exchange]:
    return [request(*talk(turns)[: 2 * each], number=each) for each in range(1, turns + 1)]


# ── what was sent ────────────────────────────────────────────────────────────────────────────────────────────────


def test_tokens_are_told_apart_by_role_and_come_to_what_was_reported():
    facts = history.Memory().as_message(["The cat is called Pidan."])
    pinned = history.pin(user("I'm Pidan's Dad."))
    call = {"role": "assistant", "content": None, "tool_calls": [{"id": "a", "function": {"name": "w"}}]}
    result = {"role": "tool", "tool_call_id": "a", "content": "sunny"}
    rules = {"role": "developer", "content": "Be brief."}
    messages = [SYSTEM, rules, SUMMARY, facts, pinned, assistant("Hi!"), user("Weather?"), call, result]
    (row,) = sent([request(*messages)])
    assert list(row.tokens) == ["system", "summary", "facts", "pinned", "user", "assistant", "tool", "rest"]
    assert sum(row.tokens.values()) == row.reported == history.count(messages)
    frame = history.count([])
    assert row.tokens["system"] == history.count([SYSTEM, rules]) - frame
    assert row.tokens["tool"] == history.count([result]) - frame
    assert row.tokens["rest"] == frame


def test_what_is_counted_elsewhere_is_around_them():
    (row,) = sent([request(user("Hello"), tokens=209)])
    assert row.tokens["rest"] == 203
    assert row.size == 209


def test_the_history_grows_and_nothing_is_lost():
    rows = sent(growing(4))
    sizes = [row.size for row in rows]
    assert sizes == sorted(sizes)
    assert not any(row.dropped or row.summarized for row in rows)


def test_what_is_dropped_is_named():
    messages = talk(3)
    fitted = [SYSTEM, *messages[3:]]
    first, second = sent([request(*messages, user("and?")), request(*fitted, user("and?"))])
    assert not first.dropped
    assert [said.raw for said in second.dropped] == messages[1:3]
    assert second.dropped_tokens == history.count(messages[1:3]) - history.count([])
    words = "; ".join(second.words())
    assert "dropped 2 messages: user “question 0”, assistant “answer 0”, " in words


def test_what_a_summary_stands_for_is_summarized():
    messages = talk(3)
    ask = request(*messages[1:5], ASK)
    after = request(SYSTEM, SUMMARY, *messages[5:], user("and?"))
    _, asking, row = sent([request(*messages), ask, after])
    assert asking.asks
    assert not asking.dropped
    assert [said.raw for said in row.summarized] == messages[1:5]
    assert not row.dropped
    again = request(SYSTEM, SUMMARY, *messages[5:], user("and?"), assistant("yes"), user("more"))
    (*_, last) = sent([request(*messages), ask, after, again])
    assert not last.summarized
    alike = request(SYSTEM, SUMMARY, user("more"))  # a second summary in the same words
    (*_, last) = sent([again, request(SUMMARY, *messages[5:], ASK), alike])
    assert len(last.summarized) == 4


def test_notes_that_are_replaced_are_not_lost():
    memory = history.Memory()
    other = {"role": "system", "content": f"{history.SUMMARY}\nHe left again."}
    first = request(memory.as_message(["I like tea."]), SUMMARY, user("a"))
    second = request(memory.as_message(["The cat is Pidan."]), other, user("a"))
    (_, row) = sent([first, second])
    assert not row.dropped
    assert not row.summarized


def test_a_pin_or_thinking_makes_no_other_message_of_it():
    thought = assistant("Hello!") | {"reasoning_content": "Let me see"}
    first = request(user("I'm Dad."), thought, user("a"))
    second = request(history.pin(user("I'm Dad.")), assistant("Hello!"), user("a"))
    before, after = sent([first, second])
    assert not after.dropped
    assert "thinking sent back with 1 message" in list(before.words())
    assert "newly pinned 1 message: user “I'm Dad.”" in list(after.words())
    assert not sent([first, second, second])[2].pinned


def test_a_message_that_was_sent_twice_is_missed_once():
    rows = sent([request(user("a"), user("a"), user("b")), request(user("a"), user("b"))])
    assert [said.raw for said in rows[1].dropped] == [user("a")]


def test_a_refused_request_says_so():
    (row,) = sent([request(user("long"), status=400)])
    assert next(row.words()).startswith("refused with 400 Bad Request, about ")
    assert row.reported is None
    assert row.size == history.count([user("long")])


# ── which conversation ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_latest_conversation_is_found_among_others():
    others = [request(user("ping")), request(SYSTEM, user("something else"))]
    ours = growing(3)
    mixed = [others[0], ours[0], ours[1], others[1], ours[2]]
    assert latest_conversation(mixed) == ours
    new = request(SYSTEM, user("new"))
    assert latest_conversation([*mixed, new]) == [new]


def test_a_call_that_is_no_chat_is_passed_over():
    models = request(user("x"))
    models._sent = b""
    assert latest_conversation([*growing(2), models])[-1].request["messages"]
    assert latest_conversation([models]) == []
    assert latest_conversation([]) == []


def test_the_same_talk_once_more_is_a_conversation_of_its_own():
    first, second = growing(5), growing(4)
    assert latest_conversation([*first, *second]) == second


def test_a_summarized_talk_goes_on():
    messages = talk(6)
    calls = [request(*messages), request(*messages[1:9], ASK), request(SYSTEM, SUMMARY, *messages[9:], user("new"))]
    assert latest_conversation(calls) == calls


def test_a_talk_whose_oldest_turns_go_is_still_the_same():
    messages = talk(12)
    calls = [request(SYSTEM, *messages[max(1, 2 * each - 5) : 2 * each]) for each in range(1, 13)]
    assert latest_conversation(calls) == calls


# ── the view ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def session(monkeypatch):
    """The session's exchanges, for a test to fill."""
    kept: list[Exchange] = []
    monkeypatch.setattr(view, "exchanges", kept)
    return kept


@pytest.fixture
def displayed(monkeypatch):
    """What a notebook would be sent: each output's data and its metadata."""
    import IPython.display

    outputs = []
    monkeypatch.setattr(view, "in_notebook", lambda: True)
    monkeypatch.setattr(
        IPython.display, "display", lambda data, *, metadata=None, raw: outputs.append((data, metadata or {}))
    )
    return outputs


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def test_outside_a_notebook_it_prints_a_line_for_each_request(session, capsys):
    session += growing(3)
    assert show_history() is None
    heading, *lines = capsys.readouterr().out.splitlines()
    sizes = [history.count(talk(3)[: 2 * each]) for each in (1, 2, 3)]
    assert heading == (
        f"3 requests with {sum(sizes)} prompt tokens in all: {sizes[0]} in the first, {sizes[2]} in the last, "
        f"{sizes[2]} at most"
    )
    assert [line.partition(":")[0] for line in lines] == ["1", "2", "3"]
    show_history(-1)
    assert capsys.readouterr().out.startswith(f"1 request with {sizes[2]} prompt tokens\n1: ")


def test_a_notebook_gets_the_picture_and_its_words(session, displayed):
    session += growing(3)
    for total in (False, True):
        show_history(total=total)
    for picture, metadata in displayed[::2]:
        assert size(base64.b64decode(picture["image/png"], validate=True))[0] == 8 * 144
        assert metadata["image/png"]["alt"] == picture["text/plain"]
    assert displayed[0][0]["image/png"] != displayed[2][0]["image/png"]
    folded = unescape(displayed[1][0]["text/html"])
    for row in sent(session):
        assert all(words in folded for words in row.words())


HOSTILE = "<img src=x onerror=alert(1)>\n\x1b[2J\u202e$\\frac{1}{$ </td></table>"


def test_what_others_wrote_is_shown_and_does_nothing(session, displayed):
    odd = [HOSTILE, None, 5, [], {"role": HOSTILE, "content": HOSTILE}, {"content": {"a": HOSTILE}}, {"role": ["x"]}]
    odd += [{"role": "assistant", "tool_calls": [None, {"function": HOSTILE}, {"function": {"name": 5}}]}]
    session.append(request(history.pin(user(HOSTILE)), *odd, user("a"), tokens=10))
    session.append(request(user("a"), tokens=10))
    show_history(0 - 2, -1, total=True)
    (picture, _), (folded, _) = displayed
    elements = set(re.findall("<[a-z]+", folded["text/html"]))
    assert elements == {"<details", "<summary", "<table", "<tr", "<td", "<br"}
    assert not re.search("[\x1b\u202e]", picture["text/plain"] + folded["text/html"])
    assert len(picture["text/plain"].splitlines()) == 3
    assert "mathjax_ignore" in folded["text/html"]


def test_what_others_wrote_at_length_stays_short(session, displayed):
    session.append(request(*(user(f"{'长' * 10**5}{each}") for each in range(5)), user("a"), tokens=10**6))
    session.append(request(user("a"), tokens=5))
    show_history(-2, -1)
    assert len(displayed[0][0]["text/plain"]) < 2_000


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ((7,), "There is no exchange 7: this session has numbers 1 to 2."),
        (("1",), "show_history takes an exchange, its number, or nothing for the last one, and str is none of these"),
        ((1,) * 201, "draws up to 200 requests, and these are 201"),
    ],
)
def test_wrong_arguments_are_answered_with_what_to_do(wanted, sentence, session, capsys):
    session += growing(2)
    show_history(*wanted)
    assert sentence in capsys.readouterr().out


def test_without_a_conversation_it_says_what_to_do(session, capsys):
    show_history()
    assert "There is no exchange yet. Run a cell that calls the model" in capsys.readouterr().out
    models = request(user("x"))
    models._sent = b""
    session.append(models)
    show_history()
    assert "No exchange of this session has messages." in capsys.readouterr().out
    show_history(-1)
    assert "sent no messages, so there is no history in it" in capsys.readouterr().out


def test_a_real_talk_is_shown_as_it_was(displayed):
    client, model = connect()
    messages = [SYSTEM]
    for question in ("What is 9.9 + 1?", "What is 9.11 + 1?", "Which is larger, 9.9 or 9.11?"):
        messages = history.fit([*messages, user(question)], 75)
        answer = client.chat.completions.create(model=model, messages=messages, extra_body={"enable_thinking": False})
        messages.append(assistant(answer.choices[0].message.content))
    show_history()
    lines = displayed[0][0]["text/plain"].splitlines()
    assert lines[0].startswith("3 requests")
    assert "dropped" in lines[-1]
    assert all(row.reported == sum(row.tokens.values()) <= 75 for row in sent(exchanges[-3:]))


# ── size and cost ────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_hundred_requests_are_drawn_in_seconds_and_kept_small(session, displayed):
    draw(sent(growing(2)))  # matplotlib is loaded
    session += growing(200)

    def cost() -> float:
        displayed.clear()
        start = time.process_time()
        show_history(total=True)
        return time.process_time() - start

    assert any(cost() < 5 for _ in range(2))  # Others may be at work on this machine.
    (picture, _), (folded, _) = displayed
    assert "160 more requests" in picture["text/plain"]
    assert len(json.dumps([picture, folded])) < 200_000


def test_drawing_emits_no_warning_whatever_the_sizes():
    pictures = [
        sent([request(user("a"), tokens=0)]),
        sent([request(user("a"), status=400)]),
        sent([request(user("大" * 5000), tokens=10**9), request(user("a"), tokens=1)]),
        sent(growing(17)),
        sent(growing(61)),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for rows in pictures:
            for total in (False, True):
                assert size(draw(rows, total=total))[0] == 1152


def test_importing_it_does_not_load_matplotlib():
    code = "import sys, helpers.history.view; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
