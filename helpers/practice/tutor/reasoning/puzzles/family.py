"""Puzzles about families: brothers and sisters, and the child that nobody named."""

import re

from helpers.practice.tutor.data import load
from helpers.practice.tutor.reasoning.puzzles.parts import asking, plural
from helpers.practice.tutor.reasoning.solution import Slip, Solution
from helpers.practice.tutor.request import Request


def siblings(request: Request, text: str) -> Solution | None:
    """Alice has N brothers and M sisters: how many sisters does her brother have? Alice is one of them."""
    has = re.search(
        r"(?P<who>\b(?:[Aa]|[Tt]he) (?:girl|boy|woman|man)|\b[A-Z][a-z]+|\bI|[\u3400-\u9fff]{1,4}?) ?(?:has|have|had"
        r"|\(a (?:girl|boy)\) has|,? a (?:girl|boy),? has|有) ?(?P<n>\d+) ?(?:个)?(?P<one>brothers?|sisters?|哥哥"
        r"|弟弟|兄弟|姐姐|妹妹|姐妹)"
        r"(?: and(?: also| (?:he|she))?(?: has)? ?|,? ?(?:she|he) also has ?|、|和"
        r"|,)(?:还)?(?:有)?(?P<m>\d+) ?个?(?P<other>brothers?|sisters?|哥哥|弟弟|兄弟|姐姐|妹妹|姐妹)",
        text,
    )
    if not has or _sex_of(has["one"]) == _sex_of(has["other"]):
        return None
    query = asking(text) if "?" in text or re.search(r"how many", text, re.I) else text
    asked = re.search(
        r"how many (brothers?|sisters?|siblings) (?:does|do|would|will|has|have|did) (.{0,60}?)(brother"
        r"|sister)s? (?:have|has|got)?",
        query,
        re.I,
    ) or re.search(
        r"()(?:的|她|他|每个?|任何一个?)+(?:一个|某个|每个)?(兄弟|哥哥|弟弟|姐妹|姐姐|妹妹)(?:们)?(?:每人"
        r"|各)?(?:共|一共)?有(?:几|多少)个?(兄弟姐妹|姐妹|兄弟|哥哥|弟弟|姐姐|妹妹)",
        text,
    )
    if not asked:
        return None
    counts = {_sex_of(has["one"]): int(has["n"]), _sex_of(has["other"]): int(has["m"])}
    chinese = bool(re.search(r"[\u3400-\u9fff]", asked[0]))
    relative, wanted = (_sex_of(asked[2]), _sex_of(asked[3])) if chinese else (_sex_of(asked[3]), _sex_of(asked[1]))
    all_siblings = "sibling" in asked[1] or asked[3] == "兄弟姐妹"
    sex = _sex(has["who"], text)
    who, say = re.sub(r"^(?:A|The)\b", "the", has["who"], flags=re.I), request.say
    who = "the one who tells this" if who == "I" else who

    def count(of: str, hero: str) -> int:
        """How many of that sex the relative has, if the hero of the story is of the sex `hero`."""
        return counts[of] + (hero == of) - (relative == of)

    if counts[relative] < 1 or (chinese and not _ages_are_clear(has, asked)):
        return None
    if all_siblings:
        value, hasty = sum(counts.values()), sum(counts.values()) - 1
    elif sex is None:
        return _either(
            request, "the teller" if has["who"] == "I" else who, wanted, count(wanted, "f"), count(wanted, "m")
        )
    else:
        value, hasty = count(wanted, sex), counts[wanted]
    noun = (
        {"f": say("sister", "姐妹"), "m": say("brother", "兄弟")}[wanted]
        if not all_siblings
        else say("sibling", "兄弟姐妹")
    )
    kin = {"f": say("sister", "姐妹"), "m": say("brother", "兄弟")}[relative]
    girls, boys = counts["f"] + (sex == "f"), counts["m"] + (sex == "m")
    family = say(f"{plural(girls, 'girl')} and {plural(boys, 'boy')}", f"{girls} 个女孩和 {boys} 个男孩")
    if sex is None:
        family = say(f"{sum(counts.values()) + 1} children", f"{sum(counts.values()) + 1} 个孩子")
    steps = (
        say(
            f"I count all the children: {plural(counts['m'], 'brother')}, {plural(counts['f'], 'sister')}, "
            f"and {who}. Together that makes {family}.",
            f"先数清这家所有的孩子：{counts['m']} 个兄弟、{counts['f']} 个姐妹，再加上{who}，一共是 {family}。",
        ),
        say(
            f"Now I look at the family from the {kin}'s side. Nobody is a sibling of themselves, but {who} is one "
            f"of the {kin}'s siblings.",
            f"再从那个{kin}的角度看：自己不算自己的手足，但{who}要算进去。",
        ),
        say(f"So the {kin} has {plural(value, noun)}.", f"所以那个{kin}有 {value} 个{noun}。"),
    )
    slip = (
        Slip(str(hasty), say(f"{plural(hasty, noun)}, the same as {who}.", f"{hasty} 个{noun}，和{who}一样。"))
        if hasty != value
        else None
    )
    sentence = say(
        f"{plural(value, noun)}: the family has {family}, and the {kin} is one of them.",
        f"{value} 个{noun}：这家有 {family}，那个{kin}自己也在其中。",
    )
    check = say(
        f"the family has {sum(counts.values()) + 1} children, each of whom has {sum(counts.values())} siblings, "
        "and the numbers add up to that.",
        f"这家一共 {sum(counts.values()) + 1} 个孩子，每个人都有 {sum(counts.values())} 个手足，数目对得上。",
    )
    return Solution(str(value), sentence, steps, check, slip)


