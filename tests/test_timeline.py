"""The timeline: what it computes from an exchange, what it says in words, what it draws, what it costs."""

import base64
import json
import logging
import re
import struct
import subprocess
import sys
import time
import warnings
from html import unescape

import httpx2
import pytest
from recording import DONE, STREAM, chunk, completion, event, recorded
from sanitizing import sanitized

from helpers import bars, drawing
from helpers.bars import draw, thinned
from helpers.phases import Phases
from helpers.tap.exchange import Exchange
from helpers.timeline import timeline

module = sys.modules["helpers.timeline"]  # "from helpers import timeline" gives the function

THINKING = [
    chunk({"role": "assistant", "content": None, "reasoning_content": ""}),
    chunk({"content": None, "reasoning_content": "Let me"}),
    chunk({"content": None, "reasoning_content": " see"}),
    chunk({"content": "9.9", "reasoning_content": None}),
    chunk({"content": " is larger", "reasoning_content": None}),
    chunk({"content": "", "reasoning_content": None}, "stop"),
    chunk(usage={"prompt_tokens": 22, "completion_tokens": 8}),
    DONE,
]
ANSWER = [chunk({"role": "assistant", "content": ""}), chunk({"content": "Hi"}), chunk({"content": "!"}), DONE]


def exchange_of(
    pieces: list[bytes] = ANSWER,
    *,
    times: list[float] | None = None,
    seconds: float | None = None,
    ending: str = "complete",
    failure: str | None = None,
    **more,
) -> Exchange:
    """A streamed exchange whose pieces came at `times`, by default one each second from second 1."""
    options = {"headers": STREAM, "request": {"stream": True, **more.pop("request", {})}, **more}
    exchange = recorded(pieces, **options)
    times = times or [float(number) for number in range(1, len(pieces) + 1)]
    exchange._pieces[:] = list(zip(times, pieces, strict=True))
    exchange.seconds = None if ending == "open" else seconds or times[-1]
    exchange._ending, exchange.failure = ending, failure
    return exchange


def whole(seconds: float = 9.8, **more) -> Exchange:
    """An exchange whose answer came in one piece."""
    exchange = recorded(json.dumps(completion()).encode(), **more)
    exchange.seconds = seconds
    return exchange


def unanswered(ending: str = "broken", seconds: float | None = 0.2, failure: str | None = None) -> Exchange:
    exchange = Exchange(httpx2.Request("POST", "http://127.0.0.1:1/v1/chat/completions", json={"stream": True}))
    exchange.seconds, exchange._ending, exchange.failure = seconds, ending, failure
    return exchange


def words(exchange: Exchange) -> str:
    return ", ".join(Phases.of(exchange).words())


# ── phases ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_thinking_and_answer_are_told_apart():
    phases = Phases.of(exchange_of(THINKING, seconds=8.5))
    assert list(phases.spans.items()) == [("waiting", (0, 2)), ("thinking", (2, 4)), ("answer", (4, 5))]
    assert phases.ticks == [2, 3, 4, 5]  # neither the opener nor the usage brings tokens
    assert (phases.ttft, phases.end, phases.ending, phases.outcome) == (2, 8.5, "complete", "")


def test_without_thinking_the_answer_follows_the_waiting():
    exchange = exchange_of()
    phases = Phases.of(exchange)
    assert phases.spans == {"waiting": (0, 2), "answer": (2, 3)}
    assert phases.ttft == exchange.ttft == 2


def test_thinking_alone_lasts_to_the_last_token():
    assert Phases.of(exchange_of(THINKING[:3])).spans == {"waiting": (0, 2), "thinking": (2, 3)}


def test_thinking_that_comes_after_the_answer_has_begun_belongs_to_it():
    late = [chunk({"content": "9"}), chunk({"reasoning_content": "hm"}), chunk({"content": ".9"})]
    assert Phases.of(exchange_of(late)).spans == {"waiting": (0, 1), "answer": (1, 3)}


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_both_names_of_thinking_are_known(name):
    assert "thinking" in Phases.of(exchange_of([chunk({name: "hm"}), DONE])).spans


