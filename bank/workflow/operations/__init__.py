"""What administrators see of the running bank, and do about its jobs."""
