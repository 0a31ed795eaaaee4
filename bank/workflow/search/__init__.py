"""A search as a person asks it, and what is shown of its result."""
