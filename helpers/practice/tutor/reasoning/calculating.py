"""How a calculation is told: partial products, remainders, and a check that would notice a wrong digit."""

from collections.abc import Sequence

from helpers.practice.tutor.reasoning.evaluation import Step, show_number, show_value
from helpers.practice.tutor.request import Request

_NARRATED = 8  # steps that the thinking tells one by one


def narrative(request: Request, shown: str, steps: Sequence[Step]) -> tuple[tuple[str, ...], str]:
    say = request.say
    told = [say(f"The task is to work out {shown}.", f"题目要求计算 {shown}。")]
    if len(steps) > 1:
        told.append(
            say(
                "The order matters: brackets first, then powers, then multiplication and division from left to "
                "right, then addition and subtraction.",
                "注意运算顺序：先括号，再乘方，然后从左到右乘除，最后加减。",
            )
        )
    else:
        told.append(
            say(
                "It is a single operation, so there is no order to watch, only the digits.",
                "只有一步运算，不用考虑顺序，只要算准每一位。",
            )
        )
    told += [_tell(request, step) for step in steps[:_NARRATED]]
    if len(steps) > _NARRATED:
        told.append(
            say(
                f"In the same way I carry out the other {len(steps) - _NARRATED} operations.",
                f"剩下的 {len(steps) - _NARRATED} 步照同样的办法算完。",
            )
        )
    if not steps:
        return tuple(told), say(
            "there was nothing to carry out, so nothing can have gone wrong.", "没有需要计算的步骤，不会出错。"
        )
    return tuple(told), _check(request, steps[-1])


def _tell(request: Request, step: Step) -> str:
    say = request.say
    written = [show_value(operand) for operand in step.operands]
    result = show_value(step.result)
    equals = "=" if step.result.exact else "≈"
    if result.startswith("≈"):
        equals, result = "", result
    line = f"{_symbols(step.name, written)} {equals} {result}".replace("  ", " ")
    whole = [operand.number for operand in step.operands]
    if step.name == "*" and all(n.denominator == 1 and 10 <= n < 10**12 for n in whole):
        small, large = sorted(map(int, whole), key=lambda n: len(str(n).rstrip("0")))
        parts = [int(digit) * 10**place for place, digit in enumerate(reversed(str(small))) if digit != "0"][::-1]
        if 1 < len(parts) <= 8:
            products = say(", ", "，").join(f"{large} × {part} = {large * part}" for part in parts)
            return say(
                f"{line}: in partial products {products}, and "
                f"together {' + '.join(str(large * part) for part in parts)} = {result}.",
                f"{line}：分步相乘，{products}，加起来 {' + '.join(str(large * part) for part in parts)} = {result}。",
            )
    if step.name == "mod":
        a, b = whole
        times = (a - step.result.number) / b
        return say(
            f"{written[0]} = {written[1]} × {show_number(times)} + {result}, so the remainder is {result}.",
            f"{written[0]} = {written[1]} × {show_number(times)} + {result}，所以余数是 {result}。",
        )
    return line + say(".", "。")


def _symbols(name: str, written: Sequence[str]) -> str:
    if name in ("gcd", "lcm", "mean"):
        return f"{name}({', '.join(written)})"
    if name == "!":
        return f"{written[0]}!"
    if name == "neg":
        return f"-({written[0]})"
    if name == "^":
        return (
            f"({written[0]})^({written[1]})"
            if not written[0].isdecimal() or not written[1].isdecimal()
            else f"{written[0]}^{written[1]}"
        )
    left, right = (f"({text})" if text.startswith("-") or " " in text or "/" in text else text for text in written)
    return f"{left} { {'*': '×', '/': '÷'}.get(name, name) } {right}"


def _check(request: Request, step: Step) -> str:
    """The result against something that it must agree with."""
    say, result = request.say, step.result.number
    numbers = [operand.number for operand in step.operands]
    if step.name == "*" and all(n.denominator == 1 and n > 0 for n in numbers):
        a, b, c = (int(n) % 9 or 9 for n in (*numbers, result))
        return say(
            f"casting out nines: the factors leave {a} and {b}, their product {a * b} leaves {a * b % 9 or 9}, "
            f"and the result leaves {c}. "
            f"The last digit fits too.",
            f"用弃九法验算：两个因数的余数是 {a} 和 {b}，乘积 {a * b} 的余数是 {a * b % 9 or 9}，"
            f"结果的余数是 {c}，一致。末位数字也对得上。",
        )
    if step.name in "+-*/" and step.result.exact:
        back = {"+": "-", "-": "+", "*": "/", "/": "*"}[step.name]
        if not (step.name == "*" and not numbers[1]):
            line = f"{_symbols(back, [show_number(result), show_number(numbers[1])])} = {show_number(numbers[0])}"
            return say(f"backwards it is {line}, which is where I started.", f"反过来算：{line}，回到了原来的数。")
    return say(
        "going through it once more from the end gives the same, and the size of the result is plausible.",
        "从后往前再算一遍，结果相同，大小也合理。",
    )
