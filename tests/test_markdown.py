"""Model output as HTML: what it may contain, what it costs, how good Markdown comes out, how it is cut into blocks."""

import gc
import re
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from safe_html import Reader

from helpers import markdown
from helpers.markdown import LONGEST_BLOCK, Blocks, html_of

ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
LARGE = 100_000  # characters
SECOND = 1.0  # of CPU, for as much

HOSTILE = [
    "<script>alert(1)</script>",
    "Before <SCRIPT src=//evil.example/x.js></SCRIPT> after",
    "<<scr<script>ipt>alert(1)</script>",
    '<img src=x onerror="alert(1)"> <svg onload=alert(1)> <details open ontoggle=alert(1)>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<!--><script>alert(1)</script>--> <![CDATA[<b>]]> <?php x ?> <!DOCTYPE html>",
    "&lt;img src=x onerror=alert(1)&gt; \\<b\\> &#60;b&#62;",
    "<iframe src=https://evil.example></iframe><object data=x></object><base href=//evil.example>",
    "<style>@import 'https://evil.example/x.css'</style><link rel=stylesheet href=x><meta http-equiv=refresh>",
    '<div class="jp-Dialog" id="jp-main-dock-panel" style="position: fixed; inset: 0">Your session has ended.</div>',
    '<button data-commandlinker-command="terminal:create-new">Go</button><form action=x><input autofocus></form>',
    "![x](https://evil.example/x.png) ![](/logout) ![a](data:image/png;base64,AAAA) [![x](http://a.b/i)](http://c.d)",
    '![x" onerror="alert(1)](https://evil.example/" onerror="alert(1) "t\\" onload=alert(1)")',
    "![x][a] [y][a]\n\n[a]: https://evil.example/what-was-said",
    "[x](javascript:alert(1)) [x](JaVaScRiPt:alert(1)) <javascript:alert(1)> [x](vbscript:x) [x](data:text/html,x)",
    "[x](&#106;avascript&colon;alert(1)) [x](java&Tab;script&NewLine;:alert(1)) [x](\u0001javascript:alert(1))",
    "[x](/logout) [x](logout) [x](//evil.example) [x](?a) [x](#a) [x](..\\a) [x](file:///etc/passwd) [x](blob:x)",
    '[x](https://a.b/"onclick="alert(1)) [x](https://a.b \'"><img src=x onerror=alert(1)>\')',
    '```x"><img/src="x"/onerror="alert(1)">\n</code></pre><script>alert(1)</script>\n```',
    '~~~mermaid class="jp-Dialog" `\n%%{init: {"themeCSS": "x"}}%%\n\n<b>x</b>\n~~~\nafter',
    "| a | b |\n|:--|--:|\n| <img src=x onerror=alert(1)> | ![x](/y) |\n| $\\href{javascript:alert(1)}{x}$ | `<b>` |",
    "# T <img src=x>\n\n- one\n  > <b>two</b>\n\n1. `</code><script>`\n\n***",
    "$\\href{javascript:alert(1)}{x}$ $$\n<img src=x onerror=alert(1)>\n$$ \\(\\style{position:fixed}{x}\\)",
    "\x1b[31mred\x1b[0m \x9b32m \x00\x07\b\x7f and a\u202eb\u2066c\u200fd\u061ce\u2028f",
    "&#x202e;reversed&#8238; &rlm;&lrm; `&#x202e;` &#27;[31m &#x9b;",
    "[x](https://a.b '&#x2066;') [x](https://a.b/&#x202e;) ![&#x202e;](https://a.b/&#x202e;)",
    "Send 1000 to Bob.\rSend 10 to Alice.\r\nDone.\r",
    "half a pair \ud83d and the other \ude00",
]

