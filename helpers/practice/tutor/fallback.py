"""The answer where no skill fits: what this is, what it received, what it can do, and how to reach a real model."""

import re
from collections import Counter

from helpers.practice.tutor import identity
from helpers.practice.tutor.privacy import quoted
from helpers.practice.tutor.question import Draft, Question
from helpers.practice.tutor.voice import Voice

_QUOTATION = 60  # characters
_READ = 2000
_ROLES = ("system", "developer", "user", "assistant", "tool")
_BEYOND = (  # what people ask of a model and no rule here can do
    (r"\btranslat|翻译|译成|译为", "Translating is", "翻译"),
    (r"\bsummar|总结|概括|摘要", "Summarizing is", "总结"),
    (
        r"\b(?:weather|news|stock|today's|latest|right now|current)\b|天气|新闻|股票|最新|实时",
        "Looking things up is",
        "查询实时信息",
    ),
    (
        r"\b(?:code|function|program|script|sql|regex|python|javascript)\b|代码|函数|程序|脚本|编程",
        "Writing code is",
        "写代码",
    ),
    (r"\b(?:image|picture|photo|draw|video)\b|图片|图像|画一|视频", "Working with images is", "处理图像"),
)


def answer(question: Question, voice: Voice) -> Draft:
    """Says plainly that this is the practice endpoint. Always an answer, and never a long one."""
    chinese = question.language == "zh"
    content = _chinese(question, voice) if chinese else _english(question, voice)
    thinking = (
        "没有哪项技能适合这个问题。不能编造答案，如实说明自己是什么、收到了什么、能做什么。"
        if chinese
        else "None of my skills fits this question. I must not make an answer up, so I say what I am, what arrived, "
        "and what I can do."
    )
    return Draft(content, thinking=thinking)


def _english(question: Question, voice: Voice) -> str:
    beyond = _beyond(question, 1)
    count = len(question.messages)
    received = f"It received {count} message{'' if count == 1 else 's'} ({_roles(question)})"
    said = quoted(question.text, _QUOTATION)
    return " ".join(
        [
            voice.pick(
                [
                    "This is the practice endpoint, not a model, and it has no skill for this.",
                    "No skill of the practice endpoint fits here, and it is not a model.",
                ]
            ),
            *([f"{beyond} beyond it."] if beyond else []),
            f'{received}, the last one from the user beginning "{said}".' if said else f"{received}.",
            identity.CAN["en"],
            identity.REAL["en"],
        ]
    )


def _chinese(question: Question, voice: Voice) -> str:
    beyond = _beyond(question, 2)
    said = quoted(question.text, _QUOTATION // 2)
    received = f"它收到了 {len(question.messages)} 条消息（{_roles(question)}）"
    return "".join(
        [
            voice.pick(
                [
                    "这里是练习端点，不是大模型，没有适合这个问题的技能。",
                    "练习端点没有适合这个问题的技能，它也不是大模型。",
                ]
            ),
            *([f"{beyond}超出了它的能力。"] if beyond else []),
            f"{received}，用户最后一条的开头是“{said}”。" if said else f"{received}。",
            identity.CAN["zh"],
            identity.REAL["zh"],
        ]
    )


def _beyond(question: Question, column: int) -> str:
    return next((row[column] for row in _BEYOND if re.search(row[0], question.text[:_READ], re.IGNORECASE)), "")


def _roles(question: Question) -> str:
    """How many messages of each role there are: the known roles by name, whatever else together."""
    counts = Counter(m.role if m.role in _ROLES else "other" for m in question.messages)
    return ", ".join(f"{counts[role]} {role}" for role in (*_ROLES, "other") if counts[role])
