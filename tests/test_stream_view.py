"""A stream in a notebook: what the browser is sent while it arrives, what stays, and what the stop button does."""

import json
import time
from collections.abc import Callable, Iterator
from queue import Empty
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jupyter_client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from recording import STREAM, chunk, event
from safe_html import Reader
from scripted_server import Reply, serving

from helpers.markdown import html_of
from helpers.widgets.stream_view import _Drawing

VIEW = "application/vnd.jupyter.widget-view+json"
Message = dict[str, Any]

SETUP = """
import time
import httpx2
from openai import APIError
from openai.types.chat import ChatCompletionChunk
from helpers import live

def chunk(thinking=None, content=None, finish=None):
    delta = {"reasoning_content": thinking, "content": content}
    choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
    body = {"id": "x", "created": 1, "model": "<b>m</b>", "object": "chat.completion.chunk", "choices": choices}
    return ChatCompletionChunk.model_validate(body)

def saying(*texts, thinking=(), every=0.0):
    for text in thinking:
        yield chunk(thinking=text)
        time.sleep(every)
    for text in texts:
        yield chunk(content=text)
        time.sleep(every)
    yield chunk(finish="stop")

def hear_of(delta):
    yield chunk(content=delta)
    global since
    since = time.time()
    yield chunk(finish="stop")
"""


class Browser:
    """What stream_view.js does with the messages, in the same order."""

    def __init__(self) -> None:
        self._heard = -1
        self.thinking = self._finished = self._open = ""

    def draw(self, message: Message) -> None:
        if message["whole"]:
            self.thinking = self._finished = self._open = ""
        elif message["number"] != self._heard + 1:
            return
        self._heard = message["number"]
        self.thinking += message["thinking"]
        self._finished += message["finished"]
        keep, added = message["open"]
        self._open = self._open.encode("utf-16-le")[: 2 * keep].decode("utf-16-le") + added

    @property
    def answer(self) -> str:
        return self._finished + self._open


class Notebook:
    """A kernel in which cells are run as a notebook would run them."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self._client = client
        self.run(SETUP)

    def run(self, code: str, on: Callable[[Message], None] = lambda message: None) -> list[Message]:
        """Runs a cell; what comes for the browser meanwhile, each message with the time at which it came."""
        cell, found = self._client.execute(code), []
        while True:
            message = self._client.get_iopub_msg(timeout=30)
            message["came"] = time.time()
            kind, content = message["msg_type"], message["content"]
            assert kind != "error", "\n".join(content["traceback"])
            if kind == "status" and content["execution_state"] == "idle" and message["parent_header"]["msg_id"] == cell:
                return found
            found.append(message)
            on(message)

    def result(self, code: str) -> str:
        """The value of an expression, as printed."""
        return "".join(
            each["content"]["text"] for each in self.run(f"print({code})") if each["msg_type"] == "stream"
        ).strip()

    def subshell(self) -> str:
        """The id of a new subshell; skips the test where the kernel knows none."""
        reply = self._control("create_subshell_request")
        if reply is None or reply["content"]["status"] != "ok":
            pytest.skip("this kernel has no subshells")
        return reply["content"]["subshell_id"]

    def send(self, comm: str, content: Message, subshell: str) -> None:
        """What a view in the browser sends to its model."""
        data = {"method": "custom", "content": content}
        message = self._client.session.msg("comm_msg", {"comm_id": comm, "data": data})
        message["header"]["subshell_id"] = subshell
        self._client.shell_channel.send(message)

    def _control(self, kind: str) -> Message | None:
        self._client.control_channel.send(self._client.session.msg(kind, {}))
        try:
            return self._client.control_channel.get_msg(timeout=5)
        except Empty:
            return None


@pytest.fixture(scope="module")
def notebook() -> Iterator[Notebook]:
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        yield Notebook(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def drawings(messages: list[Message]) -> list[Message]:
    """What the view was sent to draw."""
    data = [each["content"]["data"] for each in messages if each["msg_type"] == "comm_msg"]
    return [each["content"] for each in data if each.get("method") == "custom"]


def outputs(messages: list[Message]) -> list[tuple[str, Message]]:
    kinds = ("display_data", "update_display_data", "execute_result", "stream", "clear_output")
    return [(each["msg_type"], each["content"]) for each in messages if each["msg_type"] in kinds]


def static(messages: list[Message]) -> tuple[str, str]:
    """The output that stays: HTML and its plain twin."""
    data = outputs(messages)[-1][1]["data"]
    assert set(data) == {"text/html", "text/plain"}
    return data["text/html"], data["text/plain"]


# ── what stays ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_stays_is_an_emptied_view_and_a_static_output(notebook):
    messages = notebook.run("said = live(saying('9.9 **更大**', thinking=['比较', '小数']))")
    (kind, view), (update, emptied), (then, kept) = outputs(messages)
    assert (kind, update, then) == ("display_data", "update_display_data", "display_data")
    assert set(view["data"]) == {VIEW}
    assert emptied["data"] == {}
    assert view["transient"] == emptied["transient"]
    assert "display_id" in view["transient"]
    assert not kept["transient"]
    rich, plain = static(messages)
    assert plain == "Thinking\n比较小数\n\nAnswer\n9.9 **更大**"
    assert "<summary>Thinking</summary>" in rich
    assert "比较小数" in rich
    assert "<p>9.9 <strong>更大</strong></p>" in rich


def test_the_widget_is_gone_at_the_end(notebook):
    messages = notebook.run("said = live(saying('a'))")
    opened = [each["content"]["comm_id"] for each in messages if each["msg_type"] == "comm_open"]
    closed = [each["content"]["comm_id"] for each in messages if each["msg_type"] == "comm_close"]
    assert opened
    assert sorted(opened) == sorted(closed)


def test_the_plain_twin_of_a_bare_answer_is_the_answer(notebook):
    assert static(notebook.run("said = live(saying('# 标题\\n', '- a'))"))[1] == "# 标题\n- a"


def test_what_had_arrived_stays_when_the_stream_fails(notebook):
    failing = """
