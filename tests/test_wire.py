"""The wire view: what it shows of an exchange, how it treats untrusted text, how long it gets, how steady it is."""

import html
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recording import DONE, JSON, STREAM, chunk, completion, event, recorded
from sanitizing import sanitized

from helpers import wire
from helpers.readable import page, pretty, shortened
from helpers.tap import Exchanges
from helpers.tap.exchange import Exchange
from helpers.wire import show_exchange

PRACTICE = {"x-practice-endpoint": "scripted answers, no model"}
USAGE = {"prompt_tokens": 22, "completion_tokens": 382, "completion_tokens_details": {"reasoning_tokens": 210}}
# What JupyterLab does something with in a trusted output, of each kind one.
PAYLOADS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<iframe src=https://example.com></iframe>",
    "<style>@import 'https://example.com/x.css'</style>",
    '<meta http-equiv="refresh" content="0;url=https://example.com">',
    "![](https://example.com/logout)",
    "[x](javascript:alert(1))",
    '<button data-commandlinker-command="terminal:create-new">x</button>',
    "</pre></td></table><svg onload=alert(1)>",
    "<!-- --><![CDATA[",
    "&lt;b&gt;&#x27;",
]


@pytest.fixture
def shown(monkeypatch):
    """What show_exchange would display: the HTML and its plain twin."""

    def run(exchange=None, *, session=()) -> tuple[str, str]:
        calls = []
        monkeypatch.setattr(wire, "show", lambda rich, plain: calls.append((rich, plain)))
        monkeypatch.setattr(wire, "exchanges", list(session))
        assert show_exchange(exchange) is None
        (call,) = calls
        return call

    return run


def stream_of(count: int) -> list[bytes]:
    words = [chunk({"content": f"词{number} "}) for number in range(count)]
    return [*words, chunk({"content": ""}, "stop"), chunk(usage=USAGE), DONE]


def text_of(rich: str) -> str:
    """The HTML as a person reads it."""
    return html.unescape(re.sub("<[^>]*>", "", rich))


# ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────────


def test_request_response_and_figures_of_a_whole_answer(shown):
    headers = JSON | PRACTICE | {"x-request-id": "b2aa0fa6", "server": "istio-envoy", "content-encoding": "identity"}
    exchange = recorded(
        json.dumps(completion("9.9 更大")).encode(),
        headers=headers,
        key="sk-" + "test" * 5,
        request={"temperature": 0.5},
    )
    rich, plain = shown(exchange)
    for text in (plain, text_of(rich)):
        assert "POST /compatible-mode/v1/chat/completions\n" in text
        assert "host: 127.0.0.1:41234\n" in text
        assert "authorization: Bearer sk-****test\n" in text
        assert '{"role": "user", "content": "你好"}' in [line.strip() for line in text.splitlines()]
        assert '"temperature": 0.5' in text
        assert "200 OK" in text
        assert "x-request-id: b2aa0fa6" in text
        assert "x-practice-endpoint: scripted answers, no model" in text
        assert '"message": {"content": "9.9 更大", "role": "assistant"}' in text
        assert "10 prompt tokens, 20 completion tokens" in text
        assert "would cost about 0.000048 yuan" in text
        assert "istio-envoy" not in text


def test_a_live_call_costs_and_an_unknown_model_has_no_price(shown):
    live = json.dumps(completion()).encode()
    assert "costs about 0.000048 yuan at Beijing prices" in shown(recorded(live))[1]
    foreign = json.dumps(completion() | {"model": "somebody-elses"}).encode()
    assert "yuan" not in shown(recorded(foreign))[1]


def test_thinking_is_priced_as_thinking(shown):
    plain = shown(recorded(stream_of(3), headers=STREAM))[1]
    assert "382 completion tokens (210 of them reasoning)" in plain
    assert "costs about 0.003074 yuan" in plain  # (22 x 0.8 + 382 x 8) / 1,000,000


def test_a_stream_shows_its_first_and_last_events_beside_what_they_say(shown):
    rich, plain = shown(recorded(stream_of(100), headers=STREAM))
    for text in (plain, text_of(rich)):
        assert 'delta.content = "词0 "' in text
        assert 'data: {"choices": [{"delta": {"content": "词0 "}' in text
        assert "… 95 more events …" in text
        assert 'finish_reason = "stop"' in text
        assert 'usage = {"prompt_tokens": 22' in text
        assert "data: [DONE]" in text
        assert "the end of the stream" in text
        assert "content, put together" in text
        assert "词0 词1 词2" in text
        assert "103 events" in text
        assert "first token after" in text
    assert "词50 " not in plain.split("put together")[0]
    assert 'delta.content = "词20 "' in text_of(rich)  # folded, but there
    assert rich.count("<details") == 3
    assert "<details><summary>… 95 more events …</summary>" in rich


