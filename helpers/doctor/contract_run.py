"""Running the contract tests against the configured endpoint, after saying what that costs."""

import json
import subprocess
import sys

from helpers import catalogue
from helpers.config.advice import Advice
from helpers.config.base_url import host_of
from helpers.config.dotenv_file import REPOSITORY
from helpers.config.settings import Settings
from helpers.doctor.report import Report

FOLDER = REPOSITORY / "tests" / "contract"


def run(settings: Settings, report: Report, *, yes: bool) -> int:
    """Say how many calls and yuan, ask where it costs money, run; pytest's exit status, or 1 if it did not run."""
    if settings.mode == "local":
        report.fix(
            Advice(
                "the contract is Bailian's, which the model on this machine knows nothing of.",
                "Set BAILIAN_ENDPOINT to practice or live for these tests.",
            )
        )
        return 1
    try:
        budget = json.loads((FOLDER / "budget.json").read_text(encoding="utf-8"))
    except OSError:
        report.fix(Advice("the contract tests are not here.", "Run the doctor in a clone of the whole repository."))
        return 1
    report.note(announcement(settings, **budget))
    if settings.mode == "live" and not yes and not _confirmed(report):
        return 1
    command = [sys.executable, "-m", "pytest", str(FOLDER), f"--rootdir={REPOSITORY}", "--endpoint=configured"]
    return subprocess.run(command).returncode


def announcement(settings: Settings, *, calls: int, prompt_tokens: int, completion_tokens: int) -> str:
    """What the contract tests are about to do; tokens are totals of all calls."""
    if settings.mode == "practice":
        return f"The contract tests make {calls} calls to the practice endpoint, at no cost."
    model = catalogue.models().get(settings.model)
    # Priced call by call, as the service does; as if each had thought, so that it is rather too much.
    yuan = model and model.yuan(prompt_tokens // calls, completion_tokens // calls, thought=True)
    cost = (
        f"at most about {yuan * calls:.2f} yuan (Beijing prices, before any free quota)"
        if yuan is not None
        else "at a price that the catalogue does not know"
    )
    return (
        f"The contract tests make {calls} calls to {host_of(settings.base_url)} with {settings.model}: about "
        f"{prompt_tokens:,} prompt and {completion_tokens:,} completion tokens, {cost}."
    )


def _confirmed(report: Report) -> bool:
    if not sys.stdin.isatty():
        report.fix(Advice("nobody is here to confirm the cost.", "Run it in a terminal, or add --yes."))
        return False
    if input("Type yes to go on: ").strip().lower() == "yes":
        return True
    report.note("Nothing was called.")
    return False
