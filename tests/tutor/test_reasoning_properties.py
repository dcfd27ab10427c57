"""What holds for any numbers, words and texts: agreement with Python's arithmetic, no exception, no endless work."""

import re
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reasoning_skills import SKILLS, asked, draft_of

from helpers.practice.tutor.reasoning import arithmetic, decimals, letters, primes, units
from helpers.practice.tutor.reasoning.numbers import as_decimal, chinese_whole, read
from helpers.practice.tutor.reasoning.puzzles.weekdays import weekday
from helpers.practice.tutor.request import read_request
from helpers.practice.tutor.voice import Voice
from helpers.practice.tutor.wording import in_digits, tidy

BARE = "Answer with only the final answer."
figures = st.decimals(min_value=-1000, max_value=1000, places=2).map(lambda d: f"{d:f}") | st.integers(-999, 999).map(
    str
)
words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=20)


def bare(skill, text: str) -> str | None:
    draft = draft_of(skill, text, rule=BARE)
    return draft and draft.content


@given(figures, figures)
def test_comparing_agrees_with_decimal(a, b):
    larger = bare(decimals, f"Which is larger, {a} or {b}?")
    if Decimal(a) == Decimal(b):
        assert larger == "they are equal"
    else:
        assert Decimal(larger) == max(Decimal(a), Decimal(b))
    assert bare(decimals, f"Is {a} less than {b}?") == ("yes" if Decimal(a) < Decimal(b) else "no")
    assert bare(decimals, f"{a}比{b}大吗?") == ("是" if Decimal(a) > Decimal(b) else "不是")


@given(st.lists(figures, min_size=2, max_size=8))
def test_sorting_agrees_with_decimal(numbers):
    told = bare(decimals, f"Sort in ascending order: {', '.join(numbers)}")
    assert [Decimal(number) for number in told.split(", ")] == sorted(map(Decimal, numbers))


@given(st.integers(0, 40), st.integers(1, 99), st.integers(1, 99))
def test_the_longer_decimal_is_taken_for_larger_without_thinking(whole, a, b):
    draft = draft_of(decimals, f"Which is larger, {whole}.{a} or {whole}.{b}?", rule=BARE)
    right, naive = Fraction(f"{whole}.{a}") > Fraction(f"{whole}.{b}"), a > b
    if Fraction(f"{whole}.{a}") == Fraction(f"{whole}.{b}"):
        assert draft.hasty is None
    else:
        assert (draft.hasty is not None) == (right != naive)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=4))
def test_versions_are_compared_part_by_part(parts):
    other = [*parts[:-1], parts[-1] + 1]
    old, new = (".".join(map(str, version)) for version in (parts, other))
    assert bare(decimals, f"Which version is newer, {old} or {new}?") == new


@st.composite
def expressions(draw, depth=3):
    if depth == 0 or draw(st.booleans()):
        return draw(st.integers(0, 999).map(str) | st.decimals(0, 99, places=1).map(lambda d: f"{d:f}"))
    left, right = draw(expressions(depth=depth - 1)), draw(expressions(depth=depth - 1))
    return f"({left} {draw(st.sampled_from('+-*/'))} {right})"


def exact(text: str) -> Fraction | None:
    """The value by Python's own rules, with a Fraction for every number; None for a division by zero."""
    rational = re.sub(r"\d+(?:\.\d+)?", lambda number: f'Fraction("{number[0]}")', text)
    try:
        return eval(rational, {"Fraction": Fraction})
    except ZeroDivisionError:
        return None


@given(expressions(), expressions(), st.sampled_from("+-*/"))
def test_arithmetic_agrees_with_fraction(left, right, sign):
    text = f"{left} {sign} {right}"
    told, value = bare(arithmetic, f"What is {text}?"), exact(text)
    if value is None:
        assert told == "undefined"
    elif as_decimal(value):
        assert Fraction(told) == value
    else:
        about = told.rpartition("≈ ")[2].replace(" × 10^", "e")
        assert abs(Fraction(about) - value) <= max(abs(value) / 10_000, Fraction(1, 10_000))


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_slip_of_arithmetic_is_wrong_in_one_digit(a, b):
    draft = draft_of(arithmetic, f"{a} * {b}", rule=BARE)
    assert int(draft.content) == a * b
    if draft.hasty:
        assert len(draft.hasty) == len(draft.content)
        assert sum(x != y for x, y in zip(draft.hasty, draft.content, strict=True)) == 1


