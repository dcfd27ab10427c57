"""Stories in which things come and go: read clause by clause, then settled in a ledger."""

import re

from helpers.practice.tutor.reasoning.puzzles.parts import plain
from helpers.practice.tutor.reasoning.solution import Solution
from helpers.practice.tutor.reasoning.word_problems import chinese, english
from helpers.practice.tutor.reasoning.word_problems.ledger import Unclear, settle
from helpers.practice.tutor.request import Request

_MOST = 8  # clauses


def story(request: Request, text: str) -> Solution | None:
    """How many are there in the end? None where a clause is not understood."""
    language = chinese if re.search(r"[\u3400-\u9fff]", text) else english
    told, asked = language.clauses(text)
    if not 1 <= len(told) <= _MOST:
        return None
    try:
        query = language.read_query(asked)
        value, lines = settle([language.read_event(clause) for clause in told], query)
    except Unclear:
        return None
    say, shown = request.say, plain(value)
    line = say("; ", "；").join(lines)
    steps = (
        say(
            "I go through the story in its order and keep count of what is there.",
            "按题目叙述的顺序，一步一步记下数量的变化。",
        ),
        say(f"That gives: {line}.", f"列式：{line}。"),
        say(f"What is asked is the number at the end, so {shown}.", f"题目问的是最后的数量，所以是 {shown}。"),
    )
    check = say(
        "going backwards from the end and undoing each step leads to the numbers of the text again.",
        "从结果倒推回去，每一步都能还原成题目中的数。",
    )
    return Solution(shown, say(f"{shown}: {line}.", f"{shown}：{line}。"), steps, check)
