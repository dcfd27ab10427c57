"""Puzzles about what is left, where reading is harder than counting: all but nine, two taken away, a shot at birds."""

import re

from helpers.practice.tutor.reasoning.puzzles.parts import asking
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request

_LEFT = re.compile(r"how many|left|remain|多少|几", re.I)


def all_but(request: Request, text: str) -> Solution | None:
    """A farmer has 17 sheep, and all but 9 die: how many are left?"""
    match = re.search(
        r"(\d+) [a-z]+[^?]{0,80}?\ball but (\d+)\b(?: of (?:them|the \w+))?(?: (?P<verb>[a-z]+))?", text, re.I | re.S
    ) or re.search(
        r"(\d+)[只头个匹条名位人艘棵][^?]{0,40}?除了(\d+)[只头个匹条名位人艘棵][^?]{0,8}?(?:以?外|都|全|其[他它余]"
        r"|剩)(?P<verb>)",
        text,
    )
    turned = re.search(
        r"\ball but (\d+) of (?:the |his |her |my )?(\d+) \w+(?: (?:were|was|are|have|had))*(?: (?P<verb>[a-z]+))?",
        text,
        re.I,
    )
    if not (match or turned) or not _LEFT.search(text[(match or turned).end(2) :]):
        return None
    left, total = map(int, turned.groups()[:2]) if turned else (int(match[2]), int(match[1]))
    match = match or turned
    if left > total:
        return None
    gone, say = total - left, request.say
    query = asking(text)
    verb = re.sub(r"(?:ed|e|s|d)$", "", match["verb"] or "")  # all but 5 passed: how many passed?
    asks_gone = (len(verb) > 1 and re.search(rf"\b{re.escape(verb)}", query, re.I)) or re.search(
        r"how many (?:\w+ )?(?:did |have |are )?(?:\w+ )?(?:died?|dead|ran|run|sold|gone|lost|escaped)|(?:死|跑|卖"
        r"|丢)(?:掉|了)*(?:多少|几)",
        query,
        re.I,
    )
    value, hasty = (gone, left) if asks_gone else (left, gone)
    steps = (
        say(f"There are {total} to begin with.", f"一开始有 {total} 只。"),
        say(
            f'"All but {left}" means all with the exception of {left}. So it happens to {total} - {left} '
            f"= {gone}, and {left} are spared.",
            f"“除了 {left} 只”的意思是这 {left} 只是例外。所以出事的是 {total} - {left} = {gone} 只，{left} 只没事。",
        ),
        say(f"The number {left} is not what is lost, it is what remains.", f"{left} 不是减少的数量，而是剩下的数量。"),
    )
    check = say(f"{gone} + {left} = {total}, so nobody is missing.", f"{gone} + {left} = {total}，总数对得上。")
    slip = (
        Slip(
            str(hasty),
            say(f"{hasty}, since {total} - {left} = {gone}.", f"{hasty} 只，因为 {total} - {left} = {gone}。"),
        )
        if hasty != value
        else None
    )
    return Solution(
        str(value),
        say(
            f'{value}: "all but {left}" means that {left} are left, and {gone} are gone.',
            f"{value} 只：“除了 {left} 只”说明剩下 {left} 只，少了 {gone} 只。",
        ),
        steps,
        check,
        slip,
    )


def taken_away(request: Request, text: str) -> Solution | None:
    """There are 3 apples and you take away 2: how many do you have? The two that you took."""
    match = re.search(
        r"(?:there are|you see|if there are) (\d+) (\w+).{0,50}?\byou (?:take|took|grab"
        r"|pick)(?: away)? (\d+)(?: of them)?(?: away)?.{0,20}?how many (?:\w+ )?(?:do|would|will"
        r"|did) you (?:now )?have",
        text,
        re.I | re.S,
    ) or re.search(
        r"有(\d+)[个只颗块](\w+?),?.{0,6}?你拿走了?(\d+)[个只颗块].{0,10}?你(?:现在)?(?:有|手里有)(?:几|多少)", text
    )
    if not match:
        return None
    total, taken, say = int(match[1]), int(match[3]), request.say
    if taken > total:
        return None
    steps = (
        say(
            f"At first there are {total}, and they lie there; nobody says that they are yours.",
            f"一开始有 {total} 个放在那里，并不是你的。",
        ),
        say(
            f"You take {taken} of them, so these {taken} are now with you.",
            f"你拿走 {taken} 个，这 {taken} 个就在你手里。",
        ),
        say(
            f"{total} - {taken} = {total - taken} is what stays behind, but the question is what you have.",
            f"{total} - {taken} = {total - taken} 是留在原处的，而题目问的是你有几个。",
        ),
    )
    check = say(
        f"{taken} with you and {total - taken} left behind make {total}.",
        f"你手里 {taken} 个，留下 {total - taken} 个，合起来 {total} 个。",
    )
    slip = (
        Slip(
            str(total - taken),
            say(
                f"{total - taken}, since {total} - {taken} = {total - taken}.",
                f"{total - taken} 个，{total} - {taken} = {total - taken}。",
            ),
        )
        if total != 2 * taken
        else None
    )
    return Solution(
        str(taken),
        say(f"{taken}: you have the ones that you took.", f"{taken} 个：你拿走的那些就是你有的。"),
        steps,
        check,
        slip,
    )


