"""For the whole suite: calls go to the practice endpoint, at once, whatever key or settings this machine has."""

import os

from hypothesis import settings

from helpers.catalogue import default_model
from helpers.config.settings import VARIABLES

# The same examples in every run: whoever changes nothing meets no new failure. --hypothesis-seed=N looks further.
settings.register_profile("suite", derandomize=True, deadline=None)
settings.load_profile("suite")

PRACTICE = {
    "BAILIAN_ENDPOINT": "practice",
    "BAILIAN_MODEL": default_model(),
    "BAILIAN_PRACTICE_PACE": "instant",
    "BAILIAN_PRACTICE_DEVELOPER_ROLE": "accept",
    "BAILIAN_PRACTICE_TOKENS": "estimate",
}


def pytest_configure(config):
    # The contract tests can be pointed at a real endpoint: then the learner's settings are what is tested.
    if config.getoption("--endpoint", "practice") == "configured":
        return
    for name in VARIABLES:
        os.environ.pop(name, None)
    # The kernels of the notebooks inherit these, and the environment wins over a `.env`.
    os.environ.update(PRACTICE)