# Markdown of which some reader of Markdown, or this one, was once slow.
PATHOLOGICAL = {
    "open brackets": "[",
    "closed brackets": "]",
    "links within links": "[](",
    "links to links": "[a](b",
    "links in angles": "[a](<b",
    "images": "![",
    "definitions": "[a]: b\n",
    "half a link": "[ab](http://a.b/(c",
    "brackets between words": "[word word\n",
    "brackets between lines": "![===\n",
    "brackets closed in code only": "[a b `]`\n",
    "stars": "*",
    "emphasis never closed": "**a *a ",
    "emphasis never opened": "a** a* ",
    "emphasis either way": "*a **a ",
    "rule of three": "a***",
    "stars in words": "a**b" + "c* ",
    "mixed emphasis": "*_",
    "lines under": "_a __a ",
    "strikes": "~~a",
    "tildes": "~",
    "backticks": "`",
    "backticks of two lengths": "` `` ",
    "marks of all kinds": "*[`_~~",
    "marks with words between": "*ab [cd `ef ",
    "quotes": ">",
    "quotes with spaces": "> ",
    "a quote that is lazy": "> a\nb\n",
    "lists in lists": "- ",
    "lists of three kinds": "- * + ",
    "numbers": "1. ",
    "fences in lists": "- ```\n",
    "spaces in lists": "-   ",
    "items": "- a\n",
    "items of two": "- ab\n",
    "numbered items": "1. a\n",
    "loose items": "- a\n\n",
    "marks alone": "_\n\n",
    "rules": "- - ",
    "headings": "#",
    "lines": "a\n",
    "underlined": "a\n===\n",
    "tags": "<a",
    "tags whole": "<img src=x onerror=1>",
    "addresses in angles": "<http:",
    "entities": "&a",
    "numbers of characters": "&#",
    "escapes": "\\",
    "bars": "|",
    "tables": "|a|b|\n|-|-|\n",
    "fences": "~~~\n",
    "tabs": "\t",
    "new lines": "\n",
    "returns": "\r",
    "spaces": " ",
    "control characters": "\0",
    "text": "Hello world, this is text. ",
    "Chinese": "你好**世界**，",
    "emoji": "😀",
}
ONCE = {
    "backticks ever more": "".join("e" + "`" * count for count in range(1, 440)),
    "backticks and no fence": ("`" * (LONGEST_BLOCK - 10) + "x`\n") * 25,
    "a fence with a long name": "```" + "x" * (LONGEST_BLOCK - 10) + "\n" + "a\n" * 46_000,
    "a long rule of a table": ("a|b\n" + " " * (LONGEST_BLOCK - 10) + "x\n" + "c\n") * 25,
    "a list marker and no fence": ("-   " * (LONGEST_BLOCK // 4 - 10) + "x\n") * 25,
    "quotes ever deeper": "".join("> " * depth + "a\n" for depth in range(300)),
    "lists ever deeper": "".join("  " * depth + "- a\n" for depth in range(300)),
    "a wide table": "a|" * 2_000 + "\n" + "-|" * 2_000 + "\n" + "|\n" * 46_000,
    "a long table": "|a|b|\n|-|-|\n" + "|x|y|\n" * 16_000,
    "one line": "word " * 20_000,
    "links and then brackets": "[" * 50_000 + "](" * 25_000,
}


def read(text: str) -> Reader:
    """The HTML of a text, read with objections."""
    html = html_of(text)
    assert not ACTING.search(html)
    return Reader(html)


def blocks_of(*deltas: str) -> list[str]:
    """What is finished, and at the end what is open."""
    blocks = Blocks()
    return [*(block for delta in deltas for block in blocks.add(delta)), blocks.open]


# ── what it may contain ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_harmless_wherever_it_is_cut_off(text):
    for end in range(len(text) + 1):
        read(text[:end])


def test_what_attacks_the_page_in_the_browser_is_harmless_here():
    """The texts of the browser's tests, cut off at every character."""
    path = Path(__file__).parent / "browser" / "hostile.toml"
    cases = tomllib.loads(path.read_text(encoding="utf-8"))
    texts = [case["text"] for case in cases.values()]
    assert texts
    for text in texts:
        for end in range(len(text) + 1):
            read(text[:end])


MARKUP = [*"[]()*_`~|<>!&\\#-=+.:;'\"/ \n\t\r", "```", "~~~", "|--|", "1. ", "    ", "](", "![", "**", "~~", "\n\n"]
MARKUP += ["<script>", "</pre>", "<img src=x onerror=alert(1)>", "javascript:", "https://a.b", "data:", "//", "mailto:"]
MARKUP += ["&#x202e;", "&colon;", "&lt;", "&quot;", "&#0;", "\u202e", "\x1b", "\x00", "\ud83d", "\u2028", "style=", "$"]
SOUP = st.lists(st.sampled_from(MARKUP) | st.text(max_size=3), max_size=40).map("".join)


@given(SOUP)
def test_whatever_a_model_writes_is_harmless(text):
    read(text)


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("https://help.aliyun.com/zh/", True),
        ("http://a.b", True),
        ("mailto:a@b.c", True),
        ("ftp://a.b", False),
        ("/logout", False),
        ("logout", False),
        ("//a.b", False),
        ("?a", False),
        ("#a", False),
        ("javascript:alert(1)", False),
    ],
)
def test_links_lead_to_the_web_or_nowhere(target, allowed):
    assert read(f"[here]({target})").links == [target] * allowed
    assert "here" in read(f"[here]({target})").text


