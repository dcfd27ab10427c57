"""Prime numbers: is it one, and what are its factors? The slip: one without an obvious divisor passes for prime."""

import re

from helpers.practice.tutor.question import Draft, Question
from helpers.practice.tutor.reasoning.solution import Slip, Solution, draft
from helpers.practice.tutor.request import Request, read_request
from helpers.practice.tutor.voice import Voice

_LARGEST = 10**9  # trial division up to its root is done at once
_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,12})"
_IS_PRIME = re.compile(
    r"(?:is|determine (?:if|whether)|check (?:if|whether)|if"
    rf"|whether) (?:the number )?{_NUMBER}(?: is)?(?: a)? prime(?: number)?(?: or not)?(?: or (?:a )?composite(?: "
    r"number)?)?\W*"
    rf"|{_NUMBER.replace('?P<n>', '?P<m>')} ?(?:是不是|是否为|是否是|是|为)(?:一个)?(?:质数|素数)(?:吗|么"
    r"|还是合数)?\W*",
    re.I,
)
_FACTORS = re.compile(
    r"(?:what (?:is|are) |find |give |list )?(?:the )?(?:prime factors|prime factori[sz]ation"
    rf"|prime decomposition) (?:of|for) {_NUMBER}\W*|factori[sz]e {_NUMBER.replace('?P<n>', '?P<m>')}(?: into "
    r"primes?(?: factors)?)?\W*"
    rf"|(?:把|将|对)?{_NUMBER.replace('?P<n>', '?P<k>')}的?(?:分解质因数|质因数分解|质因数)(?:是什么|有哪些"
    r"|是多少)?\W*",
    re.I,
)


def answer(question: Question, voice: Voice) -> Draft | None:
    """Whether a number is prime, or its prime factors; None where something else is asked."""
    request = read_request(question)
    if request is None or len(request.text) > 100:
        return None
    for pattern, solve in ((_IS_PRIME, _is_prime), (_FACTORS, _factors)):
        if match := pattern.fullmatch(request.text):
            number = int(next(filter(None, match.groups())).replace(",", ""))
            return draft(request, solve(request, number), voice) if 0 < number <= _LARGEST else None
    return None


def _is_prime(request: Request, number: int) -> Solution:
    say, factors = request.say, _divided(number)
    prime = len(factors) == 1
    value = say("yes" if prime else "no", "是" if prime else "不是")
    if number == 1:
        reason = say("1 has only one divisor, and a prime has two", "1 只有一个因数，而质数有两个因数")
    elif prime:
        reason = say("nothing but 1 and itself divides it", "除了 1 和它本身没有别的因数")
    else:
        reason = f"{number} = {_product(factors)}"
    steps = (
        say(
            f"A prime has no divisor but 1 and itself. So I try the primes up to the root of {number}.",
            f"质数除了 1 和自身没有别的因数，所以只要试到 {number} 的平方根为止的质数。",
        ),
        say(
            f"It is enough to go up to {int(number**0.5)}, since a larger divisor would come with a smaller one.",
            f"试到 {int(number**0.5)} 就够了，因为较大的因数总会配一个较小的因数。",
        ),
        say(f"The outcome: {reason}.", f"结果：{reason}。"),
    )
    check = say(
        "looking at the last digit alone is not enough: 51, 57 and 91 look prime and are not.",
        "只看末位数字是不够的：51、57、91 看着像质数，其实都不是。",
    )
    deceptive = not prime and number > 1 and factors[0] > 5
    slip = (
        Slip(say("yes", "是"), say(f"Yes, {number} is a prime number.", f"是，{number} 是质数。"))
        if deceptive
        else None
    )
    verdict = say(
        f"{'Yes' if prime else 'No'}, {number} is {'' if prime else 'not '}a prime number: {reason}.",
        f"{value}，{number} {value}质数：{reason}。",
    )
    return Solution(value, verdict, steps, check, slip)


def _factors(request: Request, number: int) -> Solution:
    say, factors = request.say, _divided(number)
    value = _product(factors)
    steps = (
        say(
            f"I divide {number} by the smallest prime that fits, and go on with what is left.",
            f"用能整除的最小质数去除 {number}，再对商重复。",
        ),
        say(
            f"The divisors found that way, in order: {', '.join(map(str, factors))}.",
            f"依次得到的质因数：{'、'.join(map(str, factors))}。",
        ),
        say(
            "What is left at the end is prime itself, so nothing remains to be divided.",
            "最后剩下的也是质数，不能再分。",
        ),
    )
    return Solution(
        value,
        f"{number} = {value}{say('.', '。')}",
        steps,
        say(f"multiplied together they give {number} again.", f"把它们乘起来又得到 {number}。"),
    )


def _product(factors: list[int]) -> str:
    return " × ".join(map(str, factors))


def _divided(number: int) -> list[int]:
    """The prime factors in ascending order; 1 has itself twice, so that it does not pass for a prime."""
    if number == 1:
        return [1, 1]
    factors, divisor = [], 2
    while divisor * divisor <= number:
        while number % divisor == 0:
            factors.append(divisor)
            number //= divisor
        divisor += 1 if divisor == 2 else 2
    return [*factors, number] if number > 1 else factors
