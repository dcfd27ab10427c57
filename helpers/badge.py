"""The badge: where the calls of a client go, and whether they cost money."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from helpers.catalogue import regions
from helpers.config.base_url import is_local
from helpers.config.settings import Settings
from helpers.display import escaped

_GREEN, _AMBER = "#2e9e5b", "#d08700"  # seen on light and on dark


def badge(settings: Settings, model: str, remarks: Sequence[str] = ()) -> tuple[str, str]:
    """The badge as HTML and as plain text: one line, and one for each remark.

    It has no port and no time, so that saved outputs stay the same.
    """
    title, facts = _place(settings)
    facts = [*facts, f"model {model}"]
    color = _AMBER if settings.mode == "live" else _GREEN
    rich = (
        f'<div style="border-left: 4px solid {color}; padding: 0.3em 0.8em">'
        f"<b>{escaped(title)}</b><br>{escaped(' · '.join(facts))}"
        f"{''.join(f'<br>{escaped(remark)}' for remark in remarks)}</div>"
    )
    return rich, "\n".join([f"{title}: {', '.join(facts)}", *remarks])


def _place(settings: Settings) -> tuple[str, list[str]]:
    if settings.mode == "practice":
        return "Practice endpoint", ["offline", "free", "scripted answers"]
    if settings.mode == "local":
        return "Small real model on this machine", [
            "offline",
            "free",
            "its answers are its own and weak",
            "no thinking",
            "none of Bailian's errors",
        ]
    key = f"key {settings.api_key}"
    if settings.region:
        return "Live Bailian", [regions()[settings.region].name, key, "calls cost real money"]
    host = urlsplit(settings.base_url or "").hostname or ""
    if is_local(settings.base_url or ""):
        return "Your own server", [host]
    return "Live service", [host, key, "calls may cost real money"]
