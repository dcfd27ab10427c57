"""The words and signs of arithmetic, English and Chinese, by the kind of token that they are to the parser."""

from helpers.practice.tutor.wording import keyed

VOCABULARY = {
    "+": "+|plus|added to|加|加上",
    "-": "-|minus|take away|减|减去",
    "*": "*|×|·|⋅|∗|times|multiplied by|cdot|乘|乘以|乘上",
    "x": "x",
    "/": "/|÷|divided by|over|div|除以",
    "//": "//",
    "mod": "mod|modulo|取余|取模|求余|模",
    "^": "^|**|to the power of|to the power|raised to the power of|raised to",
    "to the": "to the|raised to the",
    "ordinal": {
        word: word for word in ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
    },
    "th": "th|st|nd|rd",
    "power": "power",
    "次方": "次方|次幂",
    "!": "!|factorial|的阶乘|阶乘",
    "%": "%|percent|per cent",
    "postfix": keyed(
        {
            "2": "squared|的平方|平方|的二次方",
            "3": "cubed|的立方|立方|的三次方",
            "1/2": "的平方根|的算术平方根|开平方|开方|开根号",
            "1/3": "的立方根|开立方",
        }
    ),
    "prefix": keyed(
        {
            "2": "square of",
            "3": "cube of",
            "1/2": "square root of|square root|sqrt|sqrt of|root of|√|根号",
            "1/3": "cube root of|cube root|cbrt|∛",
        }
    ),
    "factorial of": "factorial of",
    "of": "of",
    "multiple": keyed({"2": "double|twice", "3": "triple|thrice", "4": "quadruple"}),
    "倍": "倍",
    "half": "的一半|一半",
    "的": "的",
    "(": "(|[",
    ")": ")|]",
    "list of": keyed(
        {
            "+": "sum of|total of|sum",
            "*": "product of|product",
            "/": "quotient of|ratio of",
            "difference": "difference between|difference of|difference",
            "mean": "average of|mean of|average|mean",
            "gcd": "greatest common divisor of|greatest common factor of|highest common factor of|gcd of|gcd|hcf of"
            "|hcf|gcf of",
            "lcm": "least common multiple of|lowest common multiple of|lcm of|lcm",
            "mod": "remainder of|remainder when|remainder if|remainder",
        }
    ),
    "of these": keyed(
        {
            "+": "的和|之和|的总和|相加",
            "-": "相减",
            "*": "的积|之积|的乘积|乘积|相乘",
            "/": "的商|之商|相除",
            "difference": "的差|之差",
            "mean": "的平均数|的平均值|平均数|平均值|的平均",
            "gcd": "的最大公约数|的最大公因数|最大公约数",
            "lcm": "的最小公倍数|最小公倍数",
            "mod": "的余数|余数|余几|余多少|余",
        }
    ),
    "increased by": "increased by|增加|增加了|上涨|上涨了|提高|提高了",
    "decreased by": "decreased by|reduced by|减少|减少了|降低|降低了|下降|下降了|下跌",
    "order": keyed(
        {
            "+": "add|adding",
            "-": "subtract|subtracting",
            "*": "multiply|multiplying",
            "/": "divide|dividing",
            "increased by": "increase",
            "decreased by": "decrease|reduce",
        }
    ),
    "and": "and|,|、|和|与|跟|同|with",
    "by": "by",
    "to": "to",
    "from": "from",
}
