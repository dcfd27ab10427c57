"""What a hostile model writes, shown by the helpers in JupyterLab in a real browser, does nothing."""

import re
import time

import pytest
from hostile import KINDS, Payload, payloads, runs
from inspection import STAGES, Inspection, Inspector, write
from notebook_page import Lab, start_running
from outside import Outside

pytestmark = pytest.mark.browser

SHOWING = ("wire", "live")  # functions of cells.py
LONGEST_PAUSE = 10  # seconds; on two busy cores a page with this many outputs takes up to five by itself
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def hostile(lab: Lab, outside: Outside) -> list[Payload]:
    return payloads(outside=outside.origin, server=lab.origin)


@pytest.fixture(scope="module")
def inspector(lab: Lab, outside: Outside, browser) -> Inspector:
    return Inspector(lab, outside, browser)


@pytest.fixture(scope="module")
def shown(hostile: list[Payload], inspector: Inspector) -> Inspection:
    """Everything that the helpers show of a model's output."""
    calls = [(how, payload) for how in SHOWING for payload in hostile]
    return inspector.inspect("helpers", [*calls, *(("live_run", run) for run in runs())])


class TestCarelessCell:
    """The other tests would be blind without these."""

    def test_is_found_out(self, hostile: list[Payload], inspector: Inspector) -> None:
        naive = inspector.inspect("naive", [("naive", payload) for payload in hostile])
        missed = {payload.id: missing for payload in hostile if (missing := payload.acts - naive.kinds(payload))}
        assert not missed
        for stage in STAGES:
            assert set().union(*(naive.kinds(payload, stage) for payload in hostile)) == KINDS

    def test_hangs(self, lab: Lab, launch) -> None:
        page = launch().new_page()
        asterisks = next(run for run in runs() if run.id == "run-asterisks")
        write(lab, "hanging", [("naive", asterisks)])
        lab.open(page, "hanging")
        # A page that hangs answers no question, so it is listened to instead.
        beats = [time.monotonic()]
        page.on("console", lambda message: beats.append(time.monotonic()) if message.text == "beat" else None)
        page.evaluate("() => void setInterval(() => console.log('beat'), 100)")
        start_running(page)
        end = time.monotonic() + 30
        while time.monotonic() < end and time.monotonic() - beats[-1] < LONGEST_PAUSE:
            page.wait_for_timeout(100)
        assert time.monotonic() - beats[-1] >= LONGEST_PAUSE


class TestHelpers:
    def test_nothing_acts(self, shown: Inspection) -> None:
        assert shown.told() == []

    def test_the_page_stays_responsive(self, shown: Inspection) -> None:
        assert shown.pauses["run"] < LONGEST_PAUSE

    def test_the_kernel_does(self, shown: Inspection) -> None:
        printed = "\n".join(text for _, _, text in shown.saved())
        seconds = {run: float(spent) for run, spent in re.findall(r"(run-\w+): (\S+) s", printed)}
        assert seconds.keys() == {run.id for run in runs()}
        assert max(seconds.values()) < 1

    def test_what_is_saved_is_static_and_without_characters_that_act(self, shown: Inspection) -> None:
        saved = list(shown.saved())
        assert {kind for _, kind, _ in saved} == {"text/html", "text/plain"}
        assert not [(cell, kind) for cell, kind, text in saved if ACTING.search(text)]
