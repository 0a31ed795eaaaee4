"""The HTTP server: uvicorn, with bounds on connections."""
