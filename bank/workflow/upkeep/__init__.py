"""Backup, check and health of a running bank."""
