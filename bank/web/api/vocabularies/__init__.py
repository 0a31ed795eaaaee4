"""Vocabularies, cities and counts."""
