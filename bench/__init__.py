"""Measurements: of search engines, side by side on made entries."""
