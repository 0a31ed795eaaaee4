"""Review: the desk, and the decisions."""
