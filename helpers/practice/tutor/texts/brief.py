"""Reads what somebody wants written: which kind of text, on what topic, how long, in which language, for whom.

A request names the kind of text ("a poem about …"), or says "write about …"; one that only names what to speak of
("Describe …", "Explain … in 100 words") is read apart, because any other skill may know more about that.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from helpers.practice.tutor import wishes
from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.question import Language, Question
from helpers.practice.tutor.texts import brief_chinese, brief_english
from helpers.practice.tutor.texts.genres import LISTED, Genre, Wanted
from helpers.practice.tutor.wishes import Length, Unit
from helpers.practice.tutor.wording import tidy

_LONGEST = 1500  # characters; who sends more has sent a text to work on, not a request for a new one
_LONGEST_ORDER = {"en": 800, "zh": 300}  # what is said beyond them are details of the form
_EARLIER = 10  # questions that are looked back at
_LONGEST_TOPIC = {"en": 100, "zh": 50}
_READERS = {"en": brief_english, "zh": brief_chinese}
_NOT_WRITTEN = Pattern(
    r"\b(?:code|functions?|programs?|scripts?|quer(?:y|ies)|sql|regex|class|python (?:code|class)|javascript|html"
    r"|css|json schema|unit tests?|algorithm"
    r"|formula|equation|proof|summar(?:y|ies|i[sz]e)|translations?|translate|resume|cv|recipes?)\b|```|代码|函数"
    r"|程序|脚本|摘要|总结|概括|翻译|简历|算法|公式|菜谱|食谱|正则",
    re.IGNORECASE,
)
_ABOUT = Pattern(r"\b(?:about|on)\b|关于|为题|主题", re.IGNORECASE)
_SHORT = Pattern(r"\b(?:short|brief|briefly|tiny|quick|little|concise)\b|简短|短|简要|简洁|简单", re.IGNORECASE)
_LONG = Pattern(r"\b(?:long|longer|lengthy|detailed|in detail|extensive)\b|长篇|长文|长一点|详细", re.IGNORECASE)
_AGAIN = Pattern(
    r"(?:please |now |ok,? |and ){0,2}(?:continue|go on|keep going|carry on|again|try again|do it again|(?:write "
    r"|give me |tell me )?(?:another(?: one)?|one more|some more|more))"
    r"(?: please)?[.! ]*|(?:请|好的?,?|那){0,2}(?:继续|接着写|接着讲|再来一[个首篇段句]|再[写讲]一[个首篇段句]"
    r"|换一[个首篇段句]|重写|重来)(?:写|讲|说|吧|一遍|一下)*[。! ]*",
    re.IGNORECASE,
)
_REFERENCE = Pattern(
    r"(?:it|this|that|them|these|those|the same(?: topic| thing| subject)?|this topic|that topic|它|他|她|这"
    r"|这个|那个|这个话题|同一个话题|同样的主题)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Brief:
    """One request for a text. An empty topic leaves the choice to the writer."""

    genre: Genre
    topic: str
    language: Language
    lengths: tuple[Length, ...] = ()
    count: int | None = None  # of the items of a list; None where the text is no list
    scale: Literal["short", "usual", "long"] = "usual"
    recipient: str = ""
    noun: str = ""  # what the request calls it

    def wish(self, *units: Unit, each: bool = False) -> Length | None:
        """The first wish for a length in one of `units`, for the whole text or for each of its parts."""
        return next((length for length in self.lengths if length.unit in units and length.each == each), None)


def read(question: Question) -> Brief | None:
    """The text that the user wants written; None where none is asked for by its kind or with "write about".

    "Another one" and "Go on" stand for the latest earlier request.
    """
    if not _AGAIN.fullmatch(tidy(question.text[:_LONGEST])):
        return _read(question, "by_kind")
    briefs = (_read(earlier, "by_kind") for earlier in _earlier(question))
    return next((brief for brief in briefs if brief), None)


def read_topic(question: Question) -> Brief | None:
    """The text that would answer "Describe the sea" or "Explain tides in 100 words"; None for other requests."""
    return _read(question, "by_topic")


def _read(question: Question, reading: Literal["by_kind", "by_topic"]) -> Brief | None:
    wanted = _wanted(question, reading)
    text = tidy(question.text[:_LONGEST])[:_LONGEST]
    language = wishes.language(text, question.language)
    if not wanted or not language:
        return None
    topic = _earlier_topic(question) if _REFERENCE.fullmatch(wanted.topic) else wanted.topic
    return Brief(
        genre=wanted.genre,
        topic=_shortened(topic, question.language),
        language=language,
        lengths=tuple(length for length in wishes.lengths(text)[1] if length.unit != "items" or wanted.genre == "text"),
        count=wanted.count if wanted.genre in LISTED else None,
        scale="short" if _SHORT.search(text) else "long" if _LONG.search(text) else "usual",
        recipient=wanted.recipient,
        noun=wanted.noun,
    )


def _wanted(question: Question, reading: str) -> Wanted | None:
    text = question.text
    if len(text) > _LONGEST:
        return None
    unwritten = _NOT_WRITTEN.search(text)
    if unwritten and not _ABOUT.search(text, 0, unwritten.start()):
        return None
    left, lengths = wishes.lengths(tidy(text)[:_LONGEST])
    left = left[: _LONGEST_ORDER[question.language]]
    return getattr(_READERS[question.language], reading)(left, bool(lengths))


def _earlier_topic(question: Question) -> str:
    """What "it" stands for: the topic of the latest earlier request for a text."""
    for earlier in _earlier(question):
        wanted = _wanted(earlier, "by_kind") or _wanted(earlier, "by_topic")
        if wanted and wanted.topic and not _REFERENCE.fullmatch(wanted.topic):
            return wanted.topic
    return ""


def _earlier(question: Question) -> list[Question]:
    """The questions before this one, the latest first, each as it stood when it was asked."""
    asked = [at for at, message in enumerate(question.messages) if message.role == "user"][:-1]
    return [replace(question, messages=question.messages[: at + 1]) for at in reversed(asked[-_EARLIER:])]


def _shortened(topic: str, language: Language) -> str:
    """`topic`, cut at a blank where it is too long to be repeated in sentences."""
    limit = _LONGEST_TOPIC[language]
    return (
        topic if len(topic) <= limit else (topic[:limit].rsplit(" ", 1)[0] if " " in topic[:limit] else topic[:limit])
    )
