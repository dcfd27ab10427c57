"""Rules by role and how well they hold: messages, cases, a judge of refusals, and what an evaluation comes to.

The call itself always stands in the notebook's cell. `messages` builds its list, `cases` and `injections` have what to
ask, `evaluate` counts what came of it by the judge's stated `RULE`, and `compare` draws several evaluations.
"""

from helpers.guardrails.asking import Case, Injection, cases, injections
from helpers.guardrails.comparison import compare
from helpers.guardrails.evaluation import Evaluation, Result, evaluate
from helpers.guardrails.labeled import judge_matrix, labeled_answers
from helpers.guardrails.rates import Matrix, Rate
from helpers.guardrails.refusal import RULE, Verdict, judge, refused
from helpers.guardrails.roles import HEADING, messages, takes_developer

__all__ = [
    "HEADING",
    "RULE",
    "Case",
    "Evaluation",
    "Injection",
    "Matrix",
    "Rate",
    "Result",
    "Verdict",
    "cases",
    "compare",
    "evaluate",
    "injections",
    "judge",
    "judge_matrix",
    "labeled_answers",
    "messages",
    "refused",
    "takes_developer",
]
