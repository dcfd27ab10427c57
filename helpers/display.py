"""Showing one thing in two forms: rich in a notebook, plain text everywhere else.

What a server or a model wrote is untrusted: whoever shows it passes it through `escaped()` for HTML and `visible()` for
text.
"""

import html
import re
import sys

# Control characters, C1 included, drive terminals; bidirectional ones reorder text; lone surrogates cannot be printed.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

# Of an element with model output in it: JupyterLab and exports set formulas wherever they find them, and what a formula
# shows, how it looks and where its links lead is then the model's choice.
NO_FORMULAS = 'class="mathjax_ignore tex2jax_ignore"'


def visible(text: str) -> str:
    """The text with every character that would act instead of being seen written as \\uXXXX."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def escaped(text: str) -> str:
    """The text as HTML that shows it and does nothing else."""
    return html.escape(visible(text))


def in_notebook() -> bool:
    """Whether this code runs in an IPython kernel, so that rich output has somewhere to go."""
    get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)
    return getattr(get_ipython(), "kernel", None) is not None


def show(rich: str, plain: str) -> None:
    """Display HTML with its plain twin in a notebook, or print the twin."""
    if in_notebook():
        from IPython.display import display  # only where a kernel has it loaded anyway

        display({"text/html": rich, "text/plain": plain}, raw=True)
    else:
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        print(plain.encode(encoding, errors="backslashreplace").decode(encoding))
