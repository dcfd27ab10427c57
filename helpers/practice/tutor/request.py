"""What a request asks, without the manners around it, and how much it wants to hear."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from helpers.practice.tutor.question import Language, Question
from helpers.practice.tutor.wording import Lexicon, kinds, tidy

LONGEST = 1200  # characters; whoever sends more than this asks for something else than a quick piece of reasoning
_MANNERS = Lexicon(
    {
        "courtesy": "hi|hello|hey|hiya|good morning|good afternoon|good evening|thanks|thank you|please|pls|plz"
        "|cheers|excuse me|sorry|bye|quick question|question|i have a question|here is a question|here's a question"
        "|one more|next one|next question|another one|riddle|puzzle|quiz|riddle me this|i am curious|i'm curious"
        "|just curious|your turn|be honest|be careful|careful|no tricks|no hurry|take your time|it's a trick question"
        "|你好|您好|嗨|请问|谢谢|多谢|感谢|麻烦|劳驾|拜托|辛苦|早上好|下午好|晚上好|好奇|请教|慢慢来|小心|不着急",
        "telling": "answer|reply|respond|explain|tell|give|say|show|think|reason|return|output|print|write|keep"
        "|justify|describe|why|how|回答|答|解释|告诉|给|给出|说|说明|思考|想|想想|考虑|分析|推理|写|写出|输出|返回"
        "|为什么|理由|原因",
        "only": "only|just|solely|nothing else|nothing more|no explanation|no explanations|without explanation"
        "|without explaining|without any explanation|without reasoning|no reasoning|no words|no other words|no text"
        "|no other text|do not explain|don't explain|dont explain|no need to explain|one word|a single word"
        "|one number|a single number|single number|single word|只要|只需|只需要|只能|只用|只给|只给出|只回答|只答"
        "|只说|只输出|只写|只返回|只报|仅|直接|不要解释|不用解释|不必解释|不需要解释|无需解释|别解释|一个词|一个数"
        "|一个数字|一个字",
        "steps": "step by step|step-by-step|stepwise|your work|your steps|your calculation|your working|all the steps"
        "|the steps|一步一步|一步步|逐步|分步|分步骤|步骤",
        "": "a|an|the|this|that|it|me|us|i|you|your|my|for|to|of|on|in|with|by|and|or|if|so|ok|okay|well|then|now|be"
        "|is|are|can|could|will|would|there|dear|sir|friend|assistant|qwen|tutor|number|numbers|word|words|letter"
        "|letters|sentence|one sentence|a sentence|two sentences|value|values|result|results|final|digit|digits"
        "|figure|day|name|yes|no|true|false|yes or no|short|brief|briefly|concise|concisely|quick|quickly|simply"
        "|direct|directly|carefully|hard|deeply|slowly|first|before|after|answering|reasoning|thinking|explanation"
        "|very|much|a lot|in advance|all|some|help|kind|kindly|let's|let us|about|more|than|no more than|at most|form"
        "|as|possible|also|do|don't|not|rush|guess|think about it|question|problem|following|below|following question"
        "|的|我|你|您|和|与|并|并且|请|再|先|然后|之后|后|好|一下|下|吧|啊|呀|呢|哦|了|即可|就行|就好|就可以|可以"
        "|最后|最终|数字|答案|结果|数值|单词|字母|词|字|数|用|以|一句话|两句话|简短|简要|简洁|简单|详细|认真|仔细"
        "|好好|清楚|地|得|来|在|前|之前|帮忙|帮|这个|这道|道|题|问题|问|过程|是|否|是或否|就|快|太|非常|你的|一|个"
        "|如何|怎么|要|需要|不|不要|啦|您的",
    },
    forgiving=False,
)
_LEAD = re.compile(
    r"(?:(?:please|pls|plz|kindly|ok|okay|so|well|um+|hm+|oh|and|also|but|then|alright|now|hi|hello|hey|thanks|wait"
    r"|(?:can|could|would|will) (?:yo)?u(?: please| kindly)?(?= \w+ )(?: tell me| help me(?: to)?(?: with)?"
    r"| let me know"
    r"| figure out| find out| work out| say)?|(?:can|could|may) (?:i|we) (?:ask|know)|(?:please )?tell me"
    r"|help me(?: to)?|let me know"
    r"|i(?:'d| would) (?:like|love) to know|i (?:want|need) to know|i(?:'m| am| was)? wonder(?:ing)?|i am curious"
    r"|i'm curious|(?:do|did) you (?:happen to )?know|any idea|guess|remind me|(?:if|whether) you (?:can|could"
    r"|would) (?:please )?tell me|answer this|(?:a |one |here is a |here's a )?"
    r"(?:quick |simple |small |easy |tricky |trick |silly |math |maths |logic )*(?:question|puzzle|riddle|problem"
    r"|quiz))"
    r"\b[\s,:;.!-]*)+",
    re.I,
)
_LEAD_ZH = re.compile(
    r"(?:(?:你好|您好|嗨|嘿|请问一下|请问|请你|请您|请|麻烦(?:你|您)?|劳驾|拜托|帮我|帮忙|能不能|能否|可不可以"
    r"|可以|你能|您能|你可以|你知道|你觉得|你认为"
    r"|你说|直接回答|回答我|回答|告诉我|我想知道|我想问|想知道|想问|问一下|问你|那么|那|好的|好|嗯|所以|题目|问题"
    r"|一个问题|快速问题|有个问题|考考你)(?:吗|一下|下)?[\s,:;.!。、]*)+"
)
_TAIL = re.compile(
    r"(?:[\s,]{0,3}\b(?:please|pls|plz|thanks|thank you|thx))+[\s.!?]*$|(?:谢谢(?:你|您)?|多谢|拜托了?|好吗|可以吗"
    r"|行吗|[呢啊呀吧哦呗哈])+[\s.!?。]*$",
    re.I,
)
# Where a clause may end: at its mark, or before a word that begins an order about the answer or a question.
_BREAK = re.compile(
    r"[!?;\n。、]+|(?<!\d)[.,:]+|[.,:]+(?!\d)"
    r"|\s+(?=(?:and )?(?:answer|reply|respond|explain|think|show|just|only|no|without|tell|why|let's)\b)"
    r"|\s+(?=(?:what|which|how|who)\b)|(?<=[\u3400-\u9fff\w])(?=只[要需能用给回答说输写返报]|仅|直接|不要|不用"
    r"|无需|并|请|一步|逐步)",
    re.I,
)
_CLAUSES = 6  # how many at either end may together be one courtesy
_LENGTH = re.compile(r"\d+ ?(?:words?|sentences?|lines?|个?字|句话)")


@dataclass(frozen=True)
class Request:
    """One short request of the user."""

    text: str  # what is asked, in one spelling (see wording.tidy) and without manners
    language: Language
    brief: bool = False  # nothing but the answer is wanted
    stepwise: bool = False  # the steps to the answer are wanted too

    def say(self, en: str, zh: str) -> str:
        """The one of the two that is in the language of the answer."""
        return zh if self.language == "zh" else en


def read_request(question: Question, words: str | None = None) -> Request | None:
    """The user's last words, or the part of them that is `words`; None where they are too long, or nothing at all."""
    words = question.text if words is None else words
    if not 0 < len(words) <= LONGEST:
        return None
    text, manners = _without_manners(words)
    rules = [m.text for m in question.messages if m.role in ("system", "developer") and len(m.text) <= LONGEST]
    manners = manners.union(*map(_manners_anywhere, rules))
    return Request(text, question.language, "only" in manners, "steps" in manners) if text else None


