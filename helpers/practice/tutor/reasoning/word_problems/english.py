"""The clauses of a story in English: somebody has, gets or gives so many things."""

import re
from fractions import Fraction

from helpers.practice.tutor.reasoning.word_problems.ledger import Event, Query, Unclear

_N = r"(?P<n>\d+(?:\.\d+)?)"
_HAVE = (
    r"(?:has|have|had|'ve got|have got|has got|is|are|was|were|owns?|owned|starts? with|started with|begins? with"
    r"|began with)"
)
_GAIN = (
    r"(?:buys?|bought|gets?|got|finds?|found|receives?|received|picks?(?: up)?|picked(?: up)?|adds?|added|earns?"
    r"|earned|wins?|won|collects?|collected|bakes?|baked|makes?|made"
    r"|catches|catch|caught|borrows?|borrowed|gains?|gained|gathers?|gathered|plants?|planted|(?:is|was|are|am"
    r"|were) given)"
)
_LOSE = (
    r"(?:gives?(?: away| out)?|gave(?: away| out)?|eats?|ate|sells?|sold|loses?|lost|uses?|used|spends?|spent"
    r"|breaks?|broke|throws?(?: away)?|threw(?: away)?|donates?|donated"
    r"|drops?|dropped|drinks?|drank|removes?|removed|lends?|lent|takes? (?:out|away)|took (?:out|away)|hands? out"
    r"|handed out|kills?|killed)"
)
_COME = (
    r"(?:come(?: in| back)?|came(?: in| back)?|arrives?|arrived|joins?|joined|(?:get|got) (?:on|in)|land|landed"
    r"|enter|entered|return|returned|(?:are|were) added)"
)
_GO = (
    r"(?:leave|left|fly (?:away|off)|flew (?:away|off)|die|died|run away|ran away|go (?:home|away)|went (?:home"
    r"|away)|(?:get|got) (?:off|out)|break|broke|rot|rotted|fall off|fell off"
    r"|swim away|swam away|(?:are|were|get|got) (?:eaten|broken|sold|lost|removed|taken(?: away)?|stolen"
    r"|given away|thrown away|used))"
)
_OPENING = (
    r"^(?:(?:if|suppose|so|then|now|and|but|later|afterwards|next|initially|first|yesterday|today|finally|when"
    r"|also|after that|at first|on (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|in the (?:morning|afternoon|evening)),? )*"
)
_WHO = r"(?P<who>(?:(?:my|the|his|her|a|an) )?[a-z]+)"
_ADJECTIVES = (
    r"(?:(?:more|other|new|extra|red|blue|green|yellow|black|white|big|small|large|little|ripe|fresh|old"
    r"|of (?:them|the|his|her|my|those)) )*"
)
_WHAT = (
    rf"{_ADJECTIVES}(?P<what>(?!(?:to|on|in|at|from|into|for|with|by|of|more|away|today|later|now|left|each|than"
    r"|times)\b)[a-z]+)?"
)
_TAIL = (
    r"(?: (?:on|in|at|from|into|onto|for|with|by|during|out of|of) (?:(?:the|a|an|his|her|my|their|our"
    r"|it) ?)?[a-z]*(?: [a-z]+)?)?(?: (?:today|yesterday|later|then|now|again|more|away|too|as well))*$"
)
_TO = r"(?: (?:away )?to (?:(?:his|her|my|the|a|their) )?(?P<to>[a-z]+))?"
_GROUPS = re.compile(
    rf"{_OPENING}{_WHO}(?: {_HAVE}| {_GAIN}) (?P<size>\d+) (?P<group>[a-z]+)(?: of [a-z]+)?,? (?:each )?(?:with|of"
    r"|that (?:hold|contain|have)|which (?:hold|contain|have)|containing"
    rf"|holding) (?:each )?{_N} {_WHAT}(?: in)?(?: each)?(?: box| bag)?$",
    re.I,
)
_EACH = re.compile(
    rf"{_OPENING}(?:in )?(?:each|every)(?: one| of (?:the|them))? ?(?P<group>[a-z]+)?,? (?:has|have|had|holds?"
    rf"|held|contains?|contained|there (?:is|are)) {_N} {_WHAT}(?: in it| inside)?$",
    re.I,
)
_PER = re.compile(
    rf"{_OPENING}(?:(?:there are|with) )?{_N} {_WHAT} (?:in|on|per) (?:each|every)? ?(?P<group>[a-z]+)$", re.I
)
_HAS = re.compile(rf"{_OPENING}{_WHO} ?{_HAVE} {_N} {_WHAT}{_TAIL}", re.I)
_GIVEN = re.compile(
    rf"{_OPENING}(?:(?:my|his|her|the|a) )?(?P<giver>[a-z]+) (?:then |also )?(?:gives?|gave|hands?|handed|sends?"
    rf"|sent|brings?|brought|buys?|bought) (?P<who>[a-z]+) (?:another )?{_N}(?: more)? ?{_WHAT}{_TAIL}",
    re.I,
)
_GAINS = re.compile(
    rf"{_OPENING}(?:{_WHO} )?(?:then |also |later )?{_GAIN} (?:another |an extra )?{_N}(?: more)? ?{_WHAT}{_TAIL}", re.I
)
_LOSES = re.compile(rf"{_OPENING}(?:{_WHO} )?(?:then |also |later )?{_LOSE} (?:away )?{_N} ?{_WHAT}{_TO}{_TAIL}", re.I)
_COMES = re.compile(rf"{_OPENING}{_N}(?: more| other)? ?{_WHAT} {_COME}{_TAIL}", re.I)
_GOES = re.compile(rf"{_OPENING}{_N}(?: more| other)? ?{_WHAT} {_GO}{_TAIL}", re.I)
_MORE = re.compile(rf"^{_N} (?P<what>[a-z]+)$", re.I)
_ASK = re.compile(
    r"^(?:and |so |then |now )*how many (?P<what>(?:(?!(?:do|does|did|are|is|were|was|will|would|has|have|left"
    r"|remain)\b)[a-z]+ ?){0,3})(?P<rest>.*)$",
    re.I,
)
_OTHER_QUESTION = re.compile(
    rf"\b(?:{_GAIN}|{_LOSE}|need|needs|needed|cost|more|fewer|than|each|per|every|times|can|could|should|use"
    r"|not)\b".replace("|made|", "|"),
    re.I,
)
_PEOPLE = {"i", "he", "she", "they", "we", "you", "it", "there"}


