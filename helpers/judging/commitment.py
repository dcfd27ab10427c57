"""The passages of an answer, that with the strongest commitment first; helpers.judging has the rule in words."""

import re
from collections.abc import Callable, Iterator

from helpers.judging.notation import HAN, plain

_TAIL = r"(?P<tail>(?:[^\n;。!?.]|\.(?!\s|$))+)"  # up to the end of the sentence
_SENTENCE_END = re.compile(r"(?<=[!?;。\n])|(?<=\.)(?=\s)")
_CORRECTION = re.compile(
    r"\b(?:wait|actually|correction|on second thought|scratch that"
    r"|let me (?:re\w+|correct|double|count again|try again)"
    r"|i made (?:a|an) (?:mistake|error)|that(?:'s| is| was) (?:wrong|not right|incorrect|a mistake))\b"
    r"|(?<=\S)\s*(?:不对|等等|等一下|更正|纠正|说错了|算错了|数错了|重新[算数看想])",
    re.I,
)
_CHECK = re.compile(r"\W*(?:let(?:'s| me| us) )?(?:check|verify|verification|proof|检查|验证|验算|检验)", re.I)
_SEEMING = re.compile(
    r"^\W*(?:al|even )?though\b|\b(?:looks?|seems?|might|may|at first glance|appears? to)\b"
    r"|^\W*(?:虽然|尽管)|看起来|看上去|似乎|好像|乍一看",
    re.I,
)
_ASIDE = re.compile(rf"\((?=[^()]*[a-z{HAN}])[^()]*\)", re.I)
_REASON = re.compile(r":(?!\d)(?!\s*\S+\s*$)|(?<!\d):(?!\s*\S+\s*$)|\b(?:since|because)\b|因为|由于", re.I)
_LABEL = re.compile(
    r"^\W*(?:(?:step|case|part|method|option|步骤|方法)\s*\d+\s*[:.)]|第\s*\d+\s*步\s*[:.,]?|\d+[.)]\s+(?=\S))",
    re.I | re.M,
)
_BOXED = re.compile(r"\\boxed\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_STATED = re.compile(
    r"(?:\b(?:answer|result)\b[^.,;:!?\n]{0,60}?(?:\bis\b|\bequals\b|:|=)"
    r"|(?:答案|结果)[^,;:。\n]{0,30}?(?:应该是|应为|是|为|:|=))[*_`\s:]*" + _TAIL,
    re.I,
)
_EMPHASIZED = re.compile(r"\*\*([^*\n]+)\*\*(?!\s*:)|__([^_\n]+)__(?!\s*:)|```\w*\n([^`]+?)\n?```|`([^`\n]+)`")
_CONCLUDED = re.compile(
    r"(?:\b(?:therefore|thus|hence|in conclusion|finally)\b|(?:^|[.,;:!?\n]\s*)(?:and )?so\b(?! far| that)"
    r"|所以|因此|因而|综上)[,:\s]*" + _TAIL,
    re.I | re.M,
)


def passages(text: str, holds_value: Callable[[str], bool]) -> Iterator[str]:
    """The passages of a readable text; all of it but the questions is the last one."""
    text = "".join(sentence for sentence in _sentences(text) if not sentence.rstrip().endswith("?"))
    for part in (_corrected(text), text):
        for version in (_claims(part, holds_value), part):
            yield from reversed(_BOXED.findall(version))
            yield from (plain(match["tail"]) for match in _backward(_STATED, version))
            emphasized = {plain("".join(groups)).strip() for groups in _EMPHASIZED.findall(version)}
            if len(emphasized) == 1:
                yield from emphasized
            yield from (match["tail"] for match in _backward(_CONCLUDED, plain(version)))
            yield plain(version)


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(text)


def _backward(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return reversed(list(pattern.finditer(text)))


def _corrected(text: str) -> str:
    """What comes after the last correction; all of it where there is none."""
    return text[max((match.end() for match in _CORRECTION.finditer(text)), default=0) :]


def _claims(text: str, holds_value: Callable[[str], bool]) -> str:
    """The sentences that claim something, without their asides, concessions and reasons."""
    kept = []
    for sentence in _sentences(_LABEL.sub("", text)):
        if _CHECK.match(sentence):
            continue
        claim = _ASIDE.sub("", sentence)
        reason = _REASON.search(claim)
        if reason and holds_value(plain(claim[: reason.start()])):
            claim = claim[: reason.start()] + "\n"
        clauses = re.split(r"(?<=,)(?!\d)", claim)
        kept.append("".join(clause for clause in clauses if not _SEEMING.search(clause)))
    return "".join(kept)
