"""A form: its values, its controls, what a browser sends of it."""
