"""The key form: paste a key, test it, save it. The key leaves no trace in the notebook.

What is typed never becomes widget state on this side: it is taken out of the browser's message before the widget
sees it, and the browser is told at once to empty its field. Until it is saved, the key is kept in a Secret.
"""

from typing import Any

from ipywidgets import HTML, Button, Dropdown, HBox, Layout, Password, Text, VBox

from helpers.config.api_key import Secret
from helpers.display import escaped
from helpers.widgets.key_desk import KeyDesk, Reply, Request

TWIN = "Key form: run this cell in JupyterLab, Notebook or VS Code to paste a key, test it and save it in .env."
"""What stands in place of the form where nothing can draw it: on GitHub, in print, in a terminal."""

_PLACEHOLDER = "paste it here: sk-…"
_LINES = "line-height: 1.5; margin: 0.3em 0;"
_HINT = (
    "Testing asks for the list of models, which costs nothing. To find the region, and when a region refuses the key, "
    "the key is sent to Alibaba's hosts in turn until one takes it."
)


def key_form(desk: KeyDesk | None = None) -> "KeyForm":
    """The form as the value of a cell. `desk` does the work; by default with the settings of this folder."""
    return KeyForm(desk or KeyDesk())


class KeyField(Password):
    """A password field that hands over what was typed and never holds it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(continuous_update=False, placeholder=_PLACEHOLDER, **options)
        self.taken = Secret("")

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Called with what the browser changed; ipywidgets would set it as traits and echo it to all browsers."""
        typed = sync_data.get("value")
        super().set_state({name: value for name, value in sync_data.items() if name != "value"})
        if isinstance(typed, str) and typed:
            self.taken = Secret(typed.strip())
            self.placeholder = f"{self.taken} is taken; paste another to replace it"
            self.send_state("value")  # which is empty here, and empties the browser's

    def forget(self) -> None:
        """Drop the key that was taken."""
        self.taken = Secret("")
        self.placeholder = _PLACEHOLDER


class KeyForm(VBox):
    """The form itself; `_repr_mimebundle_` gives it a twin that is always the same text."""

    def __init__(self, desk: KeyDesk) -> None:
        self._desk = desk
        wide, style = Layout(width="34em"), {"description_width": "7em"}
        self.key = KeyField(description="API key", layout=wide, style=style)
        self.region = Dropdown(options=desk.choices(), description="Region 地域", layout=wide, style=style)
        self.api_host = Text(
            description="API Host",
            placeholder="only for a workspace's own host or another vendor",
            continuous_update=False,
            layout=wide,
            style=style,
        )
        self.test_button = Button(description="Test 测试", icon="check")
        self.save_button = Button(description="Save 保存", icon="save", button_style="primary")
        self.status = HTML()
        self.test_button.on_click(lambda _: self._do("test"))
        self.save_button.on_click(lambda _: self._do("save"))
        buttons = HBox([self.test_button, self.save_button])
        hint = HTML(f'<div style="{_LINES}"><small>{escaped(_HINT)}</small></div>', layout=wide)
        super().__init__([self.key, self.region, self.api_host, buttons, hint, self.status])
        self._say("Paste a key, then test or save it.")

    def _do(self, action: str) -> None:
        request = Request(self.key.taken, self.region.value, self.api_host.value.strip())
        try:
            reply = getattr(self._desk, action)(request, self._say)
        except Exception as error:  # a traceback might show what was sent along with the key
            reply = Reply(False, f"That failed unexpectedly ({type(error).__name__}). Run: python -m helpers doctor")
        if reply.region and not request.api_host:
            self.region.value = reply.region
        if reply.saved:
            self.key.forget()
        self._say(reply.text, reply.good)

    def _say(self, text: str, good: bool | None = None) -> None:
        color = {True: "#2e9e5b", False: "#d08700", None: "transparent"}[good]
        self.status.value = (
            f'<div role="status" aria-live="polite" style="{_LINES} border-left: 4px solid {color}; padding: 0 0.8em">'
            f"{escaped(text)}</div>"
        )

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        drawn = super()._repr_mimebundle_(**options) or {}
        return {**drawn, "text/plain": TWIN, "text/html": f"<p>{escaped(TWIN)}</p>"}
