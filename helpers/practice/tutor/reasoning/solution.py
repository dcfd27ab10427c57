"""From the solution of a problem to a draft: the answer, the thinking that leads to it, the slip made without it."""

from dataclasses import dataclass

from helpers.practice.tutor.question import Draft
from helpers.practice.tutor.request import Request
from helpers.practice.tutor.voice import Voice


@dataclass(frozen=True)
class Slip:
    """The wrong answer that comes to mind first."""

    value: str
    sentence: str


@dataclass(frozen=True)
class Solution:
    """A solved problem. `value` is the bare answer, `sentence` says it with its reason; texts are in one language."""

    value: str
    sentence: str
    steps: tuple[str, ...]
    check: str
    slip: Slip | None = None


def draft(request: Request, solution: Solution, voice: Voice) -> Draft:
    """`solution` as a chat model puts it: at the length that `request` asks for."""
    slip = solution.slip
    if request.stepwise:  # writing the steps out is thinking too: whoever does it does not slip
        return Draft(_in_steps(request, solution), _thinking(request, solution, voice))
    return Draft(
        content=_put(request, solution.value, solution.sentence, voice),
        thinking=_thinking(request, solution, voice),
        hasty=_put(request, slip.value, slip.sentence, voice) if slip else None,
    )


def _put(request: Request, value: str, sentence: str, voice: Voice) -> str:
    if request.brief:
        return value
    answer = request.say(f"Answer: {value}", f"答案：{value}")
    return voice.pick([sentence, f"{sentence}\n\n**{answer}**", f"**{answer}**\n\n{sentence}"])


def _in_steps(request: Request, solution: Solution) -> str:
    if request.brief:
        return solution.value
    lines = [f"{number}. {step}" for number, step in enumerate(solution.steps, 1)]
    return "\n".join([*lines, "", solution.sentence])


def _thinking(request: Request, solution: Solution, voice: Voice) -> str:
    opening = voice.pick(
        request.say(
            "Okay, let me work through this carefully before I answer.|"
            "Let me think about what exactly is being asked here.|"
            "Alright, this looks simple, but I want to be sure before I answer.",
            "好，先别急着回答，我一步一步来想。|我先想清楚题目到底问的是什么。|这道题看上去简单，"
            "但我还是先确认一下再回答。",
        ).split("|")
    )
    doubt = voice.pick(
        request.say(
            "My first impulse is to say {0}. But a first impulse is easily wrong with a question like this one, "
            "so I will not trust it until I have gone through the steps.|"
            "At first glance the answer seems to be {0}. Wait, that came too fast; let me not jump to it and go "
            "through the steps instead.",
            "第一反应是：{0}。不过这类问题凭直觉很容易出错，我先不下结论，按步骤推一遍。|"
            "乍一看答案像是：{0}。等等，这个结论来得太快了，还是老老实实按步骤推一遍。",
        ).split("|")
    )
    parts = [opening]
    if solution.slip:
        parts.append(doubt.replace("{0}", _in_line(solution.slip.value)))
    parts += solution.steps
    parts.append(request.say("Let me check that: ", "再检查一下：") + solution.check)
    value = _in_line(solution.value)
    parts.append(request.say(f"That fits, so my answer is: {value}.", f"前后一致，所以我的答案是：{value}。"))
    return "\n".join(parts)


def _in_line(value: str) -> str:
    """`value` in the middle of a sentence."""
    return value.rstrip(".。").replace("\n", " ⏎ ")
