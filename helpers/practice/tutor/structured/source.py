"""A text as a source of values for named fields: which kind of value a field wants, and which find it gets.

A value that one field has taken is not given to another, so that "from Beijing to Paris" fills two fields with two
places, and "2 and 3" two numbers.
"""

import re
from collections.abc import Callable, KeysView, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from helpers.practice.tutor.data import load
from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.structured import finding
from helpers.practice.tutor.structured.finding import Find
from helpers.practice.tutor.wording import in_digits, tidy

_LONGEST_NUMBER = 16  # digits; longer ones are no amounts
READ = 4000  # characters; what stands behind them is not looked at

_FIELDS = load("fields")
_FINDERS: dict[str, Callable[[str], list[Find]]] = {
    "email": finding.emails,
    "url": finding.urls,
    "phone": finding.phones,
    "file": finding.files_named,
    "date": finding.dates,
    "time": finding.times,
    "language": finding.languages,
    "currency": finding.currencies,
    "expression": finding.expressions,
    "symbol": finding.symbols,
    "place": finding.places,
    "room": finding.rooms,
    "job": finding.jobs,
    "company": finding.companies,
    "likes": finding.likes,
    "identifier": finding.identifiers,
    "person": finding.persons,
    "say": finding.to_say,
    "ask": finding.asked,
    "quotation": finding.quotations,
    "object": finding.objects,
    "": finding.objects,
    "none": lambda text: [],
}
_ALMOST = {"date": "time", "time": "date", "symbol": "object"}  # what else may stand for it where there is none
_WHOLE = ("say", "ask")  # kinds for which, at need, the whole text is the value
_ORIGIN, _TARGET, _TITLES, _COUNTING, _AUXILIARY = (
    frozenset(_FIELDS["names"][role]) for role in ("origin", "target", "title", "counting", "auxiliary")
)
_AFTER_ORIGIN = Pattern(r"(?:\bfrom|\bleaving|从|由)\s?(?:the )?$", re.IGNORECASE)
_AFTER_TARGET = Pattern(r"(?:\b(?:to|into|until|till)|到|去|往|至|成|飞|换)\s?(?:the )?$", re.IGNORECASE)
_NO_VALUE = Pattern(r"(?:what|which|a|an|the (?:name|number))\b|什么|多少", re.IGNORECASE)
_AFTER_VALUE = Pattern(r"[\"',.;，。；、](?!\d)|\s(?:and|but|who|which)\s")
_AFTER_LIST = Pattern(r"[\"'.;。；]")
_NEGATION = Pattern(
    r"(?:\b(?:no|not|without|don't|do not|never|exclude)|不|无|没有|别|非)\W*(?:\w+\W+)?$", re.IGNORECASE
)
_DAYS = {
    "today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2, "yesterday": -1,
    "今天": 0, "今日": 0, "今晚": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1, "前天": -2,
}  # fmt: skip
_TODAY = Pattern(
    r"(?:today(?:'s date)?|current date|the date)(?: is|:)? ?(?:\w+day,? )?(\d{4})-(\d{1,2})-(\d{1,2})"
    r"|(?:今天|今日|当前日期|现在)(?:的日期)?(?:是|为|:|：)? ?(\d{4})[年-](\d{1,2})[月-](\d{1,2})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Field:
    """A field to fill: its name, what is said of it, and what is said of the object that it belongs to."""

    name: str
    description: str = ""
    context: str = ""

    @property
    def words(self) -> KeysView[str]:
        """The words of the name: "departureCity" and "departure_city" are departure and city."""
        return words_of(self.name)

    @property
    def is_number(self) -> bool:
        """Whether the name is that of an amount, such as "age" or 价格."""
        return bool(self.words & {word for word, units in _FIELDS["units"].items() if units})

    @property
    def kind(self) -> str:
        """The kind of value that the field holds; "" where nothing tells."""
        words = self.words
        kind = _kind(words) or _kind_in(self.name)
        if words & {"name", "names"} and (words | words_of(self.context)) & set(_FIELDS["not_persons"]["words"]):
            return ""  # the name of a thing
        return kind or _kind(words_of(self.description)) or _kind_in(self.description)


def words_of(name: str) -> KeysView[str]:
    """The words that an identifier or a text is made of, in lower case and in order; a run of Chinese is one word."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[\u3400-\u9fff]+", name[:READ])
    return dict.fromkeys(word.lower() for word in words).keys()


class Source:
    """The text that values are taken from."""

    def __init__(self, text: str, *, today: date | None = None) -> None:
        self.text = tidy(text[:READ])[:READ]
        self._digits = in_digits(self.text)
        self._today = today
        self._found: dict[str, list[Find]] = {}  # by kind
        self._taken: set[tuple[str, str]] = set()  # kind and value

    def string(self, field: Field, *, needed: bool) -> str | None:
        """The value for a field of text. Where it is `needed`, a guess is better than nothing."""
        labeled = self._labeled(field)
        if labeled:
            return labeled
        kind = field.kind
        if field.is_number and (amount := self.number(field, needed=False, fits=lambda _: True, with_unit=True)):
            return amount
        finds = self._free(kind) if kind or needed else []
        if not kind and not needed:
            finds = self._free("quotation" if field.words & _TITLES else "object" if "name" in field.words else "none")
        elif kind in _ALMOST and not finds and needed:
            finds = self._free(_ALMOST[kind])
        if finds:
            find = self._by_role(field, finds)
            self._taken.add((kind, find.value))
            return self._dated(find.value) if kind == "date" else find.value
        if kind in _WHOLE and needed:
            return self.text or None
        return None

    def strings(self, field: Field, *, needed: bool) -> list[str]:
        """All values for a field that holds a list."""
        if labeled := self._labeled(field, listed=True):
            return [part for part in re.split(r"\s*(?:,|、|;|\band\b|和|与)\s*", labeled) if part]
        kind = field.kind
        if not kind and not needed:
            return []
        return list(dict.fromkeys(find.value for find in self._free(kind)))

    def number(
        self, field: Field, *, needed: bool, fits: Callable[[float], bool], with_unit: bool = False
    ) -> str | None:
        """The amount for a field, as it is written: the one with its unit or name beside it, else the first at need."""
        text = self._digits
        free = [
            find
            for find in self._free("number")
            if len(find.value) < _LONGEST_NUMBER and fits(float(find.value.replace(",", "")))
        ]
        units = "|".join(filter(None, (_FIELDS["units"].get(word) for word in field.words)))
        names = "|".join(re.escape(word) for word in field.words if len(word) > 1)
        for find in free:
            behind, before = text[find.end : find.end + 20], text[max(0, find.start - 24) : find.start]
            unit = re.match(rf"\s?(?:{units})(?![a-z])", behind, re.I) if units else None
            named = names and re.search(rf"(?:{names})\W{{0,3}}(?:is|of|=|was|为|是|在)?\W{{0,3}}$", before, re.I)
            if unit or named:
                return self._take_number(find) + (unit[0] if unit and with_unit else "")
        wanted = needed or bool(field.words & _COUNTING)
        return self._take_number(free[0]) if free and wanted else None

    def flag(self, field: Field) -> bool | None:
        """Whether the text affirms what the field is called; None where it does not mention it."""
        words = [word for word in field.words if word not in _AUXILIARY and (len(word) > 2 or not word.isascii())]
        for word in words:
            if mention := re.search(_as_words(re.escape(word)), self.text, re.I):
                return not _NEGATION.search(self.text[max(0, mention.start() - 24) : mention.start()])
        return None

    def choice(self, options: Sequence[object]) -> object | None:
        """The option that the text mentions; None where it mentions none."""
        mentions = []
        for rank, option in enumerate(options):
            said = _FIELDS["options"].get(str(option).lower()) or re.escape(str(option)).replace("_", "[_ -]")
            edge = r"(?<![a-z])" if said[:1].isascii() else ""
            if isinstance(option, str) and option and (found := re.search(rf"{edge}(?:{said})", self.text, re.I)):
                mentions.append((-len(found[0]), rank, option))
            elif (
                not isinstance(option, str | bool)
                and option is not None
                and re.search(rf"(?<![\d.]){re.escape(str(option))}(?![\d.])", self._digits)
            ):
                mentions.append((-len(str(option)), rank, option))
        return min(mentions)[2] if mentions else self._by_sentiment(options)

    # ── Which of the finds ───────────────────────────────────────────────────────────────────────────────────

    def _free(self, kind: str) -> list[Find]:
        """What the text has of a kind and no field has taken."""
        if kind not in self._found:
            self._found[kind] = _amounts(self._digits) if kind == "number" else _FINDERS[kind](self.text)
        return [find for find in self._found[kind] if (kind, find.value) not in self._taken]

    def _take_number(self, find: Find) -> str:
        self._taken.add(("number", find.value))
        return find.value.replace(",", "")

    def _by_role(self, field: Field, finds: list[Find]) -> Find:
        """Of several finds, the one after "from" for an origin, the one after "to" for a destination."""
        text = self.text

        def after(pattern: Pattern, find: Find) -> bool:
            return bool(pattern.search(text[max(0, find.start - 12) : find.start]))

        if field.words & _ORIGIN:
            others = [find for find in finds if not after(_AFTER_TARGET, find)]
            return next((find for find in finds if after(_AFTER_ORIGIN, find)), (others or finds)[0])
        if field.words & _TARGET:
            others = [find for find in finds if not after(_AFTER_ORIGIN, find)]
            return next((find for find in finds if after(_AFTER_TARGET, find)), (others or finds)[-1])
        return finds[0]

    def _labeled(self, field: Field, *, listed: bool = False) -> str | None:
        """The value that stands behind the field's own name: "order_id: A123", 姓名是张三."""
        parts = re.findall(r"[A-Za-z][a-z]*|[A-Z]+|\d+|[\u3400-\u9fff]+", field.name)
        spaced = r"[_ -]?".join(map(re.escape, parts))
        label = rf"(?<![A-Za-z]){spaced}s?(?: ?(?:=|:|：)| (?:is|are)\b|(?:是|为|叫)) ?[\"']?"
        found = re.search(rf"{label}([^\n]{{1,200}})", self.text, re.I) if 1 < len(spaced) < 200 else None
        if not found or _NO_VALUE.match(found[1]):
            return None
        of_kind = next(iter(_FINDERS[field.kind](found[1]) if field.kind and not listed else ()), None)
        if of_kind and of_kind.start == 0:
            return of_kind.value
        return (_AFTER_LIST if listed else _AFTER_VALUE).split(found[1], maxsplit=1)[0].strip() or None

    def _dated(self, value: str) -> str:
        """A day that is named from today, as a date where the request says what today is."""
        days = _DAYS.get(value.lower())
        return (self._today + timedelta(days)).isoformat() if self._today and days is not None else value

    def _by_sentiment(self, options: Sequence[object]) -> object | None:
        """The option for praise, for blame, or for neither, where the options are about that."""
        names = {str(option).lower(): option for option in options}
        good, bad, neither = (
            next((names[name] for name in _FIELDS["sentiment"][side] if name in names), None)
            for side in ("names_of_good", "names_of_bad", "names_of_neither")
        )
        if good is None or bad is None:
            return None
        score = _sentiment(self.text)
        return good if score > 0 else bad if score < 0 else neither or good


def stated_day(texts: Sequence[str]) -> date | None:
    """The day that one of `texts` says today is."""
    for text in texts:
        if found := _TODAY.search(tidy(text[:READ])[:READ]):
            year, month, day = (int(part) for part in found.groups() if part)
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def _amounts(text: str) -> list[Find]:
    """The numbers of a text that belong to no date, time or address."""
    finders = (finding.dates, finding.times, finding.emails, finding.urls)
    elsewhere = [(find.start, find.end) for finder in finders for find in finder(text)]
    return [n for n in finding.numbers(text) if not any(start <= n.start < end for start, end in elsewhere)]


def _sentiment(text: str) -> int:
    """Words of praise less words of blame; after a negation they count the other way round."""
    words = _FIELDS["sentiment"]
    score = 0
    for sign, listed in ((1, words["good"]), (-1, words["bad"])):
        for found in re.finditer(_as_words(listed), text, re.I):
            denied = re.search(
                rf"(?:{_as_words(words['not'])})\W*(?:\w+\W+)?$", text[max(0, found.start() - 14) : found.start()], re.I
            )
            score += -sign if denied else sign
    return score


@cache
def _as_words(listed: str) -> str:
    """A pattern for any of the words, whole ones where they are English."""
    return "|".join(rf"\b{word}\b" if word.isascii() else word for word in listed.split("|"))


def _kind(words: KeysView[str]) -> str:
    return next((kind for kind, cues in _FIELDS["kinds"].items() if words & set(cues)), "")


def _kind_in(description: str) -> str:
    """The kind whose Chinese word occurs first in a description, which Chinese does not cut into words."""
    at = {
        kind: min((description.find(cue) for cue in cues if not cue.isascii() and cue in description), default=-1)
        for kind, cues in _FIELDS["kinds"].items()
    }
    found = {kind: place for kind, place in at.items() if place >= 0}
    return min(found, key=found.__getitem__) if found else ""
