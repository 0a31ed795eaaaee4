"""The worker: keeps index and vectors in step with the catalogue, and does the queued jobs."""