def _ages_are_clear(has: re.Match[str], asked: re.Match[str]) -> bool:
    """弟弟 and 姐姐 tell who is older: the younger ones have all the older ones above them, the rest stays open."""
    relative, wanted = asked[2], asked[3]
    if not re.search("哥|弟弟|姐姐|妹妹", wanted):
        return True
    return relative in ("弟弟", "妹妹") and wanted in ("哥哥", "姐姐") and wanted in (has["one"], has["other"])


def _either(request: Request, who: str, wanted: str, if_girl: int, if_boy: int) -> Solution:
    """The answer where the story does not tell whether its hero is a girl."""
    say = request.say
    value = say(f"{if_girl} if {who} is a girl, {if_boy} if a boy", f"{who}是女孩则 {if_girl} 个，是男孩则 {if_boy} 个")
    steps = (
        say(
            f"The question is how the family looks from the other child, and {who} belongs to it.",
            f"要从另一个孩子的角度看这一家，而{who}也在其中。",
        ),
        say(
            f"It matters whether {who} is a girl or a boy, and the text does not say so.",
            f"{who}是男孩还是女孩会影响答案，但题目没有说明。",
        ),
        say(
            f"If a girl, the count is {if_girl}; if a boy, {if_boy}.",
            f"如果是女孩，答案是 {if_girl}；如果是男孩，答案是 {if_boy}。",
        ),
    )
    check = say(
        "both cases count every child but the one who is asked about.", "两种情况都数了除被问者以外的每个孩子。"
    )
    return Solution(value, say(f"That is {value}.", f"{value}。"), steps, check)


def shared_sisters(request: Request, text: str) -> Solution | None:
    """Sally has 3 brothers, and each of them has 2 sisters: how many sisters has Sally?"""
    match = re.search(
        r"(?P<who>[A-Z][a-z]+)(?:,? \(?a (?:girl|woman)\)?,?)? has (?P<n>\d+) brothers.{0,40}?(?:each|every"
        r"|her)\b.{0,24}?brothers?.{0,12}? (?:has|have) (?P<k>\d+) sisters",
        text,
        re.I | re.S,
    ) or re.search(
        r"(?P<who>[\u3400-\u9fff]{1,4}?)(?:是个?女孩,?)?(?:她)?有(?P<n>\d+)个(?:兄弟|哥哥|弟弟).{0,8}?每个(?:兄弟"
        r"|哥哥|弟弟)?都?有(?P<k>\d+)个(?:姐妹|姐姐|妹妹)",
        text,
    )
    query = asking(text) if match and "?" in text else text[match.end() :] if match else ""
    if (
        not match
        or _sex(match["who"], text) == "m"
        or not re.search(r"how many sisters|(?:几|多少)个?(?:姐妹|姐姐|妹妹)", query, re.I)
    ):
        return None
    n, k, who, say = int(match["n"]), int(match["k"]), match["who"], request.say
    if k < 1:
        return None
    steps = (
        say(
            f"The brothers share their sisters: it is the same {k} girls for each of the {n} brothers.",
            f"{n} 个兄弟的姐妹是同一批人：对每个兄弟来说都是那 {k} 个女孩。",
        ),
        say(
            f"{who} is a girl of this family, so she is one of the {k}.",
            f"{who}是这家的女孩，所以她就是这 {k} 个之一。",
        ),
        say(f"Apart from herself that leaves {k} - 1 = {k - 1}.", f"除去她自己，还剩 {k} - 1 = {k - 1} 个。"),
    )
    check = say(
        f"with {k} girls in the family each brother has {k} sisters, as the text says.",
        f"这家有 {k} 个女孩，每个兄弟都有 {k} 个姐妹，与题意相符。",
    )
    slip = (
        Slip(str(n * k), say(f"{n * k}, since {n} × {k} = {n * k}.", f"{n * k} 个，{n} × {k} = {n * k}。"))
        if n * k != k - 1
        else None
    )
    return Solution(
        str(k - 1),
        say(
            f"{k - 1}: the brothers all have the same {k} sisters, and {who} is one of them.",
            f"{k - 1} 个：这些兄弟的姐妹是同样的 {k} 个人，{who}就是其中之一。",
        ),
        steps,
        check,
        slip,
    )


