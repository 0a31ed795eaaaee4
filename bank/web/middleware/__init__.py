"""ASGI layers around the application, one to a file."""