def test_a_short_stream_is_shown_whole(shown):
    plain = shown(recorded(stream_of(7), headers=STREAM))[1]
    assert "more events" not in plain
    assert plain.count("→") == 10


def test_odd_events_are_named(shown):
    body = [b": keep-alive\n\n", event("{oops"), event('{"error":{"message":"no"}}'), event('{"choices":[]}')]
    plain = shown(recorded(body, headers=STREAM))[1]
    assert [line.strip() for line in plain.splitlines() if "→" in line] == [
        "→ a comment",
        "→ not JSON",
        '→ error = {"message": "no"}',
        "→ nothing new",
    ]


def test_further_choices_are_told_apart(shown):
    second = json.loads(chunk({"content": "B"}, "stop").removeprefix(b"data: "))
    second["choices"][0]["index"] = 1
    plain = shown(recorded(event(json.dumps(second)), headers=STREAM))[1]
    assert '→ choices[1].delta.content = "B"; choices[1].finish_reason = "stop"' in plain


@pytest.mark.parametrize(
    ("status", "line"),
    [(400, "400 Bad Request · no (code invalid)"), (404, "404 Not Found"), (599, "599 · no (code invalid)")],
)
@pytest.mark.parametrize("framed", [False, True])
def test_an_error_shows_status_message_and_code(status, line, framed, shown):
    body = '{"error":{"message":"no","code":"invalid"}}'
    plain = shown(recorded(event(body) if framed else body.encode(), status=status))[1]
    assert f"Response: {line}" in plain.replace('"invalid")', "invalid)")


def test_a_call_without_an_answer_shows_why(shown):
    exchange = recorded(b"")
    exchange.status, exchange.failure, exchange._ending = None, "ConnectError: refused", "broken"
    plain = shown(exchange)[1]
    assert "Response: ConnectError: refused" in plain
    assert "broken (ConnectError: refused)" in plain


@pytest.mark.parametrize(
    ("ending", "words"), [("closed", "closed by the client before the end"), ("open", "still open")]
)
def test_an_unfinished_answer_says_so(ending, words, shown):
    exchange = recorded(chunk({"content": "A"}), headers=STREAM)
    exchange._ending = ending
    assert words in shown(exchange)[1]


# ── which one is shown ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_exchange_is_found_by_number_or_from_the_end(shown):
    session = Exchanges(most=2)
    for content in ("first", "second", "third"):
        session.add(recorded(json.dumps(completion(content)).encode()))
    for wanted, content in ((None, "third"), (2, "second"), (-1, "third"), (-2, "second"), (session[0], "second")):
        assert content in shown(wanted, session=session)[1]
    for wanted in (1, 0, 4, -3):
        assert shown(wanted, session=session)[1] == (
            f"There is no exchange {wanted}: this session has numbers 2 to 3. Leave the number out to see the last one."
        )
    assert "ChatCompletion" not in shown("x", session=session)[1]
    assert "str is none of these. Try show_exchange(3)." in shown("x", session=session)[1]


def test_before_the_first_call_it_says_what_to_run(shown):
    rich, plain = shown()
    assert plain.startswith("There is no exchange yet. Run a cell that calls the model")
    assert text_of(rich) == plain


def test_outside_a_notebook_the_plain_twin_is_printed(capsys):
    exchange = recorded(json.dumps(completion("Hi")).encode())
    show_exchange(exchange)
    assert '"content": "Hi"' in capsys.readouterr().out


def test_a_terminal_of_a_narrow_encoding_is_no_obstacle(monkeypatch, tmp_path):
    with (tmp_path / "out.txt").open("w", encoding="cp1252") as out:
        monkeypatch.setattr("sys.stdout", out)
        show_exchange(recorded(json.dumps(completion("你好 é")).encode()))
    assert r"\u4f60\u597d é" in (tmp_path / "out.txt").read_text(encoding="cp1252")


# ── untrusted text ───────────────────────────────────────────────────────────────────────────────────────────────


