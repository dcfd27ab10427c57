"""Letters of a word: how often one occurs, how many there are, the nth one, the word backwards."""

import re
from collections.abc import Callable

from helpers.practice.tutor.question import Draft, Question
from helpers.practice.tutor.reasoning.letter_counts import KINDS, count, size
from helpers.practice.tutor.reasoning.numbers import ORDINAL
from helpers.practice.tutor.reasoning.solution import Solution, draft
from helpers.practice.tutor.reasoning.spelling import NOUN, NOUN_ZH, backwards, contains, nth, palindrome, spell
from helpers.practice.tutor.request import Request, read_request
from helpers.practice.tutor.voice import Voice

_BLANK_ZH = re.compile(
    r"(?<=[\u3400-\u9fff]) (?=[\w\"'])|(?<=[\w\"']) (?=[\u3400-\u9fff])"
)  # between Chinese and Latin
_WORD = r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'-]{1,59}|[A-Za-z]"
_QUOTED = r"\"(?P<{0}q>[^\"\n]{{1,300}})\"|(?<![\w])'(?P<{0}s>[^'\n]{{1,300}})'(?!\w)"
_QUOTED_LETTER = r"\"(?P<lq>[^\"\n]{1,40})\"|'(?P<ls>[^'\n]{1,40})'"
_KIND = rf"(?:(?:(?:the|this|a|an) )?(?:(?:english|german|french|following|given|single|long|whole) )*{NOUN})?"
_TEXT = rf"{_KIND}(?:{_QUOTED.format('t')}|(?P<tw>{_WORD})|(?<=: )(?P<tr>[^\"\n]{{1,300}}))"
_TEXT_ZH = (
    rf"(?:这个|这句|这|一个)?(?:{NOUN_ZH}:? ?)?(?:{_QUOTED.format('t')}|(?P<tw>{_WORD}))(?: ?(?:这"
    rf"|那)?(?:一)?个?{NOUN_ZH})?"
)
_LETTER = (
    rf"(?:the |an? )?(?:letters? |characters? |char |symbol |alphabets? )?(?:{_QUOTED_LETTER}"
    r"|(?P<lw>[a-z]))(?:'?s)?(?: letters?| characters?)?"
)
_LETTER_ZH = (
    rf"(?:英文)?(?:字母|字符|字|汉字)? ?(?:{_QUOTED_LETTER}|(?P<lw>[A-Za-z]))(?:这个|这)?(?:字母|字符|字|汉字)?"
)
_HOLD = (
    r"(?: (?:is|are|was|were|do|does|did|can|there|you|we|i|one|it|occurs?|appears?|shows?|comes?|up|be|exists?"
    r"|found|find|see|seen|counte?d?|get|have|has"
    r"|used|present|contained|repeated|total|in total|altogether))*"
)
_INSIDE = r" (?:in|within|inside|of|contained in|inside of)(?: total in)? "
_IN_ZH = r"(?:里面|里边|里头|之中|当中|里|中|内|上)?"
_ALL_ZH = r"(?:一共|总共|共|到底|究竟|分别)?"
_MUCH_ZH = rf",?{_ALL_ZH}(?:有|含有|包含|含|出现|由)?(?:了|过)?{_ALL_ZH}(?:几|多少)(?:个|次|回)?"
_COUNT_ZH = r"(?:数一数|数一下|数数|数|统计一下|统计|计算一下|计算|算一下|求|看看|在)*,? ?"
Solver = Callable[[Request, re.Match[str]], Solution | None]


def answer(question: Question, voice: Voice) -> Draft | None:
    """An answer about the letters of a word; None where something else is asked."""
    request = read_request(question)
    if request is None:
        return None
    text = re.sub(r"[\s?.!。]+$", "", _BLANK_ZH.sub("", request.text))
    for pattern, solve in _PATTERNS:
        if (match := pattern.fullmatch(text)) and (solution := solve(request, match)):
            return draft(request, solution, voice)
    return None


