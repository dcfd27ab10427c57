"""The clauses of a story in Chinese: 小明有5个苹果,又买了3个,吃了2个."""

import re
from fractions import Fraction

from helpers.practice.tutor.reasoning.word_problems.ledger import Event, Query, Unclear

_M = r"(?P<m>[个只支本把块颗条张件瓶杯盒箱袋包朵棵辆头匹名位枚双根筐架篮人元页粒台套册])"
_N = r"(?P<n>\d+(?:\.\d+)?)"
_OPENING = (
    r"^(?:如果|假如|已知|后来|然后|接着|今天|昨天|早上|上午|中午|下午|晚上|第2天|之后|先|最后|那么|这时|又|再|还"
    r"|又来|同时|买[\u3400-\u9fff]{1,4}(?=花|用))*"
)
_WHO = r"(?P<who>我们|我|他们|他|她们|她|它|[\u3400-\u9fff]{0,5}?)"
_WHAT = r"(?P<what>[\u3400-\u9fff]{0,4}?)"
_HAS = re.compile(
    rf"{_OPENING}{_WHO}(?:原来|原本|一共|共|手里|家里|口袋里)*(?:有|原有|养了?|停着|停了|站着|住着)(?:着"
    rf"|了)?{_N}{_M}{_WHAT}$"
)
_EACH = re.compile(
    rf"{_OPENING}每(?:一|1)?个?(?P<group>[\u3400-\u9fff]{{1,3}}?)(?:里面?|中|上)?(?:都)?(?:有|装有|装了|装|放了|放"
    rf"|是|种|坐)?{_N}{_M}{_WHAT}$"
)
_GIVEN = re.compile(
    rf"{_OPENING}(?P<giver>[\u3400-\u9fff]{{1,4}}?)(?:又|再)?(?:送给|送|给|借给|分给)了?(?P<who>我|他|她|它"
    rf"|[\u3400-\u9fff]{{2,3}}?)了?{_N}{_M}{_WHAT}$"
)
_GAIN = (
    r"(?:买|得到|拿到|捡|收到|摘|借来|做|赢|获得|找到|飞来|开来|跑来|走来|游来|来|上车|上来|上|放进|采|钓|种|收获"
    r"|增加|添|存)"
)
_LOSE = r"(?:吃|卖|送|丢|用|花|借出|弄丢|摔|打|坏|飞|拿|取|走|跑|死|扔|喝|下车|下来|下|开|捐|游|倒|给|送给|分给|借给)"
_GAINS = re.compile(rf"{_OPENING}{_WHO}(?:又|再|还)*{_GAIN}(?:了|到|来|回|进)*{_N}{_M}{_WHAT}$")
_LOSES = re.compile(
    rf"{_OPENING}{_WHO}(?:又|再|还)*{_LOSE}(?:了|掉|出|走|去|下|碎|坏|破|开|给|出去)*(?:(?P<to>小[\u3400-\u9fff]"
    rf"|弟弟|妹妹|哥哥|姐姐|同学|朋友|妈妈|爸爸|奶奶|爷爷|别人|老师|邻居)了?)?{_N}{_M}{_WHAT}$"
)
_ASK = re.compile(
    rf"^(?:请问|那么|那|问|现在|最后|这时|此时)*{_WHO}(?:现在|还|一共|总共|共|最后|合起来|加起来)*(?:剩下|剩余|剩"
    rf"|有|是)?(?:下|了|着)?(?:几|多少){_M}?{_WHAT}(?:呢|了)?$"
)
_TOGETHER = re.compile(r"一共|总共|共|合起来|加起来|他们|她们|我们|两人")


def clauses(text: str) -> tuple[list[str], str]:
    """The clauses of the story, and the one that asks."""
    parts = [part.strip() for part in re.split(r"[,;.!?\n。、 ]+", text) if part.strip()]
    return parts[:-1], parts[-1] if parts else ""


def read_event(clause: str) -> Event:
    """What a clause tells. Raises Unclear where it is not understood."""
    if match := _EACH.match(clause):
        return Event("each", Fraction(match["n"]), match["what"], group=match["group"])
    if match := _GIVEN.match(clause):
        taker = _person(match["who"])
        if match["who"] in ("我", "他", "她", "它"):
            return Event("gain", Fraction(match["n"]), match["what"], taker)
        return Event("lose", Fraction(match["n"]), match["what"], _person(match["giver"]), to=taker)
    for kind, pattern in (("have", _HAS), ("gain", _GAINS), ("lose", _LOSES)):
        if match := pattern.match(clause):
            groups = match.groupdict()
            return Event(
                kind,
                Fraction(match["n"]),
                match["what"],
                _person(match["who"]),
                match["m"],
                to=_person(groups.get("to")),
            )
    raise Unclear


def read_query(clause: str) -> Query:
    """What a clause asks. Raises Unclear where it is not understood."""
    match = _ASK.match(clause)
    if not match or re.search(r"\d|比|多几|少几|每|平均|需要|至少", clause):
        raise Unclear
    together = bool(_TOGETHER.search(clause))
    return Query(match["what"], "" if together else _person(match["who"]), together)


def _person(who: str | None) -> str:
    name = re.sub(r"(?:家里|手里|口袋里|里面|上面|里|上|中)$", "", re.sub(r"^(?:原来|现在|这时)", "", who or ""))
    return "" if name in ("他", "她", "它", "他们", "她们", "我们", "又", "再", "还") else name
