"""What HTML that comes of a model's text may hold, as a reader that objects to everything else."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

ATTRIBUTES = {"a": {"href", "title", "target", "rel"}, "ol": {"start"}, "td": {"style"}, "th": {"style"}}
ELEMENTS = {"p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "s", "code", "pre", "blockquote"}
ELEMENTS |= {"ul", "li", "table", "thead", "tbody", "tr", *ATTRIBUTES}


class Reader(HTMLParser):
    """Reads HTML and objects to everything that is not allowed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS
        assert {name for name, _ in attrs} <= ATTRIBUTES.get(tag, set())
        found = dict(attrs)
        if "href" in found:
            assert urlsplit(found["href"]).scheme in {"http", "https", "mailto"}
            self.links.append(found["href"])
        if "style" in found:
            assert re.fullmatch(r"text-align: ?(left|right|center);?", found["style"])

    def handle_endtag(self, tag: str) -> None:
        assert tag in ELEMENTS

    def handle_data(self, data: str) -> None:
        self.text += data

    def refuse(self, data: str) -> None:
        raise AssertionError(f"neither text nor element: {data!r}")

    handle_comment = handle_decl = handle_pi = unknown_decl = refuse