def unnamed_child(request: Request, text: str) -> Solution | None:
    """Mary's father has five daughters: Nana, Nene, Nini, Nono. What is the name of the fifth?"""
    match = re.search(
        r"(?P<who>[A-Z][a-z]+)'s (?:father|mother|mom|mum|dad|parents?) (?:has|have|had) (?P<n>\d+) (?:children"
        r"|kids|sons|daughters)(?P<names>[^?]{0,160})",
        text,
    ) or re.search(
        r"(?P<who>[\u3400-\u9fffA-Za-z]{1,6}?)的?(?:爸爸|妈妈|父亲|母亲|父母)有(?P<n>\d+)个(?:孩子|儿子"
        r"|女儿)(?P<names>[^?]{0,80})",
        text,
    )
    if not match or not re.search(r"what|who|name|叫什么|是谁|名字", text[match.end("n") :], re.I):
        return None
    who, n = match["who"], int(match["n"])
    called = len(
        re.findall(
            r"叫(?!什么|啥|做什么)|\b(?:first|second|third|fourth|oldest|eldest)(?: \w+)? is (?:called |named )?\w+",
            match["names"],
            re.I,
        )
    )
    listed = re.search(
        r"(?:named?|called|are|:|,|is|叫做?|分别[是叫]|-) ?((?:[\w\u3400-\u9fff]+(?:, ?(?:and )?|、| and "
        r"|和)){1,9}[\w\u3400-\u9fff]+)",
        match["names"],
    )
    names = (
        [
            name
            for name in re.split(r", ?(?:and )?|、| and |和", listed[1])
            if name.lower() not in ("what", "who", "the")
        ]
        if listed
        else []
    )
    if n - 1 not in (len(names), called) or who in names:
        return None
    say = request.say
    steps = (
        say(
            f"There are {n} children, and {n - 1} of them are named in the list.",
            f"一共有 {n} 个孩子，题目里列出了 {n - 1} 个。",
        ),
        say(
            f'The list suggests a pattern, but a family is not a pattern. The question begins with "{who}\'s" parent.',
            f"名字看起来有规律，但这和规律无关。题目一开头就说是“{who}”的父母。",
        ),
        say(
            f"So {who} is a child of that parent too, and is the one that the list leaves out.",
            f"所以{who}也是其中一个孩子，正是没有列出来的那个。",
        ),
    )
    check = say(f"{n - 1} listed and {who} make {n}, as stated.", f"列出的 {n - 1} 个加上{who}，正好 {n} 个。")
    slip = Slip(
        say("the next name in the pattern", "按规律排的下一个名字"),
        say("It is the name that continues the pattern of the others.", "按前面几个名字的规律接着往下排。"),
    )
    return Solution(
        who,
        say(
            f"{who}: the text speaks of {who}'s parent, so {who} is the one who is not listed.",
            f"{who}：题目说的是{who}的父母，所以没列出来的那个就是{who}。",
        ),
        steps,
        check,
        slip,
    )


def _sex_of(kin: str) -> str:
    return "f" if re.search(r"sister|姐|妹", kin, re.I) and "兄" not in kin else "m"


def _sex(who: str, text: str) -> str | None:
    """Whether the hero is a girl ("f") or a boy ("m"), from the story or the name; None if neither tells."""
    name = who.lower()
    if re.search(r"\bshe\b|\bher\b|她|\bgirl\b|\bwoman\b|女孩|女生", text, re.I):
        return "f"
    if re.search(r"\bhe\b|\bhis\b|他|\bboy\b|\bman\b|男孩|男生", text, re.I):
        return "m"
    names = load("names")
    return "f" if name in names["girls"].split() else "m" if name in names["boys"].split() else None
