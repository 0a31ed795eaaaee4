"""Suggests principles and themes for a text, each with its score and the sentences that speak for it."""
