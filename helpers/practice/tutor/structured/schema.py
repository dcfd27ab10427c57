"""Fills a JSON schema with values from a text.

Two uses differ in what happens where the text has no value. The arguments of a tool have to come from the request, so
what is missing is reported. A JSON answer has to be whole and valid, so what is missing is taken from the answer in
words, or made up as plainly as possible.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile
from typing import Any

from helpers.practice.tutor.data import load
from helpers.practice.tutor.structured.schema_rules import (
    cut,
    fits,
    in_range,
    number_within,
    resolved,
    sample,
    types,
    whole,
)
from helpers.practice.tutor.structured.source import Field, Source

NOTHING = object()
_DEEPEST = 6  # below it only what is required is filled, so that a schema that contains itself comes to an end
_DEEPEST_OF_ALL = 24
_MOST_VALUES = 1000
_MOST_ITEMS = 50

_FIELDS: dict[str, list[str]] = load("schema")["fields"]
_ANSWERS, _TEXTS, _TASTES = (frozenset(_FIELDS[kind]) for kind in ("answers", "texts", "tastes"))
_ANSWERS_ZH = re.compile("|".join(_FIELDS["answers_zh"]))


class Filler:
    """Fills one schema from one source. Afterwards `missing` holds the fields that were required and not found."""

    def __init__(
        self,
        root: Mapping[str, Any],
        source: Source,
        *,
        invents: bool,
        unknown: str = "unknown",
        answer: str = "",
        answered: bool = False,
    ) -> None:
        """`unknown` stands for a text that is not known. `answer` is the answer in words, for fields that ask for one;
        where the question was really `answered`, numbers and options are taken from it too."""
        self._root, self._source, self._invents, self._unknown = root, source, invents, unknown
        self._answer = answer
        self._solved = Source(answer) if answered else None
        self._values = 0
        self.missing: list[Field] = []

    def fill(self, schema: object, field: Field, *, needed: bool = True, depth: int = 0) -> Any:
        """A value for `field`, or NOTHING."""
        self._values += 1
        rules = resolved(schema, self._root)
        kinds = types(rules)
        if depth > _DEEPEST_OF_ALL or self._values > _MOST_VALUES:
            return NOTHING
        description = rules.get("description")
        field = replace(field, description=description[:500] if isinstance(description, str) else "")
        value = self._found(rules, kinds, field, needed=needed, depth=depth)
        if value is not NOTHING:
            return value
        if "default" in rules:
            return rules["default"] if needed else NOTHING
        if not needed:
            return NOTHING
        if "null" in kinds:
            return None
        if self._invents:
            return self._invented(rules, kinds[0], field)
        if isinstance(rules.get("enum"), list) and rules["enum"] and field.words & _TASTES:
            return rules["enum"][0]
        if kinds[0] == "boolean":
            return False
        self.missing.append(field)
        return NOTHING

    # ── What the source has ──────────────────────────────────────────────────────────────────────────────────

    def _found(self, rules: Mapping[str, Any], kinds: list[str], field: Field, *, needed: bool, depth: int) -> Any:
        if "const" in rules:
            return rules["const"]
        options = rules.get("enum")
        if isinstance(options, list) and options:
            found = self._source.choice(options[:200])
            if found is None and self._solved:
                found = self._solved.choice(options[:200])
            return NOTHING if found is None else found
        kind = kinds[0]
        if kind == "object":
            return self._object(rules, field, needed=needed, depth=depth)
        if kind == "array":
            return self._array(rules, field, needed=needed, depth=depth)
        if kind == "boolean":
            flag = self._source.flag(field)
            return NOTHING if flag is None else flag
        if kind in ("integer", "number"):
            return self._number(rules, kind, field, needed=needed)
        return self._string(rules, field, needed=needed) if kind == "string" else NOTHING

    def _object(self, rules: Mapping[str, Any], field: Field, *, needed: bool, depth: int) -> Any:
        properties = rules.get("properties") if isinstance(rules.get("properties"), dict) else {}
        required = rules.get("required") if isinstance(rules.get("required"), list) else []
        required = [name for name in required if isinstance(name, str)]
        if (not needed and depth > 0) or depth > _DEEPEST:
            properties = {name: part for name, part in properties.items() if name in required}
        siblings = " ".join(map(str, properties))
        filled = {}
        for name in dict.fromkeys([*properties, *required]):
            inner = Field(name, context=f"{field.context} {field.name} {siblings}"[:400])
            value = self.fill(properties.get(name, {}), inner, needed=name in required, depth=depth + 1)
            if value is not NOTHING:
                filled[name] = value
        return filled if filled or needed else NOTHING

    def _array(self, rules: Mapping[str, Any], field: Field, *, needed: bool, depth: int) -> Any:
        least = min(whole(rules.get("minItems"), 0), _MOST_ITEMS)
        most = min(whole(rules.get("maxItems"), _MOST_ITEMS), _MOST_ITEMS)
        places = rules.get("prefixItems") if isinstance(rules.get("prefixItems"), list) else []
        items = rules.get("items", True)
        values = [self.fill(place, field, depth=depth + 1) for place in places]
        if items is not False and not places:
            values = self._listed(items, field, needed=needed)[:most]
            of_objects = types(resolved(items, self._root))[0] == "object"
            if not values and needed and of_objects and self._invents and depth < _DEEPEST:
                values = [self.fill(items, field, depth=depth + 1)][:most]
        for tries in range(4 * least):
            if len(values) >= least or not self._invents:
                break
            made_up = self.fill(items, field, depth=depth + 1)
            values.append(self._varied(made_up, tries, resolved(items, self._root)))
            values = _distinct(values) if rules.get("uniqueItems") is True else values
        values = [value for value in values if value is not NOTHING]
        return values if values or (needed and self._invents and not least) else NOTHING

    def _listed(self, items: object, field: Field, *, needed: bool) -> list[Any]:
        rules = resolved(items, self._root)
        kind = types(rules)[0]
        if isinstance(rules.get("enum"), list):
            option = self._source.choice(rules["enum"][:200])
            return [] if option is None else [option]
        if kind == "string":
            values = self._source.strings(field, needed=needed and not self._invents)
            if self._answer and self._asks_for_answer(field):
                values = _sentences(self._answer) or values
            return [value.strip() for value in values if value.strip() and fits(value.strip(), rules)]
        if kind in ("integer", "number"):
            numbers = (self._number(rules, kind, field, needed=needed) for _ in range(_MOST_ITEMS))
            return list(takewhile(lambda number: number is not NOTHING, numbers))
        return []

    def _number(self, rules: Mapping[str, Any], kind: str, field: Field, *, needed: bool) -> Any:
        def fits(value: float) -> bool:
            return in_range(value, rules) and (kind == "number" or value.is_integer())

        found = self._source.number(field, needed=False, fits=fits)
        if found is None and self._solved and needed and not field.is_number:
            found = self._solved.number(field, needed=True, fits=fits)
        if found is None and needed:
            found = self._source.number(field, needed=True, fits=fits)
        if found is None:
            return NOTHING
        return float(found) if "." in found else int(found)

    def _string(self, rules: Mapping[str, Any], field: Field, *, needed: bool) -> Any:
        if self._answer and self._asks_for_answer(field):
            text = cut(self._answer, rules)
            return text if fits(text, rules) else NOTHING
        # What is made up anyway needs no guess from the text, unless the field is of a kind that can be told apart.
        found = self._source.string(field, needed=needed and (not self._invents or bool(field.kind)))
        if found is None:
            return NOTHING
        if self._invents:
            found = cut(found, rules)
            return found if fits(found, rules) else NOTHING
        return found  # a function may well know what "tomorrow" is

    def _asks_for_answer(self, field: Field) -> bool:
        asked = field.words & _ANSWERS or (self._solved and field.words & _TEXTS)
        return bool(asked or _ANSWERS_ZH.search(field.name))

    # ── What is made up ──────────────────────────────────────────────────────────────────────────────────────

    def _invented(self, rules: Mapping[str, Any], kind: str, field: Field) -> Any:
        options = rules.get("enum")
        if isinstance(options, list) and options:
            return options[0]
        if kind in ("integer", "number"):
            return number_within(rules, integer=kind == "integer")
        if kind == "boolean":
            return bool(self._solved and re.match(r"yes\b|true\b|是|对|正确", self._answer, re.IGNORECASE))
        if kind == "array":
            return []
        return {} if kind == "object" else sample(rules, self._unknown)

    @staticmethod
    def _varied(value: Any, number: int, rules: Mapping[str, Any]) -> Any:
        """`value`, made different from the ones before it where that is allowed."""
        options = rules.get("enum")
        if isinstance(options, list) and options:
            return options[number % len(options)]
        if isinstance(value, bool):
            return bool(number % 2)
        if isinstance(value, int | float):
            step = rules.get("multipleOf") if isinstance(rules.get("multipleOf"), int | float) else 1
            return next((v for v in (value + number * step, value - number * step) if in_range(v, rules)), value)
        if isinstance(value, str):
            return next((v for v in (f"{value} {number + 1}", value) if fits(v, rules)), value) if number else value
        return value


def to_json(value: object) -> str:
    """`value` as JSON text; what JSON has no number for (a schema may bring NaN) becomes null."""
    return json.dumps(json.loads(json.dumps(value), parse_constant=lambda _: None), ensure_ascii=False)


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^.!?。！？\n](?:[^.!?。！？\n]|[.](?=\S))*[.!?。！？]?", text)


def _distinct(values: list[Any]) -> list[Any]:
    return list({json.dumps(value, sort_keys=True, default=str): value for value in values}.values())
