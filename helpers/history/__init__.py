"""Keeping a conversation: functions on a plain list of messages, the dicts that the SDK takes.

A model has no memory, so the whole history is sent with each request. These keep it within bounds: `fit` drops the
oldest turns, `summarize` has the old part written down in short, `pin` keeps a turn, `Memory` holds facts outside of
the list. What comes back is always a new list; the one that was given stays as it is.
"""

from helpers.history.budget import CannotFit, fit
from helpers.history.facts import FACTS, Memory
from helpers.history.files import load, save
from helpers.history.messages import InvalidMessages, clean, count
from helpers.history.pins import PINNED, is_pinned, pin
from helpers.history.summaries import SUMMARY, is_summary, summarize
from helpers.history.talk import Talk, turns

__all__ = [
    "FACTS",
    "PINNED",
    "SUMMARY",
    "CannotFit",
    "InvalidMessages",
    "Memory",
    "Talk",
    "clean",
    "count",
    "fit",
    "is_pinned",
    "is_summary",
    "load",
    "pin",
    "save",
    "summarize",
    "turns",
]
