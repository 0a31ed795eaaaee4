"""Suggested tags: made, shown, decided upon, measured."""
