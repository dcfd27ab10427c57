"""What a learner types first, through the router: each wording reaches the skill that it means."""

import pytest

from helpers.practice import tutor
from helpers.practice.tutor.question import Message, Question

# wording | what the answer holds
ASKED = """
12 * 12 | 144
25 * 4 | 100
7 / 2 | 3.5
100 - 7 | 93
2024 - 1999 | 25
6*7 | 42
2^10 | 1024
9.9 - 9.11 = ? | 0.79
9.9 - 9.11 = | 0.79
9.9-9.11=? | 0.79
5 - 3 = ? | 2
10.0 - 9.9 = ? | 0.1
8 - 3 = | 5
What is the third letter of strawberry? | r
Is 91 a prime number? | 91
I have 3 boxes with 12 pens each and give away 5. How many are left? | 31
小明有5个苹果，给了小红2个，还剩几个？ | 3
If a train travels 60 km in 1.5 hours, what is its speed? | 40
What is the capital of Kenya? | Nairobi
Write a haiku about rain | rain
What is a token? | token
写三句话说说春天 | 想起春天
用两句话说一说秋天 | 秋天
给我写一封请假邮件 | 主题：请假
""".strip().splitlines()


@pytest.mark.parametrize("row", ASKED)
def test_it_is_answered_by_the_skill_it_means(row: str) -> None:
    asked, expected = row.split(" | ")
    answer = tutor.answer(Question((Message("user", asked),)))
    assert expected in answer.content
    assert "practice endpoint" not in answer.content


@pytest.mark.parametrize("text", ["42", "123", "3.14"])
def test_a_lone_number_is_no_greeting(text: str) -> None:
    assert "no skill" in tutor.answer(Question((Message("user", text),))).content
