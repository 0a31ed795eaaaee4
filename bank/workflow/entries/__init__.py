"""Entries as everybody sees them: their rows as views, their making, their moves, their export."""
