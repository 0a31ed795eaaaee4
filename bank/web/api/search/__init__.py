"""Searching, and proposals while typing."""
