"""Chinese requests for a text: the kind, the topic, how many, and for whom."""

import re

from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.texts.genres import LISTED, Genre, Wanted
from helpers.practice.tutor.wording import in_digits

_NOUNS: dict[Genre, str] = {
    "haiku": "俳句",
    "classical": "五言绝句|七言绝句|五言律诗|七言律诗|五言诗|七言诗|五绝|七绝|绝句|律诗|古诗",
    "story": "睡前故事|小故事|童话故事|故事|童话|小说|寓言",
    "poem": "现代诗|打油诗|藏头诗|小诗|诗歌|诗|歌词|儿歌|歌",
    "email": "电子邮件|邮件|感谢信|道歉信|邀请函|邀请信|请假条|短信|信",
    "slogan": "宣传语|广告语|广告词|标语|口号|slogan",
    "title": "标题|书名|片名|歌名",
    "wish": "祝福语|祝福|贺词|祝词|寄语",
    "name": "店名|名字|名称|网名",
    "idea": "点子|建议|主意|创意|小贴士|技巧|想法|办法|方法|活动",
    "reason": "理由|好处|优点",
    "question": "问题",
    "step": "步骤",
    "post": "朋友圈文案|小红书文案|朋友圈|微博|推文|文案",
    "joke": "冷笑话|笑话|段子|谜语",
    "text": "小短文|短文|文章|作文|散文|段落|自我介绍|产品介绍|介绍|演讲稿|演讲|日记|报告|文字|描述|描写|游记|随笔|说明"
    "|评论|议论文|短评|文本|话|句子|东西|内容",
}
_KIND = "|".join(f"(?P<{genre}>{nouns})" for genre, nouns in _NOUNS.items())
_VERB = (
    r"(?:撰写|创作|起草|拟写|编写|编|写|作|讲|说|想|来|生成|列出|列举|列|推荐|给出|提出|提供|提|起|取|赋|设计|拟"
    r"|给我|做)"
)
_ON = r"(?:关于|有关|围绕|描写|描述|介绍|赞美|歌颂|讲述|讲|写|说明|庆祝|祝贺)"
_HERE = r"[^。!?;\n]"
_NEAR = r"[^,。!?;\n]"
_ADJECTIVES = (
    "简短|短小|简单|有趣|优美|好听|好玩|搞笑|幽默|感人|温馨|精彩|有创意|创意|原创|完整|详细|正式|英文|中文|现代|浪漫"
    "|可爱|短|新|小|长|好|的|地|些"
)
_SOME = (
    rf"(?:出|我|一下"
    rf"|一)?\s?[\d一两二三四五六七八九十百几]{{0,6}}\s?[篇首个段封则条句份章些种点]\s?(?:{_ADJECTIVES}){{0,3}}"
)

