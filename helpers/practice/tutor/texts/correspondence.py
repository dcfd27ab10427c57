"""What a letter or email is written for, in the words of its request, and whether it is personal."""

import re

from helpers.practice.tutor.pattern import Pattern

_VERBS = {
    "asking": "ask",
    "apologizing": "apologize",
    "apologising": "apologize",
    "inviting": "invite",
    "thanking": "thank",
    "requesting": "request",
    "informing": "inform",
    "telling": "tell",
    "reminding": "remind",
    "explaining": "explain",
    "confirming": "confirm",
    "saying": "say",
    "complaining": "complain",
    "congratulating": "congratulate",
    "announcing": "announce",
    "offering": "offer",
    "suggesting": "suggest",
    "proposing": "propose",
    "letting": "let",
    "declining": "decline",
    "accepting": "accept",
    "canceling": "cancel",
    "cancelling": "cancel",
    "introducing": "introduce",
    "applying": "apply",
    "wishing": "wish",
    "expressing": "express",
}
OCCASIONS = {  # what they are written for, and the line that stands over them
    "love": ("to tell you how much you mean to me", "A few words to you"),
    "birthday": ("to wish you a happy birthday", "Happy birthday"),
    "thank": ("to thank you", "Thank you"),
    "thanks": ("to thank you", "Thank you"),
    "thank-you": ("to thank you", "Thank you"),
    "farewell": ("to say goodbye", "Goodbye"),
    "goodbye": ("to say goodbye", "Goodbye"),
    "apology": ("to apologize", "My apologies"),
    "invitation": ("to invite you", "Invitation"),
    "resignation": ("to resign from my position", "Resignation"),
    "complaint": ("to make a complaint", "Complaint"),
    "congratulations": ("to congratulate you", "Congratulations"),
    "sick": ("to let you know that I am ill", "Sick leave"),
    "reminder": ("to remind you of what we agreed", "A friendly reminder"),
}
_PERSONAL = Pattern(
    r"\b(?:love|birthday|mother|mom|mum|father|dad|grandm\w+|grandf\w+|grandpa|friend|wife|husband|sister|brother"
    r"|son|daughter|girlfriend|boyfriend"
    r"|future|younger self|myself|moon|santa)\b|[妈爸爷奶姐妹哥弟]|母亲|父亲|外婆|外公|朋友|爱人|妻子|丈夫|生日"
    r"|情书|自己|女儿|儿子",
    re.IGNORECASE,
)
_BEGINNING = Pattern(
    r"(?:to (?:ask for|ask|request|say(?: that)?|thank you for|apologize for|invite you to|inform you (?:of|about|that)"
    r"|tell you (?:about|that))|about|regarding|to)\s+",
    re.IGNORECASE,
)


def is_personal(recipient: str, topic: str) -> bool:
    """Whether the letter goes to somebody close, or is about something private."""
    return bool(_PERSONAL.search(recipient) or _PERSONAL.search(topic))


def addressed(recipient: str) -> str:
    """How an English letter addresses `recipient`: "my boss" as "Boss"."""
    name = re.sub(r"^(?:my|our|the|a|an|your)\s+", "", recipient, flags=re.IGNORECASE)
    return name[:1].upper() + name[1:]


def purpose(topic: str) -> str:
    """What comes after "I am writing": "to ask for a day off", "about the meeting"."""
    topic = re.sub(r"\b(?:him|her|them)\b", "you", topic)
    first, _, rest = topic.partition(" ")
    first = first.lower()
    if topic.lower() in OCCASIONS:
        return OCCASIONS[topic.lower()][0]
    if first in _VERBS:
        return f"to {_VERBS[first]} {rest}".strip()
    if first in ("about", "regarding", "to", "because", "concerning"):
        return topic
    if first == "for":
        return f"to ask for {rest}"
    if first == "that":
        return f"to say that {rest}"
    return f"about {topic}" if rest else f"about the {topic}"


def subject(topic: str) -> str:
    """The line that stands over the letter."""
    if topic.lower() in OCCASIONS:
        return OCCASIONS[topic.lower()][1]
    line = _BEGINNING.sub("", purpose(topic), count=1) or topic
    return line[:1].upper() + line[1:]