def failing():
    yield chunk(thinking="<i>half", content="so **far** <img src=x onerror=alert(1)>")
    raise APIError("<script>alert(1)</script>\\x1b", httpx2.Request("POST", "http://127.0.0.1"), body=None)
said = live(failing())
"""
    rich, plain = static(notebook.run(failing))
    assert "so <strong>far</strong>" in rich
    assert "APIError: &lt;script&gt;alert(1)&lt;/script&gt;\\u001b" in rich
    assert "<script" not in rich
    assert "<img" not in rich
    assert "<i>" not in rich
    assert "APIError: <script>alert(1)</script>\\u001b" in plain


ECHO = """
import openai
from helpers.tap import TapTransport
key = {key!r}
with openai.OpenAI(
    base_url={url!r}, api_key=key, http_client=openai.DefaultHttpxClient(transport=TapTransport(httpx2.HTTPTransport()))
) as ai:
    said = live(ai.chat.completions.create(model="m", messages=[], stream=True))
"""


def test_a_key_that_the_server_echoes_does_not_stay(notebook):
    key = "sk-" + "echo" * 5
    deltas = [{"reasoning_content": f"It is {key}"}, {"content": f"Your key: **{key[:9]}"}, {"content": f"{key[9:]}**"}]
    said = [*map(chunk, deltas), event(json.dumps({"error": {"message": f"Not {key}"}}))]
    with serving(lambda _: Reply(said, headers=STREAM)) as server:
        rich, plain = static(notebook.run(ECHO.format(key=key, url=server.base_url)))
    for shown in (rich, plain):
        assert key not in shown
        assert "It is sk-****" in shown
        assert "Not sk-****" in shown
    assert "Your key: " in rich


# ── while it arrives ─────────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = '<img src=x onerror="alert(1)"> ![x](/logout) [x](javascript:alert(1)) <script>alert(1)</script> 中'


def test_what_the_browser_draws_is_safe_and_not_in_the_state(notebook):
    messages = notebook.run(f"said = live(saying(*{HOSTILE!r}, thinking=[{HOSTILE!r}], every=0.005))")
    browser, answers = Browser(), []
    for each in drawings(messages):
        browser.draw(each)
        Reader(browser.answer)
        answers.append(browser.answer)
    assert browser.thinking == HOSTILE  # which the browser adds as text
    assert len(set(answers)) > 2
    states = [each["content"]["data"] for each in messages if each["msg_type"] == "comm_open"]
    states += [each["content"]["data"] for each in messages if each["msg_type"] == "comm_msg"]
    kept = json.dumps([each for each in states if each.get("method") != "custom"], ensure_ascii=False)
    assert "alert" not in kept
    assert "中" not in kept
    Reader(static(messages)[0].partition("</details>")[2].partition('<div style="opacity')[0])


def test_the_first_delta_is_sent_at_once(notebook):
    assert any(first_after(notebook) < 0.150 for _ in range(3))  # the machine may be busy with something else


def first_after(notebook: Notebook) -> float:
    cell = """