_FORMS = [  # in the order in which they are tried
    Pattern(
        rf"以(?P<topic>{_HERE}{{1,60}}?)为(?:题目|标题|主题|主角|背景|话题|题"
        rf"|内容)(?P<some>{_HERE}{{0,20}}?)(?:{_KIND}|$)"
    ),
    Pattern(
        rf"(?:为|给|替)(?P<topic>(?!我(?!的|们|家)|你){_NEAR}{{1,40}}?){_VERB}(?P<some>{_NEAR}{{0,10}}?)"
        rf"(?:(?P<slogan>{_NOUNS['slogan']})|(?P<name>{_NOUNS['name']}|名)|(?P<title>{_NOUNS['title']})"
        rf"|(?P<post>{_NOUNS['post']}))"
    ),
    Pattern(
        rf"(?:给|向)(?P<recipient>(?!我写|你|我[^的们]){_NEAR}{{1,16}}?)(?:写|发|起草"
        rf"|拟){{1,2}}(?P<some>{_NEAR}{{0,6}}?)(?P<about>{_NEAR}{{0,20}}?)的?"
        rf"(?P<email>{_NOUNS['email']})[,:。]?(?P<topic>{_HERE}*)"
    ),
    Pattern(rf"{_VERB}(?P<some>{_NEAR}{{0,14}}?)(?:{_ON})(?P<topic>{_HERE}{{1,60}}?)的?(?:{_KIND})(?=[,。!?;\n]|$)"),
    Pattern(
        rf"{_VERB}(?P<some>{_NEAR}{{0,14}}?)(?:{_KIND})[,:]? ?(?:主题|题目|内容|标题|主角|产品|对象)?(?:是|为|:"
        rf"|{_ON})(?P<topic>{_HERE}{{1,60}})"
    ),
    Pattern(
        rf"(?:写"
        rf"|发)(?P<some>{_SOME})(?P<about>{_NEAR}{{0,"
        rf"20}}?)的?(?P<email>{_NOUNS['email']})给(?P<recipient>{_NEAR}{{1,"
        rf"16}})[,。]?(?P<topic>{_HERE}*)"
    ),
    Pattern(rf"{_VERB}(?P<some>{_SOME}|\s+)(?P<topic>{_NEAR}{{0,40}}?)的?(?:{_KIND})(?=[,。!?;\n吧]|$)"),
    Pattern(
        rf"(?:写|创作|编|讲|作|来|吟|唱)(?P<topic>{_NEAR}{{0,20}}?)的?"
        rf"(?:(?P<poem>{_NOUNS['poem']})|(?P<story>{_NOUNS['story']})|(?P<joke>{_NOUNS['joke']})|(?P<haiku>俳句)"
        rf"|(?P<classical>{_NOUNS['classical']}))(?=[,。!?;\n吧]|$)"
    ),
    Pattern(
        rf"^(?:关于)?(?P<topic>{_NEAR}{{1,40}}?)的(?:{_ADJECTIVES}){{0,3}}(?:(?P<poem>{_NOUNS['poem']})"
        rf"|(?P<story>{_NOUNS['story']})|(?P<text>短文|文章|作文|散文))$"
    ),
    Pattern(rf"(?:写|说|讲|谈)(?P<some>{_NEAR}{{0,10}}?)(?:关于|有关)(?P<topic>{_HERE}{{1,60}})"),
    Pattern(r"(?P<topic>)(?:随便写|写点什么|写点东西|随便说[点些几])"),
    Pattern(rf"(?:关于|有关)(?P<topic>{_HERE}{{1,60}}?), ?(?:写|作|说|讲)"),
]
_SIZED = Pattern(
    rf"(?:^|[,。:!?;])[ ,]*(?:请|你|您|帮我|麻烦|可以|能|现在|再|用|以|我想要?){{0,4}}[ ,]*(?:{_VERB}|描述|描写|介绍"
    rf"|形容|说明){{1,2}}(?:一下|下|写)?[ ,]*(?:的|关于|有关|描写|描述|介绍|形容)*(?P<topic>{_HERE}{{0,60}})"
)
_SPEAK = Pattern(
    rf"(?:^|[,。!?;:\n ]|请|来|你|我|给我|帮我|一下)(?:(?P<describe>描述|描写|形容|介绍|写写|聊聊|谈谈|讲讲|说说)"
    rf"|(?P<explain>解释|说明|讲解|科普|阐述|论述))"
    rf"(?:一下|下|一)?(?:什么是|关于)?(?P<topic>{_HERE}{{1,80}})"
)
_TAIL = Pattern(
    r"[。!?;\n(]|[,，] ?(?:要求|请|语言|字数|不要|要|风格|语气|并|且|使用|用|以|语句|内容|尽量|最好|不少|不超|控制"
    r"|大约|约|每|适合|让|的|写|可以|谢谢)|(?:谢谢|好吗|可以吗|吧|呢|呗|即可)$|$"
)
_EDGES = Pattern(
    r"^(?:[说谈聊讲写]一?[说谈聊讲写]|一[封份篇首段]|一[说谈聊讲](?=.)|一下|下|的|关于|有关|:|,|、|我们?要|一个?(?=关于)|主题是|题目是|内容是|[《“\"'「])+|(?:的|,|、|:|为题"
    r"|为主题|[》”\"'」])+$"
)
_OCCASION = Pattern("(感谢|道歉|邀请|请假)[信函条]")
_KIND_OF_STORY = Pattern("科幻|恐怖|悬疑|武侠|爱情|侦探|奇幻|冒险|励志|历史|神话|鬼|搞笑|睡前|童话|推理")
_TO_WHOM = Pattern("给(?P<who>.{1,16}?)的(?P<about>.*)")


def by_kind(text: str, sized: bool) -> Wanted | None:
    """What `text` names as wanted. It comes without its wishes for length; `sized` says that there were some."""
    for form in _FORMS:
        if (match := form.search(text)) and (wanted := _wanted(match)):
            return wanted
    if sized and (match := _SIZED.search(text)):
        return Wanted("text", cleaned(match["topic"]))
    return None


def by_topic(text: str, sized: bool) -> Wanted | None:
    """What `text` wants spoken of without naming a kind of text. Explanations count only where they are `sized`."""
    speak = _SPEAK.search(text)
    if not speak or (speak["explain"] and not sized):
        return None
    topic = cleaned(speak["topic"])
    return Wanted("text", topic) if topic else None


def cleaned(topic: str) -> str:
    """`topic` up to where the request goes on to other wishes, without quotes around it."""
    topic = topic.strip()
    topic = topic[: _TAIL.search(topic).start()].strip()
    return _EDGES.sub("", _EDGES.sub("", topic)).strip()


def _wanted(match: re.Match[str]) -> Wanted | None:
    parts = match.groupdict()
    genre: Genre = next((genre for genre in _NOUNS if parts.get(genre)), "text")
    topic, recipient = cleaned(parts["topic"] or parts.get("about") or ""), parts.get("recipient") or ""
    if genre == "story" and _KIND_OF_STORY.fullmatch(topic):
        topic = ""
    if genre == "email":
        topic = re.sub("^(?:说明|通知|告知|询问|请求|关于|内容是)", "", topic)
        if to_whom := _TO_WHOM.fullmatch(topic):
            recipient, topic = to_whom["who"], to_whom["about"]
        if not topic and (occasion := _OCCASION.fullmatch(match[genre])):
            topic = occasion[1]
    elif not topic and match[0].endswith("自我介绍"):
        topic = "我自己"
    if genre in LISTED and not topic and genre not in ("joke", "wish"):
        return None
    return Wanted(genre, topic, _number(parts.get("some") or ""), recipient, parts.get(genre) or "")


def _number(some: str) -> int:
    digits = re.search(r"\d{1,4}", in_digits(some))
    if digits:
        return max(1, int(digits[0]))
    return 3 if re.search("几|些|点", some) else 1
