"""Regular expressions that cost nothing before they are used."""

import re
from functools import cached_property
from typing import Any


class Pattern:
    """Stands for a compiled regular expression, and is compiled at its first use.

    The tutor has some hundreds of them; compiling all would take longer than all else that connecting does.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.compiled, name)
