"""The coordinators' desk, and suggested tags."""
