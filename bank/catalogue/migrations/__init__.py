"""Alembic's migrations, shipped in the package."""

HEAD = "0003"
"""The revision of the newest migration; a test holds it to the folder."""
