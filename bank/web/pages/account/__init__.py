"""Coming in, signing in, and one's own account."""
