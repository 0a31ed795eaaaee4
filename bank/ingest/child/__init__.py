"""The confined child process that reads untrusted files, and how the bank talks to it."""
