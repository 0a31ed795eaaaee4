"""Entries and their pages, read."""
