"""Forms and views for notebooks. Each shows a stable text where there is no browser to draw it."""

from helpers.widgets.key_form import key_form

__all__ = ["key_form"]
