"""The bank's pages for people and its API for programs."""
