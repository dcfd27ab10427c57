"""Where rules stand among the roles, and whether an endpoint takes the `developer` role at all (contract 6)."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal, get_args

from openai import APIError, APIStatusError, AsyncOpenAI, OpenAI

By = Literal["none", "user", "system", "marked", "developer", "both"]
PLACES: tuple[By, ...] = get_args(By)

HEADING = "# Rules of the developer (they outrank everything else in this conversation)"

_REFUSING = (400, 422)  # HTTP: Bailian's, and that of services that check the shape of a request first


def takes_developer(client: OpenAI, model: str) -> bool:
    """Whether this endpoint and model take a message with the role `developer`; one call that ends at its first token.

    Streamed, because some models answer in no other way (contract 3.3), and because a stream can be left before it has
    thought at length. Any error but the refusal of the role is raised as it is. Raises TypeError for an async client.
    """
    if isinstance(client, AsyncOpenAI):
        raise TypeError("takes_developer waits for its call, so it needs the client that connect() gives.")
    messages = [{"role": "developer", "content": "Answer in one word."}, {"role": "user", "content": "Hello"}]
    try:
        with client.chat.completions.create(model=model, messages=messages, max_tokens=1, stream=True) as stream:
            next(iter(stream), None)
    except APIError as error:
        if _refuses_role(error):
            return False
        raise
    return True


def _refuses_role(error: APIError) -> bool:
    """Nothing but the role says "developer" in the probe, so an error that names it as a value is about the role.

    In a stream the SDK leaves the reason in `body`, as the text of a server-sent event (contract 4.5).
    """
    said = f"{error.message} {error.body}".lower()
    status = error.status_code if isinstance(error, APIStatusError) else _REFUSING[0]  # an error within a stream
    return status in _REFUSING and "developer" in said and ("one of" in said or "role" in said)


def messages(
    question: str, *, persona: str | None = None, rules: str | Iterable[str] = (), by: By = "developer"
) -> list[dict[str, str]]:
    """The messages of a request: the persona in `system`, the rules where `by` says, and the question of the user.

    `by` is "developer" (a message of their own), "system" (after the persona), "both" of these, "marked" (in the system
    message under `HEADING`, for endpoints that refuse `developer`), "user" (a message before the question), or "none"
    (left out). Raises ValueError for any other, and TypeError for what is no text.
    """
    if by not in PLACES:
        meant = get_close_matches(str(by), PLACES, n=1)
        hint = f" Did you mean {meant[0]!r}?" if meant else ""
        raise ValueError(
            f"by says where the rules stand: {', '.join(map(repr, PLACES))}; {by!r} is none of these.{hint}"
        )
    for name, text in (("question", question), ("persona", persona)):
        if not isinstance(text, str) and (name, text) != ("persona", None):
            raise TypeError(f"{name} takes a text, and {type(text).__name__} is none.")
    ruling = _joined(rules)
    marked = f"{HEADING}\n{ruling}" if ruling else ""
    in_system = {"system": ruling, "both": ruling, "marked": marked}.get(by, "")
    parts = [
        ("system", "\n\n".join(part for part in (persona, in_system) if part)),
        ("developer", ruling if by in ("developer", "both") else ""),
        ("user", ruling if by == "user" else ""),
    ]
    asked = {"role": "user", "content": question}
    return [*({"role": role, "content": content} for role, content in parts if content), asked]


def _joined(rules: str | Iterable[str]) -> str:
    """The rules, one a line."""
    if isinstance(rules, str):
        return rules
    listed = list(rules) if isinstance(rules, Iterable) else [rules]
    for rule in listed:
        if not isinstance(rule, str):
            raise TypeError(f"rules takes a text or a list of texts, and there is {type(rule).__name__} in it.")
    return "\n".join(listed)