_PLAIN = r"(?!(?:my|the|your|a|an|this|his|her|our|their|that|of|is|are|there|total|all)\b)[a-z]+"
_KINDS = "|".join(sorted((name for name in KINDS if name.isascii()), key=len, reverse=True))
_KINDS_ZH = "|".join(sorted((name for name in KINDS if not name.isascii()), key=len, reverse=True))
_BACK = r"(?:backwards?|in reverse(?: order)?|reversed|from back to front|from right to left|from the end)"
_BACK_ZH = r"(?:倒着|倒过来|反过来|反着|倒序|逆序|反转|颠倒|反向|翻转|倒)"
_PLACE = (
    rf"(?P<place>{ORDINAL}|last|final|middle|penultimate|second[- ]last)(?P<end>[- ]to[- ]last| last| from the end)?"
)
_WHAT = r"(?:what(?:'s| is| are| was)? |which (?:is |letter is )?|give(?: me)? |tell(?: me)? |name |find )?"
_PATTERNS: tuple[tuple[re.Pattern[str], Solver], ...] = tuple(
    (re.compile(pattern, re.I), solve)
    for solve, patterns in (
        (
            size,
            (
                rf"how many (?P<kind>{_KINDS}){_HOLD}{_INSIDE}{_TEXT}{_HOLD}",
                rf"how many (?P<kind>{_KINDS}) (?:does|do|has|did) {_TEXT}(?: have| contain| has| consist of"
                r"| include)?",
                rf"(?:in|within) {_TEXT},? how many (?P<kind>{_KINDS}){_HOLD}",
                rf"(?:{_WHAT}|count |how long is )(?:the )?(?:number|count|amount"
                rf"|total) of (?P<kind>{_KINDS}){_HOLD}{_INSIDE}{_TEXT}",
                rf"count (?:all )?(?:the )?(?P<kind>{_KINDS}){_INSIDE}{_TEXT}",
                rf"{_WHAT}(?:the )?length of {_TEXT}",
                rf"how long is (?:the (?:word|string|name|phrase) |\b(?=[\"'])){_TEXT}",
                rf"{_COUNT_ZH}{_TEXT_ZH}{_IN_ZH}{_MUCH_ZH}(?P<kind>{_KINDS_ZH})(?:组成|构成)?",
                rf"{_COUNT_ZH}{_TEXT_ZH}{_IN_ZH}的?(?P<kind>{_KINDS_ZH})的?(?:个数|数量|数|数目)(?:是|有)?(?:几"
                r"|多少)?(?:个)?",
                rf"{_TEXT_ZH}的?(?:长度(?:是|为)?(?:多少|几)?|有多长)",
            ),
        ),
        (
            count,
            (
                r"how (?:many|often)(?: times| occurrences of| instances of)?(?: (?:does|do|did|is|are|can"
                rf"|will))?(?: there| you (?:find|see|count))? {_LETTER}{_HOLD}{_INSIDE}{_TEXT}{_HOLD}",
                rf"how many {_LETTER}{_HOLD}{_INSIDE}(?P<tw>{_PLAIN} {_PLAIN})",
                rf"how many {_LETTER} (?:does|do|has|did) {_TEXT}(?: have| contain| has| include)?",
                rf"how many (?:of the )?letters{_INSIDE}{_TEXT} are {_LETTER}",
                rf"(?:in|within) {_TEXT},? how (?:many|often)(?: times| occurrences of)?(?: (?:does|do|did|is"
                rf"|are))?(?: there)? {_LETTER}{_HOLD}",
                r"(?:count|find|determine)(?: me)?(?: how many| the number of| all| the occurrences of"
                rf"| occurrences of| the)?(?: times)? {_LETTER}{_HOLD}{_INSIDE}{_TEXT}",
                rf"{_WHAT}(?:the )?(?:number|count|total|frequency) of (?:times "
                rf"|occurrences of )?{_LETTER}{_HOLD}{_INSIDE}{_TEXT}",
                rf"{_TEXT} (?:has|contains|have) how many {_LETTER}",
                rf"{_COUNT_ZH}{_TEXT_ZH}{_IN_ZH}{_MUCH_ZH}{_LETTER_ZH}",
                rf"{_COUNT_ZH}{_TEXT_ZH}{_IN_ZH},?的?{_LETTER_ZH},?{_ALL_ZH}(?:出现|有)(?:了|过)?{_ALL_ZH}(?:几"
                r"|多少)(?:次|个|回)?",
                rf"{_COUNT_ZH}{_LETTER_ZH}在{_TEXT_ZH}{_IN_ZH},?{_ALL_ZH}(?:出现|有)(?:了|过)?{_ALL_ZH}(?:几"
                r"|多少)(?:次|个|回)?",
                rf"(?:数一数|数一下|数数|统计一下|统计|计算|求|数){_TEXT_ZH}{_IN_ZH}的?{_LETTER_ZH}(?:的(?:个数"
                r"|数量|次数|出现次数))?",
                rf"{_TEXT_ZH}{_IN_ZH}的?{_LETTER_ZH}的(?:个数|数量|次数|出现次数|出现的次数)(?:是|有)?(?:几"
                r"|多少)?(?:个|次)?",
                rf"(?:一共|总共)?有?(?:几|多少)个{_LETTER_ZH}在{_TEXT_ZH}{_IN_ZH}",
            ),
        ),
        (
            backwards,
            (
                rf"(?:reverse|invert|flip|mirror)(?: the (?:order of the )?(?:letters|characters) (?:of|in))? {_TEXT}",
                r"(?:how (?:do|would) (?:you|i|we) )?(?:spell|write|say|type|print|read|put|output"
                rf"|display)(?: out)? {_TEXT}(?: spelled)? {_BACK}",
                rf"(?:spell|write|say|type|print) {_BACK} {_TEXT}",
                rf"what(?:'s| is| does| would)? {_TEXT}(?: (?:look like|look|read|be|is|spelled|written"
                rf"|when))* {_BACK}",
                rf"{_WHAT}(?:the )?(?:reverse|reversal) of {_TEXT}",
                rf"{_TEXT}(?: spelled| written)? {_BACK}",
                rf"(?:把|将)?{_TEXT_ZH}(?:用|按)?{_BACK_ZH}(?:来)?(?:写|拼写?|读|念|排列|输出|排|过来"
                r"|一下)*(?:出来|给我)?(?:是什么|怎么写|怎么拼|是怎样的|是)?(?:什么)?",
                rf"{_TEXT_ZH}的?(?:倒序|逆序|反序|反写|倒写)(?:是什么|是|怎么写)?",
                rf"{_BACK_ZH}(?:来)?(?:写出?|拼写?|读|念|输出|排列)?(?:一下|出)?{_TEXT_ZH}",
                rf"(?:把|将)(?P<tw>[\u3400-\u9fff]{{2,40}}?)(?:这句话|这个词|这几个字)?{_BACK_ZH}(?:来)?(?:写|读"
                r"|念|输出|排列|一下|过来)*(?:出来)?",
            ),
        ),
        (
            nth,
            (
                rf"{_WHAT}(?:the )?{_PLACE} (?P<unit>letter|character|word){_INSIDE}{_TEXT}(?: is)?",
                rf"(?:what|which) (?P<unit>letter|character|word) (?:is|comes)(?: in)?(?: the)? {_PLACE}(?: place"
                rf"| position)?{_INSIDE}{_TEXT}",
                rf"{_TEXT_ZH}{_IN_ZH}的?(?P<end>倒数)?(?P<place>第[一二三四五六七八九十\d]{{1,3}}|最后一?|最后1"
                r"|中间)(?:那)?个?(?P<unit>英文字母|字母|字符|单词|词|字)(?:是什么|是哪个|是啥|是几|是)?",
            ),
        ),
        (
            contains,
            (
                rf"(?:does|do) {_TEXT} (?:contain|have|include) {_LETTER}(?: in it)?",
                rf"is (?:there )?{_LETTER}(?: present| contained)? (?:in|inside) {_TEXT}",
                rf"{_TEXT_ZH}{_IN_ZH}(?:有没有|是否有|是否包含|是否含有|包含|含有|有)(?:一个)?{_LETTER_ZH}吗?",
            ),
        ),
        (
            palindrome,
            (
                rf"is {_TEXT} (?:also )?a palindrome",
                rf"{_TEXT_ZH}是(?:不是|否是|否为)?(?:一个)?回文(?:词|串|字符串|数)?吗?",
            ),
        ),
        (
            spell,
            (
                rf"(?:how (?:do|would) (?:you|i|we) )?spell(?: out)? {_TEXT}(?: letter by letter| out)?",
                rf"(?:逐个字母地?|一个字母一个字母地?)(?:拼写|拼出|写出){_TEXT_ZH}",
                rf"{_TEXT_ZH}(?:怎么拼写?|如何拼写)",
            ),
        ),
    )
    for pattern in patterns
)