class Markup(HTMLParser):
    """Collects the tags and attributes of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[tuple[str, str]] = set()
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags |= {(tag, name) for name, _ in attrs} or {(tag, "")}

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.tags.add(("!--", ""))

    handle_decl = handle_pi = unknown_decl = handle_comment


def markup(rich: str) -> Markup:
    parser = Markup()
    parser.feed(rich)
    parser.close()
    return parser


HARMLESS = {
    ("pre", "style"),
    ("td", "style"),
    ("table", "style"),
    ("col", "style"),
    ("col", ""),
    ("details", "open"),
    ("div", "class"),
} | {(tag, "") for tag in ("div", "b", "summary", "details", "tr")}


def everywhere(payload: str) -> list[Exchange]:
    """The payload in each place that a server, a model or a learner can write to."""
    error = json.dumps({"error": {"message": payload, "code": payload}}, ensure_ascii=False)
    whole = completion(payload, reasoning_content=payload) | {"model": payload, payload: payload}
    deltas = [chunk({"content": payload, payload: payload}, payload)] * 12 + [event(payload)] * 12
    request = {"messages": [{"role": payload, "content": payload}], payload: payload}
    header = payload.encode("unicode_escape").decode("ascii").replace("\\n", " ")
    exchanges = [
        recorded(json.dumps(whole, ensure_ascii=False).encode(errors="surrogatepass"), request=request),
        recorded(payload.encode(errors="surrogatepass"), status=502, headers={"x-request-id": header}),
        recorded(error.encode(errors="surrogatepass"), status=400),
        recorded(event(json.dumps({"error": payload})), headers=STREAM),
        recorded(deltas, headers=STREAM),
    ]
    exchanges[0].url += payload
    exchanges[0].failure, exchanges[0].status = payload, None
    return exchanges


@pytest.mark.parametrize("payload", PAYLOADS)
def test_whatever_a_server_sends_is_shown_and_never_acts(payload, shown):
    for exchange in everywhere(payload):
        rich, plain = shown(exchange)
        parsed = markup(rich)
        assert parsed.tags <= HARMLESS
        assert json.dumps(payload, ensure_ascii=False)[1:-1] in plain or payload in plain
        assert json.dumps(payload, ensure_ascii=False)[1:-1] in parsed.text or payload in parsed.text


@pytest.mark.parametrize(
    "character", ["\x1b", "\x07", "\x9b", "\x7f", "\x00", "\u202e", "\u2066", "\u2028", "\r", "\b"]
)
def test_no_character_acts_on_a_terminal(character, shown):
    for exchange in everywhere(f"a{character}b"):
        for form in shown(exchange):
            assert character not in form


def test_half_a_surrogate_pair_can_be_printed(shown):
    body = b'{"choices":[{"index":0,"message":{"content":"\\ud83d"}}]}'
    for form in shown(recorded(body)):
        form.encode("utf-8")
        assert "\\ud83d" in form


# ── length ───────────────────────────────────────────────────────────────────────────────────────────────────────

LONGEST_VIEW = 120_000  # bytes, as the module promises


def nested(depth: int) -> str:
    return '{"a":' * depth + "1" + "}" * depth


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (json.dumps(completion("word " * 200_000)).encode(), JSON),
        (json.dumps(completion('"<&\x00' * 200_000)).encode(), JSON),
        (json.dumps({f"key {number}": number for number in range(100_000)}).encode(), JSON),
        (json.dumps({"k" * 500_000: 1}).encode(), JSON),
        (json.dumps([[1] * 300] * 300).encode(), JSON),
        (json.dumps({"a": [[["<" * 90] * 40] * 40] * 40}).encode(), JSON),
        (nested(500).encode(), JSON),
        (nested(100_000).encode(), JSON),
        (b"\x00<" * 500_000, JSON),
        (b"\n" * 500_000, JSON),
        (b"".join(stream_of(4000)), STREAM),
        (b"".join(event('"<&\x01' * 1000) for _ in range(1000)), STREAM),
        (b"".join(chunk({f"{number}": '"<&' * 50 for number in range(60)}) for _ in range(60)), STREAM),
        (chunk({"content": "<" * 1_000_000}), STREAM),
        (chunk({"content": "<\n" * 1_000_000}), STREAM),
    ],
)
def test_the_view_stays_short_whatever_comes(body, headers, shown):
    rich, plain = shown(recorded(body, headers=headers | {"x-request-id": "<" * 100_000}))
    assert len((rich + plain).encode()) < LONGEST_VIEW


def test_a_long_request_stays_short(shown):
    messages = [{"role": "user", "content": f"{number} " * 2000} for number in range(500)]
    rich, plain = shown(recorded(b"{}", request={"messages": messages}))
    assert len((rich + plain).encode()) < LONGEST_VIEW
    assert "more" in plain


@given(st.text(max_size=300), st.integers(10, 100))
def test_shortening_keeps_both_ends(text, most):
    short = shortened(text, most)
    if len(text) <= most:
        assert short == text
    else:
        left_out = int(re.search(r" … ([\d,]+) more characters … ", short)[1].replace(",", ""))
        assert text.startswith(short[: most * 2 // 3])
        assert short.endswith(text[-(most // 3) :])
        assert most * 2 // 3 + left_out + most // 3 == len(text)


@given(st.lists(st.text("ab", max_size=30), max_size=60))
def test_a_page_counts_the_lines_that_it_leaves_out(lines):
    text = "\n".join(lines)
    shown = page(text, 100)
    if omitted := re.search(r"… (\d+) more lines …", shown):
        assert len(shown.split("\n")) - 1 + int(omitted[1]) == len(text.split("\n"))
        assert len(shown) <= 130
    else:
        assert shown == text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(json_values)
def test_short_json_stays_the_same_json(value):
    assert json.loads(pretty(value)) == value


# ── steadiness ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_runs_differ_only_in_what_the_rules_take_away(shown):
    """The same call at another time, on another port, with other ids and speeds."""

    def run(ids: str, port: int, created: int, slower: float) -> tuple[str, str]:
        body = [
            each.replace(b"9f61858b-7204-4b9b-98cd-66ada377fe7d", ids.encode()).replace(b"1764076775", b"%d" % created)
            for each in stream_of(30)
        ]
        exchange = recorded(body, headers=STREAM | {"x-request-id": ids})
        exchange.number = 1
        exchange.url = exchange.url.replace("41234", str(port))
        exchange.seconds *= slower
        exchange._pieces[:] = [((at + number) * slower, piece) for number, (at, piece) in enumerate(exchange._pieces)]
        return shown(exchange)

    first = run("9f61858b-7204-4b9b-98cd-66ada377fe7d", 41234, 1764076775, 1)
    second = run("0b1e858b-7204-4b9b-98cd-66ada377fe00", 52345, 1796076775, 17)
    assert first != second
    for one, other in zip(first, second, strict=True):
        assert sanitized(one) == sanitized(other)


@pytest.mark.parametrize(
    ("text", "steady"),
    [
        ('"created": 1766635351', '"created": UNIXTIME'),
        ("&quot;created&quot;:1766635351", "&quot;created&quot;:UNIXTIME"),
        ("ChatCompletion(id='chatcmpl-x', created=1766635351)", "ChatCompletion(id='chatcmpl-x', created=UNIXTIME)"),
        ("{'created': 1766635351}", "{'created': UNIXTIME}"),
        ("chatcmpl-3bb05cf5cd819fbca5f0b8d67a025022", "chatcmpl-ID"),
        ("call_b24c21aa4905423d813479e4", "call_ID"),
        ("chatcmpl-120e5847-3394-923c-a494-8eb9f81cb36e", "chatcmpl-UUID"),
        ("2026-11-23T21:04:05.123456+00:00 x", "DATETIME x"),
        ("Mon, 23 Nov 2026 21:04:05 GMT", "DATETIME"),
        ("at 21:04:05", "at TIME"),
        ("took   12.34 s", "took N s"),
        ("took 9.34 s", "took N s"),
        ("341 ms, 1,234.5 tokens/s", " N ms, N tokens/s"),
        ("http://127.0.0.1:41234/v1", "http://127.0.0.1:PORT/v1"),
        ("'req-cost-time': '211'", "'req-cost-time': 'MILLISECONDS'"),
        ("<object at 0x7f00AB>", "<object at ADDRESS>"),
        # What says something stays.
        ("22 prompt tokens, 0.000048 yuan", "22 prompt tokens, 0.000048 yuan"),
        ("qwen-plus-2025-12-01, 9.11, 3 sessions", "qwen-plus-2025-12-01, 9.11, 3 sessions"),
    ],
)
def test_the_rules_of_nbval(text, steady):
    assert sanitized(text) == steady


def test_formulas_are_left_alone(shown):
    rich, _ = shown(recorded(b'{"choices": [{"message": {"content": "$\\\\href{javascript:x}{y}$"}}]}'))
    assert rich.startswith('<div class="mathjax_ignore tex2jax_ignore">')  # what MathJax 3 and 2 pass over
    assert rich.endswith("</div>")
