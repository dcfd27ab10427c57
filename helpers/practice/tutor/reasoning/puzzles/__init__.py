"""The classic puzzles that trip up a hasty mind, recognized by their structure, with any numbers and names."""

import re

from helpers.practice.tutor.question import Draft, Question
from helpers.practice.tutor.reasoning.puzzles.ages import age_gap, twice_as_old
from helpers.practice.tutor.reasoning.puzzles.amounts import bat_and_ball, heads_and_legs
from helpers.practice.tutor.reasoning.puzzles.combinations import handshakes, socks
from helpers.practice.tutor.reasoning.puzzles.family import shared_sisters, siblings, unnamed_child
from helpers.practice.tutor.reasoning.puzzles.growth import doubling, down_and_up
from helpers.practice.tutor.reasoning.puzzles.intervals import fence_posts, pages, pills
from helpers.practice.tutor.reasoning.puzzles.leftovers import all_but, eaten_yesterday, shot_birds, taken_away
from helpers.practice.tutor.reasoning.puzzles.parts import Puzzle
from helpers.practice.tutor.reasoning.puzzles.ranking import ranking
from helpers.practice.tutor.reasoning.puzzles.rates import machines
from helpers.practice.tutor.reasoning.puzzles.readings import divided_by_half, months_with_28_days, overtaking
from helpers.practice.tutor.reasoning.puzzles.snail import snail
from helpers.practice.tutor.reasoning.puzzles.speeds import side_by_side, there_and_back
from helpers.practice.tutor.reasoning.puzzles.strokes import clock_strokes, cutting, floors
from helpers.practice.tutor.reasoning.puzzles.syllogism import syllogism
from helpers.practice.tutor.reasoning.puzzles.weekdays import weekday
from helpers.practice.tutor.reasoning.puzzles.weights import feathers_and_steel
from helpers.practice.tutor.reasoning.solution import draft
from helpers.practice.tutor.request import read_request
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wording import in_digits

_PUZZLES: tuple[Puzzle, ...] = (
    bat_and_ball,
    heads_and_legs,
    down_and_up,
    doubling,
    there_and_back,
    side_by_side,
    shared_sisters,
    siblings,
    unnamed_child,
    age_gap,
    twice_as_old,
    all_but,
    taken_away,
    eaten_yesterday,
    overtaking,
    months_with_28_days,
    divided_by_half,
    shot_birds,
    socks,
    handshakes,
    fence_posts,
    cutting,
    clock_strokes,
    floors,
    pages,
    pills,
    snail,
    machines,
    feathers_and_steel,
    weekday,
    ranking,
    syllogism,
)
_A_COIN = re.compile(r"\b(?:a|an|one) (?=(?:dollar|buck|euro|cent|pound(?! of))s?\b)", re.I)
_LONGEST = 800  # characters
# Such runs are no story, and would make the search for one slow.
_NO_PROSE = re.compile(r"\d{16}|[a-z]{40}|[^\s\w]{12}", re.I)
# A puzzle may also be the material of another task: a story, a translation, a program.
OTHER_TASK = re.compile(
    r"(?:^|[.!?\n:] ?)(?:please )?(?:write|compose|translate|summari[sz]e|rewrite|rephrase|paraphrase|create"
    r"|invent|generate|code|implement|describe|make up|draft|list)\b"
    r"|\b(?:story|poem|essay|python|code|similar (?:puzzle|riddle|question|problem)s?|riddle like|puzzle like"
    r"|why do (?:models|people|llms))\b"
    r"|(?:写|编|出|作|画)(?:一|个|首|篇|段|几)|翻译|总结|改写|润色|故事|代码|程序|类似的|为什么(?:大)?模型"
    r"|为什么很多人",
    re.I,
)


def answer(question: Question, voice: Voice) -> Draft | None:
    """The solution of a puzzle; None where the request is no puzzle that is known here."""
    request = read_request(question)
    if request is None or len(request.text) > _LONGEST or OTHER_TASK.search(request.text):
        return None
    text = in_digits(_A_COIN.sub("1 ", request.text))
    if _NO_PROSE.search(text):
        return None
    solution = next((solved for puzzle in _PUZZLES if (solved := puzzle(request, text))), None)
    return draft(request, solution, voice) if solution else None
