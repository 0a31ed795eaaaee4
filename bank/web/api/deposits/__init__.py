"""Writing: entries on their way, their files, the lists of them."""
