"""Reads the rules of a JSON schema: references and alternatives, types, limits, lengths, formats, patterns.

Schemas come from the request, so none of this trusts them: rules of the wrong type are ignored, schemas that contain
themselves come to an end, and patterns that could take forever are not tried.
"""

import re
from collections.abc import Mapping
from math import ceil, floor, isfinite
from typing import Any

from helpers.practice.tutor.data import load
from helpers.practice.tutor.pattern import Pattern

_MOST_STEPS = 100  # references, parts and alternatives that are followed for one value
_MOST_PARTS = 20
_LONGEST_PATTERN = 300
_LONGEST_MATCHED = 200  # characters of a text that a pattern is tried on
_FORMATS: dict[str, list[str]] = load("schema")["formats"]  # for each an example, and a pattern for what has it
_SAMPLES: list[str] = load("schema")["samples"]["texts"]
_NESTED_REPEAT = Pattern(r"[+*}]\)*[+*{]|\([^()]*[+*|][^()]*\)[+*{]")
_TELLING = {
    "properties": "object",
    "required": "object",
    "items": "array",
    "prefixItems": "array",
    "minimum": "number",
    "maximum": "number",
}

Rules = Mapping[str, Any]


def resolved(schema: object, root: Rules) -> dict[str, Any]:
    """`schema` with its references followed, its parts joined, and the first of its alternatives taken."""
    return _Resolver(root).resolved(schema)


def types(rules: Rules) -> list[str]:
    """The types that a value may have, the one to fill first; what is not said is read off the other rules."""
    said = rules.get("type")
    kinds = [kind for kind in (said if isinstance(said, list) else [said]) if isinstance(kind, str)]
    kinds = kinds or [next((kind for rule, kind in _TELLING.items() if rule in rules), "string")]
    return sorted(kinds, key=lambda kind: kind == "null")


def whole(value: object, otherwise: int) -> int:
    """`value` where it is a length or number of items, else `otherwise`."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else otherwise


def cut(text: str, rules: Rules) -> str:
    """As much of `text` as the rules allow."""
    return text[: whole(rules.get("maxLength"), len(text))]


def fits(text: str, rules: Rules) -> bool:
    """Whether the rules accept `text`, as far as that can be said safely."""
    if len(text) < whole(rules.get("minLength"), 0) or len(text) > whole(rules.get("maxLength"), len(text)):
        return False
    form = _FORMATS.get(rules["format"]) if isinstance(rules.get("format"), str) else None
    if form and not re.fullmatch(form[1], text):
        return False
    pattern = rules.get("pattern")
    if not isinstance(pattern, str) or len(pattern) > _LONGEST_PATTERN or len(text) > _LONGEST_MATCHED:
        return True
    if _NESTED_REPEAT.search(pattern):  # it could take forever
        return True
    try:
        return re.search(pattern, text) is not None
    except (re.error, OverflowError, RecursionError):
        return True


def sample(rules: Rules, unknown: str) -> str:
    """A text that the rules accept: `unknown` where they do."""
    samples = [_FORMATS[rules["format"]][0]] if rules.get("format") in list(_FORMATS) else []
    samples += [unknown, *(_SAMPLES if isinstance(rules.get("pattern"), str) else ())]
    least = min(whole(rules.get("minLength"), 0), 10_000)
    fitting = (text for text in (cut(each, rules).ljust(least, "-") for each in samples) if fits(text, rules))
    return next(fitting, samples[0])


def in_range(value: float, rules: Rules) -> bool:
    """Whether the rules accept the number."""
    low, open_low, high, open_high = _limits(rules)
    step = _number(rules, "multipleOf")
    return (
        (low is None or (value > low if open_low else value >= low))
        and (high is None or (value < high if open_high else value <= high))
        and not (step and step > 0 and value % step)
    )


def number_within(rules: Rules, *, integer: bool) -> float:
    """A number that the rules accept: in the middle of the limits, or else near 0."""
    low, _, high, _ = _limits(rules)
    step = _number(rules, "multipleOf")
    step = step if step and step > 0 else 1 if integer else None
    middle = (low + high) / 2 if low is not None and high is not None else None
    candidates = [middle, low, high, 0, low + 1 if low is not None else None, high - 1 if high is not None else None]
    for candidate in candidates:
        if candidate is None or not isfinite(candidate) or (step and not isfinite(candidate / step)):
            continue
        for value in (floor(candidate / step) * step, ceil(candidate / step) * step) if step else (candidate,):
            if in_range(value, rules) and (not integer or float(value).is_integer()):
                return int(value) if integer else value
    return 0


def _limits(rules: Rules) -> tuple[float | None, bool, float | None, bool]:
    """The lower and the upper limit of a number, and for each whether the number may not be the limit itself."""
    low, above = _number(rules, "minimum"), _number(rules, "exclusiveMinimum")
    high, below = _number(rules, "maximum"), _number(rules, "exclusiveMaximum")
    open_low = above is not None and (low is None or above >= low)
    open_high = below is not None and (high is None or below <= high)
    return above if open_low else low, open_low, below if open_high else high, open_high


def _number(rules: Rules, name: str) -> float | None:
    value = rules.get(name)
    return value if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300 else None


class _Resolver:
    """Follows what a schema refers to, up to a number of steps."""

    def __init__(self, root: Rules) -> None:
        self._root = root
        self._steps = 0

    def resolved(self, schema: object) -> dict[str, Any]:
        self._steps += 1
        if not isinstance(schema, Mapping) or self._steps > _MOST_STEPS:
            return {}
        rules = dict(schema)
        if isinstance(reference := rules.pop("$ref", None), str):
            return {**self.resolved(self._referred(reference)), **rules}
        for part in _parts(rules.pop("allOf", None)):
            rules = _joined(rules, self.resolved(part))
        alternatives = _parts(rules.pop("anyOf", None)) or _parts(rules.pop("oneOf", None))
        if alternatives:
            parts = [self.resolved(part) for part in alternatives]
            nullable = any("null" in types(part) for part in parts)
            rules = _joined(rules, next((part for part in parts if types(part) != ["null"]), parts[0]))
            if nullable:
                rules["type"] = [*(kind for kind in types(rules) if kind != "null"), "null"]
        return rules

    def _referred(self, reference: str) -> object:
        target: object = self._root if reference.startswith("#") else {}
        for step in reference.removeprefix("#").strip("/").split("/")[:_MOST_PARTS]:
            if step and isinstance(target, Mapping):
                target = target.get(step.replace("~1", "/").replace("~0", "~"), {})
        return target


def _parts(value: object) -> list[object]:
    return value[:_MOST_PARTS] if isinstance(value, list) else []


def _joined(one: Rules, other: Rules) -> dict[str, Any]:
    """Both sets of rules in one. What stands in both is taken from the first; properties and demands are united."""
    both = {**other, **one}
    if isinstance(one.get("properties"), dict) and isinstance(other.get("properties"), dict):
        both["properties"] = {**other["properties"], **one["properties"]}
    if isinstance(one.get("required"), list) and isinstance(other.get("required"), list):
        both["required"] = [*other["required"], *one["required"]]
    return both
