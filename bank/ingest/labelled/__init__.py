"""The fields that a file gives under its own labels."""
