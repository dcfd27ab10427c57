"""Ways of showing the hostile corpus, taken through their stages in a browser: what acted, where and when."""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from hostile import Payload, marked
from notebook_page import Lab, export, run_all, save
from outside import Outside

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STAGES = ("run", "reloaded", "exported")
HERE = Path(__file__).parent
Finding = tuple[str, str]  # kind, detail
Call = tuple[str, Payload]  # the name of a function of cells.py, and what it is to show


@dataclass
class Inspection:
    """What was found of each payload (by id; "?" of none), at each stage, and the longest pause there, in seconds."""

    notebook: Path
    findings: dict[str, dict[str, set[Finding]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    pauses: dict[str, float] = field(default_factory=dict)

    def note(self, mark: str, stage: str, kind: str, detail: str) -> None:
        self.findings[mark.removeprefix("acted-")][stage].add((kind, detail))

    def kinds(self, payload: Payload, *stages: str) -> set[str]:
        found = self.findings[payload.id]
        return {kind for stage in stages or STAGES for kind, _ in found[stage]}

    def told(self) -> list[str]:
        return [
            f"{payload} · {stage} · {kind} {detail}"
            for payload, stages in self.findings.items()
            for stage, found in stages.items()
            for kind, detail in sorted(found)
        ]

    def saved(self) -> Iterator[tuple[int, str, str]]:
        """Number of the cell, media type and text of everything saved in its outputs."""
        for number, cell in enumerate(nbformat.read(self.notebook, as_version=4).cells):
            for output in cell.outputs:
                data = output.get("data") or {"text/plain": output.get("text", "")}
                yield from ((number, kind, text) for kind, text in data.items())


def write(lab: Lab, name: str, calls: list[Call]) -> Path:
    """A notebook that shows each payload in a cell of its own, after one that imports."""
    setup = f"import sys\nsys.path += [{str(HERE)!r}, {str(HERE.parent)!r}]\nimport cells"
    texts = {payload.id: {"text": payload.text, "naive": payload.naive} for _, payload in calls}
    (lab.root / "hostile.json").write_text(json.dumps(texts), encoding="utf-8")
    return lab.write(name, [setup, *(f"cells.{how}({payload.id!r})" for how, payload in calls)])


class Inspector:
    """A browser with all that is looked at while it shows payloads."""

    def __init__(self, lab: Lab, outside: Outside, browser: "Browser") -> None:
        self._lab = lab
        self._outside = outside
        self._context = browser.new_context(viewport={"width": 1200, "height": 900})
        self._context.add_init_script(path=HERE / "watch.js")
        self._asked: list[str] = []
        self._context.on("request", lambda request: self._asked.append(request.url))

    def inspect(self, name: str, calls: list[Call]) -> Inspection:
        """Show each payload with that function of cells.py; save, reload and export; click what there is to click."""
        inspection = Inspection(write(self._lab, name, calls))
        with self._watched(inspection, "run", calls) as page:
            self._lab.open(page, name)
            run_all(page, seconds=120)
            page.wait_for_timeout(500)
            save(page)
        with self._watched(inspection, "reloaded", calls) as page:
            self._lab.open(page, name)
            page.wait_for_timeout(500)
        with self._watched(inspection, "exported", calls) as page:
            page.goto(export(inspection.notebook).as_uri())
        return inspection

    @contextmanager
    def _watched(self, inspection: Inspection, stage: str, calls: list[Call]) -> Iterator["Page"]:
        """A page under watch; what is left in its outputs at the end is clicked, and everything is noted."""
        self._asked.clear()
        self._outside.asked.clear()
        page = self._context.new_page()
        yield page
        links = page.evaluate("() => watch.clickAll()")
        page.wait_for_timeout(500)
        seen = page.evaluate("() => watch.seen()")
        for where, kind, detail in seen["found"]:
            if isinstance(where, str):  # a payload's mark; otherwise the number of the cell that shows it
                inspection.note(where, stage, kind, detail)
            else:
                how, payload = calls[where - 1] if where > 0 else ("", None)
                inspection.note(payload.mark if payload else "?", stage, kind, f"{detail} by {how}")
        for address in {*self._asked, *self._outside.asked} - set(links):
            if mark := marked(address):
                inspection.note(mark, stage, "request", address)
        for (_, payload), text in zip(calls, seen["texts"][1:], strict=True):
            if payload.seen not in text:
                inspection.note(payload.mark, stage, "hidden", payload.seen)
        inspection.pauses[stage] = seen["longestPause"] / 1000
        for opened in self._context.pages:
            opened.close()