def waiting():
    global since
    since = time.time()
    yield chunk(content="erste")
    time.sleep(0.3)
    yield chunk(finish="stop")
said = live(waiting())
"""
    came = []

    def note(message: Message) -> None:
        if message["msg_type"] == "comm_msg" and "erste" in json.dumps(message["content"]):
            came.append(message["came"])

    notebook.run(cell, note)
    return came[0] - float(notebook.result("since"))


@pytest.mark.parametrize("deltas", [1_000, 4_000])
def test_what_is_sent_is_in_proportion_to_the_text(deltas, notebook):
    """The text goes out twice at the end, and a few times while it arrives, however fast it comes."""
    delta = "word **w** "
    messages = notebook.run(f"said = live(saying(*[{delta!r} + '\\n\\n' * (i % 40 == 39) for i in range({deltas})]))")
    sent = sum(len(json.dumps(each["content"])) for each in messages if each["msg_type"] != "comm_open")
    assert sent < 8 * deltas * len(delta)


def test_the_stop_button_appears_and_stops(notebook):
    """A view says that it is there, is sent everything and told that it may stop the stream, and does so."""
    subshell, sent, answers = notebook.subshell(), [], []

    def view(message: Message) -> None:
        for drawing in drawings([message]):
            comm = message["content"]["comm_id"]
            if not sent:
                notebook.send(comm, {"kind": "here"}, subshell)
                sent.append("here")
            elif drawing["stoppable"] and len(sent) == 1:
                answers.append(drawing)
                notebook.send(comm, {"kind": "stop"}, subshell)
                sent.append("stop")

    messages = notebook.run("said = live(saying(*['词 '] * 1_000, every=0.02))", view)
    assert sent == ["here", "stop"]
    assert answers[0]["whole"]
    assert "词" in answers[0]["open"][1]
    assert notebook.result("said.ending") == "stopped"
    assert "Stopped. What had arrived is kept" in static(messages)[1]


def test_whoever_has_not_been_heard_gets_no_button(notebook):
    messages = notebook.run("said = live(saying(*['a'] * 5, every=0.05))")
    assert drawings(messages)
    assert not any(each["stoppable"] for each in drawings(messages))


# ── the messages, without a kernel ───────────────────────────────────────────────────────────────────────────────

TOKENS = st.sampled_from(
    ["😀", "👩\u200d👧", "你好", "**", "\n\n", "\n", "- ", "```\n", "`", "|a|\n|-|\n", "\ud83d", "<b>", "\r"]
)
DELTAS = st.lists(st.tuples(st.text(max_size=3), st.lists(TOKENS | st.text(max_size=5)).map("".join)), max_size=30)


@given(DELTAS)
def test_drawing_the_messages_in_order_gives_the_answer(deltas):
    drawing, browser = _Drawing(), Browser()
    for thinking, content in deltas:
        drawing.add(thinking, content)
        browser.draw(drawing.message())
        assert browser.answer == "".join([*drawing.finished, drawing.open])
    assert browser.answer == html_of("".join(content for _, content in deltas))


@settings(max_examples=25)
@given(st.integers(0, 15), st.lists(TOKENS, min_size=1))
def test_a_view_that_comes_late_catches_up(missed, tokens):
    drawing, browser = _Drawing(), Browser()
    for number in range(40):
        drawing.add("想", f"{tokens[number % len(tokens)]} word {number}")
        message = drawing.message()
        if number >= missed:
            browser.draw(message)
    assert browser.answer == "".join([*drawing.finished, drawing.open])
    assert browser.thinking == "想" * 40


def test_the_cost_of_a_delta_does_not_grow_with_the_answer():
    def cost(deltas: int) -> float:
        drawing, sent = _Drawing(), 0
        for number in range(0, deltas, 25):  # so many arrive between two drawings
            drawing.add("", "word **w** " * 25 + "\n\n" * (number % 2))
            sent += len(json.dumps(drawing.message()))
        return sent / deltas

    assert cost(8_000) < 1.5 * cost(500)


def test_a_view_that_says_it_is_there_gets_everything():
    drawing, browser = _Drawing(), Browser()
    for _ in range(10):
        drawing.add("想", "word 😀 ")
        drawing.message()
    drawing.stoppable = True
    message = drawing.message(whole=True)
    browser.draw(message)
    assert message["stoppable"]
    assert browser.thinking == "想" * 10
    assert browser.answer == html_of("word 😀 " * 10)
