"""Greetings, thanks, goodbyes, and what the tutor says when it is asked who it is.

A message is one of these if it says nothing else: "Hello, who are you?" is, "Hello, which is larger?" is not.
"""

from functools import cache

from helpers.practice.tutor import identity, wishes
from helpers.practice.tutor.data import load
from helpers.practice.tutor.question import Draft, Language, Question
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wording import Lexicon, kinds, tidy

_LONGEST = 200  # characters


def answer(question: Question, voice: Voice) -> Draft | None:
    """A reply to a message that is nothing but courtesy or a question about the tutor itself; else None."""
    text = tidy(question.text) if len(question.text) <= _LONGEST else ""
    language = wishes.language(text, question.language)
    said, lengths = wishes.lengths(text)
    meant = kinds(_vocabulary().read(said) or ())
    if not meant or not language or "number" in meant:  # numbers are read too, but are no courtesy
        return None
    replies = load("greeting")
    sentences = [voice.pick(replies["first"][kind][language]) for kind in replies["first"] if kind in meant]
    if "who" in meant:
        sentences += _about_itself(question.model, language)
    if "can" in meant:
        sentences += [identity.CAN[language], identity.REAL[language]]
    if "bye" in meant:
        sentences.append(voice.pick(replies["last"]["bye"][language]))
    elif not meant & {"who", "can", "thanks"}:
        sentences.append(voice.pick(replies["last"]["offer"][language]))
    wanted = next((length.high for length in lengths if length.unit == "sentences"), len(sentences))
    content = ("" if language == "zh" else " ").join(dict.fromkeys(sentences[:wanted]))
    return Draft(content, thinking=_thinking(language))


@cache
def _vocabulary() -> Lexicon:
    words = load("greeting")["vocabulary"]
    return Lexicon({"" if kind == "little" else kind: "|".join(phrases) for kind, phrases in words.items()})


def _about_itself(model: str, language: Language) -> list[str]:
    named = {
        "en": f"Your request names {model}; I answer in its place, so that everything can be tried without a key.",
        "zh": f"请求里写的是 {model}，由我代它回答，这样没有 key 也能把一切试一遍。",
    }
    return [identity.WHAT[language], named[language], identity.CAN[language], identity.REAL[language]]


def _thinking(language: Language) -> str:
    if language == "zh":
        return "用户在打招呼，或者想知道我是谁。没有别的任务，简短、如实地回答就好。"
    return (
        "The user greets me or wants to know what I am. There is no other task in the message, so a short and honest "
        "reply will do."
    )
