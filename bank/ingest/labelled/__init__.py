"""Finds the values of an entry's fields that a file gives under its own labels."""
