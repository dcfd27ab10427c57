"""Word problems of the plain kind: things come and go, boxes of so many, sharing, prices, speeds, discounts.

Every clause has to be understood, and whose things are asked for has to be clear. Otherwise there is no answer: a wrong
one would be worse.
"""

import re

from helpers.practice.tutor.question import Draft, Question
from helpers.practice.tutor.reasoning.puzzles import OTHER_TASK
from helpers.practice.tutor.reasoning.solution import draft
from helpers.practice.tutor.reasoning.word_problems.formulas import discount, price, sharing, speed
from helpers.practice.tutor.reasoning.word_problems.stories import story
from helpers.practice.tutor.request import read_request
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wording import in_digits

_A_DOZEN = re.compile(r"\ba dozen (?:of )?", re.I)
_LOOKS_BACK = re.compile(r"\S.*(?:\byesterday\b|\bago\b|昨天|之前)", re.I | re.S)  # what was before is counted already
_KINDS = (discount, speed, price, sharing, story)


def answer(question: Question, voice: Voice) -> Draft | None:
    """The solution of a word problem; None where it is not understood from beginning to end."""
    request = read_request(question)
    if request is None or len(request.text) > 500 or OTHER_TASK.search(request.text):
        return None
    text = re.sub(r"(?<=\d),(?=\d{3})", "", in_digits(_A_DOZEN.sub("12 ", request.text)))
    if len(re.findall(r"\d+", text)) < 2 or _LOOKS_BACK.search(text):
        return None
    solution = next((solved for solve in _KINDS if (solved := solve(request, text))), None)
    return draft(request, solution, voice) if solution else None