def test_a_tool_call_is_an_answer():
    call = {"tool_calls": [{"index": 0, "function": {"name": "weather", "arguments": "{}"}}]}
    spans = Phases.of(exchange_of([chunk({"reasoning_content": "hm"}), chunk(call), DONE])).spans
    assert spans == {"waiting": (0, 1), "thinking": (1, 2), "answer": (2, 2)}


def test_of_a_whole_answer_nothing_is_seen_before_its_end():
    phases = Phases.of(whole())
    assert phases.spans == {"whole": (0, 9.8)}
    assert (phases.ttft, phases.ticks) == (None, [])


def test_a_stream_that_was_answered_in_one_piece_is_shown_as_that():
    assert Phases.of(whole(request={"stream": True})).spans == {"whole": (0, 9.8)}


def test_a_closed_stream_ends_where_it_was_closed():
    phases = Phases.of(exchange_of(THINKING[:4], seconds=7, ending="closed"))
    assert phases.spans == {"waiting": (0, 2), "thinking": (2, 4), "answer": (4, 4)}
    assert (phases.end, phases.outcome) == (7, "closed by the client before the end")


def test_a_broken_stream_keeps_what_had_come():
    phases = Phases.of(exchange_of(ANSWER[:2], seconds=6, ending="broken", failure="ReadError: reset\nby\tpeer"))
    assert phases.spans == {"waiting": (0, 2), "answer": (2, 2)}
    assert (phases.end, phases.outcome) == (6, "broken off: ReadError: reset by peer")


@pytest.mark.parametrize("count", range(1, len(THINKING)))
def test_whatever_has_come_is_in_the_phases_wherever_it_breaks(count):
    phases = Phases.of(exchange_of(THINKING[:count], seconds=20, ending="broken", failure="ReadError"))
    assert phases.ticks == [float(at) for at in (2, 3, 4, 5) if at <= count]
    edges = [edge for span in phases.spans.values() for edge in span]
    assert edges == sorted(edges)
    assert edges[-1] == (phases.ticks or [20])[-1]


def test_an_open_stream_is_drawn_as_far_as_it_got():
    phases = Phases.of(exchange_of(THINKING[:3], ending="open"))
    assert phases.spans == {"waiting": (0, 2), "thinking": (2, 3)}
    assert (phases.end, phases.outcome) == (3, "still open")


def test_an_open_call_without_a_token_has_waited_until_now():
    phases = Phases.of(unanswered("open", None))
    assert phases.spans == {"waiting": (0, phases.end)}
    assert 0 <= phases.end < 30


@pytest.mark.parametrize("request_", [{}, {"stream": True}])
def test_a_refused_call_says_why(request_):
    body = json.dumps({"error": {"message": "parameter.enable_thinking\nmust be false", "code": "x"}}).encode()
    phases = Phases.of(recorded(body, status=400, request=request_))
    assert list(phases.spans) == ["waiting"]
    assert (phases.ending, phases.ttft) == ("failed", None)
    assert phases.outcome == "refused with 400 Bad Request: parameter.enable_thinking must be false"


def test_an_error_in_mid_stream_says_why():
    phases = Phases.of(exchange_of([*ANSWER[:3], event('{"error": {"message": "too busy"}}')]))
    assert "answer" in phases.spans
    assert phases.outcome == "ended by an error: too busy"


def test_a_call_that_found_no_server_says_why():
    phases = Phases.of(unanswered(failure="ConnectError: [Errno 111] Connection refused"))
    assert phases.spans == {"waiting": (0, 0.2)}
    assert phases.outcome == "failed before any answer: ConnectError: [Errno 111] Connection refused"


@pytest.mark.parametrize("pieces", [[b""], [DONE], [b": keep-alive\n\n"], [event("{oops")]])
def test_a_stream_without_a_token_says_so(pieces):
    phases = Phases.of(exchange_of(pieces))
    assert (phases.spans, phases.ticks, phases.outcome) == ({"waiting": (0, 1)}, [], "ended without a token")


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_words_have_all_figures():
    assert words(exchange_of(THINKING, seconds=8.5)) == (
        "waiting 2.00 s until the first token (TTFT), thinking 2.00 s, answer 1.00 s, 4 events with tokens, "
        "8.50 s in all"
    )
    assert words(whole()) == "waiting for the whole answer 9.80 s"
    assert words(whole(0.0004)) == "waiting for the whole answer 0.00 s"


