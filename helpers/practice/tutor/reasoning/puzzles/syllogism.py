"""What follows from "all", "some" and "no"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request


@dataclass(frozen=True)
class _Claim:
    """ "all", "some", "no" or "some not", of a subject, with a predicate."""

    form: str
    subject: str
    predicate: str


_CLAIM = re.compile(
    r"^(?:if |and |then |but |therefore |so |suppose |given that |assume |also )*(?P<form>all|every|each|any|some"
    r"|no|not all|none of the)(?: of)?(?: the)? (?P<a>[a-z]+?)(?: things?| ones| people)?(?: (?:are|is"
    r"|can be))?(?P<neg> not)? (?P<b>[a-z][a-z ]*?)$",
    re.I,
)
_IS = re.compile(
    r"^(?:if |and |then |but |so |suppose |given that )*(?P<a>[a-z]+) (?:is|are)(?P<neg> not)? (?:a "
    r"|an )?(?P<b>[a-z][a-z ]*?)$",
    re.I,
)
_CLAIM_ZH = re.compile(
    r"^(?:如果|已知|而且|并且|且|那么|那|则|所以|因此|而|但|假设)*(?P<form>所有的?|全部的?|每个|每只|每一?个|凡是?"
    r"|任何|有些|有的|某些|部分|一些|没有一?个?|没有任何)(?P<a>[^都是会能不]{1,8}?)(?:都)?(?P<neg>不)?(?P<v>是|会"
    r"|能|喜欢|怕|吃|有|很|可以|需要|必须)(?P<b>[^吗]{1,10}?)的?$"
)
_IS_ZH = re.compile(
    r"^(?:如果|已知|而且|并且|且|那么|那|则|所以|因此|而|但|假设)*(?P<a>[^是不,。]{1,6}?)(?P<neg>不)?(?P<v>是|会"
    r"|能)(?P<b>[^吗]{1,10}?)的?$"
)
_ASKS_ALL = re.compile(
    r"^(?:(?:so|then|therefore|does it follow that|can (?:we|i|you) (?:conclude|infer|say|deduce) that"
    r"|is it (?:true|certain|correct|the case) that|must|do|does|are|is|can|will|it follows that"
    r"|we can conclude that)\b,? ?)+",
    re.I,
)


def syllogism(request: Request, text: str) -> Solution | None:
    """All A are B and some B are C: are some A C? Not necessarily."""
    if len(text) > 400:
        return None
    clauses = [
        clause.strip(" ,:;?!.。\n")
        for clause in re.split(r"[.;?!\n。,]| and (?=(?:all|every|some|no|any|each)\b)", text)
    ]
    clauses = [
        clause
        for clause in clauses
        if clause
        and not re.fullmatch(
            r"(?:is (?:this|that|it|the (?:conclusion|argument)) (?:valid|true|correct|right|logical)"
            r"|true or false|yes or no|right|correct|is this conclusion valid|对吗|这个结论(?:对|成立|正确)吗"
            r"|成立吗|正确吗|是否成立)",
            clause,
            re.I,
        )
    ]
    if len(clauses) < 3:
        return None
    *given, asked = clauses
    premises = [_claim(clause) for clause in given]
    conclusion = _query(asked)
    if (
        conclusion is None
        or None in premises
        or not 2 <= len(premises) <= 4
        or not any(_CLAIM.match(clause) or _CLAIM_ZH.match(clause) for clause in given)
    ):
        return None
    terms = list(dict.fromkeys(term for claim in (*premises, conclusion) for term in (claim.subject, claim.predicate)))
    used = {term for claim in premises for term in (claim.subject, claim.predicate)}
    if len(terms) > 5 or not {conclusion.subject, conclusion.predicate} <= used:
        return None
    if not re.search(r"\?|吗|是否|能否|valid|follow|conclude", text, re.I):
        return None
    verdict = _follows(premises, conclusion, terms)
    say = request.say
    shown = re.sub(r"吗$", "", asked.rstrip("?")).strip()
    value = {True: say("yes", "是的"), False: say("no", "不是"), None: say("not necessarily", "不一定")}[verdict]
    reason = {
        True: say(
            "that follows from the premises, because nothing is left that could contradict it",
            "由前提可以推出，没有任何反例的余地",
        ),
        False: say("the premises say the opposite", "前提恰好说明了相反的情况"),
        None: say("the premises allow it, but they also allow the opposite", "前提允许这种情况，也允许相反的情况"),
    }[verdict]
    told = say("; ", "；").join(given)
    steps = (
        say(
            f"The premises are: {told}. Whether they are true of the real world plays no part.",
            f"前提是：{told}。它们在现实中是否成立并不重要。",
        ),
        say(
            f'I picture each word as a circle and ask whether "{shown}" holds in every drawing that fits the premises.',
            f"把每个概念想象成一个圈，看“{shown}”是否在所有符合前提的画法中都成立。",
        ),
        say(f"Trying to draw it otherwise: {reason}.", f"尝试画出反例：{reason}。"),
    )
    check = say(
        "the words themselves could be replaced by A, B and C, and the result would be the same.",
        "把这些词换成 A、B、C，结论也一样。",
    )
    slip = (
        None
        if verdict is not None
        else Slip(say("yes", "是的"), say("Yes, that follows from the premises.", "是的，由前提可以推出。"))
    )
    return Solution(
        value, say(f"{value[0].upper() + value[1:]}: {reason}.", f"{value}：{reason}。"), steps, check, slip
    )


def _claim(clause: str) -> _Claim | None:
    match = _CLAIM.match(clause) or _CLAIM_ZH.match(clause)
    if match:
        form = match["form"].lower()
        negative = bool(match["neg"])
        if form == "not all":
            kind = "some not"
        elif form in ("no", "none of the") or form.startswith("没有"):
            kind = "no"
        elif form in ("some", "有些", "有的", "某些", "部分", "一些"):
            kind = "some not" if negative else "some"
        else:
            kind = "no" if negative else "all"
    else:
        match = _IS.match(clause) or _IS_ZH.match(clause)
        if not match:
            return None
        kind = "no" if match["neg"] else "all"
    verb = match["v"] if "v" in match.groupdict() and match["v"] != "是" else ""
    subject, predicate = _term(match["a"]), verb + _term(match["b"])
    return _Claim(kind, subject, predicate) if subject and predicate and subject != predicate else None


def _query(clause: str) -> _Claim | None:
    body = re.sub(r"吗$|(?:是不是|是否)(?=.)", "", clause).strip()
    stripped = _ASKS_ALL.sub("", body).strip()
    stripped = re.sub(
        r"\b(?:definitely|necessarily|certainly|also|then|therefore|therefore,|really|by definition)\b ?",
        "",
        stripped,
        flags=re.I,
    )
    if stripped != body or re.search(r"[\u3400-\u9fff]", clause):
        claim = _claim(stripped)
        if claim:
            return claim
    bare = re.match(
        r"(?P<form>all |every |some |any |no )?(?P<a>[a-z]+) (?:are |is |be )?(?:a |an )?(?P<b>[a-z][a-z ]*)$",
        stripped,
        re.I,
    )
    if not bare:
        return None
    form = (bare["form"] or "all").strip().lower()
    return _Claim({"some": "some", "no": "no", "any": "some"}.get(form, "all"), _term(bare["a"]), _term(bare["b"]))


def _term(words: str) -> str:
    words = re.sub(r"^(?:a|an|the|also|definitely|all)\s+|(?: things?|东西)$", "", words.lower().strip())
    if words in ("men", "women", "people", "mice"):
        return {"men": "man", "women": "woman", "people": "person", "mice": "mouse"}[words]
    return re.sub(r"(?<=[a-z]{2})(?:ies|y)$", "i", words) if words.endswith(("ies", "y")) else words.removesuffix("s")


def _follows(premises: Iterable[_Claim], conclusion: _Claim, terms: list[str]) -> bool | None:
    """True if the premises imply the conclusion, False if they imply its opposite, None if they leave it open.

    Everything that can exist lies in a region: the set of the terms that are true of it. "All" and "no" empty regions;
    "some" says that one of several regions is inhabited, and so does the mere mention of a thing.
    """
    regions = range(2 ** len(terms))

    def within(term: str) -> set[int]:
        return {region for region in regions if region >> terms.index(term) & 1}

    def parts(claim: _Claim) -> tuple[set[int], set[int]]:
        return within(claim.subject) & within(claim.predicate), within(claim.subject) - within(claim.predicate)

    possible, inhabited = set(regions), [within(term) for term in terms]
    for claim in premises:
        both, only = parts(claim)
        if claim.form in ("all", "no"):
            possible -= only if claim.form == "all" else both
        else:
            inhabited.append(both if claim.form == "some" else only)
    both, only = parts(conclusion)

    def empty(part: set[int]) -> bool:
        return not part & possible

    def certain(part: set[int]) -> bool:
        return any(group & possible <= part for group in inhabited)

    true, false = {
        "all": (empty(only), certain(only)),
        "no": (empty(both), certain(both)),
        "some": (certain(both), empty(both)),
        "some not": (certain(only), empty(only)),
    }[conclusion.form]
    return True if true else False if false else None
