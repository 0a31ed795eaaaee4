"""Keeps index and vectors in step with the catalogue; the lock of the worker, their only writer."""