def test_outside_a_notebook_the_words_are_printed(monkeypatch, capsys):
    monkeypatch.setattr(module, "exchanges", [whole(), exchange_of(request={"enable_thinking": False})])
    assert timeline(0 - 2, -1) is None
    assert capsys.readouterr().out.splitlines() == [
        "Seconds from the request",
        "qwen-plus, full output: waiting for the whole answer 9.80 s",
        "qwen-plus, streamed, thinking off: waiting 2.00 s until the first token (TTFT), answer 1.00 s, "
        "2 events with tokens, 4.00 s in all",
    ]
    timeline()
    assert capsys.readouterr().out.count("\n") == 2
    timeline(whole(request={"enable_thinking": True}), labels=["全量\n输出"], title="两种方式")
    assert capsys.readouterr().out == "两种方式\n全量 输出: waiting for the whole answer 9.80 s\n"


def test_a_call_that_is_no_chat_is_named_by_its_address(capsys):
    timeline(unanswered(failure="ConnectError"))
    assert "POST /v1/chat/completions: waiting 0.20 s, failed before any answer" in capsys.readouterr().out


@pytest.mark.parametrize("slower", [0.001, 0.3, 40.0, 5000.0])
def test_runs_of_different_speed_differ_only_in_what_the_rules_take_away(slower, capsys):
    def run(factor: float) -> str:
        times = [number * factor for number in range(1, len(THINKING) + 1)]
        timeline(exchange_of(THINKING, times=times), whole(9.8 * factor))
        return sanitized(capsys.readouterr().out)

    assert run(1) == run(slower)


def test_where_a_stream_was_cut_is_not_told_in_events(capsys):
    """How much of a fast stream is on its way when the client closes it differs from run to run."""
    few, many = (exchange_of([THINKING[1]] * count, ending="closed") for count in (5, 50))
    timeline(few)
    first = sanitized(capsys.readouterr().out)
    timeline(many)
    assert first == sanitized(capsys.readouterr().out)


# ── arguments ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("wanted", "options", "sentence"),
    [
        ((7,), {}, "There is no exchange 7: this session has numbers 1 to 2."),
        (("1",), {}, "timeline takes an exchange, its number, or nothing for the last one, and str is none of these"),
        (([1, 2],), {}, "list is none of these. Try timeline(2)."),
        ((1, 9), {}, "There is no exchange 9"),
        ((1, 2), {"labels": ["one"]}, "these are 1 for 2. Try labels=["),
        ((1,), {"labels": "one"}, 'labels takes a list of texts, and str is none. Try labels=["first"].'),
        ((1,), {"labels": 3}, "labels takes a list of texts, and int is none."),
        ((1,) * 41, {}, "draws up to 40 exchanges, and these are 41"),
    ],
)
def test_wrong_arguments_are_answered_with_what_to_do(wanted, options, sentence, monkeypatch, capsys):
    session = [whole(), whole()]
    session[0].number, session[1].number = 1, 2
    monkeypatch.setattr(module, "exchanges", session)
    timeline(*wanted, **options)
    assert sentence in capsys.readouterr().out


def test_before_the_first_call_it_says_what_to_run(monkeypatch, capsys):
    monkeypatch.setattr(module, "exchanges", [])
    timeline()
    assert "There is no exchange yet. Run a cell that calls the model" in capsys.readouterr().out


# ── the picture ──────────────────────────────────────────────────────────────────────────────────────────────────


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@pytest.fixture
def displayed(monkeypatch):
    """What a notebook would be sent: each output's data and its metadata."""
    import IPython.display

    outputs = []
    monkeypatch.setattr(module, "in_notebook", lambda: True)
    monkeypatch.setattr(
        IPython.display, "display", lambda data, *, metadata=None, raw: outputs.append((data, metadata or {}))
    )
    return outputs


def test_a_notebook_gets_the_picture_and_its_words(displayed):
    timeline(whole(), exchange_of(THINKING))
    (picture, metadata), (folded, _) = displayed
    assert size(base64.b64decode(picture["image/png"], validate=True))[0] == 8 * 144
    assert picture["text/plain"].splitlines()[1] == "qwen-plus, full output: waiting for the whole answer 9.80 s"
    assert metadata["image/png"]["alt"] == picture["text/plain"]
    assert picture["text/plain"] in unescape(folded["text/html"])


