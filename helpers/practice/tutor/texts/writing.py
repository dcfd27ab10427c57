"""Writes on any topic: a few sentences, an essay, a story, a poem, a letter, a list of ideas, to a given length.

The texts are plain and general on purpose. They say how one may look at a topic, and claim nothing of it, except where
the topic is one of the terms of this series (terms.about).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain
from math import ceil

from helpers.practice.tutor import terms
from helpers.practice.tutor.data import load
from helpers.practice.tutor.pattern import Pattern
from helpers.practice.tutor.question import Draft, Language, Question
from helpers.practice.tutor.texts import brief as briefs
from helpers.practice.tutor.texts import correspondence
from helpers.practice.tutor.texts.brief import Brief
from helpers.practice.tutor.texts.plan import SIZES, Plan, plan
from helpers.practice.tutor.texts.prose import Composer, Deck, Material, Part, Pen, measure
from helpers.practice.tutor.texts.topic import Topic
from helpers.practice.tutor.voice import Voice

_STANZA = 4  # lines
_PLACES = Pattern(
    r"\b(?:shop|store|caf[eé]|restaurant|bar|bakery|company|brand|start-?up|app|team|project|product|website|blog"
    r"|band|club|school|hotel|bookstore|business"
    r"|course|notebook|series)\b|[店馆社]|公司|品牌|应用|团队|项目|产品|网站|乐队|学校|酒店|课程|餐厅",
    re.IGNORECASE,
)


def answer(question: Question, voice: Voice) -> Draft | None:
    """The text that the user wants; None where none is asked for by its kind or with "write about"."""
    return _draft(briefs.read(question), voice)


def at_length(question: Question, voice: Voice) -> Draft | None:
    """A text for "Describe …", "Tell me about …", "Explain … in 100 words", where no other skill knows better."""
    return _draft(briefs.read_topic(question), voice)


def _draft(brief: Brief | None, voice: Voice) -> Draft | None:
    if not brief:
        return None
    writer = _Writer(brief, voice)
    return Draft(writer.text(), thinking=writer.thinking())


class _Writer:
    """Writes one text for one brief."""

    def __init__(self, brief: Brief, voice: Voice) -> None:
        self._brief, self._voice, self._frames = brief, voice, load(f"writing/{brief.language}")
        self._chinese = brief.language == "zh"
        defaults = self._frames["defaults"]["heroes" if brief.genre == "story" else "topics"]
        topic = _translated(brief.topic, brief.language) or voice.pick(defaults)
        self._topic = Topic(topic, brief.language)
        self._pen = self._with({})

    def _with(self, given: Mapping[str, str]) -> Pen:
        """A pen that knows the topic, and what is `given` besides."""
        known = {"topic": self._topic.thing, "topic again": self._topic.again, "title": self._topic.title, **given}
        return Pen(self._voice, known, {**self._frames["slots"], "word": self._topic.words})

    def text(self) -> str:
        brief = self._brief
        if brief.count:
            return self._list(brief.count)
        match brief.genre:
            case "classical":
                return self._classical()
            case "haiku" if not brief.lengths:
                return self._haiku()
            case "haiku" | "poem":
                return self._verse()
            case "email":
                return self._email()
            case "story":
                return self._composed(self._story(), plan(brief))
            case "post":
                return self._composed(self._post(), plan(brief))
            case _:
                return self._composed(self._essay(), plan(brief))

    # ── Paragraphs ───────────────────────────────────────────────────────────────────────────────────────────

    def _essay(self) -> Material:
        essay, domain = self._frames["essay"], _domain(self._topic)

        def suits(angle: dict) -> bool:
            return not (domain.get("persons") and angle.get("of_things"))

        return Material(
            subject=[self._topic.text, *self._topic.words],
            openings=[*domain["openings"], *essay["openings"]],
            angles=[*domain["angles"], *(angle["sentences"] for angle in essay["angle"] if suits(angle))],
            closings=essay["closings"],
            short=essay["short"],
            facts=terms.about(self._topic.text, self._brief.language),
            joint="" if self._chinese else " ",
        )

    def _post(self) -> Material:
        return replace(self._essay(), openings=self._frames["post"]["items"], facts=())

    def _story(self) -> Material:
        story, slots = self._frames["story"], self._frames["slots"]
        if self._topic.hero:  # the topic is who the story is about, so it needs something to look for
            hero, the_hero = self._topic.hero
            quest = self._voice.pick(self._frames["defaults"]["quests"])
            self._pen = self._with({"hero": hero, "the hero": the_hero, "topic": quest})
        else:
            name = self._voice.pick(slots["name"])
            self._pen = self._with({"name": name, "the hero": name})
        return replace(
            self._essay(),
            openings=story["openings"] if self._topic.hero else story["strangers"],
            angles=[chapter["sentences"] for chapter in story["chapter"]],
            closings=story["endings"],
            short=story["short"],
            facts=(),
            ordered=True,
            skips=False,
        )

    def _verse(self) -> str:
        """Couplets, and at an odd end a short line; in stanzas of two couplets unless others are wanted."""
        poem, wanted = self._frames["poem"], plan(self._brief)
        if not wanted.sentences:
            couplets = [["\n".join(couplet)] for couplet in poem["couplets"]]
            material = replace(self._essay(), openings=(), angles=couplets, closings=(), facts=(), joint="\n")
            return self._composed(replace(material, short=poem["short"]), wanted)
        deck, short = Deck(self._voice, poem["couplets"]), Deck(self._voice, poem["short"])
        lines: list[str] = []
        while len(lines) < wanted.sentences - 1:
            lines += map(self._pen.write, deck.draw())
        if len(lines) < wanted.sentences:
            lines.append(self._pen.write(short.draw() if lines else deck.draw()[0]))
        each = ceil(len(lines) / wanted.paragraphs) if self._brief.wish("paragraphs") else _STANZA
        return "\n\n".join("\n".join(lines[at : at + each]) for at in range(0, len(lines), each))

    def _composed(self, material: Material, wanted: Plan) -> str:
        """The paragraphs of the plan, each of which makes up for what the ones before had too much or too little."""
        brief = self._brief
        listed = brief.wish("items") is not None
        if listed or (brief.wish("lines") and material.joint != "\n"):
            material = replace(material, joint="\n")
        composer = Composer(self._pen, self._voice, material, wanted.unit, brief.language)
        size_of = measure(wanted.unit, brief.language)
        paragraphs: list[str] = []
        sentences, size = wanted.sentences or 0, wanted.size or 0.0
        for left in range(wanted.paragraphs, 0, -1):
            number = ceil(sentences / left)
            share = size * number / sentences if number else size / left
            part = Part(number or None, max(1.0, share) if wanted.size else None)
            paragraphs.append(composer.paragraph(part, first=not paragraphs, last=left == 1))
            sentences -= number
            size -= size_of(paragraphs[-1])
        text = ("\n" if listed else "\n\n").join(paragraphs)
        if listed:
            text = "\n".join(f"- {line}" for line in text.split("\n"))
        return f"{text}\n\n{self._frames['defaults']['limit']}" if wanted.cut else text

    # ── Fixed forms ──────────────────────────────────────────────────────────────────────────────────────────

    def _haiku(self) -> str:
        return "\n".join(self._pen.write(line) for line in self._voice.pick(self._frames["poem"]["haiku"]))

    def _classical(self) -> str:
        """Quatrains from a small stock, with the topic as their title: the rules of the form leave no gap for it."""
        poem = load("writing/zh")["poem"]
        stock = poem["seven"] if "七" in self._brief.noun else poem["five"]
        deck = Deck(self._voice, stock)
        quatrains = [deck.draw() for _ in range(2 if "律" in self._brief.noun else 1)]
        lines = [f"{line}{'，' if at % 2 == 0 else '。'}" for at, line in enumerate(chain.from_iterable(quatrains))]
        return "\n".join([f"《{self._topic.text}》", *lines])

    def _email(self) -> str:
        email, brief, topic = self._frames["email"], self._brief, self._topic.text
        recipient = brief.recipient or email["nobody"]
        tone = email["personal" if correspondence.is_personal(recipient, topic) else "business"]
        self._pen = self._with(
            {
                "recipient": recipient if self._chinese else correspondence.addressed(recipient),
                "purpose": correspondence.purpose(topic),
                "subject": correspondence.subject(topic),
            }
        )
        head = [self._pen.write(self._voice.pick(email[part])) for part in ("subjects", "greetings")]
        foot = self._pen.write(self._voice.pick(tone["signatures"]))
        wanted = plan(brief)
        if wanted.size:
            around = measure(wanted.unit, brief.language)("\n".join([*head, foot]))
            wanted = replace(wanted, size=max(wanted.size - around, wanted.size / 3))
        opening = [self._pen.write(self._voice.pick(frames)) for frames in (tone["openings"], email["purposes"])]
        material = replace(
            self._essay(),
            openings=opening[1:],
            angles=[tone["middles"]],
            closings=tone["closings"],
            short=tone["short"],
            facts=opening,
            ordered=True,
        )
        return "\n\n".join([*head, self._composed(material, wanted), foot])

    # ── Lists ────────────────────────────────────────────────────────────────────────────────────────────────

    def _list(self, count: int) -> str:
        brief = self._brief
        wish = brief.wish(*SIZES) or brief.wish(*SIZES, each=True)
        size_of = measure(wish.unit, brief.language) if wish else len
        items: list[str] = []
        too_long: list[str] = []
        for item in self._items():
            if item in items:
                continue
            (too_long if wish and size_of(item) > wish.high else items).append(item)
            if len(items) == count:
                break
        items = items or [min(too_long, key=size_of)]
        if count == 1:
            return items[0]
        lines = [f"{number}. {item}" for number, item in enumerate(items, 1)]
        return "\n".join(lines if len(items) == count else [*lines, "", self._frames["defaults"]["limit"]])

    def _items(self) -> Iterator[str]:
        """Everything that the stock holds, and then variations of it, many but not without end."""
        genre = self._brief.genre
        stock = self._stock()
        deck = Deck(self._voice, stock)
        for _ in stock:
            yield self._pen.write(deck.draw())
        if genre == "joke":
            return
        blank = "" if self._chinese else " "
        for _ in range(20 * len(stock)):
            item = self._pen.write(deck.draw())
            if genre == "name":
                yield f"{item}{blank}{self._pen.write(deck.draw())}"
            else:
                yield self._pen.write("{Time}：" if self._chinese else "{Time}: ") + item

    def _stock(self) -> list[str]:
        frames = self._frames[self._brief.genre]
        if self._brief.genre == "name" and _PLACES.search(self._topic.text):
            return frames["places"]
        return frames["plain"] if self._brief.genre == "joke" and not self._brief.topic else frames["items"]

    # ── Thinking ─────────────────────────────────────────────────────────────────────────────────────────────

    def thinking(self) -> str:
        """What a writer weighs beforehand: what is wanted, on what, how long, and in which order to write it."""
        brief, topic = self._brief, self._topic.text
        wishes = ", ".join(f"{length.low}–{length.high} {length.unit}" for length in brief.lengths)
        if self._chinese:
            return (
                f"用户想要一段文字，主题是“{topic}”。"
                + (f"长度要求：{wishes}。" if wishes else "没有规定长度，取通常的长度。")
                + "先想想怎么开头：最好马上提到主题。\n中间换几个角度，避免重复，也不编造事实。\n最后收个尾，"
                "再数一数长度是否合适。"
            )
        return (
            f'The user wants a text, and its topic is "{topic}". '
            + (f"The length asked for: {wishes}. " if wishes else "No length is given, so a usual one will do. ")
            + "How to begin? It should name the topic at once.\nThen a few angles, none of them twice, and no "
            "invented facts.\n"
            "Finally an ending, and a count whether the length is right."
        )


def _domain(topic: Topic) -> dict:
    """The domain with the longest word that occurs in the topic; an empty one where none has any."""
    fits = [
        (max(len(found[0]) for found in domain["pattern"].finditer(topic.text)), domain)
        for domain in _domains(topic.language)
        if domain["pattern"].search(topic.text)
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else {"openings": [], "angles": []}


@cache
def _domains(language: Language) -> list[dict]:
    domains = load(f"writing/domains_{language}")["domain"]
    edge = "" if language == "zh" else r"\b"
    return [
        {**domain, "pattern": re.compile(f"{edge}(?:{'|'.join(domain['words'])}){edge}", re.I)} for domain in domains
    ]


def _translated(topic: str, language: Language) -> str:
    """`topic` in the language of the text, where it is a common one in the other language; else as it is."""
    english = load("writing/topics")["english"]
    if language == "en":
        return english.get(topic, topic)
    plain = re.sub(r"^(?:the|a|an|my) ", "", topic.lower())
    return next((zh for zh, en in english.items() if re.sub(r"^(?:the|a|an|my) ", "", en.lower()) == plain), topic)