def test_a_link_opens_beside_the_notebook_and_tells_nothing_of_it():
    html = html_of("[a](https://a.b)")
    assert 'target="_blank"' in html
    assert 'rel="noopener noreferrer"' in html


def test_an_image_is_a_link_with_its_text():
    found = read('![a cat & "dog"](https://a.b/cat.png "title") and ![](https://a.b/x.png)')
    assert found.links == ["https://a.b/cat.png", "https://a.b/x.png"]
    assert found.text.split() == ["a", "cat", "&", '"dog"', "and", "image"]
    assert read("![cat](/cat.png)").links == []


def test_characters_that_act_are_seen():
    assert "a\\u202eb \\u001b[31m" in read("a\u202eb \x1b[31m").text
    assert "a\\u202eb \\u200f" in read("a&#x202e;b &rlm;").text
    assert "a\\u202eb" in read("`a\u202eb`").text


def test_html_is_shown_as_it_was_written():
    assert read("<b onclick=x>bold</b> &amp; 1 < 2").text.strip() == "<b onclick=x>bold</b> & 1 < 2"


# ── what it costs ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", [*PATHOLOGICAL, *ONCE])
def test_a_large_text_costs_less_than_a_second(kind):
    pattern = PATHOLOGICAL.get(kind)
    text = (pattern * (LARGE // len(pattern) + 1))[:LARGE] if pattern else ONCE[kind]
    assert any(cpu(lambda: html_of(text)) < SECOND * slowness() for _ in range(3))


def slowness() -> float:
    """How much longer than usual this machine takes just now, which other work doubles with ease."""
    return max(1.0, cpu(lambda: sum(number * number for number in range(500_000))) / 0.04)


def cpu(work: Callable[[], object]) -> float:
    """Seconds that the processor spends on it."""
    gc.collect()
    gc.freeze()  # what the suite has in memory is none of the text's cost
    start = time.process_time()
    work()
    spent = time.process_time() - start
    gc.unfreeze()
    return spent


# ── good Markdown ────────────────────────────────────────────────────────────────────────────────────────────────


def test_headings_emphasis_code_and_line_breaks():
    html = html_of("# 标题\n\n**粗体** *斜体* ~~删除~~ `x < 1`\n第二行\n\n***\n\n> 引用")
    assert "<h1>标题</h1>" in html
    assert "<strong>粗体</strong> <em>斜体</em> <s>删除</s> <code>x &lt; 1</code><br>" in html
    assert "<hr>" in html
    assert re.search(r"<blockquote>\s*<p>引用</p>", html)


def test_emphasis_beside_chinese_punctuation_stays():
    assert "<strong>世界</strong>，" in html_of("你好，**世界**，再见")


def test_lists_keep_their_numbers_and_their_depth():
    assert re.search(r"<ul>\s*<li>a\s*<ul>\s*<li>b</li>\s*</ul>\s*</li>\s*</ul>", html_of("- a\n  - b"))
    html = html_of("".join(f"{number}. {'word ' * 30}\n\n" for number in range(1, 10)))
    firsts = [int(start or 1) for start in re.findall(r'<ol(?: start="(\d+)")?>', html)]
    assert html.count("<li>") == 9
    assert len(firsts) > 1  # it was cut in between
    assert firsts == sorted(firsts)


def test_tables_keep_their_alignment():
    html = html_of("| 名称 | 价格 | x |\n|:--|--:|:-:|\n| 苹果 | 3 | `a` |")
    assert re.search(r'<th style="text-align: ?left;?">名称</th>', html)
    assert re.search(r'<td style="text-align: ?right;?">3</td>', html)
    assert re.search(r'<td style="text-align: ?center;?"><code>a</code></td>', html)


def test_a_fence_is_plain_code():
    html = html_of("Before\n```python title=x\nif a < b:\n\n    print('你好')\n```\nafter")
    assert "<pre><code>if a &lt; b:\n\n    print('你好')\n</code></pre>" in html
    assert "python" not in html
    assert "<p>after</p>" in html


def test_a_fence_that_is_still_open_is_code():
    assert html_of("```py\nx = '<b>'\n") == "<pre><code>x = '&lt;b&gt;'\n</code></pre>\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- ```sh\n  pip install\n\n  ls\n  ```\nafter", ["pip install\n\nls\n"]),
        ("1. 步骤\n\n   ```sh\n   ls\n   ```\n\n2. **b**", ["ls\n"]),
        ("```md\n    ```\n**x**\n```\nafter", ["    ```\n**x**\n"]),
        ("```md\n  \t```\n**x**\n```\nafter", ["  \t```\n**x**\n"]),
        ("````md\n```py\n\nx\n```\n````\nafter", ["```py\n\nx\n```\n"]),
        ("~~~ a`b\nx\n\n~~~~ y\n~~~\nafter", ["x\n\n~~~~ y\n"]),
        ("```a`b``` is no fence\n\nafter", []),
    ],
)
def test_fences_open_and_close_as_markdown_has_it(text, code):
    html = html_of(text)
    assert re.findall("<pre><code>(.*?)</code></pre>", html, re.DOTALL) == code
    assert "**" not in html.split("</pre>")[-1]