@lru_cache(maxsize=64)
def _without_manners(text: str) -> tuple[str, frozenset[str]]:
    """`text` in one spelling and without the clauses at either end that are mere manners, and what those asked for."""
    text, found = tidy(text), set()
    while (shorter := _without_first(text)) or (shorter := _without_last(text)):
        text, meant = shorter
        found |= meant
    for edge in (_LEAD, _LEAD_ZH):
        if (match := edge.match(text)) and match.end() < len(text):
            text = text[match.end() :]
    return _TAIL.sub("", text).strip() or text, frozenset(found)


@lru_cache(maxsize=64)
def _manners_anywhere(text: str) -> set[str]:
    return set().union(*map(_manners, _BREAK.split(tidy(text))))


def _without_first(text: str) -> tuple[str, set[str]] | None:
    stops = islice(_BREAK.finditer(text), _CLAUSES)
    return next((cut for stop in stops if (cut := _cut(text[: stop.start()], text[stop.end() :]))), None)


def _without_last(text: str) -> tuple[str, set[str]] | None:
    end = len(text.rstrip("!?.。 \n"))
    stops = [stop for stop in _BREAK.finditer(text, 0, end) if ":" not in stop.group()][-_CLAUSES:]
    return next(
        (cut for stop in stops if (cut := _cut(text[stop.end() : end], text[: stop.end()].rstrip(",;: \n")))), None
    )


def _cut(clause: str, rest: str) -> tuple[str, set[str]] | None:
    """`rest` and what `clause` asks for, if that is mere manners and can go without tearing quotes apart."""
    rest = rest.strip()
    if not rest or rest.count('"') % 2 or not (meant := _manners(clause)):
        return None
    return rest, meant


def _manners(clause: str) -> set[str]:
    """What `clause` asks for where it is mere manners; else nothing."""
    tokens = _MANNERS.read(_LENGTH.sub("short", clause)) if len(clause) < 200 and '"' not in clause else None
    meant = kinds(tokens or ())
    return set() if meant & {"number", "dotted"} else meant