def eaten_yesterday(request: Request, text: str) -> Solution | None:
    """I have 3 apples today, and yesterday I ate 2: how many do I have now? Still 3."""
    match = re.search(
        r"\b(?:have|has|got) (\d+) (\w+)(?: (?:today|now|left))?[.,;]? (?:and |but )?(?:yesterday,? (?:I|he|she"
        r"|[a-z]+) (?:ate|gave|sold|lost|used|drank|threw|dropped)\w*(?: away)? (\d+)"
        r"|(?:I|he|she|[a-z]+) (?:ate|gave|sold|lost|used|drank|threw"
        r"|dropped)(?: away)? (\d+)(?: \w+){0,2} yesterday)[^?]*how many .{0,30}\b(?:have|has|left|now)\b",
        text,
        re.I,
    ) or re.search(
        r"(?:今天|现在)[^,]{0,6}有(\d+)[个只颗块](\w{1,4}),[^,]{0,3}昨天[^,]{0,3}(?:吃|送|卖|丢|用)(?:了"
        r"|掉)*(\d+)[个只颗块][^?]*(?:几|多少)()",
        text,
    )
    if not match:
        return None
    have, gone, say = int(match[1]), int(match[3] or match[4]), request.say
    steps = (
        say(
            f"There are {have} today. That is the number after everything that happened before.",
            f"今天有 {have} 个，这已经是之前所有变化之后的数量。",
        ),
        say(
            f"The {gone} went away yesterday, so they are not among the {have} any more.",
            f"那 {gone} 个是昨天没的，今天的 {have} 个里早就不包括它们了。",
        ),
        say(
            f"Nothing is said to have happened since. So it is still {have}.",
            f"之后没有再发生变化，所以还是 {have} 个。",
        ),
    )
    check = say(
        f"yesterday morning there must have been {have} + {gone} = {have + gone}, and {have + gone} - {gone} "
        f"= {have} today.",
        f"昨天原本有 {have} + {gone} = {have + gone} 个，{have + gone} - {gone} = {have}，正是今天的数量。",
    )
    slip = (
        Slip(
            str(have - gone),
            say(
                f"{have - gone}, since {have} - {gone} = {have - gone}.",
                f"{have - gone} 个，{have} - {gone} = {have - gone}。",
            ),
        )
        if gone
        else None
    )
    return Solution(
        str(have),
        say(f"{have}: what happened yesterday is counted already.", f"{have} 个：昨天的变化已经算在今天的数量里了。"),
        steps,
        check,
        slip,
    )


def shot_birds(request: Request, text: str) -> Solution | None:
    """Ten birds sit in a tree and one is shot: how many are left? The others fly away."""
    match = re.search(
        r"(\d+) birds?\b.{0,80}?\b(?:shoots?|shot|kills?|fires?)\b(?:[^?\d]{0,30}(\d+))?", text, re.I | re.S
    ) or re.search(r"(\d+)只(?:小?鸟|麻雀).{0,30}?(?:开枪|打死|打掉|打中|打下|射|枪)[^?\d]{0,12}(\d+)?", text)
    if not match or not re.search(
        r"how many.{0,40}(?:left|remain|tree|still)|(?:剩|有)下?(?:多少|几)只", text[match.start() :], re.I | re.S
    ):
        return None
    total, shot, say = int(match[1]), int(match[2] or 1), request.say
    if shot > total:
        return None
    steps = (
        say(
            f"There are {total} birds in the tree, and {shot} {'is' if shot == 1 else 'are'} shot.",
            f"树上有 {total} 只鸟，打中了 {shot} 只。",
        ),
        say(
            f"As a sum it would be {total} - {shot} = {total - shot}. But these are birds, and a shot is loud.",
            f"单看算式是 {total} - {shot} = {total - shot}。但这是鸟，枪声很响。",
        ),
        say(
            "The others take fright and fly away, and those that were hit fall down. None stays in the tree.",
            "其余的鸟会被吓飞，被打中的会掉下来，树上一只也不剩。",
        ),
    )
    check = say(
        "the question is how many are in the tree, not how many live, so the answer is about the tree.",
        "题目问的是树上还剩几只，不是还活着几只。",
    )
    return Solution(
        "0",
        say("0: the shot scares all the others away.", "0 只：枪声一响，其余的都吓飞了。"),
        steps,
        check,
        Slip(
            str(total - shot),
            say(
                f"{total - shot}, since {total} - {shot} = {total - shot}.",
                f"{total - shot} 只，{total} - {shot} = {total - shot}。",
            ),
        ),
    )
