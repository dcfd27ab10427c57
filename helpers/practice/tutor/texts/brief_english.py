"""English requests for a text: the kind, the topic, how many, and for whom."""

import re

from helpers.practice.tutor.data import load
from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.texts.correspondence import OCCASIONS
from helpers.practice.tutor.texts.genres import LISTED, Genre, Wanted
from helpers.practice.tutor.wording import in_digits

_NOUNS: dict[Genre, str] = {
    "haiku": "haiku|haikus",
    "classical": "classical chinese poem|jueju",
    "story": "fairy tale|short story|story|stories|tale|fable|narrative",
    "poem": "poem|poems|poetry|sonnet|limerick|ode|song|song lyrics|lyrics|rhyme|ballad|verse|verses",
    "email": "e-mail|email|cover letter|letter|invitation|apology|message|thank[- ]you note|love note|sick note",
    "wish": "(?:birthday |new year(?:'s)? |christmas |wedding )?(?:wish|wishes|greetings?|blessings?)",
    "slogan": "slogan ideas|advertising slogans?|slogans?|taglines?|mottos?|mottoes|catchphrases?|advertisements?|ads?",
    "title": "title ideas|titles?|headlines?|headings?",
    "name": "brand names?|name ideas|name suggestions?|names?",
    "idea": "ideas?|tips?|suggestions?|activity|activities|ways?|recommendations?|pieces? of advice|advice"
    "|examples? of how",
    "reason": "reasons?|benefits?|advantages?|arguments?",
    "question": "interview questions?|quiz questions?|questions?",
    "step": "steps?",
    "post": "social media posts?|tweets?|posts?|captions?|status updates?",
    "joke": "dad jokes?|jokes?|puns?|riddles?",
    "text": "text|self-introduction|passage|essay|article|description|introduction|intro|speech|report|blog post|blog"
    "|review|diary entry|product description"
    "|travel guide|guide|overview|explanation|piece|monologue|note|toast|composition|paragraph",
}
_KIND = "|".join(f"(?P<{genre}>{nouns})" for genre, nouns in _NOUNS.items())

_WRITE = r"write(?: down| up| out)?|compose|draft|pen|craft|author"
_GIVE = (
    rf"{_WRITE}|create|generate|make up|make|come up with|invent|produce|prepare|suggest|list|think of|share|propose"
    rf"|brainstorm|recommend|provide"
    r"|offer|sing|recite|imagine|say|speak|talk|give|tell|show|send|read|i need|i want|i(?:'d| would) like"
    r"|can i (?:get|have)"
)
_HAVE = r"do you (?:have|know)|have you got|what(?: is|'s| are| would be| could be)|any|got any"
_START = r"(?:^|[.!?:;,\n] |\b(?:please|and|then|to|you|now|just|also|kindly|let's|must|should|will|me) )"
_TO = r"(?: (?:me|us|for me|for us|about it))?"
_WORD = r"(?!(?:about|on|regarding|for|to|with|how|why|that|which|who|where)\b)[^\s.!?:;]+"
_ORDER = Pattern(
    rf"{_START}(?:(?P<give>{_GIVE}){_TO}"
    rf"|(?P<have>{_HAVE})) (?P<spec>(?:{_WORD} ){{0,8}}?)(?:{_KIND})\b(?!['-])(?P<after>.*)",
    re.I | re.S,
)
_BARE = Pattern(
    rf"(?P<spec>(?:{_WORD} ){{0,5}}?)(?:{_KIND})(?P<after> (?:about|on|for|of|describing|titled|in praise of"
    rf"|to) .+)",
    re.I | re.S,
)
_ON = (
    r"(?:about|on|regarding|concerning|describing|explaining|introducing|containing|using|with the words?"
    r"|that (?:describes?|explains?|contains?|uses?|includes?))"
)
_WRITE_ON = Pattern(
    rf"{_START}(?P<verb>{_WRITE}){_TO}(?: something| anything| a bit| a little| some lines| more)?(?::"
    rf"| {_ON}) (?P<topic>.+)",
    re.I | re.S,
)
_SIZED_ON = Pattern(rf"(?:{_START}(?:{_GIVE}){_TO} )?(?:something )?(?:{_ON}|of|for) (?P<topic>.+)", re.I | re.S)
_SIZED_ONLY = Pattern(rf"(?:please )?(?:{_WRITE}|give me|generate)[ .!]*", re.I)
_SPEAK = Pattern(
    rf"{_START}(?:(?P<describe>describe|depict|portray|introduce|tell me (?:something |more |a (?:bit"
    rf"|little) )?about|talk (?:to me )?about"
    r"|say something about|speak about|write me|narrate)|(?P<explain>explain(?: to me)?|discuss|outline"
    r"|teach me about|define|compare))"
    r"(?: what| how| the)? (?P<topic>.+)",
    re.I | re.S,
)
_FACT = Pattern(r"(?:how|why|when|where|who|which|is|are|did|does|was|if)\b", re.I)

