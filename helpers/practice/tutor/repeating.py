"""Says what it is told to say: "Say this is a test", "Reply with exactly: OK", 请只回复“收到”."""

import re

from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.question import Draft, Question
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wording import in_digits, tidy

_LONGEST = 400  # characters
_ORDER = Pattern(
    r"(?:(?:please|just|now|can you|could you|hi|hello)[,!]? ){0,3}"
    r"(?:(?P<aloud>say|repeat(?: after me)?|echo)|(?:only |just |simply )?(?:reply|respond|answer|return|output"
    r"|print)(?: only| just)?(?: with)?)"
    r"(?: (?:only|just|exactly|simply|nothing but|literally)){0,2}(?: (?:the|following|exact|single|words?|phrase"
    r"|text|sentence)){0,4}(?: this(?= ?:))?"
    r"(?P<mark> ?: ?| )(?P<what>.+)",
    re.IGNORECASE | re.DOTALL,
)
_ORDER_ZH = Pattern(
    r"(?:请|你好[,!]?|麻烦|帮我|你|跟着我|跟我){0,3}(?P<aloud>只)?(?:回复|回答|说|重复|输出|复述|返回)(?:一遍|一下"
    r"|一句|这句话|这个词|下面的话|以下内容){0,2}"
    r"(?P<mark> ?[:,] ?)?(?P<what>.+)",
    re.DOTALL,
)
_AFTER = Pattern(
    r"[\s,.;。]{0,3}(?:and nothing else|nothing else|only|exactly|please|without anything else|即可|就行|就好"
    r"|就可以|不要说别的|不要其他内容)?[\s.;。]{0,3}$",
    re.IGNORECASE,
)
_QUOTED = Pattern(r'"([^"]+)"|\'([^\']+)\'')
# What makes it a question, or a description of what to say, and not the thing itself.
_NOT_LITERAL = Pattern(
    r"\?|\b(?:what|which|who|how|why|when|where|whether|if|something|anything|yes or no|numbers?|name|answers?"
    r"|results?|values?|letters?|about|json"
    r"|me|us|it|that|again|briefly|english|chinese|french"
    r"|german|spanish|japanese|korean|russian|question|one|only|first|last|larger|smaller|number|a word"
    r"|a sentence)\b"
    r"|[吗呢什么怎哪几为是否个]|关于|答案|结果|数字|一句|一下|中文|英文",
    re.IGNORECASE,
)
_OFTEN = Pattern(r"(.+?)[\s,]{0,2}(\d{1,4}) ?(?:times|遍|次)", re.IGNORECASE | re.DOTALL)
_MOST_TIMES = 200
_SHORT = {"aloud": 8, "reply": 3}  # words that an order without quotes or colon may dictate


def answer(question: Question, voice: Voice) -> Draft | None:
    """What the user dictates, word for word; None where the message is anything but a dictation."""
    text = tidy(question.text) if len(question.text) <= _LONGEST else ""
    order = _ORDER.fullmatch(text) or _ORDER_ZH.fullmatch(text)
    said = _dictated(order) if order else ""
    return Draft(said, thinking=_thinking(question)) if said else None


def _times(what: str) -> tuple[str, int]:
    """What to say and how often: "hello 3 times" is "hello" and 3."""
    found = _OFTEN.fullmatch(in_digits(what))
    return (found[1].strip(" \"'"), min(int(found[2]), _MOST_TIMES)) if found else (what, 1)


def _dictated(order: re.Match[str]) -> str:
    what, times = _times(_AFTER.sub("", order["what"], count=1))
    return " ".join([_literal(what, order)] * times).strip()


def _literal(what: str, order: re.Match[str]) -> str:
    """`what`, where it is the very words to say and not a description of them."""
    if quoted := _QUOTED.fullmatch(what):
        return quoted[1] or quoted[2]
    if '"' in what or _NOT_LITERAL.search(what):
        return ""
    words = len(what.split()) if what.isascii() else len(what) // 2
    short = words <= _SHORT["aloud" if order["aloud"] else "reply"]
    chinese = order.re is _ORDER_ZH.compiled  # where a verb without "only" or a colon may begin any sentence
    return what if (order["mark"] or "").strip() or (short and (order["aloud"] or not chinese)) else ""


def _thinking(question: Question) -> str:
    if question.language == "zh":
        return "用户要我原样说出一段话，照着说就好，不加别的。"
    return "The user dictates what to say. I repeat it word for word and add nothing."
