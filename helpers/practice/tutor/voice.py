"""How the tutor chooses among wordings: softmax sampling, the thing that `temperature` and `top_p` steer in a model.

A model scores every possible next token, turns the scores into probabilities with a softmax and draws one. The tutor
does the same with whole wordings. A skill lists them likeliest first, and the wording at rank r (0, 1, 2, …) has the
score -ZIPF · ln(1 + r), because the words of a language fall off by rank about like that (Zipf's law). Dividing the
scores by the temperature before the softmax gives rank r the weight (1 + r) ** (-ZIPF / temperature). Of five wordings
the first is drawn always at temperature 0, 7 times in 10 at 0.7, 5 to 6 in 10 at 1.0 and 4 in 10 at 1.9. `top_p`
then keeps the likeliest wordings that together reach that probability, and forgets the rest.

The die is thrown by the request itself: by its messages, model and `seed`, by which of the `n` answers this is, and by
how many picks came before. So the same request has the same answer, and another `seed` rolls anew. Temperature and
top_p are no part of that: turning them moves the thresholds under one and the same throw, so that a comparison shows
their effect and nothing else.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import TypeVar

from helpers.practice.tutor.question import Question

ZIPF = 1.5
COLDEST = 0.001  # at or below it the first wording has all the weight; much below it the arithmetic would overflow

Option = TypeVar("Option")


class Voice:
    """The choices within one answer. Every pick moves it on, so each answer needs a new one."""

    def __init__(self, question: Question) -> None:
        self._temperature = question.temperature
        self._top_p = question.top_p
        self._random = Random(_fingerprint(question))

    def pick(self, options: Sequence[Option]) -> Option:
        """One of `options`, which are ordered likeliest first. Raises IndexError where there are none."""
        throw = self._random.random()
        limits = _limits(len(options), self._temperature, self._top_p)
        return options[bisect_right(limits, throw * limits[-1], hi=len(limits) - 1)]


@lru_cache(maxsize=1024)
def _limits(count: int, temperature: float, top_p: float) -> list[float]:
    """The running sums of the weights of the wordings that stay in the draw: as many as `top_p` lets through."""
    if not temperature > COLDEST:
        return [1.0][:count]
    sums = list(accumulate((1 + rank) ** (-ZIPF / temperature) for rank in range(count)))
    reached = next((rank for rank, total in enumerate(sums) if total >= top_p * sums[-1]), count)
    return sums[: reached + 1]


def _fingerprint(question: Question) -> str:
    said = [(m.role, m.text, [(call.name, call.arguments) for call in m.tool_calls]) for m in question.messages]
    return json.dumps([said, question.model, question.seed, question.choice])
