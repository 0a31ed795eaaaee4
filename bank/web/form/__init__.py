"""The form of a submission: its controls, the values they show, and what a browser sends of it."""
