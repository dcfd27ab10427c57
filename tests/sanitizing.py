"""What nbval leaves of an output before it compares: the rules of nbval_sanitize.cfg, for tests to hold a view to."""

import re
from pathlib import Path

from nbval.plugin import get_sanitize_patterns

RULES = Path(__file__).with_name("nbval_sanitize.cfg")


def sanitized(text: str) -> str:
    """The text with everything replaced that may differ from run to run."""
    for pattern, replacement in get_sanitize_patterns(RULES.read_text(encoding="ascii")):
        text = re.sub(pattern, replacement, text)
    return text