def test_what_others_wrote_is_shown_and_does_nothing(displayed):
    hostile = "<img src=x onerror=alert(1)>\n\x1b[2J\u202e$\\frac{1}{$ \ud800"
    refused = recorded(json.dumps({"message": hostile}).encode(), status=400, request={"model": hostile[:-1]})
    timeline(refused, exchange_of(ending="broken", failure=hostile), labels=[hostile, hostile], title=hostile)
    (picture, _), (folded, _) = displayed
    assert re.findall("<[a-z]+", folded["text/html"]) == ["<details", "<summary", "<pre"]
    assert not re.search("[\x1b\u202e\ud800]", picture["text/plain"] + folded["text/html"])
    assert len(picture["text/plain"].splitlines()) == 3


def test_what_others_wrote_at_length_stays_short(displayed):
    refused = recorded(json.dumps({"message": "m" * 10**6}).encode(), status=400, request={"model": "M" * 10**6})
    timeline(refused, exchange_of(ending="broken", failure="长" * 10**5))
    assert len(displayed[0][0]["text/plain"]) < 2000


@pytest.mark.parametrize("scale", [0.0, 1e-6, 0.02, 1.0, 3600.0])
def test_any_length_of_time_can_be_drawn(scale):
    times = [number * scale for number in range(1, len(THINKING) + 1)]
    exchanges = [exchange_of(THINKING, times=times, seconds=times[-1]), whole(9.8 * scale)]
    exchanges += [exchange_of(THINKING[:1], times=[scale], ending=each) for each in ("open", "closed", "broken")]
    assert size(draw([("", Phases.of(exchange)) for exchange in exchanges]))[0] == 1152


def test_more_bars_make_a_higher_picture():
    row = ("", Phases.of(whole()))
    heights = [size(draw([row] * count))[1] for count in (1, 2, 40)]
    assert heights == sorted(set(heights))


def test_drawing_emits_no_warning_with_or_without_a_chinese_font(monkeypatch, caplog):
    caplog.set_level(logging.WARNING)
    rows = [("流式输出 🐱", Phases.of(exchange_of()))]
    for fonts in (drawing.FONTS, ("DejaVu Sans", "no such font")):
        monkeypatch.setattr(drawing, "FONTS", fonts)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            draw(rows, "思考与流式")
    assert not caplog.records


def test_the_learners_own_plots_keep_their_style():
    import matplotlib

    with matplotlib.rc_context({"font.size": 23}):
        draw([("", Phases.of(whole()))])
        assert matplotlib.rcParams["font.size"] == 23


def test_bars_differ_in_gray_too():
    def lightness(color: str) -> float:
        red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    waiting, thinking, answer = (
        lightness(bars._FILLS[kind]["facecolor"]) for kind in ("waiting", "thinking", "answer")
    )
    assert waiting - thinking > 60
    assert thinking - answer > 60
    assert "hatch" in bars._FILLS["whole"]


def test_thinning_keeps_the_rhythm_and_drops_the_crowd():
    assert list(thinned([0, 0, 0.1, 0.5, 0.9, 1.1, 5], 0.5)) == [0, 0.5, 1.1, 5]
    assert list(thinned([1, 2, 3], 0.5)) == [1, 2, 3]
    assert len(list(thinned([number / 1600 for number in range(16_000)], 10 / 300))) <= 301


# ── cost ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_sixteen_thousand_events_take_under_a_second():
    pieces = [chunk({"content": None, "reasoning_content": "字"})] * 8000 + [chunk({"content": "字"})] * 8000
    exchange = exchange_of([*pieces, DONE], times=[number / 200 for number in range(16_001)])
    draw([("", Phases.of(whole()))])  # matplotlib is loaded

    def cost() -> float:
        start = time.process_time()
        phases = Phases.of(exchange)
        draw([("", phases)])
        assert len(phases.ticks) == 16_000
        return time.process_time() - start

    assert any(cost() < 1 for _ in range(3))  # Others may be at work on this machine.


def test_importing_it_does_not_load_matplotlib():
    code = "import sys, helpers.timeline; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
