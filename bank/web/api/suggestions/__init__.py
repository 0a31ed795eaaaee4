"""Suggested principles and themes."""