def clauses(text: str) -> tuple[list[str], str]:
    """The clauses of the story, and the one that asks."""
    text = re.sub(r"^(how many [^.?!]*?) if (.*)$", r"\2, \1", text.strip().rstrip("?!. "), flags=re.I | re.S)
    parts = re.split(r"[.;!?\n,]+| \band\b | \bthen\b | \bbut\b ", text)
    parts = [part.strip() for part in parts if part.strip(" ")]
    return parts[:-1], parts[-1] if parts else ""


def read_event(clause: str) -> Event:
    """What a clause tells. Raises Unclear where it is not understood."""
    if match := _GROUPS.match(clause):
        return Event(
            "have", Fraction(match["n"]), _stem(match["what"]), _person(match["who"]), size=Fraction(match["size"])
        )
    if match := _EACH.match(clause) or _PER.match(clause):
        return Event("each", Fraction(match["n"]), _stem(match["what"]), group=_stem(match["group"]))
    if match := _HAS.match(clause):
        return Event("have", Fraction(match["n"]), _stem(match["what"]), _person(match["who"]))
    if (match := _GIVEN.match(clause)) and match["who"].lower() not in ("away", "out", "another", "back"):
        giver, taker = _person(match["giver"]), _person(match["who"])
        if match["who"].lower() in ("me", "him", "her", "us", "them"):
            return Event("gain", Fraction(match["n"]), _stem(match["what"]), taker)
        return Event("lose", Fraction(match["n"]), _stem(match["what"]), giver, to=taker)
    for kind, pattern in (("gain", _GAINS), ("lose", _LOSES), ("gain", _COMES), ("lose", _GOES)):
        if match := pattern.match(clause):
            groups = match.groupdict()
            return Event(
                kind,
                Fraction(match["n"]),
                _stem(match["what"]),
                _person(groups.get("who")),
                to=_person(groups.get("to")),
            )
    if match := _MORE.match(clause):  # the second half of "3 apples and 2 oranges"
        return Event("have", Fraction(match["n"]), _stem(match["what"]))
    raise Unclear


def read_query(clause: str) -> Query:
    """What a clause asks. Raises Unclear where it is not understood."""
    match = _ASK.match(clause)
    if not match or re.search(r"\d", clause):
        raise Unclear
    rest = re.sub(r"\b(?:more or less|altogether)\b", "total", match["rest"].lower())
    if _OTHER_QUESTION.search(rest):
        raise Unclear
    who = re.match(r"(?:do|does|did|will|would|has|have) (?:(?:the|my|his|her) )?([a-z]+)", rest)
    person = _person(who[1]) if who and who[1] not in ("have", "now", "left") else ""
    together = bool(re.search(r"\b(?:together|total|all|combined|they|we)\b", rest)) or not rest.strip()
    return Query(_stem(match["what"]), "" if together and person in ("they", "we") else person, together)


def _person(who: str | None) -> str:
    """Whom a name stands for; empty for those who were spoken of before."""
    name = re.sub(r"^(?:my|the|a|an|his|her) ", "", (who or "").lower().strip())
    if name in ("i", "me", "you"):
        return "i"
    return "" if name in _PEOPLE or name in ("him", "her", "us", "them", "then", "also") else name


def _stem(noun: str | None) -> str:
    words = (noun or "").lower().split()
    word = words[-1] if words else ""
    word = {
        "children": "child",
        "people": "person",
        "mice": "mouse",
        "men": "man",
        "women": "woman",
        "geese": "goose",
        "loaves": "loaf",
    }.get(word, word)
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("es") if re.search(r"(?:sh|ch|x|o)es$", word) else word.removesuffix("s")
