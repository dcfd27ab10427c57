"""Thinking for drafts that come without: what a model writes down before an answer that needed none."""

from helpers.practice.tutor.privacy import quoted
from helpers.practice.tutor.question import Draft, Question
from helpers.practice.tutor.voice import Voice

_QUOTATION = 60  # characters


def about(question: Question, draft: Draft, voice: Voice) -> str:
    """A few sentences on the question and the draft, in the language of the question."""
    said = quoted(question.text, _QUOTATION)
    if question.language == "zh":
        opening = voice.pick([f"用户说：“{said}”。", f"先看一下问题：“{said}”。"])
        return f"{opening}这个问题不复杂，不需要很多步骤。\n想好怎么说，检查一遍有没有遗漏，然后简短地回答。"
    opening = voice.pick([f'The user says: "{said}".', f'Let me look at the question: "{said}".'])
    return (
        f"{opening} This does not need many steps.\nI settle on the wording, check that nothing is missing, and answer."
    )