def test_a_long_table_goes_on_as_one_and_ends_where_it_ends():
    rows = "".join(f"| row {number} | {number} |\n" for number in range(1_000))
    html = html_of(f"Text before\n\n| a | b |\n|---|--:|\n{rows}")
    assert html.count("<td>row ") == 1_000
    text = "word " * 3_000
    html = html_of(f"| a | b |\n|---|--:|\n| 1 | 2 |\n\n{text}")
    assert html.count("<td>") == 1


def test_a_long_fence_goes_on_as_code():
    lines = [f"line {number} **" for number in range(2_000)]
    html = html_of("```py\n" + "\n".join(lines) + "\n```\n**after**")
    assert "".join(re.findall("<pre><code>(.*?)</code></pre>", html, re.DOTALL)).splitlines() == lines
    assert "<strong>after</strong>" in html


def test_code_full_of_marks_is_still_code():
    matrix = "[[1,2],[3,4]],\n" * 200
    assert read(f"```json\n{matrix}```\n").text.strip() == matrix.strip()


def test_what_is_no_text_is_shown_as_it_is():
    for garble in ("[" * 5_000, "*a" * 3_000, "[word word\n" * 450, "- a\n" * 1_000):
        assert "".join(read(garble).text.split()) == "".join(garble.split())


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────────────

LINES = st.lists(st.sampled_from(["text", "- a", "1. b", "  c", "```", "~~~py", "|a|b|", "|-|-|", "", "", "    d"]))
TEXTS = SOUP | LINES.map("\n".join)


@given(TEXTS)
def test_blocks_are_the_text(text):
    normal = text.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")  # the last one may be half a newline
    with patch.object(markdown, "SHORTEST_BLOCK", 10):
        assert "".join(blocks_of(text)) == normal


@given(TEXTS, st.lists(st.integers(0, 300)))
def test_blocks_do_not_depend_on_how_the_text_arrives(text, cuts):
    ends = [*sorted(cuts), None]
    deltas = [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    with patch.multiple(markdown, SHORTEST_BLOCK=10, LONGEST_BLOCK=30):
        assert blocks_of(*deltas) == blocks_of(text) == blocks_of(*text)


def test_a_finished_block_comes_before_the_text_ends():
    blocks = Blocks()
    paragraph = "word " * 80 + "\n\n"
    assert blocks.add(paragraph) == []  # it might be a list that goes on
    assert blocks.add("next\n") == [paragraph]
    assert blocks.open == "next\n"


@given(TEXTS)
def test_no_block_is_longer_than_drawing_it_may_take(text):
    with patch.multiple(markdown, SHORTEST_BLOCK=10, LONGEST_BLOCK=30):
        assert all(len(block) <= 2 * 30 + 1 for block in blocks_of(text))


@pytest.mark.parametrize("kind", ONCE)
def test_no_block_of_a_large_text_is_either(kind):
    blocks = blocks_of(ONCE[kind])
    assert max(map(len, blocks)) <= 2 * LONGEST_BLOCK + 1
    assert sum(map(len, blocks)) <= 2 * len(ONCE[kind])


WORDS = st.text("ab 你，.*_`<>", min_size=1, max_size=20).map(lambda text: f"x{text}")
CODE = st.lists(st.text("ab #=<*-|`~ \t", max_size=12).filter(lambda line: not re.match(r"\s*(```|~~~)", line)))


@given(st.lists(st.tuples(WORDS, CODE, st.sampled_from(["```", "~~~~", "  ~~~", "`````"])), max_size=6))
def test_a_fence_is_never_cut(parts):
    """Prose and code in turn: every fence is one block, with blank lines and marks in it."""
    fences = ["\n".join([f"{marks}py", *code, marks, ""]) for _, code, marks in parts]
    text = "".join(f"{words}\n\n{fence}" for (words, _, _), fence in zip(parts, fences, strict=True))
    with patch.object(markdown, "SHORTEST_BLOCK", 10):
        assert [block for block in blocks_of(text) if re.match(" {0,3}(```|~~~)", block)] == fences
