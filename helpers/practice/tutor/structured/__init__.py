"""Answers for programs: calls of declared functions, and JSON."""
