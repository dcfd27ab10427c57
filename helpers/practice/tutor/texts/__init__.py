"""Texts on a given topic, of a given kind and length."""