@given(words, st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_counting_letters_agrees_with_python(word, letter):
    assert bare(letters, f'How many {letter}\'s are in "{word}"?') == str(word.count(letter))
    assert bare(letters, f"单词“{word}”里有几个字母{letter}?") == str(word.count(letter))
    assert bare(letters, f'Spell "{word}" backwards') == word[::-1]
    assert bare(letters, f'How many letters are in "{word}"?') == str(len(word))


@given(words, st.data())
def test_the_nth_letter_agrees_with_python(word, data):
    n = data.draw(st.integers(1, min(len(word), 9)))
    ordinal = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"][n - 1]
    assert bare(letters, f'What is the {ordinal} letter of "{word}"?') == word[n - 1]


@given(st.integers(1, 10**6))
def test_primes_agree_with_trial_division(number):
    prime = number > 1 and all(number % d for d in range(2, int(number**0.5) + 1))
    assert bare(primes, f"Is {number} a prime number?") == ("yes" if prime else "no")


@given(st.integers(0, 10**6), st.integers(0, 6))
def test_weekdays_agree_with_counting(days, start):
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    text = f"Today is {names[start]}. What day will it be in {days} days?"
    assert weekday(read_request(asked(text)), text).value == names[(start + days) % 7]


@given(st.integers(1, 10**6))
def test_units_there_and_back(amount):
    assert bare(units, f"How many cm is {amount} m?") == f"{amount * 100} centimeters"
    assert bare(units, f"convert {amount} km to m") == f"{amount * 1000} meters"


def in_chinese(number: int) -> str:
    """A number below 100,000,000 in Chinese numerals."""
    if number >= 10**4:
        below = number % 10**4
        bridge = "零" if 0 < below < 10**3 else ""
        return in_chinese(number // 10**4) + "万" + bridge + (in_chinese(below) if below else "")
    text = ""
    for place, digit in zip("千百十 ", f"{number:04d}", strict=True):
        text += ("零一二三四五六七八九"[int(digit)] + place.strip()) if digit != "0" else "零"
    return re.sub("零+", "零", text).strip("零") or "零"


@given(st.integers(0, 99_999_999))
def test_chinese_numerals_are_read_back(number):
    assert chinese_whole(in_chinese(number)) == number


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_no_text_raises(text):
    for skill in SKILLS:
        draft_of(skill, text)


FRAGMENTS = """
9.9 9.11 -1/3 15% ( ) + - * ^ ! = > what is which larger how many r's in strawberry the word " ' bat and ball cost $1.10
more than ```python print( [ ] 0.1 : all but 9 sheep brothers sisters half days
哪个大 多少 几 只 一半 零 万 点 百分之 的 和 平方
"""
fragments = st.sampled_from(FRAGMENTS.split())


@given(st.lists(fragments, max_size=30).map(" ".join) | st.lists(fragments, max_size=30).map("".join))
@settings(max_examples=300)
def test_no_jumble_of_their_words_raises(text):
    for skill in SKILLS:
        draft_of(skill, text)


@given(st.lists(fragments, max_size=30).map(" ".join))
def test_the_same_question_has_the_same_draft(text):
    for skill in SKILLS:
        assert draft_of(skill, text) == draft_of(skill, text)


LONG = [
    "9.9 " * 300_000,
    "9" * 10_000 + " * " + "9" * 10_000,
    "-" * 10_000 + "1",
    "how many r in " + "a" * 10_000,
    "is are " * 1_500,
    "the the " * 1_200,
    "a and " * 2_000,
    "1, " * 4_000 + "which is larger",
    "9.9,9.11 " * 1_100,
    "five hundred " * 800,
    "All a are b. " * 900,
    "Tom is taller than Ann. " * 500,
    "```python\n" + "x = " * 2_000 + "```what does this print",
    "print(" * 1_500,
    "[" * 5_000 + "]" * 5_000,
    *(
        sign * 10_000
        for sign in ("(", '"', "'", "一", "有", "比", "每", "九点", "只", "什么", "\n", "?", "\u200b", "ﷺ", "½", "```")
    ),
]
BOUNDED = [text[:1190] for text in LONG] + [
    "What does this print?\n```python\n" + "x=" + "-" * 3000 + "1\nprint(x)\n```",
    "What does this print?\n```python\n" + "print(" + "[" * 90 + "]" * 90 + ")\n```",
    "What does this print?\n```python\nprint(9**9**9)\n```",
    "What does this print?\n```python\nx = 'a'\nwhile True:\n    x += x\n```",
    "What does this print?\n```python\nprint(sum(range(10**12)))\n```",
    "What does this print?\n```python\nprint(f'{1:999999999}')\n```",
    "What does this print?\n```python\ndef f(n): return f(n + 1)\nprint(f(0))\n```",
    "What does this print?\n```python\na = [1]\nfor i in range(60):\n    a = [a, a]\nprint(a)\n```",
    "What does this print?\n```python\na = []\na.append(a)\nprint(a)\n```",
    "What does this print?\n```python\nprint('%1000000000d' % 1)\n```",
    "What does this print?\n```python\nprint('a'.center(10**10))\n```",
    "What does this print?\n```python\nprint(round(1, -10**10))\n```",
    "What does this print?\n```python\nprint('ab'.replace('', 'x' * 1999) .replace('', 'y' * 1999))\n```",
    "What does this print?\n```python\nprint(pow(7, 10**4000))\n```",
]


@pytest.mark.parametrize("text", [*LONG, *BOUNDED], ids=lambda text: text[:16].encode("unicode_escape").decode())
def test_any_text_is_answered_at_once(text):
    for skill in SKILLS:
        question = asked(text)
        started = time.perf_counter()
        skill.answer(question, Voice(question))
        assert time.perf_counter() - started < 0.25, skill.__name__  # usually a few ms; the rest is for slow machines


@given(st.text(max_size=200))
def test_reading_helpers_never_raise(text):
    in_digits(tidy(text))
    read(text.split(), 0)
