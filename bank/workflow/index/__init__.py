"""Keeps index and vectors in step with the catalogue; the lock of their one writer."""
