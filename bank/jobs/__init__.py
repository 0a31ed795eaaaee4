"""The worker: keeps the index in step and does the jobs that acts asked for."""
