"""Alembic's migrations, shipped in the package."""

HEAD_REVISION = "0014"
"""The revision of the newest migration; a test holds it to the folder."""