_PREPOSITION = (
    r"about|on|of|for|regarding|concerning|describing|that describes|which describes|explaining|that explains"
    r"|introducing|celebrating|praising"
    r"|in praise of|titled|entitled|called|named|featuring|starring|with|based on|inspired by|in which|where|to|from"
    r"|against|in favor of"
    r"|related to|around|dedicated to|containing|including|that contains|that includes|in honor of|when"
)
_TOPIC = Pattern(rf" (?P<prep>{_PREPOSITION}) (?P<topic>.+)", re.I | re.S)
_NAMED = Pattern(r" (?P<prep>about|regarding|titled|entitled|in which|where) (?P<topic>.+)", re.I | re.S)
_RECIPIENT = Pattern(
    r" (?:to|for) (?P<who>(?:(?:my|our|the|a|an|your) )?[^\s.,:;!?]+(?: (?!about|to|asking|that|and|on|for"
    r"|who)[^\s.,:;!?]+){0,3}?)"
    r"(?= (?:about|to|asking|apologi|inviting|thanking|requesting|regarding|on|for|that|saying|telling"
    r"|explaining|informing|with|concerning|because|who)|[.,!?]|$)",
    re.I,
)
_TAIL = Pattern(
    r"[.!?;](?=\s|$)|\n|[,.]? (?:please|thanks|thank you|in (?:a |an |the )?[\w-]+(?: and [\w-]+)? (?:tone|style"
    r"|voice|mood|way|manner|language|words|terms)\b"
    r"|in the style of|as (?:a )?(?:json|list)|in (?:json|markdown|the form of|as much detail)|for (?:(?:a|an|the|my"
    r"|small|young|\d+.year.old) ?)*(?:beginners?|child|kids?|children|adults?|students?"
    r"|newcomers?|general audience|readers)\b|suitable for|that rhymes|which rhymes|step by step|in detail|for me\b"
    r"|of your choice)"
    r"|,? (?:and )?(?:make|keep) (?:it|them|the)\b|, (?:use|using|with|without|be|no|in|and (?:then|explain"
    r"|count|use|end|add)|each|one per|at|then|but)\b|\(|$",
    re.I,
)
_PLAIN_SPEC = frozenset(load("writing/words")["manner"])
_VAGUE = (("couple", 2), ("few", 3), ("several", 4), ("some", 3))


def by_kind(text: str, sized: bool) -> Wanted | None:
    """What `text` names as wanted. It comes without its wishes for length; `sized` says that there were some."""
    if _FACT.match(text):
        return None
    for order in (_ORDER.search(text), _BARE.fullmatch(text)):
        if order and (wanted := _named(order)):
            return wanted
    about = _WRITE_ON.search(text) or (_SIZED_ON.match(text) if sized else None)
    if about:
        topic = cleaned(about["topic"])
        return Wanted("text", topic) if topic else None
    return Wanted("text") if sized and _SIZED_ONLY.fullmatch(text) else None


def by_topic(text: str, sized: bool) -> Wanted | None:
    """What `text` wants spoken of without naming a kind of text. Explanations count only where they are `sized`."""
    speak = _SPEAK.search(text)
    if not speak or (speak["explain"] and not sized):
        return None
    topic = cleaned(text[speak.end("describe") if speak["describe"] else speak.end("explain") :])
    return Wanted("text", topic) if topic else None


def cleaned(topic: str) -> str:
    """`topic` up to where the request goes on to other wishes, without quotes around it."""
    topic = topic[: _TAIL.search(topic).start()].strip(" \"'`,:-")
    return re.sub(r"^(?:the )?(?:topic|subject|theme|following topic)(?: of)?:? ", "", topic, flags=re.I).strip(" \"'")


def _named(order: re.Match[str]) -> Wanted | None:
    genre = next(genre for genre in _NOUNS if order[genre])
    spec, after = order["spec"].lower().split(), order["after"]
    asks = "have" in order.re.groupindex and order["have"]
    if genre in LISTED and "the" in spec and genre != "joke":
        return None  # "the name of …" asks for a fact
    recipient = ""
    if genre == "email" and (who := _RECIPIENT.match(after)):
        recipient, after = who["who"], after[who.end() :]
    noun = order[genre].lower()
    topic = _topic(genre, noun, after, spec)
    if asks and (genre not in LISTED or (not topic and genre not in ("joke", "wish"))):
        return None
    if not topic and noun == "self-introduction":
        topic = "myself"
    plural = noun.endswith(("s", "advice")) and genre != "wish"
    return Wanted(genre, topic, _number(spec, 5 if plural else 1), recipient, noun)


def _topic(genre: Genre, noun: str, after: str, spec: list[str]) -> str:
    own = " ".join(word for word in spec if word not in _PLAIN_SPEC and word.replace("-", "").isalpha())
    if genre == "email":
        occasion = next((word for word in re.split(r"[ -]", noun) if word in OCCASIONS), own)
        return (cleaned(after) if re.match(r"\s*[\w']", after) else "") or occasion
    found = _NAMED.search(after) if genre != "reason" else None
    found = found or _TOPIC.match(after)
    if not found:
        return "" if genre == "story" else own  # "a horror story" is about something
    topic, prep = cleaned(found["topic"]), found["prep"].lower()
    if prep == "to" and genre != "text":
        return gerund(topic)
    return f"how {topic}" if topic and prep in ("where", "in which", "when") else topic


def gerund(phrase: str) -> str:
    """ "save money" as "saving money"."""
    verb, _, rest = phrase.partition(" ")
    if re.fullmatch(r"[a-z]+ie", verb):
        verb = verb[:-2] + "ying"
    elif re.fullmatch(r"[a-z]*[^e]e", verb) and verb != "be":
        verb = verb[:-1] + "ing"
    elif re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb) or verb in ("begin", "forget", "admit"):
        verb += verb[-1] + "ing"
    elif verb.isalpha():
        verb += "ing"
    return f"{verb} {rest}".strip()


def _number(spec: list[str], usual: int) -> int:
    digits = re.search(r"\d{1,4}", in_digits(" ".join(spec)))
    if digits:
        return max(1, int(digits[0]))
    return next((number for word, number in _VAGUE if word in spec), usual)
